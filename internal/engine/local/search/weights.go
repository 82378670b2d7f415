package search

import (
	"context"
	"slices"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/bm25f"
	"github.com/newsq/newsq/internal/engine/local/schema"
	"github.com/newsq/newsq/internal/match"
)

// computeWeights finds in how many articles each leaf occurs, and so its weight.
func (q *search) computeWeights(ctx context.Context) error {
	length, err := q.view.TotalLength()
	if err != nil {
		return err
	}
	mean := bm25f.MeanLength(length, q.view.Articles)
	if r := q.request; q.query.root.leaf >= 0 && r.Order == engine.Relevance && len(r.Filters) == 0 {
		q.res.championsServe = true
		if r.After == nil && r.Statistics == "" {
			q.res.topLimit, q.res.meanLength = r.Limit, mean
		}
	}
	if few, err := q.lookAmong(ctx); err != nil {
		return err
	} else if !few {
		if err := q.countLeaves(ctx); err != nil {
			return err
		}
	}
	n := len(q.query.leaves)
	s := bm25f.Statistics{Articles: q.view.Articles, Length: length, DocFreqs: slices.Grow(q.statistics.DocFreqs[:0], n)[:n]}
	if q.request.Statistics != "" {
		err = s.Decode(q.request.Statistics)
	} else {
		err = q.docFreqs(ctx, s.DocFreqs)
	}
	if err != nil {
		return err
	}
	for i, l := range q.query.leaves {
		l.df = s.DocFreqs[i]
	}
	q.statistics = s
	q.bm25 = newBM25(s.Articles, q.request.Languages, bm25f.MeanLength(s.Length, s.Articles), q.query.leaves)
	return nil
}

// countLeaves finds in how many articles each leaf occurs.
func (q *search) countLeaves(ctx context.Context) error {
	for _, l := range q.query.leaves {
		for _, run := range q.runs {
			n, err := run.docFreq(ctx, l)
			if err != nil {
				return err
			}
			l.count += n
		}
	}
	return nil
}

// maxAmong is up to how many articles that the filters keep in a segment leaves are
// looked up in these alone. It is some 30 blocks of a list to read, of thousands.
const maxAmong = 1 << 12

// lookAmong lets leaves be evaluated among what the filters keep, where that is little
// and nothing else is asked for: neither how many articles leaves occur in, as the
// statistics are given, nor counts without a filter. It reports whether it did.
func (q *search) lookAmong(ctx context.Context) (bool, error) {
	r := q.request
	if r.Statistics == "" || len(r.Filters) == 0 || len(r.Facets) > 0 || len(r.Also) > 0 {
		return false, nil
	}
	for _, run := range q.runs {
		kept := intersecting{run: run}
		if err := kept.andFilters(ctx, r.Filters); err != nil {
			return false, err
		}
		if kept.set.Count() > maxAmong {
			for _, run := range q.runs {
				run.among = nil
			}
			return false, nil
		}
		run.among = kept.set
	}
	return true, nil
}

// docFreqs finds the document frequency by which each leaf is weighed.
func (q *search) docFreqs(ctx context.Context, df []int) error {
	for i, l := range q.query.leaves {
		df[i] = l.count
		for _, e := range l.minDocFreqOf {
			if e = e.floorOf(l); e == nil {
				continue
			}
			n := 0
			for _, run := range q.runs {
				set, err := run.bits(ctx, e)
				if err != nil {
					return err
				}
				n += set.Count()
			}
			df[i] = max(df[i], n)
		}
	}
	return nil
}

// floorOf returns the node below e that a leaf must not be rarer than, as match.Floor
// does of plans; nil for none.
func (e *expr) floorOf(l *leaf) *expr {
	if e.kind == exprShould {
		e = e.kids[0]
	}
	p, ok := e.plan.(match.Or)
	if _, isStem := l.plan.(match.Stem); !ok || !p.Forms || !isStem {
		return e
	}
	if i := p.FormFor(l.plan); i >= 0 {
		return e.kids[i]
	}
	return nil
}

// docFreq is the number of live articles in which a leaf occurs.
func (r *segRun) docFreq(ctx context.Context, l *leaf) (int, error) {
	c, err := r.findChampions(ctx, l)
	if err != nil {
		return 0, err
	}
	if r.champions = c; c != nil {
		return c.live, nil
	}
	p, err := r.leaf(ctx, l.id)
	if err != nil {
		return 0, err
	}
	if !p.isPostingList {
		r.keepCount(l, p.count())
		return p.count(), nil
	}
	stem, _ := l.plan.(match.Stem)
	return r.CachedDocFreq(schema.FieldStem, stem.Stem, p.postings)
}
