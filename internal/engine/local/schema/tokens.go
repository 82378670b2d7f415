package schema

import (
	"slices"

	index "github.com/blevesearch/bleve_index_api"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/bm25f"
	"github.com/newsq/newsq/internal/engine/local/segment"
	"github.com/newsq/newsq/internal/match"
	"github.com/newsq/newsq/internal/termsort"
	"github.com/newsq/newsq/internal/text"
)

// Buffers is memory that the documents of one batch share. That is possible since
// the segment builder opens one document after the other.
type Buffers struct {
	runs     []segment.TokenRun
	variants []segment.TokenRun
	stored   []byte

	// The fields of the open document.
	fields        []index.Field
	plainFields   pool[field]
	numericFields pool[numericField]
	tokenFields   pool[tokenField]
	markFields    pool[markField]
	storedField   storedField
}

// pool keeps values for the next document. The first used of them belong to the
// open one.
type pool[T any] struct {
	values []*T
	used   int
}

func (p *pool[T]) next() *T {
	if p.used == len(p.values) {
		p.values = append(p.values, new(T))
	}
	p.used++
	return p.values[p.used-1]
}

// reset takes the fields of the last document back.
func (b *Buffers) reset() {
	b.plainFields.used, b.numericFields.used, b.tokenFields.used, b.markFields.used = 0, 0, 0, 0
}

func (b *Buffers) newField() *field {
	f := b.plainFields.next()
	*f = field{terms: segment.FlatTerms{Terms: f.terms.Terms[:0]}}
	return f
}

func (b *Buffers) newNumericField() *numericField {
	n := b.numericFields.next()
	*n = numericField{}
	return n
}

// storedField holds the article as the index keeps it. It is encoded when Value is
// called, into memory that is valid until the next call for any document of the
// batch.
type storedField struct {
	field
	doc     *engine.Doc
	buffers *Buffers
}

// Value returns the bytes of a Stored. It cannot fail: NewDocument has refused what
// cannot be encoded.
func (f *storedField) Value() []byte {
	f.buffers.stored, _ = appendStored(f.buffers.stored[:0], f.doc.Entry, f.doc.Story, &f.doc.Article)
	return f.buffers.stored
}

// tokenField is a field of the words of an article, or of their stems.
type tokenField struct {
	field
	doc     *match.Encoded
	parts   []match.Field // whose words it has; they lie side by side
	terms   termKind
	buffers *Buffers
}

// termKind says what the terms of a token field are.
type termKind uint8

const (
	words           termKind = iota // with positions
	stems                           // with weighted frequencies
	variantStems                    // of variants, with weighted frequencies
	variantsInPlace                 // stems of variants, with positions
	allInPlace                      // stems of words and of variants, with positions
)

func (k termKind) havePositions() bool { return k == words || k >= variantsInPlace }

var _ segment.TokenIDField = (*tokenField)(nil)

// TokenIDs returns the tokens as ids of words in the vocabulary.
func (f *tokenField) TokenIDs() segment.TokenIDs {
	// The builder keeps v, when f belongs to another document: so it is no part of f.
	v := &f.doc.Vocabulary
	ids := segment.TokenIDs{Vocabulary: (*stemVocabulary)(v), Positions: f.terms.havePositions()}
	if f.terms == words {
		ids.Vocabulary = (*wordVocabulary)(v)
	}
	switch f.terms {
	case variantStems, variantsInPlace:
		f.addVariants(&ids)
		return ids
	case allInPlace:
		if variants := variantsIn(f.doc, f.parts...); len(variants.IDs) > 0 {
			f.addAll(&ids, variants)
			return ids
		}
	}
	ids.Runs = f.buffers.runs[:0]
	first, end := 0, 0 // of these tokens among those of the article
	for _, part := range f.parts {
		runs, start := f.doc.Field(part)
		position := uint32(1)
		if len(ids.Runs) == 0 {
			first, end = start, start
		}
		for _, r := range runs {
			run := segment.TokenRun{End: r.End - first, First: position, Freq: 1}
			if f.terms == stems {
				run.Freq = uint32(bm25f.Weight(part))
			}
			ids.Runs = append(ids.Runs, run)
			position += uint32(r.End-start) + positionGap
			start, end = r.End, r.End
		}
	}
	f.buffers.runs = ids.Runs
	ids.IDs = f.doc.TokenIDs[first:end]
	return ids
}

// addVariants adds the variants of the words of f: with positions each as a run of
// its own, else those of a part as one.
func (f *tokenField) addVariants(ids *segment.TokenIDs) {
	all := variantsIn(f.doc, f.parts...)
	ids.IDs, ids.Runs = all.IDs, f.buffers.variants[:0]
	n := 0 // of the variants
	for _, part := range f.parts {
		runs, start := f.doc.Field(part)
		position := uint32(1) // of the token at start
		for _, r := range runs {
			first := n
			for ; n < len(all.At) && int(all.At[n]) < r.End; n++ {
				if f.terms == variantsInPlace {
					ids.Runs = append(ids.Runs, segment.TokenRun{End: n + 1, Freq: 1, First: position + all.At[n] - uint32(start)})
				}
			}
			if f.terms == variantStems && n > first {
				ids.Runs = append(ids.Runs, segment.TokenRun{End: n, Freq: uint32(bm25f.Weight(part)) - bm25f.VariantDiscount})
			}
			position += uint32(r.End-start) + positionGap
			start = r.End
		}
	}
	f.buffers.variants = ids.Runs
}

