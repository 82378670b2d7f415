package index

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/embed"
	"github.com/newsq/newsq/internal/engine"
)

// topicWords are words of stories on several things: articles on one share them.
var topicWords = [][]string{
	strings.Fields("ferry harbour pilot strait cargo berth crew captain tide quay"),
	strings.Fields("bank rate inflation bond yield lender deposit credit mortgage currency"),
	strings.Fields("court judge verdict appeal trial jury sentence lawyer statute witness"),
	strings.Fields("missile launch radar treaty warhead inspector enrichment sanction summit envoy"),
}

// storyOf returns an article on one of topicWords, with words of the others.
func storyOf(random *rand.Rand, id string) corpus.Article {
	topic := topicWords[random.IntN(len(topicWords))]
	var text []string
	for range 20 + random.IntN(60) {
		from := topic
		if random.IntN(4) == 0 {
			from = topicWords[random.IntN(len(topicWords))]
		}
		text = append(text, from[random.IntN(len(from))])
	}
	a := corpus.Article{ID: id, Title: "On " + topic[random.IntN(len(topic))], Body: strings.Join(text, " ") + "."}
	if random.IntN(4) > 0 {
		a.Published = time.Date(2025, 1, 1+random.IntN(300), 0, 0, 0, 0, time.UTC)
	}
	return a
}

func storyIndex(t *testing.T, n int) *Index {
	t.Helper()
	ix, err := Open(t.Context(), filepath.Join(t.TempDir(), "index"), &Options{NoLearn: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := ix.Close(); err != nil {
			t.Error(err)
		}
	})
	random := rand.New(rand.NewPCG(1, 0))
	list := make([]corpus.Article, n)
	for i := range list {
		list[i] = storyOf(random, fmt.Sprintf("a%04d", i))
	}
	if err := ix.Add(t.Context(), list...); err != nil {
		t.Fatal(err)
	}
	return ix
}

func snapshotOf(t *testing.T, ix *Index) engine.Snapshot {
	t.Helper()
	snap, err := ix.snapshot(t.Context(), time.Now(), false)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = snap.Close(context.Background()) })
	return snap
}

