package render

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

// The form is a promise: a change of this file breaks those who read it.
func TestResultsJSON(t *testing.T) {
	res := sampleResults()
	res.DidYouMean, res.Warnings = "determent", []string{"the query was cut at 4 KB"}
	var b strings.Builder
	if err := ResultsJSON(&b, "deterrence", res); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(b.String(), "\n"); n != 1 {
		t.Errorf("%d lines, want 1", n)
	}
	golden(t, "results.json", indented(t, b.String()))
}

// Nothing found is an object with empty lists, not with null.
func TestEmptyResultsJSON(t *testing.T) {
	var b strings.Builder
	if err := ResultsJSON(&b, `"a & b" <x>`, &index.Results{Exact: true, Took: 1800 * time.Microsecond}); err != nil {
		t.Fatal(err)
	}
	const want = `{"format":1,"query":"\"a & b\" <x>","total":0,"exact":true,"relaxed":false,"took_ms":1.8,"hits":[]}` + "\n"
	if d := cmp.Diff(want, b.String()); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
}

// A line of JSON Lines has the form of a hit in the object.
func TestHitsJSONL(t *testing.T) {
	res := sampleResults()
	var object, lines strings.Builder
	if err := ResultsJSON(&object, "", res); err != nil {
		t.Fatal(err)
	}
	if err := HitsJSONL(&lines, HitsOf(res)); err != nil {
		t.Fatal(err)
	}
	hits := strings.ReplaceAll(strings.TrimSuffix(lines.String(), "\n"), "\n", ",")
	if !strings.Contains(object.String(), `"hits":[`+hits+`]`) {
		t.Errorf("lines %s\nare not the hits of %s", hits, object.String())
	}
}

func TestArticleJSON(t *testing.T) {
	var b strings.Builder
	if err := ArticleJSON(&b, sampleArticle()); err != nil {
		t.Fatal(err)
	}
	golden(t, "article.json", indented(t, b.String()))
}

func TestChangesJSON(t *testing.T) {
	c := &index.SyncReport{
		Added: 28000, Updated: 3, Unchanged: 279, Vanished: 2, Bytes: 181_000_000, Took: 21400 * time.Millisecond,
		Unreadable: []*corpus.ReadError{
			{Path: "a.jsonl", Line: 12, Err: errors.New("unexpected end of input"), Hint: "fetch the file again"},
			{Path: "b.warc", Err: errors.New("permission denied")},
		},
		Partial: []*corpus.ReadError{{Path: "c.jsonl", Line: 3, Err: errors.New("a field was cut")}}, Skipped: 7,
	}
	var b strings.Builder
	if err := SyncReportJSON(&b, c, true); err != nil {
		t.Fatal(err)
	}
	golden(t, "changes.json", indented(t, b.String()))
}

func TestTopicsJSON(t *testing.T) {
	var b strings.Builder
	if err := TopicsJSON(&b, "", []index.FacetValue{{Value: "economy", Count: 7}}, &index.TopicTree{Articles: 12}, nil); err != nil {
		t.Fatal(err)
	}
	const want = `{"format":1,"query":"","articles":12,"topics":[{"value":"economy","count":7}],"tree":[]}` + "\n"
	if d := cmp.Diff(want, b.String()); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
}

func TestAnalysisJSON(t *testing.T) {
	var b strings.Builder
	if err := AnalysisJSON(&b, `the zebra title:(naval OR "air force") date:30d presid* -trains`, sampleAnalysis().Analysis); err != nil {
		t.Fatal(err)
	}
	golden(t, "analysis.json", indented(t, b.String()))
}

func TestSuggestionsJSON(t *testing.T) {
	for want, suggestions := range map[string][]index.Suggestion{
		`{"format":1,"typed":"north k","suggestions":[{"query":"north korea","articles":290}]}`: {{Text: "north korea", Articles: 290}},
		`{"format":1,"typed":"north k","suggestions":[]}`:                                       nil,
	} {
		var b strings.Builder
		if err := SuggestionsJSON(&b, "north k", suggestions); err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(want+"\n", b.String()); d != "" {
			t.Errorf("-want +got:\n%s", d)
		}
	}
}

func TestHitsCSV(t *testing.T) {
	res := sampleResults()
	res.Hits[2].Article.Title = `=HYPERLINK("http://x";"y")`
	var b strings.Builder
	if err := HitsCSV(&b, HitsOf(res)); err != nil {
		t.Fatal(err)
	}
	if strings.Count(b.String(), "\r\n") != 4 {
		t.Errorf("lines must end in CR LF: %q", b.String())
	}
	golden(t, "results.csv", strings.ReplaceAll(b.String(), "\r", ""))
}

func TestIDs(t *testing.T) {
	var b strings.Builder
	if err := IDs(&b, HitsOf(sampleResults())); err != nil {
		t.Fatal(err)
	}
	if want := "3f9a0c2b71de\nzh-2025-11-03\n3f9a0c2c0042\n"; b.String() != want {
		t.Errorf("got %q, want %q", b.String(), want)
	}
}

// indented makes JSON legible in a golden file, keeping the order of fields.
func indented(t *testing.T, s string) string {
	t.Helper()
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(json.RawMessage(s)); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
