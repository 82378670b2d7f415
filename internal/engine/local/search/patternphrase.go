package search

import (
	"context"
	"errors"
	"slices"

	"github.com/newsq/newsq/internal/engine/local/reader"
	"github.com/newsq/newsq/internal/engine/local/schema"
	"github.com/newsq/newsq/internal/engine/local/segment"
	"github.com/newsq/newsq/internal/match"
)

// words are the words that a slot stands for in one field of a segment.
type slotTerms struct {
	terms    []string
	articles reader.Bitset // the articles that may hold any of them
	// postings is the number of pairs of a word and an article that holds it.
	postings int
	// at are the sorted positions in each article of a block, reused from one
	// block to the next.
	positions [][]uint32
}

// seek is a phrase looked up in one field of a segment.
type patternPhrase struct {
	slots []*slotTerms
	// skips tells how many tokens, whatever they are, must stand before each
	// of words and behind the one before it.
	skips    []int
	slop     int
	articles reader.Bitset // the articles that may hold it
}

// seeker looks up the slots of one leaf, equal ones once.
type phraseReader struct {
	*segRun
	field         string
	bySlot        map[match.TermPattern]*slotTerms
	slotPositions [][]uint32 // of the phrase looked for last
}

func (r *segRun) newPhraseReader(f match.Field) *phraseReader {
	return &phraseReader{segRun: r, field: schema.WordField(f), bySlot: map[match.TermPattern]*slotTerms{}}
}

// lookUp looks up p; nil when there is a slot for which there is no word, or no
// article with words for all.
func (k *phraseReader) resolve(ctx context.Context, p match.Phrase) (*patternPhrase, error) {
	q := &patternPhrase{slop: min(p.Slop, schema.MaxDistance)}
	skip := 0
	for i, slot := range p.Terms {
		// Between two words of a run stand words.
		if slot.Kind == match.AnyWord && i > 0 && i < len(p.Terms)-1 {
			skip++
			continue
		}
		w, err := k.resolveSlot(ctx, slot)
		if err != nil || w.articles.IsEmpty() {
			return nil, err
		}
		q.slots, q.skips = append(q.slots, w), append(q.skips, skip)
		skip = 0
		if q.articles == nil {
			q.articles = k.copyBitset(w.articles)
		} else {
			q.articles.And(w.articles)
		}
	}
	if q.articles == nil {
		return nil, nil
	}
	return q, nil
}

// words looks up a slot.
func (k *phraseReader) resolveSlot(ctx context.Context, slot match.TermPattern) (*slotTerms, error) {
	if w := k.bySlot[slot]; w != nil {
		return w, nil
	}
	w := &slotTerms{}
	k.bySlot[slot] = w
	w.articles = k.newBitset()
	err := expand(ctx, k.Segment, k.res, k.field, slot, func(term []byte, list segment.PostingList) error {
		w.terms = append(w.terms, string(term))
		if slot.Kind == match.AnyWord {
			return nil
		}
		w.postings += list.Count()
		return errors.Join(k.AddLive(w.articles, list), k.res.spend(ctx, list.Count()/8))
	})
	if err != nil {
		return nil, err
	}
	if slot.Kind == match.AnyWord && len(w.terms) > 0 {
		// To join the articles of all words would lead to no others.
		if w.articles, err = k.Articles(); err != nil {
			return nil, err
		}
		w.postings = w.articles.Count() * typicalTerms
	}
	return w, nil
}

// typicalWords is about how many different words an article has.
const typicalTerms = 300

// read reads the positions of all words looked up in the articles of a block,
// which are in order.
func (k *phraseReader) readPositions(ctx context.Context, block []uint32) error {
	for _, w := range k.bySlot {
		for len(w.positions) < len(block) {
			w.positions = append(w.positions, nil)
		}
		for i := range block {
			w.positions[i] = w.positions[i][:0]
		}
		for _, term := range w.terms {
			if err := k.readTermPositions(ctx, w, term, block); err != nil {
				return err
			}
		}
		for i := range block {
			if !slices.IsSorted(w.positions[i]) {
				slices.Sort(w.positions[i])
			}
		}
	}
	return nil
}

// readTerm appends the positions of one word to w.at. Its postings and the
// block's articles are both in order, and are gone through side by side.
func (k *phraseReader) readTermPositions(ctx context.Context, w *slotTerms, term string, block []uint32) error {
	list, _, err := k.Raw.Postings(k.field, term)
	if err != nil {
		return err
	}
	if err := k.res.spend(ctx, stepsPerTerm); err != nil {
		return err
	}
	var docs, freqs [segment.BlockSize]uint32
	for next := 0; next < len(block); {
		list.Seek(block[next])
		n := list.NextBlock(&docs, &freqs)
		if n == 0 {
			break
		}
		for i := 0; i < n && next < len(block); {
			switch {
			case docs[i] < block[next]:
				i++
				continue
			case docs[i] > block[next]:
				skip, _ := slices.BinarySearch(block[next:], docs[i])
				next += skip
				continue
			}
			if w.positions[next], err = list.Positions(&freqs, i, w.positions[next]); err != nil {
				return err
			}
			if err := k.res.spend(ctx, stepsPerPositions+stepsPerPosition*int(freqs[i])); err != nil {
				return err
			}
			i, next = i+1, next+1
		}
	}
	return list.Err()
}