// answer searches a snapshot.
func answer(t *testing.T, snap engine.Snapshot, q Query) *Results {
	t.Helper()
	q, err := q.resolved()
	if err != nil {
		t.Fatal(err)
	}
	res, err := search(t.Context(), snap, &q, nil)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

func idsOf(hits []Hit) (ids []string) {
	for _, h := range hits {
		ids = append(ids, h.ID)
	}
	return ids
}

// pages lists what q finds, page by page; next returns the snapshot of each page.
func pages(t *testing.T, q Query, next func(page int) engine.Snapshot) (ids []string, warnings []string) {
	t.Helper()
	score := 1e9
	for page := 0; ; page++ {
		res := answer(t, next(page), q)
		for _, h := range res.Hits {
			if h.Score > score {
				t.Fatalf("page %d: %s has %v after %v", page, h.ID, h.Score, score)
			}
			score = h.Score
		}
		ids, warnings = append(ids, idsOf(res.Hits)...), append(warnings, res.Warnings...)
		if q.Cursor = res.Cursor; q.Cursor == "" {
			return ids, warnings
		}
	}
}

// However a list is cut in pages, it is the list, each article once: with candidates
// alone and with articles behind them.
func TestOrderPages(t *testing.T) {
	for _, n := range []int{7, 400, 1900} {
		ix := storyIndex(t, n)
		snap := snapshotOf(t, ix)
		meant := withVectors(t, snap, learnFrom(t, snap))
		for _, q := range []Query{
			{Text: "ferry"},
			{Text: "ferry bank missile", Match: MatchAny},
			{Text: "judge cargo", Recency: 90 * 24 * time.Hour},
			{Text: "ferry treaty", Match: MatchAny, Rank: RankWords, Recency: 90 * 24 * time.Hour},
		} {
			q.IDsOnly, q.ExactTotal, q.NoNear, q.Limit = true, true, true, maxLimit
			whole := answer(t, meant, q)
			byWords := q
			byWords.Rank, byWords.Recency = RankWords, 0
			same := answer(t, meant, byWords)
			if whole.Total != same.Total || len(whole.Hits) != same.Total {
				t.Fatalf("%d articles, %q: %d of %d, by words %d", n, q.Text, len(whole.Hits), whole.Total, same.Total)
			}
			want := idsOf(whole.Hits)
			if d := cmp.Diff(slices.Sorted(slices.Values(idsOf(same.Hits))), slices.Sorted(slices.Values(want))); d != "" {
				t.Fatalf("%d articles, %q: other articles are found\n%s", n, q.Text, d)
			}
			if n > 7 && slices.Equal(want, idsOf(same.Hits)) {
				t.Errorf("%d articles, %q: the order is that of words", n, q.Text)
			}
			if len(want) > orderedCandidates {
				if d := cmp.Diff(idsOf(same.Hits)[orderedCandidates:], want[orderedCandidates:]); d != "" {
					t.Errorf("%d articles, %q: the order behind the candidates\n%s", n, q.Text, d)
				}
			}
			for _, limit := range []int{1, 3, 10, 999, 1000, 1001} {
				if limit < 10 && n > 400 {
					continue
				}
				q.Limit = limit
				got, warnings := pages(t, q, func(int) engine.Snapshot { return meant })
				if d := cmp.Diff(want, got); d != "" || len(warnings) > 0 {
					t.Fatalf("%d articles, %q, %d a page: %v\n%s", n, q.Text, limit, warnings, d)
				}
			}
		}
	}
}

// Articles that are added and removed between pages change no place of another one.
func TestOrderPagesWhileWritten(t *testing.T) {
	ix := storyIndex(t, 1500)
	snap := snapshotOf(t, ix)
	l := learnFrom(t, snap)
	removed := map[string]bool{}
	for _, q := range []Query{{Text: "ferry OR pilot"}, {Text: "ferry", Recency: 30 * 24 * time.Hour}} {
		q.IDsOnly, q.NoNear, q.Limit = true, true, maxLimit
		q.asked = time.Date(2025, 6, 1, 0, 0, 0, 0, time.UTC)
		want := idsOf(answer(t, withVectors(t, snapshotOf(t, ix), l), q).Hits)
		q.Limit = 150
		random := rand.New(rand.NewPCG(2, 0))
		got, warnings := pages(t, q, func(page int) engine.Snapshot {
			if page == 0 {
				return withVectors(t, snapshotOf(t, ix), l)
			}
			var more []corpus.Article
			for i := range 120 {
				more = append(more, storyOf(random, fmt.Sprintf("%s-%d-%d", q.Text, page, i)))
			}
			if err := ix.Add(t.Context(), more...); err != nil {
				t.Fatal(err)
			}
			for range 3 {
				id := fmt.Sprintf("a%04d", random.IntN(1500))
				if err := ix.Delete(t.Context(), id); err != nil && !removed[id] {
					t.Fatal(err)
				}
				removed[id] = true
			}
			return withVectors(t, snapshotOf(t, ix), l)
		})
		seen := map[string]bool{}
		var old []string
		for _, id := range got {
			if seen[id] {
				t.Errorf("%q: %s is listed again", q.Text, id)
			}
			if seen[id] = true; slices.Contains(want, id) {
				old = append(old, id)
			}
		}
		want = slices.DeleteFunc(want, func(id string) bool { return removed[id] && !seen[id] })
		if d := cmp.Diff(want, old); d != "" {
			t.Errorf("%q: (-first list +pages)\n%s", q.Text, d)
		}
		if !slices.Contains(warnings, warnWritten) || slices.Contains(warnings, warnRelearned) {
			t.Errorf("warnings %q", warnings)
		}
	}
}

// With another model, or without any, the list goes on and says so.
func TestOrderOfAnotherModel(t *testing.T) {
	ix := storyIndex(t, 400)
	snap := snapshotOf(t, ix)
	meant := withVectors(t, snap, learnFrom(t, snap))
	q := Query{Text: "ferry pilot", Match: MatchAny, IDsOnly: true, Limit: 20}
	first := answer(t, meant, q)
	q.Cursor = first.Cursor
	if err := ix.Delete(t.Context(), first.Hits[0].ID); err != nil {
		t.Fatal(err)
	}
	next := snapshotOf(t, ix)
	for name, snap := range map[string]engine.Snapshot{"other": withVectors(t, next, learnFrom(t, next)), "none": next} {
		res := answer(t, snap, q)
		if !slices.Contains(res.Warnings, warnRelearned) || len(res.Hits) != 20 {
			t.Errorf("%s: %d hits, %q", name, len(res.Hits), res.Warnings)
		}
		after := q
		after.Cursor = res.Cursor
		if res = answer(t, snap, after); slices.Contains(res.Warnings, warnRelearned) || len(res.Hits) != 20 {
			t.Errorf("%s, third page: %d hits, %q", name, len(res.Hits), res.Warnings)
		}
	}
}

// A listing that began by words goes on by words when vectors come.
func TestOrderBeganByWords(t *testing.T) {
	ix := storyIndex(t, 400)
	snap := snapshotOf(t, ix)
	q := Query{Text: "ferry pilot", Match: MatchAny, IDsOnly: true, Limit: 400}
	want := idsOf(answer(t, snap, q).Hits)
	q.Limit = 25
	meant := withVectors(t, snap, learnFrom(t, snap))
	got, _ := pages(t, q, func(page int) engine.Snapshot {
		if page == 0 {
			return snap
		}
		return meant
	})
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestListingCodec(t *testing.T) {
	l := &listing{
		statistics: "\x05abc", last: engine.Position{Score: 1.5, Published: time.UnixMicro(77).UTC(), ID: "x"}, max: 9, candidates: 1000,
		model: "m", length: 1.5, weight: .5, cosMin: -.1, cosMax: .9,
	}
	l.query = make(embed.Vector, embed.Dims)
	l.query[3] = -7
	for _, change := range []func(){func() {}, func() { l.last.Published = time.Time{} }, func() { *l = listing{statistics: "s", candidates: 1} }} {
		change()
		s := l.encode()
		got, err := decodeListing(s)
		if err != nil {
			t.Fatal(err)
		}
		if got.encode() != s || got.last != l.last || got.model != l.model {
			t.Errorf("%+v, want %+v", got, l)
		}
		for i := range s {
			if _, err := decodeListing(s[:i]); err == nil {
				t.Errorf("%d of %d bytes were read", i, len(s))
			}
		}
		if _, err := decodeListing(s + "x"); err == nil {
			t.Error("a longer one was read")
		}
	}
}

// Scores never leave the range of the candidates' scores by words, and are the least one
// only where that is.
func TestListingScores(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 0))
	for range 10_000 {
		l := &listing{last: engine.Position{Score: random.Float64() * 10}, model: "m", weight: meaningWeight, cosMin: random.Float64() - .5}
		l.max = l.last.Score + random.Float64()*float64(random.IntN(2))
		l.cosMax = l.cosMin + random.Float64()*float64(random.IntN(2))
		c := candidate{words: l.last.Score + random.Float64()*(l.max-l.last.Score)*float64(random.IntN(2)), cosine: random.Float64()*3 - 2}
		published := time.Unix(int64(random.IntN(1e9)), 0)
		r := recency{halfLife: time.Duration(random.IntN(2)) * time.Hour * 24, now: time.Unix(1e9, 0)}
		p := l.parts(&c, r.decay(published))
		s := l.score(c.words, &p)
		if most := max(l.max, 2*l.last.Score) + 1e-9; s < l.last.Score || s > most || s == l.last.Score && c.words > s {
			t.Fatalf("%v of %+v by %+v", s, c, l)
		}
	}
}

