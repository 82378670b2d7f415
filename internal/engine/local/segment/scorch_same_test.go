package segment_test

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"slices"
	"sync"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"
	index "github.com/blevesearch/bleve_index_api"
	api "github.com/blevesearch/scorch_segment_api/v2"
	"github.com/blevesearch/vellum/levenshtein"
	zap "github.com/blevesearch/zapx/v17"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/newsq/newsq/internal/engine/local/segment"
)

// The slow equivalent of a segment is bleve's own, of the same documents. What
// both say is written down in plain structs and compared.

type postingOf struct {
	Doc, Freq, Length uint64
	Norm              float64
	Locations         []locationOf
}

type locationOf struct {
	Field           string
	Pos, Start, End uint64
	Array           []uint64
}

type storedOf struct {
	Field string
	Type  byte
	Value string
	Array []uint64
}

type normed interface{ NormUint64() uint64 }

// postingsOf reads the rest of an iterator.
func postingsOf(t testing.TB, it api.PostingsIterator) []postingOf {
	t.Helper()
	var all []postingOf
	for {
		p, err := it.Next()
		if err != nil {
			t.Fatal(err)
		}
		if p == nil {
			return all
		}
		all = append(all, plain(p))
	}
}

func plain(p api.Posting) postingOf {
	q := postingOf{Doc: p.Number(), Freq: p.Frequency(), Norm: p.Norm(), Length: p.(normed).NormUint64()}
	for _, l := range p.Locations() {
		q.Locations = append(q.Locations, locationOf{
			l.Field(), l.Pos(), l.Start(), l.End(), append([]uint64(nil), l.ArrayPositions()...),
		})
	}
	return q
}

func termsOf(t testing.TB, it api.DictionaryIterator) []index.DictEntry {
	t.Helper()
	var all []index.DictEntry
	for {
		e, err := it.Next()
		if err != nil {
			t.Fatal(err)
		}
		if e == nil {
			return all
		}
		all = append(all, *e)
	}
}

// diff compares what two segments say, nil and empty being alike.
func diff(t testing.TB, what string, got, want any) {
	t.Helper()
	if reflect.DeepEqual(got, want) { // much faster
		return
	}
	if d := cmp.Diff(want, got, cmpopts.EquateEmpty()); d != "" {
		t.Fatalf("%s (-zap +newsq):\n%s", what, d)
	}
}

func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// sameSegments holds a segment to another in all that the interfaces offer.
func sameSegments(t testing.TB, got, want api.Segment, random *rand.Rand) {
	t.Helper()
	diff(t, "count", got.Count(), want.Count())
	diff(t, "fields", got.Fields(), want.Fields())
	ids := []string{"", "absent", "\xff\xff"}
	for doc := range want.Count() + 1 {
		id := must(want.DocID(doc))(t)
		diff(t, "id", string(must(got.DocID(doc))(t)), string(id))
		if random.IntN(2) == 0 {
			ids = append(ids, string(id))
		}
		if doc < want.Count() {
			diff(t, "stored", stored(t, got, doc), stored(t, want, doc))
		}
	}
	if want.Count() > 0 { // zap fails over an empty dictionary
		diff(t, "numbers", must(got.DocNumbers(ids))(t).ToArray(), must(want.DocNumbers(ids))(t).ToArray())
	}
	for _, field := range append(want.Fields(), "no such field") {
		sameField(t, field, got, want, random)
	}
	sameDocValues(t, got, want)
}

