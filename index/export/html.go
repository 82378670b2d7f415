package export

import (
	"bufio"
	"fmt"
	"html"
	"io"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

// pageStyle is that of pages and books: readable, dark where the reader is, and
// on paper each article whole where it fits.
const pageStyle = `:root{color-scheme:light dark}
body{font:1.05rem/1.6 Georgia,"Noto Serif",serif;max-width:42rem;margin:0 auto;padding:1.5rem}
h1,h2,h3,h4{line-height:1.25;font-family:system-ui,sans-serif}
h2{margin:3rem 0 .3rem;padding-top:1rem;border-top:1px solid #8886}
nav ol{padding-left:2.2rem}nav li{margin:.25rem 0}
.facts,.about,.where{font:.9rem/1.5 system-ui,sans-serif;opacity:.8;margin:.2rem 0}
blockquote{margin:1rem 0;padding:.1rem 1rem;border-left:.25rem solid #b8860b}
.passages{margin-bottom:2rem}
mark{background:#ffe08a;color:#111;padding:0 .1em}
p,blockquote,li{overflow-wrap:anywhere}
a{color:inherit}
@media print{body{max-width:none;padding:0;font-size:10.5pt}h2{break-after:avoid}blockquote,nav li{break-inside:avoid}nav{break-after:page}a{text-decoration:none}.facts a::after{content:" " attr(href)}mark{background:none;font-weight:bold}}
`

// pageWriter writes one page of HTML that needs nothing else: no script, no
// address is loaded. The list of articles is written at once, the articles behind it.
type pageWriter struct {
	out   *bufio.Writer
	spool *spool
	about *About
	n     int
}

func newPageWriter(out *bufio.Writer, about *About) (*pageWriter, error) {
	s, err := newSpool()
	if err != nil {
		return nil, err
	}
	beginList(out, about)
	return &pageWriter{out: out, spool: s, about: about}, nil
}

// writePageHead begins a page, up to its body. The title is HTML.
func writePageHead(w io.Writer, title string) {
	fmt.Fprintf(w, `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer"><meta name="generator" content="newsq">
<title>%s</title>
<style>
%s</style></head><body>
`, title, pageStyle)
}

// beginList begins a page with a list of articles.
func beginList(out *bufio.Writer, about *About) {
	title := html.EscapeString(about.title())
	writePageHead(out, title)
	fmt.Fprintf(out, `<header><h1 dir="auto">%s</h1><p class="about">Exported %s</p></header>
<nav aria-label="Articles"><ol>
`, title, about.Made.In(about.location()).Format("2006-01-02 15:04 MST"))
}

func (w *pageWriter) add(h *index.Hit) error {
	w.n++
	a := h.Article
	addToList(w.out, w.n, fmt.Sprintf("#a%d", w.n), a, w.about)
	fmt.Fprintf(w.spool, "<article id=\"a%d\"%s><h2>%s</h2>\n", w.n, lang(a), html.EscapeString(title(a)))
	writeArticle(w.spool, h, w.about, 3)
	w.spool.WriteString("</article>\n")
	return failed(w.out, w.spool.Writer)
}

func (w *pageWriter) close() error {
	if _, err := w.out.WriteString("</ol></nav>\n<main>\n"); err != nil {
		return err
	}
	if err := w.spool.copyTo(w.out); err != nil {
		return err
	}
	_, err := w.out.WriteString("</main></body></html>\n")
	return err
}

func (w *pageWriter) clean() { w.spool.clean() }

// writeArticle writes what stands below the title of an article: facts, passages,
// the text, whose headings begin at a level. It is HTML and XML alike. Errors of w
// stay with it: it is buffered.
func writeArticle(w io.Writer, h *index.Hit, about *About, level int) {
	a := h.Article
	fmt.Fprintf(w, "<p class=\"facts\">%s</p>\n", html.EscapeString(strings.Join(facts(a, about.location()), " · ")))
	if u := link(a); u != "" {
		fmt.Fprintf(w, "<p class=\"facts\"><a href=\"%s\" rel=\"noopener noreferrer\">%s</a></p>\n", html.EscapeString(u), html.EscapeString(host(u)))
	}
	if t := topics(a); t != "" {
		fmt.Fprintf(w, "<p class=\"facts\">%s</p>\n", html.EscapeString(t))
	}
	if len(h.Snippets) > 0 {
		io.WriteString(w, "<div class=\"passages\">\n")
		for i := range h.Snippets {
			writePassage(w, &h.Snippets[i])
		}
		io.WriteString(w, "</div>\n")
	}
	if about.NoText {
		return
	}
	if a.Summary != "" {
		fmt.Fprintf(w, "<p><em>%s</em></p>\n", lines(a.Summary))
	}
	for _, p := range parts(a) {
		if p.level > 0 {
			l := min(level+p.level-1, 6)
			fmt.Fprintf(w, "<h%d>%s</h%d>\n", l, html.EscapeString(p.text), l)
			continue
		}
		fmt.Fprintf(w, "<p>%s</p>\n", lines(p.text))
	}
}

func writePassage(w io.Writer, s *index.Snippet) {
	io.WriteString(w, "<blockquote><p>")
	pieces(s.Text, s.Matches, func(text string, marked bool) {
		if marked {
			fmt.Fprintf(w, "<mark>%s</mark>", lines(text))
		} else {
			io.WriteString(w, lines(text))
		}
	})
	io.WriteString(w, "</p>")
	if from := place(s); from != "" {
		fmt.Fprintf(w, "<p class=\"where\">%s</p>", html.EscapeString(from))
	}
	io.WriteString(w, "</blockquote>\n")
}

// lines returns a text in HTML, its line breaks kept.
func lines(s string) string {
	return strings.ReplaceAll(html.EscapeString(s), "\n", "<br/>\n")
}

// host shortens an address to what a person looks at.
func host(u string) string {
	u = strings.TrimPrefix(strings.TrimPrefix(u, "https://"), "http://")
	const shown = 80 // a line of a page
	if r := []rune(u); len(r) > shown {
		return string(r[:shown]) + "…"
	}
	return u
}

func after(sep, s string) string {
	if s == "" {
		return ""
	}
	return sep + s
}

// tag is the form of a language that HTML and EPUB take.
var tag = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$`) })

// languageTag returns an article's language where it is written as one should be;
// else empty.
func languageTag(a *corpus.Article) string {
	if tag().MatchString(a.Language) {
		return a.Language
	}
	return ""
}

// lang returns the attribute of an article's language and direction.
func lang(a *corpus.Article) string {
	if t := languageTag(a); t != "" {
		return fmt.Sprintf(` lang="%s" dir="auto"`, t)
	}
	return ` dir="auto"`
}

func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05Z") }
