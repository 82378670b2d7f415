package search

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sort"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local/reader"
	"github.com/newsq/newsq/internal/engine/local/schema"
	"github.com/newsq/newsq/internal/match"
)

// markedStretches are the stretches of tokens that have all of some marks, in one field of
// a segment.
type markedStretches struct {
	marks    []string
	articles reader.Bitset // that may have such a stretch
	postings int           // of all marks
	// bounds are those of the stretches in each article of the batch: where each starts,
	// and the position behind its end.
	bounds [][]uint32
	more   patternTerms // memory for the bounds of a further mark
}

// isMarked reports whether a pattern asks for more than a word: for marks, or for how it is
// written.
func isMarked(p match.TermPattern) bool { return p.Marks != "" || p.Case != match.AnyCase }

// isAnyWord reports whether a pattern takes every word.
func isAnyWord(p match.TermPattern) bool { return p.Kind == match.AnyWord && !isMarked(p) }

// askedMarks returns the marks that a pattern asks for, with that of its case.
func askedMarks(p match.TermPattern) string {
	mark := p.Case.Mark()
	if mark == "" {
		return p.Marks
	}
	return match.JoinMarks(append(match.SplitMarks(p.Marks), mark))
}

// resolveCapitals looks up where words have capitals, for a pattern whose words have none.
func (k *phraseReader) resolveCapitals(ctx context.Context, w *patternTerms) error {
	for _, c := range [...]match.Case{match.TitleCase, match.UpperCase, match.MixedCase} {
		s, err := k.resolveMarks(ctx, c.Mark())
		if err != nil {
			return err
		}
		w.capitals = append(w.capitals, s)
	}
	return nil
}

// readStarts has positions of schema.StartField read.
func (k *phraseReader) readStarts(terms ...string) {
	if k.starts == nil {
		k.starts = map[string]*patternTerms{}
	}
	for _, term := range terms {
		if k.starts[term] == nil {
			k.starts[term] = &patternTerms{}
		}
	}
}

// resolveMarks looks up marks, which are in the form of match.TermPattern.Marks.
func (k *phraseReader) resolveMarks(ctx context.Context, marks string) (*markedStretches, error) {
	if s := k.byMarks[marks]; s != nil {
		return s, nil
	}
	s := &markedStretches{marks: match.SplitMarks(marks)}
	if k.byMarks == nil {
		k.byMarks = map[string]*markedStretches{}
	}
	k.byMarks[marks] = s
	for i, mark := range s.marks {
		of := k.newBitset()
		list, ok, err := k.Postings(schema.MarkField(k.field), mark)
		if err != nil {
			return nil, err
		}
		if ok {
			s.postings += list.Count()
			if err := errors.Join(k.AddLive(of, list), k.res.spend(ctx, stepsPerTerm+list.Count()/8)); err != nil {
				return nil, err
			}
		}
		if i == 0 {
			s.articles = of
		} else {
			s.articles.And(of)
		}
	}
	return s, nil
}

// readBounds reads the bounds of stretches in the articles of a batch.
func (k *phraseReader) readBounds(ctx context.Context, s *markedStretches, batch []uint32) error {
	var all patternTerms
	all.positions = s.bounds
	all.growPositions(len(batch))
	s.bounds = all.positions
	for i, mark := range s.marks {
		into := &all
		if i > 0 {
			into = &s.more
			into.growPositions(len(batch))
		}
		if err := k.readTermPositions(ctx, into, schema.MarkField(k.field), mark, batch, nil); err != nil {
			return err
		}
		for article, doc := range batch {
			if len(into.positions[article])%2 != 0 {
				return fmt.Errorf("%w: the marks %s of document %d", engine.ErrDamaged, mark, doc)
			}
			if i > 0 {
				s.bounds[article] = intersectBounds(s.bounds[article], into.positions[article])
			}
		}
	}
	return nil
}

// growPositions makes room for the positions in a batch of articles, of which there are
// none.
func (w *patternTerms) growPositions(articles int) {
	w.positions = slices.Grow(w.positions[:0], articles)[:articles]
	clear(w.positions)
}

// intersectBounds returns the bounds of what lies in stretches of both a and b.
func intersectBounds(a, b []uint32) []uint32 {
	var both []uint32
	for i, j := 0, 0; i < len(a) && j < len(b); {
		if start, end := max(a[i], b[j]), min(a[i+1], b[j+1]); start < end {
			both = append(both, start, end)
		}
		if a[i+1] < b[j+1] {
			i += 2
		} else {
			j += 2
		}
	}
	return both
}

// within keeps those of sorted positions that lie in a stretch.
func within(positions, bounds []uint32) []uint32 {
	kept, i := 0, 0
	for _, p := range positions {
		for i < len(bounds) && bounds[i+1] <= p {
			i += 2
		}
		if i == len(bounds) {
			break
		}
		if bounds[i] <= p {
			positions[kept] = p
			kept++
		}
	}
	return positions[:kept]
}

// outside keeps those of sorted positions that lie in no stretch.
func outside(positions, bounds []uint32) []uint32 {
	kept, i := 0, 0
	for _, p := range positions {
		for i < len(bounds) && bounds[i+1] <= p {
			i += 2
		}
		if i == len(bounds) || p < bounds[i] {
			positions[kept] = p
			kept++
		}
	}
	return positions[:kept]
}

// appendAll appends all positions in stretches.
func appendAll(positions, bounds []uint32) []uint32 {
	for i := 0; i < len(bounds); i += 2 {
		for p := bounds[i]; p < bounds[i+1]; p++ {
			positions = append(positions, p)
		}
	}
	return positions
}

// keepMarked keeps those positions of a pattern that have its marks and its case, in each article of the
// batch that was read; of any word these are all with the marks.
func (k *phraseReader) keepMarked(ctx context.Context, w *patternTerms, articles int) error {
	steps := 0
	for i := range articles {
		if w.stretches != nil {
			bounds := w.stretches.bounds[i]
			if w.anyWord {
				w.positions[i] = appendAll(w.positions[i], bounds)
			} else {
				w.positions[i] = within(w.positions[i], bounds)
			}
			steps += len(bounds) + len(w.positions[i])
		}
		for _, c := range w.capitals {
			steps += len(c.bounds[i]) + len(w.positions[i])
			w.positions[i] = outside(w.positions[i], c.bounds[i])
		}
	}
	return k.res.spend(ctx, steps)
}

// nearCountWithin is nearCount for a NEAR of which all must lie in one stretch, in which
// occurrences may overlap.
func nearCountWithin(bounds []uint32, operands [][]occurrence, distance int, ordered bool) (count, steps int) {
	for i := range operands {
		operands[i] = sortedByStart(operands[i])
	}
	inStretch := make([][]occurrence, len(operands))
	for b := 0; b < len(bounds); b += 2 {
		lacks := false
		for i, all := range operands {
			inStretch[i] = occurrencesWithin(all, bounds[b], bounds[b+1])
			lacks = lacks || len(inStretch[i]) == 0
		}
		if steps += len(operands); lacks {
			continue
		}
		n, more := chainCount(inStretch, distance, ordered, true)
		count, steps = count+n, steps+more
	}
	return count, steps
}

// occurrencesWithin returns those of sorted occurrences that lie from a position up to
// another, in memory of their own.
func occurrencesWithin(all []occurrence, start, end uint32) []occurrence {
	first := sort.Search(len(all), func(i int) bool { return all[i].start >= start })
	last := first + sort.Search(len(all)-first, func(i int) bool { return all[first+i].start >= end })
	return slices.DeleteFunc(slices.Clone(all[first:last]), func(o occurrence) bool { return o.end >= end })
}
