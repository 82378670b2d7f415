package segment_test

import (
	"fmt"
	"strings"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/mapping"
	index "github.com/blevesearch/bleve_index_api"

	"github.com/newsq/newsq/internal/engine/local/segment"
)

// plan says what a document holds, so that it can be made more than once.
type plan struct {
	id    string
	words []string // indices into these are positions
	gap   int      // between positions
	twice bool     // the field words comes in two parts
	tags  []string
	store string
	odd   bool // locations that do not fit plain positions
}

// doc is a document whose fields are analysed before it is made.
type doc struct {
	id     string
	fields []index.Field
}

func (d *doc) ID() string                                 { return d.id }
func (d *doc) Size() int                                  { return 1 }
func (d *doc) VisitComposite(index.CompositeFieldVisitor) {}
func (d *doc) HasComposite() bool                         { return false }
func (d *doc) NumPlainTextBytes() uint64                  { return 0 }
func (d *doc) StoredFieldsBytes() uint64                  { return 0 }
func (d *doc) Indexed() bool                              { return true }
func (d *doc) AddIDField()                                {}
func (d *doc) VisitFields(visit index.FieldVisitor) {
	for _, f := range d.fields {
		visit(f)
	}
}

type field struct {
	name    string
	options index.FieldIndexingOptions
	value   []byte
	length  int
	terms   index.TokenFrequencies
}

func (f *field) Name() string                                     { return f.name }
func (f *field) Value() []byte                                    { return f.value }
func (f *field) ArrayPositions() []uint64                         { return nil }
func (f *field) EncodedFieldType() byte                           { return 't' }
func (f *field) Analyze()                                         {}
func (f *field) Options() index.FieldIndexingOptions              { return f.options }
func (f *field) AnalyzedLength() int                              { return f.length }
func (f *field) AnalyzedTokenFrequencies() index.TokenFrequencies { return f.terms }
func (f *field) NumPlainTextBytes() uint64                        { return 0 }

// numberField is a field of a number.
type numberField struct {
	field
	n int64
}

func (f *numberField) NumericValue() int64 { return f.n }

// flatField is a field that hands over its terms in flat arrays.
type flatField struct {
	field
	flat segment.FlatTerms
}

func (f *flatField) FlatTerms() segment.FlatTerms { return f.flat }

func (f *field) add(term string, freq int, at ...*index.TokenLocation) {
	if f.terms == nil {
		f.terms = index.TokenFrequencies{}
	}
	tf := f.terms[term]
	if tf == nil {
		tf = &index.TokenFreq{Term: []byte(term)}
		f.terms[term] = tf
	}
	tf.SetFrequency(tf.Frequency() + freq)
	tf.Locations = append(tf.Locations, at...)
}

// make lays out a document: an id, stems with weighted frequencies, words with
// positions, tags, a stored value.
func (p plan) make(flat bool) index.Document {
	d := &doc{id: p.id}
	idField := &field{name: "_id", options: index.IndexField | index.StoreField, value: []byte(p.id), length: 1}
	idField.add(p.id, 1)
	length := 2 * len(p.words)
	stems := &field{name: "text", options: index.IndexField, length: length}
	parts := []*field{{name: "words", options: index.IndexField | index.IncludeTermVectors, length: length}}
	if p.twice {
		parts = append(parts, &field{name: "words", options: index.IndexField | index.IncludeTermVectors, length: 3})
	}
	var stream, stemStream segment.FlatTerms
	for i, w := range p.words {
		stem := w[:min(len(w), 2)]
		stems.add(stem, 2)
		stemStream.Terms, stemStream.Freqs = append(stemStream.Terms, stem), append(stemStream.Freqs, 2)
		at := &index.TokenLocation{Position: 1 + i*(1+p.gap)}
		if p.odd && i%2 == 0 {
			at.Start, at.End, at.ArrayPositions = i*5, i*5+4, []uint64{uint64(i), 1}
		}
		parts[i%len(parts)].add(w, 1, at)
		stream.Terms, stream.Positions = append(stream.Terms, w), append(stream.Positions, uint32(at.Position))
	}
	tags := &field{name: "=tag", options: index.IndexField | index.DocValues, length: 1}
	for _, tag := range p.tags {
		tags.add(tag, 1)
	}
	d.fields = []index.Field{idField, tags}
	if flat && !p.odd && !p.twice {
		d.fields = append(d.fields, &flatField{*stems, stemStream}, &flatField{*parts[0], stream})
		for i := range d.fields[2:] {
			d.fields[2+i].(*flatField).terms = nil
		}
	} else {
		d.fields = append(d.fields, stems)
		for _, f := range parts {
			d.fields = append(d.fields, f)
		}
	}
	if p.store != "" {
		d.fields = append(d.fields, &field{name: "article", options: index.StoreField, value: []byte(p.store)})
	}
	return d
}

