package corpus

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Folders of indexes are known by what is in them, and passed over.
func TestIndexFolders(t *testing.T) {
	const header = `{"format":"newsq","schema":2,"created":"2026-01-02T03:04:05Z","sum":"f9d6811e"}` + "\n"
	const store = `{"storage":"scorch","index_type":"scorch"}` + "\n"
	dir := tree(t, map[string]string{
		"a.txt": "Prices fell.",
		// An index, a backup, a part of an index, and an index without its header.
		"deep/in/news.idx/newsq.json":  header,
		"deep/in/news.idx/CURRENT":     "000000000001 -\n",
		"deep/in/news.idx/notes.txt":   "Not to be read.",
		"deep/in/news.idx/x/y.txt":     "Not to be read.",
		"backup/newsq.json":            header,
		"backup/store/1.txt":           "Not to be read.",
		"part/index_meta.json":         store,
		"part/z.txt":                   "Not to be read.",
		"damaged/newsq.json":           header[:20],
		"damaged/CURRENT":              "000000000001 -\n",
		"damaged/work/index_meta.json": "",
		"damaged/generations/1/lock":   "x",
		"damaged/writer.json":          "{}",
		// What merely has such names.
		"about/newsq.json":       `{"title": "Newsq", "body": "A program for searching the news."}`,
		"about/b.txt":            "Prices fell.",
		"older/newsq.json":       `{"format": "jekyll", "schema": 3, "title": "Notes", "body": "On the format."}`,
		"meta/index_meta.json":   `{"title": "Storage", "body": "Scorch marks were found."}`,
		"current/CURRENT":        "What is current in the news.",
		"current/work/c.txt":     "Prices fell.",
		"folder/newsq.json/d.md": "Prices fell.",
	})
	files, faults := walk(t, dir, open(t, Options{}, dir))
	want := []string{"a.txt", "about/b.txt", "about/newsq.json", "current/CURRENT", "current/work/c.txt", "folder/newsq.json/d.md", "meta/index_meta.json", "older/newsq.json"}
	if diff := cmp.Diff(want, files); diff != "" {
		t.Error(diff)
	}
	wantFaults := []string{
		"backup: is the folder of a newsq index", "damaged: is the folder of a newsq index",
		"deep/in/news.idx: is the folder of a newsq index", "part: is the folder of a newsq index",
	}
	if diff := cmp.Diff(wantFaults, faults); diff != "" {
		t.Error(diff)
	}
	// One that was itself given is a mistake; a file in it is read if it is meant.
	given := filepath.Join(dir, "backup")
	files, faults = walk(t, dir, open(t, Options{}, given, filepath.Join(dir, "part", "z.txt")))
	if diff := cmp.Diff([]string{"part/z.txt"}, files); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"backup: is the folder of a newsq index, and holds no articles to read (name the folder that its articles came from)"}, faults); diff != "" {
		t.Error(diff)
	}
}

// With Absent, a path that is gone holds nothing and is covered.
func TestAbsent(t *testing.T) {
	dir := tree(t, map[string]string{"here/a.txt": "Prices fell."})
	gone := filepath.Join(dir, "gone")
	if _, err := Open(gone); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("without Absent: %v", err)
	}
	src := open(t, Options{Absent: true}, gone, filepath.Join(dir, "here"), filepath.Join(dir, "here", "a.txt", "x"))
	files, faults := walk(t, dir, src)
	if diff := cmp.Diff([]string{"here/a.txt"}, files); diff != "" || len(faults) > 0 {
		t.Error(diff, faults)
	}
	for name, want := range map[string]bool{
		"gone": true, "gone/x.txt": true, "gone/a/b.txt": true, "gone2/x.txt": false, "here/b.txt": true, "x.txt": false,
	} {
		if got := src.Covers(keyOf(filepath.Join(dir, filepath.FromSlash(name)))); got != want {
			t.Errorf("covers %s: %v", name, got)
		}
	}
}

func TestGoneFinder(t *testing.T) {
	dir := tree(t, map[string]string{"a/b/c.txt": "x", "file": "x"})
	if err := os.Symlink(filepath.Join(dir, "nowhere"), filepath.Join(dir, "a", "link.txt")); err != nil {
		t.Skip(err)
	}
	var g GoneFinder
	for _, tt := range []struct {
		name, top string // top is empty where it is not gone
	}{
		{"a/b/c.txt", ""},
		{"a/b/d.txt", "a/b/d.txt"},
		{"a/x/y/d.txt", "a/x"},
		{"a/x/z/e.txt", "a/x"},
		{"q/a.txt", "q"},
		{"file/a.txt", "file/a.txt"}, // a file is where the folder was
		{"a/link.txt", ""},           // the link itself is there
	} {
		key := keyOf(filepath.Join(dir, filepath.FromSlash(tt.name)))
		if got := g.IsGone(key); got != (tt.top != "") {
			t.Errorf("%s is gone: %v", tt.name, got)
		} else if want := keyOf(filepath.Join(dir, filepath.FromSlash(tt.top))); got && g.TopOf(key) != want {
			t.Errorf("%s: top %s, want %s", tt.name, g.TopOf(key), want)
		}
	}
	for _, key := range []string{"stdin", "shelf/a", "", "news.example.org/a", "\x01derived"} {
		if g.IsGone(key) {
			t.Errorf("%q is no path, and gone", key)
		}
	}
}

// An error that a folder couldn't be looked at names it, so that nobody takes for
// gone what lies there.
func TestUnreadableFolderHasKey(t *testing.T) {
	dir := tree(t, map[string]string{"a.txt": "Prices fell.", "locked/b.txt": "Prices fell.", "photo.jpg": "x", "empty.txt": ""})
	locked := filepath.Join(dir, "locked")
	if err := os.Chmod(locked, 0); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(locked, 0o700)
	if _, err := os.ReadDir(locked); err == nil {
		t.Skip("this user may read everything")
	}
	var keys []string
	for _, err := range open(t, Options{}, dir).Entries(context.Background()) {
		var re *ReadError
		if errors.As(err, &re) && re.Key != "" {
			keys = append(keys, re.Key)
		}
	}
	if diff := cmp.Diff([]string{keyOf(locked)}, keys); diff != "" {
		t.Error(diff)
	}
}
