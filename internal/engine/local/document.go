package local

import (
	"encoding/json"
	"fmt"

	index "github.com/blevesearch/bleve_index_api"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/match"
	"github.com/newsq/newsq/internal/segment"
)

// stored is what the index keeps of an article, enough to build the index
// again from itself.
type stored struct {
	Schema  int            `json:"schema"`
	Entry   string         `json:"entry,omitempty"`
	Article corpus.Article `json:"article"`
}

// document is a bleve document. Its fields are laid out when it is made, by
// the goroutine that writes; analysis happened before.
type document struct {
	id     string
	fields []index.Field
	size   int
}

func (d *document) ID() string                                 { return d.id }
func (d *document) Size() int                                  { return d.size }
func (d *document) VisitComposite(index.CompositeFieldVisitor) {}
func (d *document) HasComposite() bool                         { return false }
func (d *document) NumPlainTextBytes() uint64                  { return uint64(d.size) }
func (d *document) StoredFieldsBytes() uint64                  { return 0 }
func (d *document) Indexed() bool                              { return true }

func (d *document) VisitFields(visit index.FieldVisitor) {
	for _, f := range d.fields {
		visit(f)
	}
}

// AddIDField adds bleve's own field; scorch calls it once for each document.
func (d *document) AddIDField() {
	d.fields = append(d.fields, &field{
		name: fieldID, options: index.IndexField | index.StoreField, length: 1,
		value: []byte(d.id), terms: segment.Terms{Terms: []string{d.id}},
	})
}

// field is a field of a document. Its terms are flat, as the segment builder
// takes them.
type field struct {
	name    string
	options index.FieldIndexingOptions
	value   []byte // when stored
	length  int    // what the segment keeps as the field's length
	terms   segment.Terms
}

var _ segment.TermSource = (*field)(nil)

func (f *field) Name() string                        { return f.name }
func (f *field) Value() []byte                       { return f.value }
func (f *field) ArrayPositions() []uint64            { return nil }
func (f *field) EncodedFieldType() byte              { return 't' }
func (f *field) Analyze()                            {}
func (f *field) Options() index.FieldIndexingOptions { return f.options }
func (f *field) AnalyzedLength() int                 { return f.length }
func (f *field) NumPlainTextBytes() uint64           { return uint64(len(f.value)) }
func (f *field) FlatTerms() segment.Terms            { return f.terms }

// number is a field of a number.
type number struct {
	field
	n int64
}

var _ segment.NumberSource = (*number)(nil)

func (f *number) Number() int64 { return f.n }

// AnalyzedTokenFrequencies gives the terms in bleve's own form, which any
// other segment format takes.
func (f *field) AnalyzedTokenFrequencies() index.TokenFrequencies {
	m := index.TokenFrequencies{}
	for i, term := range f.terms.Terms {
		tf := m[term]
		if tf == nil {
			tf = &index.TokenFreq{Term: []byte(term)}
			m[term] = tf
		}
		n := 1
		if f.terms.Freqs != nil {
			n = int(f.terms.Freqs[i])
		}
		tf.SetFrequency(tf.Frequency() + n)
		if f.terms.Positions != nil {
			tf.Locations = append(tf.Locations, &index.TokenLocation{Position: int(f.terms.Positions[i])})
		}
	}
	return m
}

// newDocument lays out an article.
func newDocument(in *engine.Doc) (*document, error) {
	a := &in.Article
	body, err := json.Marshal(stored{Schema: schemaVersion, Entry: in.Entry, Article: *a})
	if err != nil {
		return nil, fmt.Errorf("encode article %q: %w", a.ID, err)
	}
	length := weightedLength(in.Text)
	d := &document{id: a.ID, size: 4 * len(body)}
	d.keyword(fieldKind, kindArticle)
	d.keyword(fieldVersion, a.ID+"\x00"+in.Version)
	if in.Entry != "" {
		d.keyword(fieldEntry, in.Entry)
	}
	if !a.Published.IsZero() {
		d.fields = append(d.fields, &number{field{name: fieldTime}, nanos(a.Published)})
	}
	d.keyword(fieldLang, in.Text.Values[match.Lang]...)
	d.facet(fieldTopic, in.Text.Values[match.Topic]...)
	d.facet(fieldSource, a.Source)
	d.facet(fieldAuthor, a.Authors...)
	d.stems(in.Text, length)
	for _, w := range wordFields {
		d.words(w.name, in.Text, w.field, length)
	}
	d.fields = append(d.fields, &field{name: fieldStored, options: index.StoreField, value: body})
	return d, nil
}

