package page

import (
	"context"
	"strings"

	"github.com/dustin/go-humanize"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/render"
	"github.com/newsq/newsq/internal/server/ask"
)

// nothingView says why a query found nothing, or why nothing has all of its words.
type nothingView struct {
	Relaxed bool // there are hits that have some of the words
	Empty   bool // there is no article at all
	Among   string
	Apart   bool // each part finds something, but not together
	Reasons []note
}

// maxReasons is the most parts of a query that are told of.
const maxReasons = 5

// nothing finds out why a search found nothing.
func (p *page) nothing(ctx context.Context, r *ask.Request, q index.Query, res *index.Results) (*nothingView, error) {
	q.Cursor, q.Facets = "", nil
	d, err := p.Index.Diagnose(ctx, q)
	if err != nil {
		return nil, err
	}
	v := &nothingView{Relaxed: res.Relaxed, Empty: d.Articles == 0, Apart: d.Apart, Among: render.Count(d.Articles, "article", "articles")}
	if v.Empty {
		return v, nil
	}
	if len(d.Clauses) > 0 {
		if err := p.addClauses(ctx, r, q, d, v); err != nil {
			return nil, err
		}
	}
	for _, o := range d.Filters {
		c := r.Clone()
		c.Cursor = ""
		n := note{Text: "Without the dates:"}
		if o.Filter == nil {
			c.Since, c.Until = "", ""
		} else {
			for i, f := range c.Filters {
				if f.Facet == o.Filter.Facet && f.Not == o.Filter.Not && f.Words == o.Filter.Words {
					c.Filters = append(c.Filters[:i], c.Filters[i+1:]...)
					break
				}
			}
			n.Text = "Without " + filterName(o.Filter) + ":"
		}
		n.Href, n.Link = searchAddress(c), articles(o.Without)
		v.Reasons = append(v.Reasons, n)
	}
	if d.WithoutFilters > 0 {
		c := r.Clone()
		c.Cursor, c.Filters, c.Since, c.Until = "", nil, "", ""
		v.Reasons = append(v.Reasons, note{Text: "Without any of the filters:", Href: searchAddress(c), Link: articles(d.WithoutFilters)})
	}
	return v, nil
}

// addClauses adds the parts of a query that stand in the way, each with the query without
// it. Where a part stands in the query, the analysis says.
func (p *page) addClauses(ctx context.Context, r *ask.Request, q index.Query, d *index.Diagnosis, v *nothingView) error {
	a, err := p.Index.Analyze(ctx, q)
	if err != nil {
		return err
	}
	for _, o := range d.Clauses[:min(len(d.Clauses), maxReasons)] {
		name := render.QuoteClause(o.Clause)
		n := note{Text: "Without " + name + ":"}
		if o.Absent {
			n.Text = "No article has " + name + "."
			if o.Without > 0 {
				n.Text += " Without it:"
			}
		}
		if o.Without > 0 {
			n.Behind = " " + articles(o.Without)
			for _, c := range a.Clauses {
				if c.Text == o.Clause && c.End <= len(r.Text) {
					less := r.Clone()
					less.Cursor, less.Text = "", strings.Join(strings.Fields(r.Text[:c.Start]+" "+r.Text[c.End:]), " ")
					n.Href, n.Link, n.Behind = searchAddress(less), articles(o.Without), ""
					break
				}
			}
		}
		v.Reasons = append(v.Reasons, n)
	}
	return nil
}

// filterName names a filter in a sentence.
func filterName(f *index.Filter) string {
	name := f.Facet
	for _, known := range facetLabels {
		if known.name == f.Facet {
			name = known.one
		}
	}
	values := f.Values
	if f.Facet == index.FacetTopic {
		values = nil
		for _, v := range f.Values {
			values = append(values, topicName(v))
		}
	}
	if f.Not {
		name = "excluded " + name
	}
	return "the " + name + " " + strings.Join(values, " or ")
}

// articles is a number of them.
func articles(n int) string {
	if n == 1 {
		return "1 article"
	}
	return humanize.Comma(int64(n)) + " articles"
}
