package index

import (
	"context"
	"slices"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/neardup"
)

// similarArticle is a candidate that was read.
type similarArticle struct {
	candidate similarCandidate
	article   corpus.Article
	text      *neardup.Text
}

// isCopy reports whether a is a copy of another article, or the other way round.
func (a *similarArticle) isCopy(of *corpus.Article, text *neardup.Text) bool {
	return neardup.Compare(text, a.text, neardup.Apart(of.Published, a.article.Published)).Copy
}

// takeHits fills in the hits from the candidates, without copies of the subject and of hits
// before them. Where it comes upon copies of the subject, these are candidates no more, and
// all others are to be scored anew: it is not done then.
func (s *similarity) takeHits(ctx context.Context, limit int) (done bool, err error) {
	s.hits = s.hits[:0]
	var copies []SimilarCopy // of hits
	similar := s.similar()
	for len(similar) > 0 && len(s.hits) < limit {
		next := similar[:min(len(similar), limit-len(s.hits))]
		similar = similar[len(next):]
		if err := s.readArticles(ctx, next); err != nil {
			return false, err
		}
		if s.dropCopies(next) {
			return false, nil
		}
		for _, c := range next {
			a := s.read[c.ID]
			if of := s.original(a); of != "" {
				copies = append(copies, SimilarCopy{ID: c.ID, Of: of})
				continue
			}
			a.candidate = c
			s.hits = append(s.hits, a)
		}
	}
	s.copies = append(s.copies, copies...)
	return true, nil
}

// readArticles reads candidates that were not read before.
func (s *similarity) readArticles(ctx context.Context, next []similarCandidate) error {
	var list []*similarArticle
	for _, c := range next {
		if s.read[c.ID] == nil {
			s.read[c.ID] = &similarArticle{candidate: c}
			list = append(list, s.read[c.ID])
		}
	}
	return inParallel(len(list), func() func(i int) error {
		var shingler neardup.Shingler
		return func(i int) (err error) {
			a := list[i]
			if a.article, err = s.snap.Load(ctx, &a.candidate.Hit); err == nil {
				a.text = shingler.Text(a.article.Title, a.article.Body)
			}
			return err
		}
	})
}

// dropCopies takes copies of the subject among some candidates out of all candidates, and
// reports whether there were any.
func (s *similarity) dropCopies(next []similarCandidate) bool {
	copies := make(map[string]bool)
	for _, c := range next {
		if s.read[c.ID].isCopy(s.subject, s.own) {
			copies[c.ID] = true
			s.copies = append(s.copies, SimilarCopy{ID: c.ID, Of: s.subject.ID})
			delete(s.read, c.ID)
		}
	}
	s.candidates = slices.DeleteFunc(s.candidates, func(c similarCandidate) bool { return copies[c.ID] })
	return len(copies) > 0
}

// original returns the id of the hit that an article is a copy of; empty where it is none.
func (s *similarity) original(a *similarArticle) string {
	for _, h := range s.hits {
		if a.isCopy(&h.article, h.text) {
			return h.candidate.ID
		}
	}
	return ""
}
