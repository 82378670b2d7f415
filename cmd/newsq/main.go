// Command newsq indexes news analyses and searches them.
package main

import (
	"context"
	"io"
	"os"
	"os/signal"
	"runtime"
	"runtime/debug"
	"syscall"
	_ "time/tzdata" // for the setting timezone, on systems without the names of zones
)

func main() {
	delayFirstGC()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	// The first signal ends the work in order. From then on signals act as
	// ever, so that a second one ends the process.
	context.AfterFunc(ctx, stop)
	os.Exit(run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// run runs newsq and returns its exit code.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	a := newApp(args, stdin, stdout, stderr)
	root := a.rootCommand()
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	return a.reportError(root.ExecuteContext(ctx))
}

// firstGCHeap is the size of the heap, in MB, at which garbage is
// collected for the first time: a search needs less, and ends.
const firstGCHeap = 32

// delayFirstGC lets short commands end without a collection of garbage.
// The runtime makes the first at 4 MB, so that a search of 10 MB has several,
// all for what goes with the process a moment later; they took a quarter of
// its time. From the first one on, which only longer work comes to, memory is
// kept as the runtime would. Who sets GOGC or GOMEMLIMIT is left alone.
func delayFirstGC() {
	const runtimeFirst, runtimePercent = 4, 100
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	debug.SetGCPercent(runtimePercent * firstGCHeap / runtimeFirst)
	// A collection finds that nobody holds this.
	runtime.AddCleanup(new([64]byte), func(percent int) { debug.SetGCPercent(percent) }, runtimePercent)
}

// limitHeap has garbage collected before the heap is half as large again as the
// memory that may be held, at least 128 MB larger: merges need some beside. The
// runtime would let it be twice what was found in use, at any time of that. The
// function that it returns takes the limit back.
func limitHeap(memory int64) func() {
	const least = 128 << 20
	if os.Getenv("GOMEMLIMIT") != "" {
		return func() {}
	}
	before := debug.SetMemoryLimit(memory + max(memory/2, least))
	return func() { debug.SetMemoryLimit(before) }
}
