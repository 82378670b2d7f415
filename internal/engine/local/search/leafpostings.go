package search

import (
	"slices"

	"github.com/newsq/newsq/internal/engine/local/reader"
	"github.com/newsq/newsq/internal/engine/local/segment"
)

// leafPostings are what a leaf comes to in one segment: the articles in which it
// occurs, and how often, in doubled weight. They have one of three forms:
//
//   - a posting list of the segment, with its deleted documents, that is read as
//     far as it is needed;
//   - a union of which matches and first documents are known, and which is
//     materialized when more is asked for;
//   - docs and freqs: live articles in order, with their frequencies.
//
// They are made once, and stay until the query ends. Nobody changes them, but for
// materialize and scoresOf.
type leafPostings struct {
	isPostingList bool
	postings      segment.PostingList // as it stands before the first block; copies of it are read
	union         *multiTermUnion
	docs          []uint32
	freqs         []uint32
	// scores are what a leaf of the weight scoredFor gives to docs; nil before one was asked
	// for. A query may ask for the same many times.
	scores    []int64
	scoredFor float64
}

// count returns the number of articles. In a posting list, deleted ones count.
func (p *leafPostings) count() int {
	switch {
	case p.isPostingList:
		return p.postings.Count()
	case p.union != nil:
		return p.union.matchCount
	}
	return len(p.docs)
}

// borrowPostings returns empty leaf postings with memory for n articles, which
// giveBack gives back. clone keeps what is in them.
func borrowPostings(n int) (p *leafPostings, giveBack func()) {
	docs, freqs := docBufferPool.Get().(*[]uint32), docBufferPool.Get().(*[]uint32)
	*docs, *freqs = slices.Grow((*docs)[:0], n), slices.Grow((*freqs)[:0], n)
	return &leafPostings{docs: *docs, freqs: *freqs}, func() { docBufferPool.Put(docs); docBufferPool.Put(freqs) }
}

// clone copies docs and freqs into memory of just their size, as they stay until
// the query ends.
func (p *leafPostings) clone() *leafPostings {
	return &leafPostings{docs: slices.Clone(p.docs), freqs: slices.Clone(p.freqs)}
}

// materialize fills docs and freqs of a union.
func (p *leafPostings) materialize() error {
	if p.union == nil || p.docs != nil {
		return nil
	}
	all, err := p.union.materialize()
	if err == nil {
		p.docs, p.freqs = all.docs, all.freqs
	}
	return err
}

// top returns the documents that may be among the first hits, and their
// frequencies. They must not be those of a posting list.
func (p *leafPostings) top() (docs, freqs []uint32, err error) {
	if p.union == nil || p.union.top == nil {
		err = p.materialize()
		return p.docs, p.freqs, err
	}
	for _, posting := range p.union.top {
		docs, freqs = append(docs, posting.doc), append(freqs, posting.freq)
	}
	return docs, freqs, nil
}

// freqOf returns the frequency in a document, 0 where the leaf does not occur.
func (p *leafPostings) freqOf(doc uint32) (freq uint32, err error) {
	if !p.isPostingList {
		if err := p.materialize(); err != nil {
			return 0, err
		}
		i, ok := slices.BinarySearch(p.docs, doc)
		if !ok {
			return 0, nil
		}
		return p.freqs[i], nil
	}
	list := p.postings
	var docs, freqs [segment.BlockSize]uint32
	list.Seek(doc)
	n := list.NextBlock(&docs, &freqs)
	if i := reader.SearchBlock(&docs, n, doc); i < n && docs[i] == doc {
		return freqs[i], nil
	}
	return 0, list.Err()
}

// subtract takes away the frequencies of other.
func (p *leafPostings) subtract(other *leafPostings) {
	at := 0
	for i, doc := range other.docs {
		for at < len(p.docs) && p.docs[at] < doc {
			at++
		}
		if at < len(p.docs) && p.docs[at] == doc {
			p.freqs[at] -= min(other.freqs[i], p.freqs[at])
		}
	}
}

// dropZeroFreqs leaves out the articles in which the leaf does not occur.
func (p *leafPostings) dropZeroFreqs() *leafPostings {
	n := 0
	for i, freq := range p.freqs {
		if freq > 0 {
			p.docs[n], p.freqs[n] = p.docs[i], freq
			n++
		}
	}
	p.docs, p.freqs = p.docs[:n], p.freqs[:n]
	return p
}

func (p *leafPostings) scaleFreqs(weight uint32) {
	for i := range p.freqs {
		p.freqs[i] *= weight
	}
}
