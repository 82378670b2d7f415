// Command newsq indexes news analyses and searches them.
//
// Each command has a file of its own: its flags, a struct of their values, one
// call of package index, and one of package render. What all commands share is
// the app: the streams, the settings, and the flags that all of them have.
// Results go to standard output, messages and progress to standard error.
package main

import (
	"context"
	"io"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // for the setting timezone, on systems without the names of zones
)

func main() {
	delayFirstGC()
	sampleMemory(false)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	// The first signal cancels ctx, and the command stops in order. After that
	// signals have their usual effect, so that a second one ends the process.
	context.AfterFunc(ctx, stop)
	os.Exit(run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// run runs newsq with the arguments after its name and returns its exit code.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	a := newApp(args, stdin, stdout, stderr)
	root := a.rootCommand()
	root.SetArgs(tagArgs(args))
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	if err == nil {
		err = a.helpErr
	}
	return a.reportError(err)
}
