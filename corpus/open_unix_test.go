//go:build unix

package corpus

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// What is no file is never opened: a pipe would keep its reader waiting.
func TestPipes(t *testing.T) {
	dir := tree(t, map[string]string{"x.txt": "Prices fell."})
	pipe := filepath.Join(dir, "pipe.txt")
	if err := syscall.Mkfifo(pipe, 0o644); err != nil {
		t.Skip(err)
	}
	articles, errs := collect(t, open(t, Options{}, dir))
	if len(articles) != 1 || len(errs) != 1 || !strings.Contains(errs[0].Error(), "is a pipe") {
		t.Error(articles, errs)
	}
	if _, err := Open(pipe); err == nil || !strings.Contains(err.Error(), "standard input") {
		t.Error(err)
	}
	// Nor is one that takes the place of a file after the walk.
	src := open(t, Options{}, filepath.Join(dir, "x.txt"))
	for e, err := range src.Entries(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(pipe, filepath.Join(dir, "x.txt")); err != nil {
			t.Fatal(err)
		}
		for _, err := range e.Articles(t.Context()) {
			if err == nil || !strings.Contains(err.Error(), "is a pipe") {
				t.Error(err)
			}
		}
	}
}

func TestPermissions(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root may read everything")
	}
	dir := tree(t, map[string]string{"x.txt": "Prices fell.", "closed/y.txt": "Prices fell.", "z.txt": "Prices fell."})
	for _, name := range []string{"x.txt", "closed"} {
		if err := os.Chmod(filepath.Join(dir, name), 0); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() { _ = os.Chmod(filepath.Join(dir, "closed"), 0o755) })
	articles, errs := collect(t, open(t, Options{}, dir))
	if len(articles) != 1 || len(errs) != 2 {
		t.Fatal(articles, errs)
	}
	for _, err := range errs {
		var re *ReadError
		if !errors.Is(err, fs.ErrPermission) || !errors.As(err, &re) || re.Hint == "" {
			t.Error(err)
		}
	}
}
