package dialect

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/newsq/newsq/internal/query"
)

// Dialect is a syntax that is read.
type Dialect string

// The dialects.
const (
	Nexis    Dialect = "nexis"
	Factiva  Dialect = "factiva"
	ProQuest Dialect = "proquest"
	Lucene   Dialect = "lucene"
)

// Dialects returns all dialects, in the order in which to show them.
func Dialects() []Dialect { return []Dialect{Nexis, Factiva, ProQuest, Lucene} }

// Named returns the dialect of a name, whatever its case.
func Named(name string) (Dialect, error) {
	d := Dialect(strings.ToLower(strings.TrimSpace(name)))
	if !slices.Contains(Dialects(), d) {
		return "", fmt.Errorf("no such syntax as %q; write nexis, factiva, proquest or lucene", name)
	}
	return d, nil
}

// Note says what newsq means otherwise, or cannot say, and what was done instead.
type Note struct {
	Start, End int // of the text that was read, in bytes
	Text       string
}

// Translation is a query in newsq's language.
type Translation struct {
	Node  query.Node // without places
	Text  string     // its canonical form, which query.Read reads as Node
	Notes []Note     // in the order of their places
}

// maxText is the most bytes of a query that is read: twice what newsq's own may have, as
// much of a long one is codes and connectors.
const maxText = 8192

// Translate reads text in a dialect. A text that cannot be read is a *query.SyntaxError.
func Translate(d Dialect, text string) (Translation, error) {
	r := &reader{dialect: d, text: text}
	r.admit()
	if r.err != nil {
		return Translation{}, r.err
	}
	n := r.read()
	switch {
	case r.err != nil:
		return Translation{}, r.err
	case n == nil && len(r.notes) > 0:
		first := slices.MinFunc(r.notes, func(a, b Note) int { return a.Start - b.Start })
		r.fail(first.Start, "nothing to search for is left", "add words to search for ("+text[first.Start:first.End]+": "+first.Text+")")
		return Translation{}, r.err
	case n == nil:
		r.fail(0, "nothing to search for", "write words to search for")
		return Translation{}, r.err
	}
	return r.checked(n)
}

// read reads the text by the rules of the dialect.
func (r *reader) read() query.Node {
	if r.dialect == Lucene {
		return r.lucene()
	}
	switch r.dialect {
	case Nexis:
		r.rules = nexisRules()
	case Factiva:
		r.rules = factivaRules()
	default:
		r.rules = proquestRules()
	}
	r.tokens = r.rules.scan(r)
	if r.err != nil {
		return nil
	}
	return r.group(nil)
}

// checked returns the translation by n, once it is known that newsq reads it as n: words
// in capitals could otherwise be taken for a headline.
func (r *reader) checked(n query.Node) (Translation, error) {
	text, problem := readBack(n)
	if problem != "" {
		n = lowered(n)
		text, problem = readBack(n)
	}
	if problem != "" {
		r.fail(0, "a query that newsq's language cannot say: "+problem, "simplify it, or write it in newsq's language")
		return Translation{}, r.err
	}
	slices.SortStableFunc(r.notes, func(a, b Note) int { return a.Start - b.Start })
	return Translation{Node: n, Text: text, Notes: r.notes}, nil
}

// readBack returns the canonical form of n, and what is wrong when newsq reads it as
// something else.
func readBack(n query.Node) (text, problem string) {
	text = n.String()
	got, remarks, err := query.Read(text)
	switch {
	case err != nil:
		return text, err.Error()
	case len(remarks) > 0:
		return text, remarks[0]
	case got.String() != text:
		return text, fmt.Sprintf("%s is read as %s", text, got)
	}
	return text, ""
}

// reader reads one query.
type reader struct {
	dialect Dialect
	text    string
	rules   rules
	tokens  []token
	next    int // of tokens
	depth   int
	words   int // see spend
	notes   []Note
	err     error // the first mistake; nothing is read behind it
}

// admit checks the text as a whole.
func (r *reader) admit() {
	switch {
	case len(r.text) > maxText:
		r.fail(maxText, fmt.Sprintf("query longer than %d bytes", maxText), "shorten it")
	case !utf8.ValidString(r.text):
		r.fail(0, "text that is not UTF-8", "write the query in UTF-8")
	}
}

// fail records a mistake at an offset of the text, unless there is one.
func (r *reader) fail(at int, msg, hint string) {
	if r.err == nil {
		r.err = &query.SyntaxError{Text: r.text, Offset: at, Msg: msg, Hint: hint}
	}
}

// note says something about a part of the text, once.
func (r *reader) note(t token, format string, args ...any) {
	n := Note{Start: t.start, End: t.end, Text: fmt.Sprintf(format, args...)}
	if !slices.Contains(r.notes, n) {
		r.notes = append(r.notes, n)
	}
}

// written returns the text that a token was read from, or the start of a long one.
func (r *reader) written(t token) string {
	const most = 48
	s := strings.Join(strings.Fields(r.text[t.start:t.end]), " ")
	for i := range s {
		if i > most {
			return s[:i] + "…"
		}
	}
	return s
}
