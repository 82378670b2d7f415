package segment_test

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"
	index "github.com/blevesearch/bleve_index_api"
	api "github.com/blevesearch/scorch_segment_api/v2"
	zap "github.com/blevesearch/zapx/v17"
	"pgregory.net/rapid"

	"github.com/newsq/newsq/internal/engine/local/segment"
)

func ours(n int, seed uint64, flat bool) func() []index.Document {
	all := plans(n, seed)
	return func() []index.Document { return makeAll(all, flat) }
}

// TestSameAsZap holds segments of few and of many documents to bleve's own, in
// memory, in a file, and merged.
func TestSameAsZap(t *testing.T) {
	for _, tt := range []struct {
		name string
		docs func() []index.Document
	}{
		{"one", ours(1, 1, false)},
		{"few", ours(20, 2, false)},
		{"a block", ours(128, 3, false)},
		{"a block and one", ours(129, 4, false)},
		{"many", ours(1500, 5, false)},
		{"bleve's", bleveDocuments(300, 6)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := newPair(t, tt.docs)
			sameSegments(t, p.got, p.want, newRandom(1))
			p = p.reopened(t)
			sameSegments(t, p.got, p.want, newRandom(2))
			p = merged(t, []pair{p}, []*roaring.Bitmap{nil})
			sameSegments(t, p.got, p.want, newRandom(3))
		})
	}
}

// TestMerge merges segments of all kinds, with and without deletions, and what
// came of it once more.
func TestMerge(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		seed := rapid.Uint64Range(1, 1<<20).Draw(r, "seed")
		random := newRandom(seed)
		var pairs []pair
		var drops []*roaring.Bitmap
		for i := range rapid.IntRange(1, 4).Draw(r, "segments") {
			n := rapid.IntRange(1, 200).Draw(r, "documents")
			docs := ours(n, seed+uint64(i), false)
			if rapid.IntRange(0, 4).Draw(r, "kind") == 0 {
				docs = bleveDocuments(min(n, 20), seed+uint64(i))
			}
			p := newPair(t, docs)
			if rapid.Bool().Draw(r, "file") {
				p = p.reopened(t)
			}
			pairs = append(pairs, p)
			drops = append(drops, someOf(random, p.want.Count(), rapid.IntRange(0, 2).Draw(r, "drops")))
		}
		once := merged(t, pairs, drops)
		sameSegments(t, once.got, once.want, random)
		twice := merged(t, []pair{once, pairs[0]}, []*roaring.Bitmap{someOf(random, once.want.Count(), 2), nil})
		sameSegments(t, twice.got, twice.want, random)
	})
}

// TestFlatTerms makes the same documents from flat arrays.
func TestFlatTerms(t *testing.T) {
	want, _, err := (&zap.ZapPlugin{}).New(ours(400, 7, false)())
	if err != nil {
		t.Fatal(err)
	}
	got, _, err := segment.Plugin{}.New(ours(400, 7, true)())
	if err != nil {
		t.Fatal(err)
	}
	sameSegments(t, got, want, newRandom(1))

	bad := &flatField{field{name: "f", options: index.IndexField}, segment.FlatTerms{Terms: []string{"a"}, Positions: []uint32{1, 2}}}
	d := plan{id: "x"}.make(false).(*doc)
	d.fields = append(d.fields, bad)
	if _, _, err := (segment.Plugin{}).New([]index.Document{d}); err == nil {
		t.Error("terms that don't fit their positions were taken")
	}
}

// TestMergeAllDropped leaves an empty segment, which opens.
func TestMergeAllDropped(t *testing.T) {
	p := newPair(t, ours(10, 8, false))
	all := roaring.New()
	all.AddRange(0, 10)
	path := filepath.Join(t.TempDir(), "empty")
	_, _, err := segment.Plugin{}.Merge([]api.Segment{p.got}, []*roaring.Bitmap{all}, path, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	s := must(segment.Plugin{}.Open(path))(t)
	defer s.Close()
	if s.Count() != 0 {
		t.Errorf("%d documents", s.Count())
	}
	if set := must(s.DocNumbers([]string{"a"}))(t); !set.IsEmpty() {
		t.Errorf("documents %v", set)
	}
	merged := filepath.Join(t.TempDir(), "merged")
	if _, _, err := (segment.Plugin{}).Merge([]api.Segment{s, p.got}, make([]*roaring.Bitmap, 2), merged, nil, nil); err != nil {
		t.Fatal(err)
	}
}

func TestMergeClosed(t *testing.T) {
	p := newPair(t, ours(10, 9, false))
	path := filepath.Join(t.TempDir(), "closed")
	closed := make(chan struct{})
	close(closed)
	_, _, err := segment.Plugin{}.Merge([]api.Segment{p.got}, []*roaring.Bitmap{nil}, path, closed, nil)
	if err != api.ErrClosed { //nolint:errorlint // scorch compares it so
		t.Errorf("error %v", err)
	}
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a file is left: %v", err)
	}
	if _, _, err := (segment.Plugin{}).Merge([]api.Segment{p.want}, []*roaring.Bitmap{nil}, path, nil, nil); err == nil {
		t.Error("a segment of another format was merged")
	}
}

// TestReferences counts holders: the last one closes the file.
func TestReferences(t *testing.T) {
	p := newPair(t, ours(3, 10, false))
	path := filepath.Join(t.TempDir(), "segment")
	if err := p.got.(api.UnpersistedSegment).Persist(path); err != nil {
		t.Fatal(err)
	}
	s := must(segment.Plugin{}.Open(path))(t)
	s.AddRef()
	if err := s.DecRef(); err != nil {
		t.Fatal(err)
	}
	if _, err := s.DocID(0); err != nil {
		t.Error(err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	var b bytes.Buffer
	if _, err := p.got.(io.WriterTo).WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	if file := must(os.ReadFile(path))(t); !bytes.Equal(b.Bytes(), file) {
		t.Error("WriteTo and Persist write different bytes")
	}
}

// TestVerify finds each flipped bit, and opening finds those in directories.
func TestVerify(t *testing.T) {
	p := newPair(t, ours(30, 11, false))
	var b bytes.Buffer
	if _, err := p.got.(io.WriterTo).WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "segment")
	whole := b.Bytes()
	for at := 0; at < len(whole); at += 1 + at%37 {
		damaged := bytes.Clone(whole)
		damaged[at] ^= 1 << (at % 8)
		if err := os.WriteFile(path, damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := segment.Plugin{}.Open(path)
		if err != nil {
			continue
		}
		of, _ := segment.Unwrap(s)
		if err := of.Verify(); !errors.Is(err, segment.ErrDamaged) && !padding(whole, at) {
			t.Errorf("byte %d of %d: error %v", at, len(whole), err)
		}
		s.Close()
	}
	for _, n := range []int{0, 1, 40, len(whole) / 2, len(whole) - 1} {
		if err := os.WriteFile(path, whole[:n], 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := (segment.Plugin{}).Open(path); !errors.Is(err, segment.ErrDamaged) {
			t.Errorf("cut to %d bytes: error %v", n, err)
		}
	}
}

// padding reports whether a byte may lie between two sections.
func padding(b []byte, at int) bool {
	for b[at] == 0 {
		if at++; at%8 == 0 {
			return true
		}
	}
	return false
}
