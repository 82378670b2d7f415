package render

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"time"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

// formatVersion is the "format" of every JSON object. It changes only when a
// program that reads the present form would break; a field may be added
// without.
const formatVersion = 1

// The forms below are a promise. Their fields come in the order given here.
// Lists and the fields of a search that always have a meaning are always
// there, if empty; a fact of an article that is not known is left out, as are
// facets, cursor, did_you_mean, aliases and warnings where there are none.

type resultsJSON struct {
	Format  int       `json:"format"`
	Query   string    `json:"query"`
	Total   int       `json:"total"`
	Exact   bool      `json:"exact"`
	Relaxed bool      `json:"relaxed"`
	TookMS  float64   `json:"took_ms"`
	Hits    []hitJSON `json:"hits"`
	// Facets are by name. FacetsMore counts the values that a facet's limit
	// left out.
	Facets     map[string][]valueJSON `json:"facets,omitempty"`
	FacetsMore map[string]int         `json:"facets_more,omitempty"`
	Cursor     string                 `json:"cursor,omitempty"`
	DidYouMean string                 `json:"did_you_mean,omitempty"`
	Aliases    []aliasJSON            `json:"aliases,omitempty"`
	Warnings   []string               `json:"warnings,omitempty"`
}

type hitJSON struct {
	Rank         int           `json:"rank"`
	ID           string        `json:"id"`
	Score        float64       `json:"score"`
	Title        string        `json:"title"`
	TitleMatches []index.Span  `json:"title_matches"`
	Source       string        `json:"source,omitempty"`
	Authors      []string      `json:"authors"`
	Published    time.Time     `json:"published,omitzero"`
	Topics       []string      `json:"topics"`
	Lang         string        `json:"lang,omitempty"`
	URL          string        `json:"url,omitempty"`
	Path         string        `json:"path,omitempty"`
	Snippets     []snippetJSON `json:"snippets"`
	Explanation  []partJSON    `json:"explanation,omitempty"`
}

type snippetJSON struct {
	Field   string       `json:"field"`
	Section string       `json:"section,omitempty"`
	Text    string       `json:"text"`
	Matches []index.Span `json:"matches"` // bytes of text
}

type partJSON struct {
	Label     string  `json:"label"`
	Frequency float64 `json:"frequency"`
	DocFreq   int     `json:"doc_freq"`
	Boost     float64 `json:"boost"`
	Score     float64 `json:"score"`
}

// aliasJSON is another name of a word that was looked for, with the number of
// articles that it brought in.
type aliasJSON struct {
	From     string `json:"from"`
	To       string `json:"to"`
	Articles int    `json:"articles"`
}

type valueJSON struct {
	Value    string `json:"value"`
	Count    int    `json:"count"`
	Selected bool   `json:"selected,omitempty"`
}

// ResultsJSON writes a page of results as one JSON object on one line. Query
// is the text that was asked for.
func ResultsJSON(w io.Writer, query string, res *index.Results) error {
	out := resultsJSON{
		Format: formatVersion, Query: query,
		Total: res.Total, Exact: res.Exact, Relaxed: res.Relaxed, TookMS: milliseconds(res.Took),
		Hits:   make([]hitJSON, len(res.Hits)),
		Cursor: res.Cursor, DidYouMean: res.DidYouMean, Aliases: aliasForms(res.Aliases), Warnings: res.Warnings,
	}
	for i := range res.Hits {
		out.Hits[i] = hitForm(&res.Hits[i])
	}
	for _, f := range res.Facets {
		if out.Facets == nil {
			out.Facets = make(map[string][]valueJSON, len(res.Facets))
		}
		out.Facets[f.Name] = facetForm(f)
		if f.More > 0 {
			if out.FacetsMore == nil {
				out.FacetsMore = make(map[string]int)
			}
			out.FacetsMore[f.Name] = f.More
		}
	}
	return writeJSON(w, out)
}

// HitsJSONL writes one hit a line, in the form that it has in ResultsJSON.
func HitsJSONL(w io.Writer, res *index.Results) error {
	for i := range res.Hits {
		if err := writeJSON(w, hitForm(&res.Hits[i])); err != nil {
			return err
		}
	}
	return nil
}

