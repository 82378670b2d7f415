package snippet

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/text"
)

// Lengths of passages in bytes. Two or three lines of a terminal or a web page
// are read at a glance; less than one line says too little.
const (
	shortPassage = 100 // grows by a neighbour where its paragraph has one
	longPassage  = 300 // grows no further
	maxSentence  = 600 // a longer sentence is shown in part
)

// maxWindows bounds the passages that compete. An article with more matches
// is a book, and any of the best will do.
const maxWindows = 512

// What counts for a passage's score beside the weights of its patterns.
const (
	phraseBonus     = 1.5  // factor for a phrase: its words stand as was asked
	nearBonus       = 4    // for words near each other: such a place comes first
	partialFactor   = 0.3  // factor for a match of which the end is not shown
	repetitionBonus = 0.3  // what many matches of a pattern add to one, at most
	coveredFactor   = 0.25 // factor for a pattern that a chosen passage shows
	headingBonus    = 0.3  // factor for a pattern in the section's heading
	earlyBonus      = 0.1  // for the article's start; half of it earlyHalf bytes on
	earlyHalf       = 1000
	longMalus       = 3000 // bytes that cost half of the score
	furnitureFactor = 1e-4 // factor for furniture, so that all else comes before it
	shortMalus      = 0.3  // what a passage of hardly any length loses of its score
)

// window is a passage that may be chosen.
type window struct {
	section int
	span    text.Span
	// contributions is the range of its patterns in Cutter.contributions.
	contributions [2]int
	factor        float64
	excluded      bool // chosen, overlapping, or like a chosen one
	read          bool // it was looked at for furniture, of which factor says how much
}

// contribution is what a pattern adds to the score of a window.
type contribution struct {
	pattern int
	score   float64
}

// Cutter cuts passages for one set of patterns, of one article after the
// other: what it learns of words and its memory serve for the next. It serves
// one goroutine at a time.
type Cutter struct {
	finder, title *finder
	sections      []Section
	occurrences   [][]occurrence // for each section, those in its text
	units         []unit         // scratch: of some paragraphs
	windows       []window
	contributions []contribution
	counts        []float64    // scratch: for each pattern, its matches in a window
	shown         []bool       // for each pattern, whether a chosen passage has it
	tokens        []text.Token // scratch: of a passage
	foreign       []ForeignPart
	foreignFinder map[analysis.Analyzer]*finder
	marked        []MarkedPart
}

// NewCutter returns a cutter for patterns, which it keeps. a analyses the
// articles.
func NewCutter(a analysis.Analyzer, patterns []Pattern) *Cutter {
	return &Cutter{
		finder: newFinder(a, patterns, func(p *Pattern) bool { return p.Body || p.Heading }),
		title:  newFinder(a, patterns, func(p *Pattern) bool { return p.Title }),
		counts: make([]float64, len(patterns)),
		shown:  make([]bool, len(patterns)),
	}
}

// reset makes the cutter ready for another article.
func (c *Cutter) reset(sections []Section) {
	c.sections = sections
	if len(c.occurrences) < len(sections) {
		c.occurrences = make([][]occurrence, len(sections))
	}
	c.windows, c.contributions = c.windows[:0], c.contributions[:0]
	clear(c.shown)
}

// addSection adds the windows of a section that starts offset bytes into the
// article.
func (c *Cutter) addSection(i, offset int) {
	s := &c.sections[i]
	if strings.TrimSpace(s.Text) == "" {
		return
	}
	heading := c.headingPatterns(s.Heading)
	c.finder.setMarked(c.marked, i)
	found := c.finder.find(c.occurrences[i][:0], s.Text)
	for _, part := range c.foreign {
		if part.Section == i {
			found = c.findForeign(found, s.Text, part)
		}
	}
	found = slices.DeleteFunc(found, func(o occurrence) bool { return !c.finder.patterns[o.pattern].Body })
	c.occurrences[i] = found
	if len(found) == 0 && len(heading) == 0 {
		return
	}
	if len(found) == 0 {
		units := c.firstUnits(s.Text)
		c.addWindow(i, offset, grow(units, 0), nil, heading)
		return
	}
	for from := 0; from < len(found); {
		start, end := paragraphs(s.Text, found[from].Start, found[from].End)
		to := from + 1
		for ; to < len(found) && found[to].Start < end; to++ {
			if found[to].End > end {
				_, end = paragraphs(s.Text, start, found[to].End)
			}
		}
		c.units = c.cutUnits(c.units[:0], s.Text, start, end)
		c.addUnits(i, offset, found[from:to], heading)
		from = to
	}
}

// SetForeign tells which parts of the next article are in another language: words are
// found in them by the stems that they have there, too.
func (c *Cutter) SetForeign(parts []ForeignPart) { c.foreign = parts }

