package index

import (
	"errors"
	"time"

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

// request is a query that has been read.
type request struct {
	tree query.Node
	plan match.Plan
	now  time.Time
}

// read parses the text of a query. Dates count from now, in local time.
func (q *Query) read() (*request, error) {
	tree, err := query.Parse(q.Text)
	if err != nil {
		return nil, publicError(err)
	}
	r := &request{tree: tree, now: time.Now()}
	r.plan, err = r.lower(tree, q)
	return r, err
}

func (r *request) lower(tree query.Node, q *Query) (match.Plan, error) {
	p, err := match.Lower(tree, match.Context{Now: r.now, Location: r.now.Location(), Any: q.Match == MatchAny})
	if err != nil {
		return nil, publicError(err)
	}
	if !q.Since.IsZero() || !q.Until.IsZero() {
		p = match.And{Of: []match.Plan{p, match.Dates{From: q.Since, To: q.Until}}}
	}
	return p, nil
}

// ParseDate reads a date as the query language writes it, such as 2026,
// 2026-03, 2026-03-05, 30d, 2w, 6m, yesterday, monday, and returns the range
// of time that it names, [from, to), as seen at now and in its location.
func ParseDate(s string, now time.Time) (from, to time.Time, err error) {
	return query.ParseDate(s, now)
}