func hitForm(h *index.Hit) hitJSON {
	a := &h.Article
	out := hitJSON{
		Rank: h.Rank, ID: a.ID, Score: h.Score, Title: a.Title, TitleMatches: list(h.TitleMatches),
		Source: a.Source, Authors: list(a.Authors), Published: a.Published, Topics: topicPaths(a),
		Lang: a.Language, URL: a.URL, Path: a.Path, Snippets: make([]snippetJSON, len(h.Snippets)),
	}
	for i, s := range h.Snippets {
		out.Snippets[i] = snippetJSON{Field: s.Field, Section: s.Section, Text: s.Text, Matches: list(s.Matches)}
	}
	for _, part := range h.Explanation {
		out.Explanation = append(out.Explanation, partJSON(part))
	}
	return out
}

func facetForm(f index.FacetCounts) []valueJSON {
	out := make([]valueJSON, len(f.Values))
	for i, v := range f.Values {
		out[i] = valueJSON(v)
	}
	return out
}

func aliasForms(uses []index.AliasUse) []aliasJSON {
	var out []aliasJSON
	for _, u := range uses {
		out = append(out, aliasJSON(u))
	}
	return out
}

// list makes sure that an empty list is [] and not null.
func list[T any](values []T) []T {
	if values == nil {
		return []T{}
	}
	return values
}

// ArticleJSON writes an article whole, as package corpus forms it.
func ArticleJSON(w io.Writer, a *corpus.Article) error {
	return writeJSON(w, struct {
		Format int `json:"format"`
		*corpus.Article
	}{formatVersion, a})
}

// CountJSON writes the number of articles that match.
func CountJSON(w io.Writer, query string, res *index.Results) error {
	return writeJSON(w, struct {
		Format int    `json:"format"`
		Query  string `json:"query"`
		Total  int    `json:"total"`
		Exact  bool   `json:"exact"`
	}{formatVersion, query, res.Total, res.Exact})
}

type changesJSON struct {
	Format      int              `json:"format"`
	Added       int              `json:"added"`
	Updated     int              `json:"updated"`
	Unchanged   int              `json:"unchanged"`
	Removed     int              `json:"removed"`
	Vanished    int              `json:"vanished"`
	Unreadable  []unreadableJSON `json:"unreadable"`
	Partial     []unreadableJSON `json:"partial"` // read, with something cut or repaired
	Skipped     int              `json:"skipped"` // files of unknown form
	Warnings    []string         `json:"warnings,omitempty"`
	Bytes       int64            `json:"bytes"`
	TookMS      float64          `json:"took_ms"`
	Interrupted bool             `json:"interrupted,omitempty"`
}

type unreadableJSON struct {
	Path  string `json:"path"`
	Line  int    `json:"line,omitempty"`
	Error string `json:"error"`
	Hint  string `json:"hint,omitempty"`
}

// ChangesJSON writes what a sync did. Interrupted says that it was stopped
// before its end.
func ChangesJSON(w io.Writer, c *index.Changes, interrupted bool) error {
	out := changesJSON{
		Format: formatVersion,
		Added:  c.Added, Updated: c.Updated, Unchanged: c.Unchanged, Removed: c.Removed, Vanished: c.Vanished,
		Unreadable: readErrors(c.Unreadable), Partial: readErrors(c.Partial), Skipped: c.Skipped, Warnings: c.Warnings,
		Bytes: c.Bytes, TookMS: milliseconds(c.Took), Interrupted: interrupted,
	}
	return writeJSON(w, out)
}

func readErrors(errs []*corpus.ReadError) []unreadableJSON {
	out := make([]unreadableJSON, len(errs))
	for i, e := range errs {
		out[i] = unreadableJSON{Path: e.Path, Line: e.Line, Error: fmt.Sprint(e.Err), Hint: e.Hint}
	}
	return out
}

