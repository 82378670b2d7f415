package fsutil_test

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/newsq/newsq/internal/fsutil"
)

// content returns what a file holds.
func content(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func isGone(t *testing.T, path string) {
	t.Helper()
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%s is there: %v", path, err)
	}
}

func TestWriteFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a")
	for _, want := range []string{"long enough", "short", ""} {
		err := fsutil.WriteFile(path, 0o600, func(w io.Writer) error {
			_, err := io.WriteString(w, want)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if got := content(t, path); got != want {
			t.Errorf("it holds %q, want %q", got, want)
		}
	}
}

func TestWriteFileLeavesNoPart(t *testing.T) {
	path, failed := filepath.Join(t.TempDir(), "a"), errors.New("failed")
	err := fsutil.WriteFile(path, 0o600, func(w io.Writer) error {
		_, err := io.WriteString(w, "a part")
		return errors.Join(err, failed)
	})
	if !errors.Is(err, failed) {
		t.Errorf("error %v, want %v", err, failed)
	}
	isGone(t, path)
}

func TestReplaceFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a")
	for _, want := range []string{"first", "second, longer", ""} {
		if err := fsutil.ReplaceFile(path, []byte(want)); err != nil {
			t.Fatal(err)
		}
		if got := content(t, path); got != want {
			t.Errorf("it holds %q, want %q", got, want)
		}
		isGone(t, path+fsutil.TempSuffix)
	}
}

func TestReplaceFileKeepsTheOldOne(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a")
	if err := fsutil.ReplaceFile(path, []byte("old")); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(path+fsutil.TempSuffix, 0o755); err != nil { // nothing can be written there
		t.Fatal(err)
	}
	if err := fsutil.ReplaceFile(path, []byte("new")); err == nil {
		t.Error("no error")
	}
	if got := content(t, path); got != "old" {
		t.Errorf("it holds %q", got)
	}
}

func TestCopyFile(t *testing.T) {
	dir := t.TempDir()
	from, to := filepath.Join(dir, "from"), filepath.Join(dir, "to")
	if err := fsutil.CopyFile(from, to); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("copy of nothing: %v", err)
	}
	isGone(t, to)
	if err := os.WriteFile(from, []byte("text"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := fsutil.CopyFile(from, to); err != nil {
		t.Fatal(err)
	}
	if got := content(t, to); got != "text" {
		t.Errorf("it holds %q", got)
	}
}

func TestCreate(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a")
	w, err := fsutil.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(w, "text"); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if got := content(t, path); got != "text" {
		t.Errorf("it holds %q", got)
	}
	if err := w.Close(); err == nil {
		t.Error("closed twice without an error")
	}
}

func TestMakeDir(t *testing.T) {
	dir := t.TempDir()
	deep := filepath.Join(dir, "a", "b", "c")
	for range 2 {
		if err := fsutil.MakeDir(deep); err != nil {
			t.Fatal(err)
		}
	}
	if info, err := os.Stat(deep); err != nil || !info.IsDir() {
		t.Errorf("it is no folder: %v", err)
	}
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := fsutil.MakeDir(filepath.Join(file, "a")); err == nil {
		t.Error("a folder below a file")
	}
}

func TestSyncDir(t *testing.T) {
	dir := t.TempDir()
	if err := fsutil.SyncDir(dir); err != nil {
		t.Error(err)
	}
}

func TestFileState(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a")
	state := func() fsutil.FileState {
		t.Helper()
		s, err := fsutil.StatFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	if s, err := fsutil.StatFile(path); !errors.Is(err, fs.ErrNotExist) || s.Same(s) {
		t.Errorf("no file: %v, same as itself %v", err, s.Same(s))
	}
	if err := fsutil.ReplaceFile(path, []byte("one")); err != nil {
		t.Fatal(err)
	}
	first := state()
	if !first.Same(state()) {
		t.Error("a file without a change is not the same")
	}
	if err := fsutil.ReplaceFile(path, []byte("four")); err != nil {
		t.Fatal(err)
	}
	if first.Same(state()) {
		t.Error("another file under the name is the same")
	}
}
