package render

import (
	"io"
	"iter"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/dustin/go-humanize"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

// Results writes a page of results for a person: the hits with their passages,
// the facets, and a line with the totals.
func Results(w io.Writer, res *index.Results, opt Options) error {
	p := newPage(w, opt)
	hits := slices.Concat(res.Hits, res.Near, res.NearMeaning)
	short := shortIDs(hits)
	for i := range hits {
		if i == len(hits)-len(res.NearMeaning) {
			p.writeNearMeaning(res.Total)
		}
		p.writeHit(&hits[i], short[i])
		p.writeLine()
	}
	if len(res.Facets) > 0 {
		p.writeFacets(res.Facets)
	}
	p.writeAliasesFound(res.Aliases)
	p.writeFooter(res)
	return p.err
}

// writeNearMeaning writes what parts the hits from what is near in meaning.
func (p *page) writeNearMeaning(total int) {
	heading := "near in meaning, and no match:"
	if total == 0 {
		heading = "nothing has these words; near in meaning:"
	}
	p.writeLine(styled(p.heading, heading))
	p.writeLine()
}

// HitsOf returns the hits of a page.
func HitsOf(res *index.Results) iter.Seq2[index.Hit, error] {
	return func(yield func(index.Hit, error) bool) {
		for _, h := range res.Hits {
			if !yield(h, nil) {
				return
			}
		}
	}
}

// Hits writes hits for a person as they come, with their ids whole, and returns
// the first error among them.
func Hits(w io.Writer, hits iter.Seq2[index.Hit, error], opt Options) error {
	p := newPage(w, opt)
	for h, err := range hits {
		if err != nil {
			return err
		}
		p.writeHit(&h, Clean(h.ID))
		if p.writeLine(); p.err != nil {
			break
		}
	}
	return p.err
}

// writeHit writes one article. The rank has a column of its own, so that all
// titles begin in the same column.
func (p *page) writeHit(h *index.Hit, id string) {
	rank := strconv.Itoa(h.Rank) + ". "
	indent := max(len(rank), len("10. "))
	a := h.Article
	p.writeWrapped(styled(p.faint, pad(rank, indent)), indent, text{
		s: titleOf(a), marks: h.TitleMatches, base: p.title, match: p.titleMatch,
		link: linkTarget(a.URL, a.Path),
	})
	p.writeByline(h, id, indent)
	p.writeOwn(h, indent)
	p.writeStory(h, indent)
	p.writeMissing(h, indent)
	section := ""
	for _, s := range h.Snippets {
		if s.Section != section && s.Section != "" {
			p.writeWrapped(strings.Repeat(" ", indent), indent, text{s: s.Section, base: p.heading, match: p.heading})
		}
		section = s.Section
		lead := passageLead(&s)
		p.writeWrapped(strings.Repeat(" ", indent)+styled(p.faint, lead), indent+columnsOf(lead), text{s: s.Text, marks: s.Matches, base: p.plain, match: p.match})
	}
	p.writeExplanation(h, indent)
}

// passageLead returns what stands before a passage: where in the print it is, and what it
// claims, if that was asked for.
func passageLead(s *index.Snippet) string {
	lead := "› "
	if s.Page != "" {
		lead += PageLabel(s.Page) + "  "
	}
	if s.Is != "" {
		lead += strings.ReplaceAll(s.Is, " ", ", ") + "  "
	}
	return lead
}

// PageLabel returns how a page of a print is cited: "p. 7", "pp. 7–8".
func PageLabel(page string) string {
	if strings.Contains(page, "-") {
		return "pp. " + Clean(strings.ReplaceAll(page, "-", "–"))
	}
	return "p. " + Clean(page)
}

// titleOf returns what to call an article.
func titleOf(a *corpus.Article) string {
	if strings.TrimSpace(a.Title) == "" {
		return "(no title)"
	}
	return a.Title
}

// writeByline writes the line below the title: id, outlet, date, authors, topics.
func (p *page) writeByline(h *index.Hit, id string, indent int) {
	a := h.Article
	facts := []item{{s: truncate(id, p.opt.width()-indent), style: p.id}}
	add := func(separator, s string) {
		facts = append(facts, item{separator: separator, s: s, style: p.faint})
	}
	if a.Source != "" {
		add(" · ", Clean(a.Source))
	}
	if !a.Published.IsZero() {
		add(" · ", p.published(a))
	}
	// A list is parted from what stands before it as the other facts are.
	for _, list := range [][]string{firstFew(a.Authors, 2), firstFew(a.TopicPaths(), 3)} {
		separator := " · "
		for _, s := range list {
			add(separator, s)
			separator = ", "
		}
	}
	if s := p.embargo(a); s != "" {
		add(" · ", s)
	}
	switch {
	case p.opt.Score && h.Cosine != 0:
		add(" · ", "cosine "+formatScore(h.Cosine))
	case p.opt.Score:
		add(" · ", "score "+formatScore(h.Score))
	}
	p.writeItems(strings.Repeat(" ", indent), indent, facts)
}

// writeStory writes how many more outlets print the same.
func (p *page) writeStory(h *index.Hit, indent int) {
	if h.Copies == 0 {
		return
	}
	s := "and " + humanize.Comma(int64(h.Copies)) + " more"
	if len(h.Outlets) == 0 {
		s = "and " + Count(h.Copies, "more copy", "more copies")
	} else {
		names := make([]string, len(h.Outlets))
		for i, o := range h.Outlets {
			names[i] = Clean(o)
		}
		if s += " (" + strings.Join(names, ", "); h.Copies > len(h.Outlets) {
			s += ", ..."
		}
		s += ")"
	}
	p.writeItems(strings.Repeat(" ", indent), indent, []item{{s: s, style: p.faint}})
}

// maxListedMissing is the most missing words that are listed.
const maxListedMissing = 4

// writeMissing writes which words of the query an article has not.
func (p *page) writeMissing(h *index.Hit, indent int) {
	if len(h.Missing) == 0 {
		return
	}
	var words []item
	for i, w := range h.Missing {
		if i == maxListedMissing {
			words = append(words, item{separator: ", ", s: Count(len(h.Missing)-i, "more word", "more words"), style: p.faint})
			break
		}
		words = append(words, item{separator: ", ", s: `"` + Clean(w) + `"`, style: p.faint})
	}
	const first = "without "
	p.writeItems(strings.Repeat(" ", indent)+styled(p.faint, first), indent+len(first), words)
}

// isDerivedID reports whether newsq made an id: twelve hex digits. They are as
// good as random, so that a few of them identify an article, as with commits
// in git. An id that a source states may differ from others only at its end.
func isDerivedID(id string) bool {
	return len(id) == 12 && strings.Trim(id, "0123456789abcdef") == ""
}

// minShortID is the number of digits of a derived id that are shown at least.
// They are 28 bits: among 100,000 articles, one id in 2,700 is shared with
// another article, and then show names both.
const minShortID = 7

// shortIDs returns the ids of a page as they are shown: derived ids are cut to
// as few digits as differ on the page.
func shortIDs(hits []index.Hit) []string {
	short := make([]string, len(hits))
	for n := minShortID; ; n++ {
		seen := make(map[string]bool, len(hits))
		for i, h := range hits {
			id := h.ID
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

// maxLabelWidth is the most columns of the label of a part of a score.
const maxLabelWidth = 30

// writeExplanation writes a score as the sum of its parts.
func (p *page) writeExplanation(h *index.Hit, indent int) {
	score := h.Score
	if h.Blend != nil {
		p.writeBlend(h, indent)
		score = h.Blend.Words
	}
	sum, label, number := formatScore(score), 0, 0
	for _, part := range h.Explanation {
		label = min(max(label, columnsOf(Clean(part.Label))), maxLabelWidth)
		number = max(number, len(formatScore(part.Score)))
	}
	before := sum + " = "
	for _, part := range h.Explanation {
		first := strings.Repeat(" ", indent) + before + strings.Repeat(" ", number-len(formatScore(part.Score))) + formatScore(part.Score)
		items := []item{
			{s: pad(truncate(Clean(part.Label), label), label), style: p.plain},
		}
		separator := "  "
		for _, s := range append(occurrences(&part), "in "+Count(part.DocFreq, "article", "articles")) {
			items = append(items, item{separator: separator, s: s, style: p.faint})
			separator = ", "
		}
		if part.Boost != 1 {
			items = append(items, item{separator: ", ", s: "boost " + formatNumber(part.Boost), style: p.faint})
		}
		p.writeItems(styled(p.faint, first)+"  ", columnsOf(first)+2, items)
		before = strings.Repeat(" ", len(sum)) + " + "
	}
}

// occurrences says in words where a part of a score occurs, and with which weight.
func occurrences(part *index.ScorePart) []string {
	var said []string
	obvious := false // what they come to
	for _, in := range []struct {
		n      int
		where  string
		weight float64
	}{
		{part.Title, "in the title", index.WeightTitle},
		{part.Headings, "in headings", index.WeightHeading},
		{part.Body, "in the text", index.WeightBody},
	} {
		if in.n == 0 {
			continue
		}
		s := times(in.n) + " " + in.where
		if in.weight != 1 {
			s += " × " + formatNumber(in.weight)
		}
		obvious = len(said) == 0 && (in.n == 1 || in.weight == 1)
		said = append(said, s)
	}
	if !obvious {
		said = append(said, "weighs "+formatNumber(part.Frequency))
	}
	return said
}

// times writes how often: "once", "twice", "3 times".
func times(n int) string {
	switch n {
	case 1:
		return "once"
	case 2:
		return "twice"
	}
	return humanize.Comma(int64(n)) + " times"
}

// formatScore writes a score, or a part of one.
func formatScore(f float64) string { return formatFixed(f, 3) }

func formatFixed(f float64, digits int) string { return strconv.FormatFloat(f, 'f', digits, 64) }

// formatNumber writes a number without zeros at its end.
func formatNumber(f float64) string { return strconv.FormatFloat(math.Round(f*100)/100, 'f', -1, 64) }

// writeFacets writes each facet as a short paragraph of values and counts.
func (p *page) writeFacets(facets []index.FacetCounts) {
	label := 0
	counted := false
	for _, f := range facets {
		counted = counted || len(f.Values) > 0
		label = max(label, columnsOf(Clean(f.Name)))
	}
	for _, f := range facets {
		if len(f.Values) == 0 {
			continue
		}
		p.writeFacet(f, label)
	}
	if counted {
		p.writeLine()
	}
}

func (p *page) writeFacet(f index.FacetCounts, label int) {
	var values []item
	for _, v := range f.Values {
		name, style := facetName(f.Name, v.Value), p.plain
		if v.Selected {
			name, style = "✓ "+name, p.selected
		}
		values = append(values, item{"   ", name, " " + humanize.Comma(int64(v.Count)), style})
	}
	if f.More > 0 {
		values = append(values, item{"   ", "", "+" + humanize.Comma(int64(f.More)) + " more", p.plain})
	}
	p.writeItems(styled(p.title, pad(Clean(f.Name), label))+"  ", label+2, values)
}

// facetName returns a value of a facet as it is shown: a language with its name.
func facetName(facet, value string) string {
	if facet == index.FacetLang || facet == "language" {
		if name := index.LanguageName(value); name != "" {
			return Clean(value) + " " + Clean(name)
		}
	}
	return Clean(value)
}

// maxListedAliases is the most other names that are listed. More would be a
// paragraph that nobody reads.
const maxListedAliases = 8

// writeAliasesFound writes the other names under which articles were found.
func (p *page) writeAliasesFound(uses []index.AliasUse) {
	var found []index.AliasUse
	for _, u := range uses {
		if u.Articles > 0 {
			found = append(found, u)
		}
	}
	if len(found) > 0 {
		const first = "also found as: "
		p.writeAliases(styled(p.faint, first), len(first), found)
	}
}

// writeAliases writes names with the number of articles that each one found,
// largest first. The line begins with first, which takes columns columns.
func (p *page) writeAliases(first string, columns int, uses []index.AliasUse) {
	uses = slices.SortedStableFunc(slices.Values(uses), func(a, b index.AliasUse) int { return b.Articles - a.Articles })
	var names []item
	for i, u := range uses {
		if i == maxListedAliases {
			names = append(names, item{separator: ", ", s: "+" + humanize.Comma(int64(len(uses)-i)), style: p.faint})
			break
		}
		name := item{separator: ", ", s: Clean(u.To), remark: " (" + humanize.Comma(int64(u.Articles)) + ")", style: p.faint}
		names = append(names, name)
	}
	p.writeItems(first, columns, names)
}

// writeFooter writes which hits of how many these are, the time that the search
// took, and the command that shows more.
func (p *page) writeFooter(res *index.Results) {
	total := Count(res.Total, "article", "articles")
	if !res.Exact {
		total = "at least " + total
	}
	if n := len(res.Hits); n > 0 && (n < res.Total && n != res.Stories || !res.Exact) {
		total = humanize.Comma(int64(res.Hits[0].Rank)) + "–" + humanize.Comma(int64(res.Hits[n-1].Rank)) + " of " + total
	}
	if 0 < res.Stories && res.Stories < res.Total {
		total += ", " + Count(res.Stories, "story", "stories")
	}
	if p.opt.Timing {
		total += " in " + Duration(res.Took)
	}
	switch n := len(res.Near); {
	case n == 1:
		total += "; 1 more lacks a word"
	case n > 1:
		total += "; " + humanize.Comma(int64(n)) + " more lack a word"
	}
	if n := len(res.NearMeaning); n > 0 {
		total += "; " + humanize.Comma(int64(n)) + " near in meaning"
	}
	p.writeLine(styled(p.faint, total))
	if len(res.Optional) > 0 {
		const first = "optional: "
		var words []item
		for _, w := range res.Optional {
			words = append(words, item{separator: ", ", s: Clean(w), style: p.faint})
		}
		p.writeItems(styled(p.faint, first), len(first), words)
	}
	if p.opt.More != "" {
		p.writeLine(styled(p.faint, "more:  "+Clean(p.opt.More)))
	}
}
