package paragraph

import (
	"strings"

	"github.com/newsq/newsq/internal/extract"
)

// Look is the form of a run of characters.
type Look struct {
	Bold, Italic bool
	Size         float64 // in points; 0 when it is not stated
}

// Builder puts a paragraph together of runs of characters. The zero Builder is
// empty.
type Builder struct {
	text   strings.Builder
	runes  int // of text, without white space
	bold   int
	italic int
	// size is the candidate for that of most of the text, and weight how many
	// characters speak for it.
	size   float64
	weight int

	open      []openLink
	links     []Link
	bookmarks []string
}

// openLink is a link whose text is being read.
type openLink struct {
	target string
	start  int // of its text
}

// maxLinks bounds the links, and the bookmarks, of one paragraph.
const maxLinks = 64

// Write adds a run of characters.
func (b *Builder) Write(s string, look Look) {
	b.text.WriteString(s)
	for _, r := range s {
		switch r {
		case ' ', '\t', '\n', '\u00a0':
			continue
		}
		b.runes++
		if look.Bold {
			b.bold++
		}
		if look.Italic {
			b.italic++
		}
		switch {
		case b.weight == 0:
			b.size, b.weight = look.Size, 1
		case b.size == look.Size:
			b.weight++
		default:
			b.weight--
		}
	}
}

// Empty reports whether nothing has been written.
func (b *Builder) Empty() bool { return b.text.Len() == 0 }

// Blank reports whether nothing but white space has been written.
func (b *Builder) Blank() bool { return b.runes == 0 }

// Bookmark adds the name of a place.
func (b *Builder) Bookmark(name string) {
	if name = strings.TrimSpace(name); name != "" && len(b.bookmarks) < maxLinks {
		b.bookmarks = append(b.bookmarks, name)
	}
}

// OpenLink begins a link. What it returns is for CloseLink.
func (b *Builder) OpenLink(target string) (depth int) {
	depth = len(b.open)
	if target != "" && len(b.open)+len(b.links) < maxLinks {
		b.open = append(b.open, openLink{target: target, start: b.text.Len()})
	}
	return depth
}

// CloseLink ends links down to a depth. One from before the paragraph is not
// open any more.
func (b *Builder) CloseLink(depth int) {
	for len(b.open) > depth {
		last := b.open[len(b.open)-1]
		b.open = b.open[:len(b.open)-1]
		if text := strings.TrimSpace(extract.Clean(b.text.String()[last.start:])); text != "" {
			b.links = append(b.links, Link{Text: text, Target: extract.Clean(last.target)})
		}
	}
}

// Take fills the text of p, and what follows from its runs, and empties b.
func (b *Builder) Take(p *Paragraph) {
	b.CloseLink(0)
	p.Text = extract.Clean(strings.TrimRight(b.text.String(), " \t\n"))
	p.Bold = b.runes > 0 && b.bold == b.runes
	p.Italic = b.runes > 0 && b.italic == b.runes
	p.Size = b.size
	p.Links, p.Bookmarks = b.links, b.bookmarks
	*b = Builder{}
}
