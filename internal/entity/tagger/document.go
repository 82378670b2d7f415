package tagger

import (
	"github.com/newsq/newsq/internal/text"
	"github.com/newsq/newsq/internal/text/en"
)

// style is how a sentence has its capital letters.
type style uint8

const (
	plain    style = iota
	titled         // Nearly All Words Have One
	capitals       // ALL LETTERS ARE
)

const styles = 3

// sentence is a sentence of a field: tokens[first:end] of the document.
type sentence struct {
	field      int
	first, end int32
	style      style
	digits     bool // a number for each four long words or more, and few small ones, as in tables
}

// run is a row of tokens that may be parts of names: tokens[first:end] of a sentence.
type run struct {
	sentence   int32
	first, end int32
}

// document is an article that is being read. Its memory is used again for the next one.
type document struct {
	fields     []Field
	tokens     []token
	marks      []mark  // of each token, what the lists say
	labels     []label // of each token, by the first pass
	second     []label // by the second
	sentences  []sentence
	runs       []run
	candidates int // tokens of all runs
	words      wordTable
}

// read brings the fields into tokens, sentences and runs.
func (d *document) read(fields []Field) {
	d.fields = fields
	d.tokens, d.sentences, d.runs, d.candidates = d.tokens[:0], d.sentences[:0], d.runs[:0], 0
	for i := range fields {
		spans := fields[i].Sentences
		if spans == nil {
			spans = text.Sentences(en.Language{}, fields[i].Text)
		}
		for _, span := range spans {
			d.addSentence(i, span)
		}
	}
	d.marks = append(d.marks[:0], make([]mark, len(d.tokens))...)
	d.labels = append(d.labels[:0], make([]label, len(d.tokens))...)
	d.second = append(d.second[:0], make([]label, len(d.tokens))...)
	g := lists()
	for _, r := range d.runs {
		// The word before a run may be a title in small letters: president Kim.
		from := max(r.first-1, d.sentences[r.sentence].first)
		g.find(d.marks[from:r.end], d.tokens[from:r.end])
	}
	d.countRuns()
	d.countLower()
}

func (d *document) addSentence(field int, span text.Span) {
	first := len(d.tokens)
	d.tokens = tokenize(d.tokens, d.fields[field].Text, span.Start, span.End)
	if len(d.tokens) == first {
		return
	}
	s := sentence{field: field, first: int32(first), end: int32(len(d.tokens))}
	s.look(d.tokens[first:])
	d.sentences = append(d.sentences, s)
	d.addRuns(int32(len(d.sentences)-1), d.tokens[first:], int32(first))
}

// look tells the style of a sentence of these tokens.
func (s *sentence) look(tokens []token) {
	upper, capital, low, small, numbers := 0, 0, 0, 0, 0
	for i := range tokens {
		t := &tokens[i]
		long := t.end-t.start > 3 // small words have no capital letter in titles
		switch t.class {
		case classNumber:
			numbers++
		case classLower:
			small++
			if long {
				low++
			}
		case classUpper, classHyphen:
			if t.form&hasLower == 0 {
				upper++
			} else if long {
				capital++
			}
		case classCapital, classMixed:
			if long {
				capital++
			}
		}
	}
	words := upper + capital + low
	s.digits = numbers*4 >= words && small <= 2*numbers // prose has small words around numbers
	switch {
	case upper >= 2 && upper*10 >= words*8:
		s.style = capitals
	case words >= 4 && low*5 <= words && capital >= 3:
		s.style = titled
	}
}

// maxBetween is how many tokens without a capital letter may stand within a name: of the,
// van der.
const maxBetween = 3

// addRuns finds the runs of a sentence.
func (d *document) addRuns(index int32, tokens []token, offset int32) {
	table := d.sentences[index].digits
	for i := 0; i < len(tokens); {
		if !tokens[i].canStart() {
			i++
			continue
		}
		end := i + 1
		for j := end; j < len(tokens) && j-end <= maxBetween; j++ {
			if table && tokens[j].form&firstOfLine != 0 {
				break // a line of a table is apart from the next
			}
			if tokens[j].canStart() || tokens[j].class == classNumber && j == end {
				end = j + 1
			} else if !tokens[j].canConnect() {
				break
			}
		}
		d.runs = append(d.runs, run{index, offset + int32(i), offset + int32(end)})
		d.candidates += end - i
		i = end
	}
}

// canStart reports whether a name can start with the token.
func (t *token) canStart() bool {
	return t.form&hasUpper != 0 || t.class == classLower && t.form&hasDigit != 0
}

// canConnect reports whether the token can stand within a name though it can't start one.
func (t *token) canConnect() bool {
	switch t.class {
	case classSign, classNumber:
		return t.class == classNumber || t.lower == ampersand || t.lower == slash || t.lower == hyphen || t.lower == stop || t.lower == single
	case classLower:
		return isConnector(t.lower)
	}
	return false
}

// Signs, as hashes.
var (
	ampersand = hashWord("&")
	slash     = hashWord("/")
	hyphen    = hashWord("-")
	stop      = hashWord(".")
	single    = hashWord("'")
	colon     = hashWord(":")
	quote     = hashWord("\"")
)
