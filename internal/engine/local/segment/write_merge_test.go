package segment_test

import (
	"bytes"
	"path/filepath"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"
	index "github.com/blevesearch/bleve_index_api"
	api "github.com/blevesearch/scorch_segment_api/v2"

	"github.com/newsq/newsq/internal/engine/local/segment"
)

// mergeAll merges segments of some documents each, without those in drops, to a
// file.
func mergeAll(t *testing.T, parts [][]index.Document, drops []*roaring.Bitmap) *segment.Segment {
	t.Helper()
	var segments []api.Segment
	for _, docs := range parts {
		segments = append(segments, buildAll(t, docs))
	}
	path := filepath.Join(t.TempDir(), "merged")
	if _, _, err := (segment.Plugin{}).Merge(segments, drops, path, make(chan struct{}), nil); err != nil {
		t.Fatal(err)
	}
	s, err := segment.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// A merged segment has the lists, to the byte, of one that is built posting by
// posting of the documents that are kept.
func TestMergeIsBuild(t *testing.T) {
	for seed := uint64(1); seed < 9; seed += 2 { // even ones have full locations
		random := newRandom(seed)
		var parts [][]index.Document
		var drops []*roaring.Bitmap
		var kept []index.Document
		for i, n := range []int{700, 1, 129, 1500} {
			all := plans(n, seed+2*uint64(i))
			for k := range all {
				all[k].twice = false // a list stays one of full locations when those are dropped
			}
			drop := someOf(random, uint64(n), (i+int(seed))%3)
			for doc, p := range all {
				if drop == nil || !drop.Contains(uint32(doc)) {
					kept = append(kept, p.make(true))
				}
			}
			parts, drops = append(parts, makeAll(all, true)), append(drops, drop)
		}
		got, want := mergeAll(t, parts, drops), buildAll(t, kept)
		for _, field := range []string{"_id", "text", "words", "=tag"} {
			for _, kind := range []string{"postings", "dictionary", "values"} {
				if !bytes.Equal(segment.SectionOf(got, kind, field), segment.SectionOf(want, kind, field)) {
					t.Errorf("seed %d: %s of %s differ", seed, kind, field)
				}
			}
		}
	}
}

// Blocks of stored values are copied where nothing in them is dropped, whatever
// other fields the inputs have. No block is left so small that copies of copies
// would fill a segment with them.
func TestMergeCopiesStored(t *testing.T) {
	const size = 2000
	docs, texts := storedTexts("a", sizesOf(3000, size), 1)
	other, otherTexts := storedTexts("b", sizesOf(200, size), 2)
	for id, text := range otherTexts {
		texts[id] = text
	}
	extra := &field{name: "extra", options: index.IndexField, length: 1}
	extra.add("x", 1)
	other[0].(*textDoc).fields = append(other[0].(*textDoc).fields, extra)
	drop := roaring.BitmapOf(5, 6, 1000)
	drop.AddRange(2000, 2300)
	drop.Iterate(func(i uint32) bool {
		delete(texts, docs[i].ID())
		return true
	})
	s := mergeAll(t, [][]index.Document{docs, other}, []*roaring.Bitmap{drop, nil})
	checkTexts(t, s, texts)
	originals := map[string]bool{}
	before := segment.StoredBlocks(buildAll(t, docs))
	for _, b := range before {
		originals[string(b)] = true
	}
	copied, blocks := 0, segment.StoredBlocks(s)
	for _, b := range blocks {
		if originals[string(b)] {
			copied++
		}
	}
	// 303 of 3,000 documents are dropped, nearly all of them side by side.
	if copied < len(before)*85/100 {
		t.Errorf("%d of %d blocks are copied", copied, len(before))
	}
	if most := len(before) + 8 + 200*size/(14<<10); len(blocks) > most {
		t.Errorf("%d blocks, want at most %d", len(blocks), most)
	}
}
