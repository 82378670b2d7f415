package segment_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"
	index "github.com/blevesearch/bleve_index_api"
	api "github.com/blevesearch/scorch_segment_api/v2"

	"github.com/newsq/newsq/internal/engine/local/segment"
)

// textDoc is a document that says how much text it has, as a segment of much
// text has a compression dictionary.
type textDoc struct {
	doc
	size int
}

func (d *textDoc) NumPlainTextBytes() uint64 { return uint64(d.size) }

// storedTexts are documents with a value of a size each, of words that they
// share, and what is stored of each.
func storedTexts(prefix string, sizes []int, seed uint64) (docs []index.Document, texts map[string]string) {
	random := newRandom(seed)
	words := make([]string, 400)
	for i := range words {
		words[i] = fmt.Sprintf("%x ", random.Uint64N(1<<40))
	}
	texts = map[string]string{}
	for i, size := range sizes {
		var b strings.Builder
		for b.Len() < size {
			b.WriteString(words[random.IntN(len(words))])
		}
		id := fmt.Sprintf("%s%04d", prefix, i)
		texts[id] = b.String()
		name := &field{name: "_id", options: index.IndexField | index.StoreField, value: []byte(id), length: 1}
		name.add(id, 1)
		value := &field{name: "~", options: index.StoreField, value: []byte(texts[id])}
		docs = append(docs, &textDoc{doc{id: id, fields: []index.Field{name, value}}, size})
	}
	return docs, texts
}

// sizesOf are n times a size.
func sizesOf(n, size int) []int {
	sizes := make([]int, n)
	for i := range sizes {
		sizes[i] = size
	}
	return sizes
}

// checkTexts holds what is stored to what it was made of.
func checkTexts(t *testing.T, s api.Segment, texts map[string]string) {
	t.Helper()
	for doc := range s.Count() {
		id, value := "", ""
		err := s.VisitStoredFields(doc, func(field string, _ byte, v []byte, _ []uint64) bool {
			if field == "_id" {
				id = string(v)
			} else {
				value = string(v)
			}
			return true
		})
		if err != nil || value != texts[id] {
			t.Fatalf("document %d, %s: %d bytes, want %d: %v", doc, id, len(value), len(texts[id]), err)
		}
	}
}