// findForeign adds the occurrences of words of another language in a part of a section's
// text to found.
func (c *Cutter) findForeign(found []occurrence, s string, part ForeignPart) []occurrence {
	f := c.foreignFinder[part.Analyzer]
	if f == nil {
		f = newFinder(part.Analyzer, c.finder.patterns, func(p *Pattern) bool { return p.Body && p.isOf(part.Analyzer) })
		if c.foreignFinder == nil {
			c.foreignFinder = make(map[analysis.Analyzer]*finder)
		}
		c.foreignFinder[part.Analyzer] = f
	}
	for _, o := range f.find(nil, s[part.Start:part.End]) {
		found = append(found, o.moved(part.Start))
	}
	slices.SortFunc(found, compareOccurrences)
	return found
}

// addUnits adds the windows of c.units that start with a match. found are the
// occurrences that start in these units.
func (c *Cutter) addUnits(section, offset int, found []occurrence, heading []int) {
	for u, from := 0, 0; u < len(c.units); u++ {
		to := from
		reach := 0
		for to < len(found) && found[to].Start < c.units[u].End {
			reach = max(reach, found[to].End)
			to++
		}
		if to > from {
			c.addWindows(section, offset, c.units, u, reach, found[from:], heading)
		}
		from = to
	}
}

// addWindows adds the windows that start with unit u: by itself and with the
// units behind it, as long as they are short enough, and at least as far as
// the matches that start in u reach. found are the occurrences from u on.
func (c *Cutter) addWindows(section, offset int, units []unit, u, reach int, found []occurrence, heading []int) {
	for last := u; last < len(units); last++ {
		span := text.Span{Start: units[u].Start, End: units[last].End}
		crossed := last == u || units[last].Start < reach && length(span) <= maxSentence
		if !crossed && (length(span) > longPassage || units[last].opens) {
			return
		}
		if length(span) < shortPassage {
			bigger := extend(units, u, last)
			if bigger.End > span.End {
				continue // it comes next
			}
			span = bigger
		}
		inside := found
		if span.Start < units[u].Start {
			inside = c.occurrences[section]
		}
		c.addWindow(section, offset, span, inside, heading)
	}
}

// addWindow adds a window with what it shows. found holds the occurrences of
// its section, at least those within it.
func (c *Cutter) addWindow(section, offset int, span text.Span, found []occurrence, heading []int) {
	w := window{section: section, span: span}
	w.contributions[0] = len(c.contributions)
	for _, o := range found {
		if o.Start >= span.End {
			break
		}
		switch {
		case o.Start < span.Start:
			continue
		case c.counts[o.pattern] == 0:
			c.contributions = append(c.contributions, contribution{pattern: o.pattern})
		}
		if o.End <= span.End {
			c.counts[o.pattern]++
		} else {
			c.counts[o.pattern] = max(c.counts[o.pattern], partialFactor)
		}
	}
	for i := range c.contributions[w.contributions[0]:] {
		s := &c.contributions[w.contributions[0]+i]
		n := c.counts[s.pattern]
		c.counts[s.pattern] = 0
		s.score = weight(&c.finder.patterns[s.pattern])
		if n > 1 {
			s.score *= 1 + repetitionBonus*(1-1/n)
		} else {
			s.score *= n
		}
	}
	for _, p := range heading {
		c.contributions = append(c.contributions, contribution{p, headingBonus * weight(&c.finder.patterns[p])})
	}
	w.contributions[1] = len(c.contributions)
	w.factor = shapeFactor(offset+span.Start, length(span))
	c.windows = append(c.windows, w)
}

// shapeFactor is the part of a passage's score that its place in the article and its
// length in bytes make.
func shapeFactor(start, length int) float64 {
	early := 1 + earlyBonus*earlyHalf/(earlyHalf+float64(start))
	long := longMalus / (longMalus + float64(length))
	short := 1 - shortMalus*max(0, 1-float64(length)/shortPassage)
	return early * long * short
}

// proseFactor is the part of a passage's score that is left for what it holds beside
// furniture.
func (c *Cutter) proseFactor(w *window) float64 {
	s := c.sections[w.section].Text
	start, end := paragraphs(s, w.span.Start, w.span.End)
	c.units = c.cutUnits(c.units[:0], s, w.span.Start, w.span.End)
	c.markFurniture(c.units, s, start, end)
	all, furniture := 0, 0
	for i := range c.units {
		all += length(c.units[i].Span)
		if c.units[i].furniture {
			furniture += length(c.units[i].Span)
		}
	}
	if furniture == 0 {
		return 1
	}
	return furnitureFactor + (1-furnitureFactor)*float64(all-furniture)/float64(all)
}

