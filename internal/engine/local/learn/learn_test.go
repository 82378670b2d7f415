package learn_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/RoaringBitmap/roaring/v2"

	"github.com/newsq/newsq/internal/embed"
	"github.com/newsq/newsq/internal/engine/local/learn"
	"github.com/newsq/newsq/internal/engine/local/reader"
	"github.com/newsq/newsq/internal/engine/local/reader/readertest"
	"github.com/newsq/newsq/internal/engine/local/vectors"
)

// articles are of two segments, with a deleted one among them.
var articles = [][]readertest.Article{
	{
		{ID: "1", Title: "missile launch", Body: "the launch of a missile over the sea"},
		{ID: "2", Body: "missile deterrence launch", Deleted: true},
		{ID: "3", Body: "interest rates rise"},
		{ID: "4", Body: ""},
	},
	{
		{ID: "5", Body: "rates and interest of banks, interest above all"},
		{ID: "6", Body: "the sea, the sea"},
	},
}

func weighting(t *testing.T, v *reader.View) embed.Weighting {
	t.Helper()
	w, err := learn.Weighting(v)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// cells returns what a matrix holds, by term and row.
func cells(t *testing.T, m *learn.Matrix) map[string]float32 {
	t.Helper()
	all := map[string]float32{}
	last := ""
	for c, err := range m.Columns(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		if c.Term <= last || !slices.IsSorted(c.Rows) {
			t.Errorf("%q comes behind %q, with the rows %v", c.Term, last, c.Rows)
		}
		last = c.Term
		for i, row := range c.Rows {
			all[fmt.Sprint(c.Term, " ", row)] = c.Weights[i]
		}
	}
	return all
}

// The matrix has the terms of live articles of all segments, in whatever segment they
// lie, and deleted ones not. Rows are in the order of the hashes of ids: 5, 4, 6, 1, 3.
func TestMatrix(t *testing.T) {
	v := readertest.View(t, articles...)
	w := weighting(t, v)
	m, err := learn.NewMatrix(t.Context(), v, w, 100)
	if err != nil || m.Rows() != 5 {
		t.Fatalf("%d rows, %v", m.Rows(), err)
	}
	got := cells(t, m)
	for cell, want := range map[string]float32{
		"sea 3": w.Weight(2, v.Segments[0].Norms()[0]), "sea 2": w.Weight(4, v.Segments[1].Norms()[1]),
		"missil 3":   w.Weight(5+2, v.Segments[0].Norms()[0]),
		"interest 4": w.Weight(2, v.Segments[0].Norms()[2]), "interest 0": w.Weight(4, v.Segments[1].Norms()[0]),
	} {
		if got[cell] != want {
			t.Errorf("%s is %v, want %v; there are %v", cell, got[cell], want, got)
		}
	}
	if slices.ContainsFunc(slices.Collect(maps.Keys(got)), func(cell string) bool { return strings.HasPrefix(cell, "deterr") }) || len(got) != len(cells(t, m)) {
		t.Errorf("a deleted article is there, or the matrix changed: %v", got)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, err := range m.Columns(ctx) {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("columns of a context that ended: %v", err)
		}
	}
}

// A sample has as many articles as it may, and the matrix is the same however they are
// spread over segments.
func TestMatrixOfSample(t *testing.T) {
	var one, two, three []readertest.Article
	for i := range 90 {
		a := readertest.Article{ID: fmt.Sprint(i), Body: fmt.Sprint("word", i, " every")}
		one = append(one, a)
		if i%2 == 0 {
			two = append(two, a)
		} else {
			three = append(three, a)
		}
	}
	var samples [2]map[string]float32
	for i, v := range []*reader.View{readertest.View(t, one), readertest.View(t, two, three)} {
		m, err := learn.NewMatrix(t.Context(), v, weighting(t, v), 40)
		if err != nil || m.Rows() != 40 {
			t.Fatalf("%d rows, %v", m.Rows(), err)
		}
		samples[i] = cells(t, m)
	}
	// A word of each one's own, and one that all have.
	if !maps.Equal(samples[0], samples[1]) || len(samples[0]) != 80 {
		t.Errorf("samples of %d and %d cells differ: %v, %v", len(samples[0]), len(samples[1]), samples[0], samples[1])
	}
}

// The vector of an article is the sum of its terms' vectors by their weights, and the same
// in whatever segment it lies.
func TestFold(t *testing.T) {
	v := readertest.View(t, articles...)
	m := train(t, v)
	merged := readertest.View(t, slices.Concat(articles...))
	one := foldAll(t, merged, m)
	byID := map[string]embed.Vector{}
	for id, x := range foldAll(t, v, m) {
		byID[id] = x
		if !slices.Equal(one[id], x) {
			t.Errorf("article %s has another vector when segments are merged", id)
		}
	}
	if len(byID) != 6 || len(one) != 6 {
		t.Errorf("%d and %d vectors, want 6", len(byID), len(one))
	}
	sums := embed.NewSums(1)
	for _, term := range []string{"interest", "rate"} {
		x, known := m.Term(term)
		if !known {
			t.Fatalf("%q is not known", term)
		}
		sums.Add(0, m.Weight(2, v.Segments[0].Norms()[2]), x)
	}
	if x := sums.Vector(0); !slices.Equal(byID["3"], x) {
		t.Errorf("vector of 3 is %v, want %v", byID["3"], x)
	}
	if x := byID["4"]; !x.IsZero() {
		t.Errorf("an empty article has the vector %v", x)
	}
}

// What is copied from the vectors of merged segments is what would be folded in, to the
// byte, whichever of them have vectors.
func TestFoldMerged(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	var parts [][]readertest.Article
	var kept []readertest.Article
	var drops []*roaring.Bitmap
	for i := range 4 {
		var part []readertest.Article
		drop := roaring.New()
		for k := range 50 {
			var words []string
			for range random.IntN(30) {
				words = append(words, fmt.Sprintf("word%d", random.IntN(40)))
			}
			a := readertest.Article{ID: fmt.Sprintf("%d.%d", i, k), Body: strings.Join(words, " ")}
			part = append(part, a)
			if i != 1 && random.IntN(5) == 0 {
				drop.Add(uint32(k))
			} else {
				kept = append(kept, a)
			}
		}
		parts, drops = append(parts, part), append(drops, drop)
	}
	drops[1] = nil
	v := readertest.View(t, parts...)
	m := train(t, v)
	target := readertest.View(t, kept).Segments[0].Raw
	folded := func(merged []learn.MergedVectors) []byte {
		path := filepath.Join(t.TempDir(), "a.vec")
		if err := learn.Fold(t.Context(), target, m, vectors.SegmentID{Bytes: 7}, path, merged); err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	want := folded(nil)
	for present := range 1 << len(parts) {
		var merged []learn.MergedVectors
		for i, seg := range v.Segments {
			from := learn.MergedVectors{Docs: uint32(seg.Docs), Drops: drops[i]}
			if present>>i&1 != 0 {
				path := filepath.Join(t.TempDir(), "a.vec")
				if err := learn.Fold(t.Context(), seg.Raw, m, vectors.SegmentID{}, path, nil); err != nil {
					t.Fatal(err)
				}
				f, err := vectors.Open(path)
				if err != nil {
					t.Fatal(err)
				}
				defer f.Close()
				from.File = f
			}
			merged = append(merged, from)
		}
		if !bytes.Equal(folded(merged), want) {
			t.Errorf("with the vectors of segments %04b, the file is another one", present)
		}
	}
	if !bytes.Equal(folded([]learn.MergedVectors{{Docs: 3}}), want) {
		t.Error("a merge of other documents changes the file")
	}
}

func train(t *testing.T, v *reader.View) *embed.Model {
	t.Helper()
	w := weighting(t, v)
	matrix, err := learn.NewMatrix(t.Context(), v, w, 100)
	if err != nil {
		t.Fatal(err)
	}
	m, err := embed.Train(t.Context(), matrix, embed.Options{Weighting: w, Trained: time.Unix(0, 0)})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// foldAll returns the vectors of all articles by id, and checks what is said of tokens.
func foldAll(t *testing.T, v *reader.View, m *embed.Model) map[string]embed.Vector {
	t.Helper()
	found := map[string]embed.Vector{}
	var tokens, unknown uint64
	for i, seg := range v.Segments {
		path := filepath.Join(t.TempDir(), "a.vec")
		if err := learn.Fold(t.Context(), seg.Raw, m, vectors.SegmentID{Bytes: int64(i)}, path, nil); err != nil {
			t.Fatal(err)
		}
		f, err := vectors.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		if f.Docs != seg.Docs || f.Segment.Bytes != int64(i) || f.Model != m.ID() {
			t.Errorf("segment %d: %+v", i, f.Info)
		}
		for doc := range uint32(seg.Docs) {
			id, err := seg.Raw.DocID(uint64(doc))
			if err != nil {
				t.Fatal(err)
			}
			x, err := f.At(doc)
			if err != nil || x == nil {
				t.Fatalf("article %s: %v, %v", id, x, err)
			}
			found[string(id)] = slices.Clone(x)
		}
		tokens += f.Tokens
		unknown += f.Unknown
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}
	// In doubled units. Those of two live articles are known: sea 2 and 4, rates 2 and 2,
	// interest 2 and 4.
	if tokens != 46 || unknown != 46-16 {
		t.Errorf("%d of %d tokens are unknown", unknown, tokens)
	}
	return found
}
