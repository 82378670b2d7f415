package segment

import (
	"cmp"
	"encoding/binary"
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
	// Of is the identity of the vocabulary, which is comparable: where it is
	// the same, so are the terms of all codes.
	Of any
	// Known is the number of codes that Term knows: those in Codes are below.
	Known int
	// Term returns the term that a code stands for; codes of terms that are
	// left out have none. Several codes may stand for one term.
	Term  func(code uint32) (term string, ok bool)
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
	vocabularies []*codes
	pieces       []codePiece
	total        uint64 // codes in pieces
	// lastDoc is the document of the last codes, lastPos how far their
	// positions go, and withTerm 1 + the last document with a term.
	lastDoc  uint32
	lastPos  uint64
	withTerm uint64
}

// codes are those of a vocabulary.
type codes struct {
	of     any
	known  int
	term   func(uint32) (string, bool)
	counts []uint32 // how often each code occurs
	ranks  []uint32 // in place of counts, later: 1 + the place of its term
}

// codePiece is a run of codes in a document.
type codePiece struct {
	codes       []uint32
	from        *codes
	doc         uint32
	first, freq uint32
}

// coded takes in terms of the open document.
func (f *fieldBuilder) coded(c Coded) error {
	if f.codes == nil {
		if len(f.terms) > 0 {
			return f.flat(c.flat())
		}
		f.codes = &codedField{positions: c.Positions}
	}
	if !f.codes.takes(f.doc, &c) {
		return f.flat(c.flat())
	}
	f.codes.add(f.doc, &c)
	return nil
}

