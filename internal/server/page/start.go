package page

import (
	"net/http"
	"strings"
	"time"

	"github.com/dustin/go-humanize"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/render"
	"github.com/newsq/newsq/internal/server/ask"
)

// startView is the page before anything is looked for: what is in the index, and how to
// ask.
type startView struct {
	Empty    bool
	Heading  string // how many articles there are
	Facts    string // from how many outlets, of which time
	All      string // the address of all articles, newest first
	Saved    string // how many saved searches there are; empty for none
	Topics   []facetValue
	Outlets  []facetValue
	Years    []facetValue
	Newest   []hitView
	Examples []example
}

// example shows a form of the query language.
type example struct{ Query, Href, Means string }

// The most values that the start page lists.
const (
	startTopics  = 14
	startOutlets = 10
	startYears   = 12
	startNewest  = 5
)

// start answers / where nothing is looked for.
func (p *page) start(w http.ResponseWriter, r *http.Request, request *ask.Request) {
	q := request.Query(p.Zone)
	q.Limit, q.Passages, q.Sort, q.Rank, q.NoNear, q.FacetLimit = startNewest, 1, index.Newest, index.RankDefault, true, -1
	q.Facets = []string{index.FacetTopic, index.FacetSource, index.FacetYear}
	res, err := p.Index.Search(r.Context(), q)
	if err != nil {
		p.fail(w, r, request, err)
		return
	}
	browse := ask.New()
	browse.Text, browse.Sort = "*", index.Newest
	years := countsOf(res, index.FacetYear)
	sortByValue(years)
	v := &startView{
		Empty: res.Total == 0, Heading: render.Count(res.Total, "article", "articles"), All: searchAddress(browse),
		Examples: examples(newestYear(years)),
	}
	v.Facts = facts(len(countsOf(res, index.FacetSource)), len(countsOf(res, index.FacetTopic)), years)
	browse = ask.New()
	v.Topics = values(&browse, index.FacetTopic, countsOf(res, index.FacetTopic), startTopics)
	v.Outlets = values(&browse, index.FacetSource, countsOf(res, index.FacetSource), startOutlets)
	for _, y := range years[:min(len(years), startYears)] {
		in := ask.New()
		in.Since, in.Until = y.Value, y.Value
		v.Years = append(v.Years, facetValue{choice: choice{Label: y.Value, Href: searchAddress(in)}, Count: humanize.Comma(int64(y.Count))})
	}
	for i := range res.Hits {
		h := p.hit(&browse, &res.Hits[i])
		h.Passages = h.Passages[:min(len(h.Passages), 1)]
		v.Newest = append(v.Newest, h)
	}
	saved, err := p.Index.Saved(r.Context())
	if err != nil && p.Report != nil {
		p.Report(r, err)
	}
	if len(saved) > 0 {
		v.Saved = render.Count(len(saved), "saved search", "saved searches")
	}
	view := newView("newsq", request)
	view.Kept = nil
	view.Start = v
	p.write(w, r, http.StatusOK, view)
}

// facts says from how many outlets the articles are, and of which time. years are in order,
// the newest first.
func facts(outlets, topics int, years []index.FacetValue) string {
	var said []string
	if outlets > 0 {
		said = append(said, "from "+render.Count(outlets, "outlet", "outlets"))
	}
	if topics > 0 {
		said = append(said, "on "+render.Count(topics, "topic", "topics"))
	}
	if n := len(years); n > 1 {
		said = append(said, years[n-1].Value+" to "+years[0].Value)
	} else if n == 1 {
		said = append(said, years[0].Value)
	}
	return strings.Join(said, ", ")
}

func values(r *ask.Request, facet string, counts []index.FacetValue, most int) []facetValue {
	var out []facetValue
	for _, v := range counts[:min(len(counts), most)] {
		f := facetValue{choice: choice{Label: v.Value, Href: searchAddress(r.Toggle(facet, v.Value))}, Count: humanize.Comma(int64(v.Count))}
		if facet == index.FacetTopic {
			f.Label = topicName(v.Value)
		}
		out = append(out, f)
	}
	return out
}

// newestYear returns the first of some years; this one where there are none.
func newestYear(years []index.FacetValue) string {
	if len(years) == 0 {
		return time.Now().Format("2006")
	}
	return years[0].Value
}

// examples are forms of the query language that are used most.
func examples(year string) []example {
	list := []example{
		{Query: `oil sanctions`, Means: "both words, in any form: sanction, sanctioned"},
		{Query: `"interest rates"`, Means: "this wording"},
		{Query: `=strike`, Means: "this very word"},
		{Query: `missile OR drone`, Means: "either"},
		{Query: `oil -gas`, Means: "the first without the second"},
		{Query: `deterr*`, Means: "words that begin so"},
		{Query: `china NEAR/5 tariffs`, Means: "at most 5 words apart"},
		{Query: `title:election`, Means: "in the title; also heading: body: author: source: person: place:"},
		{Query: `date:` + year, Means: "of this year; or date:2020-03, date:2019..2021, since:2w"},
	}
	for i := range list {
		r := ask.New()
		r.Text = list[i].Query
		list[i].Href = searchAddress(r)
	}
	return list
}
