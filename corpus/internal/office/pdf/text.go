package pdf

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/newsq/newsq/corpus/internal/layout"
	"github.com/newsq/newsq/corpus/internal/paragraph"
)

// sheet is what was read of a page.
type sheet struct {
	lines         []line
	width, height float64
}

// marginLines is how many lines at the top, and at the bottom, may be a running
// head or foot.
const marginLines = 3

// margin is a line at the top or bottom of a page, as it is found on others.
type margin struct {
	text string // digits are "#"
	y    int    // in steps
}

// yStep is by how much a running head may move from page to page, in points.
const yStep = 6

// dropMargins takes away running heads and feet, and page numbers: lines at the
// top or bottom, apart from the text, that other pages have at the same place.
func dropMargins(sheets []sheet) {
	seen := map[margin]int{}
	candidates := make([][]int, len(sheets))
	for i := range sheets {
		candidates[i] = sheets[i].margins()
		onPage := map[margin]bool{}
		for _, k := range candidates[i] {
			m := marginOf(&sheets[i].lines[k])
			for _, near := range [...]margin{m, {m.text, m.y + 1}} { // either side of a step
				if !onPage[near] {
					onPage[near] = true
					seen[near]++
				}
			}
		}
	}
	least := max(2, len(sheets)/5)
	for i := range sheets {
		var drop []int
		for _, k := range candidates[i] {
			l := &sheets[i].lines[k]
			m := marginOf(l)
			if isPageNumber(l.text) || seen[m] >= least || seen[margin{m.text, m.y + 1}] >= least {
				drop = append(drop, k)
			}
		}
		n := -1
		sheets[i].lines = slices.DeleteFunc(sheets[i].lines, func(line) bool {
			n++
			return slices.Contains(drop, n)
		})
	}
}

func marginOf(l *line) margin {
	text := strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return '#'
		}
		return unicode.ToLower(r)
	}, l.text)
	for strings.Contains(text, "##") {
		text = strings.ReplaceAll(text, "##", "#")
	}
	return margin{text: text, y: int(math.Floor(l.top / yStep))}
}

// marginShare is how far from its edge the margin of a page reaches, as a share of its
// height.
// That of page numbers reaches further: TeX has wide margins.
const (
	marginShare = 0.12
	numberShare = 0.18
)

// inMargin reports whether a line lies at the top or the bottom of a page.
func (s *sheet) inMargin(l *line) bool {
	share := marginShare
	if isPageNumber(l.text) {
		share = numberShare
	}
	return l.bottom > s.height*(1-share) || l.top < s.height*share
}

// margins returns the indexes of the lines at the top and at the bottom of a page
// that stand apart from its text: by a gap, or as their letters are smaller.
func (s *sheet) margins() []int {
	order := make([]int, len(s.lines))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		if s.lines[a].top > s.lines[b].top {
			return -1
		} else if s.lines[a].top < s.lines[b].top {
			return 1
		}
		return 0
	})
	body := s.bodySize()
	var all []int
	take := func(at func(i int) int) {
		var run []int
		for i := 0; i < marginLines && i < len(order); i++ {
			k := at(i)
			l := &s.lines[k]
			if !s.inMargin(l) || l.size > 1.3*body && strings.ContainsFunc(l.text, unicode.IsDigit) && !isPageNumber(l.text) {
				return // headings that are numbered through look alike
			}
			run = append(run, k)
			apart := l.size < body*0.95
			if i+1 < len(order) {
				next := &s.lines[at(i+1)]
				gap := max(next.bottom-l.top, l.bottom-next.top)
				apart = apart || gap > 0.9*max(l.height(), next.height())
			} else {
				apart = len(s.lines) > 1
			}
			if apart {
				all = append(all, run...)
				run = nil
			}
		}
	}
	take(func(i int) int { return order[i] })
	take(func(i int) int { return order[len(order)-1-i] })
	return all
}

// bodySize returns the size of most letters of a page.
func (s *sheet) bodySize() float64 {
	weights := map[float64]int{}
	best := 0.0
	for i := range s.lines {
		l := &s.lines[i]
		if weights[l.size] += len(l.text); weights[l.size] > weights[best] {
			best = l.size
		}
	}
	return best
}

// bodySizeOf returns the size of most letters.
func bodySizeOf(sheets []sheet) float64 {
	var all sheet
	for i := range sheets {
		all.lines = append(all.lines, sheets[i].lines...)
	}
	return all.bodySize()
}

