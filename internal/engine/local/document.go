package local

import (
	"fmt"
	"time"

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
	place  int // in its batch
	fields []index.Field
	size   int
}

var (
	_ segment.Placed   = (*document)(nil)
	_ segment.Releaser = (*document)(nil)
)

// Release lets go of the article.
func (d *document) Release() { d.fields = nil }

func (d *document) Place() int                                 { return d.place }
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

// number is a field of a number; indexed, documents are kept in its order too.
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
	for _, term := range f.terms.Terms {
		addTo(m, term, 1)
	}
	return m
}

// addTo counts an occurrence of a term, and returns the term's entry.
func addTo(m index.TokenFrequencies, term string, freq int) *index.TokenFreq {
	tf := m[term]
	if tf == nil {
		tf = &index.TokenFreq{Term: []byte(term)}
		m[term] = tf
	}
	tf.SetFrequency(tf.Frequency() + freq)
	return tf
}

// newDocument lays out an article, which must not change until the document
// is released.
// Documents of one batch share scratch space.
func newDocument(in *engine.Doc, s *scratch) (*document, error) {
	a := &in.Article
	for _, t := range [...]time.Time{a.Published, a.Updated} {
		if _, err := t.MarshalJSON(); err != nil {
			return nil, fmt.Errorf("encode article %q: %w", a.ID, err)
		}
	}
	length := weightedLength(in.Text)
	d := &document{id: a.ID, size: len(a.Title) + len(a.Summary) + len(a.Body)}
	d.keyword(fieldKind, kindArticle)
	d.fields = append(d.fields, &number{field{name: fieldVersion}, versionNumber(in.Version)})
	if in.Entry != "" {
		d.keyword(fieldEntry, in.Entry)
	}
	if !a.Published.IsZero() {
		d.fields = append(d.fields, &number{field{name: fieldTime, options: index.IndexField}, nanos(a.Published)})
	}
	d.keyword(fieldLang, in.Text.Values[match.Lang]...)
	d.facet(fieldTopic, in.Text.Values[match.Topic]...)
	d.facet(fieldSource, a.Source)
	d.facet(fieldAuthor, a.Authors...)
	d.texts(in.Text, length, s)
	d.fields = append(d.fields, &storedField{field: field{name: fieldStored, options: index.StoreField}, doc: in, scratch: s})
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