// Segments with and without a dictionary, with the same and with different
// ones, hold what was stored, and so does what they are merged to. Articles
// longer than the window of the encoder are among them.
func TestCompressionDict(t *testing.T) {
	shared := map[string]any{segment.SharedDictKey: new(segment.SharedDict)}
	large := append(sizesOf(900, 5000), 3<<20, 100, 1<<20, 1<<20+70000)
	all := map[string]string{}
	var segments []api.Segment
	for i, in := range []struct {
		sizes  []int
		config map[string]any
		dict   bool
	}{
		{sizesOf(100, 3000), shared, false},
		{large, shared, true},
		{sizesOf(5000, 900), shared, true},
		{sizesOf(1000, 5000), nil, true},
	} {
		docs, texts := storedTexts(string(rune('a'+i)), in.sizes, uint64(i))
		s, _, err := segment.Plugin{}.NewUsing(docs, in.config)
		if err != nil {
			t.Fatal(err)
		}
		of, _ := segment.Unwrap(s)
		if got := segment.CompressionDict(of) != nil; got != in.dict {
			t.Errorf("segment %d: dictionary %v, want %v", i, got, in.dict)
		}
		checkTexts(t, s, texts)
		for id, text := range texts {
			all[id] = text
		}
		segments = append(segments, s)
	}
	dict := func(i int) []byte { of, _ := segment.Unwrap(segments[i]); return segment.CompressionDict(of) }
	if !bytes.Equal(dict(1), dict(2)) || bytes.Equal(dict(1), dict(3)) {
		t.Error("segments of one configuration share a dictionary, and others don't")
	}
	drop := roaring.BitmapOf(5, 17)
	for i, drops := range [][]*roaring.Bitmap{{nil, nil, nil, nil}, {nil, drop, nil, drop}} {
		path := filepath.Join(t.TempDir(), fmt.Sprint("merged", i))
		if _, _, err := (segment.Plugin{}).MergeUsing(segments, drops, path, make(chan struct{}), nil, shared); err != nil {
			t.Fatal(err)
		}
		s := must(segment.Plugin{}.Open(path))(t)
		checkTexts(t, s, all)
		of, _ := segment.Unwrap(s)
		if !bytes.Equal(segment.CompressionDict(of), dict(1)) {
			t.Error("the merged segment has not the dictionary of the most")
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// Segments too small for a dictionary get one when they are merged to enough,
// and a shared dictionary adopts that of a segment that is opened.
func TestCompressionDictMerged(t *testing.T) {
	all := map[string]string{}
	var segments []api.Segment
	for i := range 8 {
		docs, texts := storedTexts(string(rune('a'+i)), sizesOf(1000, 2000), uint64(i))
		for _, d := range docs {
			d.(*textDoc).size = 0
		}
		for id, text := range texts {
			all[id] = text
		}
		s, _, err := segment.Plugin{}.New(docs)
		if err != nil {
			t.Fatal(err)
		}
		segments = append(segments, s)
	}
	path := filepath.Join(t.TempDir(), "merged")
	if _, _, err := (segment.Plugin{}).Merge(segments, make([]*roaring.Bitmap, len(segments)), path, make(chan struct{}), nil); err != nil {
		t.Fatal(err)
	}
	config := map[string]any{segment.SharedDictKey: new(segment.SharedDict)}
	s := must(segment.Plugin{}.OpenUsing(path, config))(t)
	defer s.Close()
	checkTexts(t, s, all)
	of, _ := segment.Unwrap(s)
	docs, texts := storedTexts("z", sizesOf(1000, 5000), 77)
	next, _, err := segment.Plugin{}.NewUsing(docs, config)
	if err != nil {
		t.Fatal(err)
	}
	checkTexts(t, next, texts)
	if nextOf, _ := segment.Unwrap(next); segment.CompressionDict(of) == nil || !bytes.Equal(segment.CompressionDict(of), segment.CompressionDict(nextOf)) {
		t.Error("the next segment has another dictionary than the one that was opened")
	}
}

// A damaged dictionary is read from its copy, with the footer and without.
func TestCompressionDictDamaged(t *testing.T) {
	docs, texts := storedTexts("a", sizesOf(1000, 5000), 3)
	s, _, err := segment.Plugin{}.New(docs)
	if err != nil {
		t.Fatal(err)
	}
	of, _ := segment.Unwrap(s)
	whole := segment.Bytes(of)
	at := bytes.Index(whole, segment.CompressionDict(of))
	harms := []func(b []byte){
		func(b []byte) { b[at+1000] ^= 1 },
		func(b []byte) { b[at-3] ^= 1 },
		func(b []byte) { b[at+1000] ^= 1; b[len(b)-5] ^= 1 },
		func(b []byte) { b[bytes.LastIndex(b, segment.CompressionDict(of))+30000] ^= 1 },
	}
	for i, harm := range harms {
		b := bytes.Clone(whole)
		harm(b)
		path := filepath.Join(t.TempDir(), "damaged")
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		stored := must(segment.OpenSalvage(path))(t)
		n, found := 0, map[string]bool{}
		if docs, ok := stored.NumDocs(); ok {
			n = docs
			for doc := range docs {
				found[string(must(stored.LastValue(doc))(t))] = true
			}
		} else {
			for v := range stored.Scan() {
				n++
				found[string(v)] = true
			}
		}
		for id, text := range texts {
			if !found[text] {
				t.Fatalf("harm %d: %s is lost", i, id)
			}
		}
		if n != len(texts) {
			t.Errorf("harm %d: %d documents, want %d", i, n, len(texts))
		}
		if err := stored.Close(); err != nil {
			t.Fatal(err)
		}
	}
	// Without any copy nothing is made up.
	b := bytes.Clone(whole)
	b[at+9] ^= 1
	b[bytes.LastIndex(b, segment.CompressionDict(of))+9] ^= 1
	s2 := must(segment.Parse(b))(t)
	if err := s2.VisitStoredFields(3, func(string, byte, []byte, []uint64) bool { return true }); err == nil {
		t.Error("a value was read without the dictionary")
	}
}
