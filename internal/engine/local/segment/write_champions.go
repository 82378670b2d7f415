package segment

import (
	"bytes"
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	api "github.com/blevesearch/scorch_segment_api/v2"
)

// Champion lists (Manning, Raghavan and Schütze, Introduction to Information
// Retrieval, 2008, 7.1.3) are made when segments are merged, of the beginnings of
// words that have many postings. The words are gone through twice, in order: once
// to count postings, which tells the prefixes that get a list, and once to add
// up frequencies by document. The second time, each posting is added to the
// longest of these prefixes alone. When its last word is done, its sums are
// looked through, and added to those of the next shorter prefix.

const (
	// maxChampionPrefix bounds the prefixes, in letters. Each that is open has its
	// sums: some megabytes.
	maxChampionPrefix = 20
	// championWindow is how many documents are summed up at a time, in 2 bytes
	// each. Segments of more documents are gone through several times.
	championWindow = 1 << 20
	// maxChampionLists bounds the lists of a segment, to some megabytes.
	maxChampionLists = 1 << 13
)

// prefixUnion is a prefix that may get a list.
type prefixUnion struct {
	championList
	postings, words int
	excess          bool       // a sum was too great
	floor           float64    // of the ratio; what is not above it is no champion
	sums            []sumBlock // of the window, while the prefix is open
}

// championBuilder finds the champion lists of a merge.
type championBuilder struct {
	m       *merger
	rule    *ChampionRule
	head    championHead
	lengths normValues
	unions  []*prefixUnion // in the order of their keys
	open    []*prefixUnion // each is the beginning of the next
	free    [][]sumBlock   // sums that are all 0

	from uint64 // first document of the window
	size int    // documents of the window
	// norms are those of the documents of the window, times normScale, rounded
	// down.
	norms []sumBlock
	// moves are the inputs whose documents keep their order and are all there.
	moves []bool

	docs, freqs [BlockSize]uint32
	found       foundSums
	unused      sumBlock // what is added up for no prefix
}

// writeChampions writes the champion lists of the new segment, if it has any.
func (m *merger) writeChampions(w *writer, infos []fieldInfo, sources []normsSource) error {
	if m.champions == nil || m.docs < uint64(m.champions.MinDocs) {
		return nil
	}
	b := &championBuilder{m: m, rule: m.champions}
	if !b.prepare(infos, sources) {
		return nil
	}
	if err := b.findPrefixes(); err != nil {
		return err
	}
	for ; len(b.unions) > 0 && b.from < m.docs; b.from += championWindow {
		if err := b.addWindow(); err != nil {
			return err
		}
	}
	var lists []championList
	for _, u := range b.unions {
		if !u.excess && u.docs > 0 {
			lists = append(lists, u.championList)
		}
	}
	if len(lists) > 0 {
		writeChampionLists(w, &b.head, lists)
	}
	return w.err
}

// prepare finds the fields of the rule and the mean length. ok is false where no
// document has a length.
func (b *championBuilder) prepare(infos []fieldInfo, sources []normsSource) (ok bool) {
	number := func(name string) int {
		return slices.IndexFunc(infos, func(f fieldInfo) bool { return f.name == name && f.terms > 0 })
	}
	b.head.lengthField = number(b.rule.LengthField)
	if b.head.lengthField < 0 {
		return false
	}
	for _, f := range b.rule.Fields {
		if i := number(f.Name); i >= 0 {
			b.head.fields, b.head.weights = append(b.head.fields, i), append(b.head.weights, f.Weight)
		}
	}
	b.lengths = newNormValues(b.m.mergeNorms(sources[infos[b.head.lengthField].normsIndex]), int(b.m.docs))
	for _, newDocs := range b.m.newDocs {
		moves := true
		for doc, newDoc := range newDocs {
			moves = moves && newDoc == newDocs[0]+uint64(doc) && newDoc != dropped
		}
		b.moves = append(b.moves, moves)
	}
	b.head.base, b.head.perLength, ok = b.rule.normOver(b.lengths, b.m.docs)
	return ok
}

// prefixCursor is at a word of a field of an input.
type prefixCursor struct {
	input  int
	weight uint32
	words  *TermCursor
	word   *Term
	passed passedLists
}

