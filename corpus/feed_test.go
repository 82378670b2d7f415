package corpus

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
	"unicode/utf16"
)

// rss returns a feed with the items given.
func rss(items string) string {
	return `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel><title>Harbour Post</title><link>http://example.org/</link>` + items + `</channel></rss>`
}

// atom returns an Atom feed with the entries given.
func atom(entries string) string {
	return `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://example.org/news/feed.xml">
<title>Harbour Post</title><author><name>Ada Okoye</name></author>` + entries + `</feed>`
}

// parsed returns the articles in a file, which must be read without an error.
func parsed(t *testing.T, name, content string) []Article {
	t.Helper()
	articles, err := Parse(name, []byte(content))
	if err != nil {
		t.Error(err)
	}
	return articles
}

// the returns the only article in a file.
func the(t *testing.T, name, content string) Article {
	t.Helper()
	articles := parsed(t, name, content)
	if len(articles) != 1 {
		t.Fatalf("%d articles", len(articles))
	}
	return articles[0]
}

// checkArticle compares fields of an article, which are written as JSON has them.
func checkArticle(t *testing.T, a *Article, want map[string]string) {
	t.Helper()
	b, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(b, &got); err != nil {
		t.Fatal(err)
	}
	for field, w := range want {
		g := ""
		switch v := got[field].(type) {
		case string:
			g = v
		case nil:
		default:
			b, _ := json.Marshal(v) // it was JSON before
			g = string(b)
		}
		if g != w {
			t.Errorf("%s: %q, want %q", field, g, w)
		}
	}
}

func TestFeedZones(t *testing.T) {
	for date, want := range map[string]string{
		"Mon, 05 Jan 2026 10:00:00 JST":       "2026-01-05T01:00:00Z",
		"Mon, 05 Jan 2026 10:00:00 KST":       "2026-01-05T01:00:00Z",
		"Mon, 05 Jan 2026 10:00:00 MSK":       "2026-01-05T07:00:00Z",
		"Mon, 05 Jan 2026 10:00:00 SGT":       "2026-01-05T02:00:00Z",
		"Mon, 05 Jan 2026 10:00:00 AEDT":      "2026-01-04T23:00:00Z",
		"Mon, 05 Jan 2026 10:00:00 CET":       "2026-01-05T09:00:00Z",
		"Mon, 05 Jan 2026 10:00:00 GMT+1":     "2026-01-05T09:00:00Z",
		"Mon, 05 Jan 2026 10:00:00 UTC+02:00": "2026-01-05T08:00:00Z",
		// In doubt: the day counts.
		"Mon, 05 Jan 2026 10:00:00 IST": "2026-01-05T00:00:00Z",
		"Mon, 05 Jan 2026 10:00:00 CST": "2026-01-05T00:00:00Z",
		"Mon, 05 Jan 2026 10:00:00 BST": "2026-01-05T00:00:00Z",
		"Mon, 05 Jan 2026 10:00:00 QQT": "2026-01-05T00:00:00Z",
		// A weekday that is foreign or wrong, and what else is written.
		"Mo, 05 Jan 2026 10:00:00 +0100":  "2026-01-05T09:00:00Z",
		"Fri, 05 Jan 2026 10:00:00 +0100": "2026-01-05T09:00:00Z",
		"Mon, 05 Sept 2026 10:00:00 GMT":  "2026-09-05T10:00:00Z",
		"05.01.2026":                      "2026-01-05T00:00:00Z",
		"05.01.2026 10:00":                "2026-01-05T10:00:00Z",
		"5 Jan 2026 10:00":                "2026-01-05T10:00:00Z",
		"2026-01-05T10:00":                "2026-01-05T10:00:00Z",
		"2026-01-05T10:00:00+01":          "2026-01-05T09:00:00Z",
		"20260105T100000Z":                "2026-01-05T10:00:00Z",
		"Jan. 5, 2026":                    "2026-01-05T00:00:00Z",
		"5 janvier 2026":                  "2026-01-05T00:00:00Z",
		"1767603600":                      "2026-01-05T09:00:00Z",
	} {
		a := the(t, "feed.xml", rss(`<item><title>Ferries</title><pubDate>`+date+`</pubDate></item>`))
		if got := a.Published.Format(time.RFC3339); got != want {
			t.Errorf("%s: %s, want %s", date, got, want)
		}
	}
}

