package api

import (
	"context"
	"errors"
	"strings"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/query"
	"github.com/newsq/newsq/internal/server/ask"
	"github.com/newsq/newsq/internal/wire"
)

func (a *api) search(ctx context.Context, c *call) (any, error) {
	return a.results(ctx, c, c.ask.Query(a.Zone))
}

// results answers a query. Its text is told as it was asked for.
func (a *api) results(ctx context.Context, c *call, q index.Query) (any, error) {
	res, err := a.Index.Search(ctx, q)
	if err != nil {
		return nil, err
	}
	for _, hits := range [][]index.Hit{res.Hits, res.Near} {
		for i := range hits {
			a.hide(hits[i].Article)
		}
	}
	return wire.NewResults(c.ask.Text, res), nil
}

// hide takes away where an article lies on the disk of the server; nil is well.
func (a *api) hide(article *corpus.Article) {
	if a.ShowPaths || article == nil {
		return
	}
	article.Path, article.Key = "", ""
	if strings.HasPrefix(strings.ToLower(article.URL), "file:") {
		article.URL = ""
	}
}

func (a *api) facets(ctx context.Context, c *call) (any, error) {
	q := c.ask.Query(a.Zone)
	q.Limit = -1
	return a.results(ctx, c, q)
}

func (a *api) article(ctx context.Context, c *call) (any, error) {
	article, err := a.Index.Get(ctx, c.id)
	if err != nil {
		return nil, err
	}
	a.hide(&article)
	return wire.NewArticle(&article), nil
}

// passages searches one article. What the query says is read before the id is put to it,
// so that an error has its place in what was asked.
func (a *api) passages(ctx context.Context, c *call) (any, error) {
	article, err := a.Index.Get(ctx, c.id)
	if err != nil {
		return nil, err
	}
	q := c.ask.Query(a.Zone)
	if _, err := a.Index.Mark(ctx, q, ""); err != nil {
		return nil, err
	}
	if q.Text = idClause(article.ID); strings.TrimSpace(c.ask.Text) != "*" {
		q.Text += " AND (" + c.ask.Text + ")"
	}
	if q.Match == index.MatchAll {
		q.Match = index.MatchAny
	}
	q.Limit, q.Facets, q.NoNear = 1, nil, true
	return a.results(ctx, c, q)
}

func (a *api) similar(ctx context.Context, c *call) (any, error) {
	if c.ask.Earlier && c.ask.Later {
		return nil, &ask.Error{Parameter: "earlier", Msg: "cannot stand beside later"}
	}
	q := c.ask.Query(a.Zone)
	res, err := a.Index.Similar(ctx, index.SimilarQuery{
		ID: c.id, Earlier: c.ask.Earlier, Later: c.ask.Later, Filters: q.Filters, SinceDate: q.SinceDate, UntilDate: q.UntilDate, AsOf: q.AsOf,
		Location: q.Location, Rank: q.Rank, Limit: q.Limit, Passages: q.Passages, Explain: q.Explain,
	})
	if err != nil {
		return nil, err
	}
	for i := range res.Hits {
		a.hide(res.Hits[i].Article)
	}
	return wire.NewSimilar(res), nil
}

func (a *api) context(ctx context.Context, c *call) (any, error) {
	s, err := a.Index.Surroundings(ctx, c.id, c.ask.Limit, c.ask.Query(a.Zone).Location)
	if err != nil {
		return nil, err
	}
	for _, hits := range [][]index.Hit{s.Background, s.FollowUp} {
		for i := range hits {
			a.hide(hits[i].Article)
		}
	}
	return wire.NewSurroundings(s), nil
}

func (a *api) quotations(ctx context.Context, c *call) (any, error) {
	q := c.ask.Query(a.Zone)
	q.Passages = 0
	res, err := a.Index.Quotations(ctx, q, c.ask.By)
	if err != nil {
		return nil, err
	}
	for i := range res.Quotations {
		a.hide(&res.Quotations[i].Article)
	}
	return wire.NewQuotations(c.ask.Text, c.ask.By, res), nil
}

func (a *api) timeline(ctx context.Context, c *call) (any, error) {
	tq := c.ask.Timeline(a.Zone)
	t, err := a.Index.Timeline(ctx, tq)
	if err != nil {
		return nil, err
	}
	for i := range t.Bursts {
		if best := t.Bursts[i].Best; best != nil {
			a.hide(best.Article)
		}
	}
	return wire.NewTimeline(&tq, t), nil
}

func (a *api) copies(ctx context.Context, c *call) (any, error) {
	of, copies, err := a.Index.Copies(ctx, c.id)
	if err != nil {
		return nil, err
	}
	return wire.NewCopies(&of, copies), nil
}

// idClause is what finds the article of an id, in the query language.
func idClause(id string) string {
	var b strings.Builder
	b.WriteString(`id:"`)
	for _, r := range id {
		if r == '\\' || query.IsQuotationMark(r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String() + `"`
}

func (a *api) topics(ctx context.Context, c *call) (any, error) {
	q := c.ask.Query(a.Zone)
	q.Facets, q.FacetLimit, q.Limit, q.Passages = []string{index.FacetTopic}, -1, -1, -1
	if q.Match == index.MatchAll {
		q.Match = index.MatchStrict
	}
	res, err := a.Index.Search(ctx, q)
	if err != nil {
		return nil, err
	}
	var values []index.FacetValue
	for _, f := range res.Facets {
		values = append(values, f.Values...)
	}
	tree, err := a.Index.TopicTree(ctx, q)
	if err != nil {
		return nil, err
	}
	rules, err := a.Index.Topics()
	if err != nil {
		return nil, err
	}
	return wire.NewTopics(c.ask.Text, values, &tree, rules), nil
}

func (a *api) suggest(ctx context.Context, c *call) (any, error) {
	if !c.ask.Complete {
		found, err := a.Index.Suggest(ctx, c.ask.Text, c.ask.Limit)
		return wire.NewSuggestions(c.ask.Text, found), err
	}
	found, err := a.Index.Complete(ctx, c.ask.Text)
	if len(found) > c.ask.Limit {
		found = found[:c.ask.Limit]
	}
	return wire.NewSuggestions(c.ask.Text, found), err
}

func (a *api) analyze(ctx context.Context, c *call) (any, error) {
	found, err := a.Index.Analyze(ctx, c.ask.Query(a.Zone))
	if err != nil {
		return nil, err
	}
	return wire.NewAnalysis(c.ask.Text, found), nil
}

func (a *api) readStats(ctx context.Context, _ *call) (any, error) {
	s, err := a.Figures.Of(ctx)
	if err != nil {
		return nil, err
	}
	stats := wire.NewStats(s)
	a.hideStats(&stats)
	return stats, nil
}

// hideStats takes away which processes of the server hold the index, and which of its files
// are damaged.
func (a *api) hideStats(s *wire.Stats) {
	if a.ShowPaths {
		return
	}
	for i := range s.Generations {
		s.Generations[i].By = nil
	}
	if s.Learned != nil && s.Learned.Damage != "" {
		s.Learned.Damage = "damaged; see newsq check"
	}
}

func (a *api) health(ctx context.Context, _ *call) (any, error) {
	state, err := a.Index.State(ctx)
	if errors.Is(err, context.Canceled) {
		return nil, err
	}
	return wire.NewHealth(state, err), nil
}
