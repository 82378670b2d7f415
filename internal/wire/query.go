package wire

import (
	"time"

	"github.com/newsq/newsq/index"
)

// Analysis says how a query is read and what each part of it finds:
// newsq search --analyze --json.
type Analysis struct {
	Format     int      `json:"format"`
	Query      string   `json:"query"` // as it was typed
	ReadAs     string   `json:"read_as"`
	Expanded   string   `json:"expanded,omitempty"` // with aliases, where there are any
	Articles   int      `json:"articles"`
	Among      int      `json:"among"`     // articles that the filters let through
	WithSome   int      `json:"with_some"` // articles with some of the words, where none has all
	Clauses    []Clause `json:"clauses"`
	DidYouMean string   `json:"did_you_mean,omitempty"`
	Aliases    []Alias  `json:"aliases,omitempty"`
	Warnings   []string `json:"warnings,omitempty"`
}

// Clause is a part of a query.
type Clause struct {
	Text     string `json:"text"`
	Start    int    `json:"start"` // in the query
	End      int    `json:"end"`
	Articles int    `json:"articles"` // that match this part alone
	// Without is the number of articles that the query finds without this
	// part. It is there where several parts must all hold.
	Without *int `json:"without,omitempty"`
	Ignored bool `json:"ignored,omitempty"` // a stop word
	// Optional: a word that asks, such as why, and need not be found.
	Optional  bool      `json:"optional,omitempty"`
	From      time.Time `json:"from,omitzero"` // of a date, which means [from, to)
	To        time.Time `json:"to,omitzero"`
	Words     []Word    `json:"words,omitempty"` // that the part stands for
	MoreWords int       `json:"more_words,omitempty"`
	Clauses   []Clause  `json:"clauses,omitempty"`
}

// Word is a word as it is written in articles, with the number of titles,
// headings and bodies that have it.
type Word struct {
	Word  string `json:"word"`
	Count int    `json:"count"`
}

// NewAnalysis returns the form of an analysis. Query is the text that was
// analysed.
func NewAnalysis(query string, a *index.Analysis) Analysis {
	expanded := a.Expanded
	if expanded == a.Query {
		expanded = ""
	}
	return Analysis{
		Format: Format, Query: query, ReadAs: a.Query, Expanded: expanded,
		Articles: a.Articles, Among: a.Among, WithSome: a.WithSome,
		Clauses: newClauses(a.Clauses), DidYouMean: a.DidYouMean, Aliases: newAliases(a.Aliases), Warnings: a.Warnings,
	}
}

func newClauses(clauses []index.Clause) []Clause {
	return each(clauses, func(c index.Clause) Clause {
		out := Clause{
			Text: c.Text, Start: c.Start, End: c.End, Articles: c.Articles, Ignored: c.Ignored, Optional: c.Optional,
			From: c.From, To: c.To, MoreWords: c.MoreWords, Clauses: newClauses(c.Clauses),
			Words: each(c.Words, func(w index.WordCount) Word { return Word(w) }),
		}
		if c.Without >= 0 {
			out.Without = &c.Without
		}
		return out
	})
}

// Suggestions are queries that begin as what was typed: newsq suggest --json.
type Suggestions struct {
	Format      int          `json:"format"`
	Typed       string       `json:"typed"`
	Suggestions []Suggestion `json:"suggestions"`
}

// Suggestion is a query with the number of articles that it finds.
type Suggestion struct {
	Query    string `json:"query"`
	Articles int    `json:"articles"`
}

// NewSuggestions returns the form of suggestions for what was typed.
func NewSuggestions(typed string, suggestions []index.Suggestion) Suggestions {
	return Suggestions{
		Format: Format, Typed: typed,
		Suggestions: each(suggestions, func(s index.Suggestion) Suggestion { return Suggestion{Query: s.Text, Articles: s.Articles} }),
	}
}