// occurrence is a place where a phrase stands: its first and last position.
type occurrence struct{ start, end uint32 }

// occurrences appends to dst the places where q stands in an article of the
// block that has been read.
func (k *phraseReader) occurrences(ctx context.Context, dst []occurrence, q *patternPhrase, article int) ([]occurrence, error) {
	k.slotPositions = k.slotPositions[:0]
	for _, w := range q.slots {
		k.slotPositions = append(k.slotPositions, w.positions[article])
	}
	dst, steps := phraseOccurrences(dst, k.slotPositions, q.skips, q.slop)
	return dst, k.res.spend(ctx, steps)
}

// blockDocs is how many articles a block has at least, in which positions are
// held in memory at one time: some megabytes for each of the most frequent
// words.
const minBatchArticles = 4096

// inBlocks reads the positions of all words looked up in the articles of set,
// block by block, and calls f for each article, with its place in the block.
// As each block opens the postings lists of all words again, blocks are the
// larger the more lists there are with few articles each.
func (k *phraseReader) eachArticle(ctx context.Context, set reader.Bitset, f func(i int, doc uint32) error) error {
	terms, postings := 0, 0
	for _, w := range k.bySlot {
		terms += len(w.terms)
		postings += w.postings
	}
	size := max(minBatchArticles, k.Docs*terms/max(postings, 1))
	for block := range slices.Chunk(set.AppendTo(nil), size) {
		if err := k.readPositions(ctx, block); err != nil {
			return err
		}
		for i, doc := range block {
			if err := f(i, doc); err != nil {
				return err
			}
		}
	}
	return nil
}

// phrase counts the occurrences of p in field f.
func (r *segRun) phrase(ctx context.Context, p match.Phrase, f match.Field) (*leafPostings, error) {
	given := func(s match.TermPattern) bool { return s.Kind == match.Exact || s.Kind == match.AnyWord }
	if all := p.Terms; !slices.ContainsFunc(all, func(s match.TermPattern) bool { return !given(s) }) &&
		all[0].Kind == match.Exact && all[len(all)-1].Kind == match.Exact {
		return r.exactPhrase(ctx, p, schema.WordField(f))
	}
	k := r.newPhraseReader(f)
	q, err := k.resolve(ctx, p)
	if err != nil || q == nil {
		return &leafPostings{}, err
	}
	h := &leafPostings{}
	var at []occurrence
	return h, k.eachArticle(ctx, q.articles, func(i int, doc uint32) error {
		if at, err = k.occurrences(ctx, at[:0], q, i); err != nil {
			return err
		}
		if len(at) > 0 {
			h.docs, h.freqs = append(h.docs, doc), append(h.freqs, uint32(len(at)))
		}
		return nil
	})
}

// near counts the occurrences of p's first operand in field f that take part in
// a match.
func (r *segRun) near(ctx context.Context, p match.Near, f match.Field) (*leafPostings, error) {
	k := r.newPhraseReader(f)
	operands := make([][]*patternPhrase, len(p.Of))
	articles, err := r.Articles()
	if err != nil {
		return nil, err
	}
	h, set := &leafPostings{}, k.copyBitset(articles)
	for i, phrases := range p.Of {
		either := r.newBitset()
		for _, phrase := range phrases {
			q, err := k.resolve(ctx, phrase)
			if err != nil {
				return nil, err
			}
			if q != nil {
				operands[i] = append(operands[i], q)
				either.Or(q.articles)
			}
		}
		if set.And(either); set.IsEmpty() {
			return h, nil
		}
	}
	at := make([][]occurrence, len(operands))
	return h, k.eachArticle(ctx, set, func(i int, doc uint32) error {
		n, err := k.countNear(ctx, p, operands, at, i)
		if n > 0 {
			h.docs, h.freqs = append(h.docs, doc), append(h.freqs, uint32(n))
		}
		return err
	})
}

// countNear counts the occurrences of p's first operand that take part in a
// match in an article of the block that has been read. It uses at.
func (k *phraseReader) countNear(ctx context.Context, p match.Near, operands [][]*patternPhrase, at [][]occurrence, article int) (int, error) {
	var err error
	for i, phrases := range operands {
		at[i] = at[i][:0]
		for _, q := range phrases {
			if at[i], err = k.occurrences(ctx, at[i], q, article); err != nil {
				return 0, err
			}
		}
		if len(at[i]) == 0 {
			return 0, nil
		}
	}
	n, steps := nearCount(at, min(p.Distance, schema.MaxDistance), p.Ordered)
	return n, k.res.spend(ctx, steps)
}
