package schema

import (
	index "github.com/blevesearch/bleve_index_api"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local/segment"
	"github.com/newsq/newsq/internal/match"
	"github.com/newsq/newsq/internal/text"
)

// Scratch is memory that the documents of a batch share: a segment is built of
// one document after the other.
type Scratch struct {
	runs   []segment.TokenRun
	stored []byte

	// Fields of the open document, of which the first so many are in use.
	all     []index.Field
	plain   pool[field]
	numbers pool[number]
	texts   pool[textField]
}

// pool is values that are used again, one after the other.
type pool[T any] struct {
	all  []*T
	used int
}

func (p *pool[T]) next() *T {
	if p.used == len(p.all) {
		p.all = append(p.all, new(T))
	}
	p.used++
	return p.all[p.used-1]
}

// begin takes all fields back.
func (s *Scratch) begin() { s.plain.used, s.numbers.used, s.texts.used = 0, 0, 0 }

func (s *Scratch) field() *field {
	f := s.plain.next()
	*f = field{terms: segment.FlatTerms{Terms: f.terms.Terms[:0]}}
	return f
}

func (s *Scratch) number() *number {
	n := s.numbers.next()
	*n = number{}
	return n
}

// storedField is the article as the index keeps it. It is encoded when it is
// asked for, and good until that of another document of the batch is.
type storedField struct {
	field
	doc     *engine.Doc
	scratch *Scratch
}

// Value returns what is kept of the article. What could be wrong with it was
// found when its document was made.
func (f *storedField) Value() []byte {
	f.scratch.stored, _ = appendStored(f.scratch.stored[:0], f.doc.Entry, &f.doc.Article, f.doc.Derived)
	return f.scratch.stored
}

// textField is a field of the words of an article, or of their stems.
type textField struct {
	field
	doc     *match.Encoded
	of      []match.Field // whose words it has, which lie side by side
	stems   bool
	scratch *Scratch
}

var _ segment.TokenIDField = (*textField)(nil)

// TokenIDs gives the terms as numbers of words.
func (f *textField) TokenIDs() segment.TokenIDs {
	// Terms are still looked up when f is that of another document.
	v := (*vocabulary)(&f.doc.Vocabulary)
	c := segment.TokenIDs{Vocabulary: v.Lexicon, Size: len(v.Words), Term: v.word, Positions: !f.stems}
	if f.stems {
		c.Term = v.stem
	}
	c.Runs = f.scratch.runs[:0]
	first, end := 0, 0 // of the codes among the words
	for _, of := range f.of {
		runs, start := f.doc.Field(of)
		pos := uint32(1)
		if len(c.Runs) == 0 {
			first, end = start, start
		}
		for _, r := range runs {
			run := segment.TokenRun{End: r.End - first, First: pos, Freq: 1}
			if f.stems && len(f.of) > 1 {
				run.Freq = uint32(Weight(of))
			}
			c.Runs = append(c.Runs, run)
			pos += uint32(r.End-start) + runGap
			start, end = r.End, r.End
		}
	}
	f.scratch.runs = c.Runs
	c.IDs = f.doc.TokenIDs[first:end]
	return c
}

// vocabulary is what codes stand for.
type vocabulary text.Vocabulary

func (v *vocabulary) word(code uint32) (string, bool) { return v.Words[code], true }

func (v *vocabulary) stem(code uint32) (string, bool) {
	s := v.StemOf[code]
	if s == 0 {
		return "", false
	}
	return v.Stems[s-1], true
}

// AnalyzedTokenFrequencies gives the terms in bleve's own form.
func (f *textField) AnalyzedTokenFrequencies() index.TokenFrequencies {
	m := index.TokenFrequencies{}
	c := f.TokenIDs()
	start := 0
	for _, r := range c.Runs {
		for i, code := range c.IDs[start:r.End] {
			term, ok := c.Term(code)
			if !ok {
				continue
			}
			tf := addTo(m, term, int(r.Freq))
			if c.Positions {
				tf.Locations = append(tf.Locations, &index.TokenLocation{Position: int(r.First) + i})
			}
		}
		start = r.End
	}
	return m
}

// ranked are the parts of an article that rank. Their words lie side by side
// in a match.Encoded.
var RankedFields = []match.Field{match.Title, match.Heading, match.Body}

// weightedLength is the article's length in tokens without stop words, each
// counted with its doubled weight.
func weightedLength(d *match.Encoded) int {
	n := uint64(0)
	for _, f := range RankedFields {
		runs, start := d.Field(f)
		if len(runs) == 0 {
			continue
		}
		for _, w := range d.TokenIDs[start:runs[len(runs)-1].End] {
			if d.Vocabulary.StemOf[w] != 0 {
				n += Weight(f)
			}
		}
	}
	return int(n)
}

// texts adds the fields that rank, and those of words as written, which have
// positions.
func (d *document) texts(doc *match.Encoded, length int) {
	add := func(name string, o index.FieldIndexingOptions, stems bool, of ...match.Field) {
		for _, f := range of {
			if runs, _ := doc.Field(f); len(runs) > 0 {
				t := d.scratch.texts.next()
				*t = textField{
					field: field{name: name, options: index.IndexField | o, length: length},
					doc:   doc, of: append(t.of[:0], of...), stems: stems, scratch: d.scratch,
				}
				d.fields = append(d.fields, t)
				return
			}
		}
	}
	add(FieldTitle, 0, true, match.Title)
	add(FieldHeading, 0, true, match.Heading)
	add(FieldStem, 0, true, RankedFields...)
	for _, w := range wordFields {
		add(w.name, index.IncludeTermVectors, false, w.field)
	}
}
