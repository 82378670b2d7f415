package index

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/newsq/newsq/internal/contrast"
	"github.com/newsq/newsq/internal/engine"
)

// The bounds of what is read to count words. An article takes some 300 µs of processor
// time, and 4 kB of memory while words are counted.
const (
	maxReadOfSide   = 2500
	maxReadTogether = 10_000
	// maxListed is among how many articles some are chosen evenly.
	maxListed = 100_000
)

// matched is what a query finds in a snapshot, before anything of it is read.
type matched struct {
	snap  engine.Snapshot
	q     *Query
	r     *parsedQuery
	req   *engine.Request // without facets
	found *Results        // without hits, with facets
}

// readMatched calls f with what q finds in one state of the index, its words demanded. It
// reports whether that was done twice, as Index.read does.
func (ix *Index) readMatched(ctx context.Context, q Query, facets []string, f func(*matched) error) (again bool, err error) {
	if q.Match == MatchAll {
		q.Match = MatchStrict
	}
	q.Sort, q.Rank, q.Recency, q.Copies, q.Cursor = Oldest, RankWords, 0, AllCopies, ""
	q.Limit, q.Facets, q.FacetLimit, q.ExactTotal, q.NoNear, q.NearMeaning = -1, facets, -1, true, true, false
	q.Explain, q.IDsOnly = false, false
	if q, err = q.resolved(); err != nil {
		return false, err
	}
	aliases, err := ix.aliasesFor(&q)
	if err != nil {
		return false, err
	}
	ix.lend(&q)
	return ix.read(ctx, q.asked, q.IncludeEmbargoed, func(snap engine.Snapshot) error {
		m := &matched{snap: snap, q: &q}
		if m.found, err = search(ctx, snap, &q, aliases); err != nil {
			return err
		}
		if m.r, err = q.parse(aliases); err != nil {
			return err
		}
		// Its warnings are those of the search.
		if m.req, _, err = q.engineRequest(ctx, snap, m.r); err != nil {
			return err
		}
		m.req.Facets, m.req.Also = nil, nil
		return f(m)
	})
}

// request is that of the query with further filters.
func (m *matched) request(filters ...engine.Filter) engine.Request {
	req := *m.req
	req.Filters = append(req.Filters[:len(req.Filters):len(req.Filters)], filters...)
	return req
}

// valuesKept returns the values of a facet, those with the most articles first, and where
// filters ask for some, these and those below them alone: the counts of others are of
// articles that the filters leave out.
func valuesKept(facet engine.FacetType, values []FacetValue) []FacetValue {
	var selected []string
	for _, v := range values {
		if v.Selected {
			selected = append(selected, v.Value)
		}
	}
	var kept []FacetValue
	for _, v := range values {
		below := facet.Separator != "" && slices.ContainsFunc(selected, func(s string) bool { return strings.HasPrefix(v.Value, s+facet.Separator) })
		if len(selected) == 0 || v.Selected || below {
			kept = append(kept, v)
		}
	}
	slices.SortStableFunc(kept, func(a, b FacetValue) int { return cmp.Compare(b.Count, a.Count) })
	return kept
}

// sample returns at most n of the hits of a request, evenly over the time of publication,
// and how many there are. Those whose ids are in skip don't count.
func sample(ctx context.Context, snap engine.Snapshot, req engine.Request, n int, skip map[string]bool) ([]engine.Hit, int, error) {
	req.Order, req.Limit, req.ExactTotal, req.NoStories = engine.Order(Oldest), 0, true, true
	counted, err := snap.Search(ctx, &req)
	if err != nil || counted.Total == 0 {
		return nil, 0, err
	}
	req.Limit = min(counted.Total, maxListed)
	found, err := snap.Search(ctx, &req)
	if err != nil {
		return nil, 0, err
	}
	all := found.Hits
	if len(skip) > 0 {
		all = nil
		for _, h := range found.Hits {
			if !skip[h.ID] {
				all = append(all, h)
			}
		}
	}
	return evenly(all, n), counted.Total - (len(found.Hits) - len(all)), nil
}

// evenly returns n of all, evenly over their order; all where there are no more.
func evenly(all []engine.Hit, n int) []engine.Hit {
	if len(all) <= n {
		return all
	}
	chosen := make([]engine.Hit, n)
	for i := range chosen {
		chosen[i] = all[i*len(all)/n]
	}
	return chosen
}

// count reads the articles of hits and counts their words.
func (m *matched) count(ctx context.Context, v *contrast.Vocabulary, hits []engine.Hit) (*contrast.Side, error) {
	texts, err := readTexts(ctx, m.snap, v, hits)
	if err != nil {
		return nil, err
	}
	return contrast.NewSide(v, texts), nil
}

// readTexts reads the articles of hits, as their words are counted.
func readTexts(ctx context.Context, snap engine.Snapshot, v *contrast.Vocabulary, hits []engine.Hit) ([]contrast.Text, error) {
	texts := make([]contrast.Text, len(hits))
	return texts, inParallel(len(hits), func() func(i int) error {
		reader := contrast.NewReader(v, analyzerOf)
		return func(i int) error {
			a, err := snap.Load(ctx, &hits[i])
			if err == nil {
				texts[i] = reader.Read(&a)
			}
			return err
		}
	})
}
