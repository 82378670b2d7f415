package main

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"testing"
	"time"
)

func TestReadMemory(t *testing.T) {
	for s, want := range map[string]int64{
		"256MB": 256 << 20, "256mb": 256 << 20, "256M": 256 << 20, "256MiB": 256 << 20, " 1.5 GB ": 3 << 29,
		"16384K": 16 << 20, "300000000": 300000000, "300000000B": 300000000,
		"": 0, "MB": 0, "lots": 0, "15MB": 0, "256": 0, "-1GB": 0, "NaN": 0, "1e30": 0, "inf": 0, "256TB": 0, "2MMB": 0,
	} {
		got, err := parseMemory(s)
		if got != want || (err == nil) != (want > 0) {
			t.Errorf("memory of %q is %d, %v; want %d", s, got, err, want)
		}
	}
}

func TestDelayFirstGC(t *testing.T) {
	t.Setenv("GOGC", "")
	t.Setenv("GOMEMLIMIT", "")
	defer debug.SetGCPercent(debug.SetGCPercent(100))
	delayFirstGC()
	if got := gcPercent(); got != 800 {
		t.Errorf("the first collection is made at %d percent, not 800", got)
	}
	// It is set by the collector's own goroutine, some time after a collection.
	for gcPercent() != 100 {
		runtime.GC()
		time.Sleep(time.Millisecond)
	}
}

func TestDelayFirstGCLeavesSettings(t *testing.T) {
	t.Setenv("GOGC", "70")
	defer debug.SetGCPercent(debug.SetGCPercent(70))
	delayFirstGC()
	if got := gcPercent(); got != 70 {
		t.Errorf("it is %d percent, not 70 as set", got)
	}
}

func gcPercent() uint64 {
	s := []metrics.Sample{{Name: "/gc/gogc:percent"}}
	metrics.Read(s)
	return s[0].Value.Uint64()
}

func TestLimitHeap(t *testing.T) {
	before := debug.SetMemoryLimit(-1)
	for _, tt := range []struct{ memory, want int64 }{{16 << 20, 144 << 20}, {256 << 20, 384 << 20}, {1 << 30, 3 << 29}} {
		t.Setenv("GOMEMLIMIT", "")
		restore := limitHeap(tt.memory)
		if got := debug.SetMemoryLimit(-1); got != tt.want {
			t.Errorf("of %d the limit is %d, want %d", tt.memory, got, tt.want)
		}
		restore()
		t.Setenv("GOMEMLIMIT", "1GiB")
		limitHeap(tt.memory)()
		if got := debug.SetMemoryLimit(-1); got != before {
			t.Errorf("a limit that was set is %d, not %d", got, before)
		}
	}
}