// The order of day and month is that of another date of the file, else that of
// the language or country; else there is no date, and that is told.
func TestFeedDayAndMonth(t *testing.T) {
	item := func(date string) string {
		return `<item><title>T ` + date + `</title><pubDate>` + date + `</pubDate></item>`
	}
	for _, tt := range []struct{ feed, want string }{
		{rss(item("03/04/2026") + item("13/04/2026")), "2026-04-03"},
		{rss(item("03/04/2026") + item("04/13/2026")), "2026-03-04"},
		{rss(item("05-01-26 10:00") + item("25-01-26 10:00")), "2026-01-05"},
		{rss(`<language>en-US</language>` + item("03/04/2026")), "2026-03-04"},
		{rss(`<language>en-GB</language>` + item("03/04/2026")), "2026-04-03"},
		{rss(`<language>fr</language>` + item("03/04/2026")), "2026-04-03"},
		{strings.Replace(rss(item("03/04/2026")), "example.org", "example.co.uk", 1), "2026-04-03"},
		{rss(item("04/04/2026")), "2026-04-04"},
		{rss(item("03/04/2026")), ""},
		{rss(`<language>en</language>` + item("03/04/2026")), ""},
		{rss(`<language>en</language>` + item("03/04/2026") + item("13/04/2026") + item("04/13/2026")), ""},
	} {
		articles, err := Parse("feed.xml", []byte(tt.feed))
		if (err != nil) != (tt.want == "") {
			t.Errorf("%s: told: %v", tt.want, err)
		}
		got := ""
		if !articles[0].Published.IsZero() {
			got = articles[0].Published.Format(time.DateOnly)
		}
		if got != tt.want {
			t.Errorf("%s: %s, want %s", tt.feed[300:], got, tt.want)
		}
	}
}

func TestFeedPeople(t *testing.T) {
	for said, want := range map[string]string{
		`<dc:creator>Jane Roe (Kyiv)</dc:creator>`:                               `["Jane Roe"]`,
		`<author>Jane Roe &lt;jane@example.org&gt;</author>`:                     `["Jane Roe"]`,
		`<author>a@example.org (Jane Roe), b@example.org (John Doe)</author>`:    `["Jane Roe","John Doe"]`,
		`<dc:creator>Jane Roe</dc:creator><dc:creator>John Doe</dc:creator>`:     `["Jane Roe","John Doe"]`,
		`<author>jane@example.org</author>`:                                      "",
		`<author>jane@example.org</author><dc:creator>Jane Roe</dc:creator>`:     `["Jane Roe"]`,
		`<dc:creator>By Jane Roe and John Doe</dc:creator>`:                      `["Jane Roe","John Doe"]`,
		`<atom:author><atom:name>Jane Roe</atom:name></atom:author>`:             `["Jane Roe"]`,
		`<author>"Jane Roe" &lt;jane@example.org&gt;</author>`:                   `["Jane Roe"]`,
		`<dc:creator><![CDATA[noreply@example.org (Jane Roe)]]></dc:creator>`:    `["Jane Roe"]`,
		`<dc:creator>http://example.org/people/7</dc:creator>`:                   "",
		`<dc:creator>Jane Roe (Staff)</dc:creator>`:                              `["Jane Roe"]`,
		`<dc:creator>Jane Roe</dc:creator><dc:creator>Jane Roe</dc:creator>`:     `["Jane Roe"]`,
		`<dc:creator></dc:creator><dc:creator><![CDATA[Jane Roe]]></dc:creator>`: `["Jane Roe"]`,
	} {
		a := the(t, "feed.xml", rss(`<item><title>Ferries</title>`+said+`</item>`))
		places := ""
		if strings.Contains(said, "Kyiv") {
			places = `["Kyiv"]`
		}
		t.Log(said)
		checkArticle(t, &a, map[string]string{"authors": want, "places": places})
	}
}

