package pdf

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/newsq/newsq/internal/extract"
)

// line is a line of text: characters that follow each other on one base, without a
// wide gap. A row of a table is a line for each cell.
type line struct {
	text                     string
	left, right, top, bottom float64
	size                     float64 // of letters with what is around them, in points
	bold, italic             bool
	page                     int
	hyphen                   bool // it ends amid a word; the hyphen is not in text
	row                      bool // it is the cells of a row of a table
	toLeft                   bool // it is read from right to left
	first, mid, last         int  // indexes of characters, for their looks
}

func (l *line) height() float64 { return l.top - l.bottom }
func (l *line) width() float64  { return l.right - l.left }

// overlaps reports whether two lines stand above each other.
func (l *line) overlaps(o *line) bool { return l.left < o.right && o.left < l.right }

// onBase reports whether two lines stand side by side.
func (l *line) onBase(o *line) bool {
	return min(l.top, o.top)-max(l.bottom, o.bottom) > 0.5*min(l.height(), o.height())
}

// hyphen is what PDFium writes for one that ends a line amid a word.
const hyphen = '\x02'

// Gaps between characters, as shares of the height of their line: from where on
// there is a blank, and from where on another line begins. The second is wider than
// blanks of justified text are.
const (
	blankGap = 0.5
	lineGap  = 1.8
	joinGap  = 0.6 // up to which a line goes on after PDFium says that it ended
)

// lines puts the characters of a page together to lines, in the order in which the
// page has them. Characters that run in another direction than most are left out:
// they are watermarks and what is stamped on margins.
func (p *page) lines() []line {
	p.turn()
	p.mendLigatures()
	p.mendWords()
	b := lineBuilder{page: p.number, height: p.letterHeight()}
	for i := range p.chars {
		b.add(&p.chars[i])
	}
	b.end()
	for i := range b.lines {
		l := &b.lines[i]
		mid := p.look(l.mid)
		l.size = math.Round(2*mid.size) / 2
		l.bold = mid.bold && p.look(l.first).bold && p.look(l.last).bold
		l.italic = mid.italic
	}
	return b.lines
}

// mendLigatures brings letters in order that are read from right to left and are one
// character in the font, as lam and alef are. PDFium has them the other way round, and
// in one box.
func (p *page) mendLigatures() {
	for i := 0; i < len(p.chars); i++ {
		c := &p.chars[i]
		if !isRightToLeft(c.r) || c.right <= c.left {
			continue
		}
		end := i + 1
		for end < len(p.chars) && isRightToLeft(p.chars[end].r) && p.chars[end].left == c.left && p.chars[end].right == c.right &&
			p.chars[end].top == c.top && p.chars[end].bottom == c.bottom {
			end++
		}
		slices.Reverse(p.chars[i:end])
		i = end - 1
	}
}

// mendWords turns words that are read from right to left and that PDFium has the other
// way round: it takes words whose letters the page has one by one from left to right as
// they stand.
func (p *page) mendWords() {
	isPart := func(i int) bool {
		return i < len(p.chars) && isRightToLeft(p.chars[i].r) && (unicode.IsLetter(p.chars[i].r) || unicode.IsMark(p.chars[i].r))
	}
	for i := 0; i < len(p.chars); i++ {
		end, rising, falling := i, 0, 0
		for ; isPart(end); end++ {
			if end == i {
				continue
			}
			switch step := p.chars[end].left + p.chars[end].right - p.chars[end-1].left - p.chars[end-1].right; {
			case step > 0:
				rising++
			case step < 0:
				falling++
			}
		}
		if rising > falling {
			slices.Reverse(p.chars[i:end])
		}
		i = max(i, end-1)
	}
}

// letterHeight returns how high capitals and letters with ascenders are on most of a
// page. A line without any seems too low to tell its gaps by.
func (p *page) letterHeight() float64 {
	var heights []float64
	for i := range p.chars {
		if c := &p.chars[i]; unicode.IsLetter(c.r) {
			heights = append(heights, c.top-c.bottom)
		}
	}
	if len(heights) == 0 {
		return 0
	}
	slices.Sort(heights)
	return heights[len(heights)*4/5]
}

// turn turns the characters of a page on which most text runs up or down, and drops
// those that run otherwise than most.
func (p *page) turn() {
	var counts [4]int
	quarter := func(c *char) int {
		q := math.Round(c.angle / 90)
		if math.Abs(c.angle-q*90) > 10 {
			return -1
		}
		return int(q) % 4
	}
	for i := range p.chars {
		if c := &p.chars[i]; c.r > ' ' {
			if q := quarter(c); q >= 0 {
				counts[q]++
			}
		}
	}
	most := 0
	for q := range counts {
		if counts[q] > counts[most] {
			most = q
		}
	}
	p.chars = slices.DeleteFunc(p.chars, func(c char) bool { return c.r > ' ' && quarter(&c) != most })
	if most == 0 {
		return
	}
	for i := range p.chars {
		c := &p.chars[i]
		l, r, t, b := c.left, c.right, c.top, c.bottom
		switch most {
		case 1:
			c.left, c.right, c.top, c.bottom = b, t, -l, -r
		case 2:
			c.left, c.right, c.top, c.bottom = -r, -l, -b, -t
		case 3:
			c.left, c.right, c.top, c.bottom = -t, -b, r, l
		}
	}
	if most%2 == 1 {
		p.width, p.height = p.height, p.width
	}
}

