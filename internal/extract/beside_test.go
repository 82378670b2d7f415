package extract

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// prose are paragraphs to stand around what a test is about.
var prose = []string{
	"The dredgers left the estuary on Sunday, and by Monday evening the pilots reported a bank of silt where the charts still show nine metres.",
	"Two of the smaller yards have asked for credit until the autumn, which the provincial lender is willing to give them at a price.",
	"Nobody in the capital wants to be the minister who closes the last coal berth, even though no collier has called there since the winter.",
	"A report on the breakwater, due since spring, now is to appear together with the figures on freight, when few will read either of them.",
	"For the crews, little changes: they wait outside of the bar for the tide, as their grandfathers did, and listen to the same weather.",
}

func paragraphsOf(texts ...string) string { return "<p>" + strings.Join(texts, "</p>\n<p>") + "</p>\n" }

// frames are pages around an article, each with %s for it: as small as pages
// made by hand, with all that stands around articles of newspapers, and
// without an element that says where the article is.
var frames = map[string]string{
	"small": `<html><head><title>The silt and the yards</title></head><body><nav><a href="/">Home</a></nav>
		<main><article><h1>The silt and the yards</h1>%s</article></main><footer>Imprint</footer></body></html>`,
	"busy": `<html><head><title>The silt and the yards</title></head><body class="has-sidebar">` + menu(60) +
		`<div id="page"><div class="grid"><main><article class="story"><header><h1>The silt and the yards</h1></header>
		<div class="story-body">%s</div></article></main><div class="sidebar">` + menu(20) + `</div></div></div>` + menu(30) + `</body></html>`,
	"unmarked": `<html><head><title>The silt and the yards</title></head><body>` + menu(40) +
		`<div id="content"><h1>The silt and the yards</h1>%s</div>` + menu(30) + `</body></html>`,
}

func menu(n int) string {
	var b strings.Builder
	b.WriteString("<ul>")
	for i := range n {
		fmt.Fprintf(&b, `<li><span><a href="/m/%d">Section number %d</a></span></li>`, i, i)
	}
	b.WriteString("</ul>")
	return b.String()
}

// Each article is read in all frames; what it has has to be there, and what
// stands beside it has not.
func TestBeside(t *testing.T) {
	start, end := paragraphsOf(prose[:3]...), paragraphsOf(prose[3:]...)
	for _, tc := range besideCases(start, end) {
		for frame, page := range frames {
			if slices.Contains(tc.not, frame) {
				continue
			}
			p, err := HTML(fmt.Sprintf(page, tc.article), "https://silt.example/a")
			if err != nil {
				t.Fatal(err)
			}
			text := pageText(p)
			for _, s := range tc.has {
				if !strings.Contains(text, s) {
					t.Errorf("%s (%s): lost %q in\n%s", tc.name, frame, s, text)
				}
			}
			for _, s := range tc.lacks {
				if strings.Contains(text, s) {
					t.Errorf("%s (%s): has %q in\n%s", tc.name, frame, s, text)
				}
			}
			var headings []string
			for _, b := range p.Blocks {
				if b.Heading {
					headings = append(headings, b.Text)
				}
			}
			if !slices.Equal(headings, tc.headings) {
				t.Errorf("%s (%s): headings %q, want %q", tc.name, frame, headings, tc.headings)
			}
		}
	}
}

type besideCase struct {
	name, article string
	headings      []string
	has, lacks    []string
	not           []string // frames to leave out
}