// eachWord calls f for each word of the fields in all inputs, in order, with the
// cursors that are at it.
func (b *championBuilder) eachWord(f func(word []byte, at []*prefixCursor) error) error {
	var cursors, at []*prefixCursor
	for i := range b.m.inputs {
		for _, field := range b.rule.Fields {
			words, err := b.m.inputs[i].TermsIn(field.Name, nil, nil)
			if err != nil {
				return err
			}
			c := &prefixCursor{input: i, weight: field.Weight, words: words}
			if c.word, err = words.Next(); err != nil {
				return err
			}
			cursors = append(cursors, c)
		}
	}
	ended := func(c *prefixCursor) bool { return c.word == nil }
	cursors = slices.DeleteFunc(cursors, ended)
	const closeEvery = 1 << 10 // words between looks at the channel
	for n := 0; len(cursors) > 0; n++ {
		if n%closeEvery == 0 && b.m.closed() {
			return api.ErrClosed
		}
		at = at[:0]
		for _, c := range cursors {
			order := -1
			if len(at) > 0 {
				order = bytes.Compare(c.word.Bytes, at[0].word.Bytes)
			}
			if order < 0 {
				at = at[:0]
			}
			if order <= 0 {
				at = append(at, c)
			}
		}
		if err := f(at[0].word.Bytes, at); err != nil {
			return err
		}
		for _, c := range at {
			in := b.m.inputs[c.input].Segment
			c.passed.drop(in, c.word.field, c.word.value, dropPagesEvery/uint64(len(b.m.inputs)))
			var err error
			if c.word, err = c.words.Next(); err != nil {
				return err
			}
		}
		cursors = slices.DeleteFunc(cursors, ended)
	}
	for _, field := range b.rule.Fields {
		b.m.dropPagesOf(field.Name)
	}
	return nil
}

// openPrefix is a prefix of the word at hand, with what was counted of it.
type openPrefix struct{ end, postings, words int }

// findPrefixes finds the prefixes with many postings. Where several of them are of
// the same words, they are one.
func (b *championBuilder) findPrefixes() error {
	minPostings := max(b.rule.MinPostings, int(float64(b.m.docs)*b.rule.MinShare))
	var open []openPrefix
	var last []byte
	closeBeyond := func(end int) {
		for len(open) > 0 && open[len(open)-1].end > end {
			p := open[len(open)-1]
			open = open[:len(open)-1]
			if len(open) > 0 {
				open[len(open)-1].postings += p.postings
				open[len(open)-1].words += p.words
			}
			if p.postings >= minPostings {
				u := &prefixUnion{postings: p.postings, words: p.words}
				u.key, u.shortest = string(last[:p.end]), p.end
				b.unions = append(b.unions, u)
			}
		}
	}
	err := b.eachWord(func(word []byte, at []*prefixCursor) error {
		common := 0
		for common < len(word) && common < len(last) && word[common] == last[common] {
			common++
		}
		closeBeyond(common)
		last = append(last[:0], word...)
		end := 0
		if len(open) > 0 {
			end = open[len(open)-1].end
		}
		for len(open) < maxChampionPrefix && end < len(word) {
			_, size := utf8.DecodeRune(word[end:])
			end += size
			open = append(open, openPrefix{end: end})
		}
		if len(open) == 0 {
			return nil
		}
		longest := &open[len(open)-1]
		longest.words++
		for _, c := range at {
			n, err := b.m.inputs[c.input].docFreqOf(c.word.field, c.word.value)
			if err != nil {
				return err
			}
			longest.postings += int(n)
		}
		return nil
	})
	closeBeyond(0)
	b.choosePrefixes()
	return err
}

// choosePrefixes sorts the prefixes, joins those of the same words, and keeps as
// many as may have a list.
func (b *championBuilder) choosePrefixes() {
	slices.SortFunc(b.unions, func(x, y *prefixUnion) int { return strings.Compare(x.key, y.key) })
	kept := b.unions[:0]
	for i, u := range b.unions {
		if i+1 < len(b.unions) {
			if next := b.unions[i+1]; strings.HasPrefix(next.key, u.key) && next.words == u.words {
				next.shortest = u.shortest
				continue
			}
		}
		kept = append(kept, u)
	}
	b.unions = kept
	if len(kept) > maxChampionLists {
		slices.SortFunc(b.unions, func(x, y *prefixUnion) int { return cmp.Compare(y.postings, x.postings) })
		b.unions = b.unions[:maxChampionLists]
		slices.SortFunc(b.unions, func(x, y *prefixUnion) int { return strings.Compare(x.key, y.key) })
	}
}

// addWindow adds up the documents of the window at b.from.
func (b *championBuilder) addWindow() error {
	b.size = int(min(championWindow, b.m.docs-b.from))
	b.scaleNorms()
	next := 0
	err := b.eachWord(func(word []byte, at []*prefixCursor) error {
		for len(b.open) > 0 && !bytes.HasPrefix(word, []byte(b.open[len(b.open)-1].key)) {
			b.closeUnion()
		}
		for next < len(b.unions) && bytes.HasPrefix(word, []byte(b.unions[next].key)) {
			b.openUnion(b.unions[next])
			next++
		}
		if len(b.open) == 0 {
			return nil
		}
		for _, c := range at {
			if err := b.addPostings(b.open[len(b.open)-1], c); err != nil {
				return err
			}
		}
		return nil
	})
	for len(b.open) > 0 {
		b.closeUnion()
	}
	return err
}

// normScale is by how much norms are multiplied to be whole numbers of 16 bits. The
// norm of a document of the mean length is about 2, and one beyond 32 stands for
// more, too.
const normScale = 1 << 11

