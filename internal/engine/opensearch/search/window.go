package search

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/opensearch/reader"
	"github.com/newsq/newsq/internal/engine/opensearch/schema"
	"github.com/newsq/newsq/internal/match"
)

// The client counts the frequencies that no query tells for some times as many articles
// as there are hits wanted, within these bounds, and where that leaves the order open, for
// more, up to maxRead. The words of one take some KB, and are dropped when counted.
const (
	windowLimits = 3
	minWindow    = 300
	maxWindow    = 1000
	maxRead      = 5000
)

func (q *search) window() int {
	return min(max(q.request.Limit, q.minWindow/windowLimits), maxWindow/windowLimits) * windowLimits
}

// windows are a reading of the articles in which leaves are in doubt, those first that
// score most by the server's estimate.
type windows struct {
	of     query // the articles, which scores the estimate
	key    string
	leaves []int // their ids
	bound  bool  // whether no article scores more than is estimated
	read   int   // how many were read
	all    bool  // whether that is all
	last   lastRead
}

// lastRead is the article of a window that was read last.
type lastRead struct {
	position engine.Position
	sort     []json.RawMessage // see search.sort
}

// window is a part of what is read.
type window struct {
	counted []*countedFrequencies // by leaf
	read    int
	all     bool // whether it reaches to the end
	last    lastRead
}

// estimated returns the ids of the leaves whose frequencies the server does not know.
func (q *search) estimated() (ids []int) {
	for id, p := range q.tree.distinct {
		if ranks(p) && q.frequencies[id].doubt != nil {
			ids = append(ids, id)
		}
	}
	return ids
}

// newWindows returns a reading of which nothing is read yet; nil where all frequencies
// are known, or where none is asked for.
func (q *search) newWindows(ctx context.Context) (*windows, error) {
	ids := slices.DeleteFunc(q.estimated(), func(id int) bool { return q.counted[id] != nil })
	if len(ids) == 0 || !q.byRelevance() {
		return nil, nil
	}
	of, err := q.among(ctx, append(q.counting.openExcept(""), anyOf(q.doubts(ids)...))...)
	if err != nil {
		return nil, err
	}
	key, err := json.Marshal(of)
	if err != nil {
		return nil, err
	}
	// The query doesn't tell which leaves it is of: phrases in the same articles, however
	// often they occur there, may be one list of ids.
	w := &windows{of: of, leaves: ids, bound: true, key: fmt.Sprintf("frequencies of %#v in %d %s", q.plansOf(ids), q.window(), key)}
	for _, id := range ids {
		w.bound = w.bound && q.frequencies[id].bound
	}
	return w, nil
}

// doubts returns the queries for the articles in which leaves are estimated.
func (q *search) doubts(ids []int) []query {
	of := make([]query, len(ids))
	for i, id := range ids {
		of[i] = q.frequencies[id].doubt
	}
	return of
}

func (q *search) plansOf(ids []int) []match.Plan {
	leaves := make([]match.Plan, len(ids))
	for i, id := range ids {
		leaves[i] = q.tree.distinct[id]
	}
	return leaves
}

// countFrequencies counts, by the words of articles, the frequencies of leaves that no
// query tells, in the articles that come next.
func (q *search) countFrequencies(ctx context.Context, w *windows) error {
	key := fmt.Sprintf("%s from %d", w.key, w.read)
	next, err := reader.Cached(q.view, key, func() (*window, error) { return q.readWindow(ctx, w) })
	if err != nil {
		return err
	}
	w.read, w.all, w.last = w.read+next.read, next.all, next.last
	for i, id := range w.leaves {
		q.counted[id] = q.counted[id].with(next.counted[i], w.all)
	}
	return nil
}

// readWindow reads the next articles, in several pages where they are long.
func (q *search) readWindow(ctx context.Context, w *windows) (*window, error) {
	left := min(q.window()+w.read, maxWindow, q.maxRead-w.read)
	body := query{
		"query": w.of, "track_total_hits": w.read + left + 1, "sort": q.sort(), "_source": false,
		"stored_fields": []string{schema.FieldTokens},
	}
	leaves := q.plansOf(w.leaves)
	next := &window{last: w.last}
	for range leaves {
		next.counted = append(next.counted, &countedFrequencies{byFrequency: map[int][]string{}})
	}
	for page := left; ; {
		body["size"] = min(left, page)
		if next.last.sort != nil {
			body["search_after"] = next.last.sort
		}
		var a answer
		err := q.view.Search(ctx, body, &a)
		if smaller, ok := reader.SmallerPage(min(left, page), err); ok {
			page = smaller
			continue
		}
		if err != nil {
			return nil, err
		}
		if err := q.addFrequencies(&a, leaves, next); err != nil {
			return nil, err
		}
		left -= len(a.Hits.Hits)
		next.all = a.Hits.Total.Value <= w.read+next.read
		if left <= 0 || next.all || len(a.Hits.Hits) == 0 {
			return next, nil
		}
	}
}

// addFrequencies adds the frequencies of leaves in the articles of an answer.
func (q *search) addFrequencies(a *answer, leaves []match.Plan, to *window) error {
	for n := range a.Hits.Hits {
		h := &a.Hits.Hits[n]
		p, err := q.readPosition(h)
		if err != nil {
			return err
		}
		doc, err := h.doc()
		if err != nil {
			return fmt.Errorf("%w: %s: %w", engine.ErrDamaged, p.ID, err)
		}
		for i, leaf := range leaves {
			if f := countFrequency(leaf, doc); f > 0 {
				to.counted[i].byFrequency[f] = append(to.counted[i].byFrequency[f], schema.Key(p.ID))
			}
		}
		to.read, to.last = to.read+1, lastRead{position: p, sort: h.Sort}
	}
	return nil
}

// settles reports whether the order of hits is known, or as far as it will be. What was
// not read stands no higher than it is estimated, and that is behind what was read last.
func (q *search) settles(w *windows, hits []engine.Hit) bool {
	switch {
	case w == nil || w.all:
		return true
	case !w.bound:
		q.inexact = append(q.inexact, fmt.Sprintf("the order of hits beyond the first %d", w.read))
		return true
	case len(hits) >= q.request.Limit && standsBefore(&hits[len(hits)-1].Position, &w.last.position):
		return true
	case w.read >= q.maxRead:
		q.inexact = append(q.inexact, fmt.Sprintf("the order of hits (counted are the words of the %d that may score most)", w.read))
		return true
	}
	return false
}

// standsBefore reports whether a stands before b by relevance, or is the same.
func standsBefore(a, b *engine.Position) bool {
	byTime := b.Published.Compare(a.Published)
	if a.Published.IsZero() != b.Published.IsZero() {
		byTime = 1
		if b.Published.IsZero() {
			byTime = -1
		}
	}
	return cmp.Or(cmp.Compare(b.Score, a.Score), byTime, cmp.Compare(schema.Key(a.ID), schema.Key(b.ID))) <= 0
}

// doc returns the words of an article.
func (h *hit) doc() (*match.Doc, error) {
	if len(h.Fields.Tokens) != 1 {
		return nil, errNoWords
	}
	return schema.DecodeTokens(h.Fields.Tokens[0])
}

var errNoWords = errors.New("its words are missing")
