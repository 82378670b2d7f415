package text

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

// A headline has few of the commonest words of its language, or none. What tells
// its language are the pieces that its words are made of: how words begin and
// end, and which letters follow each other within. A table says how rare each piece
// is in each language, and the language wins in which a text's pieces are the
// least rare (naive Bayes over n-grams, as Cavnar and Trenkle, N-Gram-Based Text
// Categorization, 1994, and those after them).
//
// The table was learned from sentences of news. Frequencies of four letters are
// those of the models of the library Lingua, those of words, their starts and their
// ends were counted in its sentences for tests, a thousand a language (Apache
// License 2.0). Serbian in Latin letters was made of Serbian in Cyrillic ones, and
// Norwegian has both written standards, each with a column of its own.

// pieceTable is what a script's languages are told by.
type pieceTable struct {
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
	pieceWord   = 'w'
	pieceStart  = 'p' // the first three letters
	pieceEnd    = 's' // the last three
	pieceWithin = '4'
	pieceRare   = '1' // beyond ASCII
)

// pieceData holds the tables, compressed by deflate (RFC 1951). Of each script, until
// the data ends: its name; the number of columns, and of each the tag and the prior;
// the number of pieces, and their hashes, each as its distance from the one before;
// then the costs of all pieces. Numbers are varints, a string has its length before it.
//
//go:embed pieces.bin
var pieceData []byte

// maxPieceData bounds the tables when they are read.
const maxPieceData = 16 << 20

// pieceTables returns the tables by script. They are read when a text first needs
// them.
var pieceTables = sync.OnceValue(func() map[string]*pieceTable {
	tables, err := readPieces(pieceData)
	if err != nil {
		panic(err) //house:allow the table is part of the program, and a test reads it
	}
	return tables
})

var errPieces = errors.New("text: malformed table of pieces")

// readPieces reads tables as pieceData has them.
func readPieces(data []byte) (map[string]*pieceTable, error) {
	raw, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(data)), maxPieceData))
	if err != nil {
		return nil, err
	}
	tables := make(map[string]*pieceTable)
	for r := (pieceReader{left: raw}); len(r.left) > 0; {
		t := r.table()
		if r.failed {
			return nil, errPieces
		}
		tables[t.script] = t
	}
	return tables, nil
}

// pieceReader reads numbers and strings until one is malformed.
type pieceReader struct {
	left   []byte
	failed bool
}

func (r *pieceReader) table() *pieceTable {
	t := &pieceTable{script: r.text()}
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
func (r *pieceReader) number() uint64 {
	n, size := binary.Uvarint(r.left)
	if size <= 0 || n > math.MaxUint32 {
		r.left, r.failed = nil, true
		return 0
	}
	r.left = r.left[size:]
	return n
}

func (r *pieceReader) bytes(n int) []byte {
	if n > len(r.left) {
		r.left, r.failed = nil, true
		return nil
	}
	b := r.left[:n]
	r.left = r.left[n:]
	return b
}

func (r *pieceReader) text() string { return string(r.bytes(int(r.number()))) }

// has reports whether the table knows a language.
func (t *pieceTable) has(tag string) bool { return slices.Contains(t.tags, tag) }

// costsOf returns the costs of a piece by its hash, nil for one that the table
// doesn't have.
func (t *pieceTable) costsOf(hash uint32) []byte {
	i, ok := slices.BinarySearch(t.hashes, hash)
	if !ok {
		return nil
	}
	return t.costs[i*t.stride:][:t.stride]
}

// maxPieceWords is how many words of a text are looked at: a few sentences tell
// languages apart that a headline doesn't.
const maxPieceWords = 80

// maxPieceLetters is how many letters a word has at most; more are no word.
const maxPieceLetters = 40

// costSum adds up what a text costs in each language.
type costSum struct {
	table *pieceTable
	costs []int32
	all   int // the words of the text
	words int // those that the table has
	// capitals are those that begin with a capital letter.
	capitals int
	room     [maxPieceLetters]rune
}

func (c *costSum) add(hash uint32) bool {
	row := c.table.costsOf(hash)
	for i := range c.costs {
		if row == nil {
			return false
		}
		c.costs[i] += int32(row[i/2] >> (i % 2 * 4) & 15)
	}
	return true
}

// addWord adds the pieces of a word in lower case.
func (c *costSum) addWord(word []rune) {
	c.all++
	if c.add(pieceHash(pieceWord, word)) {
		c.words++
	}
	c.add(pieceHash(pieceStart, word[:min(3, len(word))]))
	c.add(pieceHash(pieceEnd, word[max(0, len(word)-3):]))
	for i := 0; i+4 <= len(word); i++ {
		c.add(pieceHash(pieceWithin, word[i:i+4]))
	}
	for i, r := range word {
		if r > unicode.MaxASCII {
			c.add(pieceHash(pieceRare, word[i:i+1]))
		}
	}
}

// pieceHash returns the hash of a piece.
func pieceHash(kind byte, piece []rune) uint32 {
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

// costPieces adds up what the pieces of the words of a text cost in the languages
// of its script, for which there must be a table.
func costPieces(s, script string) costSum {
	table := pieceTables()[script]
	c := costSum{table: table, costs: slices.Clone(table.priors)}
	for c.all < maxPieceWords {
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
func (c *costSum) nextWord(s string) (word []rune, rest string) {
	start := strings.IndexFunc(s, inLanguageWord)
	if start < 0 {
		return nil, s
	}
	word, rest = c.room[:0], ""
	length := 0
	for i, r := range s[start:] {
		if !inLanguageWord(r) {
			rest = s[start+i:]
			break
		}
		if length == 0 && unicode.IsUpper(r) {
			c.capitals++
		}
		if length++; length <= maxPieceLetters {
			word = append(word, pieceLetter(r))
		}
	}
	if length > maxPieceLetters {
		return nil, rest
	}
	return word, rest
}

// pieceLetter returns a letter as the table has it: in lower case, and of letters
// that are typed in two ways the one.
func pieceLetter(r rune) rune {
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

// winner returns the language that costs the least.
func (c *costSum) winner() (tag string, confidence float64) {
	if c.all == 0 {
		return "", 0
	}
	best := 0
	for i, cost := range c.costs {
		if cost < c.costs[best] {
			best = i
		}
	}
	if int(c.costs[best]) > maxWordCost*c.all+moreCost {
		return "", 0
	}
	tag = c.table.tags[best]
	others, lead := 0.0, math.Inf(1)
	for i, cost := range c.costs {
		if c.table.tags[i] == tag { // columns of one language are one
			continue
		}
		behind := costUnit * float64(cost-c.costs[best])
		lead = min(lead, behind)
		others += math.Exp(-marginScale * behind)
	}
	if c.words == 0 && c.capitals == c.all && lead < minNameLead {
		return "", 0
	}
	return tag, 1 / (1 + others)
}

// leadOver returns how far one language is before another, in units of a logarithm;
// infinite if the table doesn't have the other.
func (c *costSum) leadOver(tag, other string) float64 {
	return costUnit * float64(c.least(other)-c.least(tag))
}

// least returns what the text costs in a language.
func (c *costSum) least(tag string) int32 {
	least := int32(math.MaxInt32)
	for i, cost := range c.costs {
		if c.table.tags[i] == tag {
			least = min(least, cost)
		}
	}
	return least
}
