package segment

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"fmt"
	"math"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
	index "github.com/blevesearch/bleve_index_api"
	api "github.com/blevesearch/scorch_segment_api/v2"
)

// dropped is the new number of a document that is not merged.
const dropped = math.MaxUint64

// merger merges segments into a new one. It walks through their term
// dictionaries side by side, and holds the lists of one term at a time.
type merger struct {
	closeCh    chan struct{}
	sharedDict *SharedDict // may be nil
	champions  *ChampionRule
	inputs     []input
	newDocs    [][]uint64 // for each input, the new number of each document
	docs       uint64

	short                          []shortList
	docBlock, freqBlock, normBlock [BlockSize]uint32
	positions                      []uint32
	locations                      []location
	locDecoder                     locationDecoder
}

// input is a segment to be merged.
type input struct {
	*Segment
	keepsAll bool     // no document is dropped
	renumber []uint32 // newDocs in 32 bits, which postings need; dropped32 for dropped
	fieldMap []int    // the new number of each of its fields
}

// dropped32 is dropped in 32 bits. No document has this number.
const dropped32 = math.MaxUint32

// add adds a segment, of which some documents are dropped.
func (m *merger) add(s *Segment, drop *roaring.Bitmap) {
	in := input{Segment: s, keepsAll: true}
	newDocs := make([]uint64, s.docs)
	for doc := range newDocs {
		if drop != nil && drop.Contains(uint32(doc)) {
			newDocs[doc], in.keepsAll = dropped, false
			continue
		}
		newDocs[doc] = m.docs
		m.docs++
	}
	if !in.keepsAll {
		in.renumber = make([]uint32, s.docs)
		for doc, newDoc := range newDocs {
			in.renumber[doc] = uint32(newDoc)
		}
	}
	m.inputs = append(m.inputs, in)
	m.newDocs = append(m.newDocs, newDocs)
}

// dropPagesOf drops the pages of a field's posting lists.
func (m *merger) dropPagesOf(field string) {
	for _, in := range m.inputs {
		if f := in.fieldNamed(field); f != nil {
			in.dropPages(f.postings)
		}
	}
}

// closed reports whether scorch wants the merge to end.
func (m *merger) closed() bool {
	select {
	case <-m.closeCh:
		return true
	default:
		return false
	}
}

// write writes the new segment, and returns its size.
func (m *merger) write(w *writer) (uint64, error) {
	if m.closed() {
		return 0, api.ErrClosed
	}
	if m.docs > maxDocs {
		return 0, fmt.Errorf("%d documents are too many for a segment", m.docs)
	}
	infos := m.mergeFields()
	sources := m.shareNorms(infos)
	// What is merged gets new checksums: damage would never be found again.
	for _, in := range m.inputs {
		if err := in.verifyAll(); err != nil {
			return 0, err
		}
	}
	fw := newFieldWriter(w)
	for i := range infos {
		m.mergeNumeric(w, i, infos[i].name, infos[i].options)
		if infos[i].normsIndex < 0 {
			continue
		}
		if err := m.mergeField(fw, i, &infos[i], sources[infos[i].normsIndex]); err != nil {
			return 0, err
		}
		m.dropPagesOf(infos[i].name)
		if infos[i].terms == 0 {
			infos[i].normsIndex = -1
		}
	}
	if err := m.writeChampions(w, infos, sources); err != nil {
		return 0, err
	}
	for i, c := range sources {
		w.beginSection(kindNorms, uint32(i))
		w.write(m.mergeNorms(c))
	}
	if err := m.mergeStored(w, infos); err != nil {
		return 0, err
	}
	writeFields(w, infos)
	return w.finish(uint32(m.docs))
}

// mergeFields joins the fields of all inputs, and numbers them.
func (m *merger) mergeFields() []fieldInfo {
	options := map[string]index.FieldIndexingOptions{}
	var names []string
	for _, in := range m.inputs {
		for i := range in.fields {
			f := &in.fields[i]
			if o, ok := options[f.name]; ok {
				options[f.name] = o & f.options
				continue
			}
			options[f.name] = f.options
			if f.name != idField {
				names = append(names, f.name)
			}
		}
	}
	slices.SortFunc(names, func(a, b string) int { return compareFields(a, options[a], b, options[b]) })
	names = slices.Insert(names, 0, idField)
	infos := make([]fieldInfo, len(names))
	numberOf := map[string]int{}
	for i, name := range names {
		infos[i] = fieldInfo{name: name, options: options[name], normsIndex: -1}
		numberOf[name] = i
	}
	for i := range m.inputs {
		in := &m.inputs[i]
		for k := range in.fields {
			in.fieldMap = append(in.fieldMap, numberOf[in.fields[k].name])
		}
	}
	return infos
}

// normsSource is, for each input, the number of the norms that new ones are
// made of; -1 where no field with the new norms occurs.
type normsSource []int

