package maintain

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/newsq/newsq/internal/engine"
)

// TestWaitForShards holds that a shard whose files were harmed is told from one that
// could not be started, by what a server said of a flipped byte.
func TestWaitForShards(t *testing.T) {
	const corrupt = `failed shard on node [LeBgIBZAQ0qQ8FWv0xIQ5g]: failed recovery, failure RecoveryFailedException[[c-x][0]: Recovery failed on {n1}]; ` +
		`nested: IndexShardRecoveryException[failed to fetch index version after copying it over]; nested: CorruptIndexException[checksum failed ` +
		`(hardware problem?) : expected=9fe624b3 actual=606ba594 (resource=BufferedChecksumIndexInput(NIOFSIndexInput(path=\"/data/0/index/_0.fdt\")))]; `
	for answer, want := range map[string]string{
		`[{"shard":"0","prirep":"p","state":"STARTED"},{"shard":"0","prirep":"r","state":"UNASSIGNED","unassigned.reason":"INDEX_CREATED"}]`: "",
		`[{"shard":"0","prirep":"p","state":"UNASSIGNED","unassigned.reason":"ALLOCATION_FAILED","unassigned.details":"` + corrupt + `"}]`:   "index is damaged: shard 0 of news-checking: CorruptIndexException[checksum failed",
		`[{"shard":"0","prirep":"p","state":"UNASSIGNED","unassigned.reason":"ALLOCATION_FAILED","unassigned.details":"no such file"}]`:      "shard 0 of news-checking can't be started: no such file",
	} {
		r, a := newRecorded(t, "news", nil)
		r.answers["GET /_cat/shards/news-checking"] = json.RawMessage(answer)
		err := a.waitForShards(t.Context(), checkingName(a.Alias))
		if want == "" && err != nil || want != "" && (err == nil || !strings.HasPrefix(err.Error(), want)) {
			t.Errorf("%.60s: %v, want %q", answer, err, want)
		}
		if got := errors.Is(err, engine.ErrDamaged); got != strings.Contains(answer, "Corrupt") {
			t.Errorf("%.60s: damage %v", answer, got)
		}
	}
}

// TestWaitEnds holds that waiting for what never comes ends with the context.
func TestWaitEnds(t *testing.T) {
	r, a := newRecorded(t, "news", nil)
	r.answers["GET /_cat/shards/news-checking"] = json.RawMessage(`[{"shard":"0","prirep":"p","state":"INITIALIZING"}]`)
	ctx, cancel := context.WithCancel(t.Context())
	r.refuses = func(string) bool { cancel(); return false }
	if err := a.waitForShards(ctx, checkingName(a.Alias)); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}
