package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/newsq/newsq/index"
)

// A stream without end is stopped after some thousand articles, as Ctrl-C does.
// What was taken in is kept, and the exit code tells.
func TestInterruptedIndex(t *testing.T) {
	for _, name := range []string{"HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"} {
		t.Setenv(name, t.TempDir())
	}
	dir := t.TempDir()
	ctx, interrupt := context.WithCancel(context.Background())
	defer interrupt()
	stream, w := io.Pipe()
	go func() {
		for i := 0; ; i++ {
			if i == 5000 {
				interrupt()
			}
			// The error is that of a closed reader, at the end.
			if _, err := fmt.Fprintf(w, `{"id":"s%d","title":"Story %d","text":"A ferry left on time."}`+"\n", i, i); err != nil {
				return
			}
		}
	}()
	var out, talk strings.Builder
	code := run(ctx, []string{"index", "-i", dir, "-"}, stream, &out, &talk)
	stream.Close()
	if code != exitInterrupted {
		t.Errorf("exit code %d, want %d", code, exitInterrupted)
	}
	if !strings.Contains(talk.String(), "Run the same command again to go on.") {
		t.Errorf("nothing said of how to go on: %s", talk.String())
	}
	if !strings.HasPrefix(out.String(), "indexed ") {
		t.Errorf("no summary: %s", out.String())
	}
	out.Reset()
	if code := run(context.Background(), []string{"search", "-i", dir, "--count", "id:s0"}, nil, &out, &talk); code != exitDone || out.String() != "1\n" {
		t.Errorf("search afterwards: exit code %d, %s%s", code, out.String(), talk.String())
	}
}

func TestQuoteArg(t *testing.T) {
	for in, want := range map[string]string{
		"deterrence":       "deterrence",
		"security/nuclear": "security/nuclear",
		"interest rates":   "'interest rates'",
		`"a b"`:            `'"a b"'`,
		"don't":            `'don'\''t'`,
		"rat*":             "'rat*'",
		"":                 "''",
		"\x1b[31m":         "'\ufffd[31m'",
	} {
		if got := quoteArg(in); got != want {
			t.Errorf("quoteArg(%q) = %s, want %s", in, got, want)
		}
	}
}

func TestNextPageCommand(t *testing.T) {
	for _, tt := range []struct {
		name string
		args []string
		o    searchOptions
		want string
	}{
		{"twice as many", []string{"search", "deterrence"}, searchOptions{limit: 10}, "search deterrence -n 20"},
		{"in the place of the flag", []string{"search", "-n", "5", "a b"}, searchOptions{limit: 5}, "search -n 10 'a b'"},
		{"however it is written", []string{"search", "a", "-n5", "--any"}, searchOptions{limit: 5}, "search a -n 10 --any"},
		{"before what is no flag", []string{"search", "--limit=3", "--", "-n", "war"}, searchOptions{limit: 3}, "search -n 10 -- -n war"},
		{"after a page by its cursor", []string{"-i", "x", "search", "a b", "--after", "B", "-n", "5"}, searchOptions{after: "B", limit: 5}, "-i x search 'a b' --after C -n 5"},
		{"beyond the limit", []string{"search", "war", "-n", "9000"}, searchOptions{limit: 9000}, "search war -n 9000 --after C"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := &app{args: tt.args}
			_, got, _ := strings.Cut(a.nextPageCommand(&index.Results{Cursor: "C"}, &tt.o), " ")
			if got = strings.TrimPrefix(got, "run ./cmd/newsq "); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}
