package render

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/wire"
)

// Gaps writes for a person what outlets leave out, those of an outlet together in the order
// of the surest: how many articles there are and how many were expected, who covers it, and
// an article of that outlet.
func Gaps(w io.Writer, res *index.GapsResult, opt Options) error {
	p := newPage(w, opt)
	var outlets []string
	of := make(map[string][]*index.Gap)
	for i := range res.Gaps {
		g := &res.Gaps[i]
		if of[g.Outlet] == nil {
			outlets = append(outlets, g.Outlet)
		}
		of[g.Outlet] = append(of[g.Outlet], g)
	}
	for _, o := range outlets {
		p.writeItems("", 0, []item{
			{s: Clean(o), style: p.title},
			{separator: "  ", s: Count(of[o][0].Articles, "article", "articles"), style: p.faint},
		})
		for _, g := range of[o] {
			p.writeGap(res.By, g)
		}
		p.writeLine()
	}
	p.writeAliasesFound(res.Aliases)
	p.writeContrastFooter(gapsSaid(res), opt, Duration(res.Took))
	return p.err
}

func (p *page) writeGap(by string, g *index.Gap) {
	p.writeItems("  ", 2, []item{
		{s: p.sideName(by, g.Value), style: p.match},
		{separator: "  ", s: fmt.Sprintf("%d, where %s were expected", g.Observed, expected(g.Expected)), style: p.plain},
		{separator: "  ", s: "p " + strconv.FormatFloat(g.P, 'g', 2, 64), style: p.faint},
	})
	const indent = 6
	blank := strings.Repeat(" ", indent)
	var who []item
	for i, o := range g.Outlets {
		who = append(who, item{separator: ", ", s: fmt.Sprintf("%s %d", Clean(o.Value), o.Count), style: p.faint})
		if i == 0 {
			who[0].s = "covered by " + who[0].s
		}
	}
	p.writeItems(blank, indent, who)
	if a := &g.Example; a.ID != "" {
		p.writeWrapped(blank, indent, text{s: titleOf(a), base: p.plain, link: linkTarget(a.URL, a.Path)})
		facts := []item{{s: truncate(Clean(a.ID), p.opt.width()-indent), style: p.id}}
		if !a.Published.IsZero() {
			facts = append(facts, item{separator: " · ", s: p.published(a), style: p.faint})
		}
		p.writeItems(blank, indent, facts)
	}
}

// expected is a number of articles, with a digit behind the point below ten.
func expected(n float64) string {
	if n < 9.95 {
		return formatFixed(n, 1)
	}
	return formatFixed(n, 0)
}

// gapsSaid says what was looked at.
func gapsSaid(res *index.GapsResult) string {
	said := Count(len(res.Gaps), "gap", "gaps")
	if res.More > 0 {
		said += " of " + strconv.Itoa(len(res.Gaps)+res.More)
	}
	said += ", by " + res.By + ", of " + Count(len(res.Outlets), "outlet", "outlets") + " in " + Count(res.Articles, "article", "articles")
	if res.TooSmall > 0 {
		said += "; " + Count(res.TooSmall, "outlet has", "outlets have") + " too few articles"
	}
	if res.Further > 0 {
		said += "; " + Count(res.Further, "smaller outlet was", "smaller outlets were") + " not looked at"
	}
	switch {
	case res.By == index.FacetTopic:
	case res.NamesInTexts:
		said += "; names are those that sources state and that texts have"
	default:
		said += "; names are those that sources state, as none are found in texts here"
	}
	return said
}

// GapsJSON writes gaps as one JSON object.
func GapsJSON(w io.Writer, query string, res *index.GapsResult) error {
	return wire.Write(w, wire.NewGaps(query, res))
}

// GapsCSV writes gaps as comma-separated values, as HitsCSV has it.
func GapsCSV(w io.Writer, res *index.GapsResult) error {
	rows := [][]string{{"outlet", res.By, "observed", "expected", "articles", "others", "other_articles", "p", "q", "covered_by", "id", "title"}}
	number := func(f float64) string { return strconv.FormatFloat(f, 'g', 6, 64) }
	for i := range res.Gaps {
		g := &res.Gaps[i]
		var who []string
		for _, o := range g.Outlets {
			who = append(who, o.Value)
		}
		rows = append(rows, []string{
			spreadsheetCell(g.Outlet), spreadsheetCell(g.Value), strconv.Itoa(g.Observed), number(g.Expected), strconv.Itoa(g.Articles),
			strconv.Itoa(g.Others), strconv.Itoa(g.OtherArticles), number(g.P), number(g.Q), spreadsheetCell(strings.Join(who, "; ")),
			spreadsheetCell(g.Example.ID), spreadsheetCell(g.Example.Title),
		})
	}
	return writeCSV(w, rows)
}
