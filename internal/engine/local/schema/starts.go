package schema

import (
	"sort"

	index "github.com/blevesearch/bleve_index_api"

	"github.com/newsq/newsq/internal/match"
)

// The terms of StartField.
const (
	StartOfSentence  = "sentence"
	StartOfParagraph = "paragraph"
	StartOfRun       = "run"
)

// StartField returns the name of the field with the positions at which sentences and
// paragraphs start among the words that WordField names, but for those with which a run
// starts. Where the field has more than positionGap words, it has the starts of its runs,
// too, the first one included; where it has fewer, RunGrid tells runs apart.
func StartField(wordField string) string { return wordField + ".start" }

// RunGrid returns the positions between which the run of a position lies, both included, in
// a field of at most positionGap words. Between these and the number of the word lies the
// gap, as many times as there are runs before it.
func RunGrid(position uint32) (first, last uint32) {
	n := (position - 1) / positionGap
	return 1 + n*positionGap, (n + 1) * positionGap
}

// TokensBefore returns how many words of a field stand before a run that starts at a
// position, and before which there are so many runs.
func TokensBefore(position uint32, runs int) int { return int(position) - 1 - runs*positionGap }

// addStartField adds where sentences, paragraphs and runs start among the words of f, if
// that must be told.
func (d *document) addStartField(doc *match.Encoded, f match.Field, wordField string, length int) {
	runs, start := doc.Field(f)
	if len(runs) == 0 {
		return
	}
	end := runs[len(runs)-1].End
	sentences, paragraphs := tokensBetween(doc.Sentences, start, end), tokensBetween(doc.Paragraphs, start, end)
	if len(sentences) == 0 && end-start <= positionGap { // what starts a paragraph starts a sentence
		return
	}
	m := d.buffers.markFields.next()
	terms := &m.terms
	terms.Terms, terms.Positions = terms.Terms[:0], terms.Positions[:0]
	at := func(token uint32) uint32 { return positionOf(runs, start, int(token)) }
	for _, token := range sentences {
		terms.Terms, terms.Positions = append(terms.Terms, StartOfSentence), append(terms.Positions, at(token))
	}
	for _, token := range paragraphs {
		terms.Terms, terms.Positions = append(terms.Terms, StartOfParagraph), append(terms.Positions, at(token))
	}
	if end-start > positionGap {
		first := start
		for _, r := range runs {
			terms.Terms, terms.Positions = append(terms.Terms, StartOfRun), append(terms.Positions, at(uint32(first)))
			first = r.End
		}
	}
	m.field = field{name: StartField(wordField), options: index.IndexField | index.IncludeTermVectors, length: length, terms: *terms}
	d.fields = append(d.fields, m)
}

// tokensBetween returns those of tokens, which are in order, from first up to end.
func tokensBetween(tokens []uint32, first, end int) []uint32 {
	i := sort.Search(len(tokens), func(i int) bool { return int(tokens[i]) >= first })
	j := i + sort.Search(len(tokens)-i, func(j int) bool { return int(tokens[i+j]) >= end })
	return tokens[i:j]
}
