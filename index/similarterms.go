package index

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/embed"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/bm25f"
	"github.com/newsq/newsq/internal/enrich"
	"github.com/newsq/newsq/internal/match"
)

// termCounts are the stems of an article with their frequencies, weighted by field and
// doubled, as an engine has them.
type termCounts struct {
	frequencies map[string]uint32
	length      uint32
	inTitle     map[string]bool // those of the title
}

// newTermCounts counts the stems of an article as the index would, if it had it.
func newTermCounts(a *corpus.Article) *termCounts {
	d := newDocBuilder(&enrich.Pipeline{}).encode(a)
	t := &termCounts{frequencies: make(map[string]uint32), inTitle: make(map[string]bool)}
	add := func(word uint32, field match.Field, weight int) bool {
		n := d.Vocabulary.StemOf[word]
		if n == 0 {
			return false // a stop word
		}
		stem := d.Vocabulary.Stems[n-1]
		t.frequencies[stem] += uint32(weight)
		if field == match.Title {
			t.inTitle[stem] = true
		}
		return true
	}
	start := 0
	for _, run := range d.Runs {
		if weight := bm25f.Weight(run.Field); weight > 0 {
			for _, word := range d.TokenIDs[start:run.End] {
				if add(word, run.Field, weight) {
					t.length += uint32(weight)
				}
			}
			variants := d.Variants.Between(start, run.End)
			for _, word := range variants.IDs {
				add(word, run.Field, weight-bm25f.VariantDiscount)
			}
		}
		start = run.End
	}
	return t
}

// subjectVector returns what the subject means: the vector that the snapshot has of it, or
// would have.
func (s *similarity) subjectVector(ctx context.Context) (embed.Vector, error) {
	if s.place == "" {
		return s.counts.vector(s.model), nil
	}
	var own [1]embed.Vector
	err := s.vectors.Vectors(ctx, []engine.Place{s.place}, own[:])
	return own[0], err
}

// vector returns what the article means by a model: the vector that an index with this
// model has of it.
func (t *termCounts) vector(m *embed.Model) embed.Vector {
	sums := embed.NewSums(1)
	for _, stem := range slices.Sorted(maps.Keys(t.frequencies)) {
		if v, ok := m.Term(stem); ok {
			sums.Add(0, m.Weight(t.frequencies[stem], t.length), v)
		}
	}
	return sums.Vector(0)
}

// weighted returns the stems as vector adds them up.
func (t *termCounts) weighted(m *embed.Model) []embed.WeightedTerm {
	var terms []embed.WeightedTerm
	for _, stem := range slices.Sorted(maps.Keys(t.frequencies)) {
		if m.Known(stem) {
			terms = append(terms, embed.WeightedTerm{Stem: stem, Weight: m.Weight(t.frequencies[stem], t.length)})
		}
	}
	return terms
}

// How terms are chosen and weighed. The numbers were tried on half of the articles of
// Reuters-21578 and of a collection of US news.
const (
	// similarTerms is how many are looked for. 40, 60 and 100 find no more, and take
	// longer.
	similarTerms = 25
	// similarSaturation is the frequency, as that of termCounts, of which a term has half
	// the weight. With that of BM25, common words of an article weigh nearly as much as
	// those that it is about.
	similarSaturation = 60
	// maxStemsCounted bounds of how many stems the engine is asked how rare they are: of
	// a book, the most frequent ones.
	maxStemsCounted = 2000
)

// similarTerm is a word of an article by which others are found.
type similarTerm struct {
	stem     string
	articles int
	idf      float64
	weight   float64 // by which its scores are multiplied
}

// strength is the most that the term can add to a score.
func (t *similarTerm) strength() float64 { return t.weight * t.idf }

// choose picks the strongest terms of the article.
func (s *similarity) choose(ctx context.Context) error {
	stems := s.counts.mostFrequent(maxStemsCounted)
	counts, err := s.snap.DocFreq(ctx, stems...)
	if err != nil {
		return err
	}
	own := 0 // articles that have each stem and are the article itself
	if s.place != "" {
		own = 1
	}
	greatest := 0.
	for i, stem := range stems {
		if counts[i] <= own {
			continue // nobody else has it
		}
		f := float64(s.counts.frequencies[stem])
		t := similarTerm{stem: stem, articles: counts[i], idf: bm25f.IDF(s.snap.Len(), counts[i]), weight: f / (f + similarSaturation)}
		s.terms, greatest = append(s.terms, t), max(greatest, t.weight)
	}
	slices.SortFunc(s.terms, func(a, b similarTerm) int {
		return cmp.Or(cmp.Compare(b.strength(), a.strength()), cmp.Compare(a.stem, b.stem))
	})
	if s.terms, err = s.withoutFurniture(ctx, s.terms, similarTerms); err != nil {
		return err
	}
	for i := range s.terms {
		s.terms[i].weight /= greatest
	}
	return nil
}

// mostFrequent returns the stems with the highest frequencies, at most n, in the order of
// their bytes.
func (t *termCounts) mostFrequent(n int) []string {
	stems := slices.Sorted(maps.Keys(t.frequencies))
	if len(stems) > n {
		slices.SortStableFunc(stems, func(a, b string) int { return cmp.Compare(t.frequencies[b], t.frequencies[a]) })
		stems = stems[:n]
		slices.Sort(stems)
	}
	return stems
}

// publicTerms returns the terms as callers see them.
func (s *similarity) publicTerms() []SimilarTerm {
	terms := make([]SimilarTerm, len(s.terms))
	for i, t := range s.terms {
		terms[i] = SimilarTerm{Stem: t.stem, Articles: t.articles, Weight: t.weight}
	}
	return terms
}

// plan matches articles with any of the terms, the article itself left out.
func (s *similarity) plan() match.Plan {
	return match.And{Operands: append([]match.Plan{s.anyTerm()}, s.conditions()...)}
}

// anyTerm matches articles with any of the terms.
func (s *similarity) anyTerm() match.Plan {
	terms := make([]match.Plan, len(s.terms))
	for i, t := range s.terms {
		terms[i] = match.Boost{Operand: match.Stem{Field: match.Text, Stem: t.stem}, Factor: t.weight}
	}
	return match.Or{Operands: terms}
}

// conditions are those that all hits meet.
func (s *similarity) conditions() []match.Plan {
	var all []match.Plan
	if !s.dates.From.IsZero() || !s.dates.To.IsZero() {
		all = append(all, s.dates)
	}
	if s.subject.ID != "" {
		all = append(all, match.Not{Operand: match.Value{Field: match.ID, Value: s.subject.ID}})
	}
	return all
}
