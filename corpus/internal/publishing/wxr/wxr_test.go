package wxr

import (
	"strings"
	"testing"
	"time"

	"github.com/newsq/newsq/corpus/internal/reader/readertest"
	"github.com/newsq/newsq/corpus/internal/record"
)

// withItems returns an export with the items given.
func withItems(items string) string {
	return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Harbour Post</title><link>http://example.org</link><language>en-GB</language><wp:base_blog_url>http://example.org</wp:base_blog_url>
<wp:author><wp:author_login><![CDATA[jroe]]></wp:author_login><wp:author_display_name><![CDATA[Jane Roe]]></wp:author_display_name></wp:author>
<wp:author><wp:author_login>admin</wp:author_login><wp:author_display_name>admin</wp:author_display_name></wp:author>` + items + `</channel></rss>`
}

// post returns an item of a type and a status.
func post(kind, status, more string) string {
	return `<item><title><![CDATA[Ferries stop]]></title><link>http://example.org/ferries</link><pubDate>Mon, 05 Jan 2026 09:00:00 +0000</pubDate>
<dc:creator><![CDATA[jroe]]></dc:creator><guid isPermaLink="false">http://example.org/?p=7</guid><content:encoded><![CDATA[One.

Two.]]></content:encoded><excerpt:encoded><![CDATA[In short.]]></excerpt:encoded><wp:post_id>7</wp:post_id><wp:post_date>2026-01-05 10:00:00</wp:post_date>
<wp:post_date_gmt>2026-01-05 09:00:00</wp:post_date_gmt><wp:status>` + status + `</wp:status><wp:post_type>` + kind + `</wp:post_type>` + more + `</item>`
}

func TestFields(t *testing.T) {
	recs, faults := readertest.Read(t, Read, "x.xml", withItems(post("post", "publish", `<category domain="category" nicename="sea"><![CDATA[The sea]]></category>
