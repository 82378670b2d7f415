package render

import (
	"io"
	"strings"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/wire"
)

// TopicExplanation writes why an article has its topics, and which others came near.
func TopicExplanation(w io.Writer, e *index.TopicExplanation, opt Options) error {
	p := newPage(w, opt)
	p.writeWrapped("", 0, text{s: Clean(e.Title), base: p.title})
	p.writeLine()
	for _, t := range e.Topics {
		p.writeExplained(&t, string(t.Origin))
	}
	if len(e.Topics) == 0 {
		p.writeSummary("the article has no topic")
	}
	if len(e.Near) > 0 {
		p.writeLine()
		p.writeLine(styled(p.faint, "near, and not given:"))
	}
	for _, t := range e.Near {
		p.writeExplained(&t, "not learned")
	}
	if e.Model == "" {
		p.writeLine()
		p.writeSummary("no topics are learned in this index")
	}
	return p.err
}

// writeExplained writes a topic, what it has it by, and why.
func (p *page) writeExplained(t *index.ExplainedTopic, by string) {
	name := Clean(t.Path)
	if label := p.opt.topicLabel(t.Path); label != "" {
		name += " (" + label + ")"
	}
	p.writeLine(name)
	const indent = 2
	items := []item{{s: by, style: p.faint}}
	if t.Reason != "" {
		items[0].s += ":"
		for _, word := range strings.Fields(Clean(t.Reason)) {
			items = append(items, item{separator: " ", s: word, style: p.faint})
		}
	}
	p.writeItems("  ", indent, items)
	var figures []string
	if t.Probability > 0 {
		figures = append(figures, "probability "+share(t.Probability))
	}
	if t.Scored {
		figures = append(figures, "score "+share(t.Score), "learned from "+share(t.Threshold)+" on")
	}
	if len(figures) > 0 {
		p.writeLine("  ", styled(p.faint, strings.Join(figures, ", ")))
	}
}

// TopicExplanationJSON writes why an article has its topics.
func TopicExplanationJSON(w io.Writer, e *index.TopicExplanation, rules *index.TopicRules) error {
	return wire.Write(w, wire.NewTopicExplanation(e, rules))
}
