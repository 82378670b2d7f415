package segment

import (
	"math/bits"
	"slices"

	"github.com/newsq/newsq/internal/termsort"
)

// ranking sorts the terms of a field that came as token ids. Its memory serves one
// field after the other.
type ranking struct {
	present []presentTerms
	terms   []rankedTerm
	starts  []uint32
	next    []uint32
}

// rankedTerm is a term of a field. of is the index of its vocabulary.
type rankedTerm struct {
	termsort.Term
	of uint32
}

// presentTerms are the terms of a vocabulary that occur, in order.
type presentTerms struct {
	terms  []termsort.Term
	counts []uint32 // how often each of them occurs
	texts  []string // all terms of the vocabulary
	// byNumber has how often each of texts occurs, where ids are not their numbers.
	byNumber []uint32
}

// rank sorts all terms. The rank of an id becomes 1 + the index of its term in
// terms, or 0 for an id that is left out. The entries of term i are to lie from
// starts[i] up to starts[i+1], if those of each term lie side by side. What is
// returned is valid until the next call.
func (r *ranking) rank(vocabularies []*vocabulary) (terms []rankedTerm, starts []uint32) {
	for len(r.present) < len(vocabularies) {
		r.present = append(r.present, presentTerms{})
	}
	ranks := make([][]uint32, len(vocabularies)) // of terms, by their numbers
	for i, v := range vocabularies {
		ranks[i] = r.find(&r.present[i], v)
	}
	r.merge(r.present[:len(vocabularies)], ranks)
	for i, v := range vocabularies {
		r.present[i].texts = nil // the articles of a batch need not wait for the next one
		v.ranks = v.counts
		if v.termOf == nil {
			continue // ranks are in the memory of counts already
		}
		for id, n := range v.counts {
			if n > 0 {
				if v.ranks[id] = 0; v.termOf[id] > 0 {
					v.ranks[id] = ranks[i][v.termOf[id]-1]
				}
			}
		}
	}
	return r.terms, r.starts
}

// find finds the terms of v that occur. It returns where the rank of each term goes,
// by its number.
func (r *ranking) find(p *presentTerms, v *vocabulary) (ranks []uint32) {
	p.texts = v.latest.Terms()
	counts := v.counts
	if v.termOf != nil {
		p.byNumber = append(p.byNumber[:0], make([]uint32, len(p.texts))...)
		counts = p.byNumber
		for id, n := range v.counts {
			if n > 0 && v.termOf[id] > 0 {
				counts[v.termOf[id]-1] += n
			}
		}
	}
	occurring := 0
	for _, n := range counts {
		if n > 0 {
			occurring++
		}
	}
	p.terms, p.counts = slices.Grow(p.terms[:0], occurring), slices.Grow(p.counts[:0], occurring)
	if sorted := occurring * bits.Len(uint(occurring)); sorted < len(counts) {
		for number, n := range counts {
			if n > 0 {
				p.terms = append(p.terms, termsort.Of(p.texts[number], number))
			}
		}
		termsort.Sort(p.terms, p.texts)
	} else {
		for _, t := range v.latest.Sorted() {
			if int(t.Number) < len(counts) && counts[t.Number] > 0 {
				p.terms = append(p.terms, t)
			}
		}
	}
	for i := range p.terms {
		p.counts = append(p.counts, counts[p.terms[i].Number])
	}
	return counts
}

// merge merges the terms of all vocabularies, and notes their ranks.
func (r *ranking) merge(all []presentTerms, ranks [][]uint32) {
	most := 0
	for i := range all {
		most += len(all[i].terms)
	}
	r.terms, r.starts = slices.Grow(r.terms[:0], most), slices.Grow(r.starts[:0], most+1)
	at := make([]int, len(all))
	for entry := uint32(0); ; {
		first := -1
		for i := range all {
			if at[i] < len(all[i].terms) &&
				(first < 0 || all[i].terms[at[i]].Compare(all[i].texts, &all[first].terms[at[first]], all[first].texts) < 0) {
				first = i
			}
		}
		r.starts = append(r.starts, entry)
		if first < 0 {
			return
		}
		t := all[first].terms[at[first]]
		r.terms = append(r.terms, rankedTerm{t, uint32(first)})
		for i := first; i < len(all); i++ {
			if p := &all[i]; at[i] < len(p.terms) && p.terms[at[i]].Compare(p.texts, &t, all[first].texts) == 0 {
				ranks[i][p.terms[at[i]].Number] = uint32(len(r.terms))
				entry += p.counts[at[i]]
				at[i]++
			}
		}
	}
}

// nextEntries returns a copy of starts, which the caller may change.
func (r *ranking) nextEntries() []uint32 {
	r.next = append(r.next[:0], r.starts...)
	return r.next
}
