package index_test

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/newsq/newsq/index"
)

// indexFiles returns the files of the index in dir that have content, but for
// those that people keep there.
func indexFiles(t *testing.T, dir string) (paths []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) == ".yaml" {
			return err
		}
		info, err := d.Info()
		if err == nil && info.Size() > 0 {
			paths = append(paths, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return paths
}

// namesFile reports whether a check names the file at path, as damaged or as not whole.
func namesFile(t *testing.T, dir, path string) bool {
	t.Helper()
	r, err := index.Check(t.Context(), dir)
	if err != nil {
		return strings.Contains(err.Error(), path) // a header that says less than which version it is
	}
	// A merge that ends as the index is closed leaves segments that belong to no state.
	return slices.ContainsFunc(r.Notes, func(s string) bool { return strings.Contains(s, path) }) ||
		slices.ContainsFunc(r.Damage, func(d index.Damage) bool {
			return d.Path == path || strings.Contains(d.Err.Error(), path)
		})
}

// smallFile is the size up to which each byte of a file is changed.
const smallFile = 1 << 10

// A check names the file of which any one byte was changed, or the last one is
// missing, or one is too many: of any file of an index that was closed.
func TestCheckNamesAnyByte(t *testing.T) {
	whole, _ := makeMaintainIndex(t, 12)
	ix, err := index.Open(t.Context(), whole, nil)
	if err != nil {
		t.Fatal(err)
	}
	_, err = ix.Learn(t.Context(), nil)
	if err := errors.Join(err, ix.Close()); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "ix")
	if err := os.CopyFS(dir, os.DirFS(whole)); err != nil { // without links
		t.Fatal(err)
	}
	if r, err := index.Check(t.Context(), dir); err != nil || !r.Whole() || len(r.Notes) > 0 {
		t.Fatalf("before: %+v, %v", r, err)
	}
	sampled := 100
	if testing.Short() {
		sampled = 30
	}
	random := rand.New(rand.NewPCG(9, 9))
	paths, tried := usedFiles(t, dir), 0
	for _, path := range paths {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		try := func(how string, changed []byte) {
			tried++
			if err := os.WriteFile(path, changed, 0o644); err != nil {
				t.Fatal(err)
			}
			if !namesFile(t, dir, path) {
				t.Errorf("%s, %s, is not named", path, how)
			}
		}
		flip := func(at int) {
			changed := slices.Clone(b)
			changed[at] ^= 1 << random.IntN(8)
			try(fmt.Sprintf("byte %d: %q for %q", at, changed[at], b[at]), changed)
		}
		if len(b) <= smallFile {
			for at := range b {
				flip(at)
			}
		} else {
			for range sampled {
				flip(random.IntN(len(b)))
			}
		}
		try("without its last byte", b[:len(b)-1])
		try("with a byte more", append(slices.Clip(b), '\n'))
		if err := os.WriteFile(path, b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if r, err := index.Check(t.Context(), dir); err != nil || !r.Whole() || len(r.Notes) > 0 {
		t.Errorf("afterwards: %+v, %v", r, err)
	}
	t.Logf("tried %d changes over %d files", tried, len(paths))
}

// usedFiles returns the files of an index, without segments that nothing refers to any
// more. Those that were merged are removed a moment later, or not, when the index is
// closed before.
func usedFiles(t *testing.T, dir string) (used []string) {
	t.Helper()
	for _, path := range indexFiles(t, dir) {
		if filepath.Ext(path) != ".zap" {
			used = append(used, path)
			continue
		}
		aside := filepath.Join(t.TempDir(), filepath.Base(path))
		if err := os.Rename(path, aside); err != nil {
			t.Fatal(err)
		}
		if r, err := index.Check(t.Context(), dir); err == nil && r.Whole() {
			continue
		}
		if err := os.Rename(aside, path); err != nil {
			t.Fatal(err)
		}
		used = append(used, path)
	}
	return used
}

// Of an index that a version without sums of header and root has closed, a check
// says what it can't vouch for. Opened for writing it is made again, with sums.
func TestCheckEarlierSums(t *testing.T) {
	dir := unzip(t, "testdata/schema2-early.zip")
	notes := func(want ...string) {
		t.Helper()
		r, err := index.Check(t.Context(), dir)
		if err != nil || !r.Whole() || r.Articles < 6 || len(r.Notes) != len(want) {
			t.Fatalf("check: %+v, %v", r, err)
		}
		for i, part := range want {
			if !strings.Contains(r.Notes[i], part) {
				t.Errorf("note %q, want %q", r.Notes[i], part)
			}
		}
	}
	notes("it has schema 2", "newsq.json has no checksum", "an earlier newsq closed the index")
	for _, name := range []string{"work/SEAL", "CURRENT", "work/index_meta.json"} {
		path := filepath.Join(dir, name)
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for at := range b {
			changed := slices.Clone(b)
			changed[at] ^= 1
			if err := os.WriteFile(path, changed, 0o644); err != nil {
				t.Fatal(err)
			}
			if !namesFile(t, dir, path) {
				t.Errorf("%s with byte %d changed is not named", name, at)
			}
		}
		if err := os.WriteFile(path, b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	ix := open(t, dir, nil)
	if res := search(t, ix, index.Query{Text: "ferries", Limit: 10}); res.Total != 6 {
		t.Errorf("%d articles, want 6", res.Total)
	}
	add(t, ix, variedArticles(1)...)
	notes("a writer is at work")
	if err := ix.Close(); err != nil {
		t.Fatal(err)
	}
	notes()
}

// What no sum can vouch for after a crash, a check says: bbolt writes over
// pages that are not in use.
func TestCheckUnsealed(t *testing.T) {
	dir, _ := makeMaintainIndex(t, 12)
	ix := open(t, dir, nil)
	at := filepath.Join(t.TempDir(), "crashed")
	if err := copyLive(at, dir); err != nil { // as a crash leaves it
		t.Fatal(err)
	}
	r, err := index.Check(t.Context(), at)
	if err != nil || !r.Whole() || len(r.Notes) != 1 || !strings.Contains(r.Notes[0], "the last writer did not close the index") {
		t.Errorf("%+v, %v", r, err)
	}
	if err := ix.Close(); err != nil {
		t.Fatal(err)
	}
	if r, err = index.Check(t.Context(), dir); err != nil || !r.Whole() || len(r.Notes) > 0 {
		t.Errorf("closed: %+v, %v", r, err)
	}
}

// A check changes nothing, also where a writer would make a root anew.
func TestCheckChangesNothing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "ix")
	if err := open(t, dir, nil).Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "work", "store", "root.bolt")
	if err := os.Truncate(path, 100); err != nil {
		t.Fatal(err)
	}
	if !namesFile(t, dir, path) {
		t.Error("a root of an empty index that was cut short is not named")
	}
	if info, err := os.Stat(path); err != nil || info.Size() != 100 {
		t.Errorf("after the check: %v, %v", info, err)
	}
}

// copyLive copies the folder of an index that is open for writing. The writer
// may remove a file that it needs no more between being listed and being read:
// a crash leaves no such state, so the copy is made again.
func copyLive(to, from string) error {
	const tries = 100 // each takes another removal in the same moment
	var err error
	for range tries {
		if err = os.CopyFS(to, os.DirFS(from)); !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		if err := os.RemoveAll(to); err != nil {
			return err
		}
	}
	return err
}
