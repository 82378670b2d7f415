package segment

import (
	"bytes"
	"errors"
	"maps"
	"slices"
	"testing"

	"github.com/blevesearch/vellum"
	"pgregory.net/rapid"
)

// TestFST holds fstBuilder to vellum's builder, fstGet to its Get, for terms that are
// there and others, and fstWalk to all terms.
func TestFST(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		some := rapid.OneOf(
			rapid.StringMatching(`[a-c]{0,6}`), rapid.StringMatching(`[a-z0-9/:.]{1,12}`),
			rapid.Map(rapid.SliceOfN(rapid.Byte(), 1, 3), func(b []byte) string { return string(b) }),
		)
		values := map[string]uint64{}
		for _, term := range rapid.SliceOfN(some, 0, 400).Draw(t, "terms") {
			values[term] = rapid.OneOf(rapid.Uint64Range(0, 3), rapid.Uint64()).Draw(t, "value")
		}
		checkFST(t, values, rapid.SliceOfN(some, 0, 50).Draw(t, "others"))
	})
	every := map[string]uint64{}
	for a := range 256 {
		every[string([]byte{byte(a)})] = uint64(a)
		every[string([]byte{'x', byte(a), 'y'})] = uint64(a) << 40
	}
	checkFST(t, every, nil)
}

func checkFST(t interface {
	Helper()
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}, values map[string]uint64, others []string,
) {
	t.Helper()
	want := vellumFST(t, values)
	builder := newFSTBuilder()
	for range 2 { // the second time in memory that was used
		builder.reset()
		for _, term := range slices.Sorted(maps.Keys(values)) {
			if err := builder.insert([]byte(term), values[term]); err != nil {
				t.Fatal(err)
			}
		}
		if got := builder.finish(); !bytes.Equal(got, want) {
			t.Fatalf("FST of %v is %x, want %x", values, got, want)
		}
	}
	fst, err := vellum.Load(want)
	if err != nil {
		t.Fatal(err)
	}
	f := &field{seg: &Segment{}, fst: want, terms: uint64(len(values))}
	for _, term := range append(slices.Sorted(maps.Keys(values)), others...) {
		want, there, err := fst.Get([]byte(term))
		if err != nil {
			t.Fatal(err)
		}
		got, ok, err := f.fstGet([]byte(term))
		if err != nil || ok != there || ok && got != want {
			t.Fatalf("%q: %d %v %v, want %d %v", term, got, ok, err, want, there)
		}
		f.longestTerm = max(f.longestTerm, len(term))
	}
	w := f.walk()
	for _, term := range slices.Sorted(maps.Keys(values)) {
		if ok, err := w.next(); !ok || err != nil || string(w.term) != term || w.value != values[term] {
			t.Fatalf("walk comes to %q: %d %v %v, want %q: %d", w.term, w.value, ok, err, term, values[term])
		}
	}
	for range 2 {
		if ok, err := w.next(); ok || err != nil {
			t.Fatalf("walk goes on to %q: %v", w.term, err)
		}
	}
}

// vellumFST returns the FST that vellum makes.
func vellumFST(t interface{ Fatal(args ...any) }, values map[string]uint64) []byte {
	var b bytes.Buffer
	builder, err := vellum.New(&b, &vellum.BuilderOpts{Encoder: 1, RegistryTableSize: 0, RegistryMRUSize: 1})
	if err != nil {
		t.Fatal(err)
	}
	for _, term := range slices.Sorted(maps.Keys(values)) {
		if err := builder.Insert([]byte(term), values[term]); err != nil {
			t.Fatal(err)
		}
	}
	if err := builder.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestFSTWalkDamaged goes through FSTs of which any byte may be wrong: a walk ends, and
// takes no more steps than there are bytes.
func TestFSTWalkDamaged(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := map[string]uint64{}
		longest := 0
		for i, term := range rapid.SliceOfN(rapid.StringMatching(`[a-d]{0,5}`), 1, 60).Draw(t, "terms") {
			values[term], longest = uint64(i)<<4, max(longest, len(term))
		}
		fst := vellumFST(t, values)
		for range rapid.IntRange(1, 4).Draw(t, "damage") {
			fst[rapid.IntRange(0, len(fst)-1).Draw(t, "at")] = rapid.Byte().Draw(t, "byte")
		}
		fst = fst[:rapid.IntRange(0, len(fst)).Draw(t, "length")]
		f := &field{seg: &Segment{}, fst: fst, longestTerm: longest}
		w := f.walk()
		for n := 0; ; n++ {
			ok, err := w.next()
			if err != nil && !errors.Is(err, ErrDamaged) {
				t.Fatal(err)
			}
			if !ok {
				return
			}
			if n > len(fst) || len(w.term) > longest {
				t.Fatalf("%d terms of %d bytes, %q the last", n, len(fst), w.term)
			}
		}
	})
}
