package extract

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// newsPage is what a page of a newspaper looks like: the article, and all
// that stands around it.
const newsPage = `<!doctype html>
<html lang="en_gb"><head>
<title>Why the bank waited | Economy | The Harbour Times</title>
<link rel="canonical" href="/economy/why-the-bank-waited">
<meta property="og:site_name" content="The Harbour Times">
<meta property="og:title" content="Why the bank waited - The Harbour Times">
<meta property="og:description" content="Six months of doubt &amp;amp; what came of them.">
<meta property="article:published_time" content="2026-01-12T08:30:00+01:00">
<meta property="article:modified_time" content="2026-01-13T09:00:00+01:00">
<meta property="article:tag" content="Economy"><meta property="article:tag" content="Interest rates">
<meta name="author" content="By Ada Okoye and Per Lindqvist">
<style>p { color: red }</style><script>var x = "<p>not text</p>"</script>
</head><body class="page has-sidebar">
<header><nav><ul><li><a href="/">Home</a></li><li><a href="/economy">Economy</a></li></ul></nav></header>
<main><article class="story">
<h1>Why the bank waited</h1>
<div class="byline">By <a rel="author" href="/ada">Ada Okoye</a></div>
<figure><img src="bank.jpg" alt=""><figcaption>The bank on a grey morning in the harbour. Photo: P. Lindqvist</figcaption></figure>
<p>For six months the central bank watched prices rise, and for six months it did nothing, to the surprise of nearly everyone who trades in its debt.</p>
<div class="newsletter-signup"><p>Get the morning briefing, every day at seven, with all that matters.</p><form><input name="mail"></form></div>
<p>Its governor, who had promised to act early, said that <em>waiting</em>&nbsp;was the harder choice, and that the&shy; numbers of spring would prove it.</p>
<h2>What the minutes <a href="/m">say</a></h2>
<p>The minutes tell another story. Three members wanted to act in June, two in July, and by August, when the vote was called, there was no majority left for either.</p>
<ul><li>June: five to three against a rise, with one member absent.</li><li>July: four to four, the governor abstaining.</li></ul>
<aside><h3>Related</h3><p>More on interest rates, on the harbour, and on the governor's first year in office.</p></aside>
<p><a href="/other">Read more: how the harbour paid for its new wall</a></p>
<blockquote><p>“We were not divided,” the governor said, “we were thorough, and that takes the time it takes.”</p></blockquote>
<table><tr><th>Month</th><th>Rate</th></tr><tr><td>June</td><td>2.0</td></tr></table>
<p>Whether the markets will forgive the bank is another matter; they seldom do, and in the harbour they have long memories.</p>
</article></main>
<section class="comments"><h2>Comments</h2><p>First! I have always said that the bank is asleep, and now everybody can see it, too.</p></section>
<footer><p>© The Harbour Times. All rights reserved, including those to text and data mining.</p></footer>
</body></html>`