func TestFeedDefaults(t *testing.T) {
	a := the(t, "a.xml", atom(`<entry><id>tag:example.org,2026:1</id><title>Ferries</title></entry>`))
	checkArticle(t, &a, map[string]string{"authors": `["Ada Okoye"]`, "source": "Harbour Post", "id": "tag:example.org,2026:1"})
	a = the(t, "a.xml", atom(`<entry><title>Ferries</title><source><title>Coast Daily</title><author><name>Jane Roe</name></author></source></entry>`))
	checkArticle(t, &a, map[string]string{"authors": `["Jane Roe"]`, "source": "Coast Daily"})

	a = the(t, "f.json", `{"version":"https://jsonfeed.org/version/1.1","title":"Harbour Post","home_page_url":"https://example.org/",
"authors":[{"name":"Ada Okoye"}],"language":"en","items":[{"id":7,"external_url":"https://other.example/x","language":"fr",
"title":"Les bacs","content_text":"Le bac de midi est parti.","date_published":"2026-01-05T10:00:00+01:00","tags":["mer"]}]}`)
	checkArticle(t, &a, map[string]string{
		"authors": `["Ada Okoye"]`, "language": "fr", "url": "https://other.example/x", "source": "Harbour Post", "published": "2026-01-05T09:00:00Z",
	})
	a = the(t, "f.json", `{"version": "https://jsonfeed.org/version/1","title":"Harbour Post","author":{"name":"Ada Okoye"},
"items":[{"id":"https://example.org/1","content_html":"<p>One.</p>","author":{"name":"Jane Roe"}}]}`)
	checkArticle(t, &a, map[string]string{"authors": `["Jane Roe"]`, "id": "https://example.org/1", "url": "https://example.org/1", "body": "One."})
}

func TestFeedAddresses(t *testing.T) {
	for entry, want := range map[string]string{
		`<link href="a.html"/>`:                                           "http://example.org/news/a.html",
		`<link href="/a.html" rel="alternate"/>`:                          "http://example.org/a.html",
		`<link rel="self" href="s"/><link href="a.html"/>`:                "http://example.org/news/a.html",
		`<link xml:base="http://other.example/z/" href="q"/>`:             "http://other.example/z/q",
		`<link rel="enclosure" href="x.mp3"/><id>http://x.example/1</id>`: "http://x.example/1",
	} {
		a := the(t, "a.xml", atom(`<entry><title>Ferries</title>`+entry+`</entry>`))
		checkArticle(t, &a, map[string]string{"url": want})
	}
	for item, want := range map[string]string{
		`<guid>http://example.org/1</guid>`:                                  "http://example.org/1",
		`<guid isPermaLink="false">http://example.org/1</guid>`:              "",
		`<guid>abc-123</guid>`:                                               "",
		`<link>http://example.org/2</link><guid>http://example.org/1</guid>`: "http://example.org/2",
		`<link>/2</link>`:                                                    "http://example.org/2",
		`<atom:link href="http://example.org/3"/>`:                           "http://example.org/3",
	} {
		a := the(t, "feed.xml", rss(`<item><title>Ferries</title>`+item+`</item>`))
		checkArticle(t, &a, map[string]string{"url": want})
	}
}