var pageNumber = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(?i:(?:page|seite|página|pagina|pág\.?|p\.|s\.|стр\.?|strona|sida|side|sivu|sayfa|第)\s*)?[-–—|\[(]*\s*(?:\d{1,4}|[ivxl]{1,7})\s*[-–—|\])]*(?:\s*(?:/|of|von|de|sur|di|из|z|av|af|van|共)\s*\d{1,4})?\s*(?:页|頁|ページ)?$`)
})

// isPageNumber reports whether a line is nothing but the number of a page.
func isPageNumber(s string) bool { return len(s) < 40 && pageNumber().MatchString(s) }

// maxAddress bounds the address that a browser prints, in bytes.
const maxAddress = 1000

var leader = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?:\.\s?){5,}\s*(?:\d{1,4}|[ivxl]{1,7})$|…{3,}\s*\d{1,4}$`)
})

// fewLeaders is how many lines of dots a page of contents has at least.
const fewLeaders = 3

// dropContents takes away the lines of tables of contents that lead with dots to the
// number of a page.
func dropContents(sheets []sheet) {
	isEntry := func(l line) bool {
		return strings.Contains(l.text, "..") || strings.Contains(l.text, ". .") || strings.Contains(l.text, "……")
	}
	for i := range sheets {
		n := 0
		for k := range sheets[i].lines {
			if l := sheets[i].lines[k]; isEntry(l) && leader().MatchString(l.text) {
				n++
			}
		}
		if n >= fewLeaders {
			sheets[i].lines = slices.DeleteFunc(sheets[i].lines, func(l line) bool { return isEntry(l) && leader().MatchString(l.text) })
		}
	}
}

// edgeShare is how far from the edge a browser prints, as a share of the height.
const edgeShare = 0.06

var numericDay = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`\d{1,4}[-/.]\s?\d{1,2}[-/.]\s?\d{2,4}`)
})

// printed takes what a browser prints around a page: the address at its foot, and at
// its head the day and the title. It returns the address; empty when there is none,
// or when it is cut.
func printed(sheets []sheet) (address string) {
	for i := range sheets {
		s := &sheets[i]
		foot := slices.IndexFunc(s.lines, func(l line) bool { return l.top < s.height*edgeShare && isAddress(l.text) })
		if foot < 0 {
			continue
		}
		first, _, _ := strings.Cut(s.lines[foot].text, " ")
		if address == "" && strings.HasPrefix(first, "http") && !strings.HasSuffix(first, "…") && !strings.HasSuffix(first, "...") {
			address = first
		}
		at := s.lines[foot]
		head := slices.IndexFunc(s.lines, func(l line) bool { return l.bottom > s.height*(1-edgeShare) && numericDay().MatchString(l.text) })
		var above line
		if head >= 0 {
			above = s.lines[head]
		}
		s.lines = slices.DeleteFunc(s.lines, func(l line) bool { return l.onBase(&at) || head >= 0 && l.onBase(&above) })
	}
	return address
}

// isAddress reports whether a line is an address, perhaps with the number of the page.
func isAddress(s string) bool {
	first, rest, _ := strings.Cut(s, " ")
	return len(s) <= maxAddress && (rest == "" || isPageNumber(rest)) &&
		(strings.HasPrefix(first, "http://") || strings.HasPrefix(first, "https://") || strings.HasPrefix(first, "file:///"))
}

// joiner puts lines together to paragraphs.
type joiner struct {
	words   map[string]bool     // with hyphens, that stand within lines
	leading map[float64]float64 // by sizes
	samples map[float64]int     // how many lines told it
	list    []paragraph.Paragraph
	text    strings.Builder
	cur     paragraph.Paragraph
	bold    bool
	tables  int
	size    float64 // of letters in the body
	// first and last are the numbers of the pages of cur.
	first, last int
	largest     float64 // of letters on the first page
}

// paragraphs puts the lines of pages together to paragraphs.
func paragraphs(sheets []sheet) []paragraph.Paragraph {
	j := &joiner{words: map[string]bool{}, leading: map[float64]float64{}, samples: map[float64]int{}}
	for i := range sheets {
		j.learn(sheets[i].lines)
	}
	var last *line
	var column extent
	j.size = bodySizeOf(sheets)
	for i := range sheets[:min(len(sheets), 1)] {
		for k := range sheets[i].lines {
			j.largest = max(j.largest, sheets[i].lines[k].size)
		}
	}
	for i := range sheets {
		s := &sheets[i]
		for k := range s.lines {
			l := &s.lines[k]
			below := k > 0 && isBelow(&s.lines[k-1], l)
			if below {
				column = nearby(s.lines, k-1)
			}
			if last == nil || j.begins(last, l, below, column) {
				j.flush()
				j.start(l, s, k == 0 && i > 0)
				j.first = i + 1
			} else {
				j.join(last, l)
			}
			j.last = i + 1
			last = l
		}
	}
	j.flush()
	return j.list
}

