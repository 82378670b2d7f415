package paragraph

import (
	"slices"
	"testing"
)

func TestBuilder(t *testing.T) {
	var b Builder
	if !b.Empty() || !b.Blank() {
		t.Error("a new builder is not empty")
	}
	b.Write(" \t", Look{})
	if b.Empty() || !b.Blank() {
		t.Error("blanks are not told from text")
	}
	b.Bookmark(" here ")
	outer := b.OpenLink("http://example.org/")
	b.Write("All ", Look{Bold: true, Size: 12})
	inner := b.OpenLink("#x")
	b.Write("bold", Look{Bold: true, Italic: true, Size: 12})
	b.CloseLink(inner)
	b.CloseLink(outer)
	b.CloseLink(b.OpenLink("#nothing"))
	b.CloseLink(b.OpenLink(""))
	b.OpenLink("#open")
	b.Write("!", Look{Bold: true, Size: 8})
	b.Write(" \n", Look{})
	var p Paragraph
	b.Take(&p)
	want := []Link{{"bold", "#x"}, {"All bold", "http://example.org/"}, {"!", "#open"}}
	if p.Text != " \tAll bold!" || !p.Bold || p.Italic || p.Size != 12 || !slices.Equal(p.Links, want) || !slices.Equal(p.Bookmarks, []string{"here"}) {
		t.Errorf("%+v", p)
	}
	if b.Take(&p); p.Text != "" || p.Bold || len(p.Links) > 0 {
		t.Errorf("after it was taken: %+v", p)
	}
}

// What one paragraph holds stays within bounds.
func TestBounds(t *testing.T) {
	var b Builder
	for range 10 * maxLinks {
		b.OpenLink("#x")
		b.Bookmark("x")
		b.Write("x", Look{})
	}
	var p Paragraph
	b.Take(&p)
	if len(p.Links) > maxLinks || len(p.Bookmarks) > maxLinks {
		t.Errorf("%d links, %d bookmarks", len(p.Links), len(p.Bookmarks))
	}
}
