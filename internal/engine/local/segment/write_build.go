package segment

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"

	index "github.com/blevesearch/bleve_index_api"
)

// FlatTermsField is a field of a document that hands over its terms in flat
// arrays. The builder asks for these instead of AnalyzedTokenFrequencies,
// which has a map and several pointers for each term.
type FlatTermsField interface {
	index.Field
	FlatTerms() FlatTerms
}

// FlatTerms are the terms of a field in a document, in any order, repeated or
// not. A token stream will do. The builder does not keep the slices.
type FlatTerms struct {
	Terms []string
	// Freqs has what each entry of Terms adds to the frequency of its term. If
	// it is nil, that is 1.
	Freqs []uint32
	// Positions has the position of each entry of Terms, ascending. If it is nil,
	// there are no positions. With positions, every entry is one occurrence, and
	// Freqs must be nil.
	Positions []uint32
}

// maxDocs bounds the documents of a segment: documents are numbered in 32
// bits, and the greatest number stands for none.
const maxDocs = math.MaxUint32 - 1

// builder makes a segment of documents.
type builder struct {
	fields     map[string]*fieldBuilder
	fieldOrder []*fieldBuilder // as they came, and after assignNumbers as the file has them
	nextField  int             // place in fieldOrder of the field that followed the last one, when it came first
	docs       []index.Document
	err        error
}

// Ordered is a document that says where it stands among the documents of its
// batch. Scorch hands over a batch in any order. If all documents are Ordered,
// the segment has them in the order of BatchOrder, and the same batch becomes
// the same bytes each time.
type Ordered interface {
	index.Document
	BatchOrder() int
}

// Releaser is a document that is told when its segment is made, and then drops
// what it holds. Scorch keeps the documents of a batch until it is on the
// disk.
type Releaser interface{ Release() }

// Opener is a document that has fields only while it is open, so that not all
// documents of a batch must be laid out at the same time. At most one document
// of a batch is open at a time, and each may be opened more than once.
type Opener interface {
	Open()
	Close()
}

// StoredOpener is an Opener that may be opened with those of its fields only that are
// stored, which takes less.
type StoredOpener interface {
	Opener
	OpenStored()
}

// openStored opens a document of which only stored values are asked for.
func openStored(d index.Document) {
	if o, ok := d.(StoredOpener); ok {
		o.OpenStored()
		return
	}
	openDocument(d)
}

func openDocument(d index.Document) {
	if o, ok := d.(Opener); ok {
		o.Open()
	}
}

func closeDocument(d index.Document) {
	if o, ok := d.(Opener); ok {
		o.Close()
	}
}

// inBatchOrder returns the documents in their batch order, if all of them have
// one.
func inBatchOrder(docs []index.Document) []index.Document {
	for _, d := range docs {
		if _, ok := d.(Ordered); !ok {
			return docs
		}
	}
	docs = slices.Clone(docs)
	slices.SortStableFunc(docs, func(a, b index.Document) int {
		return cmp.Compare(a.(Ordered).BatchOrder(), b.(Ordered).BatchOrder())
	})
	return docs
}

// build writes a segment of the documents.
func build(docs []index.Document, w *writer, shared *SharedDict) (uint64, error) {
	docs = inBatchOrder(docs)
	if uint64(len(docs)) > maxDocs {
		return 0, fmt.Errorf("%d documents are too many for a segment", len(docs))
	}
	b := &builder{fields: map[string]*fieldBuilder{}, docs: docs}
	b.field(idField).options = index.IndexField | index.StoreField
	for i, d := range docs {
		if err := b.addDocument(uint32(i), d); err != nil {
			return 0, fmt.Errorf("document %q: %w", d.ID(), err)
		}
	}
	b.assignNumbers()
	norms := shareNorms(b.fieldOrder, len(docs))
	infos := make([]fieldInfo, len(b.fieldOrder))
	fw := newFieldWriter(w)
	for i, f := range b.fieldOrder {
		infos[i] = fieldInfo{name: f.name, options: f.options, normsIndex: f.normsIndex}
		if err := f.write(fw, i, norms); err != nil {
			return 0, fmt.Errorf("field %s: %w", f.name, err)
		}
		if f.hasTerms() {
			infos[i].terms, infos[i].longestTerm = fw.terms, fw.longestTerm
		}
		f.writeNumeric(w, i, len(docs))
	}
	writeNorms(w, norms)
	if err := b.writeStored(w, shared); err != nil {
		return 0, err
	}
	for _, d := range docs {
		if r, ok := d.(Releaser); ok {
			r.Release()
		}
	}
	writeFields(w, infos)
	return w.finish(uint32(len(docs)))
}

