package segment

import (
	"math"
	"slices"

	index "github.com/blevesearch/bleve_index_api"

	"github.com/newsq/newsq/internal/termsort"
)

// TokenIDField is a field of a document that hands over its terms as token ids: the
// ids that a vocabulary of the caller gives to tokens. The builder looks at the
// terms once for a segment, and otherwise only counts ids. This is the way for text.
type TokenIDField interface {
	index.Field
	TokenIDs() TokenIDs
}

// Vocabulary says what token ids stand for. What it returns must not change until
// the segment is built.
type Vocabulary interface {
	// Identity is comparable. Where it is the same, an id stands for the same
	// term.
	Identity() any
	// Size is the number of ids that are known. All that are used are below it.
	Size() int
	// TermOf has for each id 1 + the number of its term, or 0 for an id that the
	// field leaves out. Several ids can stand for one term. If it is nil, ids are the
	// numbers of terms.
	TermOf() []uint32
	// Terms has each term by its number. No term is there twice.
	Terms() []string
	// Sorted has the terms in order. There may be some with numbers that Terms does not
	// have.
	Sorted() []termsort.Term
}

// TermOf returns the term of an id. ok is false for an id that is left out.
func TermOf(v Vocabulary, id uint32) (term string, ok bool) {
	if of := v.TermOf(); of != nil {
		if id = of[id]; id == 0 {
			return "", false
		}
		id--
	}
	return v.Terms()[id], true
}

// TokenIDs are the terms of a field in a document. What the slices refer to must not
// change until the segment is built, but for Runs, which is read during the call
// alone.
type TokenIDs struct {
	Vocabulary Vocabulary
	// IDs are the tokens of the field, in order.
	IDs []uint32
	// Runs cut IDs into runs, in order.
	Runs []TokenRun
	// Positions says whether tokens have positions. Then those of a run count up
	// from its First, they ascend from run to run, and Freq must be 1. The first
	// token of a run may stand where the last one before it does, if its term is
	// another.
	Positions bool
}

// TokenRun is a run of token ids, which ends before IDs[End].
type TokenRun struct {
	End   int
	First uint32 // position of the first token
	Freq  uint32 // what each token adds to the frequency of its term
}

// tokenField gathers the token ids of a field. It is only a faster way to the
// postings that flat terms would make. If some documents of the segment have the
// field in another form, or in one that does not fit these arrays, all ids are
// resolved to terms; see resolveTokens.
type tokenField struct {
	positions       bool
	vocabularies    []*vocabulary
	runs            []docRun
	numTokens       uint64 // in runs
	lastDoc         uint32 // the document of the last run
	lastPosition    uint64 // where the positions of the last run end
	lastDocWithTerm uint64 // 1 + that document, 0 for none
}

// vocabulary is one of those that token ids are of.
type vocabulary struct {
	identity any
	latest   Vocabulary // the largest so far
	termOf   []uint32   // of latest
	counts   []uint32   // how often each id occurs
	ranks    []uint32   // once terms are ranked, in the memory of counts: see rankTerms
}

// leavesOut reports whether the field leaves out an id.
func (v *vocabulary) leavesOut(id uint32) bool { return v.termOf != nil && v.termOf[id] == 0 }

// docRun is a run of token ids in a document.
type docRun struct {
	ids                 []uint32
	vocabulary          *vocabulary
	doc                 uint32
	firstPosition, freq uint32
}

// addTokenIDs takes in terms of the open document.
func (f *fieldBuilder) addTokenIDs(c TokenIDs) error {
	if f.tokens == nil {
		if len(f.terms) > 0 {
			return f.addFlatTerms(c.flatTerms())
		}
		f.tokens = &tokenField{positions: c.Positions}
	}
	if !f.tokens.accepts(f.doc, &c) {
		return f.addFlatTerms(c.flatTerms())
	}
	f.tokens.add(f.doc, &c)
	return nil
}

// accepts reports whether next fits what came before, and notes its document
// and positions if it does.
func (c *tokenField) accepts(doc uint32, next *TokenIDs) bool {
	if next.Positions != c.positions || c.numTokens+uint64(len(next.IDs)) > math.MaxUint32 {
		return false
	}
	lastPosition := uint64(0)
	if len(c.runs) > 0 && doc == c.lastDoc {
		lastPosition = c.lastPosition
	}
	start := 0
	for _, r := range next.Runs {
		if n := uint64(r.End - start); n > 0 && c.positions {
			if r.Freq != 1 || uint64(r.First)+1 < lastPosition || uint64(r.First)+n > math.MaxUint32 {
				return false
			}
			lastPosition = uint64(r.First) + n
		}
		start = r.End
	}
	c.lastDoc, c.lastPosition = doc, lastPosition
	return true
}

