package reader_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/bm25f"
	"github.com/newsq/newsq/internal/engine/local/reader"
	"github.com/newsq/newsq/internal/engine/local/reader/readertest"
	"github.com/newsq/newsq/internal/engine/local/schema"
	"github.com/newsq/newsq/internal/match"
)

// A set does what a map of its documents does.
func TestBitset(t *testing.T) {
	const docs = 200
	v := readertest.View(t, readertest.Generate(1, docs, 0))
	draw := func(t *rapid.T, name string) (reader.Bitset, map[uint32]bool) {
		b, m := v.Segments[0].NewBitset(), map[uint32]bool{}
		for _, doc := range rapid.SliceOf(rapid.Uint32Range(0, docs-1)).Draw(t, name) {
			b.Add(doc)
			m[doc] = true
		}
		return b, m
	}
	check := func(t *rapid.T, op string, b reader.Bitset, want func(doc uint32) bool) {
		var members []uint32
		for doc := range uint32(docs) {
			if b.Has(doc) != want(doc) {
				t.Fatalf("%s: document %d: %v", op, doc, b.Has(doc))
			}
			if want(doc) {
				members = append(members, doc)
			}
		}
		if got := b.AppendTo(nil); !slices.Equal(got, members) || b.Count() != len(members) || b.IsEmpty() != (len(members) == 0) {
			t.Fatalf("%s: %v, %d, want %v", op, got, b.Count(), members)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		a, inA := draw(t, "a")
		b, inB := draw(t, "b")
		common := 0
		for doc := range inA {
			if inB[doc] {
				common++
			}
		}
		if got := a.CountAnd(b); got != common {
			t.Fatalf("%d in common, want %d", got, common)
		}
		from, to := rapid.Uint32Range(0, docs).Draw(t, "from"), rapid.Uint32Range(0, docs).Draw(t, "to")
		next := from
		for next < to && !inA[next] {
			next++
		}
		next = min(next, to)
		if got := a.Next(from, to); got != next {
			t.Fatalf("the next of [%d, %d) is %d in %v", from, to, got, a.AppendTo(nil))
		}
		check(t, "a without b", a.Without(b), func(doc uint32) bool { return inA[doc] && !inB[doc] })
		check(t, "a", a, func(doc uint32) bool { return inA[doc] })
		for op, f := range map[string]struct {
			do   func(b, c reader.Bitset)
			want func(a, b bool) bool
		}{
			"and":     {reader.Bitset.And, func(a, b bool) bool { return a && b }},
			"or":      {reader.Bitset.Or, func(a, b bool) bool { return a || b }},
			"and not": {reader.Bitset.AndNot, func(a, b bool) bool { return a && !b }},
		} {
			c := slices.Clone(a)
			f.do(c, b)
			check(t, op, c, func(doc uint32) bool { return f.want(inA[doc], inB[doc]) })
		}
	})
}

// sources are the articles of two segments, of which some are deleted. An
// article of the second replaces one of the first.
func sources() [][]readertest.Article {
	first, second := readertest.Generate(1, 900, 5), readertest.Generate(2, 300, 0)
	for i := range first {
		first[i].Version, first[i].Entry = fmt.Sprint("v", i), fmt.Sprint("entry", i%7)
	}
	second[0].ID, first[3].ID, first[3].Deleted = "same", "same", true
	second[0].Version, second[0].Entry = "new", "entry9"
	return [][]readertest.Article{first, second}
}

// live are the articles that are not deleted.
func live(segments [][]readertest.Article) (all []readertest.Article) {
	for _, articles := range segments {
		for _, a := range articles {
			if !a.Deleted {
				all = append(all, a)
			}
		}
	}
	return all
}

// What is looked up by id is what the articles say.
func TestLookUpByID(t *testing.T) {
	segments := sources()
	v := readertest.View(t, segments...)
	all := live(segments)
	if v.Articles != len(all) {
		t.Errorf("%d articles, want %d", v.Articles, len(all))
	}
	byID := map[string]readertest.Article{}
	for _, a := range all {
		byID[a.ID] = a
	}
	for _, articles := range segments {
		for _, a := range articles {
			want, ok := byID[a.ID]
			got, err := v.Get(t.Context(), a.ID)
			if !ok {
				if !errors.Is(err, engine.ErrNotFound) {
					t.Fatalf("deleted article %s: %v", a.ID, err)
				}
				continue
			}
			if err != nil || got[0].Body != want.Body || got[0].ID != want.ID {
				t.Fatalf("article %s: %+v, %v", a.ID, got, err)
			}
		}
	}
}

// Ids with a prefix come in order, those of live articles only.
func TestIDsByPrefix(t *testing.T) {
	segments := sources()
	v := readertest.View(t, segments...)
	for _, prefix := range []string{"", "0", "01", "same", "zzz"} {
		var want, got []string
		for _, a := range live(segments) {
			if strings.HasPrefix(a.ID, prefix) {
				want = append(want, a.ID)
			}
		}
		slices.Sort(want)
		for id, err := range v.IDs(t.Context(), prefix) {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, id)
		}
		if !slices.Equal(got, want) {
			t.Errorf("prefix %q: %d ids, want %d", prefix, len(got), len(want))
		}
	}
}

