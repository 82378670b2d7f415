package engine

import (
	"context"
	"time"
)

// Reranker is a Snapshot that can have its best hits put in another order before they are
// hits: what is not chosen costs no id and no place.
type Reranker interface {
	// Rerank answers r, whose Order is Relevance, as Search does, but for the hits. Of
	// the candidates, which are the hits that Search would return, they are those that
	// choose returns by index, in its order. choose is called at most once: not where
	// there are no candidates, nor where nothing scores. In the latter case, in which
	// Response.Statistics are empty, the hits are those of Search. An error of choose is
	// returned as it is.
	Rerank(ctx context.Context, r *Request, choose func(Candidates) ([]int, error)) (*Response, error)
}

// Candidates are the best hits of a search, in any order. They are good while choose of
// [Reranker] runs. An id that can't be read is empty, and Rerank returns why.
type Candidates interface {
	Len() int
	Score(i int) float64
	Published(i int) time.Time
	ID(i int) string
	// Places returns those of all of them.
	Places() []Place
}

// Rerank is the method of Reranker, of any snapshot.
func Rerank(ctx context.Context, snap Snapshot, r *Request, choose func(Candidates) ([]int, error)) (*Response, error) {
	if s, ok := snap.(Reranker); ok {
		return s.Rerank(ctx, r, choose)
	}
	res, err := snap.Search(ctx, r)
	if err != nil || len(res.Hits) == 0 || res.Statistics == "" {
		return res, err
	}
	chosen, err := choose(hitCandidates(res.Hits))
	if err != nil {
		return nil, err
	}
	all := res.Hits
	res.Hits = make([]Hit, len(chosen))
	for i, at := range chosen {
		res.Hits[i] = all[at]
	}
	return res, nil
}

// hitCandidates are hits as Candidates.
type hitCandidates []Hit

func (h hitCandidates) Len() int                  { return len(h) }
func (h hitCandidates) Score(i int) float64       { return h[i].Score }
func (h hitCandidates) Published(i int) time.Time { return h[i].Published }
func (h hitCandidates) ID(i int) string           { return h[i].ID }

func (h hitCandidates) Places() []Place {
	places := make([]Place, len(h))
	for i := range h {
		places[i] = h[i].Place
	}
	return places
}