// add takes in the token ids of a document, and counts them.
func (c *tokenField) add(doc uint32, next *TokenIDs) {
	v := c.vocabulary(next)
	start, hasTerm := 0, c.lastDocWithTerm == uint64(doc)+1
	for _, r := range next.Runs {
		if r.End == start {
			continue
		}
		p := docRun{ids: next.IDs[start:r.End], vocabulary: v, doc: doc, firstPosition: r.First, freq: r.Freq}
		c.runs = append(room(c.runs, 1), p)
		c.numTokens += uint64(len(p.ids))
		for _, id := range p.ids {
			v.counts[id]++
		}
		for i := 0; i < len(p.ids) && !hasTerm; i++ {
			hasTerm = !v.leavesOut(p.ids[i])
		}
		start = r.End
	}
	if hasTerm {
		c.lastDocWithTerm = uint64(doc) + 1
	}
}

// vocabulary returns the vocabulary of next, which is made if it is new.
func (c *tokenField) vocabulary(next *TokenIDs) *vocabulary {
	identity := next.Vocabulary.Identity()
	i := slices.IndexFunc(c.vocabularies, func(v *vocabulary) bool { return v.identity == identity })
	if i < 0 {
		i = len(c.vocabularies)
		c.vocabularies = append(c.vocabularies, &vocabulary{identity: identity})
	}
	v := c.vocabularies[i]
	if n := next.Vocabulary.Size(); n > len(v.counts) || v.latest == nil {
		v.latest, v.termOf = next.Vocabulary, next.Vocabulary.TermOf()
		known := len(v.counts)
		v.counts = room(v.counts, n-known)[:n]
		clear(v.counts[known:])
	}
	return v
}

// flatTerms returns the same terms in flat arrays.
func (c *TokenIDs) flatTerms() FlatTerms {
	var t FlatTerms
	start := 0
	for _, r := range c.Runs {
		for i, id := range c.IDs[start:r.End] {
			term, ok := TermOf(c.Vocabulary, id)
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

// resolveTokens turns the token ids of the field into postings of terms, as
// though all had come as flat terms.
func (f *fieldBuilder) resolveTokens() error {
	c := f.tokens
	f.tokens = nil
	open, doc := f.open, f.doc
	for i := range c.runs {
		run := &c.runs[i]
		if i == 0 || run.doc != f.doc {
			f.assignOccurrences()
			f.doc, f.firstPosting = run.doc, len(f.postings)
		}
		ids := TokenIDs{
			Vocabulary: run.vocabulary.latest, IDs: run.ids, Positions: c.positions,
			Runs: []TokenRun{{len(run.ids), run.firstPosition, run.freq}},
		}
		if err := f.addFlatTerms(ids.flatTerms()); err != nil {
			return err
		}
	}
	if !open || f.doc != doc {
		f.assignOccurrences()
		f.doc, f.firstPosting = doc, len(f.postings)
	}
	return nil
}

// writeTokens writes the postings and the FST of the field from its token ids.
func (f *fieldBuilder) writeTokens(fw *fieldWriter, norms *normsBuilder) error {
	c := f.tokens
	terms, starts := fw.ranking.rank(c.vocabularies)
	// An entry is document<<32 | position, or document<<32 | frequency.
	entries := fw.scratchEntries(int(starts[len(terms)]))
	next := fw.ranking.nextEntries()
	for i := range c.runs {
		c.runs[i].scatter(entries, next, c.positions)
	}
	var text []byte
	for i := range terms {
		entriesOfTerm := entries[starts[i]:starts[i+1]]
		if c.positions {
			fw.encoder.encodePositions(entriesOfTerm, norms.values)
		} else if err := fw.encoder.encodeFreqs(entriesOfTerm, norms.values); err != nil {
			return err
		}
		text = terms[i].AppendTo(text[:0], c.vocabularies[terms[i].of].latest.Terms())
		if err := fw.endTerm(text); err != nil {
			return err
		}
	}
	return nil
}

// scatter puts the entries of a run where those of their terms lie: next has
// for each term where its next entry goes.
func (p *docRun) scatter(entries []uint64, next []uint32, positions bool) {
	ranks := p.vocabulary.ranks
	entry, step := uint64(p.doc)<<32|uint64(p.freq), uint64(0)
	if positions {
		entry, step = uint64(p.doc)<<32|uint64(p.firstPosition), 1
	}
	for _, id := range p.ids {
		if rank := ranks[id]; rank > 0 {
			slot := &next[rank-1]
			entries[*slot] = entry
			*slot++
		}
		entry += step
	}
}

// encodePositions encodes the list of a term with positions.
func (e *postingsEncoder) encodePositions(entries []uint64, norms []uint32) {
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

// encodeFreqs encodes the list of a term without positions.
func (e *postingsEncoder) encodeFreqs(entries []uint64, norms []uint32) error {
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