// shareNorms gives each field with terms its norms. Fields share them if they
// do so in all inputs where both occur.
func (m *merger) shareNorms(infos []fieldInfo) []normsSource {
	var sources []normsSource
	for i := range infos {
		source, found := make(normsSource, len(m.inputs)), false
		for k := range m.inputs {
			source[k] = -1
			if f := m.inputs[k].fieldNamed(infos[i].name); f != nil && f.terms > 0 {
				source[k], found = f.normsIndex, true
			}
		}
		if !found {
			continue
		}
		infos[i].normsIndex = slices.IndexFunc(sources, func(c normsSource) bool { return c.fits(source) })
		if infos[i].normsIndex < 0 {
			infos[i].normsIndex = len(sources)
			sources = append(sources, source)
			continue
		}
		for k, c := range source {
			if c >= 0 {
				sources[infos[i].normsIndex][k] = c
			}
		}
	}
	return sources
}

// fits reports whether two fields with these sources can share norms.
func (s normsSource) fits(other normsSource) bool {
	for k := range s {
		if s[k] >= 0 && other[k] >= 0 && s[k] != other[k] {
			return false
		}
	}
	return true
}

// fieldNamed returns a field by name, nil if there is none.
func (s *Segment) fieldNamed(name string) *field {
	if i, ok := s.byName[name]; ok {
		return &s.fields[i]
	}
	return nil
}

// mergeNorms encodes new norms.
func (m *merger) mergeNorms(source normsSource) []byte {
	constant := true
	first := -1
	for k, c := range source {
		if c < 0 {
			constant = constant && m.inputs[k].docs == 0
			continue
		}
		if first < 0 {
			first = k
		}
		values := &m.inputs[k].norms[c]
		constant = constant && values.values == nil && values.constant == m.inputs[first].norms[source[first]].constant
	}
	if constant && first >= 0 {
		return binary.LittleEndian.AppendUint32(nil, m.inputs[first].norms[source[first]].constant)
	}
	b := make([]byte, 4*m.docs)
	for k, c := range source {
		if c < 0 {
			continue
		}
		for doc, newDoc := range m.newDocs[k] {
			if newDoc != dropped {
				binary.LittleEndian.PutUint32(b[4*newDoc:], m.inputs[k].norms[c].at(uint32(doc)))
			}
		}
	}
	return b
}

// cursor stands at a term of an input's field.
type cursor struct {
	input    int
	field    *field
	terms    *fstWalk
	ordinal  int    // ordinal of the term
	first    uint64 // the first bytes of the term, as a number that sorts as they do
	postings PostingList
	passed   passedLists
}

// passedLists drops the pages of posting lists that were read. Who goes along the
// terms of a field reads its lists in their order, and each once.
type passedLists struct {
	upTo uint64 // pages of postings before this offset are dropped
}

// drop drops the pages of the lists before that of a term's value, once they are so
// many bytes.
func (p *passedLists) drop(s *Segment, f *field, value, every uint64) {
	offset := value >> 1
	if value&1 == 0 && offset < uint64(len(f.postings)) && offset > p.upTo+every {
		s.dropPages(f.postings[p.upTo:offset])
		p.upTo = offset
	}
}

// newCursor returns a cursor before the first term of a field.
func newCursor(input int, f *field) (*cursor, error) {
	if _, err := f.loadFST(); err != nil { // which verifies it
		return nil, err
	}
	return &cursor{input: input, field: f, terms: f.walk(), ordinal: -1}, nil
}

// next goes to the next term. ok is false at the end.
func (c *cursor) next() (ok bool, err error) {
	c.ordinal++
	ok, err = c.terms.next()
	var first [8]byte
	copy(first[:], c.terms.term)
	c.first = binary.BigEndian.Uint64(first[:])
	return ok, err
}

// compare compares the terms of two cursors.
func (c *cursor) compare(d *cursor) int {
	if c.first != d.first {
		return cmp.Compare(c.first, d.first)
	}
	return bytes.Compare(c.terms.term, d.terms.term)
}

// atLeast appends those of the cursors that stand at the least term to dst.
func atLeast(dst, cursors []*cursor) []*cursor {
	dst = append(dst, cursors[0])
	for _, c := range cursors[1:] {
		switch order := c.compare(dst[0]); {
		case order < 0:
			dst = append(dst[:0], c)
		case order == 0:
			dst = append(dst, c)
		}
	}
	return dst
}

