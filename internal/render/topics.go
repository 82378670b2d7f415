package render

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"
	"github.com/dustin/go-humanize"

	"github.com/newsq/newsq/index"
)

// barWidth is the columns of the longest bar in a listing of topics.
const barWidth = 24

// minBarWidth is that of the longest bar where labels need the room.
const minBarWidth = 8

// Topics writes topics with the number of articles in each. With tree, topics
// stand indented below the one they are part of, with bars; without, one a
// line and whole, as a pipe wants them.
func Topics(w io.Writer, values []index.FacetValue, tree bool, opt Options) error {
	p := newPage(w, opt)
	rows := topicRows(values, tree, &opt)
	nameWidth, countWidth, largest := 0, 0, 1
	for _, r := range rows {
		nameWidth = max(nameWidth, columnsOf(r.name))
		countWidth = max(countWidth, columnsOf(r.count))
		largest = max(largest, r.n)
	}
	bar := barWidth
	for _, r := range rows {
		if r.label != "" { // room for it, at the bars' cost
			bar = max(minBarWidth, min(bar, p.opt.width()-nameWidth-countWidth-6-columnsOf(r.label)))
		}
	}
	nameWidth = min(nameWidth, max(20, p.opt.width()-countWidth-2))
	for _, r := range rows {
		line := []string{pad(truncate(r.name, nameWidth), nameWidth), "  ", strings.Repeat(" ", countWidth-columnsOf(r.count)), styled(p.faint, r.count)}
		if tree && nameWidth+countWidth+4+bar <= p.opt.width() {
			line = append(line, "  ", styled(p.bar, pad(drawBar(r.n, largest, bar), bar)))
		}
		used := 0
		for _, part := range line {
			used += ansi.StringWidth(part)
		}
		if room := p.opt.width() - used - 2; r.label != "" && columnsOf(r.label) <= room {
			line = append(line, "  ", styled(p.faint, r.label))
		}
		p.writeLine(line...)
	}
	return p.err
}

// Suggestions writes queries with the number of articles that each finds, one
// a line.
func Suggestions(w io.Writer, suggestions []index.Suggestion, opt Options) error {
	values := make([]index.FacetValue, len(suggestions))
	for i, s := range suggestions {
		values[i] = index.FacetValue{Value: s.Text, Count: s.Articles}
	}
	return Topics(w, values, false, opt)
}

// NoTopics returns the sentence that says why there are no topics to list.
// Articles is the number that match the query, which may be empty.
func NoTopics(query string, articles int) string {
	switch {
	case articles > 0:
		return "none of " + Count(articles, "article", "articles") + " has a topic"
	case query == "":
		return "the index has no articles"
	}
	return "no article matches " + Clean(query)
}

type topicRow struct {
	name, count, label string
	n                  int
}

// topicLabel is what people call a topic, where that says more than its path does.
func (o *Options) topicLabel(path string) string {
	if o.TopicLabel == nil {
		return ""
	}
	label := Clean(o.TopicLabel(path))
	if strings.EqualFold(label, strings.ReplaceAll(path[strings.LastIndexByte(path, '/')+1:], "_", " ")) {
		return ""
	}
	return label
}

// topicRows returns the lines of a listing: in the order given, or as a tree. In
// a tree a topic follows the one that it is part of, and the largest come
// first.
func topicRows(values []index.FacetValue, tree bool, opt *Options) []topicRow {
	rows := make([]topicRow, 0, len(values))
	if !tree {
		for _, v := range values {
			rows = append(rows, topicRow{name: Clean(v.Value), count: humanize.Comma(int64(v.Count)), n: v.Count})
		}
		return rows
	}
	root := newTopicNode("")
	for _, v := range values {
		node := root
		for level := range strings.SplitSeq(v.Value, "/") {
			node = node.child(level)
		}
		node.count, node.counted = v.Count, true
	}
	return root.rows(rows, 0, "", opt)
}

// topicNode is a topic among those of the same parent.
type topicNode struct {
	name     string
	count    int
	counted  bool // false for a topic that only its parts make known
	children map[string]*topicNode
}

func newTopicNode(name string) *topicNode {
	return &topicNode{name: name, children: make(map[string]*topicNode)}
}

