package index

import (
	"context"
	"slices"
	"sync"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/embed"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/match"
)

// What a query means is the sum of its words' vectors, each times the word's idf, of
// length 1, and of the mean of the vectors of the best hits by words, times
// feedbackWeight (Rocchio, Relevance Feedback in Information Retrieval, 1971).
const (
	feedbackHits   = 5
	feedbackWeight = .7
	// meaningWeight is the part of a score that nearness in meaning has.
	meaningWeight = .6
)

// meaning is what the words of a query mean by the vectors of a snapshot.
type meaning struct {
	vectors engine.VectorReader
	terms   []embed.WeightedTerm
	words   *embed.Words      // terms with their vectors
	query   embed.QueryVector // of the words alone

	// By a model from outside, words is nil, and query before resolve.

	outside  *embed.Outside
	provider *provider
	text     string // of the query
}

// newMeaning returns what q means in snap; nil where there are no vectors, or none of the
// query's words. ErrNoVectors: there are none, and q asks for them.
func newMeaning(ctx context.Context, snap engine.Snapshot, q *Query, r *parsedQuery) (*meaning, error) {
	terms, err := r.meant(q)
	if err != nil {
		return nil, err
	}
	vectors, words, err := wordsOf(ctx, snap, terms)
	if err == nil && words == nil {
		var m *meaning
		if m, err = outsideMeaning(ctx, snap, q, r); m != nil {
			return m, nil
		}
	}
	switch {
	case err != nil:
		return nil, err
	case words == nil && q.Rank == RankBlend:
		return nil, ErrNoVectors
	case words == nil:
		return nil, nil
	}
	m := &meaning{vectors: vectors, terms: terms, words: words, query: words.Query()}
	if m.query.IsZero() {
		return nil, nil
	}
	return m, nil
}

// vectorsOf returns the vectors of a snapshot and the model that they are by; no model
// where there are none.
func vectorsOf(ctx context.Context, snap engine.Snapshot) (engine.VectorReader, *embed.Model, error) {
	vectors, ok := snap.(engine.VectorReader)
	if !ok {
		return nil, nil, nil
	}
	model, err := vectors.Model(ctx)
	return vectors, model, err
}

// wordsOf returns the vectors of a snapshot, and those of terms; no words where there are
// none.
func wordsOf(ctx context.Context, snap engine.Snapshot, terms []embed.WeightedTerm) (engine.VectorReader, *embed.Words, error) {
	vectors, ok := snap.(engine.VectorReader)
	if !ok {
		return nil, nil, nil
	}
	words, err := vectors.Words(ctx, terms)
	return vectors, words, err
}

// meant returns the stems of the words that the query asks for in title, headings and
// text, without aliases. Words of quotations and after = are among them; patterns aren't.
func (r *parsedQuery) meant(q *Query) ([]embed.WeightedTerm, error) {
	c := r.context
	c.ComesFirst, c.WeighsMore = nil, nil
	plan, err := match.Lower(r.written, c)
	if err != nil {
		return nil, publicError(err)
	}
	var words []embed.WeightedTerm
	for _, leaf := range match.Leaves(plan) {
		if leaf.Field > match.Body && leaf.Field != match.Text {
			continue
		}
		for _, stem := range stemsOf(c.Analyzer, leaf.Plan) {
			words = append(words, embed.WeightedTerm{Stem: stem, Weight: float32(leaf.Boost)})
		}
	}
	return words, nil
}

// stemsOf returns the stems of the words of a leaf.
func stemsOf(a analysis.Analyzer, p match.Plan) (stems []string) {
	switch p := p.(type) {
	case match.Stem:
		return []string{p.Stem}
	case match.Phrase:
		for _, t := range p.Terms {
			switch t.Kind {
			case match.Exact:
				stems = append(stems, a.Stem(t.Text))
			case match.SameStem:
				stems = append(stems, t.Text)
			}
		}
	case match.Near:
		for _, alternatives := range p.Operands {
			stems = append(stems, stemsOf(a, alternatives[0])...)
		}
	case match.Spans:
		for _, phrase := range firstPhrases(p.Of) {
			stems = append(stems, stemsOf(a, phrase)...)
		}
	}
	return stems
}

// firstPhrases returns the phrases of a span, of those that are alternatives the first.
func firstPhrases(s match.Span) (phrases []match.Phrase) {
	switch s := s.(type) {
	case match.SpanWords:
		return s[:min(1, len(s))]
	case match.SpanOr:
		for _, of := range s {
			phrases = append(phrases, firstPhrases(of)...)
		}
	case match.SpanNear:
		for _, of := range s.Of {
			phrases = append(phrases, firstPhrases(of)...)
		}
	case match.SpanNotNear:
		return firstPhrases(s.Of)
	}
	return phrases
}

// withFeedback returns what the query means together with the best hits, of which these
// are the vectors, and how long that was before it was scaled.
func (m *meaning) withFeedback(best []embed.Vector) (embed.Vector, float64) {
	q := slices.Clone(m.query)
	for _, v := range best {
		q.Add(feedbackWeight/float32(len(best)), v)
	}
	return q.Vector(), q.Length()
}

// vectorBuffers are *[]embed.Vector, to be used again: those of a thousand candidates are
// 128 KB, which cost more to allocate than to fill.
var vectorBuffers = sync.Pool{New: func() any { return new([]embed.Vector) }}

// setMeaning has the order of a first page be by meaning too: list are its candidates.
func (l *listing) setMeaning(m *meaning, list *candidates, vectors []embed.Vector) {
	l.model, l.weight = m.id(), meaningWeight
	var best []embed.Vector
	for _, c := range firstOf(list.found, feedbackHits, list.byWords) {
		best = append(best, vectors[c.at])
	}
	l.query, l.length = m.withFeedback(best)
	l.setCosines(list.found, vectors)
	l.cosMin, l.cosMax = 0, 0
	first := true
	for i := range list.found {
		c := list.found[i].cosine
		switch {
		case c == noCosine:
		case first:
			l.cosMin, l.cosMax, first = c, c, false
		default:
			l.cosMin, l.cosMax = min(l.cosMin, c), max(l.cosMax, c)
		}
	}
}

// setCosines finds how near candidates are to what the query means.
func (l *listing) setCosines(found []candidate, vectors []embed.Vector) {
	cosines := make([]float64, len(vectors))
	embed.Cosines(l.query, vectors, cosines)
	for i := range found {
		c := &found[i]
		if c.cosine = cosines[c.at]; c.cosine == 0 && vectors[c.at].IsZero() {
			c.cosine = noCosine
		}
	}
}
