// Package neardup finds texts that are copies of each other: the same story as
// several outlets print it, cut, headed and edited. It knows texts and nothing of
// articles or indexes.
//
// # Shingles
//
// A text is the set of its word 3-shingles, which are all runs of three words that
// follow each other, as hashes of 32 bits: [Set]. Words are runs of letters and
// digits without case; in scripts that are written without blanks each letter is a
// word. Apostrophes are left out, as they are printed in several forms. The line
// that names agency and place at the start of a text does not count: [WithoutAgency].
//
// # Candidates
//
// A text has [Bands] keys, and texts that share one are candidates. A key is the
// hash of [Rows] minima of the shingles under as many hash functions: MinHash in
// bands (Broder 1997; Leskovec, Rajaraman, Ullman: Mining of Massive Datasets, 3.4).
// Texts whose sets have the Jaccard similarity s share one of the first 42 keys with
// the probability 1 - (1 - s^3)^42: .998 at .5, .94 at .4, .68 at .3, .04 at .1. Wire
// copy is cut from the end, so that the first take of a long story may have much less
// with it in common. It begins alike, so that six more keys are of the first words
// alone.
//
// # Verification
//
// What decides is containment, the share of the shorter text's shingles that the
// longer one has, as copies may have a small Jaccard similarity: [Compare]. A form that is
// filled in anew has nearly all of its shingles in common with the one of the day before.
// So the words of short texts are aligned: another number, name, negation or quoted word
// in the place of one makes another article, and what was cut, added or headed anew does
// not. Reports of figures are told apart by their numbers, and long texts by whether they
// begin alike: an article that goes on with yesterday's is another one.
//
// # Groups
//
// A story is a text and all that it contains, not what a chain of copies leads to:
// [Group].
//
// Keys are stored with articles. Whatever changes the words, the shingles or the
// hashes counts [Version] up.
package neardup

import (
	"math/bits"
	"slices"
)

// Version is that of the keys: those of two versions are not comparable.
const Version = "1"

// The shape of the signature: see the package comment. A thousand unrelated articles,
// which have one shingle in a hundred in common, make less than one candidate.
const (
	Bands     = 42 // of the whole text
	LeadBands = 6  // of its first words
	Rows      = 3  // minima in each
)

// leadShingles is how many shingles are the first words: as many as the shortest
// dispatch that says what happened has.
const leadShingles = 64

// lanes is the number of hash functions, filled up to whole vectors of eight.
const lanes = 128

// shingleWords is the number of words in a shingle.
const shingleWords = 3

// Set is hashes, each once, in ascending order.
type Set []uint32

// Keys are the keys of a text, those of its first words last; nil for one without
// words.
type Keys []uint32

// Text is what is compared of a text. It belongs to one goroutine at a time.
type Text struct {
	Shingles Set
	Lead     Set // the first shingles of the body
	Numbers  Set // the words that begin with a digit

	titleText, bodyText string
	// Where they are asked for: their words in order.
	titleWords, bodyWords []sequenceWord
	hasTitle, hasBody     bool
}

// headline returns the words of the title.
func (t *Text) headline() []sequenceWord {
	if !t.hasTitle {
		t.titleWords, t.hasTitle = sequenceOf(t.titleText), true
	}
	return t.titleWords
}

// body returns the first words of the text, without the line of an agency. What stands
// before a table is none: LONDON OILS CLOSING - APR 7.
func (t *Text) body() []sequenceWord {
	if !t.hasBody {
		text := t.bodyText
		if !t.hasFigures() {
			text = WithoutAgency(text)
		}
		t.bodyWords, t.hasBody = sequenceOf(text), true
	}
	return t.bodyWords
}

// has reports whether title or body have a word.
func (t *Text) has(w sequenceWord) bool { return hasWord(t.headline(), w) || hasWord(t.body(), w) }

// Shingler makes texts and keys of them. It keeps memory from text to text, and serves
// one goroutine at a time. The zero Shingler is ready.
type Shingler struct {
	window window
	minima [lanes]uint32
}