func (t *topicNode) child(name string) *topicNode {
	c := t.children[name]
	if c == nil {
		c = newTopicNode(name)
		t.children[name] = c
	}
	return c
}

// weight is what a topic is sorted by: its count, or the largest below it.
func (t *topicNode) weight() int {
	w := t.count
	for _, c := range t.children {
		w = max(w, c.weight())
	}
	return w
}

func (t *topicNode) rows(rows []topicRow, depth int, above string, opt *Options) []topicRow {
	children := make([]*topicNode, 0, len(t.children))
	for _, c := range t.children {
		children = append(children, c)
	}
	slices.SortFunc(children, func(a, b *topicNode) int {
		if d := b.weight() - a.weight(); d != 0 {
			return d
		}
		return strings.Compare(a.name, b.name)
	})
	for _, c := range children {
		row := topicRow{name: strings.Repeat("  ", depth) + Clean(c.name), n: c.count, label: opt.topicLabel(above + c.name)}
		if c.counted {
			row.count = humanize.Comma(int64(c.count))
		}
		rows = c.rows(append(rows, row), depth+1, above+c.name+"/", opt)
	}
	return rows
}

// drawBar draws n of largest as a bar of at most width columns. A number above 0
// has one column at least.
func drawBar(n, largest, width int) string {
	if n <= 0 {
		return ""
	}
	return strings.Repeat("━", max(1, n*width/max(largest, 1)))
}

// TopicTrial writes what each rule catches, with some titles to judge it by.
func TopicTrial(w io.Writer, t *index.TopicTrial, opt Options) error {
	p := newPage(w, opt)
	unused := false
	for _, r := range t.Rules {
		share := ""
		if t.Articles > 0 {
			share = fmt.Sprintf(" (%.1f %%)", 100*float64(r.Articles)/float64(t.Articles))
		}
		opt.TopicLabel = func(string) string { return r.Label }
		label := ""
		if l := opt.topicLabel(r.Topic); l != "" {
			label = l + ", "
		}
		p.writeLine(styled(p.title, Clean(r.Topic)), "  ", styled(p.faint, label+Count(r.Articles, "article", "articles")+share))
		for i := range r.Examples {
			a := &r.Examples[i]
			p.writeWrapped("  - ", 4, text{s: titleOf(a), base: p.plain, link: linkTarget(a.URL, a.Path)})
		}
		unused = unused || r.Articles == 0
	}
	p.writeLine()
	p.writeLine(styled(p.faint, "tried on "+Count(t.Articles, "article", "articles")))
	if unused {
		p.writeLine(styled(p.faint, "a rule without articles is too strict, or its words are spelled otherwise here"))
	}
	return p.err
}

// TopicsReport writes what rules changed: a line for each topic that articles
// gained or lost, and the sum of it.
func TopicsReport(w io.Writer, r *index.ApplyTopicsReport, opt Options) error {
	p := newPage(w, opt)
	name, gained := 0, 0
	for _, c := range r.Topics {
		name = max(name, columnsOf(Clean(c.Topic)))
		gained = max(gained, len(humanize.Comma(int64(c.Gained))))
	}
	for _, c := range r.Topics {
		more := "+" + humanize.Comma(int64(c.Gained))
		p.writeLine(pad(Clean(c.Topic), name), "  ", styled(p.faint, pad(more, gained+1)+"  -"+humanize.Comma(int64(c.Lost))))
	}
	p.writeLine(fmt.Sprintf("applied the rules to %s: %s changed, in %s",
		Count(r.Articles, "article", "articles"), humanize.Comma(int64(r.Changed)), Duration(r.Took)))
	p.writeLine("in use now: " + rulesInUse(r.Rules))
	return p.err
}

// maxRulesNamed is how many rules are named in a line.
const maxRulesNamed = 6

// rulesInUse tells how many rules there are, and the first topics that they give.
func rulesInUse(paths []string) string {
	s := Count(len(paths), "rule", "rules")
	if len(paths) == 0 {
		return s
	}
	named := make([]string, min(len(paths), maxRulesNamed))
	for i := range named {
		named[i] = Clean(paths[i])
	}
	s += ", for " + strings.Join(named, ", ")
	if more := len(paths) - len(named); more > 0 {
		s += " and " + Count(more, "more", "more")
	}
	return s
}
