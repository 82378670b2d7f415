package schema

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"time"

	index "github.com/blevesearch/bleve_index_api"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/bm25f"
	"github.com/newsq/newsq/internal/engine/local/segment"
	"github.com/newsq/newsq/internal/match"
)

// document is a bleve document: of an article, of the record of an entry, or of a note. The
// article was analysed before; scorch's own analysis has nothing to do.
//
// The segment builder opens a document, visits its fields and closes it, one
// document after the other, as often as it needs. Fields exist between Open and
// Close only, in memory that the documents of a batch share: they are larger than
// most articles. After Release the document has no article, and nobody opens it.
type document struct {
	id      string
	order   int // in its batch
	size    int
	withID  bool
	doc     *engine.Doc // nil for a record, and after Release
	record  string
	note    []byte // see NewNote
	about   string // the entry of a note
	length  int    // see bm25f.Length
	buffers *Buffers
	fields  []index.Field // between Open and Close
}

var (
	_ segment.Ordered      = (*document)(nil)
	_ segment.StoredOpener = (*document)(nil)
	_ segment.Releaser     = (*document)(nil)
)

// Open makes the fields.
func (d *document) Open() {
	d.buffers.reset()
	d.fields = d.buffers.fields[:0]
	switch {
	case d.record != "":
		d.addKeyword(FieldRecord, d.record)
	case d.note != nil:
		d.addKeyword(FieldAbout, d.about)
	case d.doc != nil:
		d.addArticle()
	}
	d.addStored()
}

// OpenStored makes the fields that are stored.
func (d *document) OpenStored() {
	d.buffers.reset()
	d.fields = d.buffers.fields[:0]
	d.addStored()
}

// addStored adds the fields that are stored.
func (d *document) addStored() {
	switch {
	case d.note != nil:
		d.addField(FieldNote, index.StoreField).value = d.note
	case d.doc != nil:
		f := &d.buffers.storedField
		*f = storedField{field: field{name: FieldStored, options: index.StoreField}, doc: d.doc, buffers: d.buffers}
		d.fields = append(d.fields, f)
	}
	if d.withID {
		f := d.addField(FieldID, index.IndexField|index.StoreField)
		f.length, f.value, f.terms.Terms = 1, []byte(d.id), append(f.terms.Terms, d.id)
	}
	d.buffers.fields = d.fields
}

// Close gives the fields back to the buffers.
func (d *document) Close() { d.fields = nil }

// Release drops the article, so that its memory is free before that of the batch.
func (d *document) Release() { d.doc = nil }

func (d *document) BatchOrder() int                            { return d.order }
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

// field is a field with terms that have no positions. They are a flat list, as the
// segment builder takes them.
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

// numericField is a field of one number. When it is indexed, the segment also keeps
// the documents in the order of the numbers.
type numericField struct {
	field
	n int64
}

var _ segment.NumericField = (*numericField)(nil)

func (f *numericField) NumericValue() int64 { return f.n }

// AnalyzedTokenFrequencies returns the terms in bleve's own form, which any
// other segment format takes.
func (f *field) AnalyzedTokenFrequencies() index.TokenFrequencies {
	m := index.TokenFrequencies{}
	for _, term := range f.terms.Terms {
		countTerm(m, term, 1)
	}
	return m
}

// countTerm adds freq to the frequency of a term, and returns the term's entry.
func countTerm(m index.TokenFrequencies, term string, freq int) *index.TokenFreq {
	tf := m[term]
	if tf == nil {
		tf = &index.TokenFreq{Term: []byte(term)}
		m[term] = tf
	}
	tf.SetFrequency(tf.Frequency() + freq)
	return tf
}

// NewDocument makes the document of an article, which must not change until the
// document is released. order is its place in the batch. All documents of a batch
// have the same buffers, and no two batches do.
func NewDocument(in *engine.Doc, order int, b *Buffers) (*document, error) {
	a := &in.Article
	for _, at := range [...]time.Time{a.Published, a.Updated, a.Added} {
		if year := at.Year(); at.Location() == time.UTC && 0 <= year && year <= 9999 {
			continue // as nearly all times are, which JSON can state
		}
		if _, err := at.MarshalJSON(); err != nil {
			return nil, fmt.Errorf("encode article %q: %w", a.ID, err)
		}
	}
	size := len(a.Title) + len(a.Summary) + len(a.Body)
	return &document{id: a.ID, order: order, size: size, doc: in, length: bm25f.Length(in.Text), buffers: b}, nil
}

// NewRecord makes the record of an entry that has been read.
func NewRecord(e engine.Entry, b *Buffers) *document {
	return &document{id: RecordID(e.Key), size: len(e.Key) + len(e.Stamp), record: e.Key + "\x00" + e.Stamp, buffers: b}
}

