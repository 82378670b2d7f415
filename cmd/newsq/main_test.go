package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/embed/endpoint/endpointtest"
	"github.com/newsq/newsq/internal/leaktest"
)

func TestMain(m *testing.M) {
	testscript.Main(leakChecked{m}, map[string]func(){"newsq": main})
}

// leakChecked fails tests that leave goroutines behind.
type leakChecked struct{ m *testing.M }

func (l leakChecked) Run() int {
	return leaktest.Run(l.m)
}

var update = flag.Bool("update", false, "write the files that scripts compare with anew")

func TestScripts(t *testing.T) {
	embeddings := endpointtest.New(t, endpointtest.Options{Key: "k-of-the-test"})
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata",
		RequireExplicitExec: true,
		UpdateScripts:       *update,
		Setup: func(env *testscript.Env) error {
			// Every script has a home of its own, and no settings.
			env.Setenv("HOME", env.WorkDir+"/home")
			env.Setenv("XDG_CONFIG_HOME", env.WorkDir+"/home/.config")
			env.Setenv("XDG_DATA_HOME", env.WorkDir+"/home/.local/share")
			env.Setenv("XDG_CACHE_HOME", env.WorkDir+"/home/.cache")
			env.Setenv("TERM", "xterm-256color")
			env.Setenv("TZ", "UTC")
			env.Setenv("EMBEDDINGS", embeddings.API())
			return os.CopyFS(env.WorkDir+"/corpus", os.DirFS("testdata/corpus"))
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exitcode": exitCode,
			"json":     checkJSON,
			"cursor":   setCursor,
			"hold":     holdIndex,
			"half":     copyHalf,
			"without":  writeWithout,
		},
	})
}

// exitCode runs a command, and wants it to end with a code:
//
//	exitcode 1 newsq search unheard-of
func exitCode(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exitcode N COMMAND...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	var exit *exec.ExitError
	if err := ts.Exec(args[1], args[2:]...); errors.As(err, &exit) {
		got = exit.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if got != want {
		ts.Fatalf("%s ended with %d, want %d", strings.Join(args[1:], " "), got, want)
	}
}

// checkJSON wants a value at a path of the JSON on standard output, as JSON
// writes it, or for lists and objects how many they hold:
//
//	json hits.0.title '"Nine wagons"'
//	json hits len 3
func checkJSON(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 && (len(args) != 3 || args[1] != "len") {
		ts.Fatalf("usage: [!] json PATH VALUE | json PATH len N")
	}
	var v any
	ts.Check(json.Unmarshal([]byte(ts.ReadFile("stdout")), &v))
	for _, key := range strings.Split(args[0], ".") {
		switch at := v.(type) {
		case map[string]any:
			v = at[key]
		case []any:
			i, err := strconv.Atoi(key)
			if err != nil || i >= len(at) {
				ts.Fatalf("no %s in a list of %d", key, len(at))
			}
			v = at[i]
		default:
			v = nil
		}
	}
	var got string
	if len(args) == 3 {
		switch at := v.(type) {
		case map[string]any:
			got = strconv.Itoa(len(at))
		case []any:
			got = strconv.Itoa(len(at))
		}
	} else {
		b, err := json.Marshal(v)
		ts.Check(err)
		got = string(b)
	}
	if want := args[len(args)-1]; (got == want) == neg {
		ts.Fatalf("%s is %s, want %s", args[0], got, want)
	}
}

// holdIndex has an index open for writing until the script ends:
//
//	hold ix
func holdIndex(ts *testscript.TestScript, _ bool, args []string) {
	ix, err := index.Open(context.Background(), ts.MkAbs(args[0]), nil)
	ts.Check(err)
	ts.Defer(func() { ts.Check(ix.Close()) })
}

// copyHalf begins a copy, and leaves it unfinished:
//
//	half from to
func copyHalf(ts *testscript.TestScript, _ bool, args []string) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	_, err := index.Copy(ctx, ts.MkAbs(args[0]), ts.MkAbs(args[1]), &index.CopyOptions{Progress: func(int, int) { cancel() }})
	if !errors.Is(err, context.Canceled) {
		ts.Fatalf("the copy was not cut short: %v", err)
	}
}

// setCursor sets $CURSOR to that of the JSON on standard output.
func setCursor(ts *testscript.TestScript, _ bool, _ []string) {
	var v struct{ Cursor string }
	ts.Check(json.Unmarshal([]byte(ts.ReadFile("stdout")), &v))
	ts.Setenv("CURSOR", v.Cursor)
}

// writeWithout writes standard output to a file without the lines that begin with a word,
// of which there must be one, as they are not the same each time:
//
//	without added file
func writeWithout(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: without WORD FILE")
	}
	var kept strings.Builder
	left := 0
	for line := range strings.Lines(ts.ReadFile("stdout")) {
		if strings.HasPrefix(line, args[0]+" ") {
			left++
			continue
		}
		kept.WriteString(line)
	}
	if left == 0 {
		ts.Fatalf("no line begins with %s", args[0])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(kept.String()), 0o600))
}
