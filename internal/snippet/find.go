package snippet

import (
	"cmp"
	"slices"
	"strings"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/text"
)

// occurrence is a place where a pattern matches.
type occurrence struct {
	text.Span
	pattern int         // index into the patterns given
	marks   []text.Span // what is to be marked of it; nil for all
}

// moved returns the occurrence n bytes further on.
func (o occurrence) moved(n int) occurrence {
	o.Start, o.End = o.Start+n, o.End+n
	for i := range o.marks {
		o.marks[i].Start, o.marks[i].End = o.marks[i].Start+n, o.marks[i].End+n
	}
	return o
}

// isOf reports whether a pattern is one word by its stem in the language of a.
func (p *Pattern) isOf(a analysis.Analyzer) bool {
	return len(p.Terms) == 1 && p.Terms[0].Stem != "" && analysis.StemTag(p.Terms[0].Stem) == a.StemTag()
}

// finder finds patterns in texts. It serves one goroutine at a time.
type finder struct {
	patterns  []Pattern
	used      []bool // whether a pattern is looked for
	analyzer  analysis.Analyzer
	tokenizer *text.Tokenizer
	prefilter text.Prefilter
	tokens    []text.PositionedToken // of the last text, those that terms may match
	variants  []text.VariantWord     // of the last text, those that stems may match

	// The terms to look for, by what they match: indexes into positions.
	stems, words   map[string][]int
	predicates     []func(word string) bool
	predicateTerms []int            // the term of each of predicates
	termsByWord    map[string][]int // the terms that match a word seen

	first     []int   // for each pattern, its first term
	positions [][]int // for each term, the tokens that match it, in order
	// variantReadings has, for each term, the variants that match it; nil where no
	// pattern is a NEAR or spans.
	variantReadings [][]reading

	termMarks   []termMarks               // for each term; nil where none has any
	written     map[int]func(string) bool // of the terms that say how they are written
	marked      []MarkedPart              // of the text, if that is known
	knowsMarked bool
	text        string // the last one
}

// newFinder returns a finder for the patterns that use keeps.
func newFinder(a analysis.Analyzer, patterns []Pattern, use func(*Pattern) bool) *finder {
	f := &finder{
		analyzer:    a,
		tokenizer:   a.NewTokenizer(),
		patterns:    patterns,
		used:        make([]bool, len(patterns)),
		stems:       make(map[string][]int),
		words:       make(map[string][]int),
		termsByWord: make(map[string][]int),
		first:       make([]int, len(patterns)),
	}
	terms := 0
	for i := range patterns {
		f.first[i] = terms
		f.used[i] = use(&patterns[i])
		of := patterns[i].terms()
		if f.used[i] {
			for j := range of {
				f.addTerm(terms+j, &of[j])
			}
		}
		terms += len(of)
	}
	f.positions = make([][]int, terms)
	f.noteMarks()
	f.noteWritten()
	if slices.ContainsFunc(patterns, func(p Pattern) bool { return p.Near != nil || p.Spans != nil }) {
		f.variantReadings = make([][]reading, terms)
	}
	return f
}

func (f *finder) addTerm(id int, s *TermPattern) {
	if s.Stem != "" && analysis.StemTag(s.Stem) == f.analyzer.StemTag() {
		f.stems[s.Stem] = append(f.stems[s.Stem], id)
		f.prefilter.AddPrefix(f.analyzer.StemPrefix(s.Stem))
	}
	if s.Word != "" {
		f.words[s.Word] = append(f.words[s.Word], id)
		f.prefilter.AddWord(s.Word)
	}
	if accepts := s.Match; accepts != nil || s.marksOnly() {
		if accepts == nil {
			accepts = func(string) bool { return true }
		}
		f.prefilter.AddPrefix(s.Prefix)
		f.predicates = append(f.predicates, accepts)
		f.predicateTerms = append(f.predicateTerms, id)
	}
}

// find appends the occurrences in s to found, which is empty, in the order of
// their starts.
func (f *finder) find(found []occurrence, s string) []occurrence {
	if len(f.stems) == 0 && len(f.words) == 0 && len(f.predicates) == 0 {
		return found
	}
	f.text = s
	f.tokens, f.variants = f.tokenizer.Filter(f.tokens[:0], f.variants[:0], s, &f.prefilter)
	if len(f.tokens) == 0 && len(f.variants) == 0 {
		return found
	}
	for i := range f.positions {
		f.positions[i] = f.positions[i][:0]
	}
	for i := range f.tokens {
		f.addPosition(i, f.tokens[i].Word)
	}
	for i := range f.variantReadings {
		f.variantReadings[i] = f.variantReadings[i][:0]
	}
	for i := range f.variants {
		found = f.findVariant(found, &f.variants[i])
	}
	for p := range f.patterns {
		switch {
		case !f.used[p]:
		case f.patterns[p].Near != nil:
			found = f.findNear(found, p)
		case f.patterns[p].Spans != nil:
			found = f.findSpans(found, p)
		default:
			found = f.findPattern(found, p)
		}
	}
	slices.SortFunc(found, compareOccurrences)
	return found
}

