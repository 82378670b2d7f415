package schema

import (
	"sort"

	index "github.com/blevesearch/bleve_index_api"

	"github.com/newsq/newsq/internal/engine/local/segment"
	"github.com/newsq/newsq/internal/match"
)

// markField is a field of the marks of an article's tokens, see MarkField.
type markField struct{ field }

var _ segment.FlatTermsField = (*markField)(nil)

// addMarkField adds the marks of the words of f, if there are any.
func (d *document) addMarkField(doc *match.Encoded, f match.Field, wordField string, length int) {
	runs, start := doc.Field(f)
	if len(runs) == 0 {
		return
	}
	end := runs[len(runs)-1].End
	m := d.buffers.markFields.next()
	terms := segment.FlatTerms{Terms: m.terms.Terms[:0], Positions: m.terms.Positions[:0]}
	for i := range doc.Marks {
		mark := &doc.Marks[i]
		if int(mark.First) < start || int(mark.End) > end {
			continue
		}
		first := positionOf(runs, start, int(mark.First))
		terms.Terms = append(terms.Terms, mark.Mark, mark.Mark)
		terms.Positions = append(terms.Positions, first, first+mark.End-mark.First)
	}
	m.terms = terms // which keeps their memory
	if len(terms.Terms) == 0 {
		return
	}
	m.field = field{name: MarkField(wordField), options: index.IndexField | index.IncludeTermVectors, length: length, terms: terms}
	d.fields = append(d.fields, m)
}

// positionOf returns the position of a token of a field, whose first token is start.
func positionOf(runs []match.EncodedRun, start, token int) uint32 {
	before := 0
	if token >= runs[0].End {
		before = sort.Search(len(runs), func(i int) bool { return token < runs[i].End })
	}
	return uint32(1 + token - start + before*positionGap)
}

// AnalyzedTokenFrequencies returns the marks in bleve's own form.
func (f *markField) AnalyzedTokenFrequencies() index.TokenFrequencies {
	m := index.TokenFrequencies{}
	for i, term := range f.terms.Terms {
		tf := countTerm(m, term, 1)
		tf.Locations = append(tf.Locations, &index.TokenLocation{Position: int(f.terms.Positions[i])})
	}
	return m
}