func stored(t testing.TB, s api.Segment, doc uint64) []storedOf {
	var all []storedOf
	err := s.VisitStoredFields(doc, func(field string, typ byte, value []byte, array []uint64) bool {
		all = append(all, storedOf{field, typ, string(value), slices.Clone(array)})
		return true
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func sameField(t testing.TB, field string, got, want api.Segment, random *rand.Rand) {
	t.Helper()
	g, w := must(got.Dictionary(field))(t), must(want.Dictionary(field))(t)
	diff(t, "cardinality of "+field, g.Cardinality(), w.Cardinality())
	// zap's iterator gives 1 for every term after one with a single posting.
	counted := func(all []index.DictEntry) []index.DictEntry {
		for i := range all {
			all[i].Count = must(w.PostingsList([]byte(all[i].Term), nil, nil))(t).Count()
		}
		return all
	}
	terms := counted(termsOf(t, w.AutomatonIterator(nil, nil, nil)))
	diff(t, "terms of "+field, termsOf(t, g.AutomatonIterator(nil, nil, nil)), terms)
	if len(terms) == 0 {
		return
	}
	for range 4 {
		from := []byte(terms[random.IntN(len(terms))].Term)
		to := append([]byte(terms[random.IntN(len(terms))].Term), "ab"[:random.IntN(3)]...)
		if slices.Compare(from, to) < 0 {
			diff(t, "range", termsOf(t, g.AutomatonIterator(nil, from, to)), counted(termsOf(t, w.AutomatonIterator(nil, from, to))))
			diff(t, "from", termsOf(t, g.AutomatonIterator(nil, from, nil)), counted(termsOf(t, w.AutomatonIterator(nil, from, nil))))
		} else if got := termsOf(t, g.AutomatonIterator(nil, from, to)); len(got) > 0 {
			t.Errorf("%s: from %q to %q are %v", field, from, to, got)
		}
		a := automaton(t, string(from))
		diff(t, "fuzzy", termsOf(t, g.AutomatonIterator(a, nil, nil)), counted(termsOf(t, w.AutomatonIterator(a, nil, nil))))
		omit := func(d api.TermDictionary) []index.DictEntry {
			return termsOf(t, d.(interface {
				AutomatonIteratorOmitCount(a api.Automaton, from, to []byte) api.DictionaryIterator
			}).AutomatonIteratorOmitCount(a, nil, to))
		}
		diff(t, "fuzzy without counts", omit(g), omit(w))
	}
	const sample = 20
	if len(terms) > sample {
		random.Shuffle(len(terms), func(i, j int) { terms[i], terms[j] = terms[j], terms[i] })
		terms = terms[:sample]
	}
	var gl, wl api.PostingsList
	var gi, wi api.PostingsIterator
	for _, e := range append(terms, index.DictEntry{Term: "no such term"}) {
		except := someOf(random, want.Count(), random.IntN(3))
		diff(t, "contains", must(g.Contains([]byte(e.Term)))(t), must(w.Contains([]byte(e.Term)))(t))
		gl = must(g.PostingsList([]byte(e.Term), except, gl))(t)
		wl = must(w.PostingsList([]byte(e.Term), except, wl))(t)
		diff(t, "postings of "+field+":"+e.Term, gl.Count(), wl.Count())
		for _, with := range [][3]bool{{}, {true}, {true, true, true}} {
			gi = gl.Iterator(with[0], with[1], with[2], gi)
			wi = wl.Iterator(with[0], with[1], with[2], wi)
			samePostings(t, gl, wl, gi, wi, with, random)
		}
	}
}

// samePostings walks the postings of two lists to the end, by leaps, and
// within a set of documents.
func samePostings(t testing.TB, gl, wl api.PostingsList, gi, wi api.PostingsIterator, with [3]bool, random *rand.Rand) {
	t.Helper()
	all := postingsOf(t, wi)
	diff(t, "postings", postingsOf(t, gi), all)
	if len(all) == 0 {
		return
	}
	last := all[len(all)-1].Doc
	gi, wi = gl.Iterator(with[0], with[1], with[2], nil), wl.Iterator(with[0], with[1], with[2], nil)
	for doc := uint64(random.IntN(5)); doc < last+3; doc += 1 + uint64(random.IntN(1+int(last)/5)) {
		g, w := must(gi.Advance(doc))(t), must(wi.Advance(doc))(t)
		if g == nil || w == nil {
			diff(t, "end", g == nil, w == nil)
			break
		}
		diff(t, "advance", plain(g), plain(w))
		doc = w.Number()
	}
	gi, wi = gl.Iterator(with[0], with[1], with[2], nil), wl.Iterator(with[0], with[1], with[2], nil)
	g, w := gi.(api.OptimizablePostingsIterator), wi.(api.OptimizablePostingsIterator)
	if _, single := w.DocNum1Hit(); single {
		return
	}
	diff(t, "bitmap", g.ActualBitmap().ToArray(), w.ActualBitmap().ToArray())
	only := someOf(random, last+1, 2)
	only.And(w.ActualBitmap())
	g.ReplaceActual(only)
	w.ReplaceActual(only)
	diff(t, "within", postingsOf(t, gi), postingsOf(t, wi))
}

// someOf is nil, nothing, or a random set of numbers below n.
func someOf(random *rand.Rand, n uint64, how int) *roaring.Bitmap {
	if how == 0 {
		return nil
	}
	set := roaring.New()
	if how == 2 {
		for range n / 3 {
			set.Add(uint32(random.Uint64N(n)))
		}
	}
	return set
}

var levenshteinBuilder = sync.OnceValues(func() (*levenshtein.LevenshteinAutomatonBuilder, error) {
	return levenshtein.NewLevenshteinAutomatonBuilder(1, true)
})

func automaton(t testing.TB, term string) api.Automaton {
	return must(must(levenshteinBuilder())(t).BuildDfa(term, 1))(t)
}

func sameDocValues(t testing.TB, got, want api.Segment) {
	t.Helper()
	g, w := got.(api.DocValueVisitable), want.(api.DocValueVisitable)
	fields := must(g.VisitableDocValueFields())(t)
	written := must(w.VisitableDocValueFields())(t) // which takes a document
	if len(written) == 0 {
		return // zap panics
	}
	for _, f := range written {
		if !slices.Contains(fields, f) {
			t.Fatalf("%s has no doc values", f)
		}
	}
	var gs, ws api.DocVisitState
	for doc := range want.Count() {
		var gv, wv []string
		visit := func(to *[]string) index.DocValueVisitor {
			return func(field string, term []byte) { *to = append(*to, field+":"+string(term)) }
		}
		gs = must(g.VisitDocValues(doc, want.Fields(), visit(&gv), gs))(t)
		ws = must(w.VisitDocValues(doc, want.Fields(), visit(&wv), ws))(t)
		diff(t, "doc values", gv, wv)
	}
}

// pair is a segment and zap's of the same documents.
type pair struct{ got, want api.Segment }

func newPair(t testing.TB, docs func() []index.Document) pair {
	t.Helper()
	got, n, err := segment.Plugin{}.New(docs())
	if err != nil {
		t.Fatal(err)
	}
	if n == 0 || got.Size() < int(n) {
		t.Errorf("size %d of %d bytes", got.Size(), n)
	}
	want, _, err := (&zap.ZapPlugin{}).New(docs()) // zap changes documents: it needs its own
	if err != nil {
		t.Fatal(err)
	}
	return pair{got, want}
}

// reopened is p written to files and opened again.
func (p pair) reopened(t testing.TB) pair {
	t.Helper()
	path := filepath.Join(t.TempDir(), "segment")
	for s, path := range map[api.Segment]string{p.got: path, p.want: path + ".zap"} {
		if err := s.(api.UnpersistedSegment).Persist(path); err != nil {
			t.Fatal(err)
		}
	}
	return openPair(t, path)
}

func openPair(t testing.TB, path string) pair {
	t.Helper()
	p := pair{must(segment.Plugin{}.Open(path))(t), must((&zap.ZapPlugin{}).Open(path + ".zap"))(t)}
	t.Cleanup(func() {
		for _, s := range []api.Segment{p.got, p.want} {
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		}
	})
	s, _ := segment.Unwrap(p.got)
	if err := s.Verify(); err != nil {
		t.Fatal(err)
	}
	if p.got.(api.PersistedSegment).Path() != path {
		t.Errorf("path %s", p.got.(api.PersistedSegment).Path())
	}
	return p
}

// merged is pairs merged without drops.
func merged(t testing.TB, pairs []pair, drops []*roaring.Bitmap) pair {
	t.Helper()
	path := filepath.Join(t.TempDir(), "merged")
	var got, want []api.Segment
	for _, p := range pairs {
		got, want = append(got, p.got), append(want, p.want)
	}
	closeCh := make(chan struct{})
	numbers, n, err := segment.Plugin{}.Merge(got, drops, path, closeCh, nil)
	if err != nil {
		t.Fatal(err)
	}
	if n == 0 {
		t.Error("no bytes written")
	}
	wanted, _, err := (&zap.ZapPlugin{}).Merge(want, drops, path+".zap", closeCh, nil)
	if err != nil {
		t.Fatal(err)
	}
	diff(t, "new numbers", numbers, wanted)
	return openPair(t, path)
}

func newRandom(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 1)) }

func id(i int) string { return fmt.Sprintf("%04x", i*7919%65536) }
