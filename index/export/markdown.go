package export

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/newsq/newsq/index"
)

// markdownWriter writes one document of CommonMark, with anchors in HTML that the
// list of articles points to.
type markdownWriter struct {
	out   *bufio.Writer
	spool *spool
	about *About
	n     int
}

func newMarkdownWriter(out *bufio.Writer, about *About) (*markdownWriter, error) {
	s, err := newSpool()
	if err != nil {
		return nil, err
	}
	beginMarkdown(out, about)
	return &markdownWriter{out: out, spool: s, about: about}, nil
}

func (w *markdownWriter) add(h *index.Hit) error {
	w.n++
	a := h.Article
	addToMarkdown(w.out, w.n, fmt.Sprintf("#a%d", w.n), a, w.about)
	fmt.Fprintf(w.spool, "\n<a id=\"a%d\"></a>\n\n## %s\n\n", w.n, markdown(title(a)))
	writeMarkdownArticle(w.spool, h, w.about, 2)
	return failed(w.out, w.spool.Writer)
}

func (w *markdownWriter) close() error { return w.spool.copyTo(w.out) }
func (w *markdownWriter) clean()       { w.spool.clean() }

// beginMarkdown begins a document with a list of articles.
func beginMarkdown(out *bufio.Writer, about *About) {
	fmt.Fprintf(out, "# %s\n\nExported %s\n\n", markdown(about.title()), about.Made.In(about.location()).Format("2006-01-02 15:04 MST"))
}

// writeMarkdownArticle writes what stands below the title of an article, which is a heading
// of a level. Errors of w stay with it: it is buffered.
func writeMarkdownArticle(w io.Writer, h *index.Hit, about *About, level int) {
	a := h.Article
	list := facts(a, about.location())
	if t := topics(a); t != "" {
		list = append(list, t)
	}
	if len(list) > 0 {
		fmt.Fprintf(w, "%s\n\n", markdown(strings.Join(list, " · ")))
	}
	if u := link(a); u != "" {
		fmt.Fprintf(w, "<%s>\n\n", strings.NewReplacer("<", "%3C", ">", "%3E", " ", "%20").Replace(u))
	}
	for i := range h.Snippets {
		writeMarkdownPassage(w, &h.Snippets[i])
	}
	if !about.NoText {
		if a.Summary != "" {
			fmt.Fprintf(w, "%s\n\n", markdownLines(a.Summary))
		}
		for _, p := range parts(a) {
			if p.level > 0 {
				fmt.Fprintf(w, "%s %s\n\n", strings.Repeat("#", min(level+p.level, 6)), markdown(p.text))
			} else {
				fmt.Fprintf(w, "%s\n\n", markdownLines(p.text))
			}
		}
	}
}

func writeMarkdownPassage(w io.Writer, s *index.Snippet) {
	var b strings.Builder
	pieces(s.Text, s.Matches, func(text string, marked bool) {
		if marked {
			fmt.Fprintf(&b, "**%s**", markdown(strings.TrimSpace(text)))
		} else {
			b.WriteString(markdownInline(text))
		}
	})
	fmt.Fprintf(w, "> %s\n", strings.ReplaceAll(b.String(), "\n", "\n> "))
	if from := place(s); from != "" {
		fmt.Fprintf(w, ">\n> — %s\n", markdown(from))
	}
	io.WriteString(w, "\n")
}

// markdown returns a text on one line, in which nothing is markup.
func markdown(s string) string { return markdownInline(strings.Join(strings.Fields(s), " ")) }

// markdownLines returns a paragraph, its line breaks kept.
func markdownLines(s string) string {
	return strings.ReplaceAll(markdownInline(s), "\n", "\\\n")
}

// markdownInline escapes what is markup in a line or at its beginning.
func markdownInline(s string) string {
	var b strings.Builder
	b.Grow(len(s) + len(s)/16)
	start := true // of a line, but for blanks and digits
	digits := 0
	for i := range len(s) {
		c := s[i]
		switch {
		case isMarkup[c],
			start && digits == 0 && (c == '#' || c == '+' || c == '-' || c == '=' || c == ':'),
			start && digits > 0 && (c == '.' || c == ')'):
			b.WriteByte('\\')
		}
		switch {
		case c == '\n':
			start, digits = true, 0
		case c >= '0' && c <= '9' && start:
			digits++
		case c != ' ' && c != '\t':
			start = false
		}
		b.WriteByte(c)
	}
	return b.String()
}

// isMarkup tells the characters that are markup anywhere in a line: in CommonMark,
// its extensions of tables, strikethrough, formulas and notes.
var isMarkup = [256]bool{'\\': true, '`': true, '*': true, '_': true, '[': true, ']': true, '<': true, '>': true, '|': true, '~': true, '&': true, '$': true, '^': true}
