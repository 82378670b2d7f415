package segment_test

import (
	"bytes"
	"encoding/binary"
	"io"
	"path/filepath"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"
	api "github.com/blevesearch/scorch_segment_api/v2"

	"github.com/newsq/newsq/internal/engine/local/segment"
)

// FuzzOpen reads all that bytes hold which open as a segment. Nothing may
// panic, and answers lie within their limits.
func FuzzOpen(f *testing.F) {
	f.Add([]byte("newsqseg"), false)
	f.Add(bytesOf(f, 3, 1), false)
	f.Add(bytesOf(f, 150, 2), true)
	f.Fuzz(func(t *testing.T, b []byte, reseal bool) {
		if reseal {
			segment.Reseal(b)
		}
		useAll(t, b, false)
	})
}

// FuzzDamage writes over parts of a segment, each given by five bytes: where,
// what, and how often.
func FuzzDamage(f *testing.F) {
	whole := [][]byte{bytesOf(f, 20, 3), bytesOf(f, 400, 4)}
	f.Add([]byte{0, 0, 1, 255, 1}, true)
	f.Add([]byte{0, 9, 1, 255, 9, 1, 1, 1, 0, 200}, false)
	f.Fuzz(func(t *testing.T, damage []byte, reseal bool) {
		b := bytes.Clone(whole[len(damage)%len(whole)])
		for ; len(damage) >= 5; damage = damage[5:] {
			at := int(binary.LittleEndian.Uint32([]byte{damage[0], damage[1], damage[2], 0}))
			for i := range int(damage[4]) {
				b[(at+i)%len(b)] = damage[3]
			}
		}
		if reseal {
			segment.Reseal(b)
		}
		useAll(t, b, false)
	})
}

// TestDamage damages segments at random, as FuzzDamage does by purpose.
func TestDamage(t *testing.T) {
	random := newRandom(1)
	whole := bytesOf(t, 200, 5)
	for range 300 {
		b := bytes.Clone(whole)
		for range 1 + random.IntN(4) {
			at, what := random.IntN(len(b)), byte(random.IntN(256))
			for i := range 1 + random.IntN(12) {
				b[(at+i)%len(b)] = what
			}
		}
		segment.Reseal(b)
		useAll(t, b, true)
	}
}

func bytesOf(t testing.TB, n int, seed uint64) []byte {
	t.Helper()
	s, _, err := segment.Plugin{}.New(ours(n, seed, false)())
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if _, err := s.(io.WriterTo).WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// useAll asks a segment for everything, and may merge it. Errors are well.
func useAll(t *testing.T, b []byte, merge bool) {
	s, err := segment.Parse(b)
	if err != nil {
		return
	}
	defer s.Close()
	_ = s.Verify()
	if s.Count() > 1<<20 {
		t.Fatalf("%d documents in %d bytes", s.Count(), len(b))
	}
	for doc := range s.Count() + 1 {
		_, _ = s.DocID(doc)
		_ = s.VisitStoredFields(doc, func(string, byte, []byte, []uint64) bool { return true })
	}
	_, _ = s.DocNumbers([]string{"", id(1), id(4001)})
	for _, field := range s.Fields() {
		useField(t, s, field)
	}
	_, _ = s.VisitDocValues(0, s.Fields(), func(string, []byte) {}, nil)
	if merge {
		drops := []*roaring.Bitmap{roaring.BitmapOf(0), nil}
		_, _, _ = segment.Plugin{}.Merge([]api.Segment{s, s}, drops, filepath.Join(t.TempDir(), "merged"), nil, nil)
	}
}

func useField(t *testing.T, s *segment.Segment, field string) {
	norms, _ := s.Norms(field)
	dict, err := s.Dictionary(field)
	if err != nil {
		return
	}
	var docs, freqs [segment.BlockSize]uint32
	terms := dict.AutomatonIterator(nil, nil, nil)
	for range 5000 {
		e, err := terms.Next()
		if err != nil || e == nil {
			return
		}
		list, err := dict.PostingsList([]byte(e.Term), roaring.BitmapOf(1, 7), nil)
		if err != nil {
			continue
		}
		_ = list.Count()
		it := list.Iterator(true, true, true, nil)
		for {
			p, err := it.Next()
			if err != nil || p == nil {
				break
			}
			if p.Number() >= s.Count() {
				t.Fatalf("document %d of %d", p.Number(), s.Count())
			}
			_, _ = p.Norm(), p.Locations()
		}
		l, ok, err := s.Postings(field, e.Term)
		if !ok || err != nil {
			continue
		}
		sought := l
		sought.Seek(uint32(s.Count() / 2))
		_ = sought.NextBlock(&docs, nil)
		for n := l.NextBlock(&docs, &freqs); n > 0; n = l.NextBlock(&docs, &freqs) {
			_ = norms[docs[n-1]]
			_, _ = l.Positions(&freqs, n/2, nil)
			postings := []uint8{uint8(n / 3), uint8(n - 1)}
			_, _ = l.BlockPositions(&segment.PositionReader{}, &freqs, postings, nil, make([]uint32, 2))
			_ = l.GroupImpacts(l.MaxImpacts(nil), 0)
			l.GroupSaturations(&[segment.GroupSize]float64{}, (l.Blocks()-1)/segment.GroupSize, segment.Saturation{Base: 1})
		}
	}
}
