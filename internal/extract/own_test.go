package extract

import (
	"strings"
	"testing"
	"time"
)

// TestOwnTime: only the article's own times say when it was published.
func TestOwnTime(t *testing.T) {
	const (
		p1 = "<p>The pilots of the strait met the owners on Tuesday, and neither of them gave way on the price of a night passage.</p>"
		p2 = "<p>Small traders fear that they will pay for it in the end, because the large lines can wait for weeks on end.</p>"
		p3 = "<p>A working group is to report before the summer; its chair has warned that there will be no quick answer.</p>"
		h1 = "<h1>Pilots and owners part</h1>"
	)
	text := p1 + p2 + p3
	art := func(head, tail string) string {
		return "<title>Pilots and owners part</title><main><article>" + h1 + head + text + tail + "</article></main>"
	}
	for _, tc := range []struct{ name, in, want, updated string }{
		// Of something else.
		{"linked below", art("", "") + `<section><h3>More</h3><a href=/x>The fog of May <time datetime=2019-01-02>2 Jan</time></a></section>`, "", ""},
		{"linked below, without an article element", h1 + text + `<div><a href=/x>The fog of May</a> <time datetime=2019-01-02>2 Jan</time></div>`, "", ""},
		{"in a list below", art("", `<ul><li><a href=/x>Nebel im Mai</a> <time datetime=2019-01-02>2.1.</time><li><a href=/y>Eis im Juni</a> <time datetime=2018-01-02>2.1.</time></ul>`), "", ""},
		{"a card with a heading", art("", `<div><h4>The fog of May</h4><span class=date>2 January 2019</span></div>`), "", ""},
		{"another article element", art("", `<article><h3>Fog</h3><time itemprop=datePublished datetime=2019-01-02>x</time></article>`), "", ""},
		{"microdata of a card", art("", `<div itemscope><a href=/x>The fog of May lifts</a><meta itemprop=datePublished content=2019-01-02></div>`), "", ""},
		{"microdata of another story", art("", "") + `<div itemscope itemtype="https://schema.org/NewsArticle"><a itemprop=url href=/x><b itemprop=headline>Fog</b></a><meta itemprop=datePublished content=2019-01-02></div>`, "", ""},
		{"microdata of this story, beside it", art("", "") + `<div itemscope itemtype="https://schema.org/NewsArticle"><meta itemprop=headline content="Pilots and owners part"><meta itemprop=datePublished content=2019-01-02></div>`, "2019-01-02", ""},
		{"in an aside above", `<aside><a href=/x>Fog</a> <time datetime=2019-01-02>x</time></aside>` + art("", ""), "", ""},
		{"a list above", `<div class=most-popular><ol><li><a href=/x>The fog of May</a><time datetime=2019-01-02>x</time></ol></div>` + art("", ""), "", ""},
		{"a ticker above, in words", `<div class=ticker>Latest: fog <span class=date>2 January 2019</span></div>` + art("", ""), "", ""},
		{"a menu", `<nav><time datetime=2019-01-02>Today</time></nav>` + art("", ""), "", ""},
		{"comments", art("", "") + `<section id=comments><div><b>Per</b> <time datetime=2019-01-02>x</time><p>Well said.</p></div></section>`, "", ""},
		{"comments under a heading", art("", `<div><h2>Three answers</h2><div><b>Per</b> <time class=posted datetime=2019-01-02>x</time><p>Well said.</p></div></div>`), "", ""},
		{"a comment's microdata", art("", `<div itemscope itemtype="https://schema.org/Comment"><time itemprop=dateCreated datetime=2019-01-02>x</time></div>`), "", ""},
		{"an event", art("", `<div class="event-box"><time datetime=2027-01-02>2 January</time> Open day</div>`), "", ""},
		{"an event, by microdata", art(`<p itemscope itemtype="http://schema.org/Event"><time itemprop=startDate datetime=2027-01-02>2 January</time></p>`, ""), "", ""},
		{"an event in a line", art(`<p><time datetime=2027-01-02>2 January</time> Open day at the harbour for young and old</p>`, ""), "", ""},
		{"an event behind a label", art(`<p>Next meeting: <time datetime=2027-01-02>2 January</time></p>`, ""), "", ""},
		{"an event in a table", art("", `<table><tr><th>Doors open</th><td><time datetime=2027-01-02>2 January</time></td></tr></table>`), "", ""},
		{"an event in a list of facts", art("", `<dl><dt>Opening</dt><dd><time datetime=2027-01-02>2 January</time></dd></dl>`), "", ""},
		{"long ago, in a sentence", art("", `<p>On <time datetime=1989-11-09>9 November 1989</time> the wall came down and the pilots went home.</p>`), "", ""},
		{"long ago, in a short sentence above", art(`<p>On <time datetime=1989-11-09>9 November 1989</time> the wall fell.</p>`, ""), "", ""},
		{"long ago, in German", art("", `<p>Am <time datetime=1989-11-09>9. November 1989</time> fiel die Mauer, und die Lotsen gingen nach Hause.</p>`), "", ""},
		{"a chronicle", art("", `<p><time>1989-11-09</time></p>`+p1+`<p><time>1990-10-03</time></p>`+p2), "", ""},
		{"days as headings", "<h1>Pilots</h1><h2>9 November 1989</h2>" + p1 + "<h2>3 October 1990</h2>" + p2, "", ""},
		{"a photograph's", art(`<figure><img><figcaption>Harbour, <time datetime=2011-01-02>2011</time></figcaption></figure>`, ""), "", ""},
		{"a birthday", art(`<p><span itemprop=birthDate class=date>1960-01-02</span></p>`, ""), "", ""},
		{"another story in JSON-LD", `<link rel=canonical href="https://h.example/a/parting"><script type="application/ld+json">{"@type":"NewsArticle","headline":"The fog of May","url":"https://h.example/b","datePublished":"2019-01-02"}</script>` + art("", ""), "", ""},
		{"the year in the footer", art("", "") + `<footer>Copyright <time datetime=2019>2019</time></footer>`, "", ""},

		// Its own.
		{"a line below the headline", art(`<p class=meta><time datetime=2026-05-22>22 May</time></p>`, "") + `<section><h3>More</h3><a href=/x>The fog of May <time datetime=2019-01-02>2 Jan</time></a></section>`, "2026-05-22", ""},
		{"with one of another story above it", `<div class=box><a href=/x>An old story of fog <time datetime=2019-01-02>x</time></a></div>` + art(`<time datetime=2026-05-22>22 May</time>`, ""), "2026-05-22", ""},
		{"behind the author", art(`<div>By <a href=/authors/ada>Ada Okoye</a>, Foreign Correspondent, <time datetime=2026-05-22>22 May</time></div>`, ""), "2026-05-22", ""},
		{"behind the author, without a word", art(`<div><a href=/ada>Ada Okoye</a> · <time datetime=2026-05-22>22 May</time> · 4 min read</div>`, ""), "2026-05-22", ""},
		{"behind a place", art(`<div>Kyiv, <time datetime=2026-05-22>22 May</time></div>`, ""), "2026-05-22", ""},
		{"in French", art(`<p>Publié le <time datetime=2026-05-22>22 mai</time> à 10h, mis à jour le <time datetime=2026-05-23>23 mai</time></p>`, ""), "2026-05-22", "2026-05-23"},
		{"in Russian", art(`<p>Опубликовано <time datetime=2026-05-22>22 мая</time></p>`, ""), "2026-05-22", ""},
		{"in Japanese", art(`<p>公開：<time datetime=2026-05-22>5月22日</time></p>`, ""), "2026-05-22", ""},
		{"below the text", art("", `<p>Published: <time datetime=2026-05-22>22 May</time></p>`), "2026-05-22", ""},
		{"below the text, bare", art("", `<p><time datetime=2026-05-22>22 May</time></p>`), "2026-05-22", ""},
		{"in the article's footer", art("", `<footer>Published <time datetime=2026-05-22>22 May</time></footer>`), "2026-05-22", ""},
		{"below a standfirst", art(`<p class=standfirst>Neither side gives way on the price of a night passage.</p><div class=info><time datetime=2026-05-22>x</time></div>`, ""), "2026-05-22", ""},
		{"above the headline", `<main><div><span>Shipping</span> <time datetime=2026-05-22>x</time></div>` + h1 + text + "</main>", "2026-05-22", ""},
		{"in a header", "<article><header>" + h1 + `<time datetime=2026-05-22>x</time></header><div>` + text + "</div></article>", "2026-05-22", ""},
		{"beside a share of other links", art(`<div><time datetime=2026-05-22>x</time> <a href="https://facebook.com/share">Share this story with your friends</a> <a href="#comments">Comment on this story</a></div>`, ""), "2026-05-22", ""},
		{"a link to itself", art(`<p><a href="/self" class=permalink><time datetime=2026-05-22>22 May</time></a></p>`, ""), "2026-05-22", ""},
		{"the headline is an h2", `<meta property="og:title" content="Pilots and owners part"><article><div><h2>Pilots and owners part</h2><time datetime=2026-05-22>x</time></div>` + text + "</article>", "2026-05-22", ""},
		{"microdata", `<div itemscope itemtype="http://schema.org/NewsArticle">` + h1 + `<meta itemprop=datePublished content=2026-05-22>` + text + "</div>", "2026-05-22", ""},
		{"in JSON-LD under another address", `<link rel=canonical href="https://h.example/a/parting"><script type="application/ld+json">{"@type":"NewsArticle","headline":"Owners and pilots go apart","url":"https://m.h.example/b","datePublished":"2026-05-22"}</script>` + art("", ""), "2026-05-22", ""},
		{"only changes", art(`<p>Updated <time datetime=2026-05-23>23 May</time></p>`, ""), "", "2026-05-23"},
		{"only changes, without markup", h1 + "<p>Last updated: 23 May 2026</p>" + text, "", "2026-05-23"},
		{"the page states it", `<meta name=dcterms.issued content=2026-05-22>` + art("", `<a href=/x>The fog of May <time datetime=2019-01-02>x</time></a>`), "2026-05-22", ""},
		{"an old day, and a footer of another year", art(`<p><time datetime=1989-11-10>10 November 1989</time></p>`, "") + "<footer>© 2019</footer>", "1989-11-10", ""},
	} {
		p, err := HTML(tc.in, "")
		if err != nil {
			t.Fatal(err)
		}
		day := func(v time.Time) string { return strings.TrimSuffix(v.Format(time.DateOnly), "0001-01-01") }
		if got := day(p.Published); got != tc.want {
			t.Errorf("%s: published %q (%s), want %q", tc.name, got, p.From.Published, tc.want)
		}
		if got := day(p.Updated); got != tc.updated {
			t.Errorf("%s: updated %q (%s), want %q", tc.name, got, p.From.Updated, tc.updated)
		}
	}
}
