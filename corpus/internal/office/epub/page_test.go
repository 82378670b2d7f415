package epub

import (
	"testing"

	"github.com/newsq/newsq/corpus/internal/reader/readertest"
	"github.com/newsq/newsq/corpus/internal/record"
)

// What calibre puts around articles is no text, and says where each is from.
func TestCalibreLinks(t *testing.T) {
	bar := `<div class="calibre_navbar">| <a href="../index.html">Section menu</a> | <a href="../../index.html">Main menu</a> |</div>`
	article := func(title string) string {
		return `<body>` + bar + `<h1>` + title + `</h1><p>Ada Okoye</p><p>Mar 3, 2025</p>` + prose +
			`<div class="calibre_navbar"><p>This article was downloaded by <strong>calibre</strong> from <a href="https://example.org/a">https://example.org/a</a></p></div></body>`
	}
	content := bookOf(
		t, `<dc:title>The Daily Harbour</dc:title><meta name="calibre:publication_type" content="periodical:magazine:x"/>`,
		"index_u1.html", `<body><h1>The Daily Harbour</h1><ul class="calibre_feed_list"><li><a href="feed_0/index_u2.html">World</a></li></ul></body>`,
		"feed_0/index_u2.html", `<body>`+bar+`<h2>World</h2><ul class="calibre_article_list"><li><a href="article_0/index_u3.html">Ports</a></li></ul></body>`,
		"feed_0/article_0/index_u3.html", article("Ports in winter"),
		"feed_0/article_1/index_u4.html", article("Cranes"),
	)
	recs, faults := readertest.Read(t, Read, "a.epub", content)
	if len(recs) != 2 || len(faults) > 0 {
		t.Fatalf("%d records, %v", len(recs), faults)
	}
	r := &recs[0]
	if r.First(record.Title) != "Ports in winter" || r.First(record.Authors) != "Ada Okoye" || r.Published.Time.Format("2006-01-02") != "2025-03-03" ||
		r.First(record.URL) != "https://example.org/a" || len(r.Blocks) != 1 {
		t.Errorf("%+v", r)
	}
}

// A book of pages that were saved from the web is a digest: each says where from.
func TestSaved(t *testing.T) {
	content := bookOf(
		t, `<dc:title>Saved</dc:title>`,
		"a.xhtml", `<body><h1>Ports in winter</h1><p><a href="https://example.org/a">example.org</a></p>`+prose+`</body>`,
		"b.xhtml", `<body><h1>Cranes</h1><p><a href="https://example.org/b">example.org</a></p>`+prose+`</body>`,
	)
	recs, _ := readertest.Read(t, Read, "a.epub", content)
	if len(recs) != 2 || recs[1].First(record.Title) != "Cranes" || recs[1].First(record.URL) != "https://example.org/b" || len(recs[1].Blocks) != 1 {
		t.Errorf("%+v", recs)
	}
}

// Title pages and imprints are left out whatever their files are called, and a book
// without a title has that of its first heading.
func TestImprint(t *testing.T) {
	content := bookOf(
		t, bookMeta,
		"p1.xhtml", `<body><h1>The Ports</h1><p>by Ada Okoye</p></body>`,
		"p2.xhtml", `<body><p>Copyright © 2026 Ada Okoye</p><p>All rights reserved. ISBN 1</p></body>`,
		"p3.xhtml", `<body><h1>Ice</h1>`+prose+`<br>`+prose+`</body>`,
	)
	recs, _ := readertest.Read(t, Read, "a.epub", content)
	if len(recs) != 1 || len(recs[0].Blocks) != 3 || recs[0].Blocks[0].Text != "Ice" {
		t.Errorf("%+v", recs)
	}
	recs, _ = readertest.Read(t, Read, "a.epub", bookOf(t, `<dc:title>Unknown Title</dc:title>`, "a.xhtml", `<body><h2>Ice</h2>`+prose+`</body>`))
	if len(recs) != 1 || recs[0].First(record.Title) != "Ice" {
		t.Errorf("%+v", recs)
	}
}
