package corpus

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWithin(t *testing.T) {
	dir := tree(t, map[string]string{
		"a/1.txt": "Prices fell.", "a/b/2.txt": "Prices fell.", "a/b/3.txt": "Prices fell.", "ab/4.txt": "Prices fell.",
		"a/.hidden/5.txt": "Not to be read.", ".newsqignore": "drafts\n", "drafts/6.txt": "Not to be read.",
	})
	at := func(name string) string { return filepath.Join(dir, filepath.FromSlash(name)) }
	all := open(t, Options{}, dir)
	for _, tt := range []struct {
		paths []string
		want  []string
	}{
		{nil, nil},
		{[]string{dir}, []string{"a/1.txt", "a/b/2.txt", "a/b/3.txt", "ab/4.txt"}},
		{[]string{at("a")}, []string{"a/1.txt", "a/b/2.txt", "a/b/3.txt"}},
		{[]string{at("a/b/3.txt"), at("ab")}, []string{"a/b/3.txt", "ab/4.txt"}},
		{[]string{at("drafts/6.txt"), at("a/.hidden")}, nil},
		{[]string{filepath.Dir(dir)}, []string{"a/1.txt", "a/b/2.txt", "a/b/3.txt", "ab/4.txt"}},
	} {
		files, faults := walk(t, dir, all.Within(tt.paths...))
		if diff := cmp.Diff(tt.want, files); diff != "" || len(faults) > 0 {
			t.Errorf("%v: %s %v", tt.paths, diff, faults)
		}
	}
	part := all.Within(at("a/b"), at("gone.txt"))
	for key, want := range map[string]bool{"a/b/2.txt": true, "a/b/gone.txt": true, "gone.txt": true, "a/1.txt": false, "a/bc.txt": false} {
		if got := part.Covers(keyOf(at(key))); got != want {
			t.Errorf("Covers(%s) is %v", key, got)
		}
	}
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if files, faults := walk(t, dir, part); len(files)+len(faults) > 0 {
		t.Error(files, faults)
	}
}
