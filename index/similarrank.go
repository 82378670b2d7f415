package index

import (
	"context"
	"slices"
	"time"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/embed"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/match"
	"github.com/newsq/newsq/internal/neardup"
)

// Among what similar articles are chosen, and how; the numbers as those of terms.
const (
	// wordCandidates is how many of the best by words are candidates, and nearCandidates
	// how many of the nearest in meaning. More change nothing.
	wordCandidates = 300
	nearCandidates = 100
	// similarMeaning is the part of a score that nearness in meaning has.
	similarMeaning = .6
	// What has less than minSimilarWords of the score that the terms can give, and less
	// than minSimilarCosine, has a word or two in common by chance: hits of news have
	// more than .1 and .5 nearly always, and in the middle .3 and .75.
	minSimilarWords  = .05
	minSimilarCosine = .5
)

// similarity is a search for what is similar to an article.
type similarity struct {
	snap    engine.Snapshot
	subject *corpus.Article
	place   engine.Place // of the subject in the snapshot; empty where it isn't taken from there
	counts  *termCounts
	terms   []similarTerm

	dates    match.Dates
	filters  []engine.Filter
	location *time.Location

	vectors engine.VectorReader // nil: by words alone
	model   *embed.Model
	vector  embed.Vector

	// What was found.

	candidates []similarCandidate // in their order, without copies of the subject
	words      scoreRange         // of the candidates
	cosines    scoreRange
	own        *neardup.Text              // of the subject
	read       map[string]*similarArticle // candidates that were compared, by id
	hits       []*similarArticle
	copies     []SimilarCopy
}

// similarCandidate is an article that may be similar.
type similarCandidate struct {
	engine.Hit         // Score is the one that it is listed by
	words      float64 // its score by words
	cosine     float64 // to the subject; noCosine where that isn't known
}

// scoreRange are the least and the greatest of some scores.
type scoreRange struct{ min, max float64 }

func rangeOf(scores []float64) scoreRange {
	if len(scores) == 0 {
		return scoreRange{}
	}
	return scoreRange{slices.Min(scores), slices.Max(scores)}
}

// part returns where in the range a score is, 0 to 1.
func (r scoreRange) part(score float64) float64 {
	if r.max <= r.min {
		return 0
	}
	return (score - r.min) / (r.max - r.min)
}

func (s *similarity) rankedBy() Ranking {
	if s.vectors != nil {
		return RankBlend
	}
	return RankWords
}

// find fills in the hits, at most limit.
func (s *similarity) find(ctx context.Context, limit int) error {
	if err := s.gather(ctx); err != nil {
		return err
	}
	s.own, s.read = new(neardup.Shingler).Text(s.subject.Title, s.subject.Body), make(map[string]*similarArticle)
	for {
		s.sort()
		done, err := s.takeHits(ctx, limit)
		if done || err != nil {
			return err
		}
	}
}

// gather fills in the candidates: the best by words, and the nearest in meaning, each with
// the score by words and the cosine.
func (s *similarity) gather(ctx context.Context) error {
	if len(s.terms) > 0 {
		res, err := s.snap.Search(ctx, &engine.Request{Plan: s.plan(), Filters: s.filters, Location: s.location, Limit: wordCandidates})
		if err != nil {
			return err
		}
		for _, h := range res.Hits {
			s.candidates = append(s.candidates, similarCandidate{Hit: h, words: h.Score})
		}
	}
	if s.vectors == nil {
		return nil
	}
	near, err := s.vectors.Nearest(ctx, s.vector, s.nearest())
	if err != nil {
		return err
	}
	known := make(map[string]bool, len(s.candidates))
	for i := range s.candidates {
		known[s.candidates[i].ID] = true
	}
	more := slices.DeleteFunc(near, func(h engine.NearHit) bool { return known[h.ID] })
	if err := s.addNear(ctx, more); err != nil {
		return err
	}
	return s.setCosines(ctx)
}