// weight is what one match of a pattern counts. It is above 0, so that what
// matches is better than what doesn't.
func weight(p *Pattern) float64 {
	const least, most = 1e-3, 1e3
	w := p.Weight
	if math.IsNaN(w) || w < least {
		w = least
	}
	w = min(w, most)
	switch {
	case p.Near != nil, p.Spans != nil && p.Spans.Of.joins():
		w *= nearBonus
	case len(p.Terms) > 1:
		w *= phraseBonus
	}
	return w
}

// headingPatterns returns the patterns that match a heading, each once.
func (c *Cutter) headingPatterns(heading string) []int {
	var matched []int
	c.finder.setMarked(nil, 0) // headings have none
	for _, o := range c.finder.find(nil, heading) {
		if c.finder.patterns[o.pattern].Heading && !slices.Contains(matched, o.pattern) {
			matched = append(matched, o.pattern)
		}
	}
	return matched
}

// score is what a window adds to those chosen.
func (c *Cutter) score(w *window) float64 {
	sum := 0.0
	for _, s := range c.contributions[w.contributions[0]:w.contributions[1]] {
		if c.shown[s.pattern] {
			sum += coveredFactor * s.score
		} else {
			sum += s.score
		}
	}
	return sum * w.factor
}

// choose returns the n best windows, each chosen for what those before it
// don't show.
func (c *Cutter) choose(n int) []Passage {
	if len(c.windows) > maxWindows {
		slices.SortStableFunc(c.windows, func(a, b window) int { return cmp.Compare(c.score(&b), c.score(&a)) })
		c.windows = c.windows[:maxWindows]
	}
	var chosen []Passage
	var told [][]string // the words of each of chosen
	for len(chosen) < n {
		best := c.best()
		if best == nil {
			break
		}
		best.excluded = true
		if len(chosen) == 0 && n == 1 { // like none
			return append(chosen, c.passage(best, c.score(best)))
		}
		words := c.distinctWords(c.sections[best.section].Text[best.span.Start:best.span.End])
		if slices.ContainsFunc(told, func(t []string) bool { return sameWords(t, words) }) {
			continue
		}
		told = append(told, words)
		chosen = append(chosen, c.passage(best, c.score(best)))
		c.exclude(best)
	}
	return chosen
}

// best returns the window that adds most, nil if there is none. Whether a window is
// furniture takes long to find out, and is looked at when it comes first.
func (c *Cutter) best() *window {
	for {
		best := c.highest()
		if best == nil || best.read {
			return best
		}
		best.read = true
		factor := c.proseFactor(best)
		if best.factor *= factor; factor == 1 {
			return best
		}
	}
}

// highest returns the window with the highest score, nil if there is none.
func (c *Cutter) highest() *window {
	var best *window
	top := 0.0
	for i := range c.windows {
		w := &c.windows[i]
		if w.excluded {
			continue
		}
		if score := c.score(w); best == nil || score > top {
			best, top = w, score
		}
	}
	return best
}

// take notes what a chosen window shows, and drops those that overlap it.
func (c *Cutter) exclude(chosen *window) {
	for _, s := range c.contributions[chosen.contributions[0]:chosen.contributions[1]] {
		c.shown[s.pattern] = true
	}
	for i := range c.windows {
		w := &c.windows[i]
		if w.section == chosen.section && w.span.Start < chosen.span.End && chosen.span.Start < w.span.End {
			w.excluded = true
		}
	}
}

// passage returns a window as a passage, with its matches. Of places that reach
// beyond it the words within are marked.
func (c *Cutter) passage(w *window, score float64) Passage {
	var around []occurrence
	for _, o := range c.occurrences[w.section] {
		if o.Start < w.span.End && o.End > w.span.Start {
			around = append(around, o)
		}
	}
	var marks []text.Span
	for _, s := range allMarks(around) {
		if s.Start >= w.span.Start && s.End <= w.span.End {
			marks = append(marks, text.Span{Start: s.Start - w.span.Start, End: s.End - w.span.Start})
		}
	}
	return Passage{Section: w.section, Span: w.span, Matches: mergeSpans(nil, marks), Score: score}
}

// distinctWords returns the words of s, each once, in order.
func (c *Cutter) distinctWords(s string) []string {
	c.tokens = c.finder.tokenizer.Words(c.tokens[:0], s)
	words := make([]string, len(c.tokens))
	for i, t := range c.tokens {
		words[i] = t.Word
	}
	slices.Sort(words)
	return slices.Compact(words)
}

// alike reports whether two passages say the same: nine in ten of the words of
// the one with fewer are in the other, and they are of like length.
func sameWords(a, b []string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	common := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch cmp.Compare(a[i], b[j]) {
		case 0:
			common++
			i++
			j++
		case -1:
			i++
		default:
			j++
		}
	}
	return common*10 >= len(a)*9 && len(a)*2 >= len(b)
}
