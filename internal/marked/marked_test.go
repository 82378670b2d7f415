package marked

import (
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestRead(t *testing.T) {
	const articles = `{"id":"a","text":"Zoë said: “Nö.” Ada left."}
{"id":"b","text":"Nobody."}`
	names := Table{Name: "marks.tsv", Label: 1, Start: 2, Text: 4}
	for _, test := range []struct{ table, want string }{
		{"a\tPER\t16\t19\tAda\na\tPER\t0\t3\tZoë\n", ""},
		{"a\tPER\t16\t19\n", "line 1: want 5 columns"},
		{"a\tPER\t0\t3\tZoë\nc\tPER\t0\t3\tZoë\n", `line 2: no article has the id "c"`},
		{"a\tPER\tx\t3\tZoë\n", "x"},
		{"a\tPER\t0\ty\tZoë\n", "y"},
		{"a\tPER\t300\t310\tZoë\n", "no characters from 300 to 310"},
		{"a\tPER\t0\t4\tZoë\n", `"Zoë" is marked, and the text has "Zoë "`},
	} {
		dir := t.TempDir()
		write(t, dir, articles, test.table)
		got, err := Read(dir, names)
		if test.want != "" {
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("%q: error %v, want %q in it", test.table, err, test.want)
			}
			continue
		}
		want := []Article{
			{ID: "a", Text: "Zoë said: “Nö.” Ada left.", Marks: []Mark{{0, 4, "PER"}, {22, 25, "PER"}}},
			{ID: "b", Text: "Nobody."},
		}
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("%v (-want +got):\n%s", err, diff)
		}
	}
	if _, err := Read(t.TempDir(), names); err == nil {
		t.Error("a folder without articles was read")
	}
}

func write(t *testing.T, dir, articles, table string) {
	t.Helper()
	f, err := os.Create(filepath.Join(dir, "articles.jsonl.gz"))
	if err != nil {
		t.Fatal(err)
	}
	z := gzip.NewWriter(f)
	if _, err := z.Write([]byte(articles)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "marks.tsv"), []byte(table), 0o600); err != nil {
		t.Fatal(err)
	}
}
