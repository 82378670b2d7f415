package index

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/query"
)

// analyzerOf returns the analyzer of an article, a query or a file of rules in
// a language, given by its BCP 47 tag. This is where index chooses it; others
// are handed what was chosen. A query doesn't state its language: see languages.
func analyzerOf(language string) analysis.Analyzer { return analysis.Of(language) }

// languages are those that a query is analysed for: by what its articles state.
type languages struct {
	// others are the analyzers beside that of "", those of the most articles first.
	others []analysis.Analyzer
	// articles has how many articles there are by the tag of their stems. It is nil where
	// there is one.
	articles map[string]int
	// docFreq returns in how many articles stems stand.
	docFreq func(stems ...string) ([]int, error)
}

// oneLanguage is for an index all of whose articles are analysed alike.
var oneLanguage = new(languages)

// languagesOf returns the languages of the articles of a snapshot.
func languagesOf(ctx context.Context, snap engine.Snapshot) (*languages, error) {
	counts, err := valuesOf(ctx, snap, engine.FacetLang, nil)
	if err != nil {
		return nil, err
	}
	articles := map[string]int(nil)
	for _, c := range counts {
		if tag := analysis.StemTagIn(c.Value); tag != "" {
			if articles == nil {
				articles = map[string]int{"": snap.Len()}
			}
			articles[tag] += c.Count
			articles[""] -= c.Count
		}
	}
	return newLanguages(articles), nil
}

// newLanguages returns the languages of articles by the tags of their stems; nil for one.
func newLanguages(articles map[string]int) *languages {
	if len(articles) == 0 {
		return oneLanguage
	}
	l := &languages{articles: articles}
	tags := make([]string, 0, len(articles))
	for tag := range articles {
		tags = append(tags, tag)
	}
	slices.SortFunc(tags, func(a, b string) int {
		if n := articles[b] - articles[a]; n != 0 {
			return n
		}
		return strings.Compare(a, b)
	})
	for _, tag := range tags {
		if tag != "" {
			l.others = append(l.others, analysis.OfStem(tag))
		}
	}
	return l
}

// setLanguages has q be analysed for the languages of a snapshot, or, on a later page, for
// those of the first one.
func (q *Query) setLanguages(ctx context.Context, snap engine.Snapshot) (err error) {
	if q.place != nil {
		q.languages = newLanguages(q.place.Languages)
	} else if q.languages == nil {
		if q.languages, err = q.known.of(ctx, snap); err != nil {
			return err
		}
	}
	if q.languages != oneLanguage {
		q.languages.docFreq = func(stems ...string) ([]int, error) { return snap.DocFreq(ctx, stems...) }
	}
	return nil
}

// maxAskedWords bounds the words by which the language of a query is told.
const maxAskedWords = 12

// languageOf returns the language of a query, by its tree: the one in which most of its
// words are stop words or stand in some article, and of such the one in which more are
// stop words. It is nil where there is one language.
func (l *languages) languageOf(tree query.Node) (analysis.Analyzer, error) {
	if l == nil || l.docFreq == nil {
		return nil, nil
	}
	all := append([]analysis.Analyzer{analyzerOf("")}, l.others...)
	stops, known := make([]int, len(all)), make([]int, len(all))
	var stems []string
	var of []int // by stem: of which language
	for _, w := range bareWords(tree) {
		for i, a := range all {
			for _, t := range a.Tokens(w) {
				if t.Stem == "" {
					stops[i]++
				} else {
					stems, of = append(stems, t.Stem), append(of, i)
				}
			}
		}
	}
	freqs, err := l.docFreq(stems...)
	if err != nil {
		return nil, err
	}
	for j, n := range freqs {
		if n > 0 {
			known[of[j]]++
		}
	}
	best := 0
	for i := range all {
		if c := cmp.Compare(stops[i]+known[i], stops[best]+known[best]); c > 0 || c == 0 && stops[i] > stops[best] {
			best = i
		}
	}
	return all[best], nil
}

// bareWords returns the first words of a query that are in no field.
func bareWords(tree query.Node) (words []string) {
	query.Walk(tree, func(n query.Node) bool {
		if w, ok := n.(query.Word); ok && !w.Exact && len(words) < maxAskedWords {
			words = append(words, w.Text)
		}
		_, isField := n.(query.Field)
		return !isField
	})
	return words
}