<category domain="category" nicename="uncategorized">Uncategorized</category><category domain="post_format" nicename="x">Aside</category>
<category domain="location" nicename="bay">Bay</category><category domain="nav_menu" nicename="m">Menu</category>
<wp:comment><wp:comment_content>Nonsense</wp:comment_content></wp:comment>`)))
	if len(recs) != 1 || len(faults) != 0 {
		t.Fatal(recs, faults)
	}
	for f, want := range map[record.Field]string{
		record.Title: "Ferries stop", record.Body: "One.\n\nTwo.", record.Summary: "In short.", record.Authors: "Jane Roe", record.Source: "Harbour Post",
		record.Published: "2026-01-05T10:00:00+01:00", record.Topics: "The sea", record.Places: "Bay", record.URL: "http://example.org/ferries",
		record.ID: "http://example.org/?p=7", record.Language: "en-GB", record.Updated: "",
	} {
		if got := strings.Join(readertest.Texts(&recs[0], f), "|"); got != want {
			t.Errorf("%v: %q, want %q", f, got, want)
		}
	}
}

// Only published posts and pages, and types that are articles by their names, are
// articles.
func TestWhichItems(t *testing.T) {
	for _, tt := range []struct {
		kind, status, more string
		want               int
	}{
		{"post", "publish", "", 1},
		{"<![CDATA[post]]>", "<![CDATA[publish]]>", "<wp:post_password><![CDATA[]]></wp:post_password>", 1},
		{"page", "publish", "", 1},
		{"press_release", "publish", "", 1},
		{"news", "publish", "", 1},
		{"blog-post", "publish", "", 1},
		{"post", "publish", "<wp:post_password>secret</wp:post_password>", 0},
		{"post", "draft", "", 0},
		{"post", "private", "", 0},
		{"post", "pending", "", 0},
		{"post", "future", "", 0},
		{"post", "inherit", "", 0},
		{"post", "trash", "", 0},
		{"nav_menu_item", "publish", "", 0},
		{"attachment", "inherit", "", 0},
		{"wp_global_styles", "publish", "", 0},
		{"product", "publish", "", 0},
	} {
		recs, faults := readertest.Read(t, Read, "x.xml", withItems(post(tt.kind, tt.status, tt.more)))
		if len(recs) != tt.want || len(faults) != 1-tt.want {
			t.Errorf("%s %s %s: %d articles, %v", tt.kind, tt.status, tt.more, len(recs), faults)
		}
	}
}

func TestDates(t *testing.T) {
	for dates, want := range map[string]string{
		`<wp:post_date>2026-01-05 10:00:00</wp:post_date><wp:post_date_gmt>2026-01-05 15:00:00</wp:post_date_gmt>`:                                                    "2026-01-05T10:00:00-05:00",
		`<wp:post_date>2026-01-05 10:00:00</wp:post_date><wp:post_date_gmt>0000-00-00 00:00:00</wp:post_date_gmt>`:                                                    "2026-01-05 10:00:00",
		`<wp:post_date>0000-00-00 00:00:00</wp:post_date><wp:post_date_gmt>0000-00-00 00:00:00</wp:post_date_gmt><pubDate>Wed, 30 Nov -0001 00:00:00 +0000</pubDate>`: "",
		`<pubDate>Mon, 05 Jan 2026 09:00:00 +0000</pubDate>`:                                                                                                          "Mon, 05 Jan 2026 09:00:00 +0000",
		`<pubDate></pubDate>`: "",
	} {
		recs, _ := readertest.Read(t, Read, "x.xml", withItems(`<item><title>A</title><wp:post_type>post</wp:post_type><wp:status>publish</wp:status>`+dates+`</item>`))
		if got := readertest.First(recs, record.Published); got != want {
			t.Errorf("%s: %q, want %q", dates, got, want)
		}
	}
}

func TestAuthors(t *testing.T) {
	for item, want := range map[string]string{
		`<dc:creator>jroe</dc:creator>`:     "Jane Roe",
		`<dc:creator>John Doe</dc:creator>`: "John Doe",
		`<dc:creator>admin</dc:creator>`:    "",
		`<dc:creator>admin</dc:creator><category domain="author" nicename="cap-jroe">jroe</category><category domain="author" nicename="cap-john-doe">John Doe</category>`: "Jane Roe|John Doe",
	} {
		recs, _ := readertest.Read(t, Read, "x.xml", withItems(`<item><title>A</title>`+item+`</item>`))
		if got := strings.Join(readertest.Texts(&recs[0], record.Authors), "|"); got != want {
			t.Errorf("%s: %q, want %q", item, got, want)
		}
	}
}

func TestText(t *testing.T) {
	for in, want := range map[string]string{
		`A [caption id="x" align="left"]<img src="a"> A ship[/caption] B`: "A \n\n<img src=\"a\"> A ship\n\n B",
		`[caption caption="A ship"]<img>[/caption]`:                       "\n\nA ship <img>\n\n",
		`A[gallery ids="1,2"]B`:                                           "AB",
		`A[gallery]B`:                                                     "AB",
		`A [embed]http://x.example[/embed] B`:                             "A  B",
		`[vc_row][vc_column_text]Text[/vc_column_text][/vc_row]`:          "\n\n\n\nText\n\n\n\n",
		`He said it [sic] was [1] "[the] end" [...]`:                      `He said it [sic] was [1] "[the] end" [...]`,
		`Write [[gallery]] here`:                                          "Write [gallery] here",
		`[contact-form-7 id="1" title="x"]`:                               "",
		`A[footnote]B[/footnote]`:                                         "AB",
		`[dropcap]T[/dropcap]he end`:                                      "The end",
		`[video]x`:                                                        "x",
		`[AP Photo/J. Roe]`:                                               `[AP Photo/J. Roe]`,
	} {
		if got := Text(in); got != want {
			t.Errorf("%s: %q, want %q", in, got, want)
		}
	}
	Text(strings.Repeat("[gallery][embed a=", 50_000) + "[/gallery]")
}

// A file that is not well-formed is read as far as it goes.
func TestDamaged(t *testing.T) {
	s := withItems(post("post", "publish", "<b>&nbsp; & <") + post("post", "publish", ""))
	recs, _ := readertest.Read(t, Read, "x.xml", s[:len(s)-25])
	if len(recs) != 2 {
		t.Error(len(recs))
	}
}

func TestRecognize(t *testing.T) {
	for content, want := range map[string]bool{
		withItems(""): true, `<rss><channel><generator>https://wordpress.org/?v=6</generator>`: false, `<rss><wp:wxr_version>1.2`: true,
	} {
		if got := Recognize(readertest.Head("x.xml", content)); got != want {
			t.Errorf("%s: %v", content, got)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(withItems(post("post", "publish", "")))
	f.Add(withItems(post("news", "publish", `<category domain="author">[a b="c"]x[/a]`)))
	f.Fuzz(func(t *testing.T, s string) {
		readertest.Read(t, Read, "x.xml", s)
		Text(s)
	})
}

// A site may have as many categories as posts, and both be many.
func TestManyTerms(t *testing.T) {
	const n = 20_000
	start := time.Now()
	recs, _ := readertest.Read(t, Read, "x.xml", withItems(strings.Repeat(`<wp:tag><wp:tag_name>x</wp:tag_name></wp:tag>`, n)+
		strings.Repeat(`<item><title>A</title><wp:post_type>post</wp:post_type></item>`, n)))
	if took := time.Since(start); len(recs) != n || took > 20*time.Second {
		t.Errorf("%d records in %v", len(recs), took)
	}
}