// extent is from where to where the lines of a column go.
type extent struct{ left, right float64 }

// nearLines is how many lines above and below tell how wide a column is at a place:
// text may run round a picture.
const nearLines = 4

// nearby returns the extent of the lines around one.
func nearby(lines []line, i int) extent {
	e := extent{lines[i].left, lines[i].right}
	for k := i; k > 0 && i-k < nearLines && isBelow(&lines[k-1], &lines[k]) && lines[k].looksLike(&lines[k-1]); k-- {
		e.left, e.right = min(e.left, lines[k-1].left), max(e.right, lines[k-1].right)
	}
	for k := i; k+1 < len(lines) && k-i < nearLines && isBelow(&lines[k], &lines[k+1]) && lines[k].looksLike(&lines[k+1]); k++ {
		e.left, e.right = min(e.left, lines[k+1].left), max(e.right, lines[k+1].right)
	}
	return e
}

// looksLike reports whether two lines have letters of the same size and weight. A line
// in others may be that of a headline over several columns.
func (l *line) looksLike(o *line) bool {
	return l.bold == o.bold && math.Abs(l.size-o.size) <= 0.12*max(l.size, o.size)
}

// isBelow reports whether a line goes on below another in the same column.
func isBelow(a, b *line) bool { return b.top < a.top && b.overlaps(a) && a.bottom-b.top < 8*a.height() }

// learn finds which words have hyphens, and how far lines are apart.
func (j *joiner) learn(lines []line) {
	gaps := map[float64][]float64{}
	for i := range lines {
		for _, w := range strings.Fields(lines[i].text) {
			if w = strings.ToLower(strings.Trim(w, ".,;:!?()[]\"'“”‘’«»")); strings.Contains(w, "-") {
				j.words[w] = true
			}
		}
		if i > 0 && isBelow(&lines[i-1], &lines[i]) && lines[i].size == lines[i-1].size {
			if gap := lines[i-1].bottom - lines[i].bottom; gap < 3*lines[i].size {
				gaps[lines[i].size] = append(gaps[lines[i].size], gap)
			}
		}
	}
	for size, list := range gaps {
		slices.Sort(list)
		median := list[len(list)/2]
		if have, ok := j.leading[size]; !ok || median < have && len(list) > 3 {
			j.leading[size] = median
		}
		j.samples[size] += len(list)
	}
}

// begins reports whether a paragraph begins with line b, of which a is the line
// before.
func (j *joiner) begins(a, b *line, below bool, column extent) bool {
	sized := math.Abs(a.size-b.size) > 0.12*max(a.size, b.size)
	switch {
	case a.row || b.row, j.isName(a, b):
		return true
	case below && !layout.EndsSentence(a.text) && j.isTitle(a) && j.isTitle(b) && a.bold == b.bold && a.bottom-b.bottom < 1.9*b.size:
		return false
	case sized, a.bold != b.bold && !a.hyphen:
		return true
	case startsItem(b.text):
		return true
	case a.hyphen:
		return false
	case !below:
		first, _ := utf8.DecodeRuneInString(b.text)
		return layout.EndsSentence(a.text) || !unicode.IsLower(first) && !isWide(first)
	}
	if gap := a.bottom - b.bottom; gap > 1.35*j.leadingOf(b.size) && gap > a.height() {
		return true
	}
	ended := layout.EndsSentence(a.text)
	if a.toLeft && b.toLeft {
		a, b, column = a.mirrored(), b.mirrored(), extent{-column.right, -column.left}
	}
	if b.left > a.left+0.8*b.height() && ended && !startsItem(j.text.String()) && b.left-column.left < 6*b.height() {
		return true // an indent
	}
	return j.wasBroken(a, b, ended || strings.HasSuffix(a.text, ":"), column)
}

// isTitle reports whether a line has the largest letters of the first page, larger than
// those of the text. Those of a title over several lines may be far apart.
func (j *joiner) isTitle(l *line) bool {
	return l.page == 1 && l.size > 0.9*j.largest && l.size > 1.3*j.size
}

