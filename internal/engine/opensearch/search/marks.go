package search

import (
	"context"

	"github.com/newsq/newsq/internal/engine/opensearch/schema"
	"github.com/newsq/newsq/internal/match"
)

// isMarked reports whether a pattern asks for more than a word, as marks of a token tell it.
func isMarked(t match.TermPattern) bool { return t.Marks != "" || t.Case != match.AnyCase }

// marksOf returns the marks that a pattern asks for, and those that its token must not
// have: what is written without capitals has none of the others.
func marksOf(t match.TermPattern) (has, lacks []string) {
	has = match.SplitMarks(t.Marks)
	if t.Case == match.LowerCase {
		return has, []string{match.MarkTitleCase, match.MarkUpperCase, match.MarkMixedCase}
	}
	if mark := t.Case.Mark(); mark != "" {
		has = append(has, mark)
	}
	return has, nil
}

// markedSpan is wordSpan for a pattern with marks: the word where each of the marks stands
// at its position. All of these spans are of one position, so that one contains another
// where they are of the same.
func (c *compiler) markedSpan(ctx context.Context, f match.Field, t match.TermPattern) (query, error) {
	has, lacks := marksOf(t)
	hasNone := schema.MarkField(f) == ""
	if hasNone && len(has) > 0 {
		return nil, nil
	}
	of := query(nil)
	if t.Kind != match.AnyWord {
		bare := t
		bare.Marks, bare.Case = "", match.AnyCase
		var err error
		if of, err = c.wordSpan(ctx, f, bare); err != nil || of == nil {
			return nil, err
		}
	}
	for _, mark := range has {
		if of == nil {
			of = markSpan(f, mark)
		} else {
			of = query{"span_containing": query{"big": of, "little": markSpan(f, mark)}}
		}
	}
	if len(lacks) > 0 && !hasNone {
		of = spanNot(of, markSpan(f, lacks...))
	}
	return of, nil
}

// markSpan is the span of a token with any of some marks.
func markSpan(f match.Field, marks ...string) query {
	of := make([]query, len(marks))
	for i, mark := range marks {
		of[i] = query{"field_masking_span": query{"query": spanTerm(schema.MarkField(f), mark), "field": schema.WordField(f)}}
	}
	return spanOr(of...)
}

// spanNot is a span wherever it shares no token with another one.
func spanNot(of, without query) query {
	return query{"span_not": query{"include": of, "exclude": without}}
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