// compareOccurrences compares occurrences by their places.
func compareOccurrences(a, b occurrence) int {
	return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End), cmp.Compare(a.pattern, b.pattern))
}

// addPosition adds token i, a word, to the positions of every term that it
// matches.
func (f *finder) addPosition(i int, word string) {
	terms, known := f.termsByWord[word]
	if !known {
		terms = f.termsOf(word)
		if len(f.termsByWord) == maxKnown {
			clear(f.termsByWord)
		}
		f.termsByWord[strings.Clone(word)] = terms
	}
	for _, id := range terms {
		if (f.termMarks == nil || f.hasMarks(id, f.tokens[i].Start)) && f.isWritten(id, i) {
			f.positions[id] = append(f.positions[id], i)
		}
	}
}

// maxKnown bounds the words that are kept: enough for all that some articles
// have of words that may match.
const maxKnown = 10_000

// termsOf returns the terms that a word matches, each once.
func (f *finder) termsOf(word string) []int {
	terms := slices.Clone(f.words[word])
	if len(f.stems) > 0 && !f.analyzer.IsStop(word) {
		terms = append(terms, f.stems[f.analyzer.Stem(word)]...)
	}
	for j, accepts := range f.predicates {
		if accepts(word) {
			terms = append(terms, f.predicateTerms[j])
		}
	}
	slices.Sort(terms)
	return slices.Compact(terms)
}

// findPattern appends the occurrences of a pattern to found. Each place of its
// first term is tried with the nearest places of the terms that follow, which
// no others can better; a term's places are passed over once.
func (f *finder) findPattern(found []occurrence, pattern int) []occurrence {
	p := &f.patterns[pattern]
	if len(p.Terms) == 1 && p.Terms[0].marksOnly() {
		return f.findParts(found, pattern)
	}
	terms := f.positions[f.first[pattern] : f.first[pattern]+len(p.Terms)]
	if len(terms) == 0 {
		return found
	}
	next := make([]int, len(terms))
	before := len(found)
	for _, start := range terms[0] {
		last := start
		for k := 1; k < len(terms); k++ {
			for next[k] < len(terms[k]) && terms[k][next[k]] <= last {
				next[k]++
			}
			if next[k] == len(terms[k]) {
				return found
			}
			last = terms[k][next[k]]
		}
		if f.tokens[last].Position-f.tokens[start].Position-(len(terms)-1) > p.Slop {
			continue
		}
		o := occurrence{Span: text.Span{Start: f.tokens[start].Start, End: f.endOf(last, &p.Terms[len(terms)-1])}, pattern: pattern}
		if n := len(found); n > before && found[n-1].End == o.End {
			found[n-1] = o // the same end from a nearer start
			continue
		}
		found = append(found, o)
	}
	return found
}

// endOf returns where that ends which a term asks for of a token.
func (f *finder) endOf(token int, s *TermPattern) int {
	if s.OneCharacter {
		return f.tokens[token].End
	}
	return f.tokens[token].WordEnd
}

// findVariant appends an occurrence of each pattern that a variant of some words
// matches: those of one stem. It notes the operands of NEAR that match.
func (f *finder) findVariant(found []occurrence, v *text.VariantWord) []occurrence {
	if len(f.stems) == 0 || f.analyzer.IsStop(v.Word) {
		return found
	}
	for _, id := range f.stems[f.analyzer.Stem(v.Word)] {
		if f.termMarks != nil && !f.hasMarks(id, v.Start) || f.written[id] != nil {
			continue
		}
		if f.variantReadings != nil {
			f.variantReadings[id] = append(f.variantReadings[id], reading{v.Position, v.Position, v.Span})
		}
		p, ok := slices.BinarySearch(f.first, id)
		if ok && len(f.patterns[p].Terms) == 1 {
			found = append(found, occurrence{Span: v.Span, pattern: p})
		}
	}
	return found
}

// merge appends what is to be marked of occurrences, in the order of their starts,
// to dst; spans that overlap become one.
func merge(dst []text.Span, found []occurrence) []text.Span {
	if slices.ContainsFunc(found, func(o occurrence) bool { return o.marks != nil }) {
		return mergeSpans(dst, allMarks(found))
	}
	for _, o := range found {
		dst = appendMark(dst, o.Span)
	}
	return dst
}

// allMarks returns what is to be marked of occurrences, in order.
func allMarks(found []occurrence) []text.Span {
	var marks []text.Span
	for _, o := range found {
		if o.marks == nil {
			marks = append(marks, o.Span)
		}
		marks = append(marks, o.marks...)
	}
	slices.SortFunc(marks, func(a, b text.Span) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End)) })
	return marks
}

func mergeSpans(dst, spans []text.Span) []text.Span {
	for _, s := range spans {
		dst = appendMark(dst, s)
	}
	return dst
}

// appendMark appends a span to dst, whose spans start before it.
func appendMark(dst []text.Span, s text.Span) []text.Span {
	if n := len(dst); n > 0 && s.Start < dst[n-1].End {
		dst[n-1].End = max(dst[n-1].End, s.End)
		return dst
	}
	return append(dst, s)
}
