package index

import (
	"context"
	"slices"
	"strings"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/match"
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
		return nil
	}
	if q.languages == nil {
		q.languages, err = languagesOf(ctx, snap)
	}
	return err
}

// analyzers returns the analyzers of the articles that a query is for.
func analyzers(c match.Context) []analysis.Analyzer {
	return append([]analysis.Analyzer{c.Analyzer}, c.Others...)
}
