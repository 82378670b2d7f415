package segment

import (
	"bytes"
	"maps"
	"slices"
	"testing"

	"github.com/blevesearch/vellum"
	"pgregory.net/rapid"
)

// TestFSTGet holds fstGet to vellum's own Get, for terms that are there and
// others.
func TestFSTGet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		some := rapid.OneOf(
			rapid.StringMatching(`[a-c]{0,6}`), rapid.StringMatching(`[a-z0-9/:.]{1,12}`),
			rapid.Map(rapid.SliceOfN(rapid.Byte(), 1, 3), func(b []byte) string { return string(b) }),
		)
		values := map[string]uint64{}
		for _, term := range rapid.SliceOfN(some, 0, 400).Draw(t, "terms") {
			values[term] = rapid.OneOf(rapid.Uint64Range(0, 3), rapid.Uint64()).Draw(t, "value")
		}
		checkFSTGet(t, values, rapid.SliceOfN(some, 0, 50).Draw(t, "others"))
	})
	every := map[string]uint64{}
	for a := range 256 {
		every[string([]byte{byte(a)})] = uint64(a)
		every[string([]byte{'x', byte(a), 'y'})] = uint64(a) << 40
	}
	checkFSTGet(t, every, nil)
}

func checkFSTGet(t interface {
	Helper()
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}, values map[string]uint64, others []string,
) {
	t.Helper()
	var b bytes.Buffer
	builder, err := vellum.New(&b, &fstOptions)
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
	fst, err := vellum.Load(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	f := &field{seg: &Segment{}, fst: b.Bytes(), terms: uint64(len(values))}
	for _, term := range append(slices.Sorted(maps.Keys(values)), others...) {
		want, there, err := fst.Get([]byte(term))
		if err != nil {
			t.Fatal(err)
		}
		got, ok, err := f.fstGet([]byte(term))
		if err != nil || ok != there || ok && got != want {
			t.Fatalf("%q: %d %v %v, want %d %v", term, got, ok, err, want, there)
		}
	}
}
