// Package pieces tells the language of a short text.
//
// A headline has few of the commonest words of its language, or none. What tells
// its language are the pieces that its words are made of: how words begin and
// end, and which letters follow each other within. A table says how rare each piece
// is in each language, and the language wins in which a text's pieces are the
// least rare (naive Bayes over n-grams, as Cavnar and Trenkle, N-Gram-Based Text
// Categorization, 1994, and those after them).
//
// The table was learned by [Learn] from sentences of news. Frequencies of four letters
// are those of the models of the library Lingua, those of words, their starts and their
// ends were counted in its sentences for tests, a thousand a language (Apache
// License 2.0). Serbian in Latin letters was made of Serbian in Cyrillic ones, and
// Norwegian has both written standards, each with a column of its own.
package pieces

import (
	"bytes"
	"compress/flate"
	_ "embed"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// Table is what a script's languages are told by.
type Table struct {
	script string
	tags   []string // of the columns; several may be of one language
	priors []int32  // costs of each column before any piece
	// hashes are those of the pieces, ascending, and costs has for each the costs
	// of the columns, two in a byte, the low half first: how much rarer the
	// piece is there than in the language in which it is the most frequent, in
	// units of costUnit, at most 15.
	hashes []uint32
	costs  []byte
	stride int // bytes of costs for a piece
}

// costUnit is the unit of costs: half the natural logarithm of a ratio of
// frequencies. Logarithms of pieces that overlap were weighted before, by .45 for
// four letters and .5 for starts, ends and single letters; words have their whole
// weight.
const costUnit = 0.5

// The kinds of pieces. A hash is the FNV-1a of the kind and of the piece in UTF-8.
const (
	kindWord   = 'w'
	kindStart  = 'p' // the first letters, endLetters or fewer
	kindEnd    = 's' // the last
	kindWithin = '4' // withinLetters, anywhere
	kindRare   = '1' // beyond ASCII
)

// data holds the tables, compressed by deflate (RFC 1951). Of each script, until
// the data ends: its name; the number of columns, and of each the tag and the prior;
// the number of pieces, and their hashes, each as its distance from the one before;
// then the costs of all pieces. Numbers are varints, a string has its length before it.
//
//go:embed table.bin
var data []byte

// maxData bounds the tables when they are read.
const maxData = 16 << 20

// Tables returns the tables by script. They are read when a text first needs
// them.
func Tables() map[string]*Table { return tables() }

var tables = sync.OnceValue(func() map[string]*Table {
	tables, err := read(data)
	if err != nil {
		panic(err) //house:allow the table is part of the program, and a test reads it
	}
	return tables
})

var errMalformed = errors.New("pieces: malformed table")

// read reads tables as data has them.
func read(data []byte) (map[string]*Table, error) {
	raw, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(data)), maxData))
	if err != nil {
		return nil, err
	}
	tables := make(map[string]*Table)
	for r := (reader{left: raw}); len(r.left) > 0; {
		t := r.table()
		if r.failed {
			return nil, errMalformed
		}
		tables[t.script] = t
	}
	return tables, nil
}

// reader reads numbers and strings until one is malformed.
type reader struct {
	left   []byte
	failed bool
}

func (r *reader) table() *Table {
	t := &Table{script: r.text()}
	for n := r.number(); n > 0 && !r.failed; n-- {
		t.tags = append(t.tags, r.text())
		t.priors = append(t.priors, int32(r.number()))
	}
	t.stride = (len(t.tags) + 1) / 2
	hash := uint32(0)
	for n := r.number(); n > 0 && !r.failed; n-- {
		hash += uint32(r.number())
		t.hashes = append(t.hashes, hash)
	}
	t.costs = r.bytes(len(t.hashes) * t.stride)
	return t
}

// number reads a number, which counts nothing beyond what is left.
func (r *reader) number() uint64 {
	n, size := binary.Uvarint(r.left)
	if size <= 0 || n > math.MaxUint32 {
		r.left, r.failed = nil, true
		return 0
	}
	r.left = r.left[size:]
	return n
}

func (r *reader) bytes(n int) []byte {
	if n > len(r.left) {
		r.left, r.failed = nil, true
		return nil
	}
	b := r.left[:n]
	r.left = r.left[n:]
	return b
}

func (r *reader) text() string { return string(r.bytes(int(r.number()))) }

// Has reports whether the table knows a language.
func (t *Table) Has(tag string) bool { return slices.Contains(t.tags, tag) }

// costsOf returns the costs of a piece by its hash, nil for one that the table
// doesn't have.
func (t *Table) costsOf(hash uint32) []byte {
	i, ok := slices.BinarySearch(t.hashes, hash)
	if !ok {
		return nil
	}
	return t.costs[i*t.stride:][:t.stride]
}

// maxWords is how many words of a text are looked at: a few sentences tell
// languages apart that a headline doesn't.
const maxWords = 80

// maxLetters is how many letters a word has at most; more are no word.
const maxLetters = 40

// Sum adds up what a text costs in each language.
type Sum struct {
	Table *Table
	Words int // of the text, at most maxWords
	costs []int32
	known int // words that the table has
	// capitals are those that begin with a capital letter.
	capitals int
	room     [maxLetters]rune
}

func (c *Sum) addPiece(hash uint32) bool {
	row := c.Table.costsOf(hash)
	for i := range c.costs {
		if row == nil {
			return false
		}
		c.costs[i] += int32(row[i/2] >> (i % 2 * 4) & 15)
	}
	return true
}

