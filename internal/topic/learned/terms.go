package learned

import (
	"strings"
	"unicode"

	"github.com/newsq/newsq/internal/match"
	"github.com/newsq/newsq/internal/text"
)

// maxStems is how many stems of an article are read: news says first what it is about. On
// 28,279 articles of full length, 300 agree with what is stated as well as 1,500 do, and take
// half the time; short items of a wire are read whole with 600.
const maxStems = 600

// Each term has two columns: of the whole text, and of the title once more.
const columnsPerTerm = 2

// occurrence is how often an article has a term, in the text or the title.
type occurrence struct {
	column uint32
	count  int32
	word   uint32 // the first word with the stem, by its id in the vocabulary
}

// counter counts the terms of one article after the other. It serves one goroutine at a
// time.
type counter struct {
	// resolve returns the number of a term, or less than 0 for one that doesn't count. It is
	// called once for each stem of a lexicon.
	resolve func(term string) int32
	// terms has what resolve said of the stems of each lexicon.
	terms map[*text.LexiconID][]int32
	// places has for each column its place in occurrences, plus one.
	places      []int32
	occurrences []occurrence
}

// maxLexicons bounds the lexicons that a counter remembers: there is one for each language
// that articles have, and a new one when it is full.
const maxLexicons = 64

func newCounter(resolve func(term string) int32) *counter {
	return &counter{resolve: resolve, terms: make(map[*text.LexiconID][]int32)}
}

// count returns the terms of an article, each once, in the order in which they come. The
// result is valid until the next call.
func (c *counter) count(d *match.Encoded) []occurrence {
	terms := c.termsOf(d)
	c.occurrences = c.occurrences[:0]
	read := 0
	fields := []match.Field{match.Title, match.Heading, match.Body}
	if runs, _ := d.Field(match.Body); len(runs) == 0 {
		fields[2] = match.Summary
	}
	for _, f := range fields {
		runs, start := d.Field(f)
		if len(runs) == 0 {
			continue
		}
		for _, w := range d.TokenIDs[start:runs[len(runs)-1].End] {
			stem := d.Vocabulary.StemOf[w]
			if stem == 0 || terms[stem-1] < 0 {
				continue
			}
			if read++; read > maxStems {
				break
			}
			column := uint32(terms[stem-1]) * columnsPerTerm
			c.add(column, w)
			if f == match.Title {
				c.add(column+1, w)
			}
		}
	}
	for i := range c.occurrences {
		c.places[c.occurrences[i].column] = 0
	}
	return c.occurrences
}

func (c *counter) add(column, word uint32) {
	if int(column) >= len(c.places) {
		c.places = append(c.places, make([]int32, int(column)+1-len(c.places)+len(c.places)/2)...)
	}
	if at := c.places[column]; at > 0 {
		c.occurrences[at-1].count++
		return
	}
	c.occurrences = append(c.occurrences, occurrence{column, 1, word})
	c.places[column] = int32(len(c.occurrences))
}

// termsOf returns the numbers of the terms by the stems of an article's vocabulary.
func (c *counter) termsOf(d *match.Encoded) []int32 {
	v := &d.Vocabulary
	terms, ok := c.terms[v.Lexicon]
	if !ok && len(c.terms) == maxLexicons {
		clear(c.terms)
	}
	if ok && len(terms) >= len(v.Stems) {
		return terms
	}
	for _, stem := range v.Stems[len(terms):] {
		terms = append(terms, c.resolve(termOf(stem)))
	}
	c.terms[v.Lexicon] = terms
	return terms
}

// termOf returns the term that a stem counts as: numbers of the same form are one.
func termOf(stem string) string {
	if !hasDigit(stem) {
		return stem
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return '0'
		}
		return r
	}, stem)
}

func hasDigit(s string) bool { return strings.IndexFunc(s, unicode.IsDigit) >= 0 }
