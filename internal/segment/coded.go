package segment

import (
	"cmp"
	"math"
	"slices"
	"strings"

	index "github.com/blevesearch/bleve_index_api"
)

// CodedSource is a field of a document that hands over its terms as codes,
// which are numbers that stand for terms in a vocabulary of the caller. The
// builder looks up a term once for each code, and otherwise only counts: this
// is the way for text.
type CodedSource interface {
	index.Field
	CodedTerms() Coded
}

// Coded are the terms of a field in a document. What they refer to must not
// change until the segment is built; Runs is good for the call alone.
type Coded struct {
	// Term returns the term that a code in Codes stands for; codes of terms
	// that are left out have none.
	Term func(code uint32) (term string, ok bool)
	// Of is the identity of the vocabulary, which is comparable: where it is
	// the same, so are the terms of all codes.
	Of    any
	Codes []uint32
	// Runs parts Codes.
	Runs []CodeRun
	// Positions tells that the codes of a run have positions that count up
	// from its First; with positions Freq must be 1. They ascend from run to
	// run.
	Positions bool
}

// CodeRun is a run of codes, up to but without Codes[End].
type CodeRun struct {
	End   int
	First uint32 // the position of the first code of the run
	Freq  uint32 // what each code adds to the frequency of its term
}

// codedField gathers the codes of a field. What they mean is what the terms
// would: a field that also comes in another way, or in a way that these arrays
// don't hold, is taken back to that.
type codedField struct {
	positions    bool
	vocabularies []*codeMap
	counts       []uint32 // of each term of the field, its entries
	pieces       []codePiece
	total        uint64 // of counts
	// lastDoc is the document of the last codes, lastPos how far their
	// positions go, and lastTerm 1 + the last document with a term.
	lastDoc  uint32
	lastPos  uint64
	lastTerm uint64
}

// codeMap says what the codes of a vocabulary are in the field.
type codeMap struct {
	of any
	to []uint32 // by code: unknown, leftOut, or firstTerm + the term
}

const (
	unknown = iota
	leftOut
	firstTerm
)

// codePiece is a run of codes in a document.
type codePiece struct {
	codes       []uint32
	vocabulary  *codeMap
	doc         uint32
	first, freq uint32
}

// coded takes in terms of the open document.
func (f *fieldBuilder) coded(c Coded) error {
	if len(f.term) > 0 || f.codes == nil && len(f.terms) > 0 {
		return f.flat(c.flat())
	}
	if f.codes == nil {
		f.codes = &codedField{positions: c.Positions}
	}
	if !f.codes.takes(f.doc, &c) {
		if err := f.decode(); err != nil {
			return err
		}
		return f.flat(c.flat())
	}
	v := f.codes.vocabulary(c.Of)
	start := 0
	for _, r := range c.Runs {
		if r.End > start {
			f.piece(&c, codePiece{codes: c.Codes[start:r.End], vocabulary: v, doc: f.doc, first: r.First, freq: r.Freq})
		}
		start = r.End
	}
	return nil
}

// takes reports whether c can be held beside what came before, and if so notes
// how far it goes.
func (c *codedField) takes(doc uint32, next *Coded) bool {
	if next.Positions != c.positions {
		return false
	}
	last := c.lastPos
	if len(c.pieces) == 0 || doc != c.lastDoc {
		last = 0
	}
	start := 0
	for _, r := range next.Runs {
		if n := uint64(r.End - start); n > 0 && c.positions {
			if r.Freq != 1 || uint64(r.First) < last || uint64(r.First)+n > math.MaxUint32 {
				return false
			}
			last = uint64(r.First) + n
		}
		start = r.End
	}
	c.lastDoc, c.lastPos = doc, last
	return c.total+uint64(len(next.Codes)) <= math.MaxUint32
}

func (c *codedField) vocabulary(of any) *codeMap {
	for _, v := range c.vocabularies {
		if v.of == of {
			return v
		}
	}
	v := &codeMap{of: of}
	c.vocabularies = append(c.vocabularies, v)
	return v
}

// piece takes in a run of codes, and counts the terms in it.
func (f *fieldBuilder) piece(from *Coded, p codePiece) {
	c, v := f.codes, p.vocabulary
	c.pieces = append(c.pieces, p)
	for _, code := range p.codes {
		if int(code) >= len(v.to) {
			v.to = append(v.to, make([]uint32, int(code)+1-len(v.to))...)
		}
		to := v.to[code]
		if to == unknown {
			to = f.learn(from, v, code)
		}
		if to >= firstTerm {
			c.counts[to-firstTerm]++
			c.total++
			c.lastTerm = uint64(p.doc) + 1
		}
	}
}

// learn finds out what a code is.
func (f *fieldBuilder) learn(from *Coded, v *codeMap, code uint32) uint32 {
	to := uint32(leftOut)
	if term, ok := from.Term(code); ok {
		id, known := f.ids[term]
		if !known {
			id = uint32(len(f.terms))
			f.ids[term] = id
			f.terms = append(f.terms, term)
			f.codes.counts = append(f.codes.counts, 0)
		}
		to = firstTerm + id
	}
	v.to[code] = to
	return to
}

