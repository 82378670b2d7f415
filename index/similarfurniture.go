package index

import (
	"context"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/match"
)

// The furniture of an outlet's pages, such as captions, bylines, credits and links to other
// articles, stays in the text of articles. Its words stand in a large part of the outlet's,
// and are rare elsewhere: so they are among the strongest of each, and find other articles of
// the outlet. In a collection of US news these were "caption", "copyright" and "playback" of
// one outlet, and of others "advertisement", "Mr.", and what was in the headlines of the day.
const (
	// minOutlet: of fewer articles, nothing is told by how many have a word.
	minOutlet = 50
	// furnitureShare is in what part of the articles of the outlet such a word stands at
	// least, and furnitureRatio how many times as large that part is as elsewhere. Tried on
	// the articles that similarTerms were tried on, .2 and .5, and ratios of 8, find less.
	furnitureShare = .3
	furnitureRatio = 4.
	// furnitureTerms is how many of the strongest terms are looked at.
	furnitureTerms = 2 * similarTerms
)

// outlet is where the articles of an index are from: of the outlet in question, or elsewhere.
type outlet struct{ here, elsewhere int }

// furniture reports whether a word is part of the furniture of the outlet, by the number of
// articles that have it there, and of all.
func (o outlet) furniture(here, all int) bool {
	share, other := float64(here)/float64(o.here), float64(all-here)/float64(o.elsewhere)
	return share > furnitureShare && share > furnitureRatio*other
}

// mayBeFurniture reports whether a word that so many articles have can be, wherever they are
// from: where not, nothing need be counted. The more of them are of the outlet, the more
// it looks like furniture.
func (o outlet) mayBeFurniture(all int) bool { return o.furniture(min(all, o.here), all) }

// withoutFurniture returns the first n of terms, which are in order, without those that are
// furniture of the outlet of the subject. What the title has is none.
func (s *similarity) withoutFurniture(ctx context.Context, terms []similarTerm, n int) ([]similarTerm, error) {
	if s.subject.Source == "" {
		return terms[:min(len(terms), n)], nil
	}
	of := &engine.Request{Filters: []engine.Filter{{Facet: engine.FacetSource, Values: []string{s.subject.Source}}}}
	all, err := totals(ctx, s.snap, of, []match.Plan{match.All{}})
	if err != nil {
		return nil, err
	}
	o := outlet{all[0], s.snap.Len() - all[0]}
	if o.here < minOutlet || o.elsewhere < minOutlet {
		return terms[:min(len(terms), n)], nil
	}
	var kept []similarTerm
	for rest := terms[:min(len(terms), furnitureTerms)]; len(rest) > 0 && len(kept) < n; {
		next := rest[:min(len(rest), n-len(kept))]
		rest = rest[len(next):]
		if kept, err = s.keepText(ctx, kept, next, o, of); err != nil {
			return nil, err
		}
	}
	return kept, nil
}

// keepText appends those of terms that are no furniture of an outlet, which a request keeps
// the articles of.
func (s *similarity) keepText(ctx context.Context, kept, terms []similarTerm, o outlet, of *engine.Request) ([]similarTerm, error) {
	asked := func(t similarTerm) bool { return !s.counts.inTitle[t.stem] && o.mayBeFurniture(t.articles) }
	var plans []match.Plan
	for _, t := range terms {
		if asked(t) {
			plans = append(plans, match.Stem{Field: match.Text, Stem: t.stem})
		}
	}
	var here []int
	if len(plans) > 0 {
		var err error
		if here, err = totals(ctx, s.snap, of, plans); err != nil {
			return nil, err
		}
	}
	for _, t := range terms {
		if asked(t) {
			n := here[0]
			if here = here[1:]; o.furniture(n, t.articles) {
				continue
			}
		}
		kept = append(kept, t)
	}
	return kept, nil
}
