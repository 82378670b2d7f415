package segment_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"
	index "github.com/blevesearch/bleve_index_api"
	api "github.com/blevesearch/scorch_segment_api/v2"
	"pgregory.net/rapid"

	"github.com/newsq/newsq/internal/engine/local/segment"
)

// docValues is what documents have in a numeric field and in a field of terms.
type docValues struct {
	numeric []int64
	tags    [][]string
}

// documents makes documents of them; those without a number lack the field.
func (c *docValues) documents() []index.Document {
	var docs []index.Document
	for i, n := range c.numeric {
		d := plan{id: fmt.Sprint("d", i), tags: c.tags[i]}.make(false).(*doc)
		if n != segment.MissingValue {
			d.fields = append(d.fields, &numberField{field{name: "=time", options: index.IndexField}, n})
		}
		docs = append(docs, d)
	}
	return docs
}

func genDocValues(t *rapid.T) *docValues {
	c := &docValues{}
	several := rapid.IntRange(0, 3).Draw(t, "several")
	kinds := rapid.SampledFrom([]int{2, 300}).Draw(t, "kinds")
	for range rapid.IntRange(1, 150).Draw(t, "documents") {
		n := int64(segment.MissingValue)
		if rapid.IntRange(0, 3).Draw(t, "dated") > 0 {
			n = rapid.Int64Range(-5, 20).Draw(t, "number")
		}
		tags := map[string]bool{}
		for range rapid.IntRange(0, several).Draw(t, "tags") {
			tags[fmt.Sprint("t", rapid.IntRange(0, kinds).Draw(t, "tag"))] = true
		}
		c.numeric = append(c.numeric, n)
		var list []string
		for tag := range tags {
			list = append(list, tag)
		}
		slices.Sort(list)
		c.tags = append(c.tags, list)
	}
	return c
}

// TestDocValues holds doc values to what the documents had, also after merges
// with deletions.
func TestDocValues(t *testing.T) {
	tempDir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		var parts []api.Segment
		var drops []*roaring.Bitmap
		var left docValues
		for range rapid.IntRange(1, 3).Draw(t, "segments") {
			c := genDocValues(t)
			s, _, err := segment.Plugin{}.New(c.documents())
			if err != nil {
				t.Fatal(err)
			}
			of, _ := segment.Unwrap(s)
			c.check(t, of)
			drop := roaring.New()
			for i := range c.numeric {
				if rapid.IntRange(0, 4).Draw(t, "drop") == 0 {
					drop.Add(uint32(i))
					continue
				}
				left.numeric, left.tags = append(left.numeric, c.numeric[i]), append(left.tags, c.tags[i])
			}
			parts, drops = append(parts, s), append(drops, drop)
		}
		path := filepath.Join(tempDir, fmt.Sprint("columns", rapid.Uint64().Draw(t, "name")))
		if _, _, err := (segment.Plugin{}).Merge(parts, drops, path, nil, nil); err != nil {
			t.Fatal(err)
		}
		s, err := segment.Plugin{}.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		of, _ := segment.Unwrap(s)
		left.check(t, of)
	})
}

func (c *docValues) check(t *rapid.T, s *segment.Segment) {
	numbers := s.NumericValues("=time")
	order, err := s.NumericOrder("=time")
	if err != nil {
		t.Fatal(err)
	}
	dated := 0
	for doc, want := range c.numeric {
		if got := int64(segment.MissingValue); numbers != nil {
			if got = numbers[doc]; got != want {
				t.Fatalf("document %d has number %d, want %d", doc, got, want)
			}
		} else if got != want {
			t.Fatalf("document %d has number %d, and there is no column", doc, want)
		}
		if want != segment.MissingValue {
			dated++
		}
	}
	if len(order) != dated {
		t.Fatalf("%d documents in order, want %d", len(order), dated)
	}
	for i := 1; i < len(order); i++ {
		a, b := order[i-1], order[i]
		if numbers[a] > numbers[b] || numbers[a] == numbers[b] && a >= b {
			t.Fatalf("document %d stands before %d", a, b)
		}
	}
	c.checkTags(t, s)
}

func (c *docValues) checkTags(t *rapid.T, s *segment.Segment) {
	terms, err := s.Terms("=tag")
	if err != nil {
		t.Fatal(err)
	}
	v, ok, err := s.Ordinals("=tag")
	if err != nil {
		t.Fatal(err)
	}
	words := make([]uint64, len(c.tags)/64+1)
	want := make([]int, len(terms))
	for doc, tags := range c.tags {
		var got []string
		if ok {
			for _, ord := range v.Append(nil, uint32(doc)) {
				got = append(got, string(terms[ord]))
			}
		}
		if !slices.Equal(got, tags) {
			t.Fatalf("document %d has %q, want %q", doc, got, tags)
		}
		if doc%3 == 0 {
			continue
		}
		words[doc/64] |= 1 << (doc % 64)
		for _, tag := range tags {
			i, _ := slices.BinarySearchFunc(terms, tag, func(b []byte, s string) int { return slices.Compare(b, []byte(s)) })
			want[i]++
		}
	}
	if !ok {
		return
	}
	got := make([]int, v.Len())
	if v.Count(words, got); !slices.Equal(got, want) {
		t.Fatalf("counts %v, want %v", got, want)
	}
}
