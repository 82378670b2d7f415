package render

import (
	"io"
	"strconv"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/wire"
)

// CopiesJSON writes the copies of an article.
func CopiesJSON(w io.Writer, of *corpus.Article, copies []index.StoryCopy) error {
	return wire.Write(w, wire.NewCopies(of, copies))
}

// NoCopies says that an article has none.
func NoCopies(of *corpus.Article) string {
	return "no other article tells the story of " + Clean(of.ID)
}

// Copies writes the copies of an article, each with the sentences that it has more and
// less.
func Copies(w io.Writer, copies []index.StoryCopy, opt Options) error {
	p := newPage(w, opt)
	for i := range copies {
		c := &copies[i]
		a := &c.Article
		p.writeWrapped("", 0, text{s: titleOf(a), base: p.title, link: linkTarget(a.URL, a.Path)})
		facts := []item{{s: Clean(a.ID), style: p.id}}
		add := func(s string) { facts = append(facts, item{separator: " · ", s: s, style: p.faint}) }
		if a.Source != "" {
			add(Clean(a.Source))
		}
		if !a.Published.IsZero() {
			add(p.published(a))
		}
		add(strconv.Itoa(int(100*c.Containment)) + " % in common")
		p.writeItems("", 0, facts)
		for _, s := range c.Added {
			p.writeWrapped("+ ", 2, text{s: s, base: p.plain})
		}
		for _, s := range c.Cut {
			p.writeWrapped("- ", 2, text{s: s, base: p.faint})
		}
		p.writeLine()
	}
	return p.err
}
