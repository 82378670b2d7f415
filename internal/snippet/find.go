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
	pattern int // index into the patterns given
}

// finder finds patterns in texts. It serves one goroutine at a time.
type finder struct {
	patterns  []Pattern
	used      []bool // whether a pattern is looked for
	analyzer  analysis.Analyzer
	tokenizer *text.Tokenizer
	picker    text.Picker
	tokens    []text.Picked // of the last text, those that slots may match

	// The slots to look for, by what they match: indexes into positions.
	stems, words map[string][]int
	funcs        []func(word string) bool
	funcSlots    []int            // the slot of each of funcs
	known        map[string][]int // the slots that match a word seen

	first     []int   // for each pattern, its first slot
	positions [][]int // for each slot, the tokens that match it, in order
}

// newFinder returns a finder for the patterns that use keeps.
func newFinder(a analysis.Analyzer, patterns []Pattern, use func(*Pattern) bool) *finder {
	f := &finder{
		analyzer:  a,
		tokenizer: a.NewTokenizer(),
		patterns:  patterns,
		used:      make([]bool, len(patterns)),
		stems:     make(map[string][]int),
		words:     make(map[string][]int),
		known:     make(map[string][]int),
		first:     make([]int, len(patterns)),
	}
	slots := 0
	for i := range patterns {
		f.first[i] = slots
		f.used[i] = use(&patterns[i])
		if f.used[i] {
			for j := range patterns[i].Slots {
				f.addSlot(slots+j, &patterns[i].Slots[j])
			}
		}
		slots += len(patterns[i].Slots)
	}
	f.positions = make([][]int, slots)
	return f
}

func (f *finder) addSlot(id int, s *Slot) {
	if s.Stem != "" {
		f.stems[s.Stem] = append(f.stems[s.Stem], id)
		f.picker.AddPrefix(f.analyzer.StemPrefix(s.Stem))
	}
	if s.Word != "" {
		f.words[s.Word] = append(f.words[s.Word], id)
		f.picker.AddWord(s.Word)
	}
	if s.Match != nil {
		f.picker.AddPrefix(s.Prefix)
		f.funcs = append(f.funcs, s.Match)
		f.funcSlots = append(f.funcSlots, id)
	}
}

// find appends the occurrences in s to found, which is empty, in the order of
// their starts.
func (f *finder) find(found []occurrence, s string) []occurrence {
	if len(f.stems) == 0 && len(f.words) == 0 && len(f.funcs) == 0 {
		return found
	}
	f.tokens = f.tokenizer.Pick(f.tokens[:0], s, &f.picker)
	if len(f.tokens) == 0 {
		return found
	}
	for i := range f.positions {
		f.positions[i] = f.positions[i][:0]
	}
	for i := range f.tokens {
		f.note(i, f.tokens[i].Word)
	}
	for p := range f.patterns {
		if f.used[p] {
			found = f.assemble(found, p)
		}
	}
	slices.SortFunc(found, func(a, b occurrence) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End), cmp.Compare(a.pattern, b.pattern))
	})
	return found
}

// note notes token i, a word, with every slot that it matches.
func (f *finder) note(i int, word string) {
	slots, known := f.known[word]
	if !known {
		slots = f.slotsOf(word)
		if len(f.known) == maxKnown {
			clear(f.known)
		}
		f.known[strings.Clone(word)] = slots
	}
	for _, id := range slots {
		f.positions[id] = append(f.positions[id], i)
	}
}

// maxKnown bounds the words that are kept: enough for all that some articles
// have of words that may match.
const maxKnown = 10_000

// slotsOf returns the slots that a word matches, each once.
func (f *finder) slotsOf(word string) []int {
	slots := slices.Clone(f.words[word])
	if len(f.stems) > 0 && !f.analyzer.IsStop(word) {
		slots = append(slots, f.stems[f.analyzer.Stem(word)]...)
	}
	for j, accepts := range f.funcs {
		if accepts(word) {
			slots = append(slots, f.funcSlots[j])
		}
	}
	slices.Sort(slots)
	return slices.Compact(slots)
}

// assemble appends the occurrences of a pattern to found. Each place of its
// first slot is tried with the nearest places of the slots that follow, which
// no others can better; a slot's places are passed over once.
func (f *finder) assemble(found []occurrence, pattern int) []occurrence {
	p := &f.patterns[pattern]
	slots := f.positions[f.first[pattern] : f.first[pattern]+len(p.Slots)]
	if len(slots) == 0 {
		return found
	}
	next := make([]int, len(slots))
	before := len(found)
	for _, start := range slots[0] {
		last := start
		for k := 1; k < len(slots); k++ {
			for next[k] < len(slots[k]) && slots[k][next[k]] <= last {
				next[k]++
			}
			if next[k] == len(slots[k]) {
				return found
			}
			last = slots[k][next[k]]
		}
		if f.tokens[last].Number-f.tokens[start].Number-(len(slots)-1) > p.Slop {
			continue
		}
		o := occurrence{Span: text.Span{Start: f.tokens[start].Start, End: f.tokens[last].End}, pattern: pattern}
		if n := len(found); n > before && found[n-1].End == o.End {
			found[n-1] = o // the same end from a nearer start
			continue
		}
		found = append(found, o)
	}
	return found
}

// merge appends the spans of occurrences, in the order of their starts, to
// dst; those that overlap become one.
func merge(dst []text.Span, found []occurrence) []text.Span {
	for _, o := range found {
		if n := len(dst); n > 0 && o.Start < dst[n-1].End {
			dst[n-1].End = max(dst[n-1].End, o.End)
			continue
		}
		dst = append(dst, o.Span)
	}
	return dst
}
