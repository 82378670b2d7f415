package judge

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsq/newsq/index/eval"
)

func TestPool(t *testing.T) {
	one := []eval.Scored{{ID: "c", Score: 1}, {ID: "a", Score: 3}, {ID: "b", Score: 2}}
	two := []eval.Scored{{ID: "b", Score: 9}, {ID: "d", Score: 8}, {ID: "e", Score: 7}}
	if diff := cmp.Diff([]string{"a", "b", "d"}, Pool(2, one, two)); diff != "" {
		t.Errorf("pool (-want +got):\n%s", diff)
	}
	if got := Pool(2); len(got) != 0 {
		t.Errorf("pool of nothing: %q", got)
	}
}

func items(query string, articles ...string) (list []Item) {
	for _, a := range articles {
		list = append(list, Item{eval.Query{ID: query, Text: "x"}, a})
	}
	return list
}

func TestSession(t *testing.T) {
	path := filepath.Join(t.TempDir(), "qrels.tsv")
	want := func(text string) {
		t.Helper()
		if got, err := os.ReadFile(path); err != nil || string(got) != text {
			t.Fatalf("file holds %q, %v, want %q", got, err, text)
		}
	}
	s, err := Start(path, items("1", "a", "b", "c"))
	if err != nil {
		t.Fatal(err)
	}
	if ok, err := s.Undo(); ok || err != nil {
		t.Errorf("undone before anything was done: %v, %v", ok, err)
	}
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	check(s.Grade(2))
	s.Skip()
	check(s.Grade(0))
	want("1\t0\ta\t2\n1\t0\tc\t0\n")
	if _, ok := s.Current(); ok || s.Left() != 0 || s.Judged() != 2 {
		t.Errorf("at the end: left %d, judged %d", s.Left(), s.Judged())
	}
	for _, id := range []string{"c", "a"} { // over what was skipped
		ok, err := s.Undo()
		check(err)
		if it, _ := s.Current(); !ok || it.Article != id {
			t.Errorf("after undo at %q, want %q", it.Article, id)
		}
	}
	want("")
	check(s.Grade(1))
	want("1\t0\ta\t1\n")

	// The next session goes on, and another program's writing stops it.
	s, err = Start(path, items("1", "a", "b"))
	check(err)
	if it, ok := s.Current(); !ok || it.Article != "b" {
		t.Errorf("goes on at %q", it.Article)
	}
	check(os.WriteFile(path, []byte("1\t0\ta\t3\n"), 0o600))
	if err := s.Grade(1); !errors.Is(err, ErrChanged) {
		t.Errorf("error = %v", err)
	}
	want("1\t0\ta\t3\n")
}

func TestStartErrors(t *testing.T) {
	path := filepath.Join(t.TempDir(), "qrels.tsv")
	if _, err := Start(path, items("1", "two words")); err == nil {
		t.Error("an id with a blank was taken")
	}
	if err := os.WriteFile(path, []byte("nothing of TREC\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Start(path, nil); err == nil {
		t.Error("a file of something else was taken")
	}
}
