// Command with runs a command beside nodes of OpenSearch, whose addresses stand in its
// environment as NEWSQ_OPENSEARCH:
//
//	go run ./internal/engine/opensearch/clustertest/with -nodes 3 go test -tags opensearch ./...
//
// It ends with the exit code of the command, or with 77 if this machine lacks what the
// nodes need.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"strings"

	"github.com/newsq/newsq/internal/engine/opensearch/clustertest"
)

// skipped is the exit code that says so.
const skipped = 77

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	code := run(ctx, os.Args[1:], os.Stderr)
	stop()
	os.Exit(code) //house:allow this is a command, if not one that is installed
}

// run is main without the process around it.
func run(ctx context.Context, args []string, stderr io.Writer) int {
	flags := flag.NewFlagSet("with", flag.ContinueOnError)
	flags.SetOutput(stderr)
	config := clustertest.Config{Settings: map[string]string{}}
	flags.IntVar(&config.Nodes, "nodes", 1, "`number` of nodes")
	flags.StringVar(&config.Heap, "heap", "512m", "`size` of the heap of each")
	flags.Func("set", "a setting of the nodes, as `key=value`; any number of times", func(s string) error {
		key, value, ok := strings.Cut(s, "=")
		if !ok {
			return errors.New("want key=value")
		}
		config.Settings[key] = value
		return nil
	})
	if err := flags.Parse(args); err != nil {
		return 2
	}
	if flags.NArg() == 0 {
		fmt.Fprintln(stderr, "with: which command?")
		return 2
	}
	return beside(ctx, config, flags.Args(), stderr)
}

// beside runs a command beside a cluster and returns its exit code.
func beside(ctx context.Context, config clustertest.Config, command []string, stderr io.Writer) int {
	cluster, err := clustertest.New(ctx, config)
	if errors.Is(err, clustertest.ErrMissing) {
		fmt.Fprintln(stderr, "skipped:", err)
		return skipped
	}
	if err != nil {
		fmt.Fprintln(stderr, "with:", err)
		return 1
	}
	c := exec.CommandContext(ctx, command[0], command[1:]...)
	c.Stdin, c.Stdout, c.Stderr = os.Stdin, os.Stdout, stderr
	c.Env = append(os.Environ(), clustertest.Variable+"="+strings.Join(cluster.Addresses(), ","))
	err = errors.Join(c.Run(), cluster.Close())
	if err == nil {
		return 0
	}
	if code := (*exec.ExitError)(nil); errors.As(err, &code) && code.ExitCode() > 0 {
		return code.ExitCode()
	}
	fmt.Fprintln(stderr, "with:", err)
	return 1
}