// addAll adds the words of f, cut into runs at those that have variants, with these.
func (f *tokenField) addAll(ids *segment.TokenIDs, variants match.EncodedVariants) {
	first, end := 0, 0
	for i, part := range f.parts {
		runs, start := f.doc.Field(part)
		if i == 0 {
			first = start
		}
		end = runs[len(runs)-1].End
	}
	ids.IDs, ids.Runs = make([]uint32, 0, end-first+len(variants.IDs)), f.buffers.variants[:0]
	n := 0 // of the variants
	for _, part := range f.parts {
		runs, start := f.doc.Field(part)
		position := uint32(1) // of the token at start
		for _, r := range runs {
			for at := start; at < r.End; at++ {
				here := position + uint32(at-start)
				if at == start || n > 0 && int(variants.At[n-1]) == at-1 {
					ids.Runs = append(ids.Runs, segment.TokenRun{First: here, Freq: 1})
				}
				ids.IDs = append(ids.IDs, f.doc.TokenIDs[at])
				ids.Runs[len(ids.Runs)-1].End = len(ids.IDs)
				for ; n < len(variants.At) && int(variants.At[n]) == at; n++ {
					ids.IDs = append(ids.IDs, variants.IDs[n])
					ids.Runs = append(ids.Runs, segment.TokenRun{End: len(ids.IDs), First: here, Freq: 1})
				}
			}
			position += uint32(r.End-start) + positionGap
			start = r.End
		}
	}
	f.buffers.variants = ids.Runs
}

// variantsIn returns the variants in fields that lie side by side.
func variantsIn(doc *match.Encoded, fields ...match.Field) match.EncodedVariants {
	first, end := -1, 0
	for _, f := range fields {
		if runs, start := doc.Field(f); len(runs) > 0 {
			if first < 0 {
				first = start
			}
			end = runs[len(runs)-1].End
		}
	}
	return doc.Variants.Between(max(first, 0), end)
}

// wordVocabulary says which word a token id stands for.
type wordVocabulary text.Vocabulary

// stemVocabulary says which stem a token id stands for.
type stemVocabulary text.Vocabulary

var (
	_ segment.Vocabulary = (*wordVocabulary)(nil)
	_ segment.Vocabulary = (*stemVocabulary)(nil)
)

func (v *wordVocabulary) Identity() any           { return v.Lexicon }
func (v *wordVocabulary) Size() int               { return len(v.Words) }
func (v *wordVocabulary) TermOf() []uint32        { return nil }
func (v *wordVocabulary) Terms() []string         { return v.Words }
func (v *wordVocabulary) Sorted() []termsort.Term { return (*text.Vocabulary)(v).SortedWords() }

func (v *stemVocabulary) Identity() any           { return v.Lexicon }
func (v *stemVocabulary) Size() int               { return len(v.StemOf) }
func (v *stemVocabulary) TermOf() []uint32        { return v.StemOf }
func (v *stemVocabulary) Terms() []string         { return v.Stems }
func (v *stemVocabulary) Sorted() []termsort.Term { return (*text.Vocabulary)(v).SortedStems() }

// AnalyzedTokenFrequencies returns the terms in bleve's own form.
func (f *tokenField) AnalyzedTokenFrequencies() index.TokenFrequencies {
	m := index.TokenFrequencies{}
	ids := f.TokenIDs()
	start := 0
	for _, r := range ids.Runs {
		for i, id := range ids.IDs[start:r.End] {
			term, ok := segment.TermOf(ids.Vocabulary, id)
			if !ok {
				continue
			}
			tf := countTerm(m, term, int(r.Freq))
			if ids.Positions {
				tf.Locations = append(tf.Locations, &index.TokenLocation{Position: int(r.First) + i})
			}
		}
		start = r.End
	}
	return m
}

// RankedFields are the parts of an article whose words rank it. Their tokens lie
// side by side in a match.Encoded.
var RankedFields = []match.Field{match.Title, match.Heading, match.Body}

// addTokenFields adds the fields of stems, which rank, and the fields of words as
// written, which have positions.
func (d *document) addTokenFields(doc *match.Encoded, length int) {
	add := func(name string, kind termKind, length int, parts ...match.Field) {
		o := index.IndexField
		if kind.havePositions() {
			o |= index.IncludeTermVectors
		}
		t := d.buffers.tokenFields.next()
		*t = tokenField{
			field: field{name: name, options: o, length: length},
			doc:   doc, parts: append(t.parts[:0], parts...), terms: kind, buffers: d.buffers,
		}
		d.fields = append(d.fields, t)
	}
	addStems := func(name string, parts ...match.Field) {
		if hasTokens(doc, parts...) {
			add(name, stems, length, parts...)
		}
		if len(variantsIn(doc, parts...).IDs) > 0 {
			add(name, variantStems, 0, parts...) // the lengths of one field add up
		}
	}
	addStems(FieldTitle, match.Title)
	addStems(FieldHeading, match.Heading)
	addStems(FieldStem, RankedFields...)
	// Words of English are enough to find its stems by. A word of another language has its
	// stem in articles in that language only, so that these stems have positions.
	for _, w := range wordFields {
		if hasTokens(doc, w.field) {
			add(w.name, words, length, w.field)
		}
		switch {
		case doc.StemTag != "" && hasTokens(doc, w.field):
			add(VariantField(w.name), allInPlace, length, w.field)
		case len(variantsIn(doc, w.field).IDs) > 0:
			add(VariantField(w.name), variantsInPlace, length, w.field)
		}
		if len(doc.Marks) > 0 {
			d.addMarkField(doc, w.field, w.name, length)
		}
		d.addStartField(doc, w.field, w.name, length)
	}
}

func hasTokens(doc *match.Encoded, fields ...match.Field) bool {
	return slices.ContainsFunc(fields, func(f match.Field) bool {
		runs, _ := doc.Field(f)
		return len(runs) > 0
	})
}
