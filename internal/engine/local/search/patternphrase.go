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

// A pattern phrase is a phrase in which a word is a pattern, and so may be any of
// many words. NEAR is answered likewise. A phraseReader first resolves all phrases
// of a leaf: it finds the words of each pattern, and the articles that may match.
// Then eachArticle reads the positions of all these words, a batch of articles at
// a time, and occurrences finds a phrase in an article of the batch.

// patternTerms are the words that a pattern stands for in one field of a segment.
type patternTerms struct {
	terms    []string
	variant  string        // the stem of variants that it stands for beside them; empty for none
	articles reader.Bitset // that may hold any of the words
	// without are articles in which the words are those of another language; nil for none.
	without reader.Bitset
	// postings is the number of pairs of a word and an article that holds it.
	postings int
	// stretches are where its words have the marks that it asks for; nil without.
	stretches *markedStretches
	anyWord   bool // with stretches: any word of these
	// capitals are where words have capitals, of which its own have none; nil where they
	// may have any.
	capitals []*markedStretches
	// positions are those of any of the words, sorted, in each article of the
	// batch.
	positions [][]uint32
}

// patternPhrase is a phrase looked up in one field of a segment.
type patternPhrase struct {
	terms []*patternTerms
	// skips tells for each pattern how many words, whatever they are, stand
	// between it and the pattern before it.
	skips    []int
	slop     int
	articles reader.Bitset // that may hold the phrase
}

// phraseReader resolves the phrases of one leaf and reads their positions. Equal
// patterns are resolved once.
type phraseReader struct {
	*segRun
	field         string
	byPattern     map[match.TermPattern]*patternTerms
	byMarks       map[string]*markedStretches
	starts        map[string]*patternTerms // of sentences and the like, see schema.StartField
	termPositions [][]uint32               // memory of occurrences
	block         blockPositions
}

func (r *segRun) newPhraseReader(f match.Field) *phraseReader {
	return &phraseReader{segRun: r, field: schema.WordField(f), byPattern: map[match.TermPattern]*patternTerms{}}
}