// newRecord lays out the record of an entry that has been read.
func newRecord(e engine.Entry) *document {
	d := &document{id: recordID(e.Key), size: len(e.Key) + len(e.Stamp)}
	d.keyword(fieldRecord, e.Key+"\x00"+e.Stamp)
	return d
}

// keyword adds a field of whole values; empty ones are left out.
func (d *document) keyword(name string, values ...string) { d.values(name, index.IndexField, values) }

// facet adds a field of whole values that are counted.
func (d *document) facet(name string, values ...string) {
	d.values(name, index.IndexField|index.DocValues, values)
}

func (d *document) values(name string, o index.FieldIndexingOptions, values []string) {
	f := &field{name: name, options: o, length: 1}
	for _, v := range values {
		if v != "" {
			f.terms.Terms = append(f.terms.Terms, v)
		}
	}
	if len(f.terms.Terms) > 0 {
		d.fields = append(d.fields, f)
	}
}

// ranked are the parts of an article that rank.
var ranked = [...]match.Field{match.Title, match.Heading, match.Body}

// weightedLength is the article's length in tokens without stop words, each
// counted with its doubled weight.
func weightedLength(d *match.Numbered) int {
	n := uint64(0)
	for _, f := range ranked {
		for _, w := range wordsOf(d, f) {
			if d.Vocabulary.StemOf[w] != 0 {
				n += weight(f)
			}
		}
	}
	return int(n)
}

// wordsOf returns the words of all runs of a field.
func wordsOf(d *match.Numbered, f match.Field) []uint32 {
	runs, start := d.Field(f)
	if len(runs) == 0 {
		return nil
	}
	return d.Words[start:runs[len(runs)-1].End]
}

// stems adds the fields that rank.
func (d *document) stems(doc *match.Numbered, length int) {
	var all segment.Terms
	for _, f := range ranked {
		var own segment.Terms
		for _, w := range wordsOf(doc, f) {
			if s := doc.Vocabulary.StemOf[w]; s != 0 {
				stem := doc.Vocabulary.Stems[s-1]
				all.Terms, all.Freqs = append(all.Terms, stem), append(all.Freqs, uint32(weight(f)))
				if f != match.Body {
					own.Terms = append(own.Terms, stem)
				}
			}
		}
		switch f {
		case match.Title:
			d.terms(fieldTitle, 0, own, length)
		case match.Heading:
			d.terms(fieldHeading, 0, own, length)
		}
	}
	d.terms(fieldStem, 0, all, length)
}

// terms adds a field unless it is empty.
func (d *document) terms(name string, o index.FieldIndexingOptions, t segment.Terms, length int) {
	if len(t.Terms) > 0 {
		d.fields = append(d.fields, &field{name: name, options: index.IndexField | o, length: length, terms: t})
	}
}

// words adds a field of words as written, with positions.
func (d *document) words(name string, doc *match.Numbered, f match.Field, length int) {
	var t segment.Terms
	runs, start := doc.Field(f)
	pos := uint32(1)
	for _, run := range runs {
		for _, w := range doc.Words[start:run.End] {
			t.Terms, t.Positions = append(t.Terms, doc.Vocabulary.Words[w]), append(t.Positions, pos)
			pos++
		}
		start, pos = run.End, pos+runGap
	}
	d.terms(name, index.IncludeTermVectors, t, length)
}
