package render

import (
	"fmt"
	"io"
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"
	"github.com/muesli/termenv"

	"github.com/newsq/newsq/index"
)

// Options says how text is laid out. The zero Options are for a pipe.
type Options struct {
	Width int  // columns; 0 means 80, and less than 20 is taken as 20
	Color bool // use escape sequences for colour and weight
	Links bool // make titles links that a terminal opens (OSC 8)
	Score bool // show scores
	// Timing shows how long the search took. Without it the same search
	// gives the same output.
	Timing bool
	// More is the command that shows more hits; empty to show none.
	More string
}

func (o Options) width() int {
	if o.Width == 0 {
		return 80
	}
	return max(o.Width, 20)
}

// styles are the few ways in which text stands out. Only the 16 colours of
// ANSI occur, as the reader's theme has made them legible on its background,
// light or dark.
type styles struct {
	plain, title, match, titleMatch, id, faint, heading, section, summary, selected, bar style
}

func newStyles(color bool) styles {
	if !color {
		return styles{}
	}
	r := lipgloss.NewRenderer(io.Discard)
	r.SetColorProfile(termenv.ANSI)
	s := r.NewStyle()
	match := s.Bold(true).Foreground(lipgloss.ANSIColor(1))
	heading := s.Foreground(lipgloss.ANSIColor(6))
	return styles{
		title:      styleOf(s.Bold(true)),
		match:      styleOf(match),
		titleMatch: styleOf(match.Underline(false)),
		id:         styleOf(s.Foreground(lipgloss.ANSIColor(3))),
		faint:      styleOf(s.Faint(true)),
		heading:    styleOf(heading),
		section:    styleOf(heading.Bold(true)),
		summary:    styleOf(s.Italic(true)),
		selected:   styleOf(s.Bold(true)),
		bar:        styleOf(s.Foreground(lipgloss.ANSIColor(4))),
	}
}

// style is what stands before and behind a text to give it a look; the zero
// style is nothing. Lipgloss is asked for it once: a page has some hundred
// pieces of text, each of one line, for which it would find out the same.
type style struct{ before, after string }

func styleOf(s lipgloss.Style) style {
	before, after, _ := strings.Cut(s.Render("x"), "x")
	return style{before, after}
}

func (st style) Render(s string) string {
	if s == "" {
		return ""
	}
	return st.before + s + st.after
}

// page writes lines. The first error stays, and nothing is written after it.
type page struct {
	w   io.Writer
	opt Options
	styles
	err error
}

func newPage(w io.Writer, opt Options) *page {
	return &page{w: w, opt: opt, styles: newStyles(opt.Color)}
}

// line writes one line, without blanks at its end.
func (p *page) line(parts ...string) {
	if p.err == nil {
		_, p.err = fmt.Fprintln(p.w, strings.TrimRight(strings.Join(parts, ""), " "))
	}
}

// text is text with marks, and how the two look.
type text struct {
	s     string
	marks []index.Span
	base  style
	match style
	link  string // target of a terminal link; empty for none
}

// wrapped writes t over as many lines as it needs. The first begins with
// first, which takes columns columns; the others are indented as far.
func (p *page) wrapped(first string, columns int, t text) {
	s, marks := clean(t.s, t.marks)
	for _, l := range wrap(s, p.opt.width()-columns) {
		p.line(first, p.link(t.link, paint(s[l.Start:l.End], within(marks, l.Start, l.End), t.base, t.match)))
		first = strings.Repeat(" ", columns)
	}
}

// item is a short piece of clean text that stays on one line, with a faint
// remark that stays with it.
type item struct {
	separator string // from the item before it on the same line
	s, remark string
	style     style
}

// flow writes items beside each other, and below where there is no room. The
// first line begins with first, which takes columns columns; the others are
// indented as far.
func (p *page) flow(first string, columns int, items []item) {
	p.flowBeside(first, strings.Repeat(" ", columns), columns, items)
}

// flowBeside is flow with something to the left of the other lines too: next,
// which takes as many columns as first.
func (p *page) flowBeside(first, next string, columns int, items []item) {
	var line strings.Builder
	used := 0
	for i, it := range items {
		w := columnsOf(it.s) + columnsOf(it.remark)
		comma := 0 // room for the one that would follow at the end of the line
		if i+1 < len(items) && strings.HasPrefix(items[i+1].separator, ",") {
			comma = 1
		}
		if used > 0 && columns+used+columnsOf(it.separator)+w+comma > p.opt.width() {
			if strings.HasPrefix(it.separator, ",") {
				line.WriteString(styled(p.faint, ","))
			}
			p.line(first, line.String())
			first = next
			line.Reset()
			used = 0
		}
		if used > 0 {
			line.WriteString(styled(p.faint, it.separator))
			used += columnsOf(it.separator)
		}
		line.WriteString(styled(it.style, it.s))
		line.WriteString(styled(p.faint, it.remark))
		used += w
	}
	p.line(first, line.String())
}

// styled gives s a look, but for the blanks at its end, which have none and
// may turn out to stand at the end of a line.
func styled(look style, s string) string {
	seen := strings.TrimRight(s, " ")
	if seen == "" {
		return s
	}
	return look.Render(seen) + s[len(seen):]
}

// paint styles one line of text.
func paint(s string, marks []index.Span, base, match style) string {
	var b strings.Builder
	at := 0
	for _, m := range marks {
		if m.Start > at {
			b.WriteString(base.Render(s[at:m.Start]))
		}
		b.WriteString(match.Render(s[m.Start:m.End]))
		at = m.End
	}
	if at < len(s) {
		b.WriteString(base.Render(s[at:]))
	}
	return b.String()
}

// link makes s, which may be styled, a link.
func (p *page) link(target, s string) string {
	if target == "" || !p.opt.Links {
		return s
	}
	return ansi.SetHyperlink(target) + s + ansi.ResetHyperlink()
}
