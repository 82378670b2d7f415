package search

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local/reader"
	"github.com/newsq/newsq/internal/engine/local/schema"
	"github.com/newsq/newsq/internal/match"
)

// ranked is a document with all that ranking looks at.
type ranked struct {
	score int64
	time  int64
	id    string
}

func newRanked(tb testing.TB, s *reader.Segment, doc uint32, score int64) ranked {
	tb.Helper()
	id, err := s.Raw.DocID(uint64(doc))
	if err != nil {
		tb.Fatal(err)
	}
	return ranked{score, s.Time(doc), string(id)}
}

func (r ranked) published() time.Time {
	if r.time == reader.NoTime {
		return time.Time{}
	}
	return schema.TimeOf(r.time)
}

// compareRanked is the order that engine.Order describes.
func compareRanked(o engine.Order, a, b ranked) int {
	dated := func(r ranked) int {
		if r.time == reader.NoTime {
			return 1
		}
		return 0
	}
	byTime := cmp.Compare(b.time, a.time)
	if o == engine.Oldest {
		byTime = -byTime
	}
	byScore := 0
	if o == engine.Relevance {
		byScore = cmp.Compare(b.score, a.score)
	}
	return cmp.Or(byScore, cmp.Compare(dated(a), dated(b)), byTime, cmp.Compare(a.id, b.id))
}

// afterRanked is what follows last in a sorted list.
func afterRanked(o engine.Order, all []ranked, last ranked) []ranked {
	for i := range all {
		if compareRanked(o, all[i], last) > 0 {
			return all[i:]
		}
	}
	return nil
}

// rankedOf is what a collector kept.
func rankedOf(tb testing.TB, c *collector) []ranked {
	tb.Helper()
	list, err := c.sorted()
	if err != nil {
		tb.Fatal(err)
	}
	kept := make([]ranked, len(list))
	for i := range list {
		kept[i] = newRanked(tb, c.segmentOf(&list[i]), list[i].doc, list[i].score)
	}
	return kept
}

// A collector keeps what sorting all would put first.
func TestCollectorIsSort(t *testing.T) {
	v := viewForTest(t)
	sim := &bm25{scale: 1}
	random := rand.New(rand.NewPCG(2, 3))
	for range 300 {
		order := []engine.Order{engine.Relevance, engine.Newest, engine.Oldest}[random.IntN(3)]
		c := &collector{segments: v.Segments, order: order, limit: 1 + random.IntN(20), bm25: sim}
		if random.IntN(2) == 0 {
			c.limit = minBulk + random.IntN(20)
		}
		scores := []int64{1, 5, 1000}[random.IntN(3)]
		var offers []candidate
		var all []ranked
		for range random.IntN(400) {
			s := v.Segments[random.IntN(len(v.Segments))]
			o := candidate{segment: uint32(s.Ordinal), doc: uint32(random.IntN(s.Docs))}
			if order == engine.Relevance {
				o.score = random.Int64N(scores)
			}
			r := newRanked(t, s, o.doc, o.score)
			if slices.ContainsFunc(all, func(a ranked) bool { return a.id == r.id }) {
				continue
			}
			offers, all = append(offers, o), append(all, r)
		}
		slices.SortFunc(all, func(a, b ranked) int { return compareRanked(order, a, b) })
		if len(all) > 0 && random.IntN(2) == 0 {
			last := all[random.IntN(len(all))]
			c.after = &engine.Position{Score: float64(last.score), Published: last.published(), ID: last.id}
			all = afterRanked(order, all, last)
		}
		for _, o := range offers {
			before := c.minCompetitiveScore()
			c.offer(o)
			if after := c.minCompetitiveScore(); after < before {
				t.Fatalf("the minimum competitive score fell from %d to %d", before, after)
			}
		}
		if got, want := rankedOf(t, c), all[:min(len(all), c.limit)]; !slices.Equal(got, want) {
			t.Fatalf("order %d, limit %d: %v, want %v", order, c.limit, got, want)
		}
	}
}

func TestNthLargest(t *testing.T) {
	random := rand.New(rand.NewPCG(6, 7))
	for range 2000 {
		scores := make([]int64, 1+random.IntN(300))
		for i := range scores {
			scores[i] = random.Int64N(1 + random.Int64N(400))
		}
		switch random.IntN(3) {
		case 0:
			slices.Sort(scores)
		case 1:
			slices.Sort(scores[:len(scores)/2])
		}
		n := 1 + random.IntN(len(scores))
		sorted := slices.Sorted(slices.Values(scores))
		if got := nthLargest(scores, n); got != sorted[len(sorted)-n] {
			t.Fatalf("the %d-th of %v: %d", n, sorted, got)
		}
	}
}

// By date, a set that is collected segment by segment comes to what sorting all
// of it would put first.
func TestCollectByDate(t *testing.T) {
	v := viewForTest(t)
	random := rand.New(rand.NewPCG(4, 5))
	for range 100 {
		order := []engine.Order{engine.Newest, engine.Oldest}[random.IntN(2)]
		c := &collector{segments: v.Segments, order: order, limit: 1 + random.IntN(50), bm25: &bm25{scale: 1}}
		oneIn := []int{1, 3, 40, 2000}[random.IntN(4)]
		undatedOnly := random.IntN(5) == 0
		var sets []reader.Bitset
		var all []ranked
		for _, s := range v.Segments {
			set := s.NewBitset()
			for doc := range uint32(s.Docs) {
				if isLive(s, doc) && random.IntN(oneIn) == 0 && (!undatedOnly || s.Time(doc) == reader.NoTime) {
					set.Add(doc)
					all = append(all, newRanked(t, s, doc, 0))
				}
			}
			sets = append(sets, set)
		}
		slices.SortFunc(all, func(a, b ranked) int { return compareRanked(order, a, b) })
		if len(all) > 0 && random.IntN(2) == 0 {
			last := all[random.IntN(len(all))]
			c.after = &engine.Position{Published: last.published(), ID: last.id}
			all = afterRanked(order, all, last)
		}
		for i, s := range v.Segments {
			if err := c.collectByDate(s, sets[i]); err != nil {
				t.Fatal(err)
			}
		}
		if got, want := rankedOf(t, c), all[:min(len(all), c.limit)]; !slices.Equal(got, want) {
			t.Fatalf("order %d, limit %d, one document in %d: %v, want %v", order, c.limit, oneIn, got, want)
		}
	}
}

func BenchmarkCollector(b *testing.B) {
	v := benchView()(b)
	s := v.Segments[0]
	random := rand.New(rand.NewPCG(1, 1))
	scores := make([]int64, s.Docs)
	for i := range scores {
		scores[i] = random.Int64N(1 << 40)
	}
	for _, limit := range []int{10, 1000} {
		b.Run(fmt.Sprint(limit), func(b *testing.B) {
			c := &collector{segments: v.Segments, limit: limit, bm25: &bm25{scale: 1}}
			for b.Loop() {
				c.heap, c.minScore = c.heap[:0], 0
				for doc, score := range scores {
					if score >= c.minCompetitiveScore() {
						c.offer(candidate{score: score, segment: uint32(s.Ordinal), doc: uint32(doc)})
					}
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(scores)), "ns/document")
		})
	}
}

func BenchmarkNewest(b *testing.B) {
	benchSearch(b, &engine.Request{Plan: stemPlan(1), Order: engine.Newest})
}

func BenchmarkAll(b *testing.B) {
	benchSearch(b, &engine.Request{Plan: match.All{}, Order: engine.Newest})
}
