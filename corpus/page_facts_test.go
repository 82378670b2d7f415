package corpus

import (
	"strings"
	"testing"
)

// filler is the text of a page that is an article.
const filler = `<p>The harbour of Vessem reopened on Monday after eleven weeks, and the pilots went out with the first tide of the day.</p>
<p>The owners of the ferries said that they would run again before the month was over, if the weather let them do so.</p>
<p>Nobody at the quay believed it. The town has waited for its ships before, and it has learned to count the days.</p>`

// ldPage is a page with JSON-LD and a text.
func ldPage(ld string) string {
	return `<html><head><script type="application/ld+json">` + ld + `</script></head><body><article><h1>Ferries</h1>` + filler + `</article></body></html>`
}

// What pages say of themselves, where a good guess goes wrong.
func TestPageFacts(t *testing.T) {
	body := func(head, text string) string {
		return "<html><head><title>Ferries</title>" + head + "</head><body>" + text + "</body></html>"
	}
	article := func(head, more string) string {
		return body(head, "<article><h1>Ferries</h1>"+more+filler+"</article>")
	}
	for _, tt := range []struct{ name, page, title, day, updated, source, authors string }{
		{"JSON-LD: the article goes before the page", ldPage(`[{"@type":"WebPage","name":"W","datePublished":"2020-01-01"},
			{"@type":"NewsArticle","headline":"Ferries","datePublished":"2026-01-05","publisher":{"name":"The Coast"}}]`), "Ferries", "2026-01-05", "", "The Coast", ""},
		{"JSON-LD: a list of types", ldPage(`{"@context":"https://schema.org","@type":["NewsArticle"],"headline":"Ferries","datePublished":"2026-01-05"}`), "Ferries", "2026-01-05", "", "", ""},
		{"JSON-LD: a list of contexts", ldPage(`{"@context":["https://schema.org",{"x":"y"}],"@type":"NewsArticle","headline":"Ferries","datePublished":"2026-01-05"}`), "Ferries", "2026-01-05", "", "", ""},
		{"JSON-LD: the second of a list has no context", ldPage(`[{"@context":"https://schema.org","@type":"WebSite","name":"The Coast"},{"@type":"NewsArticle","headline":"Ferries","datePublished":"2026-01-05"}]`), "Ferries", "2026-01-05", "", "", ""},
		{"JSON-LD: www and http", ldPage(`{"@context":"http://www.schema.org","@type":"NewsArticle","headline":"Ferries","datePublished":"2026-01-05"}`), "Ferries", "2026-01-05", "", "", ""},
		{"JSON-LD: mainEntity", ldPage(`{"@context":"https://schema.org","@type":"WebPage","mainEntity":{"@type":"NewsArticle","headline":"Ferries","datePublished":"2026-01-05"}}`), "Ferries", "2026-01-05", "", "", ""},
		{"JSON-LD: authors as texts", ldPage(`{"@context":"https://schema.org","@type":"NewsArticle","headline":"Ferries","author":["Ada Okoye","Ilse Marwede"]}`), "Ferries", "", "", "", "Ada Okoye|Ilse Marwede"},
		{"JSON-LD: one author as a text", ldPage(`{"@context":"https://schema.org","@type":"NewsArticle","headline":"Ferries","author":"Ada Okoye"}`), "Ferries", "", "", "", "Ada Okoye"},
		{"JSON-LD: author and publisher elsewhere in the graph", ldPage(`{"@context":"https://schema.org","@graph":[{"@type":"NewsArticle","headline":"Ferries","author":{"@id":"#j"},"publisher":{"@id":"#p"}},
			{"@type":"Person","@id":"#j","name":"Ada Okoye"},{"@type":"Organization","@id":"#p","name":"The Coast"}]}`), "Ferries", "", "", "The Coast", "Ada Okoye"},
		{"JSON-LD: dateModified", ldPage(`{"@context":"https://schema.org","@type":"NewsArticle","headline":"Ferries","dateModified":"2026-01-06"}`), "Ferries", "", "2026-01-06", "", ""},
		{"JSON-LD: name and headline", ldPage(`{"@context":"https://schema.org","@type":"NewsArticle","name":"Example News","headline":"Ferries"}`), "Ferries", "", "", "", ""},
		{"dcterms.issued", article(`<meta name="dcterms.issued" content="2026-01-05">`, ""), "Ferries", "2026-01-05", "", "", ""},
		{"time in the header", body("", `<article><header><h1>Ferries</h1><time datetime="2026-01-05">yesterday</time></header>`+filler+`</article>`), "Ferries", "2026-01-05", "", "", ""},
		{"two authors in two metas", article(`<meta name="author" content="Ada Okoye"><meta name="author" content="Ilse Marwede">`, ""), "Ferries", "", "", "", "Ada Okoye|Ilse Marwede"},
		{"an address is no author", article(`<meta property="article:author" content="https://coast.example/people/">`, ""), "Ferries", "", "", "", ""},
		{"the day that is stated goes before the address", article(`<link rel="canonical" href="https://coast.example/2024/03/04/ferries"><meta property="article:published_time" content="2026-01-05T10:00+01:00">`, ""), "Ferries", "2026-01-05", "", "coast.example", ""},
		{"an address alone", article(`<link rel="canonical" href="https://coast.example/2024/03/04/ferries">`, ""), "Ferries", "2024-03-04", "", "coast.example", ""},
		{"an old date beside a copyright", body(`<meta property="article:published_time" content="1989-11-10">`, "<article><h1>Ferries</h1>"+filler+"</article><footer>Copyright 2019 The Coast</footer>"), "Ferries", "1989-11-10", "", "", ""},
		{"no date", body("", "<article><h1>Ferries</h1>"+filler+"<p>In March 2014 the quay fell.</p></article><footer>Copyright 2019</footer>"), "Ferries", "", "", "", ""},
		{"only modified", article(`<meta property="article:modified_time" content="2026-01-06">`, ""), "Ferries", "", "2026-01-06", "", ""},
		{"an update told in the text", article("", "<p>This story was updated on 6 February 2026 with the words of the owners.</p>"), "Ferries", "", "", "", ""},
	} {
		articles, err := Parse("page.html", []byte(tt.page))
		if len(articles) != 1 {
			t.Errorf("%s: %d articles, %v", tt.name, len(articles), err)
			continue
		}
		a := &articles[0]
		day := func(s string) string { return strings.TrimPrefix(s, "0001-01-01") }
		got := []string{a.Title, day(a.Published.Format("2006-01-02")), a.Source, strings.Join(a.Authors, "|")}
		want := []string{tt.title, tt.day, tt.source, tt.authors}
		for i := range got {
			if got[i] != want[i] {
				t.Errorf("%s: %q, want %q", tt.name, got, want)
				break
			}
		}
		if updated := day(a.Updated.Format("2006-01-02")); tt.updated != "" && updated != tt.updated {
			t.Errorf("%s: updated %s, want %s", tt.name, updated, tt.updated)
		}
		if strings.Contains(tt.name, "update told") && !strings.Contains(a.Body, "This story was updated") {
			t.Errorf("%s: the line is not in the text", tt.name)
		}
	}
}

