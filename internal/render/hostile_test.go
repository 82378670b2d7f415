package render

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

// attack holds what a terminal would obey: a title change, a colour, a link,
// cursor movements in C0 and C1, a bell, and an override of the direction.
const attack = "x\x1b]0;owned\x07\x1b[31m\x1b]8;;http://evil.example\x1b\\y\u009b2J\u009d0;owned\u009c\r\b\x00\u202etxt\u2066\nz\tw\xff"

func hostileArticle() *corpus.Article {
	return &corpus.Article{
		ID: attack, Title: attack, Summary: attack, Body: attack, Source: attack, Language: attack,
		Sections: []corpus.Section{{Heading: attack, End: len(attack)}},
		Authors:  []string{attack}, Places: []string{attack}, People: []string{attack}, Organizations: []string{attack},
		Topics: []corpus.Topic{{Path: attack, Origin: corpus.Stated, Reason: attack}, {Path: attack, Origin: corpus.Origin(attack)}},
		URL:    "https://evil.example/" + attack, Path: "/tmp/" + attack, Published: day(2026, 1, 2),
	}
}

func hostileResults() *index.Results {
	marks := []index.Span{{Start: 0, End: 9}, {Start: 12, End: len(attack)}}
	return &index.Results{
		Total: 9, Cursor: attack, DidYouMean: attack, Warnings: []string{attack},
		Hits: []index.Hit{{
			Rank: 1, ID: attack, Article: hostileArticle(), TitleMatches: marks,
			Snippets:    []index.Snippet{{Field: attack, Section: attack, Text: attack, Matches: marks}},
			Explanation: []index.ScorePart{{Label: attack}},
		}},
		Aliases: []index.AliasUse{{From: attack, To: attack, Articles: 1}},
		Facets:  []index.FacetCounts{{Name: attack, Values: []index.FacetValue{{Value: attack, Count: 1, Selected: true}}}},
	}
}

// ours are the escape sequences that this package writes.
var ours = regexp.MustCompile(`\x1b\[[0-9;]*m|\x1b\]8;;[!-~]*\x07`)

