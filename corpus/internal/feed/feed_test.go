package feed

import (
	"strings"
	"testing"
	"time"

	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/reader/readertest"
	"github.com/newsq/newsq/corpus/internal/record"
)

func TestRecognize(t *testing.T) {
	for content, want := range map[string]bool{
		`<?xml version="1.0"?><!-- x --><rss version="2.0"><channel>`:                                true,
		`<feed xmlns="http://www.w3.org/2005/Atom">`:                                                 true,
		`<a:feed xmlns:a="http://www.w3.org/2005/Atom">`:                                             true,
		`<feed version="0.3" xmlns="http://purl.org/atom/ns#">`:                                      true,
		`<feed><title>x</title><entry>`:                                                              true,
		`<entry xmlns="http://www.w3.org/2005/Atom">`:                                                true,
		`<rdf:RDF xmlns:rdf="u" xmlns="http://purl.org/rss/1.0/">`:                                   true,
		`<rdf:RDF xmlns:rdf="u" xmlns="http://my.netscape.com/rdf/simple/0.9/">`:                     true,
		`<rdf:RDF xmlns:rdf="u" xmlns:z="http://www.zotero.org/namespaces/export#">`:                 false,
		`<html><body>How to read <rss> and <feed xmlns="http://www.w3.org/2005/Atom"></body></html>`: false,
		`<feed><cow/></feed>`: false,
	} {
		if got := Recognize(readertest.Head("x.xml", content)); got != want {
			t.Errorf("%s: %v", content, got)
		}
	}
	for content, want := range map[string]bool{
		`{"version":"https://jsonfeed.org/version/1.1","items":[]}`:             true,
		`{"title":"x", "version": "http://jsonfeed.org/version/1", "items":[]}`: true,
		`{"title":"jsonfeed.org/version/1 is out"}`:                             false,
	} {
		if got := RecognizeJSON(readertest.Head("x.json", content)); got != want {
			t.Errorf("%s: %v", content, got)
		}
	}
}

// Many items are read as a stream, and all of them.
func TestMany(t *testing.T) {
	const n = 3*maxHeld + 7
	recs, faults := readertest.Read(t, Read, "f.xml", `<rss><channel><title>Harbour Post</title>`+strings.Repeat(`<item><title>T</title><guid>1</guid></item>`, n))
	if len(recs) != n || len(faults) > 0 {
		t.Fatalf("%d records, %v", len(recs), faults)
	}
	for i := range recs {
		if recs[i].First(record.Source) != "Harbour Post" || recs[i].Number != i+1 {
			t.Fatal(i, recs[i])
		}
	}
}

// What is no feed, or a damaged one, is read as far as it goes.
func TestDamaged(t *testing.T) {
	for _, tt := range []struct {
		content string
		records int
	}{
		{`<rss><channel><item><title>A & B</title><description><p>one<item><title>C`, 1},
		{`<rss><item><title>A</title></item><item><title>B</title></item>`, 2},
		{`<rss><channel><item></item><item><link>http://example.org/</link></item>`, 2},
		{`<feed xmlns="http://www.w3.org/2005/Atom"><entry><title type="xhtml"><div>A <b>b</b></div></title></entry></feed>`, 1},
		{`<rss><channel>` + strings.Repeat(`<item><title>`, 300), 1},
		{`<rss xmlns:a="`, 0},
	} {
		recs, _ := readertest.Read(t, Read, "f.xml", tt.content)
		if len(recs) != tt.records {
			t.Errorf("%s: %d records", tt.content, len(recs))
		}
	}
	recs, faults := readertest.Read(t, ReadJSON, "f.json", `{"version":"https://jsonfeed.org/version/1","items":[{"id":1,"title":2,"tags":"one","authors":"Jane Roe"},3,null]}`)
	if len(recs) != 1 || len(faults) != 1 || recs[0].First(record.Authors) != "Jane Roe" || recs[0].First(record.Topics) != "one" {
		t.Error(recs, faults)
	}
}

// Addresses in a feed may be relative to it.
func TestJSONAddresses(t *testing.T) {
	for _, tt := range []struct{ home, url, want string }{
		{"/", "/a/1", "http://h.example/a/1"},
		{"", "a/1", "http://h.example/x/a/1"},
		{"https://other.example/", "a/1", "https://other.example/a/1"},
		{"/", "https://third.example/1", "https://third.example/1"},
	} {
		content := `{"version":"https://jsonfeed.org/version/1.1","home_page_url":"` + tt.home + `","items":[{"id":"1","url":"` + tt.url + `"}]}`
		recs, _ := readertest.Read(t, func(in *reader.Input, out reader.Output) error {
			in.URL = "http://h.example/x/f.json"
			return ReadJSON(in, out)
		}, "f.json", content)
		if len(recs) != 1 || recs[0].First(record.URL) != tt.want {
			t.Errorf("%+v: %q", tt, recs[0].First(record.URL))
		}
	}
}

func TestLink(t *testing.T) {
	recs, _ := readertest.Read(t, Read, "f.xml", `<rss><channel><title>x</title><item><link>http://example.org/</link></item></channel></rss>`)
	if !recs[0].IsLink {
		t.Error("an item with an address alone is no link")
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{
		`<rss><channel><title>x</title><item><title>A</title><pubDate>03/04/2026</pubDate><guid>1</guid><author>a@b.example (J)</author></item></channel></rss>`,
		`<feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://x.example/"><entry><link href="a"/><content type="xhtml"><div>x</div></content></entry></feed>`,
		`<rdf:RDF xmlns="http://purl.org/rss/1.0/"><item rdf:about="u"><content:items><rdf:value>x</rdf:value></content:items></item>`,
		`{"version":"https://jsonfeed.org/version/1","items":[{"id":1,"content_html":"<p>x"}]}`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		readertest.Read(t, Read, "f.xml", s)
		readertest.Read(t, ReadJSON, "f.json", s)
		h := readertest.Head("f.xml", s)
		Recognize(h)
		RecognizeJSON(h)
	})
}

// Feeds one after the other in a file, and many elements around items, take no
// more time than other feeds.
func TestHostile(t *testing.T) {
	const n = 20_000
	for name, content := range map[string]string{
		"roots":  strings.Repeat(`<rdf:RDF><item><title>A</title></item></rdf:RDF>`, n),
		"around": `<rss>` + strings.Repeat(`<x/><item><title>A</title></item>`, n),
		"spaces": `<rss ` + strings.Repeat(`xmlns:a="u" `, n) + `>` + strings.Repeat(`<item><b:title>A</b:title><title>A</title></item>`, n),
		"guids":  `<rss>` + strings.Repeat(`<item><title>A</title><guid>`+strings.Repeat("x", 100)+`</guid></item>`, n),
	} {
		start := time.Now()
		recs, _ := readertest.Read(t, Read, "f.xml", content)
		if took := time.Since(start); len(recs) != n || took > 20*time.Second {
			t.Errorf("%s: %d records in %v", name, len(recs), took)
		}
	}
}