// Text returns what is compared of a title and a body. No shingle goes across both.
func (s *Shingler) Text(title, body string) *Text {
	return s.text(s.shingle(title, body), title, body)
}

// AppendKeys appends the keys of the same text to keys.
func (s *Shingler) AppendKeys(keys Keys, title, body string) Keys {
	return s.appendKeys(s.shingle(title, body), keys)
}

// TextAndKeys returns what Text and AppendKeys do.
func (s *Shingler) TextAndKeys(title, body string) (*Text, Keys) {
	start := s.shingle(title, body)
	return s.text(start, title, body), s.appendKeys(start, nil)
}

func (s *Shingler) text(start int, title, body string) *Text {
	lead := s.window.shingles[start:]
	return &Text{
		Shingles: newSet(s.window.shingles), Lead: newSet(lead[:min(len(lead), leadShingles)]), Numbers: newSet(s.window.numbers),
		titleText: title, bodyText: body,
	}
}

func newSet(hashes []uint32) Set {
	set := slices.Clone(hashes)
	slices.Sort(set)
	return slices.Clip(slices.Compact(set))
}

func (s *Shingler) appendKeys(start int, keys Keys) Keys {
	if len(s.window.shingles) == 0 {
		return keys
	}
	keys = s.appendBands(keys, s.window.shingles, 0, Bands)
	lead := s.window.shingles[start:]
	if len(lead) == 0 { // there is only a title
		lead = s.window.shingles
	}
	return s.appendBands(keys, lead[:min(len(lead), leadShingles)], Bands, LeadBands)
}

// appendBands appends the keys of hashes in n bands, of which the first has a number
// that no other has.
func (s *Shingler) appendBands(keys Keys, hashes []uint32, first, n int) Keys {
	for i := range s.minima {
		s.minima[i] = ^uint32(0)
	}
	minimize(&s.minima, hashes)
	for band := range n {
		h := uint64(first+band) + 1
		for _, m := range s.minima[band*Rows:][:Rows] {
			h = mix(h ^ uint64(m))
		}
		keys = append(keys, uint32(h>>32))
	}
	return keys
}

// shingle fills s.window with a title and a body, and returns where the body starts
// among the shingles.
func (s *Shingler) shingle(title, body string) (start int) {
	w := &s.window
	w.shingles, w.numbers = w.shingles[:0], w.numbers[:0]
	w.scan(title)
	start = len(w.shingles)
	w.scan(WithoutAgency(body))
	return start
}

// window makes shingles of words that come one after the other.
type window struct {
	shingles, numbers []uint32
	words             int // of the text so far
	a, b              uint64
}

// scan adds the shingles of a text.
func (w *window) scan(text string) {
	w.words, w.a, w.b = 0, 0, 0
	scanWords(text, w)
	if 0 < w.words && w.words < shingleWords { // too few to make one
		w.shingles = append(w.shingles, shingleOf(0, w.a, w.b))
	}
}

// add adds a word, by its hash.
func (w *window) add(word uint64) {
	if w.words++; w.words >= shingleWords {
		w.shingles = append(w.shingles, shingleOf(w.a, w.b, word))
	}
	w.a, w.b = w.b, word
}

// shingleOf hashes three words in their order.
func shingleOf(a, b, c uint64) uint32 {
	return uint32(mix(bits.RotateLeft64(a, 23)^bits.RotateLeft64(b, 11)^c) >> 32)
}

// mix is the finalizer of MurmurHash3 (Appleby): each bit of the result depends on
// each bit of h.
func mix(h uint64) uint64 {
	h = (h ^ h>>33) * 0xff51afd7ed558ccd
	h = (h ^ h>>33) * 0xc4ceb9fe1a85ec53
	return h ^ h>>33
}

// Common returns how many hashes two sets have in common.
func Common(a, b Set) int {
	n, j := 0, 0
	for _, h := range a {
		for j < len(b) && b[j] < h {
			j++
		}
		if j == len(b) {
			break
		}
		if b[j] == h {
			n++
		}
	}
	return n
}
