package main

import (
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
)

// minMemory and maxMemory bound --memory. With less, batches would be too small
// to be worth writing. A larger number was likely meant in another unit.
const (
	minMemory = 16 << 20
	maxMemory = 1 << 40
)

// parseMemory returns the bytes of a size such as 256MB, 1.5G or 300000000.
func parseMemory(s string) (int64, error) {
	const hint = "write a size such as 256MB or 1GB, from 16MB on"
	number := strings.ToUpper(strings.TrimSpace(s))
	number = strings.TrimSuffix(strings.TrimSuffix(number, "B"), "I")
	unit := 1.0
	for letter, size := range map[string]float64{"K": 1 << 10, "M": 1 << 20, "G": 1 << 30} {
		if before, ok := strings.CutSuffix(number, letter); ok {
			number, unit = before, size
			break
		}
	}
	n, err := strconv.ParseFloat(strings.TrimSpace(number), 64)
	if err != nil || !(n*unit >= minMemory && n*unit <= maxMemory) {
		return 0, usageError(hint, "--memory can't be %q", s)
	}
	return int64(n * unit), nil
}

// firstGCHeap is the size of the heap, in MB, at which garbage is collected for
// the first time. A search needs less, and ends before.
const firstGCHeap = 32

// delayFirstGC lets short commands end without a collection of garbage. The
// runtime makes the first one at 4 MB, so that a search of 10 MB would make
// several, which took a quarter of its time. After the first collection, which
// only longer work comes to, the runtime's own setting holds. If GOGC or
// GOMEMLIMIT is set, nothing is changed.
func delayFirstGC() {
	const runtimeFirst, runtimePercent = 4, 100
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	debug.SetGCPercent(runtimePercent * firstGCHeap / runtimeFirst)
	// Nothing refers to this object, so that the first collection frees it and
	// calls the function.
	runtime.AddCleanup(new([64]byte), func(percent int) { debug.SetGCPercent(percent) }, runtimePercent)
}

// limitHeap has garbage collected before the heap is larger than the memory
// that may be held and half as much again, or 128 MB more if that is more:
// merges need some beside. Without it the runtime would let the heap grow to
// twice what was in use at the last collection. The function that it returns
// takes the limit back.
func limitHeap(memory int64) func() {
	const minHeadroom = 128 << 20
	if os.Getenv("GOMEMLIMIT") != "" {
		return func() {}
	}
	before := debug.SetMemoryLimit(memory + max(memory/2, minHeadroom))
	return func() { debug.SetMemoryLimit(before) }
}

// sampleMemory says whether the runtime samples what is allocated, for profiles of memory.
// Most commands are over in some milliseconds, and nobody can ask them for one: a sample
// walks the stack, which reads pages of the program that nothing else needs.
func sampleMemory(on bool) {
	const runtimeRate = 512 << 10 // bytes for one sample
	runtime.MemProfileRate = 0
	if on {
		runtime.MemProfileRate = runtimeRate
	}
}
