package export

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

// Articles that are written as JSON Lines and indexed again are the same, but for
// where they stand. Among them are some that a reader of another form would change:
// a body that begins with its title, markup that is text, a date that is but a year.
func TestRoundTrip(t *testing.T) {
	want := []corpus.Article{
		{ID: "one", Title: "Ferries", Body: "Ferries\n\nThey sail again & <b>fast</b>.\n\nBy Someone Else", Language: "en"},
		{
			ID: "two", Title: "Nine &amp; wagons", Summary: "*s*", Body: "Erster Teil.\n\nZweiter Teil.",
			Sections: []corpus.Section{{End: 14}, {Heading: "Und <i>dann</i>", Level: 2, Start: 14, End: 27}}, Pages: []corpus.Page{{Label: "7"}, {Label: "8-9", Start: 14}},
			Authors: []string{"Okoye, Ada", "Review Staff"}, Source: "Harbour, Review & Co", Published: time.Date(2014, 1, 1, 0, 0, 0, 0, time.UTC), PublishedAs: "2014",
			Updated: time.Date(2015, 2, 3, 4, 5, 6, 7000, time.UTC), Language: "pt-BR", Topics: []corpus.Topic{{Path: "economy/trade", Origin: corpus.Stated}},
			Places: []string{"Aden, Yemen"}, People: []string{"Ng, A."}, Organizations: []string{"A; B"}, URL: "https://example.org/?a=1&amp;b=2",
			Handling: &corpus.Handling{Version: 3, Rights: "No &lt;reuse&gt;", NoAI: true, Notice: "Corrects line 2"},
		},
		{ID: "three", Title: "Late", Body: "Text.", Published: time.Date(2024, 3, 6, 4, 30, 0, 0, time.UTC), PublishedAs: "2024-03-05T23:30-05:00", Language: "en"},
	}
	first := newIndex(t)
	if err := first.Add(t.Context(), want...); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "out.jsonl")
	q := index.Query{Sort: index.Oldest, Passages: -1}
	err := first.ReadAll(t.Context(), q, func(found *index.Found) error {
		if found.Total != len(want) {
			t.Errorf("total %d", found.Total)
		}
		_, err := WriteFile(path, JSONL, found.Hits, &About{Made: made})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	second := newIndex(t)
	src, err := corpus.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	report, err := second.Sync(t.Context(), src, nil)
	if err != nil || report.Added != len(want) || len(report.Unreadable) > 0 {
		t.Fatalf("%+v %v", report, err)
	}
	for _, w := range want {
		before, err1 := first.Get(t.Context(), w.ID)
		after, err2 := second.Get(t.Context(), w.ID)
		if err1 != nil || err2 != nil {
			t.Fatal(err1, err2)
		}
		if after.Path != path || after.Form != "newsq export" {
			t.Errorf("%s: path %q, form %q", w.ID, after.Path, after.Form)
		}
		before.Path, before.Form, before.Key, before.Added = after.Path, after.Form, after.Key, after.Added
		if d := cmp.Diff(before, after); d != "" {
			t.Errorf("%s:\n%s", w.ID, d)
		}
	}
}

func newIndex(t *testing.T) *index.Index {
	ix, err := index.Open(t.Context(), filepath.Join(t.TempDir(), "ix"), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := ix.Close(); err != nil {
			t.Error(err)
		}
	})
	return ix
}

// An export that was changed is told, line by line, and what is beside it is read.
func TestChangedExport(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out.jsonl")
	const lines = `{"format":1,"type":"newsq article","id":"a","title":"A","body":"One."}
{"format":1,"type":"newsq article","id":"b","title":"B","body":"One.","sections":[{"heading":"x","start":0,"end":99}]}
{"format":2,"type":"newsq article","id":"c","title":"C","body":"One."}
{"format":1,"type":"newsq article","id":"d","title":4,"body":"One."}
{"id":"e","title":"E","body":"Another program's article, with some words in it."}
{"format":1,"type":"newsq article","id":"f","body":"A\u0007B"}
`
	if err := os.WriteFile(path, []byte(lines), 0o600); err != nil {
		t.Fatal(err)
	}
	src, err := corpus.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	ix := newIndex(t)
	report, err := ix.Sync(t.Context(), src, nil)
	if err != nil || report.Added != 2 || len(report.Unreadable) != 4 {
		t.Errorf("%d added, %v, %v", report.Added, report.Unreadable, err)
	}
	for i, line := range []int{2, 3, 4, 6} {
		if i < len(report.Unreadable) && report.Unreadable[i].Line != line {
			t.Errorf("told of line %d, not %d: %v", report.Unreadable[i].Line, line, report.Unreadable[i])
		}
	}
}