// What of a page is its text, where a good guess goes wrong.
func TestPageText(t *testing.T) {
	for _, tt := range []struct{ name, html, has, lacks string }{
		{"a deck", `<h1>Ferries</h1><div class="standfirst">The deck of it.</div>` + filler, "The deck of it.", ""},
		{"breaks among paragraphs", `<h1>Ferries</h1>` + filler + `<div>One of them sank.<br><br>Two of them sailed.</div>` + filler, "One of them sank.\n\nTwo of them sailed.", ""},
		{"key points", `<h1>Ferries</h1><ul><li>The pilots sail again</li><li>The owners wait</li></ul>` + filler, "The pilots sail again", ""},
		{"cells", `<h1>Ferries</h1>` + filler + `<table><tr><th>Year</th><th>Cost</th></tr><tr><td>2026</td><td>4 million</td></tr></table>` + filler, "4 million", "YearCost"},
		{"paragraphs are parted", `<h1>Ferries</h1><p>A first sentence.</p><p>A second one.</p>` + filler, "A first sentence.\n\nA second one.", "sentence.A"},
		{"what is related, in a short article", `<h1>Ferries</h1><p>The ferries of Vessem sail again from Monday.</p><div class="related"><a href="/a">Storms close the port</a> <a href="/b">Pilots strike</a></div>`, "sail again", "Storms close"},
		{"a heading that repeats the title", `<h1>Ferries</h1><h2>Ferries</h2>` + filler, "", "Ferries\n"},
		{"noscript", `<h1>Ferries</h1>` + filler + `<noscript><p>Please turn on your scripts</p></noscript>`, "", "<p>"},
	} {
		articles, err := Parse("page.html", []byte("<html><head><title>Ferries</title></head><body><article>"+tt.html+"</article></body></html>"))
		if len(articles) != 1 {
			t.Errorf("%s: %d articles, %v", tt.name, len(articles), err)
			continue
		}
		text := articles[0].Summary + "\n\n" + articles[0].Body
		if !strings.Contains(text, tt.has) || tt.lacks != "" && strings.Contains(text, tt.lacks) {
			t.Errorf("%s: has %q, lacks %q: %q", tt.name, tt.has, tt.lacks, text)
		}
	}
}