// resolve looks up the patterns of a phrase. It returns nil when one of them stands
// for no word of the segment.
func (k *phraseReader) resolve(ctx context.Context, p match.Phrase) (*patternPhrase, error) {
	q := &patternPhrase{slop: min(p.Slop, schema.MaxDistance)}
	skip := 0
	for i, pattern := range p.Terms {
		// Between two words of a run stand words.
		if isAnyWord(pattern) && i > 0 && i < len(p.Terms)-1 {
			skip++
			continue
		}
		w, err := k.resolveTerm(ctx, pattern)
		if err != nil || w.articles.IsEmpty() {
			return nil, err
		}
		q.terms, q.skips = append(q.terms, w), append(q.skips, skip)
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

// resolveTerm looks up a pattern.
func (k *phraseReader) resolveTerm(ctx context.Context, pattern match.TermPattern) (*patternTerms, error) {
	if w := k.byPattern[pattern]; w != nil {
		return w, nil
	}
	w := &patternTerms{}
	k.byPattern[pattern] = w
	if pattern.Case == match.LowerCase {
		if err := k.resolveCapitals(ctx, w); err != nil {
			return nil, err
		}
	}
	if pattern.Marks = askedMarks(pattern); pattern.Marks != "" {
		return w, k.resolveMarked(ctx, w, pattern)
	}
	return w, k.resolveWords(ctx, w, pattern)
}

// resolveMarked looks up a pattern with marks.
func (k *phraseReader) resolveMarked(ctx context.Context, w *patternTerms, pattern match.TermPattern) (err error) {
	if w.stretches, err = k.resolveMarks(ctx, pattern.Marks); err != nil {
		return err
	}
	if w.anyWord = pattern.Kind == match.AnyWord; w.anyWord {
		w.articles, w.postings = k.copyBitset(w.stretches.articles), w.stretches.postings
		return nil
	}
	if err = k.resolveWords(ctx, w, pattern); err == nil {
		w.articles = k.copyBitset(w.articles)
		w.articles.And(w.stretches.articles)
	}
	return err
}

// resolveWords looks up the words of a pattern, whatever their marks.
func (k *phraseReader) resolveWords(ctx context.Context, w *patternTerms, pattern match.TermPattern) error {
	pattern.Marks, pattern.Case = "", match.AnyCase
	w.articles = k.newBitset()
	err := expand(ctx, k.Segment, k.res, k.field, pattern, func(term []byte, list segment.PostingList) error {
		w.terms = append(w.terms, string(term))
		if pattern.Kind == match.AnyWord {
			return nil
		}
		w.postings += list.Count()
		return errors.Join(k.AddLive(w.articles, list), k.res.spend(ctx, list.Count()/8))
	})
	if err != nil {
		return err
	}
	if w.without, err = k.otherLanguages(ctx, pattern); err != nil {
		return err
	} else if w.without != nil {
		w.articles.AndNot(w.without)
	}
	list, ok, err := variants(ctx, k.Segment, k.res, k.field, pattern)
	if err != nil {
		return err
	}
	if ok {
		w.variant = pattern.Text
		w.postings += list.Count()
		if err := errors.Join(k.AddLive(w.articles, list), k.res.spend(ctx, list.Count()/8)); err != nil {
			return err
		}
	}
	if pattern.Kind == match.AnyWord && len(w.terms) > 0 {
		// The articles of all words together are all articles.
		if w.articles, err = k.Articles(); err != nil {
			return err
		}
		w.postings = w.articles.Count() * typicalTerms
	}
	return nil
}

// typicalTerms is about how many different words an article has.
const typicalTerms = 300

// readPositions reads the positions of all words in the articles of a batch, which
// are in order.
func (k *phraseReader) readPositions(ctx context.Context, batch []uint32) error {
	k.block.positions = k.block.positions[:0] // nobody has those of the batch before any more
	for _, s := range k.byMarks {
		if err := k.readBounds(ctx, s, batch); err != nil {
			return err
		}
	}
	for term, w := range k.starts {
		w.growPositions(len(batch))
		if err := k.readTermPositions(ctx, w, schema.StartField(k.field), term, batch, nil); err != nil {
			return err
		}
	}
	for _, w := range k.byPattern {
		w.growPositions(len(batch))
		for _, term := range w.terms {
			if err := k.readTermPositions(ctx, w, k.field, term, batch, w.without); err != nil {
				return err
			}
		}
		if w.variant != "" {
			if err := k.readTermPositions(ctx, w, schema.VariantField(k.field), w.variant, batch, nil); err != nil {
				return err
			}
		}
		for i := range batch {
			if !slices.IsSorted(w.positions[i]) {
				slices.Sort(w.positions[i])
			}
		}
		if w.stretches != nil || w.capitals != nil {
			if err := k.keepMarked(ctx, w, len(batch)); err != nil {
				return err
			}
		}
	}
	return nil
}

// occurrences appends to dst the occurrences of q in an article of the batch that
// was read, which is told by its index.
func (k *phraseReader) occurrences(ctx context.Context, dst []occurrence, q *patternPhrase, article int) ([]occurrence, error) {
	k.termPositions = k.termPositions[:0]
	for _, w := range q.terms {
		k.termPositions = append(k.termPositions, w.positions[article])
	}
	dst, steps := phraseOccurrences(dst, k.termPositions, q.skips, q.slop)
	return dst, k.res.spend(ctx, steps)
}

// minBatchArticles is the least number of articles whose positions are in memory at
// a time: some megabytes for each of the most frequent words.
const minBatchArticles = 4096

// eachArticle reads the positions in the articles of set, batch by batch, and calls
// f for each article with its index in the batch. Each batch opens the posting
// lists of all words again. So batches are larger where there are many lists of
// few articles each.
func (k *phraseReader) eachArticle(ctx context.Context, set reader.Bitset, f func(i int, doc uint32) error) error {
	terms, postings := 0, 0
	for _, w := range k.byPattern {
		terms += len(w.terms)
		postings += w.postings
	}
	size := max(minBatchArticles, k.Docs*terms/max(postings, 1))
	for batch := range slices.Chunk(set.AppendTo(nil), size) {
		if err := k.readPositions(ctx, batch); err != nil {
			return err
		}
		for i, doc := range batch {
			if err := f(i, doc); err != nil {
				return err
			}
		}
	}
	return nil
}

// phrase counts the occurrences of a phrase in a field.
func (r *segRun) phrase(ctx context.Context, p match.Phrase, f match.Field) (*leafPostings, error) {
	if isExact(p) {
		return r.exactPhrase(ctx, p, schema.WordField(f))
	}
	return r.patternPhrase(ctx, p, f)
}

// isExact reports whether a phrase has given words only, and such that may be any
// word between them.
func isExact(p match.Phrase) bool {
	other := func(s match.TermPattern) bool {
		return s.Kind != match.Exact && s.Kind != match.AnyWord || isMarked(s)
	}
	return !slices.ContainsFunc(p.Terms, other) && p.Terms[0].Kind == match.Exact && p.Terms[len(p.Terms)-1].Kind == match.Exact
}

// patternPhrase counts the occurrences of a phrase of patterns of any kind in a field.
func (r *segRun) patternPhrase(ctx context.Context, p match.Phrase, f match.Field) (*leafPostings, error) {
	k := r.newPhraseReader(f)
	q, err := k.resolve(ctx, p)
	if err != nil || q == nil {
		return &leafPostings{}, err
	}
	counted := &leafPostings{}
	var found []occurrence
	return counted, k.eachArticle(ctx, q.articles, func(i int, doc uint32) error {
		if found, err = k.occurrences(ctx, found[:0], q, i); err != nil {
			return err
		}
		if len(found) > 0 {
			counted.docs, counted.freqs = append(counted.docs, doc), append(counted.freqs, uint32(len(found)))
		}
		return nil
	})
}

// near counts the occurrences of p's first operand in field f that take part in
// a match.
func (r *segRun) near(ctx context.Context, p match.Near, f match.Field) (*leafPostings, error) {
	k := r.newPhraseReader(f)
	operands := make([][]*patternPhrase, len(p.Operands))
	articles, err := r.Articles()
	if err != nil {
		return nil, err
	}
	counted, set := &leafPostings{}, k.copyBitset(articles)
	var in *markedStretches
	if p.Marks != "" {
		if in, err = k.resolveMarks(ctx, p.Marks); err != nil {
			return nil, err
		}
		set.And(in.articles)
	}
	for i, phrases := range p.Operands {
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
			return counted, nil
		}
	}
	found := make([][]occurrence, len(operands))
	return counted, k.eachArticle(ctx, set, func(i int, doc uint32) error {
		n, err := k.countNear(ctx, p, in, operands, found, i)
		if n > 0 {
			counted.docs, counted.freqs = append(counted.docs, doc), append(counted.freqs, uint32(n))
		}
		return err
	})
}

// countNear counts the occurrences of p's first operand that take part in a
// match in an article of the batch that was read, all of it in one of some stretches if
// they aren't nil. found is memory for it.
func (k *phraseReader) countNear(ctx context.Context, p match.Near, in *markedStretches, operands [][]*patternPhrase, found [][]occurrence, article int) (int, error) {
	var err error
	for i, phrases := range operands {
		found[i] = found[i][:0]
		for _, q := range phrases {
			if found[i], err = k.occurrences(ctx, found[i], q, article); err != nil {
				return 0, err
			}
		}
		if len(found[i]) == 0 {
			return 0, nil
		}
	}
	distance := min(p.Distance, schema.MaxDistance)
	if in != nil {
		n, steps := nearCountWithin(in.bounds[article], found, distance, p.Ordered)
		return n, k.res.spend(ctx, steps)
	}
	n, steps := nearCount(found, distance, p.Ordered)
	return n, k.res.spend(ctx, steps)
}
