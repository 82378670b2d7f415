package render

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

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
	// Location is where days are meant, see index.LocalTime; nil means
	// time.Local.
	Location *time.Location
	// TopicLabel names a topic for people, where that says more than its path;
	// nil where nobody can.
	TopicLabel func(path string) string
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
// ANSI occur, since a terminal's theme makes them legible on a light and on a
// dark background.
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

// style is the escape sequences before and behind a text; the zero style has
// none. Lipgloss is asked for them once, and not for each of the some hundred
// pieces of text on a page.
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

// page writes lines. After the first error, which it keeps, it writes nothing
// more.
type page struct {
	w   io.Writer
	opt Options
	styles
	err error
}

func newPage(w io.Writer, opt Options) *page {
	return &page{w: w, opt: opt, styles: newStyles(opt.Color)}
}

// writeLine writes one line, without blanks at its end.
func (p *page) writeLine(parts ...string) {
	if p.err == nil {
		_, p.err = fmt.Fprintln(p.w, strings.TrimRight(strings.Join(parts, ""), " "))
	}
}

// text is text with marked ranges, and the styles of both.
type text struct {
	s     string
	marks []index.Span
	base  style
	match style
	link  string // target of a terminal link; empty for none
}

// writeWrapped writes t on as many lines as it needs. The first line begins with
// first, which takes columns columns. The other lines are indented by as many.
func (p *page) writeWrapped(first string, columns int, t text) {
	s, marks := clean(t.s, t.marks)
	for _, l := range wrap(s, p.opt.width()-columns) {
		p.writeLine(first, p.link(t.link, highlight(s[l.Start:l.End], marksWithin(marks, l.Start, l.End), t.base, t.match)))
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

// writeItems writes items side by side, on as many lines as they need. The first
// line begins with first, which takes columns columns. The other lines are
// indented by as many.
func (p *page) writeItems(first string, columns int, items []item) {
	p.writeItemsBeside(first, strings.Repeat(" ", columns), columns, items)
}

// writeItemsBeside is writeItems with a text to the left of the other lines too:
// next, which takes as many columns as first.
func (p *page) writeItemsBeside(first, next string, columns int, items []item) {
	var line strings.Builder
	used := 0
	items = broken(items, p.opt.width()-columns)
	for i, it := range items {
		w := columnsOf(it.s) + columnsOf(it.remark)
		comma := 0 // column of a comma at the end of the line
		if i+1 < len(items) && strings.HasPrefix(items[i+1].separator, ",") {
			comma = 1
		}
		if used > 0 && columns+used+columnsOf(it.separator)+w+comma > p.opt.width() {
			if strings.HasPrefix(it.separator, ",") {
				line.WriteString(styled(p.faint, ","))
			}
			p.writeLine(first, line.String())
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
	p.writeLine(first, line.String())
}

// broken breaks items at their blanks that are wider than a line.
func broken(items []item, width int) []item {
	fits := func(it item) bool { return columnsOf(it.s)+columnsOf(it.remark) <= width }
	if !slices.ContainsFunc(items, func(it item) bool { return !fits(it) }) {
		return items
	}
	var out []item
	for _, it := range items {
		words := strings.Fields(it.s)
		if fits(it) || len(words) < 2 {
			out = append(out, it)
			continue
		}
		for i, w := range words {
			part := item{separator: " ", s: w, style: it.style}
			if i == 0 {
				part.separator = it.separator
			}
			if i == len(words)-1 {
				part.remark = it.remark
			}
			out = append(out, part)
		}
	}
	return out
}

// styled returns s in a style. Blanks at its end stay without, since they may
// come to stand at the end of a line, where writeLine cuts them off.
func styled(look style, s string) string {
	seen := strings.TrimRight(s, " ")
	if seen == "" {
		return s
	}
	return look.Render(seen) + s[len(seen):]
}

// highlight returns one line of text with its marks in another style.
func highlight(s string, marks []index.Span, base, match style) string {
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