func TestHTMLNewsPage(t *testing.T) {
	got, err := HTML(newsPage, "https://harbour.example/economy/why-the-bank-waited?utm=1")
	if err != nil {
		t.Fatal(err)
	}
	want := Page{
		Title:    "Why the bank waited",
		Summary:  "Six months of doubt & what came of them.",
		Language: "en-GB",
		URL:      "https://harbour.example/economy/why-the-bank-waited",
		Source:   "The Harbour Times",
		Authors:  []string{"Ada Okoye", "Per Lindqvist"},
		Topics:   []string{"Economy", "Interest rates"},
		Blocks: []Block{
			para("For six months the central bank watched prices rise, and for six months it did nothing, to the surprise of nearly everyone who trades in its debt."),
			para("Its governor, who had promised to act early, said that waiting was the harder choice, and that the numbers of spring would prove it."),
			head(2, "What the minutes say"),
			para("The minutes tell another story. Three members wanted to act in June, two in July, and by August, when the vote was called, there was no majority left for either."),
			para("June: five to three against a rise, with one member absent."),
			para("July: four to four, the governor abstaining."),
			para("“We were not divided,” the governor said, “we were thorough, and that takes the time it takes.”"),
			para("Month | Rate"),
			para("June | 2.0"),
			para("Whether the markets will forgive the bank is another matter; they seldom do, and in the harbour they have long memories."),
		},
	}
	if s := got.Published.Format(time.RFC3339); s != "2026-01-12T08:30:00+01:00" {
		t.Errorf("published %s", s)
	}
	if s := got.Updated.Format(time.RFC3339); s != "2026-01-13T09:00:00+01:00" {
		t.Errorf("updated %s", s)
	}
	if got.PublishedAs != "2026-01-12T08:30:00+01:00" {
		t.Errorf("published as %s", got.PublishedAs)
	}
	got.Published, got.PublishedAs, got.Updated = time.Time{}, "", time.Time{}
	got.From = Origins{} // see TestHTMLOrigins
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// Small pages and fragments have no furniture; nothing of them may be lost.
func TestHTMLPlain(t *testing.T) {
	for _, tc := range []struct {
		name, in string
		title    string
		want     []Block
	}{
		{name: "nothing"},
		{name: "text without a tag", in: "Just a line & nothing else.", want: []Block{para("Just a line & nothing else.")}},
		{name: "a fragment", in: "<p>One.<p>Two <b>bold</b>.", want: []Block{para("One."), para("Two bold.")}},
		{
			name: "by hand", in: "<html><head><title>Notes from the harbour</title></head><body><h1>Notes from the harbour</h1>" +
				"<p>12 January 2026<p>It rained.<h2>Later</h2>It rained more.<br>And more.<br><br>Then it stopped.</body></html>",
			title: "Notes from the harbour",
			want: []Block{
				para("12 January 2026"), para("It rained."), head(2, "Later"), para("It rained more.\nAnd more."), para("Then it stopped."),
			},
		},
		{
			name: "the only h1 is the title", in: "<title>Untitled</title><h1>A harbour's <i>price</i></h1><p>It is high.",
			title: "A harbour's price", want: []Block{para("It is high.")},
		},
		{
			name: "a page that is one form", in: `<body><form id="aspnetForm"><div>The whole text stands in a form.</div></form></body>`,
			want: []Block{para("The whole text stands in a form.")},
		},
		{
			name: "nothing but what looks like decoration", in: `<body><div class="sidebar"><nav><p>Short note.</p></nav></div></body>`,
			want: []Block{para("Short note.")},
		},
		{name: "headings alone", in: "<h2>One</h2><h3>Two</h3>", want: []Block{head(2, "One"), head(3, "Two")}},
		{
			name: "spaces of source text", in: "<p>  one\n\t two<span> three</span>\n<i> four</i> </p>",
			want: []Block{para("one two three four")},
		},
		{
			name: "pre keeps its lines", in: "<pre>one\n  two\n\nthree</pre>", want: []Block{para("one\n  two"), para("three")},
		},
		{
			name: "unclosed tags", in: "<div><p>One <b>two <i>three</p><p>four</div><p>five",
			want: []Block{para("One two three"), para("four"), para("five")},
		},
		{
			name: "a table that lays out a page",
			in:   "<table><tr><td><p>Left column.</p></td><td>Right column.<br>Second line.</td></tr></table>",
			want: []Block{para("Left column."), para("Right column.\nSecond line.")},
		},
		{
			name: "what browsers do not show",
			in:   "<p>Seen</p><script>x</script><style>y</style><template><p>z</p></template><svg><text>v</text></svg><p hidden>w</p><!-- c -->",
			want: []Block{para("Seen")},
		},
		{name: "controls and entities", in: "<p>a&#0;b&#146;s&nbsp;c\x01</p>", want: []Block{para("a\ufffdb’s c")}},
	} {
		got, err := HTML(tc.in, "")
		if err != nil {
			t.Errorf("%s: %v", tc.name, err)
			continue
		}
		if got.Title != tc.title {
			t.Errorf("%s: title %q, want %q", tc.name, got.Title, tc.title)
		}
		if d := cmp.Diff(tc.want, got.Blocks); d != "" {
			t.Errorf("%s (-want +got):\n%s", tc.name, d)
		}
	}
}

func TestHTMLFacts(t *testing.T) {
	ld := func(s string) string { return `<script type="application/ld+json">` + s + `</script>` }
	day := "2026-01-12"
	for _, tc := range []struct {
		name, in string
		want     Page
		day      string
	}{
		{
			name: "JSON-LD",
			in: ld(`{"@context":"https://schema.org","@type":"NewsArticle","headline":"The price of delay","description":"On waiting.",
				"datePublished":"2026-01-12T08:00:00Z","author":{"@type":"Person","name":"Ada Okoye"},"inLanguage":"de",
				"publisher":{"@type":"Organization","name":"Harbour Times"},"keywords":"economy, rates","url":"https://h.example/a/1"}`),
			want: Page{
				Title: "The price of delay", Summary: "On waiting.", Authors: []string{"Ada Okoye"}, Language: "de",
				Source: "Harbour Times", Topics: []string{"economy", "rates"}, URL: "https://h.example/a/1",
			},
			day: day,
		},
		{
			name: "a graph whose nodes refer to each other",
			in: ld(`{"@graph":[{"@type":"WebPage","@id":"#page","inLanguage":"fr"},{"@type":["Article","BlogPosting"],"headline":"A",
				"author":[{"@id":"#ada"},{"@id":"#per"}],"publisher":{"@id":"#org"},"keywords":["x",{"name":"y"}]},
				{"@type":"Person","@id":"#ada","name":"Ada Okoye"},{"@type":"Person","@id":"#per","name":"Per Lindqvist"},
				{"@type":"Organization","@id":"#org","name":"Harbour Times"}]}`),
			want: Page{Title: "A", Authors: []string{"Ada Okoye", "Per Lindqvist"}, Source: "Harbour Times", Topics: []string{"x", "y"}},
		},
		{
			name: "the article that has the page's title, not the first teaser",
			in: `<meta property="og:title" content="B">` + ld(`[{"@type":"NewsArticle","headline":"A","datePublished":"2025-05-05"},
				{"@type":"NewsArticle","headline":"B","datePublished":"2026-01-12"}]`),
			want: Page{Title: "B"}, day: day,
		},
		{
			name: "JSON with line breaks, commas and comments that don't belong",
			in:   ld("<!-- \n{\"@type\":\"Article\",\"headline\":\"Two\nlines\",\"author\":[\"Ada Okoye\",],\"x\":\"\\q\",}\n-->;"),
			want: Page{Title: "Two lines", Authors: []string{"Ada Okoye"}},
		},
		{
			name: "JSON that cannot be mended",
			in:   ld(`{"@type":"Article","headline":"Saved \"from\" it","description":"one "two" three","datePublished":"2026-01-12"`),
			want: Page{Title: `Saved "from" it`, Summary: `one "two" three`}, day: day,
		},
		{
			name: "an organization yields to a person",
			in: ld(`{"@type":"Article","headline":"A","author":{"@type":"Organization","name":"Harbour Times"}}`) +
				`<meta name="author" content="Ada Okoye">`,
			want: Page{Title: "A", Authors: []string{"Ada Okoye"}},
		},
		{
			name: "but is better than nothing", in: `<meta name="author" content="Harbour Times"><meta property="og:site_name" content="Harbour Times">`,
			want: Page{Authors: []string{"Harbour Times"}, Source: "Harbour Times"},
		},
		{
			name: "meta tags of libraries",
			in: `<meta name="DC.title" content="On delay"><meta name="citation_author" content="Okoye, Ada"><meta name="citation_author" content="Lindqvist, Per">
				<meta name="citation_date" content="2026/01/12"><meta name="DC.language" content="PT-br"><meta name="DC.publisher" content="Harbour Press">
				<meta name="keywords" content="ships; trade">`,
			want: Page{
				Title: "On delay", Authors: []string{"Ada Okoye", "Per Lindqvist"}, Language: "pt-BR", Source: "Harbour Press",
				Topics: []string{"ships", "trade"},
			},
			day: day,
		},
		{name: "time marked as published", in: `<time datetime="2020-01-01">x</time><time itemprop="datePublished" datetime="2026-01-12">x</time>`, want: Page{Blocks: []Block{para("xx")}}, day: day},
		{name: "time in words", in: `<time>January 12, 2026</time>`, want: Page{Blocks: []Block{para("January 12, 2026")}}, day: day},
		{name: "a class that says date", in: `<span class="post-date">12.01.2026</span>`, want: Page{Blocks: []Block{para("12.01.2026")}}, day: day},
		{name: "a line of date and author", in: `<p>Mo 12.01.26 | 14:07 Uhr | Von Ada Okoye und anderen</p>`, want: Page{Blocks: []Block{para("Mo 12.01.26 | 14:07 Uhr | Von Ada Okoye und anderen")}}, day: day},
		{name: "address", in: `<link rel="canonical" href="https://h.example/2026/01/12/delay/">`, want: Page{URL: "https://h.example/2026/01/12/delay/", Source: "h.example"}, day: day},
		{name: "canonical link to the front page", in: `<link rel="canonical" href="https://h.example/">`, want: Page{URL: "https://w.example/a", Source: "w.example"}},
		{name: "address that is none", in: `<link rel="canonical" href="javascript:x()"><meta property="og:url" content="http://[::1">`, want: Page{URL: "https://w.example/a", Source: "w.example"}},
		{name: "language that is none", in: `<html lang="x-default"><meta http-equiv="Content-Language" content="en, de">`, want: Page{Language: "en"}},
		{
			name: "text in JSON-LD only",
			in:   `<div id="root"></div>` + ld(`{"@type":"Article","headline":"A","articleBody":"The first paragraph.\n\nThe second paragraph &amp; its end."}`),
			want: Page{Title: "A", Blocks: []Block{para("The first paragraph."), para("The second paragraph & its end.")}},
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, err := HTML(tc.in, "https://w.example/a")
			if err != nil {
				t.Fatal(err)
			}
			if tc.want.URL == "" {
				tc.want.URL = "https://w.example/a"
			}
			if tc.want.Source == "" {
				tc.want.Source = "w.example"
			}
			if s := strings.TrimSuffix(got.Published.Format(time.DateOnly), "0001-01-01"); s != tc.day {
				t.Errorf("published %s, want %s", s, tc.day)
			}
			got.Published, got.PublishedAs, got.From = time.Time{}, "", Origins{}
			if d := cmp.Diff(tc.want, got); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}

// A page is told of which less than a third was taken, and no other.
func TestHTMLLeftOut(t *testing.T) {
	long := strings.Repeat("<li><em>The pilots</em> wait for the tide at berth nine, and nobody tells them when it comes.</li>", 20)
	side := `<aside><p>` + strings.Repeat("Buy a boat, and buy it now. ", 60) + `</p></aside>`
	for _, tc := range []struct {
		name, in string
		told     bool
	}{
		{"a page of a newspaper", newsPage, false},
		{"a page by hand", "<h1>Tides</h1><p>They come and go.</p>", false},
		{"a short text with much beside it", fmt.Sprintf(frames["busy"], paragraphsOf(prose[0])) + side, false},
		{"a page that is mostly something else", fmt.Sprintf(frames["busy"], paragraphsOf(prose...)) +
			`<div class="data">` + strings.Repeat("<dl><dt>Berth</dt><dd>9 metres</dd></dl>", 200) + `</div>`, true},
		{"a list that is named as something beside", `<h1>Tides</h1><p>Short.</p><ul class="menu">` + long + `</ul>`, false},
	} {
		p, err := HTML(tc.in, "")
		if err != nil {
			t.Fatal(err)
		}
		if told := p.LeftOut.Shown > 0; told != tc.told || told && (p.LeftOut.Taken*3 >= p.LeftOut.Shown || p.LeftOut.Start == "") {
			t.Errorf("%s: %+v", tc.name, p.LeftOut)
		}
	}
}

func TestHTMLOrigins(t *testing.T) {
	for _, tc := range []struct {
		name, in string
		want     Origins
	}{
		{
			"the page of a newspaper", newsPage,
			Origins{
				Title: "og:title", Summary: "og:description", Language: "html lang", URL: "link canonical", Source: "og:site_name",
				Authors: "author", Topics: "article:tag", Published: "article:published_time", Updated: "article:modified_time",
			},
		},
		{
			"elements",
			`<h1>Delay</h1><p class=byline>By Ada Okoye</p><time datetime="2026-01-12">Monday</time><p>` + strings.Repeat("Ships wait. ", 20),
			Origins{Title: "h1", Source: "host", Authors: "byline element", Published: "time element"},
		},
		{"nothing but text", "<p>12 January 2026</p><p>" + strings.Repeat("Ships wait. ", 20), Origins{Source: "host", Published: "dateline"}},
	} {
		got, err := HTML(tc.in, "https://harbour.example/")
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(tc.want, got.From); d != "" {
			t.Errorf("%s (-want +got):\n%s", tc.name, d)
		}
	}
}

func TestTitle(t *testing.T) {
	const site = `<meta property="og:site_name" content="Harbour Times">`
	for _, tc := range []struct{ name, in, want string }{
		{"site behind", site + "<title>Delay - Harbour Times</title>", "Delay"},
		{"site in front", site + "<title>Harbour Times | Delay</title>", "Delay"},
		{"site and section behind", site + "<title>The long delay | Economy | Harbour Times</title><h1>The long delay</h1>", "The long delay"},
		{"section that nothing tells", site + "<title>The delay | Economy | Harbour Times</title>", "The delay | Economy"},
		{"site as an address", `<link rel=canonical href="https://www.harbour.example/a"><title>Delay — harbour.example</title>`, "Delay"},
		{"site in Japanese", `<meta property="og:site_name" content="港新聞"><title>遅れの代価：港新聞</title>`, "遅れの代価"},
		{"hyphens of the headline", site + "<title>North - South talks - Harbour Times</title>", "North - South talks"},
		{"title that is the site", site + "<title>Harbour Times</title>", "Harbour Times"},
		{"kicker is no title", site + `<meta property="og:title" content="Delay – a story of waiting"><h1>Delay</h1>`, "Delay – a story of waiting"},
		{"h1 of which the title speaks", site + "<title>The price of delay – Harbour</title><h1>Log in</h1><h1>The price of delay</h1>", "The price of delay"},
		{"escaped twice", `<meta property="og:title" content="Ships &amp;amp; trade">`, "Ships & trade"},
		{"title of a drawing", "<svg><title>Logo</title></svg><h1>Delay</h1>", "Delay"},
	} {
		if p, err := HTML(tc.in, ""); p.Title != tc.want || err != nil {
			t.Errorf("%s: %q, %v, want %q", tc.name, p.Title, err, tc.want)
		}
	}
}

// Pages that were made to exhaust a reader are read in bounded time and
// space, and what text they have is found.
func TestHTMLHostile(t *testing.T) {
	const n = 200_000
	numbered := func(format string, n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, format, i)
		}
		return b.String()
	}
	for name, page := range map[string]string{
		"deep":                           strings.Repeat("<div>", n) + "the text",
		"deep and crooked":               strings.Repeat("<b><p>", n/2) + "the text" + strings.Repeat("</b>", n/2),
		"deep classes":                   strings.Repeat(`<div class="author date menu">`, 400) + strings.Repeat("<i></i>", n/8) + "the text",
		"deep tables":                    strings.Repeat("<table><tr><td>", 150) + strings.Repeat("<i></i>", n/8) + "the text",
		"wide":                           strings.Repeat("<p>", n) + "the text",
		"wide with words":                strings.Repeat("<p>a", n/2) + "<p>the text",
		"more tags than a tree may have": strings.Repeat("<p>", maxTags+1) + "the text",
		"breaks":                         strings.Repeat("<br>", n) + "the text",
		"breaks in lines":                strings.Repeat("<br>a", n/8) + "<p>the text",
		"formats":                        numbered("<font size=%d>", 400) + strings.Repeat("<p>a", n/20) + "<p>the text",
		"headings":                       "<title>a b c</title>" + strings.Repeat("<h2>a b c d</h2>", n/10) + "the text",
		"links":                          strings.Repeat("<a href=x>a</a> ", n/8) + "<p>the text",
		"one attribute":                  `<p title="` + strings.Repeat("x", 10*n) + `">the text`,
		"attributes":                     "<p " + numbered("a%d=1 ", n/8) + ">the text",
		"one class":                      `<p class="` + strings.Repeat("x-", 10*n) + `">the text`,
		"a name":                         "<" + strings.Repeat("x", 10*n) + "><p>the text",
		"a comment":                      "<p>the text<!--" + strings.Repeat("-", 10*n),
		"an open script":                 "<p>the text<script>" + strings.Repeat("<p>", n),
		"metas":                          numbered(`<meta name=n%d content=x>`, n/4) + "<p>the text",
		"one meta":                       strings.Repeat(`<meta name=keywords content="a,b">`, n/8) + "<p>the text",
		"deep JSON":                      `<script type="application/ld+json">` + strings.Repeat(`{"@graph":[`, n) + "</script><p>the text",
		"wide JSON":                      `<script type="application/ld+json">[` + strings.Repeat(`{"@type":"Article"},`, n/8) + `0]</script><p>the text`,
		"broken JSON":                    `<script type="application/ld+json">` + strings.Repeat(`{"headline":"`, n) + "</script><p>the text",
		"entities":                       strings.Repeat("&amp;lt;", n) + "<p>the text",
		"marks":                          strings.Repeat("a<sup>1</sup>", n/8) + "<p>the text",
		"buttons":                        "<p>a " + strings.Repeat("<button>a</button> b ", n/8) + "<p>the text",
		"readings":                       strings.Repeat("<ruby>a<rt>b", n/8) + "<p>the text",
		"widgets":                        strings.Repeat(`<div class="quote widget" id=comments>`, 400) + strings.Repeat("<i></i>", n/8) + "the text",
		"frameset":                       "<frameset><frame></frameset><noframes>x</noframes>the text",
		"charset that is none":           "<meta charset=\xff\xfe><p>the text\xff",
		"select":                         "<select>" + strings.Repeat("<option>a", n/4) + "</select><p>the text",
	} {
		p, err := HTML(page, "http://h.example/")
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		checkPage(t, p)
		if name != "frameset" && !strings.Contains(pageText(p), "the text") {
			t.Errorf("%s: the text is lost; %d blocks", name, len(p.Blocks))
		}
		if len(p.Blocks) > maxBlocks {
			t.Errorf("%s: %d blocks", name, len(p.Blocks))
		}
	}
}

// A page is read tag by tag where no tree can be made; headings, paragraphs
// and facts are found all the same.
func TestHTMLStream(t *testing.T) {
	page := `<html lang=en><head><title>Delay</title><meta name=author content="Ada Okoye"><script>x("<p>no</p>")</script>` +
		`<script type="application/ld+json">{"@type":"Article","datePublished":"2026-01-12"}</script></head><body>` +
		strings.Repeat("<div>", 1000) + "<h1>Delay</h1><p>One <b>bold</b> word.<h2>Why</h2><p>Because.<br>So.</p>" + strings.Repeat("</div>", 1000)
	p, err := HTML(page, "")
	if err != nil {
		t.Fatal(err)
	}
	want := Page{
		Title: "Delay", Language: "en", Authors: []string{"Ada Okoye"},
		Published: time.Date(2026, 1, 12, 0, 0, 0, 0, time.UTC), PublishedAs: "2026-01-12",
		From:   Origins{Title: "h1", Language: "html lang", Authors: "author", Published: "JSON-LD datePublished"},
		Blocks: []Block{para("One bold word."), head(2, "Why"), para("Because.\nSo.")},
	}
	if d := cmp.Diff(want, p); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func FuzzHTML(f *testing.F) {
	for _, s := range []string{
		newsPage, "<p>a<p>b", "<table><tr><td>a<td>b", "<pre>a\n\n b</pre>", "<h1>a</h1><h1>a</h1>", "a<br><br>b",
		`<script type="application/ld+json">{"@type":"Article","headline":"\u0000a","author":[[]],"keywords":{"name":1}}</script>`,
		`<meta property="og:title" content="a|b"><title>c</title>`, `<time datetime="2026-01-12">`, "<frameset>", "<svg><p>", "<math><mi>",
		`<html lang="a--b"><base href="%zz">`, `<link rel=canonical href="//h.example/a">`, "<noscript><p>a", "<select><p>a", "<a><table><a>",
	} {
		f.Add(s, "https://h.example/a")
	}
	f.Fuzz(func(t *testing.T, page, url string) {
		p, err := HTML(page, url)
		if err != nil {
			t.Skip(err)
		}
		checkPage(t, p)
	})
}

// checkPage fails the test unless all strings of a page are clean.
func checkPage(t *testing.T, p Page) {
	t.Helper()
	checkBlocks(t, p.Blocks)
	for what, s := range map[string]string{
		"title": p.Title, "summary": p.Summary, "language": p.Language, "URL": p.URL, "source": p.Source,
		"authors": strings.Join(p.Authors, "|"), "topics": strings.Join(p.Topics, "|"),
	} {
		checkClean(t, what, s)
		if what != "URL" && strings.ContainsAny(s, "\n\t") {
			t.Errorf("%s of several lines: %q", what, s)
		}
	}
}
