package segment

import (
	"cmp"
	"encoding/binary"
	"math"
	"slices"
)

// A merge also keeps the champions of single terms with many postings, of one field. The
// encoder of posting lists has the postings of a block at hand when it bounds them by
// impacts, and only a block whose bound is above the worst champion so far is looked
// through. So to find them takes few of the blocks of a long list.

// termChampionPostings is how many postings the champion list of a term has. It serves some
// pages of ten hits, and the others are there for documents that are deleted later or that
// come closer when the mean length changes.
const termChampionPostings = 64

// termChampion is a posting of the champion list of a term.
type termChampion struct {
	doc, freq uint32
	ratio     float64 // frequency relative to the norm
}

// termChampionBuilder finds the champions of the terms of a field, while its posting lists
// are encoded.
type termChampionBuilder struct {
	base, perLength float64 // see championHead
	minPostings     int

	// Of the list at hand.
	offered int            // postings
	best    []termChampion // a heap with the least ratio on top, once there are all
	floor   float64        // of the ratio; what is not above it is no champion

	places, offsets, entries []byte // of the section
}

// begin starts a posting list.
func (b *termChampionBuilder) begin() { b.offered, b.best, b.floor = 0, b.best[:0], 0 }

// ratio is what postings are compared by.
func (b *termChampionBuilder) ratio(freq, norm uint32) float64 {
	return float64(freq) / (b.base + b.perLength*float64(norm))
}

// offer offers the postings of a block, which impacts bound.
func (b *termChampionBuilder) offer(docs, freqs, norms []uint32, impacts frontier) {
	b.offered += len(docs)
	bound := 0.0
	for _, p := range impacts {
		bound = max(bound, b.ratio(p.Freq, p.Norm))
	}
	if bound <= b.floor {
		return
	}
	for i, doc := range docs {
		if ratio := b.ratio(freqs[i], norms[i]); ratio > b.floor {
			b.add(termChampion{doc, freqs[i], ratio})
		}
	}
}

// add adds a posting whose ratio is above the floor.
func (b *termChampionBuilder) add(c termChampion) {
	if len(b.best) < termChampionPostings {
		if b.best = append(b.best, c); len(b.best) == termChampionPostings {
			slices.SortFunc(b.best, func(x, y termChampion) int { return cmp.Compare(x.ratio, y.ratio) })
			b.floor = b.best[0].ratio
		}
		return
	}
	heap, i := b.best, 0
	for {
		child := 2*i + 1
		if child >= len(heap) {
			break
		}
		if other := child + 1; other < len(heap) && heap[other].ratio < heap[child].ratio {
			child = other
		}
		if c.ratio <= heap[child].ratio {
			break
		}
		heap[i] = heap[child]
		i = child
	}
	heap[i] = c
	b.floor = heap[0].ratio
}

// end ends the list of a term, of so many postings, which lies at a value of the term
// dictionary. Without having seen all of them it knows no champions.
func (b *termChampionBuilder) end(count int, value uint64) {
	place := value >> 1
	if count < b.minPostings || b.offered != count || value&1 != 0 || place > math.MaxUint32 {
		return
	}
	slices.SortFunc(b.best, func(x, y termChampion) int {
		return cmp.Or(cmp.Compare(y.ratio, x.ratio), cmp.Compare(x.doc, y.doc))
	})
	b.places = binary.LittleEndian.AppendUint32(b.places, uint32(place))
	b.offsets = binary.LittleEndian.AppendUint32(b.offsets, uint32(len(b.entries)))
	b.entries = binary.AppendUvarint(b.entries, uint64(len(b.best)))
	for _, c := range b.best {
		b.entries = binary.AppendUvarint(b.entries, uint64(c.doc))
		b.entries = binary.AppendUvarint(b.entries, uint64(c.freq))
	}
}

// write writes the section, if any term has a list.
func (b *termChampionBuilder) write(w *writer, field int) {
	if len(b.places) == 0 {
		return
	}
	w.beginSection(kindTermChampions, uint32(field))
	head := binary.LittleEndian.AppendUint64(nil, math.Float64bits(b.base))
	head = binary.LittleEndian.AppendUint64(head, math.Float64bits(b.perLength))
	w.write(binary.LittleEndian.AppendUint32(head, uint32(len(b.places)/4)))
	w.write(b.places)
	w.write(b.offsets)
	w.write(b.entries)
}

// termChampionsOf returns a builder for the terms of a new field; nil where they have no
// champion lists.
func (m *merger) termChampionsOf(info *fieldInfo, source normsSource) *termChampionBuilder {
	if m.champions == nil || m.champions.TermField != info.name {
		return nil
	}
	base, perLength, ok := m.champions.normOver(newNormValues(m.mergeNorms(source), int(m.docs)), m.docs)
	if !ok {
		return nil
	}
	return &termChampionBuilder{base: base, perLength: perLength, minPostings: max(m.champions.MinTermPostings, BlockSize)}
}

// normOver returns the two parts of the norm, see championHead, in a segment of so many
// documents with these lengths. ok is false where no document has a length.
func (r *ChampionRule) normOver(lengths normValues, docs uint64) (base, perLength float64, ok bool) {
	sum, count := 0.0, 0
	for doc := range uint32(docs) {
		if n := lengths.at(doc); n > 0 {
			sum += float64(n)
			count++
		}
	}
	return r.Base, r.PerMeanLength * float64(count) / sum, count > 0
}
