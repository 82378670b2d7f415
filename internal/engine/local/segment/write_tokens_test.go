package segment_test

import (
	"bytes"
	"fmt"
	"testing"

	index "github.com/blevesearch/bleve_index_api"

	"github.com/newsq/newsq/internal/engine/local/segment"
	"github.com/newsq/newsq/internal/termsort"
)

// vocabulary numbers tokens as they come. Fields leave out id 0.
type vocabulary struct {
	ids   map[string]uint32
	terms []string
	order termsort.Order
}

func newVocabulary() *vocabulary {
	return &vocabulary{ids: map[string]uint32{}, terms: []string{""}}
}

func (v *vocabulary) id(term string) uint32 {
	c, ok := v.ids[term]
	if !ok {
		c = uint32(len(v.terms))
		v.ids[term] = c
		v.terms = append(v.terms, term)
	}
	return c
}

// view is the vocabulary as it was when it had n terms.
type view struct {
	*vocabulary
	n int
}

func (v view) Identity() any   { return v.vocabulary }
func (v view) Size() int       { return v.n }
func (v view) Terms() []string { return v.terms[:v.n] }

// TermOf leaves out the first one.
func (v view) TermOf() []uint32 {
	of := make([]uint32, v.n)
	for id := 1; id < v.n; id++ {
		of[id] = uint32(id) + 1
	}
	return of
}

// Sorted has all terms, also those that came later.
func (v view) Sorted() []termsort.Term { return v.order.Of(v.terms) }

// tokenField is a field that hands over its terms as token ids.
type tokenField struct {
	field
	ids segment.TokenIDs
}

func (f *tokenField) TokenIDs() segment.TokenIDs { return f.ids }

// tokenField makes a field of token ids of a flat one. Without positions, ids
// that are left out lie between.
func (v *vocabulary) tokenField(f *flatField) *tokenField {
	c := &tokenField{field: f.field, ids: segment.TokenIDs{Positions: f.flat.Positions != nil}}
	for i, term := range f.flat.Terms {
		run := segment.TokenRun{Freq: 1}
		if c.ids.Positions {
			run.First = f.flat.Positions[i]
		} else {
			run.Freq = f.flat.Freqs[i]
			if i%3 == 0 {
				c.ids.IDs = append(c.ids.IDs, 0)
			}
		}
		c.ids.IDs = append(c.ids.IDs, v.id(term))
		if n := len(c.ids.Runs); n > 0 && (!c.ids.Positions || f.flat.Positions[i-1]+1 == run.First) {
			c.ids.Runs[n-1].End = len(c.ids.IDs)
			continue
		}
		run.End = len(c.ids.IDs)
		c.ids.Runs = append(c.ids.Runs, run)
	}
	c.ids.Vocabulary = view{v, len(v.terms)}
	return c
}

func buildAll(t testing.TB, docs []index.Document) *segment.Segment {
	t.Helper()
	s, _, err := segment.Plugin{}.New(docs)
	if err != nil {
		t.Fatal(err)
	}
	return segmentOf(t, s)
}

// TestTokenIDs: token ids of several vocabularies make the segment that terms
// make, to the byte, also where some documents have their terms in another
// form.
func TestTokenIDs(t *testing.T) {
	for _, tt := range []struct {
		name  string
		plans []plan
		mixed bool
	}{
		{"alike", plans(700, 31), false},
		{"mixed", plans(700, 32), true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if !tt.mixed {
				for i := range tt.plans {
					tt.plans[i].odd, tt.plans[i].twice = false, false
				}
			}
			build := func(docs []index.Document) []byte {
				s := buildAll(t, docs)
				return segment.Bytes(s)
			}
			want := build(makeAll(tt.plans, true))
			vocabularies := []*vocabulary{newVocabulary(), newVocabulary()}
			docs := makeAll(tt.plans, true)
			for i, d := range docs {
				fields := d.(*doc).fields
				for k, f := range fields {
					if flat, ok := f.(*flatField); ok {
						fields[k] = vocabularies[i/10%2].tokenField(flat)
					}
				}
			}
			if got := build(docs); !bytes.Equal(got, want) {
				t.Errorf("%d bytes differ from %d", len(got), len(want))
			}
		})
	}
}

// TestTokenIDsRepeated: runs of a document that go back, or overlap, make the
// postings that their terms make.
func TestTokenIDsRepeated(t *testing.T) {
	v := newVocabulary()
	for i, runs := range [][]segment.TokenRun{
		{{End: 2, First: 1, Freq: 1}, {End: 4, First: 9, Freq: 1}},
		{{End: 2, First: 9, Freq: 1}, {End: 4, First: 1, Freq: 1}},
		{{End: 2, First: 1, Freq: 1}, {End: 4, First: 2, Freq: 1}},
		{{End: 4, First: 1<<32 - 2, Freq: 1}},
	} {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			a, b := v.id("a"), v.id("b")
			c := &tokenField{
				field{name: "f", options: index.IndexField | index.IncludeTermVectors, length: 4},
				segment.TokenIDs{
					Vocabulary: view{v, len(v.terms)}, IDs: []uint32{a, b, a, b},
					Runs: runs, Positions: true,
				},
			}
			f := &flatField{field: c.field}
			start := 0
			for _, r := range runs {
				for k := range r.End - start {
					f.flat.Terms = append(f.flat.Terms, v.terms[c.ids.IDs[start+k]])
					f.flat.Positions = append(f.flat.Positions, r.First+uint32(k))
				}
				start = r.End
			}
			build := func(f index.Field) []byte {
				p := plan{id: "1"}.make(true).(*doc)
				p.fields = append(p.fields, f)
				return segment.Bytes(buildAll(t, []index.Document{p}))
			}
			if !bytes.Equal(build(c), build(f)) {
				t.Error("segments differ")
			}
		})
	}
}

// BenchmarkBuildTokenIDs builds from token ids what BenchmarkBuildFlat builds
// from terms: documents of some hundred words, one after the other.
func BenchmarkBuildTokenIDs(b *testing.B) { benchmarkBuild(b, true) }

// BenchmarkBuildFlat is for comparison.
func BenchmarkBuildFlat(b *testing.B) { benchmarkBuild(b, false) }

func benchmarkBuild(b *testing.B, tokenIDs bool) {
	all := plans(10000, 21)
	for i := range 1000 { // ten in one
		p := &all[i]
		p.gap, p.odd, p.twice = 0, false, false
		for k := range 9 {
			p.words = append(p.words, all[1000+9*i+k].words...)
		}
	}
	v := newVocabulary()
	docs := makeAll(all[:1000], true)
	for _, d := range docs {
		fields := d.(*doc).fields
		for k, f := range fields {
			if flat, ok := f.(*flatField); ok && tokenIDs {
				fields[k] = v.tokenField(flat)
			}
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := (segment.Plugin{}).New(docs); err != nil {
			b.Fatal(err)
		}
	}
}