// addWord adds the pieces of a word in lower case.
func (c *Sum) addWord(word []rune) {
	c.Words++
	if c.addPiece(Hash(kindWord, word)) {
		c.known++
	}
	c.addPiece(Hash(kindStart, start(word)))
	c.addPiece(Hash(kindEnd, end(word)))
	for i := 0; i+withinLetters <= len(word); i++ {
		c.addPiece(Hash(kindWithin, word[i:i+withinLetters]))
	}
	for i, r := range word {
		if r > unicode.MaxASCII {
			c.addPiece(Hash(kindRare, word[i:i+1]))
		}
	}
}

// How long pieces are.
const (
	endLetters    = 3
	withinLetters = 4
)

// start returns the start of a word.
func start(word []rune) []rune { return word[:min(endLetters, len(word))] }

// end returns the end of a word.
func end(word []rune) []rune { return word[max(0, len(word)-endLetters):] }

// Hash returns the hash of a piece.
func Hash(kind byte, piece []rune) uint32 {
	const offset, prime = 2166136261, 16777619 // of FNV-1a
	h := (offset ^ uint32(kind)) * prime
	var room [4]byte
	for _, r := range piece {
		for _, b := range utf8.AppendRune(room[:0], r) {
			h = (h ^ uint32(b)) * prime
		}
	}
	return h
}

// Add adds up what the pieces of the words of a text cost in the languages
// of its script, for which there must be a table.
func Add(s, script string) Sum { return Tables()[script].add(s) }

func (t *Table) add(s string) Sum {
	c := Sum{Table: t, costs: slices.Clone(t.priors)}
	for c.Words < maxWords {
		word, rest := c.nextWord(s)
		if rest == s {
			break
		}
		s = rest
		if len(word) > 0 {
			c.addWord(word)
		}
	}
	return c
}

// nextWord returns the next word in lower case, none if it is too long, and what
// follows it; all of s if there is no word.
func (c *Sum) nextWord(s string) (word []rune, rest string) {
	start := strings.IndexFunc(s, InWord)
	if start < 0 {
		return nil, s
	}
	word, rest = c.room[:0], ""
	length := 0
	for i, r := range s[start:] {
		if !InWord(r) {
			rest = s[start+i:]
			break
		}
		if length == 0 && unicode.IsUpper(r) {
			c.capitals++
		}
		if length++; length <= maxLetters {
			word = append(word, letter(r))
		}
	}
	if length > maxLetters {
		return nil, rest
	}
	return word, rest
}

// letter returns a letter as the table has it: in lower case, and of letters
// that are typed in two ways the one.
func letter(r rune) rune {
	switch r = unicode.ToLower(r); r {
	case 'ی':
		return 'ي'
	case 'ک':
		return 'ك'
	case 'ș':
		return 'ş'
	case 'ț':
		return 'ţ'
	}
	return r
}

// marginScale makes a confidence of a lead, which is in units of a logarithm: of
// pieces of 4 to 7 words of news in 30 languages with a lead of 1 .6 were told right,
// of those with 3 .8, with 5 .94, with 10 .996. Pieces overlap, so that it is less than
// the 1 of independent ones.
const marginScale = 0.5

// minNameLead is the lead that a text needs in which no word is known and all are
// capitalised, as a list of names is, in units of a logarithm.
const minNameLead = 6

// A text in a language that the table doesn't have looks a little like several
// ones, so that each costs much. maxWordCost is what a word may cost in a long text,
// and moreCost what is added for all words of a short one, in costUnit: of sentences
// of 20 words and more in languages of the table 1 of 100 costs more, and of those in
// nine others 3 of 4.
const (
	maxWordCost = 7
	moreCost    = 20
)

// Winner returns the language that costs the least.
func (c *Sum) Winner() (tag string, confidence float64) {
	if c.Words == 0 {
		return "", 0
	}
	best := 0
	for i, cost := range c.costs {
		if cost < c.costs[best] {
			best = i
		}
	}
	if int(c.costs[best]) > maxWordCost*c.Words+moreCost {
		return "", 0
	}
	tag = c.Table.tags[best]
	others, lead := 0.0, math.Inf(1)
	for i, cost := range c.costs {
		if c.Table.tags[i] == tag { // columns of one language are one
			continue
		}
		behind := costUnit * float64(cost-c.costs[best])
		lead = min(lead, behind)
		others += math.Exp(-marginScale * behind)
	}
	if c.known == 0 && c.capitals == c.Words && lead < minNameLead {
		return "", 0
	}
	return tag, 1 / (1 + others)
}

// LeadOver returns how far one language is before another, in units of a logarithm;
// infinite if the table doesn't have the other.
func (c *Sum) LeadOver(tag, other string) float64 {
	return costUnit * float64(c.least(other)-c.least(tag))
}

// least returns what the text costs in a language.
func (c *Sum) least(tag string) int32 {
	least := int32(math.MaxInt32)
	for i, cost := range c.costs {
		if c.Table.tags[i] == tag {
			least = min(least, cost)
		}
	}
	return least
}

// InWord reports whether r is part of a word.
func InWord(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
	}
	return unicode.IsLetter(r) || unicode.IsMark(r) || r == 0x200C // between parts of Persian words
}
