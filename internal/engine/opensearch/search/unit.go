package search

import (
	"math"

	"github.com/newsq/newsq/internal/engine/opensearch/schema"
	"github.com/newsq/newsq/internal/match"
)

// joins returns the spans from some places to others near them, as n says of two
// operands: for each place the shortest one.
func joins(f match.Field, n match.SpanNear, of, others []place) []query {
	var all []query
	for _, a := range of {
		for _, b := range others {
			all = append(all, inOrder(f, n, a.query, b.query))
			if !n.Ordered {
				all = append(all, inOrder(f, n, b.query, a.query))
			}
		}
	}
	return all
}

// inOrder is the span of several in this order, each near the next. In words they are
// joined from the last one on, as what comes first behind a span need not go on.
func inOrder(f match.Field, n match.SpanNear, of ...query) query {
	chain := of[len(of)-1]
	for i := len(of) - 2; i >= 0; i-- {
		if n.Unit == match.InWords {
			chain = spanNear(n.Distance-1, of[i], chain)
		} else {
			chain = anyFar(f, of[i], chain)
		}
	}
	return withinUnit(f, n.Unit, chain)
}

// anyFar is a span of two in this order, however far they are, in one run where units don't
// show where runs end.
func anyFar(f match.Field, of ...query) query {
	if schema.MarkField(f) == "" {
		return spanNear(schema.PositionGap-1, of...)
	}
	return query{"span_near": query{"clauses": of, "slop": math.MaxInt32 / 2, "in_order": true}}
}

// withinUnit is a span where it lies in one sentence or paragraph. Of those that begin
// later none may end before.
func withinUnit(f match.Field, u match.Unit, of query) query {
	if u == match.InWords || schema.MarkField(f) == "" {
		return of
	}
	return query{"span_within": query{"little": of, "big": unitSpan(f, u)}}
}

// unitWith is the span of the sentence or paragraph around another one.
func unitWith(f match.Field, u match.Unit, of query) query {
	return query{"span_containing": query{"big": unitSpan(f, u), "little": of}}
}

// unitSpan is the span of a sentence or paragraph, of two tokens and more.
func unitSpan(f match.Field, u match.Unit) query {
	first, last := schema.UnitMarks(u)
	return anyFar(f, markSpan(f, first), markSpan(f, last))
}

// unitTerms are the terms of unitSpan.
func unitTerms(f match.Field, u match.Unit) []match.TermPattern {
	if u == match.InWords || schema.MarkField(f) == "" {
		return nil
	}
	first, last := schema.UnitMarks(u)
	return []match.TermPattern{{Kind: match.AnyWord, Marks: first + " " + last}}
}

// maxJoined is how many words, about, a query of spans near each other may have, in one
// field. The server takes 1024 in all, and a query comes twice in a search, to match and to
// rank, in up to three fields.
const maxJoined = 96

// patternWords is what a pattern counts among these: most stand for more words than one.
const patternWords = 8

// words returns how many words a query of spans has.
func words(q query) (n int) {
	for name, of := range q {
		switch name {
		case "span_term":
			return 1
		case "span_multi":
			return patternWords
		}
		switch of := of.(type) {
		case query:
			n += words(of)
		case []query:
			for _, q := range of {
				n += words(q)
			}
		}
	}
	return n
}
