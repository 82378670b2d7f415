package pdf

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// block is a run of lines below each other.
type block struct {
	lines                    []line
	left, right, top, bottom float64
}

func (b *block) add(l *line) {
	if len(b.lines) == 0 {
		b.left, b.right, b.top, b.bottom = l.left, l.right, l.top, l.bottom
	}
	b.lines = append(b.lines, *l)
	b.left, b.right = min(b.left, l.left), max(b.right, l.right)
	b.top, b.bottom = max(b.top, l.top), min(b.bottom, l.bottom)
}

// maxBlocks is how many blocks of a page are brought in order; with more the order
// of the page stays.
const maxBlocks = 400

// inOrder returns the lines of a page in the order of reading. That is mostly the
// order that they have; else, where a block stands above the one before it, they
// are ordered by columns.
func inOrder(lines []line, width float64) []line {
	lines = withRows(parted(joinCaps(lines), width), width)
	blocks := blocksOf(lines)
	if len(blocks) > maxBlocks || !isDisordered(blocks) {
		return lines
	}
	ordered := make([]line, 0, len(lines))
	cut(blocks, 0, func(b *block) { ordered = append(ordered, b.lines...) })
	return ordered
}

func blocksOf(lines []line) []block {
	var blocks []block
	for i := range lines {
		l := &lines[i]
		if n := len(blocks); n > 0 {
			above := &lines[i-1]
			if gap := above.bottom - l.top; l.overlaps(above) && gap < 0.9*max(l.height(), above.height()) && gap > -0.8*l.height() {
				blocks[n-1].add(l)
				continue
			}
		}
		blocks = append(blocks, block{})
		blocks[len(blocks)-1].add(l)
	}
	return blocks
}

// isDisordered reports whether a block stands above the one before it, in the same
// column.
func isDisordered(blocks []block) bool {
	for i := 1; i < len(blocks); i++ {
		a, b := &blocks[i-1], &blocks[i]
		if b.bottom >= a.top-1 && b.left < a.right && a.left < b.right {
			return true
		}
	}
	return false
}

// Gaps at which a page is cut, in points: between columns, and between what stands
// above each other.
const (
	columnGap = 6
	rowGap    = 3
)

// maxCuts bounds how deep a page is cut.
const maxCuts = 30

// cut calls each for blocks in the order of reading: the widest blocks part what is
// above from what is below, and between them columns are read from left to right.
func cut(blocks []block, depth int, each func(b *block)) {
	if len(blocks) > 1 && depth < maxCuts {
		if left, right, ok := columns(blocks); ok {
			cut(left, depth+1, each)
			cut(right, depth+1, each)
			return
		}
		if upper, lower, ok := rows(blocks); ok {
			cut(upper, depth+1, each)
			cut(lower, depth+1, each)
			return
		}
	}
	slices.SortStableFunc(blocks, func(a, b block) int {
		if a.top > b.top {
			return -1
		} else if a.top < b.top {
			return 1
		}
		return 0
	})
	for i := range blocks {
		each(&blocks[i])
	}
}

// columns parts blocks at the first gap from top to bottom.
func columns(blocks []block) (left, right []block, ok bool) {
	sorted := slices.Clone(blocks)
	slices.SortStableFunc(sorted, func(a, b block) int {
		if a.left < b.left {
			return -1
		} else if a.left > b.left {
			return 1
		}
		return 0
	})
	edge := sorted[0].right
	for i := 1; i < len(sorted); i++ {
		if sorted[i].left > edge+columnGap {
			return sorted[:i], sorted[i:], true
		}
		edge = max(edge, sorted[i].right)
	}
	return nil, nil, false
}

// rows parts blocks at the first gap from side to side.
func rows(blocks []block) (upper, lower []block, ok bool) {
	sorted := slices.Clone(blocks)
	slices.SortStableFunc(sorted, func(a, b block) int {
		if a.top > b.top {
			return -1
		} else if a.top < b.top {
			return 1
		}
		return 0
	})
	edge := sorted[0].bottom
	for i := 1; i < len(sorted); i++ {
		if sorted[i].top < edge-rowGap {
			return sorted[:i], sorted[i:], true
		}
		edge = min(edge, sorted[i].bottom)
	}
	return nil, nil, false
}

