package pieces

import (
	"bytes"
	"cmp"
	"compress/flate"
	"encoding/binary"
	"fmt"
	"maps"
	"math"
	"slices"
	"unicode"
)

// Column is what a language of a script is learned from.
type Column struct {
	Tag   string // the language; several columns may be of one
	Prior int    // what it costs before any piece, in costUnit: for languages that few archives hold

	// Sentences are texts of the language.
	Sentences []string
	// Letters are how often runs of one letter and of four letters within words
	// stand in texts, as shares of all runs of their length, from more text than the
	// sentences are; without them, those of the sentences count.
	Letters map[string]float64
}

// Script is what the table of a script is learned from.
type Script struct {
	Name    string
	Columns []Column
	Kin     [][2]int // columns that are hard to tell apart
	Pieces  int      // that are kept for each column and for each pair of kin, by how much they tell
}

// Weights and floors of what is learned. A floor is added to a frequency before its
// logarithm is taken, as what was not seen may still occur; a piece counts if it was seen
// min times, or with a share of min, in one column at least.
const (
	withinWeight, withinFloor, minWithin = 0.45, 3e-6, 8e-6
	rareWeight, rareFloor, minRare       = 0.5, 1e-5, 1e-4
	wordWeight, wordFloor, minWord       = 1, 0.3, 2
	endWeight, endFloor, minEnd          = 0.5, 0.5, 3
)

// maxCost is the largest cost that a table has.
const maxCost = 15

// learned is a piece with its weighted logarithms, and how often it stands in a text.
type learned struct {
	hash   uint32
	piece  string
	logs   []float64
	shares []float64
}

// counted are frequencies of pieces of a kind, by column.
type counted map[string][]float64

func (c counted) add(piece string, column, columns int, n float64) {
	if c[piece] == nil {
		c[piece] = make([]float64, columns)
	}
	c[piece][column] += n
}

