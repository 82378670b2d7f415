package json

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsq/newsq/corpus/internal/record"
)

// Each value is kept with the name that it stood under.
func TestRecordsFrom(t *testing.T) {
	const text = `{"pubDate": "2026-03-05", "tags": ["a", "b"], "section": {"id": 3, "name": "c"}, "desk": {"K\u0069cker": "d"},
		"article": {"Headline": "A title"}, "html": "<p>x", "foo": 1}
		{"text": "y", "title": 7}`
	m, err := record.ParseMapping(map[string]string{"desk.kicker": "topics"})
	if err != nil {
		t.Fatal(err)
	}
	type found struct {
		Form   record.Form
		Values map[string][]record.Value
		Names  []string
	}
	var got []found
	err = NewParser(m).Records([]byte(text), func(rec *record.Record) bool {
		f := found{Form: rec.Form, Values: map[string][]record.Value{}, Names: rec.Names()}
		for field := record.ID; field < record.NumFields; field++ {
			if rec.Has(field) {
				f.Values[field.String()] = rec.Values(field)
			}
		}
		got = append(got, f)
		return true
	})
	want := []found{
		{
			record.HTML,
			map[string][]record.Value{
				"published": {{Text: "2026-03-05", From: "pubDate"}},
				"topics": {
					{Text: "a", From: "tags", Element: true},
					{Text: "b", From: "tags", Element: true},
					{Text: "c", From: "section", Element: true},
					{Text: "d", From: "Kicker"},
				},
				"title": {{Text: "A title", From: "Headline"}},
				"body":  {{Text: "<p>x", From: "html"}},
			},
			[]string{"pubDate", "tags", "section", "desk", "article", "html", "foo"},
		},
		{
			record.Either,
			map[string][]record.Value{"body": {{Text: "y", From: "text"}}, "title": {{Text: "7", From: "title"}}},
			[]string{"text", "title"},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Error(diff, err)
	}
}
