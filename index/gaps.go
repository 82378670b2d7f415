package index

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/contrast"
	"github.com/newsq/newsq/internal/engine"
)

// GapsOptions says what Gaps looks for.
type GapsOptions struct {
	// By is the facet whose values outlets may leave out: FacetTopic, which empty stands for,
	// FacetPerson, FacetOrg or FacetPlace.
	By string
	// Outlets are those that are looked at, as a Filter with Words takes them; none stands
	// for the MaxGapOutlets with the most articles.
	Outlets []string
	// MinArticles is how many articles an outlet has at least among those that match; 0
	// means 30.
	MinArticles int
	Limit       int // gaps that are told; 0 means 20, and MaxGaps is the most
}

// The bounds of what is looked at. Each outlet is a search.
const (
	MaxGapOutlets = 40
	MaxGaps       = 500

	defaultGaps       = 20
	defaultMinOutlet  = 30
	maxGapValues      = 2000 // of a facet, those with the most articles
	maxFalseDiscovery = .05
	// An outlet leaves a value out where it has at most this part of the articles on it that
	// were expected: less than a third is more than another weight.
	maxGapShare = 1. / 3
	// minExpected: below, nothing is told by none. e^-3 is .05.
	minExpected = 3
)

// Gap is a value that an outlet leaves out, or nearly.
type Gap struct {
	Outlet, Value string
	// Observed is how many articles of the outlet have the value, and Expected how many it
	// would have if it gave as large a part of its articles to it as all others together.
	Observed int
	Expected float64
	// Articles is how many of the outlet match, OtherArticles how many of all others, and
	// Others how many of these have the value.
	Articles, Others, OtherArticles int
	// P is how likely it were to see no more than Observed by chance, and Q which share of
	// false ones there is among all gaps with a P no greater.
	P, Q float64
	// Outlets are up to three others that cover it most, and Example is the latest article of
	// the first.
	Outlets []FacetValue
	Example corpus.Article
}

// GapsResult are gaps, the surest first.
type GapsResult struct {
	By       string
	Gaps     []Gap
	More     int // further ones that Limit left out
	Articles int // that match
	// Outlets are those that were looked at, TooSmall how many have too few articles, and
	// Further how many more have enough.
	Outlets           []FacetValue
	TooSmall, Further int
	// Values is how many values were looked at, and Tests how many of an outlet and a value
	// could show a gap: those with three articles expected at least.
	Values, Tests int
	// NamesInTexts says that people, organizations and places are also those found in the
	// texts, and not alone those that the sources state.
	NamesInTexts bool
	DidYouMean   string
	Aliases      []AliasUse
	Warnings     []string
	Took         time.Duration
}

// Gaps tells which values of a facet some outlets leave out that others cover, among the
// articles that match q: in a period, by its dates. A value is a gap of an outlet where this
// has at most a third of the articles on it that its size lets one expect, and where that
// is no chance: by the exact test of Fisher, one-sided, of the outlet against all others, with
// a share of false discoveries of 5 % at most among all that are told (Benjamini and
// Hochberg 1995). It says that an outlet is silent among the articles of the index, which
// need not be all that it printed. Copies of a story count each, as each outlet chose to
// print it. A topic with others below it is left to these.
//
// All words of q are demanded, unless its Match is MatchAny. What else of q is used is as
// Compare has it.
func (ix *Index) Gaps(ctx context.Context, q Query, o *GapsOptions) (*GapsResult, error) {
	start := time.Now()
	var opt GapsOptions
	if o != nil {
		opt = *o
	}
	if err := opt.complete(); err != nil {
		return nil, err
	}
	var res *GapsResult
	again, err := ix.readMatched(ctx, q, []string{FacetSource, opt.By}, func(m *matched) (err error) {
		g := &gapFinder{matched: m, opt: &opt}
		res, err = g.find(ctx)
		return err
	})
	if err != nil {
		return nil, err
	}
	if again {
		res.Warnings = append(res.Warnings, warnAgain)
	}
	if opt.By != FacetTopic {
		if res.NamesInTexts, err = ix.HasEntities(); err != nil {
			return nil, err
		}
	}
	res.Took = time.Since(start)
	return res, nil
}