// Document frequencies count live documents, the second time as the first.
func TestDocFreq(t *testing.T) {
	segments := sources()
	v := readertest.View(t, segments...)
	for i := range readertest.NumWords {
		word, want := readertest.Word(i), 0
		for _, a := range live(segments) {
			if slices.Contains(strings.Fields(a.Title+" "+a.Body), word) {
				want++
			}
		}
		for range 2 {
			if got, err := v.DocFreq(t.Context(), word, "nothing"); err != nil || got[0] != want || got[1] != 0 {
				t.Errorf("%s: %v, %v; want %d", word, got, err, want)
			}
		}
		set := 0
		for _, s := range v.Segments {
			b, err := s.TermSet(schema.FieldStem, word)
			if err != nil {
				t.Fatal(err)
			}
			set += b.Count()
			if list, err := s.AppendWith(nil, schema.FieldStem, word); err != nil || !slices.Equal(list, b.AppendTo(nil)) {
				t.Errorf("%s: %v, %v; want %v", word, list, err, b.AppendTo(nil))
			}
		}
		if set != want {
			t.Errorf("%s: a set of %d documents, want %d", word, set, want)
		}
	}
}

// The mean length is that of live articles.
func TestMeanLength(t *testing.T) {
	segments := sources()
	v := readertest.View(t, segments...)
	sum := 0
	for _, a := range live(segments) {
		sum += bm25f.WeightTitle*len(strings.Fields(a.Title)) + bm25f.WeightBody*len(strings.Fields(a.Body))
	}
	want := float64(sum) / float64(len(live(segments)))
	if got, err := v.MeanLength(); err != nil || got != want {
		t.Errorf("%v, %v; want %v", got, err, want)
	}
}

// The articles of a range of dates are those that the range contains.
func TestPublished(t *testing.T) {
	segments := sources()
	v := readertest.View(t, segments...)
	zone := time.FixedZone("east", 9*60*60)
	day := func(year, yearDay, hour int, in *time.Location) time.Time {
		return time.Date(year, 1, yearDay, hour, 0, 0, 0, in)
	}
	for _, p := range []match.Dates{
		{},
		{From: day(2021, 1, 0, time.UTC)},
		{To: day(2022, 40, 1, time.UTC)},
		{From: day(2021, 100, 0, zone), To: day(2023, 7, 0, zone)},
		{From: day(2021, 100, 13, zone), To: day(2021, 101, 2, zone)},
		{From: day(2022, 1, 0, time.UTC), To: day(2021, 1, 0, time.UTC)},
	} {
		for i, s := range v.Segments {
			got, err := s.Dated(p)
			if err != nil {
				t.Fatal(err)
			}
			for doc, a := range segments[i] {
				want := !a.Deleted && !a.Published.IsZero() && p.Contains(a.Published)
				if got.Has(uint32(doc)) != want {
					t.Fatalf("%v: document %d, published %v: %v", p, doc, a.Published, got.Has(uint32(doc)))
				}
			}
		}
	}
}

// A place leads back to its document, in the view that it is of and in no other.
func TestPlaces(t *testing.T) {
	segments := sources()
	v, other := readertest.View(t, segments...), readertest.View(t, segments...)
	for i, s := range v.Segments {
		for doc, a := range segments[i] {
			got, err := v.Load(t.Context(), &engine.Hit{Place: s.Place(uint32(doc))})
			if err != nil || got.ID != a.ID {
				t.Fatalf("document %d of segment %d is %q, %v; want %q", doc, i, got.ID, err, a.ID)
			}
		}
		beyond := s.Place(uint32(s.Docs))
		for name, load := range map[string]func() error{
			"beyond the last document": func() error { _, err := v.Load(t.Context(), &engine.Hit{Place: beyond}); return err },
			"of another view":          func() error { _, err := other.Load(t.Context(), &engine.Hit{Place: s.Place(0)}); return err },
		} {
			if err := load(); !errors.Is(err, engine.ErrNotFound) {
				t.Errorf("a place %s: %v", name, err)
			}
		}
	}
}

// A cached set is made once, and an error is not cached.
func TestCachedSet(t *testing.T) {
	s := readertest.View(t, readertest.Generate(1, 100, 0)).Segments[0]
	made := 0
	make := func() (reader.Bitset, error) {
		if made++; made == 1 {
			return nil, context.Canceled
		}
		return s.NewBitset(), nil
	}
	if _, err := s.CachedSet("a", make); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	for range 3 {
		if _, err := s.CachedSet("a", make); err != nil {
			t.Error(err)
		}
	}
	if made != 2 {
		t.Errorf("made %d times, want 2", made)
	}
}

// A stored article comes back whole.
func TestLoad(t *testing.T) {
	segments := sources()
	v := readertest.View(t, segments...)
	for i, s := range v.Segments {
		for doc, a := range segments[i] {
			st, err := s.Load(uint32(doc))
			if err != nil {
				t.Fatal(err)
			}
			want := corpus.Article{ID: a.ID, Title: a.Title, Body: a.Body, Published: a.Published, Source: a.Source}
			if got := st.Article; got.ID != want.ID || got.Title != want.Title || got.Body != want.Body || got.Source != want.Source ||
				!got.Published.Equal(want.Published) || st.Entry != a.Entry {
				t.Fatalf("document %d: %+v, want %+v", doc, got, want)
			}
		}
	}
}