// takes reports whether next can be held beside what came before.
func (c *codedField) takes(doc uint32, next *Coded) bool {
	if next.Positions != c.positions || c.total+uint64(len(next.Codes)) > math.MaxUint32 {
		return false
	}
	last := uint64(0)
	if len(c.pieces) > 0 && doc == c.lastDoc {
		last = c.lastPos
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
	return true
}

// add takes in the codes of a document, and counts them.
func (c *codedField) add(doc uint32, next *Coded) {
	v := c.vocabulary(next)
	start, with := 0, c.withTerm == uint64(doc)+1
	for _, r := range next.Runs {
		if r.End == start {
			continue
		}
		p := codePiece{codes: next.Codes[start:r.End], from: v, doc: doc, first: r.First, freq: r.Freq}
		c.pieces = append(c.pieces, p)
		c.total += uint64(len(p.codes))
		for _, code := range p.codes {
			v.counts[code]++
		}
		for i := 0; i < len(p.codes) && !with; i++ {
			_, with = v.term(p.codes[i])
		}
		start = r.End
	}
	if with {
		c.withTerm = uint64(doc) + 1
	}
}

// vocabulary returns the codes of that of next.
func (c *codedField) vocabulary(next *Coded) *codes {
	i := slices.IndexFunc(c.vocabularies, func(v *codes) bool { return v.of == next.Of })
	if i < 0 {
		i = len(c.vocabularies)
		c.vocabularies = append(c.vocabularies, &codes{of: next.Of})
	}
	v := c.vocabularies[i]
	if next.Known > v.known || v.term == nil {
		v.known, v.term = next.Known, next.Term
		v.counts = append(v.counts, make([]uint32, next.Known-len(v.counts))...)
	}
	return v
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
	c := f.codes
	f.codes = nil
	open, doc := f.open, f.doc
	for i := range c.pieces {
		p := &c.pieces[i]
		if i == 0 || p.doc != f.doc {
			f.assignOccurrences()
			f.doc, f.first = p.doc, len(f.term)
		}
		one := Coded{
			Term: p.from.term, Codes: p.codes, Positions: c.positions,
			Runs: []CodeRun{{len(p.codes), p.first, p.freq}},
		}
		if err := f.flat(one.flat()); err != nil {
			return err
		}
	}
	if !open || f.doc != doc {
		f.assignOccurrences()
		f.doc, f.first = doc, len(f.term)
	}
	return nil
}

// rank gives every code the place of its term among all terms, in order, and
// returns the terms and for each where its entries start, when those of a term
// lie side by side.
func (c *codedField) rank() (terms []string, starts []uint32) {
	// Nearly all terms are told apart by their first sixteen bytes, in one or
	// two comparisons.
	type key struct {
		prefix, more uint64
		of           uint32 // vocabulary
		code         uint32
	}
	var keys []key
	for i, v := range c.vocabularies {
		v.ranks = v.counts
		for code, n := range v.counts {
			if n == 0 {
				continue
			}
			if term, ok := v.term(uint32(code)); ok {
				k := key{prefix: prefixOf(term), of: uint32(i), code: uint32(code)}
				if len(term) > 8 {
					k.more = prefixOf(term[8:])
				}
				keys = append(keys, k)
			} else {
				v.ranks[code] = 0
			}
		}
	}
	term := func(k key) string {
		t, _ := c.vocabularies[k.of].term(k.code)
		return t
	}
	slices.SortFunc(keys, func(a, b key) int {
		switch {
		case a.prefix != b.prefix:
			return cmp.Compare(a.prefix, b.prefix)
		case a.more != b.more:
			return cmp.Compare(a.more, b.more)
		}
		return strings.Compare(term(a), term(b))
	})
	at := uint32(0)
	for _, k := range keys {
		if t := term(k); len(terms) == 0 || terms[len(terms)-1] != t {
			terms, starts = append(terms, t), append(starts, at)
		}
		v := c.vocabularies[k.of]
		at += v.counts[k.code]
		v.ranks[k.code] = uint32(len(terms))
	}
	return terms, append(starts, at)
}

// prefixOf returns the first eight bytes of a term as a number that sorts as
// they do.
func prefixOf(term string) uint64 {
	var b [8]byte
	copy(b[:], term)
	return binary.BigEndian.Uint64(b[:])
}

// writeCoded writes the postings of coded terms.
func (f *fieldBuilder) writeCoded(fw *fieldWriter, norms *normsBuilder) error {
	c := f.codes
	terms, starts := c.rank()
	// An entry is document<<32 | position or frequency.
	entries := fw.entriesOf(int(starts[len(terms)]))
	next := slices.Clone(starts)
	for i := range c.pieces {
		c.pieces[i].scatter(entries, next, c.positions)
	}
	for i, term := range terms {
		of := entries[starts[i]:starts[i+1]]
		if c.positions {
			fw.encoder.codedPositions(of, norms.values)
		} else if err := fw.encoder.codedFreqs(of, norms.values); err != nil {
			return err
		}
		if err := fw.end(term); err != nil {
			return err
		}
	}
	return nil
}

// scatter puts the entries of a piece where those of their terms are.
func (p *codePiece) scatter(entries []uint64, next []uint32, positions bool) {
	ranks := p.from.ranks
	entry, step := uint64(p.doc)<<32|uint64(p.freq), uint64(0)
	if positions {
		entry, step = uint64(p.doc)<<32|uint64(p.first), 1
	}
	for _, code := range p.codes {
		if r := ranks[code]; r > 0 {
			n := &next[r-1]
			entries[*n] = entry
			*n++
		}
		entry += step
	}
}

// codedPositions encodes the list of a term with positions.
func (e *postingsEncoder) codedPositions(entries []uint64, norms []uint32) {
	e.begin(locPositions)
	for i := 0; i < len(entries); {
		doc := uint32(entries[i] >> 32)
		n := 1
		for i+n < len(entries) && uint32(entries[i+n]>>32) == doc {
			n++
		}
		e.addPosting(doc, uint32(n), norms[doc])
		last := uint32(0)
		for _, entry := range entries[i : i+n] {
			e.addPositionDelta(uint32(entry) - last)
			last = uint32(entry)
		}
		i += n
	}
}

// codedFreqs encodes the list of a term without positions.
func (e *postingsEncoder) codedFreqs(entries []uint64, norms []uint32) error {
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
		e.addPosting(doc, uint32(freq), norms[doc])
	}
	return nil
}