// Whatever is in an article, what reaches the terminal is text, and the
// escape sequences written here.
func TestHostileArticle(t *testing.T) {
	a := *hostileArticle()
	res := hostileResults()
	all := Options{Color: true, Links: true, Score: true, Timing: true}
	marks := func(s string) []index.Span { return []index.Span{{Start: 1, End: len(s)}} }
	values := res.Facets[0].Values
	analysis := &AnalyzedQuery{
		Analysis: &index.Analysis{Query: attack, Warnings: []string{attack}, Clauses: []index.Clause{
			{Text: attack, Words: []index.WordCount{{Word: attack, Count: 1}}, MoreWords: 1, Clauses: []index.Clause{{Text: attack}}},
		}, Aliases: res.Aliases, DidYouMean: attack},
		Filters: []string{attack},
	}
	trial := &index.TopicTrial{Articles: 1, Rules: []index.RuleTrial{{Topic: attack, Articles: 1, Examples: []corpus.Article{a}}}}
	suggestions := []index.Suggestion{{Text: attack, Articles: 1}}
	report := &index.SyncReport{Warnings: []string{attack}, Unreadable: []*corpus.ReadError{{Path: attack, Err: errors.New(attack), Hint: attack}}, Partial: []*corpus.ReadError{{Path: attack, Err: errors.New(attack)}}}
	outputs := map[string]func(io.Writer) error{
		"results":     func(w io.Writer) error { return Results(w, res, all) },
		"article":     func(w io.Writer) error { return Article(w, &a, marks, all) },
		"topics":      func(w io.Writer) error { return Topics(w, values, all) },
		"topics tree": func(w io.Writer) error { return TopicTree(w, nodesOf(values), all) },
		"rules":       func(w io.Writer) error { return TopicTrial(w, trial, all) },
		"new rules": func(w io.Writer) error {
			return TopicsReport(w, &index.ApplyTopicsReport{Topics: []index.TopicChange{{Topic: attack, Gained: 1}}}, all)
		},
		"candidates": func(w io.Writer) error { return Candidates(w, []corpus.Article{a}, all) },
		"ids":        func(w io.Writer) error { return IDs(w, HitsOf(res)) },
		"csv":        func(w io.Writer) error { return HitsCSV(w, HitsOf(res)) },
		"syntax error": func(w io.Writer) error {
			return SyntaxError(w, &index.SyntaxError{Text: attack, Offset: 9, Msg: attack}, all)
		},
		"unreadable": func(w io.Writer) error {
			_, err := io.WriteString(w, Unreadable(report.Unreadable[0]))
			return err
		},
		"progress": func(w io.Writer) error {
			_, err := io.WriteString(w, Progress("indexing", index.Progress{Path: attack, BytesDone: 1, BytesTotal: 2}, time.Second, 200, true))
			return err
		},
		"analysis":     func(w io.Writer) error { return Analysis(w, analysis, all) },
		"suggestions":  func(w io.Writer) error { return Suggestions(w, suggestions, all) },
		"json":         func(w io.Writer) error { return ResultsJSON(w, attack, res) },
		"article json": func(w io.Writer) error { return ArticleJSON(w, &a) },
		"changes json": func(w io.Writer) error { return SyncReportJSON(w, report, false) },
		"trial json":   func(w io.Writer) error { return TopicTrialJSON(w, trial) },

		"analysis json":    func(w io.Writer) error { return AnalysisJSON(w, attack, analysis.Analysis) },
		"suggestions json": func(w io.Writer) error { return SuggestionsJSON(w, attack, suggestions) },
	}
	for name, write := range outputs {
		t.Run(name, func(t *testing.T) {
			var b strings.Builder
			if err := write(&b); err != nil {
				t.Fatal(err)
			}
			for line := range strings.Lines(ours.ReplaceAllString(b.String(), "")) {
				line = strings.TrimSuffix(strings.TrimSuffix(line, "\n"), "\r") // CSV ends its lines so
				if !isClean(line) {
					t.Errorf("reaches the terminal: %q", line)
				}
			}
			if strings.Contains(name, "json") && !json.Valid([]byte(b.String())) {
				t.Errorf("not JSON: %s", b.String())
			}
		})
	}
}

// JSON escapes exactly the characters that a terminal is not shown as they are.
func TestJSONIsClean(t *testing.T) {
	var title []rune
	for r := rune(0x7f); r <= 0xffff; r++ { // nothing beyond steers a terminal
		if utf8.ValidRune(r) {
			title = append(title, r)
		}
	}
	var b strings.Builder
	if err := ArticleJSON(&b, &corpus.Article{Title: string(title)}); err != nil {
		t.Fatal(err)
	}
	shown := make(map[rune]bool)
	for _, r := range b.String() {
		shown[r] = true
	}
	for _, r := range title {
		if want := replacement(r) == unchanged; shown[r] != want {
			t.Errorf("%U: shown is %v, want %v", r, shown[r], want)
		}
	}
}

// A program that reads JSON gets the text as it is.
func TestJSONKeepsText(t *testing.T) {
	valid := strings.ToValidUTF8(attack, "")
	var b bytes.Buffer
	if err := ArticleJSON(&b, &corpus.Article{ID: "a", Title: valid}); err != nil {
		t.Fatal(err)
	}
	var got corpus.Article
	if err := json.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if got.Title != valid {
		t.Errorf("got %q, want %q", got.Title, valid)
	}
}

func TestLinkTarget(t *testing.T) {
	tests := []struct{ name, url, path, want string }{
		{"a page", "https://example.org/a?b=c#d", "/tmp/a.txt", "https://example.org/a?b=c#d"},
		{"a file", "", "/tmp/plain notes.txt", "file:///tmp/plain%20notes.txt"},
		{"neither", "", "notes.txt", ""},
		{"not a web address", "javascript:alert(1)", "", ""},
		{"an address with controls", "https://example.org/\x1b]8;;", "", ""},
		{"letters beyond ASCII", "https://example.org/?q=é", "", "https://example.org/?q=%C3%A9"},
		{"too long", "https://example.org/" + strings.Repeat("a", 3000), "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := linkTarget(tt.url, tt.path); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