// isName reports whether line a is of names below a title, and b, in the middle below
// it or at the same side, something else, as TeX sets authors and where they work.
func (j *joiner) isName(a, b *line) bool {
	if a.page != 1 || a.size >= 0.9*j.largest || math.Abs(a.left+a.right-b.left-b.right) > 0.6*a.size && math.Abs(a.left-b.left) > 1 {
		return false
	}
	names := layout.SplitNames(a.text)
	return len(names) > 0 && !slices.ContainsFunc(names, func(s string) bool { return !layout.IsPersonName(s) })
}

// mirrored returns a line that is read from left to right, for one that is not.
func (l *line) mirrored() *line {
	m := *l
	m.left, m.right = -l.right, -l.left
	return &m
}

// wasBroken reports whether somebody ended line a, as the first word of b would have
// fitted on it.
func (j *joiner) wasBroken(a, b *line, ended bool, column extent) bool {
	word, _, _ := strings.Cut(b.text, " ")
	unused := column.right - a.right
	share := unused / max(column.right-column.left, 1)
	if n := utf8.RuneCountInString(b.text); n == 0 || unused < 0.3*b.size+b.width()*float64(utf8.RuneCountInString(word))/float64(n) {
		return false
	}
	if ended {
		return share > 0.05
	}
	// Titles are broken for their sense.
	return share > 0.25 && a.size < j.size*1.15
}

// leadingOf returns how far lines of a size are apart.
func (j *joiner) leadingOf(size float64) float64 {
	const usual = 1.2
	if leading := j.leading[size]; leading > 0 && (j.samples[size] >= enough || leading < usual*size) {
		return leading
	}
	return usual * size
}

// enough is how many lines tell how far those of their size are apart.
const enough = 8

// startsItem reports whether a line begins as an item of a list does.
func startsItem(s string) bool {
	first, rest, _ := strings.Cut(s, " ")
	return rest != "" && isMark(first) && first != "o" && first != "-" && first != "–" && first != "—"
}

func isWide(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) || r >= 0x3000 && r <= 0x303f || r >= 0xff00 && r <= 0xffef
}

func (j *joiner) start(l *line, s *sheet, newPage bool) {
	j.cur = paragraph.Paragraph{Size: l.size, Break: newPage, Italic: l.italic}
	j.bold = l.bold
	middle := (l.left + l.right) / 2
	j.cur.Centered = l.width() < s.width*0.7 && math.Abs(middle-s.width/2) < s.width*0.02 && l.left > s.width*0.15
	if l.row {
		j.tables++
		j.cur.Table, j.cur.Row, j.cur.Cell = j.tables, 1, 1
	}
	text := l.text
	if first, rest, _ := strings.Cut(text, " "); rest != "" && isBullet(first) && first != "o" && first != "-" {
		text, j.cur.List = rest, true
	}
	j.text.WriteString(text)
}

// join adds a line to the paragraph at hand.
func (j *joiner) join(a, b *line) {
	j.bold = j.bold && b.bold
	j.cur.Italic = j.cur.Italic && b.italic
	text := j.text.String()
	last, _ := utf8.DecodeLastRuneInString(text)
	first, _ := utf8.DecodeRuneInString(b.text)
	switch {
	case a.hyphen:
		if j.keepsHyphen(text, b.text, first) {
			j.text.WriteByte('-')
		}
	case isWide(last) && isWide(first), last == '-' && (unicode.IsLetter(first) || unicode.IsDigit(first)) && !strings.HasSuffix(text, " -"):
	default:
		j.text.WriteByte(' ')
	}
	j.text.WriteString(b.text)
}

// keepsHyphen reports whether the hyphen at the end of a line is of the word: it is
// written so elsewhere, or what follows does not begin small.
func (j *joiner) keepsHyphen(above, below string, first rune) bool {
	if !unicode.IsLower(first) {
		return true
	}
	start := above[strings.LastIndexByte(above, ' ')+1:]
	end, _, _ := strings.Cut(below, " ")
	word := strings.ToLower(start + "-" + end)
	return j.words[strings.Trim(word, ".,;:!?()[]\"'“”‘’«»")]
}

func (j *joiner) flush() {
	if j.text.Len() == 0 {
		return
	}
	j.cur.Text = j.text.String()
	j.cur.Bold = j.bold
	if j.cur.Page = strconv.Itoa(j.first); j.last > j.first {
		j.cur.Page += "-" + strconv.Itoa(j.last)
	}
	j.text.Reset()
	j.list = append(j.list, j.cur)
}
