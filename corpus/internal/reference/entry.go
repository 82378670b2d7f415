// Package reference holds what the readers of bibliographies have in common:
// what an entry states under many names becomes one record.
//
// An entry is an article of which a bibliography knows title, authors, date,
// outlet and an abstract. Its abstract is the summary. A note of the person who
// keeps the bibliography is its text, if it is one: see [Entry.Note].
package reference

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/newsq/newsq/corpus/internal/layout"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/internal/extract"
)

// Entry gathers what a bibliography states of one article. The zero Entry is
// empty.
type Entry struct {
	rec     record.Record
	authors []record.Value
	rank    int // of authors
	dates   []dated
	notes   []record.Value
	label   record.Value // the first note that is no text
	urls    []record.Value
	dois    []record.Value
}

// dated is a date under a name. The more of it is known, the better it is.
type dated struct {
	value record.Value
	parts int
	rank  int
}

// Set takes the value of a field, under a name of this rank: the lower goes
// before the higher. Authors and dates have methods of their own. Topics, places
// and people are one value each, whatever separators are in them.
func (e *Entry) Set(f record.Field, rank int, from, text string) {
	if f == record.URL {
		e.urls = append(e.urls, record.Value{Text: text, From: from})
		return
	}
	if text = strings.TrimSpace(text); text != "" && e.rec.Wants(f, rank) {
		e.rec.Set(f, rank, []record.Value{{Text: text, From: from, Element: f.Gathers()}})
	}
}

// List takes values that are written as one text, parted by commas or semicolons.
func (e *Entry) List(f record.Field, from, text string) {
	if text = strings.TrimSpace(text); text != "" {
		e.rec.Set(f, 0, []record.Value{{Text: text, From: from}})
	}
}

// Author takes the name of one who wrote, in the order in which it is read. Those
// of the lowest rank are the authors: editors are where nobody else is named.
func (e *Entry) Author(rank int, from, name string) {
	name = line(name, record.MaxLabel)
	switch strings.Trim(strings.ToLower(name), "[](). ") {
	case "", "anonymous", "anon", "n/a", "no author", "others", "et al":
		return
	}
	switch {
	case len(e.authors) == 0 || rank < e.rank:
		e.authors, e.rank = nil, rank
	case rank > e.rank:
		return
	}
	v := record.Value{Text: name, From: from}
	if len(e.authors) == record.MaxValues {
		e.rec.Tell(record.Authors, v, record.ErrCut)
		return
	}
	if !slices.ContainsFunc(e.authors, func(have record.Value) bool { return have.Text == name }) {
		e.authors = append(e.authors, v)
	}
}

// Date takes a date of publication, as [Date] reads it.
func (e *Entry) Date(rank int, from, text string) {
	if text = Date(text); text != "" {
		e.dates = append(e.dates, dated{record.Value{Text: text, From: from}, parts(text), rank})
	}
}

// DOI takes the identifier that stands for an address where none is stated.
func (e *Entry) DOI(from, text string) {
	e.dois = append(e.dois, record.Value{Text: text, From: from})
}

// minNote is from which length on a note is a text, in bytes: half of a line of
// identifiers or of what a database did and when is shorter.
const minNote = 200

// Note takes a note, in plain text or HTML. It is the article's text if it is
// long, or ends as a sentence does; others are labels and identifiers, and are
// left out.
func (e *Entry) Note(from, text string) {
	text = strings.TrimSpace(text)
	plain := text
	if strings.ContainsRune(text, '<') {
		plain = layout.WithoutTags(text)
	}
	plain = strings.TrimSpace(plain)
	if isBookkeeping(plain) || len(plain) < minNote && (!layout.EndsSentence(plain) || len(strings.Fields(plain)) < minWords) {
		if e.label.Text == "" {
			e.label = record.Value{Text: line(plain, record.MaxLabel), From: from}
		}
		return
	}
	e.notes = append(e.notes, record.Value{Text: text, From: from})
}

