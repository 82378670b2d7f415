package index

import (
	"fmt"
	"strings"

	"github.com/newsq/newsq/internal/dialect"
	"github.com/newsq/newsq/internal/query"
)

// Syntax is the language of a query.
type Syntax uint8

// The languages.
const (
	SyntaxNewsq    Syntax = iota // newsq's own
	SyntaxNexis                  // Lexis+ and Nexis Uni
	SyntaxFactiva                // Factiva's free text
	SyntaxProQuest               // the ProQuest platform
	SyntaxLucene                 // Lucene's classic parser, query_string of Elasticsearch
)

// SyntaxNames returns the names of the languages, by Syntax.
func SyntaxNames() []string {
	names := []string{"newsq"}
	for _, d := range dialect.Dialects() {
		names = append(names, string(d))
	}
	return names
}

// String returns the name of a language.
func (s Syntax) String() string {
	if names := SyntaxNames(); int(s) < len(names) {
		return names[s]
	}
	return fmt.Sprintf("syntax(%d)", uint8(s))
}

// ParseSyntax returns the language of a name, whatever its case; an empty one is newsq's.
func ParseSyntax(name string) (Syntax, error) {
	name = strings.TrimSpace(name)
	if name == "" {
		return SyntaxNewsq, nil
	}
	names := SyntaxNames()
	for i, known := range names {
		if strings.EqualFold(known, name) {
			return Syntax(i), nil
		}
	}
	return 0, fmt.Errorf("no such syntax as %q; there are %s", name, strings.Join(names, ", "))
}

// Translation is a query in newsq's language that was written in another one.
type Translation struct {
	// Query is in newsq's language, in its canonical form.
	Query string
	// Notes say what newsq means otherwise or cannot say, and what was done instead, in
	// the order of what they are about.
	Notes []TranslationNote
}

// TranslationNote is a note about a part of the query that was translated.
type TranslationNote struct {
	Start, End int // bytes of that query
	Text       string
}

// Translate says a query in newsq's language. Its error is a *SyntaxError. A query that is
// in newsq's language comes back in its canonical form.
func Translate(s Syntax, text string) (*Translation, error) {
	if s == SyntaxNewsq {
		n, _, err := query.Read(text)
		if err != nil {
			return nil, publicError(err)
		}
		return &Translation{Query: n.String()}, nil
	}
	d, err := dialect.Named(s.String())
	if err != nil {
		return nil, err
	}
	t, err := dialect.Translate(d, text)
	if err != nil {
		return nil, publicError(err)
	}
	out := &Translation{Query: t.Text}
	for _, n := range t.Notes {
		out.Notes = append(out.Notes, TranslationNote(n))
	}
	return out, nil
}

// translated returns q with its text in newsq's language, and what was said of it.
func (q Query) translated() (Query, error) {
	if q.Syntax == SyntaxNewsq || strings.TrimSpace(q.Text) == "" {
		q.Syntax = SyntaxNewsq
		return q, nil
	}
	t, err := Translate(q.Syntax, q.Text)
	switch {
	case err == nil:
		q.Text, q.reading = t.Query, t
	case q.Lenient:
		q.untranslated = fmt.Sprintf("read in newsq's language, as it cannot be read as %s: %v", q.Syntax, err)
	default:
		return q, err
	}
	q.Syntax = SyntaxNewsq
	return q, nil
}