func makeAll(plans []plan, flat bool) []index.Document {
	docs := make([]index.Document, len(plans))
	for i, p := range plans {
		docs[i] = p.make(flat)
	}
	return docs
}

// plans makes n documents: some words are in nearly all of them, most in few.
func plans(n int, seed uint64) []plan {
	random := newRandom(seed)
	all := make([]plan, n)
	for i := range all {
		p := plan{id: id(i + int(seed)*1000), gap: random.IntN(2) * random.IntN(400)}
		for range random.IntN(40) {
			w := random.IntN(1 << random.IntN(11))
			p.words = append(p.words, fmt.Sprintf("w%x", w))
		}
		for range random.IntN(3) {
			p.tags = append(p.tags, fmt.Sprintf("tag %d", random.IntN(8)))
		}
		if random.IntN(4) > 0 {
			p.store = strings.Repeat(strings.Join(p.words, " ")+".", random.IntN(60))
		}
		p.twice = random.IntN(50) == 0
		p.odd = random.IntN(50) == 0 && seed%2 == 0 // one makes a long list
		all[i] = p
	}
	return all
}

// record is a value for bleve's mapping.
type record struct {
	Title, Body string
	List        []string
	Number      int
	Flag        bool
	Date, Rare  string
}

// bleveDocuments are documents as bleve makes them by its default mapping:
// term vectors, a composite field, arrays, numbers, times.
func bleveDocuments(n int, seed uint64) func() []index.Document {
	return func() []index.Document {
		random := newRandom(seed)
		m := mappingOf()
		docs := make([]index.Document, n)
		for i := range docs {
			words := func(n int) string {
				var b strings.Builder
				for range n {
					fmt.Fprintf(&b, "%s ", stock[random.IntN(1+random.IntN(len(stock)))])
				}
				return b.String()
			}
			d := document.NewDocument(id(i + int(seed)*1000))
			data := record{
				Title: words(1 + random.IntN(4)), Body: words(random.IntN(50)),
				List: []string{words(3), words(2)}, Number: random.IntN(100), Flag: i%2 == 0,
				Date: "2026-03-05T00:00:00Z",
			}
			if i%5 == 0 {
				data.Rare = words(3)
			}
			if err := m.MapDocument(d, data); err != nil {
				panic(err) //house:allow a mapping of our own maps our own documents
			}
			d.AddIDField()
			for _, f := range d.Fields {
				f.Analyze()
				if d.HasComposite() && f.Name() != "_id" {
					d.VisitComposite(func(c index.CompositeField) {
						c.Compose(f.Name(), f.AnalyzedLength(), f.AnalyzedTokenFrequencies())
					})
				}
			}
			docs[i] = d
		}
		return docs
	}
}

func mappingOf() *mapping.IndexMappingImpl { return bleve.NewIndexMapping() }

var stock = strings.Fields(`the of and to in a for on that by with at from border water treaty talks minister
	deterrence river harvest council budget election grain reactor pipeline tariff storm ferry museum glacier
	satellite orchard tunnel verdict cathedral mosaic lantern quarry sonata kestrel`)
