package main

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"testing"
	"time"
)

func TestPutOffCollection(t *testing.T) {
	t.Setenv("GOGC", "")
	t.Setenv("GOMEMLIMIT", "")
	defer debug.SetGCPercent(debug.SetGCPercent(100))
	delayFirstGC()
	if got := gcPercent(); got != 800 {
		t.Errorf("the first collection is made at %d percent, not 800", got)
	}
	for start := time.Now(); gcPercent() != 100; time.Sleep(time.Millisecond) {
		runtime.GC()
		if time.Since(start) > 10*time.Second {
			t.Fatalf("after collections it is still %d percent", gcPercent())
		}
	}
}

func TestPutOffCollectionLeavesSettings(t *testing.T) {
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