// GapFacets returns the facets whose values can be gaps, in the order in which to show them.
// The first is what an empty GapsOptions.By stands for.
func GapFacets() []string { return []string{FacetTopic, FacetPerson, FacetOrg, FacetPlace} }

func (o *GapsOptions) complete() error {
	o.By = cmp.Or(o.By, FacetTopic)
	o.MinArticles, o.Limit = cmp.Or(o.MinArticles, defaultMinOutlet), cmp.Or(o.Limit, defaultGaps)
	switch {
	case !slices.Contains(GapFacets(), o.By):
		return fmt.Errorf("gaps are found by topic, person, org or place, not by %q", o.By)
	case o.MinArticles < 1 || o.Limit < 1 || o.Limit > MaxGaps:
		return fmt.Errorf("1 to %d gaps can be told, of outlets with one article at least", MaxGaps)
	case len(o.Outlets) > MaxGapOutlets:
		return fmt.Errorf("%d outlets at most can be looked at", MaxGapOutlets)
	}
	return nil
}

// gapFinder finds gaps among the articles that match.
type gapFinder struct {
	*matched
	opt    *GapsOptions
	all    map[string]int            // articles by value
	within map[string]map[string]int // by outlet and value
}

func (g *gapFinder) find(ctx context.Context) (*GapsResult, error) {
	res := &GapsResult{
		By: g.opt.By, Articles: g.found.Total, DidYouMean: g.found.DidYouMean, Aliases: g.found.Aliases, Warnings: g.found.Warnings,
	}
	if err := g.setOutlets(ctx, res); err != nil {
		return nil, err
	}
	facet, err := facetNamed(g.opt.By)
	if err != nil {
		return nil, err
	}
	g.setValues(facet, res)
	if err := g.count(ctx, res.Outlets); err != nil {
		return nil, err
	}
	gaps := g.test(res)
	gaps = slices.DeleteFunc(gaps, func(x Gap) bool {
		return x.Q > maxFalseDiscovery || float64(x.Observed) > maxGapShare*x.Expected
	})
	slices.SortFunc(gaps, func(a, b Gap) int {
		return cmp.Or(cmp.Compare(a.P, b.P), cmp.Compare(a.Outlet, b.Outlet), cmp.Compare(a.Value, b.Value))
	})
	res.More = max(0, len(gaps)-g.opt.Limit)
	res.Gaps = gaps[:len(gaps)-res.More]
	for i := range res.Gaps {
		if err := g.show(ctx, &res.Gaps[i]); err != nil {
			return nil, err
		}
	}
	return res, nil
}

// setOutlets chooses the outlets that are looked at.
func (g *gapFinder) setOutlets(ctx context.Context, res *GapsResult) error {
	named := make(map[string]bool)
	if len(g.opt.Outlets) > 0 {
		f := Filter{Facet: FacetSource, Values: g.opt.Outlets, Words: true}
		filters, warnings, err := resolveFilters(ctx, g.snap, []Filter{f}, nil, g.q.location())
		if err != nil {
			return err
		}
		res.Warnings = append(res.Warnings, warnings...)
		for _, v := range filters[0].Values {
			named[v] = true
		}
	}
	for _, v := range valuesKept(engine.FacetType{Name: engine.FacetSource}, g.found.Facets[0].Values) {
		switch {
		case len(named) > 0 && !named[v.Value]:
		case v.Count < g.opt.MinArticles:
			res.TooSmall++
		case len(res.Outlets) == MaxGapOutlets:
			res.Further++
		default:
			res.Outlets = append(res.Outlets, v)
		}
	}
	return nil
}