func besideCases(start, end string) []besideCase {
	chapter := func(id, heading string) string {
		return fmt.Sprintf("<h2 id=%q>%s</h2>", id, heading) + paragraphsOf(prose[1])
	}
	elementor := func(kind, inner string) string {
		return `<div class="elementor-element elementor-element-4f1a elementor-widget elementor-widget-` + kind +
			`" data-widget_type="` + kind + `.default"><div class="elementor-widget-container">` + inner + `</div></div>`
	}
	panel := func(inner string) string {
		return `<div class="so-panel widget widget_sow-editor"><div class="so-widget-sow-editor so-widget-sow-editor-base">` +
			`<div class="siteorigin-widget-tinymce textwidget">` + inner + `</div></div></div>`
	}
	row := func(inner string) string {
		return `<div class="vc_row wpb_row"><div class="wpb_column"><div class="wpb_wrapper"><div class="wpb_text_column"><div class="wpb_wrapper">` +
			inner + `</div></div></div></div></div>`
	}
	return []besideCase{
		{
			name: "anchors in several languages",
			article: start + chapter("share-of-the-south", "The share of the south") + chapter("soziale-netzwerke", "Soziale Netzwerke") +
				chapter("sponsor", "Who pays") + chapter("publicidad-y-banner", "Publicidad y banner") + chapter("menu", "Menu of reforms") + end,
			headings: []string{"The share of the south", "Soziale Netzwerke", "Who pays", "Publicidad y banner", "Menu of reforms"},
		},
		{
			name: "classes of headings",
			article: start + `<h2 class="wp-block-heading header-with-anchor-widget">Silt</h2>` + paragraphsOf(prose[0]) +
				`<h3 class="section-banner related">Yards</h3>` + paragraphsOf(prose[1]) + `<h3 class="subscribe-anchor">Berths</h3>` + end,
			headings: []string{"Silt", "Yards", "Berths"},
		},
		{
			name: "headings by role, and signs beside headings",
			article: start + `<div role="heading" aria-level="3" class="share-silt">Silt for sale</div>` + paragraphsOf(prose[0]) +
				`<div class="mw-heading"><h2 id="related-laws">Related laws</h2><span class="mw-editsection">[<a href="/e">ocelot</a>]</span></div>` + end,
			headings: []string{"Silt for sale", "Related laws"},
			lacks:    []string{"ocelot", "[]"},
		},
		{
			name: "anchors within headings",
			article: start + `<h2><a id="comments" name="comments"></a>Remarks of the pilots</h2>` + paragraphsOf(prose[0]) +
				`<h2><span id="social-security" class="widget-title">Security</span></h2>` + paragraphsOf(prose[1]) +
				`<h2><a id="related" href="#related">What is related to it</a></h2>` + end,
			headings: []string{"Remarks of the pilots", "Security", "What is related to it"},
		},
		{
			name: "sections that are chapters",
			article: start + `<section id="social-housing"><h2>Social housing</h2>` + paragraphsOf("Stevedores balk. "+prose[1]) + `</section>` +
				`<section id="newsletter"><h2>The newsletter that moved the market</h2>` + paragraphsOf("Printers gloat. "+prose[2]) + `</section>` +
				`<div id="comments"><h3>What the pilots commented</h3>` + paragraphsOf("Pilots grumble. "+prose[3]) + `</div>` + end,
			headings: []string{"Social housing", "The newsletter that moved the market", "What the pilots commented"},
			has:      []string{"Stevedores balk", "Printers gloat", "Pilots grumble"},
		},
		{
			name: "classes of chapters, made of their headings",
			article: start + `<section class="social-housing"><h2>Social housing</h2>` + paragraphsOf("Stevedores balk. "+prose[1]) + `</section>` +
				`<div class="chapter ad-spending"><h3>Ad spending, and who gains</h3>` + paragraphsOf("Printers gloat. "+prose[2]) + `</div>` + end +
				`<div class="related-stories"><h3>Related stories</h3><p><a href="/o">Okapi at the customs house: a long story</a></p></div>`,
			headings: []string{"Social housing", "Ad spending, and who gains"},
			has:      []string{"Stevedores balk", "Printers gloat"},
			lacks:    []string{"Okapi"},
		},
		{
			name: "headings of what goes",
			article: start + `<h3>See also</h3><ul><li><a href="/o">Okapi story</a></li><li><a href="/p">Tapir story</a></li></ul>` + end +
				`<h2 id="comments">Comments</h2><div class="comment">Ocelots would do.</div><div class="comment">Gnus would not do it for twice the money, I fear.</div>`,
			lacks: []string{"See also", "Okapi", "Tapir", "Comments", "Ocelots", "Gnus"},
		},
		{
			name:    "paragraphs with anchors",
			article: start + `<p id="sponsor">Yards wince. ` + prose[1] + `</p><ul id="tags"><li id="ad">Ferries first, says the paper that the lender has commissioned.</li></ul>` + end,
			has:     []string{"Yards wince", "Ferries first"},
		},
		{
			name: "lists of other stories, whatever their names",
			article: start + `<div class="x1"><h3>Auch interessant</h3><ul><li><a href="/a">Okapi im Zollamt</a></li><li><a href="/b">Lamas auf Gleis drei</a></li></ul></div>` + end +
				`<section><h2>Lire aussi</h2><p><a href="/c">Le tapir et la douane, une longue histoire d'amour et de papier</a></p></section>` +
				`<ul class="z"><li><a href="/d">Gnu news</a></li><li><a href="/e">Emu views</a></li></ul>`,
			has:   []string{"A report on the breakwater"},
			lacks: []string{"Okapi", "Lamas", "tapir", "Lire", "Auch", "Gnu", "Emu"},
		},
		{
			name: "letters, comments and buttons",
			article: start + `<div class="box-7"><h3>Never miss the axolotl</h3><p>Our best pieces, each morning in your mailbox, free of charge and easily left.</p>` +
				`<form action="/n"><input type="email" name="a"><button>Join</button></form></div>` + end +
				`<div class="share-buttons"><span>Share this ocelot</span></div>` +
				`<section id="comments"><h2>Comments</h2><div class="comment"><p>Narwhals would do it for half of the money, if anybody asked them to.</p></div></section>`,
			has:   []string{"For the crews"},
			lacks: []string{"axolotl", "mailbox", "ocelot", "Narwhals", "Comments"},
		},
		{
			name: "sharing and comments, whatever their names",
			article: start + `<div class="q1"><span>Share:</span> <a href="https://social.example/sharer?u=x">Ocelot</a> <a href="https://posts.example/intent">Tapir</a></div>` +
				`<p>See first <a href="/l">the law on berths and wharves</a>, then <a href="/m">the one on ferries</a>.</p>` + end +
				`</article></main><section class="z9"><h2>12 Kommentare</h2><div class="e"><b>Okapi</b><p>Wombats would do it for half of the money, if anybody asked them to.</p></div></section>`,
			has:   []string{"See first the law on berths and wharves, then the one on ferries."},
			lacks: []string{"Share", "Ocelot", "Tapir", "Kommentare", "Okapi", "Wombats"},
		},
		{
			name: "links that share, in a list called by a slug",
			article: `<ul id="share-silt"><li><a href="https://www.facebook.com/sharer/sharer.php?u=x">Ocelot</a></li><li><a href="https://x.com/intent/post?url=x">Tapir</a></li>` +
				`<li><a href="mailto:?subject=x">Gnu</a></li></ul>` + start + `<ul><li><a href="https://www.facebook.com/port">Emu</a>, the page of the port</li></ul>` + end,
			has:   []string{"Emu"},
			lacks: []string{"Ocelot", "Tapir", "Gnu"},
		},
		{
			name:     "a chapter on comments",
			article:  start + `<section id="comments"><h2>Comments</h2>` + paragraphsOf("Pilots grumble. "+prose[1]) + `</section>` + end,
			headings: []string{"Comments"}, has: []string{"Pilots grumble"}, not: []string{"unmarked"},
		},
		{
			name: "a page of widgets",
			article: elementor("heading", "<h2>Silt</h2>") + elementor("text-editor", start) +
				elementor("heading", `<h2 class="elementor-heading-title elementor-size-default">Yards</h2>`) +
				elementor("text-editor", paragraphsOf("Cranes rust. "+prose[1])) +
				elementor("share-buttons", "<div><span>Share this ocelot</span></div>") +
				elementor("heading", "<h3>Berths</h3>") + elementor("text-editor", "<p>All is said.</p>"+paragraphsOf("Gulls gather. "+prose[4])),
			headings: []string{"Silt", "Yards", "Berths"},
			has:      []string{"Cranes rust", "Gulls gather", "All is said."},
			lacks:    []string{"ocelot"},
		},
		{
			name: "short pieces, each deep in boxes",
			article: row("<h2>Silt</h2>") + row(paragraphsOf(prose[0])) + row("<p>Cranes rust.</p>") + row("<h2>Yards</h2>") +
				row(paragraphsOf(prose[1], prose[2])) + row("<h3>Berths</h3>") + row("<p>Gulls gather.</p>"),
			headings: []string{"Silt", "Yards", "Berths"},
			has:      []string{"nine metres", "Cranes rust.", "Gulls gather."},
			not:      []string{"busy"},
		},
		{
			name:     "panels",
			article:  panel("<h2>Silt</h2>"+start) + panel("<h3>Yards</h3><p>Cranes rust.</p>") + panel(paragraphsOf("Gulls gather. "+prose[4])),
			headings: []string{"Silt", "Yards"},
			has:      []string{"Cranes rust", "Gulls gather"},
		},
		{
			name: "text widgets in an article",
			article: `<div class="text-widget">` + start + end + `</div><div class="text-widget"><h2>Yards</h2></div><div class="text-widget"><p>Cranes rust. ` +
				prose[1] + `</p></div>`,
			headings: []string{"Yards"},
			has:      []string{"Cranes rust"},
		},
		{
			name: "true widgets",
			article: start + end + `</article></main><div class="sidebar"><div class="widget widget_text"><h2>About us</h2><p>Marmots have published this paper since the year of the great flood, come what may.</p></div></div>` +
				`<div id="secondary" class="widget-area"><div class="widget widget_recent_entries"><h2>Recent</h2><ul><li><a href="/x">Yak shaving</a></li></ul></div></div>`,
			lacks: []string{"Marmots", "About us", "Yak", "Recent"},
		},
		{
			name: "words within sentences",
			article: start + `<p>The <button class="gloss">moratorium</button> holds, say the yards.</p>` +
				`<p>A <span class="credit-rating">junk-grade</span> lender may not give <em class="promo">cheap</em> loans to <a class="related" href="/y">shipwrights</a>, or to ` +
				`<abbr class="tooltip" title="x">ILO</abbr> members <span class="hidden md:inline">abroad</span> (see <button>annex</button>).</p>` +
				`<p><button>Demurrage</button> is what they fear most, and <a class="teaser" href="/z">charterers</a></p>` + end,
			has: []string{
				"The moratorium holds, say the yards.",
				"A junk-grade lender may not give cheap loans to shipwrights, or to ILO members abroad (see annex).",
				"Demurrage is what they fear most, and charterers",
			},
		},
		{
			name:    "words within sentences of other scripts",
			article: start + `<p>Das <button>Moratorium</button> gilt.</p><p>昨日の<span class="tooltip">停戦</span>は続いている。</p><p>وقالت <a class="related" href="/x">الهدنة</a> إنها مستمرة.</p>` + end,
			has:     []string{"Das Moratorium gilt.", "昨日の停戦は続いている。", "وقالت الهدنة إنها مستمرة."},
		},
		{
			name: "explanations of words",
			article: start + `<p>The <span class="tooltip">moratorium<span class="tooltip-text">Ocelot: a delay by law</span></span> holds, and the ` +
				`<span class="tooltip"><button>levy</button><span role="tooltip">Tapir: a tax</span></span> stays.</p><p>The bar<em class="tooltip">Gnu: a bank of silt</em> is closed.</p>` + end,
			has:   []string{"The moratorium holds, and the levy stays.", "The bar is closed."},
			lacks: []string{"Ocelot", "Tapir", "Gnu"},
		},
		{
			name: "buttons and links alone",
			article: start + `<button>Ocelot mode</button><p><button>Listen to the tapir</button></p><div><button>Gnu</button> <button>Emu</button></div>` +
				`<p class="promo"><a href="/o">Okapi: all you need to know about the beast</a></p><p>` + prose[4] + ` <button>Narwhal</button></p>` + end,
			lacks: []string{"Ocelot", "tapir", "Gnu", "Emu", "Okapi", "Narwhal"},
		},
		{
			name: "speakers of quotations",
			article: start + `<blockquote><p>We shall dredge, and dredge again, until they stop us.</p><footer>— Oona <cite>Quist</cite>, harbour master</footer></blockquote>` +
				paragraphsOf(prose[1]) + `<figure class="quote"><blockquote>The bar is where it always was.</blockquote><figcaption class="caption">Pilot <a href="/p">Ilmar Tamm</a></figcaption></figure>` +
				paragraphsOf(prose[2]) + `<blockquote><p>Silt is money.</p><cite class="credit">Runa Vik</cite></blockquote>` +
				`<figure><blockquote><p>No berth, no ship.</p></blockquote><figcaption>— <a href="/q">Pia Lund</a></figcaption></figure>` +
				paragraphsOf(prose[0]) + `<div class="pull-quote"><p>Tides are free.</p><p class="credit">— Ebba Holm</p></div><blockquote>Berths are not.</blockquote><footer>— Jon Berg</footer>` + end,
			has: []string{"Oona Quist, harbour master", "Ilmar Tamm", "Runa Vik", "Pia Lund", "Ebba Holm", "Jon Berg"},
		},
		{
			name: "quotations set aside",
			article: start + `<aside class="pullquote"><blockquote><p>Silt is money.</p><footer>Runa Vik</footer></blockquote></aside>` + paragraphsOf(prose[1]) +
				`<aside><figure><blockquote>No berth, no ship.</blockquote><figcaption>Pia Lund</figcaption></figure></aside>` + paragraphsOf(prose[2]) +
				`<aside class="pull-quote"><p>Tides are free.</p><cite>Ebba Holm</cite></aside><aside><p>Ocelots on the mole: a picture story.</p></aside>` + end,
			has:   []string{"Silt is money.", "Runa Vik", "Pia Lund", "Tides are free.", "Ebba Holm"},
			lacks: []string{"Ocelots"},
		},
		{
			name: "captions and footers",
			article: start + `<figure><img src="a.jpg"><figcaption>An ocelot on the mole. Photo: Tapir Press</figcaption></figure><div class="wp-caption alignleft"><img src="b.jpg"><p class="wp-caption-text">A gnu on the quay.</p></div>` + end +
				`<footer><p>Print this gnu, or send it on.</p></footer>`,
			lacks: []string{"ocelot", "Tapir", "gnu"},
		},
		{
			name:    "a standfirst called a teaser",
			article: `<p class="article-teaser">Silt closes the estuary, and the yards of Norrfjord wait for a lender.</p>` + start + end + `<p class="teaser"><a href="/o">Okapi at the customs house: a story</a></p>`,
			has:     []string{"Norrfjord"},
			lacks:   []string{"Okapi"},
		},
		{
			name:    "a short standfirst",
			article: `<p class="teaser related">Norrfjord waits for a lender.</p>` + start + end + `<p class="teaser">Okapi and tapir</p>`,
			has:     []string{"Norrfjord"},
			lacks:   []string{"Okapi"},
		},
		{
			name:    "a standfirst in a box",
			article: `<p class="byline">Oona Quist and Ilmar Tamm, Norrfjord, 12 January 2026</p><div class="promo"><p>Silt closes the estuary, and the yards of Norrfjord wait for a lender.</p></div>` + start + end,
			has:     []string{"Norrfjord"},
		},
		{
			name:    "a box for letters in place of a standfirst",
			article: `<div class="newsletter"><p>Ocelot letters, each morning in your mailbox, free of charge and easily left.</p></div>` + start + end,
			lacks:   []string{"Ocelot"},
		},
		{
			name:    "a deck, lines parted by breaks, key points, a table",
			article: `<div class="standfirst">Norrfjord waits for its lender, and for the tide.</div><ul><li>Silt: three metres</li><li>Yards: two left</li></ul>` + start + `<div>Cranes rust on the northern quay, and nobody oils them.<br><br>Gulls gather around the last of the trawlers that still comes home.</div><table><tr><th>Year</th><th>Ships</th></tr><tr><td><p>2024</p></td><td><p>31</p></td></tr></table>` + end,
			has:     []string{"Norrfjord waits", "Silt: three metres\n", "Yards: two left\n", "Cranes rust", "\nGulls gather", "Year | Ships\n2024 | 31\n"},
		},
	}
}
