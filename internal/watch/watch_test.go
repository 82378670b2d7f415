package watch

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/newsq/newsq/internal/leaktest"
)

func TestMain(m *testing.M) { os.Exit(leaktest.Run(m)) }

func write(t *testing.T, path string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
}

// next returns what changed; it fails where nothing did.
func next(t *testing.T, w *Watcher) []string {
	t.Helper()
	changes, err := w.Next(t.Context(), time.Minute)
	if err != nil || changes == nil {
		t.Fatal(changes, err)
	}
	return changes.Paths
}

func TestNext(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "a", "1.txt"))
	w := New([]string{dir}, func(name string) bool { return strings.HasPrefix(name, ".") })
	defer w.Close()
	if w.Missing() != nil {
		t.Skip(w.Missing())
	}
	file := filepath.Join(dir, "a", "2.txt")
	write(t, file)
	if got := next(t, w); !slices.Contains(got, file) {
		t.Error(got)
	}
	// A new folder is watched at once.
	deep := filepath.Join(dir, "b", "c", "3.txt")
	write(t, deep)
	if got := next(t, w); !slices.ContainsFunc(got, func(p string) bool { return strings.HasPrefix(deep, p) }) {
		t.Error(got)
	}
	write(t, filepath.Join(dir, "b", "c", "4.txt"))
	next(t, w)
	// What is passed over is no change.
	write(t, filepath.Join(dir, ".git", "x"))
	if changes, err := w.Next(t.Context(), time.Second); changes != nil || err != nil {
		t.Error(changes, err)
	}
	if err := os.Rename(filepath.Join(dir, "a"), filepath.Join(dir, "z")); err != nil {
		t.Fatal(err)
	}
	if got := next(t, w); !slices.Contains(got, filepath.Join(dir, "a")) || !slices.Contains(got, filepath.Join(dir, "z")) {
		t.Error(got)
	}
}

// A file that was given is watched, those beside it are not.
func TestFile(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "wire.jsonl")
	write(t, file)
	w := New([]string{file}, func(string) bool { return false })
	defer w.Close()
	write(t, filepath.Join(dir, "other.jsonl"))
	if changes, err := w.Next(t.Context(), time.Second); changes != nil || err != nil {
		t.Error(changes, err)
	}
	write(t, file)
	if got := next(t, w); !slices.Equal(got, []string{file}) {
		t.Error(got)
	}
}

func TestEnd(t *testing.T) {
	w := New([]string{t.TempDir()}, func(string) bool { return false })
	defer w.Close()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := w.Next(ctx, time.Minute); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	gone := New([]string{filepath.Join(t.TempDir(), "gone")}, func(string) bool { return false })
	defer gone.Close()
	if gone.Missing() == nil {
		t.Error("a folder that isn't there is said to be watched")
	}
}
