package segment

import (
	"encoding/binary"
	"errors"
	"math"
	"slices"
	"strings"

	index "github.com/blevesearch/bleve_index_api"
)

// fieldInfo is what the section fields says of a field.
type fieldInfo struct {
	name        string
	options     index.FieldIndexingOptions
	terms       uint64
	longestTerm int
	normsIndex  int // -1 for no norms
}

// compareFields orders two fields, neither of them _id: those with stored
// values come first, and else the name decides. So the numbers of stored fields
// depend on no other field, and a merge copies stored blocks of segments that
// differ in other fields.
func compareFields(a string, aOptions index.FieldIndexingOptions, b string, bOptions index.FieldIndexingOptions) int {
	if aOptions.IsStored() != bOptions.IsStored() {
		if aOptions.IsStored() {
			return -1
		}
		return 1
	}
	return strings.Compare(a, b)
}

// writeFields writes the section fields.
func writeFields(w *writer, infos []fieldInfo) {
	w.beginSection(kindFields, 0)
	b := binary.AppendUvarint(nil, uint64(len(infos)))
	for _, f := range infos {
		b = binary.AppendUvarint(b, uint64(len(f.name)))
		b = append(b, f.name...)
		b = binary.AppendUvarint(b, uint64(f.options))
		b = binary.AppendUvarint(b, f.terms)
		b = binary.AppendUvarint(b, uint64(f.longestTerm))
		b = binary.AppendUvarint(b, uint64(f.normsIndex+1))
	}
	w.write(b)
}

var errIDs = errors.New("ids are too long for a segment")

// writeIDs writes the section ids.
func writeIDs(w *writer, ids [][]byte) error {
	w.beginSection(kindIDs, 0)
	b, end := make([]byte, 0, 4*len(ids)+4), uint64(0)
	for _, id := range ids {
		b = binary.LittleEndian.AppendUint32(b, uint32(end))
		if end += uint64(len(id)); end > math.MaxUint32 {
			return errIDs
		}
	}
	w.write(binary.LittleEndian.AppendUint32(b, uint32(end)))
	for _, id := range ids {
		w.write(id)
	}
	return w.err
}

// fieldWriter writes postings and term dictionaries, one field after the
// other. For each field: beginField; for each term in order, encode its list
// with encoder, then endTerm; then endField. The FST of a field is in memory
// until its postings are written.
type fieldWriter struct {
	w           *writer
	encoder     postingsEncoder
	fst         *fstBuilder
	terms       uint64   // how many terms the field has so far
	longestTerm int      // length of the longest of them
	entries     []uint64 // see scratchEntries
	ranking     ranking
}

// scratchEntries returns n entries, which the next call uses again. Their
// values are undefined.
func (fw *fieldWriter) scratchEntries(n int) []uint64 {
	if cap(fw.entries) < n {
		fw.entries = make([]uint64, n)
	}
	return fw.entries[:n]
}

func newFieldWriter(w *writer) *fieldWriter { return &fieldWriter{w: w, fst: newFSTBuilder()} }

// beginField starts the field with a number.
func (fw *fieldWriter) beginField(number int) {
	fw.terms, fw.longestTerm = 0, 0
	fw.fst.reset()
	fw.w.beginSection(kindPostings, uint32(number))
}

// endTerm writes the list that was encoded, as the list of a term. Terms come
// in order.
func (fw *fieldWriter) endTerm(term []byte) error {
	value, err := fw.encoder.finish(fw.w)
	if err != nil {
		return err
	}
	if c := fw.encoder.champions; c != nil {
		c.end(fw.encoder.count, value)
	}
	return fw.addTerm(term, value)
}

// addTerm adds a term whose list is written. value is that of the term dictionary.
func (fw *fieldWriter) addTerm(term []byte, value uint64) error {
	fw.terms++
	fw.longestTerm = max(fw.longestTerm, len(term))
	return fw.fst.insert(term, value)
}

// endField ends the field, and writes its FST.
func (fw *fieldWriter) endField(number int) error {
	fw.w.write(make([]byte, packPadding))
	fw.w.beginSection(kindTermDictionary, uint32(number))
	fw.w.write(fw.fst.finish())
	return fw.w.err
}

// normsBuilder gathers norms, which fields can share.
type normsBuilder struct {
	values []uint32
	known  []bool // which documents have a norm
}

// fits reports whether a field with these norms can share them.
func (c *normsBuilder) fits(all []docNorm) bool {
	for _, l := range all {
		if c.known[l.doc] && c.values[l.doc] != l.norm {
			return false
		}
	}
	return true
}

// shareNorms gives each field with postings its norms: the first that it fits,
// or new ones.
func shareNorms(fields []*fieldBuilder, docs int) []normsBuilder {
	var builders []normsBuilder
	for _, f := range fields {
		if len(f.norms) == 0 {
			continue
		}
		f.normsIndex = slices.IndexFunc(builders, func(b normsBuilder) bool { return b.fits(f.norms) })
		if f.normsIndex < 0 {
			f.normsIndex = len(builders)
			builders = append(builders, normsBuilder{make([]uint32, docs), make([]bool, docs)})
		}
		b := &builders[f.normsIndex]
		for _, l := range f.norms {
			b.values[l.doc], b.known[l.doc] = l.norm, true
		}
	}
	return builders
}

func writeNorms(w *writer, builders []normsBuilder) {
	for i := range builders {
		w.beginSection(kindNorms, uint32(i))
		w.write(encodeNorms(builders[i].values, builders[i].known))
	}
}

// encodeNorms encodes norms: as one number if all documents have the same.
func encodeNorms(values []uint32, known []bool) []byte {
	constant := true
	for doc := range values {
		if !known[doc] || values[doc] != values[0] {
			constant = false
			break
		}
	}
	if constant {
		return binary.LittleEndian.AppendUint32(nil, values[0])
	}
	b := make([]byte, 0, 4*len(values))
	for _, v := range values {
		b = binary.LittleEndian.AppendUint32(b, v)
	}
	return b
}