func TestFeedTexts(t *testing.T) {
	for _, tt := range []struct {
		feed string
		want map[string]string
	}{
		{
			atom(`<entry><title>T</title><content type="xhtml"><xh:div xmlns:xh="http://www.w3.org/1999/xhtml"><xh:p>One.</xh:p><xh:p>Two.</xh:p></xh:div></content></entry>`),
			map[string]string{"body": "One.\n\nTwo."},
		},
		{
			atom(`<entry><title>T</title><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>1</p><h2>S</h2><p>2</p></div></content></entry>`),
			map[string]string{"body": "1\n\n2", "sections": `[{"end":3,"start":0},{"end":4,"heading":"S","level":2,"start":3}]`},
		},
		{
			rss(`<item><title>T</title><content:encoded>&lt;p&gt;One.&lt;/p&gt;</content:encoded><content:encoded>&lt;p&gt;Two.&lt;/p&gt;</content:encoded></item>`),
			map[string]string{"body": "One.\n\nTwo."},
		},
		{
			rss(`<item><title>T</title><content:encoded>&lt;p&gt;One.&lt;/p&gt;</content:encoded><content:encoded></content:encoded><description>Short.</description></item>`),
			map[string]string{"body": "One.", "summary": "Short."},
		},
		{
			rss(`<item><media:title>Photo</media:title><media:description>A caption</media:description><title>T</title><description>The summary.</description></item>`),
			map[string]string{"title": "T", "summary": "The summary."},
		},
		{rss(`<item><title>T</title><source url="http://o.example/rss">Origin News</source></item>`), map[string]string{"source": "Origin News"}},
		{rss(`<item><title>T</title><dc:rights>For use in print only</dc:rights></item>`), map[string]string{"handling": `{"rights":"For use in print only"}`}},
		{
			rss(`<item><title>T</title><content:encoded><![CDATA[<p>One.</p><p class="button-wrapper"><a href="x">Subscribe now</a></p><p>Two.</p>]]></content:encoded></item>`),
			map[string]string{"body": "One.\n\nTwo."},
		},
		// Aggregators repeat title and outlet.
		{
			rss(`<item><title>Ferries stop - Origin News</title><description>&lt;a href="http://o.example/1"&gt;Ferries stop&lt;/a&gt;&amp;nbsp;&lt;font&gt;Origin News&lt;/font&gt;</description><source url="http://o.example/rss">Origin News</source></item>`),
			map[string]string{"title": "Ferries stop", "source": "Origin News", "summary": ""},
		},
		{atom(`<entry><title type="html">AT&amp;amp;T</title></entry>`), map[string]string{"title": "AT&T"}},
		{rss(`<item><title>AT&amp;amp;T</title></item>`), map[string]string{"title": "AT&T"}},
		{rss(`<item><title>Prices rise &lt;5% in May</title></item>`), map[string]string{"title": "Prices rise <5% in May"}},
		{rss(`<item><title>Prices rise <5% in May</title></item>`), map[string]string{"title": "Prices rise <5% in May"}},
		{
			`<!DOCTYPE rss [<!ENTITY outlet "Example News">]><rss><channel><title>&outlet;</title><item><title>T</title></item></channel></rss>`,
			map[string]string{"source": "Example News"},
		},
		{
			atom(`<entry><title>T</title><category scheme="http://schemas.google.com/g/2005#kind" term="http://x.example/kind#post"/><category term="sea" label="The sea"/></entry>`),
			map[string]string{"topics": `[{"by":"stated","origin":"stated","path":"the_sea"}]`},
		},
		// What the feed says of itself may come last.
		{
			`<rss><channel><item><title>T</title></item><title>Harbour Post</title><language>en-GB</language></channel></rss>`,
			map[string]string{"source": "Harbour Post", "language": "en-GB"},
		},
		{
			`<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="http://example.org/"><title>Harbour Post</title><items><rdf:Seq><rdf:li resource="http://example.org/1"/></rdf:Seq></items></channel>
<item rdf:about="http://example.org/1"><title>T</title><link>http://example.org/1</link><dc:date>2026-01-05T10:00:00+01:00</dc:date><dc:subject>Sea</dc:subject></item></rdf:RDF>`,
			map[string]string{"source": "Harbour Post", "id": "http://example.org/1", "published": "2026-01-05T09:00:00Z"},
		},
		{
			`<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Harbour Post</title><entry><title mode="base64">VA==</title><issued>2026-01-05T10:00:00Z</issued>
<modified>2026-01-06T10:00:00Z</modified><content type="text/html" mode="escaped">&lt;p&gt;One.&lt;/p&gt;</content></entry></feed>`,
			map[string]string{"title": "T", "published": "2026-01-05T10:00:00Z", "updated": "2026-01-06T10:00:00Z", "body": "One."},
		},
		// Only the changes are dated, in all of the feed.
		{atom(`<entry><title>T</title><updated>2026-01-05T10:00:00Z</updated></entry>`), map[string]string{"published": "2026-01-05T10:00:00Z"}},
		{
			rss(`<item><title>T</title><link>http://example.org/t/</link><content:encoded><![CDATA[<p>One.</p><p>The post <a href="http://example.org/t/">T</a> appeared first on <a href="http://example.org">Harbour Post</a>.</p>]]></content:encoded></item>`),
			map[string]string{"body": "One."},
		},
		{
			rss(`<language>en-us</language><item><title>Les bacs de la baie</title><description>Le conseil municipal a voté hier soir la fin de la ligne de nuit, malgré les pêcheurs qui la prennent depuis des années. Les habitants de l’île demandent maintenant que le prix du billet baisse, et que le dernier bac parte une heure plus tard pendant les mois d’été. « Nous ne demandons rien d’autre que de pouvoir rentrer chez nous après le travail », dit la porte-parole de l’association, qui a réuni hier plus de deux cents personnes sur le quai.</description></item>`),
			map[string]string{"language": "fr"},
		},
		// An agency's own elements.
		{
			atom(`<entry><title>Slug</title><content type="text">Body of content 1.</content><ag:ContentMetadata xmlns:ag="http://agency.example/cm"><ag:title>Ferry stops</ag:title>
<ag:first_line>The ferry stopped.</ag:first_line><ag:body>It was noon.

Nobody swam.</ag:body><ag:tags><ag:tag value="Bay" type_value="Place"/></ag:tags></ag:ContentMetadata></entry>`),
			map[string]string{"title": "Ferry stops", "body": "The ferry stopped.\n\nIt was noon.\n\nNobody swam.", "places": `["Bay"]`},
		},
	} {
		a := the(t, "feed.xml", tt.feed)
		checkArticle(t, &a, tt.want)
	}
}

