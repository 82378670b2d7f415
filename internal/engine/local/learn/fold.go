package learn

import (
	"context"
	"fmt"
	"iter"

	"github.com/newsq/newsq/internal/embed"
	"github.com/newsq/newsq/internal/engine/local/reader"
	"github.com/newsq/newsq/internal/engine/local/schema"
	"github.com/newsq/newsq/internal/engine/local/segment"
	"github.com/newsq/newsq/internal/engine/local/vectors"
)

// foldRows is how many articles are folded in at a time: 32 MB of sums. The dictionary
// is gone through once for each time.
const foldRows = 1 << 16

// viewOf returns a view of one segment, nothing of it deleted, and which of its documents
// are articles.
func viewOf(raw *segment.Segment) (*reader.View, reader.Bitset, error) {
	v, err := reader.NewView([]reader.SegmentState{{Segment: raw}})
	if err != nil {
		return nil, nil, err
	}
	articles, err := v.Segments[0].Articles()
	return v, articles, err
}

// Fold writes the vectors of a segment's articles to a file, deleted ones included. id is
// that of the segment, as the file has it. The vectors depend on the articles and the
// model alone. So those that the segments that it was merged of have by this model are
// copied; merged is nil where they are not known.
func Fold(ctx context.Context, raw *segment.Segment, m *embed.Model, id vectors.SegmentID, path string, merged []MergedVectors) error {
	v, articles, err := viewOf(raw)
	if err != nil {
		return err
	}
	seg := v.Segments[0]
	f := &folding{seg: seg, model: m, norms: seg.Norms(), docs: articles.AppendTo(nil), copies: findCopies(seg.Docs, merged)}
	info := func() vectors.Info {
		return vectors.Info{Model: m.ID(), Segment: id, Tokens: f.tokens, Unknown: f.unknown}
	}
	if err := v.Damaged(); err != nil {
		return err
	}
	if f.copies != nil {
		if err := f.countTokens(ctx); err != nil {
			return err
		}
	}
	return vectors.Write(path, seg.Docs, articles, f.vectors(ctx), embed.Dims, nil, info)
}

// folding is a segment that is folded in.
type folding struct {
	seg   *reader.Segment
	model *embed.Model
	norms []uint32
	docs  []uint32 // those with a row, in order
	sums  *embed.Sums
	rowOf []uint32 // by document, less the first one at hand: the row in sums, noRow for none

	copies *copies // nil for none

	tokens, unknown uint64
}

// vectors yields the vectors of all articles.
func (f *folding) vectors(ctx context.Context) iter.Seq2[embed.Vector, error] {
	return func(yield func(embed.Vector, error) bool) {
		for rest := f.docs; len(rest) > 0; {
			part, lacking := f.nextPart(rest)
			rest = rest[len(part):]
			if len(lacking) > 0 {
				if err := f.fold(ctx, lacking); err != nil {
					yield(nil, err)
					return
				}
			}
			row := uint32(0)
			for _, doc := range part {
				v, err := f.copies.at(doc)
				if v == nil && err == nil {
					v = f.sums.Vector(row)
					row++
				}
				if !yield(v, err) || err != nil {
					return
				}
			}
		}
	}
}

// nextPart returns as many documents as can be done at a time, and those of them whose
// vectors can't be copied.
func (f *folding) nextPart(docs []uint32) (part, lacking []uint32) {
	if f.copies == nil {
		part = docs[:min(len(docs), foldRows)]
		return part, part
	}
	for i, doc := range docs {
		if f.copies.has(doc) {
			continue
		}
		if len(lacking) == foldRows {
			return docs[:i], lacking
		}
		lacking = append(lacking, doc)
	}
	return docs, lacking
}

// fold adds up the vectors of some articles. Where vectors are copied, those of articles
// in between are none of them.
func (f *folding) fold(ctx context.Context, docs []uint32) error {
	if f.sums == nil {
		f.sums = embed.NewSums(min(len(f.docs), foldRows))
	}
	f.sums.Reset()
	first, last := docs[0], docs[len(docs)-1]
	f.rowOf = make([]uint32, last-first+1)
	for i := range f.rowOf {
		f.rowOf[i] = noRow
	}
	for row, doc := range docs {
		f.rowOf[doc-first] = uint32(row)
	}
	return f.walk(ctx, func(t *segment.Term, list *segment.PostingList) {
		if first > 0 {
			list.Seek(first)
		}
		vector, known := f.model.Term(string(t.Bytes))
		f.add(list, first, last, vector, known)
	})
}

// walk calls visit with each stem and its postings.
func (f *folding) walk(ctx context.Context, visit func(t *segment.Term, list *segment.PostingList)) error {
	terms := 0
	err := f.seg.Raw.Walk(schema.FieldStem, nil, nil, nil, func(t *segment.Term) error {
		if terms++; terms%checkEvery == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		t.DropPassed()
		list, err := t.Postings()
		if err != nil {
			return err
		}
		visit(t, &list)
		return list.Err()
	})
	if err != nil {
		return fmt.Errorf("fold in: %w", err)
	}
	return nil
}

// add adds a term to the articles of [first, last] that have a row, if it is known. Unless
// vectors are copied, it counts its tokens.
func (f *folding) add(list *segment.PostingList, first, last uint32, t embed.TermVector, known bool) {
	var docs, freqs [segment.BlockSize]uint32
	tokens := uint64(0)
	for n := list.NextBlock(&docs, &freqs); n > 0 && docs[0] <= last; n = list.NextBlock(&docs, &freqs) {
		for i, doc := range docs[:n] {
			if doc < first || doc > last || f.rowOf[doc-first] == noRow {
				continue
			}
			tokens += uint64(freqs[i])
			if known {
				f.sums.Add(f.rowOf[doc-first], f.model.Weight(freqs[i], f.norms[doc]), t)
			}
		}
	}
	if f.copies == nil {
		f.count(tokens, known)
	}
}

// countTokens counts the tokens of all articles, as add does for those that it adds up.
func (f *folding) countTokens(ctx context.Context) error {
	if len(f.docs) == 0 {
		return nil
	}
	return f.walk(ctx, func(t *segment.Term, list *segment.PostingList) {
		var docs, freqs [segment.BlockSize]uint32
		tokens := uint64(0)
		for n := list.NextBlock(&docs, &freqs); n > 0; n = list.NextBlock(&docs, &freqs) {
			for _, freq := range freqs[:n] {
				tokens += uint64(freq)
			}
		}
		_, known := f.model.Term(string(t.Bytes))
		f.count(tokens, known)
	})
}

// count counts tokens of a term.
func (f *folding) count(tokens uint64, known bool) {
	f.tokens += tokens
	if !known {
		f.unknown += tokens
	}
}
