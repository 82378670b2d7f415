package page

import (
	"context"
	"errors"
	"strings"

	"github.com/dustin/go-humanize"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/render"
	"github.com/newsq/newsq/internal/server/ask"
)

// relatedView is an article beside another one.
type relatedView struct {
	Lang, Dir, Title, Href string
	About                  string // who published it, and when
}

// copyView is a copy of an article, with how they differ.
type copyView struct {
	relatedView
	Share      string // of the shorter one that the longer one has
	Added, Cut []string
	More       string // how many sentences more differ
}

// The most related articles, copies, and sentences of a copy that are shown.
const (
	maxRelated   = 6
	maxCopies    = 20
	maxSentences = 12
)

// addRelated adds what is like an article, and its copies. What can't be told is no reason
// not to show the article: that is said in its place.
// The error is for the log.
func (v *articleView) addRelated(ctx context.Context, p *page, r *ask.Request) error {
	err := v.addSimilar(ctx, p, r)
	if err != nil {
		v.Lacks = append(v.Lacks, "Related articles "+why(err))
	}
	failed := err
	_, copies, err := p.Index.Copies(ctx, v.ID)
	if err != nil {
		v.Lacks = append(v.Lacks, "Copies "+why(err))
		return errors.Join(failed, err)
	}
	if n := len(copies) - maxCopies; n > 0 {
		v.MoreCopies = "and " + humanize.Comma(int64(n)) + " more"
		copies = copies[:maxCopies]
	}
	for i := range copies {
		c := &copies[i]
		shown := copyView{relatedView: p.related(r, &c.Article), Share: humanize.FormatFloat("#.", 100*c.Containment) + "%"}
		shown.Added, shown.Cut = c.Added[:min(len(c.Added), maxSentences)], c.Cut[:min(len(c.Cut), maxSentences)]
		if n := len(c.Added) + len(c.Cut) - len(shown.Added) - len(shown.Cut); n > 0 {
			shown.More = render.Count(n, "more sentence differs", "more sentences differ")
		}
		v.Copies = append(v.Copies, shown)
	}
	return failed
}

// addSimilar adds the articles that are like one: those before and those after it, or, where
// it has no date, whenever they are.
func (v *articleView) addSimilar(ctx context.Context, p *page, r *ask.Request) error {
	list := func(hits []index.Hit) (views []relatedView) {
		for i := range hits {
			views = append(views, p.related(r, hits[i].Article))
		}
		return views
	}
	if v.dated {
		s, err := p.Index.Surroundings(ctx, v.ID, maxRelated/2, p.zone(r))
		if err == nil {
			v.Background, v.FollowUp = list(s.Background), list(s.FollowUp)
		}
		return err
	}
	similar, err := p.Index.Similar(ctx, index.SimilarQuery{ID: v.ID, Limit: maxRelated, Passages: -1, Location: p.zone(r)})
	if err == nil {
		v.Related = list(similar.Hits)
	}
	return err
}

// why ends a sentence about what an index does not tell.
func why(err error) string {
	if errors.Is(err, index.ErrUnsupported) {
		return "are not told by this kind of index."
	}
	return "could not be looked for."
}

// related returns an article as it is listed beside another one.
func (p *page) related(r *ask.Request, a *corpus.Article) relatedView {
	var about []string
	if a.Source != "" {
		about = append(about, a.Source)
	}
	if !a.Published.IsZero() {
		about = append(about, render.Published(a, p.zone(r)))
	}
	return relatedView{Lang: langOf(a), Dir: dirOf(a), Title: titleOf(a), Href: articleAddress(a.ID, *r), About: strings.Join(about, " · ")}
}
