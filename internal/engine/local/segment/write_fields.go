package segment

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math"
	"slices"

	index "github.com/blevesearch/bleve_index_api"
	"github.com/blevesearch/vellum"
)

// fieldInfo is what the section of fields says of a field.
type fieldInfo struct {
	name       string
	options    index.FieldIndexingOptions
	terms      uint64
	longest    int
	normsIndex int // -1 for none
}

func writeFields(w *writer, infos []fieldInfo) {
	w.beginSection(kindFields, 0)
	b := binary.AppendUvarint(nil, uint64(len(infos)))
	for _, f := range infos {
		b = binary.AppendUvarint(b, uint64(len(f.name)))
		b = append(b, f.name...)
		b = binary.AppendUvarint(b, uint64(f.options))
		b = binary.AppendUvarint(b, f.terms)
		b = binary.AppendUvarint(b, uint64(f.longest))
		b = binary.AppendUvarint(b, uint64(f.normsIndex+1))
	}
	w.write(b)
}

var errIDs = errors.New("ids are too long for a segment")

func writeIDs(w *writer, ids [][]byte) error {
	w.beginSection(kindIDs, 0)
	b, at := make([]byte, 0, 4*len(ids)+4), uint64(0)
	for _, id := range ids {
		b = binary.LittleEndian.AppendUint32(b, uint32(at))
		if at += uint64(len(id)); at > math.MaxUint32 {
			return errIDs
		}
	}
	w.write(binary.LittleEndian.AppendUint32(b, uint32(at)))
	for _, id := range ids {
		w.write(id)
	}
	return w.err
}

// fieldWriter writes postings and dictionaries, a field after the other. The
// dictionary of a field is in memory until its postings are written.
type fieldWriter struct {
	w          *writer
	encoder    postingsEncoder
	fstBuffer  bytes.Buffer
	fstBuilder *vellum.Builder
	terms      uint64   // of the field
	longest    int      // of them, in bytes
	entries    []uint64 // scratch of coded fields
}

// scratchEntries returns room for n entries, which the next call takes back.
func (fw *fieldWriter) scratchEntries(n int) []uint64 {
	if cap(fw.entries) < n {
		fw.entries = make([]uint64, n)
	}
	return fw.entries[:n]
}

func newFieldWriter(w *writer) *fieldWriter { return &fieldWriter{w: w} }

// beginField starts the field of a number.
func (fw *fieldWriter) beginField(number int) (err error) {
	fw.terms, fw.longest = 0, 0
	fw.fstBuffer.Reset()
	if fw.fstBuilder == nil {
		fw.fstBuilder, err = vellum.New(&fw.fstBuffer, &fstOptions)
	} else {
		err = fw.fstBuilder.Reset(&fw.fstBuffer)
	}
	fw.w.beginSection(kindPostings, uint32(number))
	return err
}

// endTerm writes the list that was encoded, as that of a term. Terms come in order.
func (fw *fieldWriter) endTerm(term string) error {
	value, err := fw.encoder.finish(fw.w)
	if err != nil {
		return err
	}
	fw.terms++
	fw.longest = max(fw.longest, len(term))
	return fw.fstBuilder.Insert([]byte(term), value)
}

// endField ends the field.
func (fw *fieldWriter) endField(number int) error {
	fw.w.write(make([]byte, packPadding))
	if err := fw.fstBuilder.Close(); err != nil {
		return err
	}
	fw.w.beginSection(kindTermDictionary, uint32(number))
	fw.w.write(fw.fstBuffer.Bytes())
	return fw.w.err
}

// normsBuilder is a column of lengths in the making.
type normsBuilder struct {
	values []uint32
	known  []bool // for which documents the column says something
}

func (c *normsBuilder) fits(all []docNorm) bool {
	for _, l := range all {
		if c.known[l.doc] && c.values[l.doc] != l.norm {
			return false
		}
	}
	return true
}

// shareNorms gives each field with postings a column that it may share.
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

// encodeNorms encodes a column: as one number if it is that of all documents.
func encodeNorms(values []uint32, known []bool) []byte {
	same := true
	for doc := range values {
		if !known[doc] || values[doc] != values[0] {
			same = false
			break
		}
	}
	if same {
		return binary.LittleEndian.AppendUint32(nil, values[0])
	}
	b := make([]byte, 0, 4*len(values))
	for _, v := range values {
		b = binary.LittleEndian.AppendUint32(b, v)
	}
	return b
}
