package index

import (
	"context"
	"errors"
	"slices"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/match"
	"github.com/newsq/newsq/internal/query"
)

// The bounds of what is done for articles that lack a word.
const (
	// maxNear is how many of them there are at most: they are for a look.
	maxNear = 50
	// maxNearWords is how many words a query may have. In a longer one no word tells
	// much, and each pair of them would be a search.
	maxNearWords = 12
	// maxNearSearches is how many ways to lack words are tried.
	maxNearSearches = 16
	// maxMarked is how many hits of a relaxed search are marked with what they lack.
	maxMarked = 100
)

// looseWord is a word of a query that an article may lack and be of interest.
type looseWord struct {
	operand  int // of the query's tree
	text     string
	plan     match.Plan
	articles int // that have it
}

// looseWords returns the words that merely stand side by side in the query, but for
// those that are optional anyway.
func (r *parsedQuery) looseWords(q *Query) ([]looseWord, error) {
	tree, ok := r.tree.(query.And)
	if !ok || !tree.Bare {
		return nil, nil
	}
	if err := r.setStopWords(q); err != nil {
		return nil, err
	}
	optional := match.Questions(r.context, tree)
	c := r.context
	c.ComesFirst = nil
	var words []looseWord
	for i, n := range tree.Operands {
		if _, quoted := n.(query.Phrase); quoted || !query.IsOptional(n) || r.isStopWord(n) || slices.Contains(optional, n) {
			continue
		}
		plan, err := match.Lower(n, c)
		if err != nil {
			return nil, err
		}
		if _, none := plan.(match.None); !none {
			words = append(words, looseWord{operand: i, text: textsOf(q.Text, tree.Operands[i:i+1])[0], plan: plan})
		}
	}
	return words, nil
}

// addNear fills a page that has few hits with articles that lack a word or two.
func addNear(ctx context.Context, snap engine.Snapshot, q *Query, r *parsedQuery, req *engine.Request, res *Results) error {
	room := min(orDefault(q.Limit, defaultLimit)-len(res.Hits), maxNear)
	if q.NoNear || q.IDsOnly || q.Match != MatchAll || !res.Exact || len(res.Hits) == 0 || room <= 0 {
		return nil
	}
	words, err := r.looseWords(q)
	if err != nil || len(words) < 2 || len(words) > maxNearWords {
		return publicError(err)
	}
	found, missing, err := findNear(ctx, snap, q, r, req, words, room)
	if errors.Is(err, ErrTooBroad) {
		return nil // the hits stand, and nothing more is promised
	}
	if err != nil {
		return err
	}
	res.Near, err = presentHits(ctx, snap, q, r, found, len(res.Hits))
	for i := range res.Near {
		res.Near[i].Missing = missing[i]
	}
	return err
}

// findNear finds up to room articles that have all but one or two of the words, and
// says which each lacks. Those that lack what tells least come first.
func findNear(ctx context.Context, snap engine.Snapshot, q *Query, r *parsedQuery, req *engine.Request, words []looseWord, room int) (found []engine.Hit, missing [][]string, err error) {
	plans := make([]match.Plan, len(words))
	for i := range words {
		plans[i] = words[i].plan
	}
	counts, err := totals(ctx, snap, &engine.Request{}, plans)
	if err != nil {
		return nil, nil, err
	}
	for i, n := range counts {
		words[i].articles = n
	}
	// A frequent word tells least.
	slices.SortStableFunc(words, func(a, b looseWord) int { return b.articles - a.articles })
	for _, lacking := range waysToLack(len(words)) {
		if len(found) == room {
			break
		}
		out := make([]looseWord, len(lacking))
		for i, w := range lacking {
			out[i] = words[w]
		}
		request, err := r.without(q, req, out, room-len(found))
		if err != nil {
			return nil, nil, err
		}
		more, err := snap.Search(ctx, request)
		if err != nil {
			return nil, nil, err
		}
		slices.SortFunc(out, func(a, b looseWord) int { return a.operand - b.operand })
		for _, h := range more.Hits {
			lacked := make([]string, len(out))
			for i, w := range out {
				lacked[i] = w.text
			}
			found, missing = append(found, h), append(missing, lacked)
		}
	}
	return found, missing, nil
}

// waysToLack returns which of n words, the least telling first, an article may
// lack: any one, and two where as many are left.
func waysToLack(n int) [][]int {
	var ways [][]int
	for i := range n {
		ways = append(ways, []int{i})
	}
	for j := 1; j < n && n > 3; j++ {
		for i := range j {
			ways = append(ways, []int{i, j})
		}
	}
	return ways[:min(len(ways), maxNearSearches)]
}

// without is req for articles that have none of some words, and all else that the
// query asks for.
func (r *parsedQuery) without(q *Query, req *engine.Request, words []looseWord, limit int) (*engine.Request, error) {
	tree := r.tree.(query.And)
	rest := parsedQuery{}
	kept := tree
	kept.Operands = nil
	for i, n := range tree.Operands {
		if !slices.ContainsFunc(words, func(w looseWord) bool { return w.operand == i }) {
			kept.Operands = append(kept.Operands, n)
		}
	}
	rest.tree = kept
	plan, err := rest.lower(q, r.context)
	if err != nil {
		return nil, err
	}
	of := []match.Plan{plan}
	for _, w := range words {
		of = append(of, match.Not{Operand: w.plan})
	}
	if len(r.context.Others) > 0 {
		// What is a stop word in some languages is no word that articles in these lack.
		of = append(of, match.Not{Operand: r.plan})
	}
	near := *req
	near.Plan = match.And{Operands: of}
	near.Limit, near.Facets, near.Also, near.After, near.ExactTotal = limit, nil, nil, nil, false
	return &near, nil
}

// markMissing fills in what the hits of a relaxed search lack.
func markMissing(ctx context.Context, snap engine.Snapshot, q *Query, r *parsedQuery, hits []Hit) error {
	if q.IDsOnly || len(hits) == 0 || len(hits) > maxMarked {
		return nil
	}
	words, err := r.looseWords(q)
	if err != nil || len(words) > maxNearWords {
		return publicError(err)
	}
	var these match.Or
	for i := range hits {
		these.Operands = append(these.Operands, match.Value{Field: match.ID, Value: hits[i].ID})
	}
	for _, w := range words {
		have, err := snap.Search(ctx, &engine.Request{Plan: match.And{Operands: []match.Plan{these, w.plan}}, Limit: len(hits)})
		if errors.Is(err, ErrTooBroad) {
			continue
		}
		if err != nil {
			return err
		}
		for i := range hits {
			if !slices.ContainsFunc(have.Hits, func(h engine.Hit) bool { return h.ID == hits[i].ID }) {
				hits[i].Missing = append(hits[i].Missing, w.text)
			}
		}
	}
	return nil
}