// scaleNorms finds the norms of the documents of the window.
func (b *championBuilder) scaleNorms() {
	b.norms = slices.Grow(b.norms[:0], blocksOf(b.size))[:blocksOf(b.size)]
	for at := range b.size {
		norm := b.normOf(uint32(b.from)+uint32(at)) * normScale
		b.norms[at/sumBlockDocs][at%sumBlockDocs] = uint16(min(norm, math.MaxUint16))
	}
}

// normOf is the norm of a document.
func (b *championBuilder) normOf(doc uint32) float64 {
	return b.head.base + b.head.perLength*float64(b.lengths.at(doc))
}

// blocksOf returns how many blocks of sums so many documents take.
func blocksOf(docs int) int { return (docs + sumBlockDocs - 1) / sumBlockDocs }

func (b *championBuilder) openUnion(u *prefixUnion) {
	if n := len(b.free); n > 0 {
		u.sums, b.free = b.free[n-1], b.free[:n-1]
	} else {
		u.sums = make([]sumBlock, blocksOf(int(min(championWindow, b.m.docs))))
	}
	b.open = append(b.open, u)
}

// addPostings adds the postings of a word to a union.
func (b *championBuilder) addPostings(u *prefixUnion, c *prefixCursor) error {
	list, err := c.word.Postings()
	if err != nil {
		return fmt.Errorf("word %q: %w", c.word.Bytes, err)
	}
	newDocs := b.m.newDocs[c.input]
	for n := list.NextBlock(&b.docs, &b.freqs); n > 0; n = list.NextBlock(&b.docs, &b.freqs) {
		if b.moves[c.input] {
			b.addMoved(u, n, newDocs[0]-b.from, c.weight)
			continue
		}
		for i, doc := range b.docs[:n] {
			if at := newDocs[doc] - b.from; at < uint64(b.size) { // it is beyond for one that is dropped
				b.addTo(u, at, uint64(c.weight)*uint64(b.freqs[i]))
			}
		}
	}
	return list.Err()
}

// addMoved is addPostings for a block of documents that all move by the same.
func (b *championBuilder) addMoved(u *prefixUnion, n int, by uint64, weight uint32) {
	for i, doc := range b.docs[:n] {
		if at := uint64(doc) + by; at < uint64(b.size) {
			b.addTo(u, at, uint64(weight)*uint64(b.freqs[i]))
		}
	}
}

// addTo adds to the sum of a document of the window.
func (b *championBuilder) addTo(u *prefixUnion, at, freq uint64) {
	sum := &u.sums[at/sumBlockDocs][at%sumBlockDocs]
	if freq += uint64(*sum); freq >= sumLimit {
		freq, u.excess = sumLimit, true
	}
	*sum = uint16(freq)
}

// closeUnion looks through the sums of the longest prefix that is open, adds them
// to those of the next shorter one, and clears them.
func (b *championBuilder) closeUnion() {
	u := b.open[len(b.open)-1]
	b.open = b.open[:len(b.open)-1]
	var up *prefixUnion
	if len(b.open) > 0 {
		up = b.open[len(b.open)-1]
		up.excess = up.excess || u.excess
	}
	for block := range b.norms {
		sums, upSums := &u.sums[block], &b.unused
		if up != nil {
			upSums = &up.sums[block]
		}
		floor := uint16(min(u.floor*(1<<16/normScale), math.MaxUint16))
		hits, saturated := closeSums(sums, upSums, &b.norms[block], floor, &b.found)
		if up != nil && saturated {
			up.excess = true
		}
		u.docs += b.found.count()
		for _, g := range b.found.groups[:hits] {
			at := int(g) * sumGroup
			b.offerGroup(u, uint32(block*sumBlockDocs+at), sums[at:][:sumGroup], b.norms[block][at:][:sumGroup], floor)
		}
	}
	b.free, u.sums = append(b.free, u.sums), nil
	b.keepBest(u)
}

// offerGroup offers the documents of a group, the first of which is from in the
// window, and clears their sums. Most do not reach the floor, as closeSums has it.
func (b *championBuilder) offerGroup(u *prefixUnion, from uint32, group, norms []uint16, floor uint16) {
	for k, freq := range group {
		if freq == 0 || uint32(freq) < uint32(floor)*uint32(norms[k])>>16 {
			continue
		}
		doc := uint32(b.from) + from + uint32(k)
		ratio := float64(freq) / b.normOf(doc)
		if ratio <= u.floor {
			continue
		}
		if u.best = append(u.best, champion{doc, uint32(freq), ratio}); len(u.best) == 2*championPostings {
			b.keepBest(u)
		}
	}
	clear(group)
}

// keepBest drops all but the champions.
func (b *championBuilder) keepBest(u *prefixUnion) {
	if len(u.best) <= championPostings {
		return
	}
	slices.SortFunc(u.best, func(x, y champion) int { return cmp.Compare(y.ratio, x.ratio) })
	u.best = u.best[:championPostings]
	u.floor = u.best[championPostings-1].ratio
}
