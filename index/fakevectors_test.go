package index

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/embed"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/bm25f"
	"github.com/newsq/newsq/internal/match"
)

// meanings is what vectorSnapshot gives vectors by: all that was learned from one state of
// an index. It stands for any number of states that come after it.
type meanings struct {
	model   *embed.Model
	vectors map[string]embed.Vector // by article id
}

// vectorSnapshot is a snapshot whose articles have vectors, computed in the plain way from
// the articles themselves.
type vectorSnapshot struct {
	engine.Snapshot
	learned *meanings
	ids     map[engine.Place]string
}

func withVectors(t testing.TB, snap engine.Snapshot, l *meanings) *vectorSnapshot {
	t.Helper()
	s := &vectorSnapshot{Snapshot: snap, learned: l, ids: make(map[engine.Place]string)}
	res, err := snap.Search(t.Context(), &engine.Request{Plan: match.All{}, Order: engine.Newest, Limit: 1 << 20})
	if err != nil {
		t.Fatal(err)
	}
	var fold []string
	for _, h := range res.Hits {
		s.ids[h.Place] = h.ID
		if _, ok := l.vectors[h.ID]; !ok {
			fold = append(fold, h.ID)
		}
	}
	if len(fold) == 0 {
		return s
	}
	articles, err := snap.Get(t.Context(), fold...)
	if err != nil {
		t.Fatal(err)
	}
	for i := range articles {
		w := weigh(&articles[i])
		l.vectors[articles[i].ID] = l.fold(&w)
	}
	return s
}

func (s *vectorSnapshot) Released(ctx context.Context, at time.Time) (engine.Snapshot, error) {
	inner, err := s.Snapshot.Released(ctx, at)
	return &vectorSnapshot{inner, s.learned, s.ids}, err
}

func (s *vectorSnapshot) Model(context.Context) (*embed.Model, error) { return s.learned.model, nil }

func (s *vectorSnapshot) Words(_ context.Context, terms []embed.WeightedTerm) (*embed.Words, error) {
	return s.learned.model.Words(terms), nil
}

func (s *vectorSnapshot) Vectors(_ context.Context, places []engine.Place, out []embed.Vector) error {
	for i, p := range places {
		id, ok := s.ids[p]
		if !ok {
			return engine.ErrNotFound
		}
		out[i] = s.learned.vectors[id]
	}
	return nil
}

func (s *vectorSnapshot) Nearest(ctx context.Context, q embed.Vector, r *engine.NearestRequest) ([]engine.NearHit, error) {
	plan := match.Plan(match.All{})
	if r.Exclude != nil {
		plan = match.Not{Operand: r.Exclude}
	}
	res, err := s.Search(ctx, &engine.Request{Plan: plan, Filters: r.Filters, Location: r.Location, Order: engine.Newest, Limit: s.Len()})
	if err != nil {
		return nil, err
	}
	var hits []engine.NearHit
	for _, h := range res.Hits {
		v := s.learned.vectors[h.ID]
		if !v.IsZero() {
			h.Score = 0
			hits = append(hits, engine.NearHit{Hit: h, Cosine: embed.Cosine(q, v)})
		}
	}
	slices.SortStableFunc(hits, func(a, b engine.NearHit) int { return cmp.Compare(b.Cosine, a.Cosine) })
	return hits[:min(len(hits), r.Limit)], nil
}

// weighed is an article as a row of a matrix.
type weighed struct {
	frequencies map[string]uint32
	length      uint32
}

func weigh(a *corpus.Article) weighed {
	in := match.Input{Title: a.Title}
	for _, s := range sections(a) {
		in.Headings = append(in.Headings, s.Heading)
		in.Body = append(in.Body, a.Body[s.Start:s.End])
	}
	w := weighed{frequencies: make(map[string]uint32)}
	for field, runs := range match.Analyze(analyzerOf(a.Language), in).Texts {
		for _, run := range runs {
			for _, token := range run {
				if token.Stem != "" {
					w.frequencies[token.Stem] += uint32(bm25f.Weight(field))
					w.length += uint32(bm25f.Weight(field))
				}
			}
		}
	}
	return w
}

func (l *meanings) fold(w *weighed) embed.Vector {
	sums := embed.NewSums(1)
	for _, stem := range slices.Sorted(maps.Keys(w.frequencies)) {
		if v, ok := l.model.Term(stem); ok {
			sums.Add(0, l.model.Weight(w.frequencies[stem], w.length), v)
		}
	}
	return sums.Vector(0)
}

// learnFrom learns from all articles of a snapshot.
func learnFrom(t testing.TB, snap engine.Snapshot) *meanings {
	t.Helper()
	var ids []string
	rows := map[string]weighed{}
	total := uint32(0)
	for a, err := range snap.Articles(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		w := weigh(&a.Article)
		ids, rows[a.Article.ID] = append(ids, a.Article.ID), w
		total += w.length
	}
	slices.Sort(ids)
	base, perLength := bm25f.NormParts(float64(total) / float64(len(ids)))
	weighting := embed.Weighting{Base: base, PerLength: perLength}
	m := &testMatrix{rows: len(ids), columns: map[string]*embed.Column{}}
	for i, id := range ids {
		w := rows[id]
		for stem, f := range w.frequencies {
			c := m.columns[stem]
			if c == nil {
				c = &embed.Column{Term: stem}
				m.columns[stem] = c
			}
			c.Rows, c.Weights = append(c.Rows, uint32(i)), append(c.Weights, weighting.Weight(f, w.length))
		}
	}
	model, err := embed.Train(t.Context(), m, embed.Options{Weighting: weighting, Trained: time.Unix(1, 0)})
	if err != nil {
		t.Fatal(fmt.Errorf("learn: %w", err))
	}
	l := &meanings{model: model, vectors: map[string]embed.Vector{}}
	for _, id := range ids {
		w := rows[id]
		l.vectors[id] = l.fold(&w)
	}
	return l
}

// testMatrix is a matrix in memory.
type testMatrix struct {
	rows    int
	columns map[string]*embed.Column
}

func (m *testMatrix) Rows() int { return m.rows }

func (m *testMatrix) Columns(context.Context) iter.Seq2[*embed.Column, error] {
	return func(yield func(*embed.Column, error) bool) {
		for _, stem := range slices.Sorted(maps.Keys(m.columns)) {
			if !yield(m.columns[stem], nil) {
				return
			}
		}
	}
}