func TestParseHalfLife(t *testing.T) {
	for in, want := range map[string]time.Duration{
		"": 0, "90d": 90 * 24 * time.Hour, "1h": time.Hour, "2w": 14 * 24 * time.Hour, "12m": 8766 * time.Hour, "100y": maxHalfLife,
		"0d": -1, "101y": -1, "d": -1, "-1d": -1, "1.5d": -1, "90": -1, "9s": -1, "99999999999d": -1,
	} {
		got, err := ParseHalfLife(in)
		if err != nil {
			got = -1
		}
		if got != want {
			t.Errorf("%q: %v, want %v", in, got, want)
		}
	}
}

func TestParseRanking(t *testing.T) {
	for in, want := range map[string]Ranking{"": RankDefault, "default": RankDefault, "words": RankWords, "Blend": RankBlend} {
		if got, err := ParseRanking(in); got != want || err != nil {
			t.Errorf("%q: %v, %v", in, got, err)
		}
	}
	if _, err := ParseRanking("bm25"); err == nil {
		t.Error("bm25 is a ranking")
	}
}

// What explains a score comes to it, and what explains a cosine to that.
func TestOrderExplained(t *testing.T) {
	ix := storyIndex(t, 400)
	snap := snapshotOf(t, ix)
	meant := withVectors(t, snap, learnFrom(t, snap))
	q := Query{Text: "ferry pilot ferry", Match: MatchAny, Explain: true, Limit: 7, Recency: 90 * 24 * time.Hour, ExactTotal: true}
	for range 3 {
		res := answer(t, meant, q)
		if res.RankedBy != RankBlend || len(res.Hits) != 7 {
			t.Fatalf("%d hits by %v", len(res.Hits), res.RankedBy)
		}
		for _, h := range res.Hits {
			b := h.Blend
			if b == nil {
				t.Fatalf("%s: no blend", h.ID)
			}
			words, cosine := 0.0, b.Feedback
			for _, p := range h.Explanation {
				words += p.Score
			}
			for _, term := range b.Terms {
				cosine += term.Cosine
			}
			score := b.WordsMin + ((1-b.Weight)*(b.Words-b.WordsMin)+b.Weight*(b.Meaning-b.WordsMin))*b.Decay
			if math.Abs(words-b.Words) > 1e-6 || math.Abs(cosine-b.Cosine) > 1e-6 || math.Abs(score-h.Score) > 1e-9 || len(b.Terms) != 2 {
				t.Errorf("%s: words %v, cosine %v, score %v of %v by %+v", h.ID, words, cosine, score, h.Score, b)
			}
		}
		q.Cursor = res.Cursor
	}
	q = Query{Text: "ferry pilot", Explain: true}
	if res := answer(t, snap, q); res.RankedBy != RankWords || res.Hits[0].Blend != nil {
		t.Errorf("without vectors: by %v", res.RankedBy)
	}
}

// Blend cannot be had without vectors.
func TestOrderWithoutVectors(t *testing.T) {
	ix := storyIndex(t, 7)
	if _, err := ix.Search(t.Context(), Query{Text: "ferry", Rank: RankBlend}); !errors.Is(err, ErrNoVectors) {
		t.Errorf("error %v", err)
	}
	for _, q := range []Query{{Rank: RankBlend + 1}, {Recency: -1}, {Recency: maxHalfLife + 1}} {
		if _, err := ix.Search(t.Context(), q); err == nil {
			t.Errorf("%+v was answered", q)
		}
	}
}