// setValues chooses the values that are looked at.
func (g *gapFinder) setValues(facet engine.FacetType, res *GapsResult) {
	values := valuesKept(facet, g.found.Facets[1].Values)
	if len(values) > maxGapValues {
		res.Warnings = append(res.Warnings, fmt.Sprintf("of %d values, the %d with the most articles were looked at", len(values), maxGapValues))
		values = values[:maxGapValues]
	}
	g.all = make(map[string]int, len(values))
	for _, v := range values {
		g.all[v.Value] = v.Count
	}
	if facet.Separator != "" {
		for _, v := range values { // what is counted of a topic is without those below it
			for i := range v.Value {
				if strings.HasPrefix(v.Value[i:], facet.Separator) {
					delete(g.all, v.Value[:i])
				}
			}
		}
	}
	res.Values = len(g.all)
}

// count counts the values of each outlet.
func (g *gapFinder) count(ctx context.Context, outlets []FacetValue) error {
	facet := g.facet()
	counts := make([]map[string]int, len(outlets))
	err := inParallel(len(outlets), func() func(i int) error {
		return func(i int) error {
			req := g.request(outletFilter(outlets[i].Value))
			req.Facets = []engine.Facet{facet}
			found, err := g.snap.Search(ctx, &req)
			if err != nil {
				return err
			}
			values := found.Counts[facet]
			if facet == engine.FacetTopicBy {
				values = countsByOrigin(values, g.q.TopicsFrom)
			}
			counts[i] = make(map[string]int)
			for _, c := range values {
				counts[i][c.Value] = c.Count
			}
			return nil
		}
	})
	g.within = make(map[string]map[string]int, len(outlets))
	for i, o := range outlets {
		g.within[o.Value] = counts[i]
	}
	return err
}

// facet is that of the values, as the engine counts it.
func (g *gapFinder) facet() engine.Facet {
	if g.opt.By == FacetTopic {
		return topicFacet(g.q.TopicsFrom)
	}
	return engine.Facet(g.opt.By)
}

func outletFilter(outlet string) engine.Filter {
	return engine.Filter{Facet: engine.FacetSource, Values: []string{outlet}}
}

// test returns what each outlet has of each value of which enough is expected.
func (g *gapFinder) test(res *GapsResult) []Gap {
	var gaps []Gap
	var p []float64
	for _, o := range res.Outlets {
		for value, about := range g.all {
			x := Gap{Outlet: o.Value, Value: value, Observed: g.within[o.Value][value], Articles: o.Count, OtherArticles: res.Articles - o.Count}
			x.Others = about - x.Observed
			if x.OtherArticles == 0 {
				continue
			}
			x.Expected = float64(x.Others) * float64(x.Articles) / float64(x.OtherArticles)
			if x.Expected < minExpected {
				continue
			}
			x.P = contrast.LowerTail(x.Observed, x.Articles, about, res.Articles)
			gaps, p = append(gaps, x), append(p, x.P)
		}
	}
	for i, q := range contrast.FalseDiscovery(p) {
		gaps[i].Q = q
	}
	res.Tests = len(gaps)
	return gaps
}

// show finds who covers what an outlet leaves out.
func (g *gapFinder) show(ctx context.Context, x *Gap) error {
	value := engine.Filter{Facet: engine.Facet(g.opt.By), Values: []string{x.Value}}
	if g.facet() == engine.FacetTopicBy {
		value = filterByOrigin(value, g.q.TopicsFrom)
	}
	req := g.request(value)
	req.Facets = []engine.Facet{engine.FacetSource}
	found, err := g.snap.Search(ctx, &req)
	if err != nil {
		return err
	}
	for _, c := range found.Counts[engine.FacetSource] {
		if c.Value != x.Outlet && len(x.Outlets) < maxGapExamples {
			x.Outlets = append(x.Outlets, FacetValue{Value: c.Value, Count: c.Count})
		}
	}
	if len(x.Outlets) == 0 {
		return nil // what others have states no outlet
	}
	req = g.request(value, outletFilter(x.Outlets[0].Value))
	req.Order, req.Limit = engine.Order(Newest), 1
	if strings.TrimSpace(g.q.Text) != "" {
		req.Order = engine.Order(Relevance)
	}
	found, err = g.snap.Search(ctx, &req)
	if err != nil || len(found.Hits) == 0 {
		return err
	}
	x.Example, err = g.snap.Load(ctx, &found.Hits[0])
	return err
}

const maxGapExamples = 3
