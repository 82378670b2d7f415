package render

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/dustin/go-humanize"

	"github.com/newsq/newsq/index"
)

// barWidth is the columns of the longest bar in a listing of topics.
const barWidth = 24

// minBarWidth is that of the longest bar where labels need the room.
const minBarWidth = 8

// Topics writes topics with the number of articles in each, one a line and whole, as a pipe
// wants them.
func Topics(w io.Writer, values []index.FacetValue, opt Options) error {
	rows := make([]topicRow, len(values))
	for i, v := range values {
		rows[i] = topicRow{name: Clean(v.Value), count: humanize.Comma(int64(v.Count)), n: v.Count}
	}
	return newPage(w, opt).writeTopicRows(rows, 0)
}

// TopicTree writes topics as a tree, each with the articles that have it or one below it, and
// by what they have it. What lies below a topic follows it, the largest first.
func TopicTree(w io.Writer, topics []index.TopicNode, opt Options) error {
	root := newTopicNode("")
	for i := range topics {
		node := root
		for level := range strings.SplitSeq(topics[i].Topic, "/") {
			node = node.child(level)
		}
		node.TopicNode = topics[i]
	}
	return newPage(w, opt).writeTopicRows(root.rows(nil, 0, &opt), barWidth)
}

// writeTopicRows writes a listing, with bars of at most so many columns.
func (p *page) writeTopicRows(rows []topicRow, bar int) error {
	nameWidth, countWidth, originWidth, largest := 0, 0, 0, 1
	for i := range rows {
		r := &rows[i]
		nameWidth, countWidth = max(nameWidth, columnsOf(r.name)), max(countWidth, columnsOf(r.count))
		originWidth, largest = max(originWidth, columnsOf(r.origins)), max(largest, r.n)
	}
	for i := range rows {
		if r := &rows[i]; bar > 0 && r.label != "" { // room for it, at the bars' cost
			bar = max(minBarWidth, min(bar, p.opt.width()-nameWidth-countWidth-originWidth-8-columnsOf(r.label)))
		}
	}
	nameWidth = min(nameWidth, max(20, p.opt.width()-countWidth-2))
	for i := range rows {
		r := &rows[i]
		line := []string{pad(truncate(r.name, nameWidth), nameWidth), "  ", strings.Repeat(" ", countWidth-columnsOf(r.count)), styled(p.faint, r.count)}
		used := nameWidth + 2 + countWidth
		add := func(s string, columns int, look style) {
			if columns > 0 && used+2+columns <= p.opt.width() {
				line = append(line, "  ", styled(look, s))
				used += 2 + columns
			}
		}
		add(pad(r.origins, originWidth), originWidth, p.faint)
		add(pad(drawBar(r.n, largest, bar), bar), bar, p.bar)
		add(r.label, columnsOf(r.label), p.faint)
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
	return Topics(w, values, opt)
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
	name, count, origins, label string
	n                           int
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

// topicNode is a topic among those of the same parent.
type topicNode struct {
	index.TopicNode
	name     string
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

func (t *topicNode) rows(rows []topicRow, depth int, opt *Options) []topicRow {
	children := make([]*topicNode, 0, len(t.children))
	for _, c := range t.children {
		children = append(children, c)
	}
	slices.SortFunc(children, func(a, b *topicNode) int {
		return cmp.Or(cmp.Compare(b.Articles, a.Articles), strings.Compare(a.name, b.name))
	})
	for _, c := range children {
		row := topicRow{name: strings.Repeat("  ", depth) + Clean(c.name), n: c.Articles, label: opt.topicLabel(c.Topic)}
		row.count, row.origins = humanize.Comma(int64(c.Articles)), origins(&c.TopicNode)
		rows = c.rows(append(rows, row), depth+1, opt)
	}
	return rows
}

// origins tells by what articles have a topic: "3 stated, 9 rule".
func origins(t *index.TopicNode) string {
	var parts []string
	for _, o := range []struct {
		n    int
		name string
	}{{t.Stated, "stated"}, {t.Rule, "rule"}, {t.Learned, "learned"}} {
		if o.n > 0 {
			parts = append(parts, humanize.Comma(int64(o.n))+" "+o.name)
		}
	}
	return strings.Join(parts, ", ")
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