// minWords are those of the shortest sentence that tells something.
const minWords = 4

// isBookkeeping reports whether a note says what a database did: "Last updated -
// 2019-05-03".
func isBookkeeping(s string) bool {
	label, _, ok := strings.Cut(s, " - ")
	if !ok {
		return false
	}
	switch strings.ToLower(strings.TrimSpace(label)) {
	case "last updated", "date revised", "date completed", "date created", "suppnotes", "copyright", "document feature",
		"number of references", "subjectstermnotlitgenretext", "people", "name":
		return true
	}
	return false
}

// Problem tells of a value that could not be read.
func (e *Entry) Problem(f record.Field, from, text string, err error) {
	e.rec.Tell(f, record.Value{Text: text, From: from}, err)
}

// Record returns the record of the entry, which is the nth of its file. Place tells it
// from the others, as Places gives it.
func (e *Entry) Record(number, line int, place string) *record.Record {
	rec := &e.rec
	rec.Number, rec.Line, rec.Place = number, line, place
	rec.SetFinal(record.Authors, e.authors...)
	slices.SortStableFunc(e.dates, func(a, b dated) int {
		return cmp.Or(cmp.Compare(b.parts, a.parts), cmp.Compare(a.rank, b.rank))
	})
	for i := range e.dates {
		rec.Set(record.Published, i, []record.Value{e.dates[i].value})
	}
	e.setURL()
	if len(e.notes) > 0 && !rec.Has(record.Body) {
		rec.Set(record.Body, 0, e.notes)
		rec.Form = record.Either
	}
	if !rec.Has(record.Title) && !rec.Has(record.Summary) && !rec.Has(record.Body) {
		if rec.Has(record.Source) {
			rec.Set(record.Title, 0, rec.Values(record.Source)) // a journal as a whole
		} else {
			rec.Set(record.Title, 0, []record.Value{e.label}) // better than nothing
		}
	}
	return rec
}

// setURL takes the first address of the web, else the one that resolves a DOI.
func (e *Entry) setURL() {
	for _, v := range e.urls {
		for _, s := range strings.Fields(v.Text) {
			if s = strings.Trim(s, "<>,;"); isAddress(s) {
				e.rec.Set(record.URL, 0, []record.Value{{Text: s, From: v.From}})
				return
			}
		}
	}
	for _, v := range e.dois {
		if _, id, ok := strings.Cut(v.Text, "10."); ok && strings.Contains(id, "/") && !strings.ContainsAny(id, " \n") {
			e.rec.Set(record.URL, 0, []record.Value{{Text: "https://doi.org/10." + strings.TrimSpace(id), From: v.From}})
			return
		}
	}
}

// isAddress reports whether a text is an address of the web.
func isAddress(s string) bool {
	lower := strings.ToLower(s[:min(len(s), len("https://"))])
	return strings.HasPrefix(lower, "http://") || strings.HasPrefix(lower, "https://") || strings.HasPrefix(lower, "www.")
}

// line brings a text onto one line of at most limit bytes.
func line(s string, limit int) string {
	s = strings.Join(strings.Fields(extract.Clean(s)), " ")
	return strings.TrimSpace(layout.Prefix(s, limit))
}

// Places tells entries of a file apart by what the file calls them.
type Places map[string]bool

// maxPlace bounds what stands for a place in a key, in bytes.
const maxPlace = 200

// Of returns the first of the names that is a place of its own; of the nth entry without
// any, its number, which another entry may have for a name: then with stars behind.
func (p Places) Of(number int, names ...string) string {
	for _, s := range names {
		if s = line(s, maxPlace+1); s != "" && len(s) <= maxPlace && !p[s] {
			p[s] = true
			return s
		}
	}
	s := strconv.Itoa(number)
	for p[s] {
		s += "*"
	}
	p[s] = true
	return s
}
