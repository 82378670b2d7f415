package schema

import (
	"fmt"
	"time"

	index "github.com/blevesearch/bleve_index_api"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local/segment"
	"github.com/newsq/newsq/internal/match"
)

// document is a bleve document. Analysis happened before. The fields of an
// article are laid out while it is open, in memory that the documents of a batch
// share: they are larger than what most articles say.
type document struct {
	id      string
	place   int // in its batch
	size    int
	withID  bool
	doc     *engine.Doc // nil for a record, and when it is released
	record  string
	length  int // see weightedLength
	scratch *Scratch
	fields  []index.Field // while it is open
}

var (
	_ segment.Ordered  = (*document)(nil)
	_ segment.Opener   = (*document)(nil)
	_ segment.Releaser = (*document)(nil)
)

// Open lays out the fields.
func (d *document) Open() {
	d.scratch.begin()
	d.fields = d.scratch.all[:0]
	switch {
	case d.record != "":
		d.keyword(FieldRecord, d.record)
	case d.doc != nil:
		d.article()
	}
	if d.withID {
		f := d.add(FieldID, index.IndexField|index.StoreField)
		f.length, f.value, f.terms.Terms = 1, []byte(d.id), append(f.terms.Terms, d.id)
	}
	d.scratch.all = d.fields
}

// Close lets go of the fields.
func (d *document) Close() { d.fields = nil }

// Release lets go of the article.
func (d *document) Release() { d.doc = nil }

func (d *document) BatchOrder() int                            { return d.place }
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
func (d *document) AddIDField() { d.withID = true }

// field is a field of a document. Its terms are flat, as the segment builder
// takes them.
type field struct {
	name    string
	options index.FieldIndexingOptions
	value   []byte // when stored
	length  int    // what the segment keeps as the field's length
	terms   segment.FlatTerms
}

var _ segment.FlatTermsField = (*field)(nil)

func (f *field) Name() string                        { return f.name }
func (f *field) Value() []byte                       { return f.value }
func (f *field) ArrayPositions() []uint64            { return nil }
func (f *field) EncodedFieldType() byte              { return 't' }
func (f *field) Analyze()                            {}
func (f *field) Options() index.FieldIndexingOptions { return f.options }
func (f *field) AnalyzedLength() int                 { return f.length }
func (f *field) NumPlainTextBytes() uint64           { return uint64(len(f.value)) }
func (f *field) FlatTerms() segment.FlatTerms        { return f.terms }

// number is a field of a number; indexed, documents are kept in its order too.
type number struct {
	field
	n int64
}

var _ segment.NumericField = (*number)(nil)

func (f *number) NumericValue() int64 { return f.n }

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

// NewDocument makes the document of an article, which must not change until it
// is released. place is its place in the batch, and documents of one batch
// share scratch space.
func NewDocument(in *engine.Doc, place int, s *Scratch) (*document, error) {
	a := &in.Article
	for _, t := range [...]time.Time{a.Published, a.Updated} {
		if _, err := t.MarshalJSON(); err != nil {
			return nil, fmt.Errorf("encode article %q: %w", a.ID, err)
		}
	}
	for _, d := range in.Derived {
		if d.Field != match.Topic {
			return nil, fmt.Errorf("encode article %q: a derived value of field %v is %w", a.ID, d.Field, engine.ErrUnsupported)
		}
	}
	size := len(a.Title) + len(a.Summary) + len(a.Body)
	return &document{id: a.ID, place: place, size: size, doc: in, length: weightedLength(in.Text), scratch: s}, nil
}

// NewRecord makes the record of an entry that has been read.
func NewRecord(e engine.Entry, s *Scratch) *document {
	return &document{id: RecordID(e.Key), size: len(e.Key) + len(e.Stamp), record: e.Key + "\x00" + e.Stamp, scratch: s}
}

// article lays out an article.
func (d *document) article() {
	in, a := d.doc, &d.doc.Article
	d.keyword(FieldKind, KindArticle)
	d.number(FieldVersion, 0, VersionNumber(in.Version))
	if in.Entry != "" {
		d.keyword(FieldEntry, in.Entry)
	}
	if !a.Published.IsZero() {
		d.number(FieldTime, index.IndexField, Nanos(a.Published))
	}
	d.keyword(FieldLang, in.Text.Values[match.Lang]...)
	d.facet(FieldTopic, in.Text.Values[match.Topic]...)
	d.facet(FieldSource, a.Source)
	d.facet(FieldAuthor, a.Authors...)
	d.texts(in.Text, d.length)
	d.fields = append(d.fields, &storedField{field: field{name: FieldStored, options: index.StoreField}, doc: in, scratch: d.scratch})
}

// add adds a field.
func (d *document) add(name string, o index.FieldIndexingOptions) *field {
	f := d.scratch.field()
	f.name, f.options = name, o
	d.fields = append(d.fields, f)
	return f
}

func (d *document) number(name string, o index.FieldIndexingOptions, n int64) {
	f := d.scratch.number()
	f.name, f.options, f.n = name, o, n
	d.fields = append(d.fields, f)
}

// keyword adds a field of whole values; empty ones are left out.
func (d *document) keyword(name string, values ...string) { d.values(name, index.IndexField, values) }

// facet adds a field of whole values that are counted.
func (d *document) facet(name string, values ...string) {
	d.values(name, index.IndexField|index.DocValues, values)
}

func (d *document) values(name string, o index.FieldIndexingOptions, values []string) {
	var f *field
	for _, v := range values {
		if v == "" {
			continue
		}
		if f == nil {
			f = d.add(name, o)
			f.length = 1
		}
		f.terms.Terms = append(f.terms.Terms, v)
	}
}
