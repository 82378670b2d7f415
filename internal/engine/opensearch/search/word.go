package search

import (
	"context"
	"strings"

	"github.com/newsq/newsq/internal/engine/opensearch/schema"
	"github.com/newsq/newsq/internal/match"
)

// How the server looks up the words of a pattern. Neither way leaves out words: there
// are constantScore, which has no limit, and eachWord, which is an error beyond the
// limit on clauses. The others, among them what is usual for fuzzy patterns, take the
// first words alone.
const (
	constantScore = "constant_score"
	eachWord      = "scoring_boolean"
)

// maxStates bounds the automaton of a regular expression on the server.
const maxStates = 20_000

// plain returns the simplest pattern that means the same.
func plain(t match.TermPattern) match.TermPattern {
	switch {
	case t.Kind == match.Prefix && t.Text == "",
		t.Kind == match.Wildcard && t.Text != "" && strings.Trim(t.Text, "*") == "":
		return match.TermPattern{Kind: match.AnyWord, Marks: t.Marks, Case: t.Case}
	case t.Kind == match.Fuzzy && t.Distance < 1:
		return match.TermPattern{Kind: match.Exact, Text: t.Text, Marks: t.Marks, Case: t.Case}
	}
	return t
}

// word returns the query for articles with a word of a pattern in field f.
func (c *compiler) word(ctx context.Context, f match.Field, t match.TermPattern) (query, error) {
	if isMarked(t) {
		q, err := c.wordSpan(ctx, f, t)
		if q == nil {
			q = matchNone()
		}
		return q, err
	}
	field := schema.WordField(f)
	switch t.Kind {
	case match.Exact:
		return term(field, t.Text), nil
	case match.SameStem:
		return stemQuery(match.Stem{Field: f, Stem: t.Text}), nil
	case match.AnyWord:
		return exists(field), nil
	}
	q, ok, err := patternQuery(field, t, constantScore)
	switch {
	case err != nil:
		return nil, err
	case ok && q == nil:
		return matchNone(), nil
	case ok:
		return q, nil
	}
	words, err := c.vocabulary(ctx, f, t)
	if len(words) == 0 {
		return matchNone(), err
	}
	return terms(field, words), err
}

// wordSpan returns the span of a word of a pattern in field f; nil where there is no
// such word.
func (c *compiler) wordSpan(ctx context.Context, f match.Field, t match.TermPattern) (query, error) {
	if isMarked(t) {
		return c.markedSpan(ctx, f, t)
	}
	field := schema.WordField(f)
	switch {
	case t.Kind == match.Exact:
		return spanTerm(field, t.Text), nil
	case t.Kind == match.SameStem && t.Text == "":
		return nil, nil
	case t.Kind == match.SameStem:
		stem := spanTerm(schema.StemField(f), t.Text)
		return query{"field_masking_span": query{"query": stem, "field": field}}, nil
	}
	q, ok, err := patternQuery(field, t, eachWord)
	if err != nil || ok && q == nil {
		return nil, err
	}
	if ok {
		return query{"span_multi": query{"match": q}}, nil
	}
	words, err := c.vocabulary(ctx, f, t)
	if err != nil || len(words) == 0 {
		return nil, err
	}
	of := make([]query, len(words))
	for i, w := range words {
		of[i] = spanTerm(field, w)
	}
	return spanOr(of...), nil
}

func spanTerm(field, word string) query { return query{"span_term": query{field: word}} }

// patternQuery returns the query of a pattern that stands for several words, nil for
// none; false where the server cannot look these up.
func patternQuery(field string, t match.TermPattern, rewrite string) (q query, ok bool, err error) {
	switch t.Kind {
	case match.Prefix:
		return query{"prefix": query{field: query{"value": t.Text, "rewrite": rewrite}}}, true, nil
	case match.Wildcard:
		return query{"wildcard": query{field: query{"value": escapeWildcard(t.Text), "rewrite": rewrite}}}, true, nil
	case match.Fuzzy:
		if t.Distance > maxFuzziness {
			return nil, false, nil
		}
		return query{"fuzzy": query{field: query{
			"value": t.Text, "fuzziness": t.Distance, "transpositions": true, "rewrite": rewrite,
		}}}, true, nil
	case match.Regex:
		re, err := writeRegexp(t.Text)
		if err != nil {
			return nil, false, err
		}
		if re.none {
			return nil, true, nil
		}
		return query{"regexp": query{field: query{
			"value": re.text, "flags": "NONE", "max_determinized_states": maxStates, "rewrite": rewrite,
		}}}, re.exact && len(re.text) <= maxRegexp, nil
	}
	return nil, false, nil
}

// maxFuzziness is the greatest distance that OpenSearch knows.
const maxFuzziness = 2

// escapeWildcard escapes what is a letter in a pattern of match and none in Lucene's.
func escapeWildcard(pattern string) string { return strings.ReplaceAll(pattern, `\`, `\\`) }