// flat returns the terms in arrays.
func (c *Coded) flat() Terms {
	var t Terms
	start := 0
	for _, r := range c.Runs {
		for i, code := range c.Codes[start:r.End] {
			term, ok := c.Term(code)
			if !ok {
				continue
			}
			t.Terms = append(t.Terms, term)
			if c.Positions {
				t.Positions = append(t.Positions, r.First+uint32(i))
			} else {
				t.Freqs = append(t.Freqs, r.Freq)
			}
		}
		start = r.End
	}
	return t
}

// decode takes the field's codes back to terms.
func (f *fieldBuilder) decode() error {
	c, terms := f.codes, f.terms
	f.codes, f.terms, f.latest = nil, nil, nil
	clear(f.ids)
	open, doc := f.open, f.doc
	for i := range c.pieces {
		p := &c.pieces[i]
		if i == 0 || p.doc != f.doc {
			f.place()
			f.doc, f.first = p.doc, len(f.term)
		}
		one := Coded{
			Term: func(code uint32) (string, bool) {
				to := p.vocabulary.to[code]
				if to < firstTerm {
					return "", false
				}
				return terms[to-firstTerm], true
			},
			Codes: p.codes, Positions: c.positions, Runs: []CodeRun{{len(p.codes), p.first, p.freq}},
		}
		if err := f.flat(one.flat()); err != nil {
			return err
		}
	}
	if !open || f.doc != doc {
		f.place()
		f.doc, f.first = doc, len(f.term)
	}
	return nil
}

// writeCoded writes the postings of coded terms.
func (f *fieldBuilder) writeCoded(fw *fieldWriter, lengths *lengthColumn) error {
	c := f.codes
	order := sortedOrder(f.terms)
	// The entries of a term lie side by side, terms in order, each entry
	// document<<32 | position or frequency.
	next := make([]uint32, len(f.terms)) // for each term, where its next entry goes
	at := uint32(0)
	for _, t := range order {
		next[t] = at
		at += c.counts[t]
	}
	entries := fw.entriesOf(int(c.total))
	for i := range c.pieces {
		c.pieces[i].scatter(entries, next, c.positions)
	}
	at = 0
	for _, t := range order {
		of := entries[at:next[t]]
		at = next[t]
		if len(of) == 0 {
			continue
		}
		var err error
		if c.positions {
			fw.list.codedPositions(of, lengths.values)
		} else {
			err = fw.list.codedFreqs(of, lengths.values)
		}
		if err == nil {
			err = fw.end(f.terms[t])
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// scatter puts the entries of a piece where those of their terms are.
func (p *codePiece) scatter(entries []uint64, next []uint32, positions bool) {
	to := p.vocabulary.to
	entry := uint64(p.doc)<<32 | uint64(p.freq)
	step := uint64(0)
	if positions {
		entry, step = uint64(p.doc)<<32|uint64(p.first), 1
	}
	for _, code := range p.codes {
		if t := to[code]; t >= firstTerm {
			n := &next[t-firstTerm]
			entries[*n] = entry
			*n++
		}
		entry += step
	}
}

// codedPositions encodes the list of a term with positions.
func (e *listEncoder) codedPositions(entries []uint64, lengths []uint32) {
	e.begin(locPositions)
	for i := 0; i < len(entries); {
		doc := uint32(entries[i] >> 32)
		n := 1
		for i+n < len(entries) && uint32(entries[i+n]>>32) == doc {
			n++
		}
		e.add(doc, uint32(n), lengths[doc])
		last := uint32(0)
		for _, entry := range entries[i : i+n] {
			e.position(uint32(entry) - last)
			last = uint32(entry)
		}
		i += n
	}
}

// codedFreqs encodes the list of a term without positions.
func (e *listEncoder) codedFreqs(entries []uint64, lengths []uint32) error {
	e.begin(locNone)
	for i := 0; i < len(entries); {
		doc := uint32(entries[i] >> 32)
		freq := uint64(0)
		for ; i < len(entries) && uint32(entries[i]>>32) == doc; i++ {
			freq += uint64(uint32(entries[i]))
		}
		if freq > math.MaxUint32 {
			return errFrequency
		}
		e.add(doc, uint32(freq), lengths[doc])
	}
	return nil
}

// sortedOrder lists the places of terms in their order.
func sortedOrder(terms []string) []uint32 {
	// Most terms are told apart by their first eight bytes, in one comparison.
	type key struct {
		prefix uint64
		term   uint32
	}
	keys := make([]key, len(terms))
	for i, t := range terms {
		prefix := uint64(0)
		for j := range 8 {
			prefix <<= 8
			if j < len(t) {
				prefix |= uint64(t[j])
			}
		}
		keys[i] = key{prefix, uint32(i)}
	}
	slices.SortFunc(keys, func(a, b key) int {
		if a.prefix != b.prefix {
			return cmp.Compare(a.prefix, b.prefix)
		}
		return strings.Compare(terms[a.term], terms[b.term])
	})
	order := make([]uint32, len(keys))
	for i, k := range keys {
		order[i] = k.term
	}
	return order
}