// parted brings the lines of two columns in order where a page has them line by
// line, from left to right over both.
func parted(lines []line, width float64) []line {
	pairs, long := 0, 0
	for i := 1; i < len(lines); i++ {
		if a, b := &lines[i-1], &lines[i]; a.onBase(b) && b.left > a.right {
			pairs++
			if a.width() > width/4 && b.width() > width/4 {
				long++
			}
		}
	}
	if long < 5 || long*2 < pairs || long*4 < len(lines) {
		return lines
	}
	var all, right []line
	for i := range lines {
		l := lines[i]
		isRight := i > 0 && l.onBase(&lines[i-1]) && l.left > lines[i-1].right
		switch {
		case isRight || len(right) > 0 && l.left > width/2-columnGap:
			right = append(right, l)
		case l.left < width/2 && l.right > width*0.6: // over both columns
			all = append(append(all, right...), l)
			right = nil
		default:
			all = append(all, l)
		}
	}
	return append(all, right...)
}

// columnShare is from which share of a page on two lines side by side are of columns,
// rather than cells.
const columnShare = 0.33

// withRows joins lines that stand side by side, which are the cells of a row.
func withRows(lines []line, width float64) []line {
	var joined []line
	for i := range lines {
		l := lines[i]
		if n := len(joined); n > 0 {
			if last := &joined[n-1]; last.onBase(&l) && l.left > last.right && min(last.width(), l.width()) < columnShare*width {
				sep := " | "
				switch {
				case isMark(last.text): // a bullet or a number, and its text
					sep = " "
				case l.left-last.right < lineGap*max(l.height(), last.height()): // wide blanks of justified text
					sep = " "
				default:
					last.row = true
				}
				last.text += sep + l.text
				last.right, last.top, last.bottom = l.right, max(last.top, l.top), min(last.bottom, l.bottom)
				last.hyphen = l.hyphen
				last.size = max(last.size, l.size)
				last.bold = last.bold && l.bold
				continue
			}
		}
		joined = append(joined, l)
	}
	for i := range joined {
		if l := &joined[i]; l.row && (i > 0 && l.fills(&joined[i-1]) || i+1 < len(joined) && l.fills(&joined[i+1])) {
			l.row, l.text = false, strings.ReplaceAll(l.text, " | ", " ")
		}
	}
	return joined
}

// fills reports whether a line reaches from side to side of its column as its
// neighbour does, which is one of text: then its blanks are those of justified text.
func (l *line) fills(o *line) bool {
	near := 0.3 * l.height()
	return !o.row && math.Abs(l.left-o.left) < near && math.Abs(l.right-o.right) < near
}

// capSize is how much larger than text the letter is that it begins with over several
// lines.
const capSize = 1.8

// joinCaps puts large letters that stand at the start of a text before the line that
// goes on with them.
func joinCaps(lines []line) []line {
	for i := 0; i < len(lines); i++ {
		c := &lines[i]
		if letters := strings.TrimLeft(c.text, "“„«\"'‘"); utf8.RuneCountInString(letters) != 1 || !strings.ContainsFunc(letters, unicode.IsUpper) {
			continue
		}
		best := -1
		for k := range lines {
			l := &lines[k]
			if k == i || l.size*capSize > c.size || l.left < c.left || l.left > c.right+2*l.height() || l.top < c.bottom || l.bottom > c.top {
				continue
			}
			if best < 0 || l.top > lines[best].top {
				best = k
			}
		}
		if best < 0 {
			continue
		}
		lines[best].text = c.text + lines[best].text
		lines = slices.Delete(lines, i, i+1)
		i--
	}
	return lines
}

// isMark reports whether a text is the bullet or number of an item.
func isMark(s string) bool {
	if isBullet(s) {
		return true
	}
	body := strings.TrimRight(s, ".)")
	return len(body) < len(s) && len(body) <= 4 && strings.Trim(body, "0123456789.ivxabcdeIVX(") == ""
}

// isBullet reports whether a text is nothing but a bullet.
func isBullet(s string) bool {
	switch s {
	case "•", "◦", "▪", "■", "●", "○", "–", "-", "—", "*", "►", "▶", "➢", "✓", "", "o", "§":
		return true
	}
	return false
}