func TestFeedUTF16(t *testing.T) {
	for _, declared := range []string{"utf-8", "utf-16"} {
		b := []byte{0xff, 0xfe}
		for _, u := range utf16.Encode([]rune(`<?xml version="1.0" encoding="` + declared + `"?><rss><channel><title>Post</title><item><title>Café</title></item></channel></rss>`)) {
			b = append(b, byte(u), byte(u>>8))
		}
		a := the(t, "feed.xml", string(b))
		checkArticle(t, &a, map[string]string{"title": "Café", "source": "Post"})
	}
}

// A guid that is no address is an id within its feed alone; one that several
// items have is none.
func TestFeedIDs(t *testing.T) {
	articles := parsed(t, "f.xml", rss(`<item><guid>1</guid><title>A</title></item><item><guid>http://example.org/</guid><title>B</title></item>
<item><guid>http://example.org/</guid><title>C</title></item><item><link>http://example.org/d</link><title>D</title></item>`))
	var keys []string
	for i := range articles {
		keys = append(keys, articles[i].Key)
	}
	want := "f.xml#1 f.xml#http://example.org/ f.xml#http://example.org/ 3 f.xml#http://example.org/d"
	if got := strings.Join(keys, " "); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if articles[0].ID == "1" || articles[1].ID != "http://example.org/" || articles[2].ID == articles[1].ID {
		t.Error(articles[0].ID, articles[1].ID, articles[2].ID)
	}
}

func TestFeedEmpty(t *testing.T) {
	if _, err := Parse("f.xml", []byte(rss(""))); err == nil || !strings.Contains(err.Error(), "no items") {
		t.Error(err)
	}
}

func TestSitemaps(t *testing.T) {
	a := the(t, "s.xml", `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc> http://example.org/a?x=1&amp;y=2 </loc><lastmod>2026-01-06</lastmod><n:news><n:publication><n:name>Harbour Post</n:name><n:language>en</n:language></n:publication>
<n:publication_date>2026-01-05T10:00+01:00</n:publication_date><n:title>Ferries &amp; trains</n:title><n:keywords>Sea, Rail</n:keywords></n:news></url></urlset>`)
	checkArticle(t, &a, map[string]string{
		"title": "Ferries & trains", "source": "Harbour Post", "published": "2026-01-05T09:00:00Z", "url": "http://example.org/a?x=1&y=2",
		"topics": `[{"by":"stated","origin":"stated","path":"sea"},{"by":"stated","origin":"stated","path":"rail"}]`, "key": "s.xml#http://example.org/a?x=1&y=2",
	})
}