// analysisJSON is what Analysis shows.
type analysisJSON struct {
	Format     int          `json:"format"`
	Query      string       `json:"query"`
	ReadAs     string       `json:"read_as"`
	Expanded   string       `json:"expanded,omitempty"` // with aliases, where there are any
	Articles   int          `json:"articles"`
	Among      int          `json:"among"`     // that the filters let through
	WithSome   int          `json:"with_some"` // articles with some of the words, where none has all
	Clauses    []clauseJSON `json:"clauses"`
	DidYouMean string       `json:"did_you_mean,omitempty"`
	Aliases    []aliasJSON  `json:"aliases,omitempty"`
	Warnings   []string     `json:"warnings,omitempty"`
}

// clauseJSON is a part of a query. Without is there where the query has
// several parts that must all hold; start and end are bytes of the query.
type clauseJSON struct {
	Text      string       `json:"text"`
	Start     int          `json:"start"`
	End       int          `json:"end"`
	Articles  int          `json:"articles"`
	Without   *int         `json:"without,omitempty"`
	Ignored   bool         `json:"ignored,omitempty"`
	From      time.Time    `json:"from,omitzero"`
	To        time.Time    `json:"to,omitzero"`
	Words     []wordJSON   `json:"words,omitempty"`
	MoreWords int          `json:"more_words,omitempty"`
	Clauses   []clauseJSON `json:"clauses,omitempty"`
}

type wordJSON struct {
	Word  string `json:"word"`
	Count int    `json:"count"`
}

// AnalysisJSON writes how a query is read as one JSON object.
func AnalysisJSON(w io.Writer, r *Reading) error {
	expanded := r.Expanded
	if expanded == r.Query {
		expanded = ""
	}
	return writeJSON(w, analysisJSON{
		Format: formatVersion, Query: r.Typed, ReadAs: r.Query, Expanded: expanded, Articles: r.Articles, Among: r.Among, WithSome: r.WithSome,
		Clauses: list(clauseForms(r.Clauses)), DidYouMean: r.DidYouMean, Aliases: aliasForms(r.Aliases), Warnings: r.Warnings,
	})
}

func clauseForms(clauses []index.Clause) []clauseJSON {
	var out []clauseJSON
	for _, c := range clauses {
		form := clauseJSON{
			Text: c.Text, Start: c.Start, End: c.End, Articles: c.Articles, Ignored: c.Ignored,
			From: c.From, To: c.To, MoreWords: c.MoreWords, Clauses: clauseForms(c.Clauses),
		}
		if c.Without >= 0 {
			form.Without = &c.Without
		}
		for _, word := range c.Words {
			form.Words = append(form.Words, wordJSON(word))
		}
		out = append(out, form)
	}
	return out
}

// SuggestionsJSON writes queries that begin as what was typed.
func SuggestionsJSON(w io.Writer, typed string, suggestions []index.Suggestion) error {
	type suggestion struct {
		Query    string `json:"query"`
		Articles int    `json:"articles"`
	}
	out := make([]suggestion, len(suggestions))
	for i, s := range suggestions {
		out[i] = suggestion{s.Text, s.Articles}
	}
	return writeJSON(w, struct {
		Format      int          `json:"format"`
		Typed       string       `json:"typed"`
		Suggestions []suggestion `json:"suggestions"`
	}{formatVersion, typed, out})
}

// milliseconds keeps microseconds.
func milliseconds(d time.Duration) float64 {
	return math.Round(float64(d)/float64(time.Microsecond)) / 1000
}

// writeJSON writes v on one line. Characters that a terminal might obey are
// escaped, so that a program reads what is there and a person may look at it.
func writeJSON(w io.Writer, v any) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return err
	}
	_, err := w.Write(escapeControls(b.Bytes()))
	return err
}

// escapeControls writes as \uXXXX what clean would not let through. Outside
// of strings JSON is ASCII, and the encoder has escaped C0 within them, so
// that every such character stands in a string.
func escapeControls(b []byte) []byte {
	s := string(b)
	if isClean(s[:len(s)-1]) { // but for the newline at the end
		return b
	}
	out := make([]byte, 0, len(b)+64)
	for _, r := range s {
		if r >= 0x7f && replacement(r) != keep {
			out = fmt.Appendf(out, `\u%04x`, r)
		} else {
			out = append(out, string(r)...)
		}
	}
	return out
}