// nearest asks for articles on the same conditions as plan.
func (s *similarity) nearest() *engine.NearestRequest {
	r := &engine.NearestRequest{Filters: s.filters, Location: s.location, Limit: nearCandidates}
	if conditions := s.conditions(); len(conditions) > 0 {
		r.Exclude = match.Not{Operand: match.And{Operands: conditions}}
	}
	return r
}

// addNear adds candidates that were found by their meaning, with their scores by words.
func (s *similarity) addNear(ctx context.Context, more []engine.NearHit) error {
	if len(more) == 0 {
		return nil
	}
	ids := make([]string, len(more))
	for i := range more {
		ids[i] = more[i].ID
	}
	scored, err := s.among(ctx, ids, false)
	if err != nil {
		return err
	}
	for i := range more {
		s.candidates = append(s.candidates, similarCandidate{Hit: more[i].Hit, words: scored[more[i].ID].Score})
	}
	return nil
}

// among returns the hits by words among some articles, by id.
func (s *similarity) among(ctx context.Context, ids []string, explain bool) (map[string]engine.Hit, error) {
	found := make(map[string]engine.Hit, len(ids))
	if len(s.terms) == 0 || len(ids) == 0 {
		return found, nil
	}
	these := make([]match.Plan, len(ids))
	for i := range ids {
		these[i] = match.Value{Field: match.ID, Value: ids[i]}
	}
	plan := match.And{Operands: []match.Plan{s.anyTerm(), match.Or{Operands: these}}}
	res, err := s.snap.Search(ctx, &engine.Request{Plan: plan, Limit: len(ids), Explain: explain})
	if err != nil {
		return nil, err
	}
	for _, h := range res.Hits {
		found[h.ID] = h
	}
	return found, nil
}

// setCosines fills in how near the candidates are in meaning.
func (s *similarity) setCosines(ctx context.Context) error {
	places := make([]engine.Place, len(s.candidates))
	for i := range s.candidates {
		places[i] = s.candidates[i].Place
	}
	vectors := make([]embed.Vector, len(places))
	if err := s.vectors.Vectors(ctx, places, vectors); err != nil {
		return err
	}
	for i := range vectors {
		s.candidates[i].cosine = noCosine
		if !vectors[i].IsZero() {
			s.candidates[i].cosine = embed.Cosine(s.vector, vectors[i])
		}
	}
	return nil
}

// sort scores the candidates and puts them in order. With bm the score by words, of which
// the candidates have from min to max, and x the part of the range of cosines, the score is
//
//	min + (1-similarMeaning)*(bm-min) + similarMeaning*(max-min)*x
//
// which is the score by words without vectors.
func (s *similarity) sort() {
	words := make([]float64, len(s.candidates))
	var cosines []float64
	for i := range s.candidates {
		c := &s.candidates[i]
		words[i] = c.words
		if c.cosine != noCosine {
			cosines = append(cosines, c.cosine)
		}
	}
	s.words, s.cosines = rangeOf(words), rangeOf(cosines)
	if s.words.max <= s.words.min {
		s.words.max = s.words.min + 1 // the order is by meaning alone, and any range will do
	}
	for i := range s.candidates {
		c := &s.candidates[i]
		c.Score = c.words
		if s.vectors != nil {
			c.Score += similarMeaning * (s.meaning(c) - c.words)
		}
	}
	slices.SortFunc(s.candidates, func(a, b similarCandidate) int {
		switch {
		case after(b.Position, a.Position):
			return -1
		case after(a.Position, b.Position):
			return 1
		}
		return 0
	})
}

// similar returns the candidates that have enough in common with the subject, in their
// order.
func (s *similarity) similar() []similarCandidate {
	most := 0.
	for i := range s.terms {
		most += s.terms[i].strength()
	}
	return slices.DeleteFunc(slices.Clone(s.candidates), func(c similarCandidate) bool {
		return c.words < minSimilarWords*most && (s.vectors == nil || c.cosine < minSimilarCosine)
	})
}

// meaning is the nearness of a candidate, brought to the range of scores by words.
func (s *similarity) meaning(c *similarCandidate) float64 {
	if c.cosine == noCosine {
		return s.words.min
	}
	return s.words.min + (s.words.max-s.words.min)*s.cosines.part(c.cosine)
}
