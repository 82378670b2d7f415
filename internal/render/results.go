package render

import (
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/dustin/go-humanize"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

// Results writes a page of results for a person to read: the hits with their
// passages, the facets, and a line that sums up.
func Results(w io.Writer, res *index.Results, opt Options) error {
	p := newPage(w, opt)
	short := shortIDs(res.Hits)
	for i := range res.Hits {
		p.hit(&res.Hits[i], short[i])
		p.line()
	}
	if len(res.Facets) > 0 {
		p.facets(res.Facets)
	}
	p.alsoFound(res.Aliases)
	p.footer(res)
	return p.err
}

// hit writes one article. Its rank stands in a column of its own, so that
// titles begin below each other.
func (p *page) hit(h *index.Hit, id string) {
	rank := strconv.Itoa(h.Rank) + ". "
	indent := max(len(rank), len("10. "))
	a := &h.Article
	p.wrapped(styled(p.faint, pad(rank, indent)), indent, text{
		s: titleOf(a), marks: h.TitleMatches, base: p.title, match: p.titleMatch,
		link: linkTarget(a.URL, a.Path),
	})
	p.about(h, id, indent)
	section := ""
	for _, s := range h.Snippets {
		if s.Section != section && s.Section != "" {
			p.wrapped(strings.Repeat(" ", indent), indent, text{s: s.Section, base: p.heading, match: p.heading})
		}
		section = s.Section
		p.wrapped(strings.Repeat(" ", indent)+styled(p.faint, "›")+" ", indent+2, text{s: s.Text, marks: s.Matches, base: p.plain, match: p.match})
	}
	p.parts(h, indent)
}

// titleOf returns what to call an article.
func titleOf(a *corpus.Article) string {
	if strings.TrimSpace(a.Title) == "" {
		return "(no title)"
	}
	return a.Title
}

// about writes the line below the title: id, outlet, date, authors, topics.
func (p *page) about(h *index.Hit, id string, indent int) {
	a := &h.Article
	facts := []item{{s: cut(id, p.opt.width()-indent), style: p.id}}
	add := func(separator, s string) {
		facts = append(facts, item{separator: separator, s: s, style: p.faint})
	}
	if a.Source != "" {
		add(" · ", Clean(a.Source))
	}
	if !a.Published.IsZero() {
		add(" · ", date(a.Published))
	}
	// A list is parted from what stands before it as the other facts are.
	for _, list := range [][]string{some(a.Authors, 2), some(topicPaths(a), 3)} {
		separator := " · "
		for _, s := range list {
			add(separator, s)
			separator = ", "
		}
	}
	if p.opt.Score {
		add(" · ", "score "+score(h.Score))
	}
	p.flow(strings.Repeat(" ", indent), indent, facts)
}

func topicPaths(a *corpus.Article) []string {
	paths := make([]string, len(a.Topics))
	for i, t := range a.Topics {
		paths[i] = t.Path
	}
	return paths
}

// isDerivedID reports whether an id is one that newsq makes up itself, twelve
// hex digits. They are as good as random, so that a few of them tell articles
// apart, as with commits in git. An id that a source states has no such
// promise.
func isDerivedID(id string) bool {
	return len(id) == 12 && strings.Trim(id, "0123456789abcdef") == ""
}

// minShort is the least of a derived id that is shown: with 28 bits, one id of
// 100,000 articles in 2,700 is shared with another, and show names both then.
const minShort = 7

// shortIDs returns what to show of the ids of a page.
func shortIDs(hits []index.Hit) []string {
	short := make([]string, len(hits))
	for n := minShort; ; n++ {
		seen := make(map[string]bool, len(hits))
		for i, h := range hits {
			id := h.Article.ID
			if isDerivedID(id) {
				id = id[:min(n, len(id))]
			}
			short[i] = Clean(id)
			seen[id] = true
		}
		if len(seen) == len(hits) || n >= 12 {
			return short
		}
	}
}

// maxLabel is the most columns of what a part of a score is for.
const maxLabel = 30

// parts writes how a score came about, as the sum that it is.
func (p *page) parts(h *index.Hit, indent int) {
	sum, label, number := score(h.Score), 0, 0
	for _, part := range h.Explanation {
		label = min(max(label, columnsOf(Clean(part.Label))), maxLabel)
		number = max(number, len(score(part.Score)))
	}
	before := sum + " = "
	for _, part := range h.Explanation {
		first := strings.Repeat(" ", indent) + before + strings.Repeat(" ", number-len(score(part.Score))) + score(part.Score)
		items := []item{
			{s: pad(cut(Clean(part.Label), label), label), style: p.plain},
			{separator: "  ", s: "frequency " + short(part.Frequency), style: p.faint},
			{separator: ", ", s: "in " + Count(part.DocFreq, "article", "articles"), style: p.faint},
		}
		if part.Boost != 1 {
			items = append(items, item{separator: ", ", s: "boost " + short(part.Boost), style: p.faint})
		}
		p.flow(styled(p.faint, first)+"  ", columnsOf(first)+2, items)
		before = strings.Repeat(" ", len(sum)) + " + "
	}
}

// score writes a score, or a part of one.
func score(f float64) string { return strconv.FormatFloat(f, 'f', 3, 64) }

// short writes a number without zeros at its end.
func short(f float64) string { return strconv.FormatFloat(math.Round(f*100)/100, 'f', -1, 64) }

// facets writes each facet as a short paragraph of values and counts.
func (p *page) facets(facets []index.FacetCounts) {
	label := 0
	for _, f := range facets {
		label = max(label, columnsOf(Clean(f.Name)))
	}
	for _, f := range facets {
		if len(f.Values) == 0 {
			continue
		}
		p.facet(f, label)
	}
	p.line()
}

func (p *page) facet(f index.FacetCounts, label int) {
	var values []item
	for _, v := range f.Values {
		name, style := Clean(v.Value), p.plain
		if v.Selected {
			name, style = "✓ "+name, p.selected
		}
		values = append(values, item{"   ", name, " " + humanize.Comma(int64(v.Count)), style})
	}
	if f.More > 0 {
		values = append(values, item{"   ", "", "+" + humanize.Comma(int64(f.More)) + " more", p.plain})
	}
	p.flow(styled(p.title, pad(Clean(f.Name), label))+"  ", label+2, values)
}

// maxAliases is the most other names that results tell of: more would be a
// paragraph that nobody reads.
const maxAliases = 8

// alsoFound writes under which other names articles were found.
func (p *page) alsoFound(uses []index.AliasUse) {
	var fruitful []index.AliasUse
	for _, u := range uses {
		if u.Articles > 0 {
			fruitful = append(fruitful, u)
		}
	}
	if len(fruitful) > 0 {
		const first = "also found as: "
		p.aliases(styled(p.faint, first), len(first), fruitful)
	}
}

// aliases writes names with the number of articles that each brought in, the
// largest first. The line begins with first, which takes columns columns.
func (p *page) aliases(first string, columns int, uses []index.AliasUse) {
	uses = slices.SortedStableFunc(slices.Values(uses), func(a, b index.AliasUse) int { return b.Articles - a.Articles })
	var names []item
	for i, u := range uses {
		if i == maxAliases {
			names = append(names, item{separator: ", ", s: "+" + humanize.Comma(int64(len(uses)-i)), style: p.faint})
			break
		}
		name := item{separator: ", ", s: Clean(u.To), remark: " (" + humanize.Comma(int64(u.Articles)) + ")", style: p.faint}
		names = append(names, name)
	}
	p.flow(first, columns, names)
}

// footer sums up: which hits of how many, in what time, and how to go on.
func (p *page) footer(res *index.Results) {
	total := Count(res.Total, "article", "articles")
	if !res.Exact {
		total = "at least " + total
	}
	if n := len(res.Hits); n > 0 && (n < res.Total || !res.Exact) {
		total = humanize.Comma(int64(res.Hits[0].Rank)) + "–" + humanize.Comma(int64(res.Hits[n-1].Rank)) + " of " + total
	}
	if p.opt.Timing {
		total += " in " + Duration(res.Took)
	}
	p.line(styled(p.faint, total))
	if p.opt.More != "" {
		p.line(styled(p.faint, "more:  "+Clean(p.opt.More)))
	}
}
