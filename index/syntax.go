package index

import (
	"errors"
	"time"

	"github.com/newsq/newsq/internal/alias"
	"github.com/newsq/newsq/internal/match"
	"github.com/newsq/newsq/internal/query"
)

// SyntaxError is a query that could not be read.
type SyntaxError struct {
	Text   string // the query
	Offset int    // byte offset of what is wrong
	Msg    string // what is wrong
	Hint   string // what to do about it
}

// Error is one sentence with cause, column and mend.
func (e *SyntaxError) Error() string { return e.inner().Error() }

// Column returns the place in characters, counted from 1.
func (e *SyntaxError) Column() int { return e.inner().Column() }

// Caret returns the query, and on a second line a caret under the place.
func (e *SyntaxError) Caret() string { return e.inner().Caret() }

func (e *SyntaxError) inner() *query.SyntaxError {
	return &query.SyntaxError{Text: e.Text, Offset: e.Offset, Msg: e.Msg, Hint: e.Hint}
}

// publicError turns the parser's error into the library's.
func publicError(err error) error {
	var q *query.SyntaxError
	if errors.As(err, &q) {
		return &SyntaxError{Text: q.Text, Offset: q.Offset, Msg: q.Msg, Hint: q.Hint}
	}
	return err
}

// parsedQuery is a query that was parsed and lowered to a plan.
type parsedQuery struct {
	tree       query.Node // with aliases, and with compounds where these were read
	written    query.Node // without
	aliased    query.Node // with aliases alone
	expansions []alias.Expansion
	plan       match.Plan
	context    match.Context
	warnings   []string
	veryWords  *veryWords // nil where scores don't count
	compounds  []match.Compound
}

// parse parses the text of a query, adds aliases to it, and lowers it to a plan.
// aliases may be nil, for none.
func (q *Query) parse(aliases *Aliases) (*parsedQuery, error) {
	return q.parseFor(aliases, nil)
}

// parseFor is parse for a search, of which veryWords gives the words of a tree that come
// first.
func (q *Query) parseFor(aliases *Aliases, veryWords func(query.Node) *veryWords) (*parsedQuery, error) {
	if q.asked.IsZero() {
		q.asked = time.Now()
	}
	r := &parsedQuery{context: match.Context{
		Analyzer: analyzerOf(""), Now: q.now(), Location: q.location(),
		Any: q.Match == MatchAny, Questions: q.Match == MatchAll, TopicValues: q.topicValues(),
	}}
	if q.languages != nil {
		r.context.Others = q.languages.others
	}
	if q.Lenient {
		r.tree, r.warnings = query.ParseLenient(q.Text)
	} else {
		var err error
		if r.tree, r.warnings, err = query.Read(q.Text); err != nil {
			return nil, publicError(err)
		}
	}
	if q.untranslated != "" {
		r.warnings = append([]string{q.untranslated}, r.warnings...)
	}
	r.tree = match.PartWords(r.tree)
	r.written = r.tree
	if r.context.Any {
		if err := r.setStopWords(q); err != nil {
			return nil, err
		}
	}
	if aliases != nil && !q.NoAliases {
		expand := aliases.table.Expand
		if q.Match == MatchAny {
			expand = aliases.table.ExpandNames
		}
		r.tree, r.expansions = expand(r.context.Languages(), r.tree)
	}
	r.aliased = r.tree
	c := r.context
	if q.Lenient {
		c.Mend = func(e *query.SyntaxError) {
			mended := query.SyntaxError{Text: q.Text, Offset: e.Offset, Msg: e.Msg, Hint: "ignored it"}
			r.warnings = append(r.warnings, mended.Error())
		}
		// Whatever else is made of the tree has the same mended, and that has
		// been said.
		r.context.Mend = func(*query.SyntaxError) {}
	}
	if veryWords != nil {
		words := veryWords(r.written)
		if q.place != nil && q.place.VeryWords != nil {
			words.fix(q.place.VeryWords)
		}
		r.veryWords = words
		first, more := words.comesFirst, words.weighsMore
		c.ComesFirst, r.context.ComesFirst = first, first
		c.WeighsMore, r.context.WeighsMore = more, more
		plan, err := r.lower(q, c)
		if err == nil {
			err = words.err
		}
		r.plan = plan
		return r, err
	}
	var err error
	r.plan, err = r.lower(q, c)
	return r, err
}

// setStopWords has the stop words of the query's language be left out where any word will
// do.
func (r *parsedQuery) setStopWords(q *Query) (err error) {
	switch {
	case r.context.StopWords != nil || len(r.context.Others) == 0:
	case q.place != nil:
		r.context.StopWords = analyzerOf(q.place.StopWords)
	default:
		r.context.StopWords, err = q.languages.languageOf(r.written)
	}
	return err
}

// isStopWord reports whether a node is a stop word in the language of the query.
func (r *parsedQuery) isStopWord(n query.Node) bool {
	a := r.context.StopWords
	if a == nil {
		a = r.context.Analyzer
	}
	return match.IsStopWord(a, n)
}

// questions returns the words of the query that are optional, see
// Results.Optional.
func (r *parsedQuery) questions(q *Query) []string {
	if !r.context.Questions {
		return nil
	}
	return textsOf(q.Text, match.Questions(r.context, r.tree))
}

// textsOf returns the parts of a query's text that nodes were read from.
func textsOf(s string, nodes []query.Node) []string {
	var texts []string
	for _, n := range nodes {
		start, end := n.Pos()
		texts = append(texts, s[start:end])
	}
	return texts
}

// lower makes a plan of the query's tree and dates.
func (r *parsedQuery) lower(q *Query, c match.Context) (match.Plan, error) {
	p, err := match.Lower(r.tree, c)
	if err != nil {
		err = publicError(err)
		var syntax *SyntaxError
		if errors.As(err, &syntax) && syntax.Text == "" {
			syntax.Text = q.Text // a tree knows places, not the text
		}
		return nil, err
	}
	if !q.Since.IsZero() || !q.Until.IsZero() {
		p = match.And{Operands: []match.Plan{p, match.Dates{From: q.Since, To: q.Until}}}
	}
	if !q.asOf.IsZero() {
		p = match.And{Operands: []match.Plan{p, match.Dates{To: q.asOf}}}
	}
	if q.within != nil {
		p = match.And{Operands: []match.Plan{p, q.within}}
	}
	return p, nil
}