// noteMark begins what is stored of a note, and is the schema of no Stored.
const noteMark = 'n'

// NewNote makes the document of a note. What is stored is noteMark, the length of the
// key of its entry, a uvarint, this key, and the value.
func NewNote(n *engine.Note, b *Buffers) *document {
	v := make([]byte, 0, 1+binary.MaxVarintLen64+len(n.Entry)+len(n.Value))
	v = append(v, noteMark)
	v = append(appendString(v, n.Entry), n.Value...)
	return &document{id: NoteID(n.Key), size: len(v), note: v, about: n.Entry, buffers: b}
}

// DecodeNote reads what NewNote stores.
func DecodeNote(b []byte) (entry string, value []byte, err error) {
	if len(b) == 0 || b[0] != noteMark {
		return "", nil, errNote
	}
	d := decoder{b: b[1:]}
	entry = d.string()
	if d.failed {
		return "", nil, errNote
	}
	return entry, bytes.Clone(d.b), nil
}

var errNote = errors.New("note is cut short or of no known form")

// addArticle adds the fields of an article.
func (d *document) addArticle() {
	doc, a := d.doc, &d.doc.Article
	d.addKeyword(FieldKind, KindArticle)
	d.addNumber(FieldVersion, 0, VersionNumber(doc.Version))
	if doc.Entry != "" {
		d.addKeyword(FieldEntry, doc.Entry)
	}
	if doc.Embargoed {
		d.addKeyword(FieldEmbargo, EmbargoTerm(doc.EmbargoedUntil))
	}
	if !a.Published.IsZero() {
		d.addNumber(FieldTime, index.IndexField, Micros(a.Published))
	}
	if !a.Added.IsZero() {
		d.addNumber(FieldAdded, index.IndexField, Micros(a.Added))
	}
	d.addKeyword(FieldLang, doc.Text.Values[match.Lang]...)
	d.addKeyword(FieldRights, doc.Text.Values[match.Rights]...)
	d.addFacet(FieldTopic, doc.Text.Values[match.Topic]...)
	d.addFacet(FieldTopicBy, doc.Text.Values[match.TopicBy]...)
	d.addFacet(FieldSource, a.Source)
	d.addFacet(FieldAuthor, a.Authors...)
	d.addFacet(FieldPlace, a.Names(corpus.Place)...)
	d.addFacet(FieldPerson, a.Names(corpus.Person)...)
	d.addFacet(FieldOrg, a.Names(corpus.Organization)...)
	d.addFacet(FieldStory, doc.Story)
	d.addFacet(FieldMyTag, doc.Text.Values[match.MyTag]...)
	d.addKeys(doc.Keys)
	d.addNumber(FieldWords, 0, int64(numWords(doc.Text)))
	d.addTokenFields(doc.Text, d.length)
}

// numWords returns the number of words that match.Length counts.
func numWords(doc *match.Encoded) (n int) {
	for _, f := range RankedFields {
		if runs, start := doc.Field(f); len(runs) > 0 {
			n += runs[len(runs)-1].End - start
		}
	}
	return n
}

// addKeys adds the keys of an article. Where there is one too few to fill the last
// number, it is there twice.
func (d *document) addKeys(keys []uint32) {
	keys = keys[:min(len(keys), maxKeys)]
	for i := 0; i < len(keys); i += 2 {
		d.addNumber(sharedFields[i/2], 0, sharedNumber(keys[i], keys[min(i+1, len(keys)-1)]))
	}
}

// addField adds a field without terms.
func (d *document) addField(name string, o index.FieldIndexingOptions) *field {
	f := d.buffers.newField()
	f.name, f.options = name, o
	d.fields = append(d.fields, f)
	return f
}

func (d *document) addNumber(name string, o index.FieldIndexingOptions, n int64) {
	f := d.buffers.newNumericField()
	f.name, f.options, f.n = name, o, n
	d.fields = append(d.fields, f)
}

// addKeyword adds a field of which each value is a term; empty values are left out.
func (d *document) addKeyword(name string, values ...string) {
	d.addValues(name, index.IndexField, values)
}

// addFacet adds a keyword field with doc values, by which it is counted.
func (d *document) addFacet(name string, values ...string) {
	d.addValues(name, index.IndexField|index.DocValues, values)
}

func (d *document) addValues(name string, o index.FieldIndexingOptions, values []string) {
	var f *field
	for _, v := range values {
		if v == "" {
			continue
		}
		if f == nil {
			f = d.addField(name, o)
			f.length = 1
		}
		f.terms.Terms = append(f.terms.Terms, v)
	}
}
