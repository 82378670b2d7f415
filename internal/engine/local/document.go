package local

import (
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	index "github.com/blevesearch/bleve_index_api"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/match"
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
	f := newField(fieldID, index.IndexField|index.StoreField, 1)
	f.value = []byte(d.id)
	f.add(d.id, 1)
	d.fields = append(d.fields, f)
}

// field is a field of a document, its terms already counted.
type field struct {
	name    string
	options index.FieldIndexingOptions
	value   []byte // when stored
	length  int    // what zap keeps as the norm of each posting
	terms   index.TokenFrequencies
}

func newField(name string, o index.FieldIndexingOptions, length int) *field {
	return &field{name: name, options: o, length: length, terms: index.TokenFrequencies{}}
}

// add counts n more occurrences of term.
func (f *field) add(term string, n int) *index.TokenFreq {
	tf := f.terms[term]
	if tf == nil {
		tf = &index.TokenFreq{Term: []byte(term)}
		f.terms[term] = tf
	}
	tf.SetFrequency(tf.Frequency() + n)
	return tf
}

func (f *field) Name() string                                     { return f.name }
func (f *field) Value() []byte                                    { return f.value }
func (f *field) ArrayPositions() []uint64                         { return nil }
func (f *field) EncodedFieldType() byte                           { return 't' }
func (f *field) Analyze()                                         {}
func (f *field) Options() index.FieldIndexingOptions              { return f.options }
func (f *field) AnalyzedLength() int                              { return f.length }
func (f *field) AnalyzedTokenFrequencies() index.TokenFrequencies { return f.terms }
func (f *field) NumPlainTextBytes() uint64                        { return uint64(len(f.value)) }

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
	d.keyword(fieldLength, strconv.Itoa(length))
	d.keyword(fieldVersion, a.ID+"\x00"+in.Version)
	if in.Entry != "" {
		d.keyword(fieldEntry, in.Entry)
	}
	if !a.Published.IsZero() {
		d.keyword(fieldTime, string(timeTerm(a.Published)))
		d.keyword(fieldDay, a.Published.UTC().Format(time.DateOnly))
	}
	d.keyword(fieldTopic, in.Text.Values[match.Topic]...)
	d.keyword(fieldLang, in.Text.Values[match.Lang]...)
	d.keyword(fieldSource, a.Source)
	d.keyword(fieldAuthor, a.Authors...)
	d.stems(in.Text, length)
	for _, w := range wordFields {
		d.words(w.name, in.Text.Texts[w.field], length)
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
func (d *document) keyword(name string, values ...string) {
	var f *field
	for _, v := range values {
		if v == "" {
			continue
		}
		if f == nil {
			f = newField(name, index.IndexField, 1)
			d.fields = append(d.fields, f)
		}
		f.add(v, 1)
	}
}

// weightedLength is the article's length in tokens without stop words, each
// counted with its doubled weight.
func weightedLength(d *match.Doc) int {
	n := uint64(0)
	for _, f := range [...]match.Field{match.Title, match.Heading, match.Body} {
		for _, run := range d.Texts[f] {
			for i := range run {
				if run[i].Stem != "" {
					n += weight(f)
				}
			}
		}
	}
	return int(n)
}

// stems adds the fields that rank.
func (d *document) stems(doc *match.Doc, length int) {
	all := newField(fieldStem, index.IndexField, length)
	title := newField(fieldTitle, index.IndexField, length)
	heading := newField(fieldHeading, index.IndexField, length)
	count := func(f match.Field, own *field) {
		w := int(weight(f))
		for _, run := range doc.Texts[f] {
			for i := range run {
				if s := run[i].Stem; s != "" {
					all.add(s, w)
					if own != nil {
						own.add(s, 1)
					}
				}
			}
		}
	}
	count(match.Title, title)
	count(match.Heading, heading)
	count(match.Body, nil)
	for _, f := range [...]*field{all, title, heading} {
		if len(f.terms) > 0 {
			d.fields = append(d.fields, f)
		}
	}
}

// words adds a field of words as written, with positions.
func (d *document) words(name string, runs []match.Run, length int) {
	f := newField(name, index.IndexField|index.IncludeTermVectors, length)
	n := 0
	for _, run := range runs {
		n += len(run)
	}
	if n == 0 {
		return
	}
	locations := make([]index.TokenLocation, n)
	pos, k := 1, 0
	for _, run := range runs {
		for i := range run {
			tf := f.add(run[i].Word, 1)
			l := &locations[k]
			l.Position = pos + i
			tf.Locations = append(tf.Locations, l)
			k++
		}
		pos += len(run) + runGap
	}
	d.fields = append(d.fields, f)
}