// Learn makes the tables of scripts, in the form that the program has them.
func Learn(scripts []Script) ([]byte, error) {
	var body []byte
	for i := range scripts {
		s := &scripts[i]
		if len(s.Columns) < 2 {
			return nil, fmt.Errorf("script %s has %d languages; there is nothing to tell apart", s.Name, len(s.Columns))
		}
		body = appendTable(body, s, s.choose(s.learn()))
	}
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(body); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// learn returns all pieces that were seen often enough.
func (s *Script) learn() []learned {
	n := len(s.Columns)
	words, starts, ends, within, rare := counted{}, counted{}, counted{}, counted{}, counted{}
	tokens := make([]float64, n)
	for i, column := range s.Columns {
		var runs, letters float64
		fours, ones := map[string]float64{}, map[string]float64{}
		for _, sentence := range column.Sentences {
			for word, capital := range Words(sentence) {
				tokens[i]++
				if !capital { // names are no words of a language
					words.add(string(word), i, n, 1)
				}
				starts.add(string(start(word)), i, n, 1)
				ends.add(string(end(word)), i, n, 1)
				for k := range word {
					ones[string(word[k:k+1])]++
					letters++
					if k+withinLetters <= len(word) {
						fours[string(word[k:k+withinLetters])]++
						runs++
					}
				}
			}
		}
		for run, count := range fours {
			column.share(within, run, count/runs, i, n)
		}
		for letter, count := range ones {
			column.share(rare, letter, count/letters, i, n)
		}
		for run, share := range column.Letters {
			into := within
			if len([]rune(run)) == 1 {
				into = rare
			}
			into.add(run, i, n, share)
		}
	}
	maps.DeleteFunc(rare, func(letter string, _ []float64) bool { return letter[0] <= unicode.MaxASCII })
	var all []learned
	all = appendLearned(all, within, kindWithin, withinWeight, withinFloor, minWithin, nil)
	all = appendLearned(all, rare, kindRare, rareWeight, rareFloor, minRare, nil)
	all = appendLearned(all, words, kindWord, wordWeight, wordFloor, minWord, tokens)
	all = appendLearned(all, starts, kindStart, endWeight, endFloor, minEnd, tokens)
	return appendLearned(all, ends, kindEnd, endWeight, endFloor, minEnd, tokens)
}

// share adds a share of the sentences unless there are those of more text.
func (c *Column) share(into counted, run string, share float64, column, columns int) {
	if c.Letters == nil {
		into.add(run, column, columns, share)
	}
}

// appendLearned appends pieces of a kind. Tokens are what frequencies are counts of;
// without them they are shares.
func appendLearned(all []learned, pieces counted, kind byte, weight, floor, least float64, tokens []float64) []learned {
	for piece, counts := range pieces {
		if slices.Max(counts) < least {
			continue
		}
		l := learned{hash: Hash(kind, []rune(piece)), piece: string(rune(kind)) + piece, logs: make([]float64, len(counts)), shares: make([]float64, len(counts))}
		for i, count := range counts {
			of, all := 1.0, 1.0
			if tokens != nil {
				of, all = tokens[i]+1, max(1, tokens[i])
			}
			l.logs[i] = weight * math.Log((count+floor)/of)
			l.shares[i] = count / all
		}
		all = append(all, l)
	}
	return all
}

// choose keeps, for each column and each pair of kin, the pieces that tell the most: that
// are frequent, and less so elsewhere. They are in the order of their hashes.
func (s *Script) choose(all []learned) []learned {
	slices.SortFunc(all, func(a, b learned) int { return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(a.piece, b.piece)) })
	all = slices.CompactFunc(all, func(a, b learned) bool { return a.hash == b.hash })
	kept := make([]bool, len(all))
	keep := func(tells func(l *learned) float64) {
		order := make([]int, len(all))
		much := make([]float64, len(all))
		for i := range all {
			order[i], much[i] = i, tells(&all[i])
		}
		slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(much[b], much[a]) })
		for _, i := range order[:min(s.Pieces, len(order))] {
			kept[i] = true
		}
	}
	for i := range s.Columns {
		keep(func(l *learned) float64 { return l.shares[i] * math.Abs(l.logs[i]-mean(l.logs)) })
	}
	for _, pair := range s.Kin {
		a, b := pair[0], pair[1]
		keep(func(l *learned) float64 { return (l.shares[a] + l.shares[b]) * math.Abs(l.logs[a]-l.logs[b]) })
	}
	var chosen []learned
	for i := range all {
		if kept[i] {
			chosen = append(chosen, all[i])
		}
	}
	return chosen
}

func mean(of []float64) float64 {
	sum := 0.0
	for _, x := range of {
		sum += x
	}
	return sum / float64(len(of))
}

// appendTable appends a table in the form that the program has them, before it is compressed.
func appendTable(body []byte, s *Script, pieces []learned) []byte {
	text := func(t string) { body = append(binary.AppendUvarint(body, uint64(len(t))), t...) }
	text(s.Name)
	body = binary.AppendUvarint(body, uint64(len(s.Columns)))
	for _, c := range s.Columns {
		text(c.Tag)
		body = binary.AppendUvarint(body, uint64(c.Prior))
	}
	body = binary.AppendUvarint(body, uint64(len(pieces)))
	before := uint32(0)
	for _, l := range pieces {
		body = binary.AppendUvarint(body, uint64(l.hash-before))
		before = l.hash
	}
	for _, l := range pieces {
		most := slices.Max(l.logs)
		row := make([]byte, (len(l.logs)+1)/2)
		for i, log := range l.logs {
			cost := min(maxCost, math.Round((most-log)/costUnit))
			row[i/2] |= byte(cost) << (i % 2 * 4)
		}
		body = append(body, row...)
	}
	return body
}

// Words yields the words of a text as the tables have them, and whether each begins
// with a capital letter.
func Words(s string) func(yield func(word []rune, capital bool) bool) {
	return func(yield func(word []rune, capital bool) bool) {
		var c Sum
		for {
			before := c.capitals
			word, rest := c.nextWord(s)
			if rest == s {
				return
			}
			s = rest
			if len(word) > 0 && !yield(word, c.capitals > before) {
				return
			}
		}
	}
}
