package search

import (
	"context"

	"github.com/newsq/newsq/internal/engine/opensearch/schema"
	"github.com/newsq/newsq/internal/match"
)

// markedSpan is wordSpan for a pattern with marks: the word where each of the marks stands
// at its position. All of these spans are of one position, so that one contains another
// where they are of the same.
func (c *compiler) markedSpan(ctx context.Context, f match.Field, t match.TermPattern) (query, error) {
	marks := schema.MarkField(f)
	if marks == "" {
		return nil, nil
	}
	of := query(nil)
	if t.Kind != match.AnyWord {
		bare := t
		bare.Marks = ""
		var err error
		if of, err = c.wordSpan(ctx, f, bare); err != nil || of == nil {
			return nil, err
		}
	}
	for _, mark := range match.SplitMarks(t.Marks) {
		span := query{"field_masking_span": query{"query": spanTerm(marks, mark), "field": schema.WordField(f)}}
		if of == nil {
			of = span
		} else {
			of = query{"span_containing": query{"big": of, "little": span}}
		}
	}
	return of, nil
}

// withMarks returns phrases of which each term has marks, beside its own.
func withMarks(phrases []match.Phrase, marks string) []match.Phrase {
	marked := make([]match.Phrase, len(phrases))
	for i, p := range phrases {
		marked[i] = match.Phrase{Slop: p.Slop, Terms: make([]match.TermPattern, len(p.Terms))}
		for j, t := range p.Terms {
			t.Marks = match.JoinMarks(append(match.SplitMarks(t.Marks), match.SplitMarks(marks)...))
			marked[i].Terms[j] = t
		}
	}
	return marked
}

// nearInMarks is nearIn for a NEAR of which all tokens have marks. That several phrases are
// in one stretch of these no query tells, and neither that words between those of a phrase
// have them: the words of articles are read then.
func (c *compiler) nearInMarks(ctx context.Context, f match.Field, p match.Near) (q query, exact bool, err error) {
	if len(p.Operands) == 0 || len(p.Operands) > 1 && p.Distance < 1 && p.Ordered {
		return matchNone(), true, nil
	}
	exact = len(p.Operands) == 1
	of := make([]query, len(p.Operands))
	for i, phrases := range p.Operands {
		var sure bool
		if of[i], sure, err = c.anyPhrase(ctx, f, withMarks(phrases, p.Marks)); err != nil {
			return nil, false, err
		}
		exact = exact && sure
		for _, ph := range phrases {
			exact = exact && (ph.Slop == 0 || len(ph.Terms) < 2)
		}
	}
	return allOf(of...), exact, nil
}