// lineBuilder puts characters together.
type lineBuilder struct {
	lines  []line
	page   int
	height float64 // of letters on most of the page
	text   strings.Builder
	cur    line
	prev   rune  // the last character
	chars  []int // indexes of the characters of cur
	open   bool
	blank  bool // a blank was read since the last character
	broke  bool // a line break was
}

func (b *lineBuilder) add(c *char) {
	switch {
	case c.r == '\r' || c.r == '\n':
		b.broke = true
		return
	case c.r == hyphen:
		b.cur.hyphen = b.open
		return
	case c.r == ' ' || c.r == '\t' || c.r == '\u00a0':
		b.blank = true
		return
	case c.r < ' ' || c.r == '\ufeff' || c.r == '\u200b' || c.right <= c.left && c.top <= c.bottom:
		return
	}
	if b.open && !b.goesOn(c) {
		b.end()
	}
	if !b.open {
		b.open = true
		b.cur = line{page: b.page, left: c.left, right: c.right, top: c.top, bottom: c.bottom, first: c.index}
		b.chars = b.chars[:0]
	} else if (b.blank || b.gap(c) > blankGap*max(b.cur.height(), b.height)) && !(isWideMark(b.prev) && isWide(c.r) || isWide(b.prev) && isWideMark(c.r)) {
		b.text.WriteByte(' ')
	}
	b.prev = c.r
	b.blank, b.broke, b.cur.hyphen = false, false, false
	b.text.WriteString(expand(c.r))
	b.cur.toLeft = b.cur.toLeft || isRightToLeft(c.r)
	b.cur.left, b.cur.right = min(b.cur.left, c.left), max(b.cur.right, c.right)
	b.cur.top, b.cur.bottom = max(b.cur.top, c.top), min(b.cur.bottom, c.bottom)
	b.chars = append(b.chars, c.index)
}

// gap returns the distance of a character from the line, to its right or left.
func (b *lineBuilder) gap(c *char) float64 { return max(c.left-b.cur.right, b.cur.left-c.right) }

// goesOn reports whether a character is of the line at hand.
func (b *lineBuilder) goesOn(c *char) bool {
	l := &b.cur
	height := max(l.height(), c.top-c.bottom)
	overlap := min(l.top, c.top) - max(l.bottom, c.bottom)
	small := min(l.height(), c.top-c.bottom)
	if overlap < 0.5*small {
		// Marks stand above or below letters: commas, dashes, superscripts.
		isNear := c.bottom < l.top+0.2*height && c.top > l.bottom-0.2*height
		if !isNear || b.broke || unicode.IsLetter(c.r) && small > 0.8*height {
			return false
		}
	}
	gap := b.gap(c)
	height = max(height, b.height)
	if l.toLeft || isRightToLeft(c.r) {
		if !isRightToLeft(c.r) {
			return gap <= 2*lineGap*height // figures in it run the other way
		}
		return gap <= lineGap*height
	}
	if b.broke || l.hyphen {
		return gap <= joinGap*height && gap > -0.5*height
	}
	return gap <= lineGap*height && c.right > l.left-lineGap*height && !(c.left < l.left-height && c.right < l.right-height && !isRightToLeft(c.r))
}

// isWideMark reports whether a character is a mark of Chinese or Japanese, whose box
// holds the blank beside it.
func isWideMark(r rune) bool { return isWide(r) && unicode.IsPunct(r) }

func isRightToLeft(r rune) bool { return unicode.In(r, unicode.Arabic, unicode.Hebrew, unicode.Syriac) }

func (b *lineBuilder) end() {
	if !b.open {
		return
	}
	b.open, b.blank, b.broke = false, false, false
	l := b.cur
	text := b.text.String()
	l.hyphen = l.hyphen || strings.HasSuffix(text, "\u00ad") // which Clean drops
	l.text = strings.TrimSpace(extract.Clean(text))
	if mark, size := utf8.DecodeRuneInString(l.text); l.toLeft && strings.ContainsRune(".،؛:!؟", mark) {
		l.text = l.text[size:] + l.text[:size] // it stands at the left end, where the line ends
	}
	b.text.Reset()
	l.mid, l.last = b.chars[len(b.chars)/2], b.chars[len(b.chars)-1]
	if l.text != "" {
		b.lines = append(b.lines, l)
	}
}

// expand returns a character without what printers join.
func expand(r rune) string {
	switch r {
	case 'ﬀ':
		return "ff"
	case 'ﬁ':
		return "fi"
	case 'ﬂ':
		return "fl"
	case 'ﬃ':
		return "ffi"
	case 'ﬄ':
		return "ffl"
	case 'ﬅ', 'ﬆ':
		return "st"
	}
	if 0xfb50 <= r && r <= 0xfdff || 0xfe70 <= r && r <= 0xfefc {
		return norm.NFKC.String(string(r)) // Arabic letters in the form that they have within words
	}
	return string(r)
}
