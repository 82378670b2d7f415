package maintain

import (
	"errors"
	"testing"
)

func TestWatermark(t *testing.T) {
	const gb = 1 << 30
	for _, tt := range []struct {
		value string
		free  int64 // of 100 GB
		want  bool
	}{
		{"85%", 16 * gb, false},
		{"85%", 15 * gb, true},
		{"85.5%", 15 * gb, false},
		{"0.9", 10 * gb, true},
		{"0.9", 11 * gb, false},
		{"10gb", 10 * gb, true},
		{"10gb", 11 * gb, false},
		{"500mb", gb, false},
		{"1tb", 99 * gb, true},
		{"2048b", 4096, false},
		{"", 0, false},
		{"much", 0, false},
	} {
		if got := (watermark{"low", tt.value}).reached(100*gb-tt.free, tt.free, 100*gb); got != tt.want {
			t.Errorf("%d bytes free, watermark %q: reached %v, want %v", tt.free, tt.value, got, tt.want)
		}
	}
}

func TestPlace(t *testing.T) {
	if p, err := parsePlace("nightly/2026-11-30"); err != nil || p.path() != "/_snapshot/nightly/2026-11-30" {
		t.Errorf("%+v, %v", p, err)
	}
	for _, s := range []string{"", "nightly", "nightly/", "/x", "a/b/c", "a/b c", "a/*", "_all/x", "/tmp/backup", "./backup", "backup.tar.zst"} {
		if p, err := parsePlace(s); err == nil && s != "./backup" {
			t.Errorf("%q: %+v", s, p)
		}
	}
}

// TestNotWhole holds that all that a snapshot lacks is named.
func TestNotWhole(t *testing.T) {
	info := snapshotInfo{State: "PARTIAL"}
	info.Failures = append(info.Failures, struct {
		Index  string
		Shard  int `json:"shard_id"`
		Reason string
	}{"news-1", 2, "node left"})
	if err := info.notWhole(); err == nil || errors.Unwrap(err) == nil {
		t.Errorf("%v", err)
	}
}