// mergeField merges postings and term dictionary of a field, and counts its
// terms.
func (m *merger) mergeField(fw *fieldWriter, number int, info *fieldInfo, source normsSource) error {
	cursors, err := m.cursors(info.name)
	if err != nil {
		return err
	}
	fw.beginField(number)
	fw.encoder.champions = m.termChampionsOf(info, source)
	defer func() { fw.encoder.champions = nil }()
	const closeEvery = 1 << 10 // terms between looks at the channel
	var atTerm []*cursor
	ordinals := m.newOrdinalMaps(info)
	for n := 0; len(cursors) > 0; n++ {
		if n%closeEvery == 0 && m.closed() {
			return api.ErrClosed
		}
		atTerm = atLeast(atTerm[:0], cursors)
		if err := m.mergeTerm(fw, number, atTerm); err != nil {
			return fmt.Errorf("field %s: %w", info.name, err)
		}
		for _, c := range atTerm {
			c.passed.drop(m.inputs[c.input].Segment, c.field, c.terms.value, dropPagesEvery/uint64(len(m.inputs)))
			if ordinals != nil && fw.encoder.count > 0 && c.ordinal < len(ordinals[c.input]) {
				ordinals[c.input][c.ordinal] = uint32(fw.terms - 1)
			}
			if ok, err := c.next(); err != nil {
				return err
			} else if !ok {
				cursors = slices.DeleteFunc(cursors, func(d *cursor) bool { return c == d })
			}
		}
	}
	info.terms, info.longestTerm = fw.terms, fw.longestTerm
	if err := fw.endField(number); err != nil {
		return err
	}
	if c := fw.encoder.champions; c != nil {
		c.write(fw.w, number)
	}
	if ordinals != nil && fw.terms > 0 {
		m.mergeOrdinals(fw.w, number, info, ordinals)
	}
	return fw.w.err
}

// cursors returns cursors at the first terms of a field in all inputs that have it.
func (m *merger) cursors(name string) (cursors []*cursor, err error) {
	for k := range m.inputs {
		f := m.inputs[k].fieldNamed(name)
		if f == nil || f.terms == 0 {
			continue
		}
		c, err := newCursor(k, f)
		if err != nil {
			return nil, err
		}
		if ok, err := c.next(); err != nil {
			return nil, err
		} else if ok {
			cursors = append(cursors, c)
		}
	}
	return cursors, nil
}

// mergeTerm merges the lists of a term, at which all of the cursors stand.
func (m *merger) mergeTerm(fw *fieldWriter, number int, cursors []*cursor) error {
	value, ok, err := m.mergeShort(fw, cursors)
	if err != nil {
		return err
	}
	if ok {
		return fw.addTerm(cursors[0].terms.term, value)
	}
	var kind locKind
	for i, c := range cursors {
		if c.postings, err = m.inputs[c.input].openPostings(c.field, c.terms.value); err != nil {
			return err
		}
		if i == 0 {
			kind = c.postings.kind
		}
		kind = joinLocKinds(kind, c.postings.kind)
	}
	fw.encoder.begin(kind)
	for _, c := range cursors {
		if err := m.appendPostings(&fw.encoder, number, c); err != nil {
			return err
		}
	}
	if fw.encoder.count == 0 { // all of its documents are dropped
		return nil
	}
	return fw.endTerm(cursors[0].terms.term)
}

// mergeStored writes ids and stored values of all documents that are not
// dropped.
func (m *merger) mergeStored(w *writer, infos []fieldInfo) error {
	out := newStoredWriter(w, m.compressionDict())
	ids := make([][]byte, 0, m.docs)
	for k := range m.inputs {
		in := &m.inputs[k]
		if m.closed() {
			return api.ErrClosed
		}
		for doc, newDoc := range m.newDocs[k] {
			if newDoc == dropped {
				continue
			}
			id, err := in.DocID(uint64(doc))
			if err != nil {
				return err
			}
			ids = append(ids, id)
		}
		copyable := m.sameFields(in, infos) && bytes.Equal(in.compressionDict(), out.dict)
		if err := m.mergeStoredBlocks(out, in, m.newDocs[k], infos, copyable); err != nil {
			return err
		}
		in.dropPages(in.Segment.stored)
	}
	if err := out.close(); err != nil {
		return err
	}
	return writeIDs(w, ids)
}

// compressionDict returns what stored values are compressed with. That is the
// dictionary of the largest input that has one, as its blocks can be copied
// then, or a new one.
func (m *merger) compressionDict() (dict []byte) {
	total, largest := 0, 0
	for _, in := range m.inputs {
		n := len(in.stored)
		if total += n; n > largest && in.compressionDict() != nil {
			dict, largest = in.compressionDict(), n
		}
	}
	if dict != nil || total < dictMinStored/2 {
		return dict
	}
	return m.sharedDict.getOrBuild(func() []byte {
		readers := make([]*storedReader, len(m.inputs))
		return buildCompressionDict(int(m.docs), func(i int) []byte {
			k := 0
			for ; i >= int(m.inputs[k].docs); k++ {
				i -= int(m.inputs[k].docs)
			}
			if readers[k] == nil {
				readers[k] = m.inputs[k].newStoredReader()
			}
			b, err := readers[k].document(uint32(i))
			if err != nil { // copyDocuments will find the damage, too
				return nil
			}
			return b
		})
	})
}
