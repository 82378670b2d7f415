//go:build unix

package store

import (
	"fmt"
	"io/fs"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/newsq/newsq/internal/engine"
)

// The umask of a user decides who may read an index, and nothing else does.
func TestUmask(t *testing.T) {
	for _, mask := range []int{0o022, 0o002, 0o077, 0o027} {
		t.Run(fmt.Sprintf("%03o", mask), func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "news.idx")
			before := syscall.Umask(mask)
			defer syscall.Umask(before)
			for range 2 { // the second time, what is there is opened
				writeAndClose(t, dir)
			}
			seen := map[string]bool{}
			err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
				if err != nil {
					return err
				}
				info, err := d.Info()
				if err != nil {
					return err
				}
				want := fs.FileMode(0o666 &^ mask)
				if d.IsDir() {
					want = fs.FileMode(0o777 &^ mask)
				}
				if got := info.Mode().Perm(); got != want {
					t.Errorf("%s has %s, want %s", path, got, want)
				}
				seen[d.Name()], seen[filepath.Ext(path)] = true, true
				return nil
			})
			if err != nil || !seen[boltName] || !seen[".zap"] || !seen[lockName] || !seen[pointerName] {
				t.Errorf("saw %v: %v", seen, err)
			}
		})
	}
}

func writeAndClose(t *testing.T, dir string) {
	t.Helper()
	s, err := Open(t.Context(), dir, engine.Options{})
	if err != nil {
		t.Fatal(err)
	}
	b := &engine.Batch{PutEntries: []engine.Entry{{Key: "/news/a.txt", Stamp: "1"}}}
	if err := s.Write(t.Context(), b); err != nil {
		t.Fatal(err)
	}
	if err := s.Publish(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := s.WriteSetting(t.Context(), engine.TopicsSetting, []byte("topics: {}\n")); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}