// field returns the builder of a field, which is made if it is new.
func (b *builder) field(name string) *fieldBuilder {
	// Most documents have the same fields in the same order.
	if i := b.nextField; i < len(b.fieldOrder) && b.fieldOrder[i].name == name {
		b.nextField++
		return b.fieldOrder[i]
	}
	f := b.fields[name]
	if f == nil {
		f = &fieldBuilder{name: name, termIDs: map[string]uint32{}, normsIndex: -1, number: len(b.fieldOrder)}
		b.fields[name] = f
		b.fieldOrder = append(b.fieldOrder, f)
	}
	b.nextField = f.number + 1
	return f
}

var (
	errNested   = errors.New("nested documents are not supported")
	errSynonyms = errors.New("synonyms are not supported")
)

// addDocument takes in the terms and numeric values of a document.
func (b *builder) addDocument(doc uint32, d index.Document) error {
	if n, ok := d.(index.NestedDocument); ok {
		n.VisitNestedDocuments(func(index.Document) { b.err = errNested })
	}
	visit := func(f index.Field) {
		if _, ok := f.(index.SynonymField); ok {
			b.err = errSynonyms
		}
		fb := b.field(f.Name())
		fb.options |= f.Options()
		fb.startDoc(doc)
		fb.norm += uint32(f.AnalyzedLength())
		if n, ok := f.(NumericField); ok {
			fb.numeric = append(room(fb.numeric, 1), docNumeric{doc, n.NumericValue()})
			return
		}
		var err error
		switch f := f.(type) {
		case TokenIDField:
			err = fb.addTokenIDs(f.TokenIDs())
		case FlatTermsField:
			err = fb.addFlatTerms(f.FlatTerms())
		default:
			err = fb.addFrequencies(b, f.AnalyzedTokenFrequencies())
		}
		if err != nil && b.err == nil {
			b.err = fmt.Errorf("field %s: %w", f.Name(), err)
		}
	}
	openDocument(d)
	d.VisitComposite(func(f index.CompositeField) { visit(f) })
	d.VisitFields(visit)
	closeDocument(d)
	for _, f := range b.fieldOrder {
		f.endDoc()
	}
	return b.err
}

// assignNumbers numbers the fields: _id, then in the order of compareFields.
// Until then a field has the number in which it came, and so have the locations
// that name it.
func (b *builder) assignNumbers() {
	added := slices.Clone(b.fieldOrder)
	slices.SortFunc(b.fieldOrder[1:], func(x, y *fieldBuilder) int { return compareFields(x.name, x.options, y.name, y.options) })
	newNumber := make([]uint32, len(added))
	for i, f := range b.fieldOrder {
		newNumber[f.number] = uint32(i)
	}
	for i, f := range b.fieldOrder {
		f.number = i
		for j := range f.locations {
			f.locations[j].field = newNumber[f.locations[j].field]
		}
	}
}

// compressionDict returns what stored values are compressed with, nil if there
// is too little to store.
func (b *builder) compressionDict(shared *SharedDict) []byte {
	text := uint64(0)
	for _, d := range b.docs {
		text += d.NumPlainTextBytes()
	}
	if text < dictMinStored {
		return nil
	}
	return shared.getOrBuild(func() []byte {
		var values []byte
		return buildCompressionDict(len(b.docs), func(i int) []byte {
			values = values[:0]
			openStored(b.docs[i])
			b.docs[i].VisitFields(func(f index.Field) {
				if f.Options().IsStored() && f.Name() != idField {
					values = append(values, f.Value()...)
				}
			})
			closeDocument(b.docs[i])
			return values
		})
	})
}

// writeStored writes ids and stored values.
func (b *builder) writeStored(w *writer, shared *SharedDict) error {
	ids := make([][]byte, len(b.docs))
	values := newStoredWriter(w, b.compressionDict(shared))
	type value struct {
		field int
		index.Field
	}
	var stored []value
	for i, d := range b.docs {
		stored = stored[:0]
		openStored(d)
		d.VisitFields(func(f index.Field) {
			switch n := b.fields[f.Name()].number; {
			case !f.Options().IsStored():
			case n == 0:
				ids[i] = f.Value()
			default:
				stored = append(stored, value{n, f})
			}
		})
		if ids[i] == nil {
			return fmt.Errorf("document %q has no field %s", d.ID(), idField)
		}
		slices.SortStableFunc(stored, func(x, y value) int { return cmp.Compare(x.field, y.field) })
		for _, v := range stored {
			values.addValue(uint64(v.field), v.EncodedFieldType(), v.ArrayPositions(), v.Value())
		}
		closeDocument(d)
		if err := values.endDoc(); err != nil {
			return fmt.Errorf("document %q: %w", d.ID(), err)
		}
	}
	if err := values.close(); err != nil {
		return err
	}
	return writeIDs(w, ids)
}
