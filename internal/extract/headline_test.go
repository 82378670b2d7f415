package extract

import (
	"strings"
	"testing"
)

// TestHeadlineOnPage: which element a reader takes for the headline.
func TestHeadlineOnPage(t *testing.T) {
	const (
		ld   = `<script type="application/ld+json">{"@type":"NewsArticle","headline":"Ferry fares 2026: what travellers must know"}</script>`
		og   = `<meta property="og:title" content="You won't believe these ferry fares">`
		text = "<p>The island's only ferry will cost twice as much from April, and the council says that it was not asked.</p><p>Half of those who live there work on the mainland, and many of them cross twice a day.</p>"
	)
	for _, tc := range []struct{ name, in, want string }{
		{"h1 against all others", "<title>Ferry fares: tickets, times | Sound Post</title>" + ld + og + "<article><h1>Islanders pay double from April</h1>" + text + "</article>", "Islanders pay double from April"},
		{"h1 without a word in common", "<title>Fähre: Preise</title>" + og + `<main><header><h1 class="post-title">Insel im Zorn auf die Reederei</h1></header>` + text + "</main>", "Insel im Zorn auf die Reederei"},
		{"h1 is the site's, linked to its front page", `<title>The boat is too dear</title><h1 class=x><a href="/">Sound Post of the North</a></h1><h2 class="entry-title">The boat is too dear</h2>` + text, "The boat is too dear"},
		{"the same, with an address", `<title>The boat is too dear</title><h1><a href="https://sound.example/">Sound Post</a></h1><h2>The boat is too dear</h2>` + text, "The boat is too dear"},
		{"the same, by its class", `<title>The boat is too dear - Sound Post</title><h1 class="site-title">Sound Post</h1><h2>The boat is too dear</h2>` + text, "The boat is too dear"},
		{"the same, by the title", `<title>Soundings: The boat is too dear</title><meta property="og:title" content="The boat is too dear"><h1>Soundings</h1><h3>The boat is too dear</h3>` + text, "The boat is too dear"},
		{"a headline that links to itself", `<title>The boat is too dear</title><h1><a href="/2026/02/boat">The boat is too dear</a></h1>` + text, "The boat is too dear"},
		{"a section's h1", `<title>Ferry twice as dear from April</title><h1>Ferry Centre</h1><div><h2>Ferry twice as dear from April</h2></div>` + text, "Ferry twice as dear from April"},
		{"a dialog's h1 first", `<title>Ferry twice as dear</title>` + og + `<div role="dialog"><h1>These ferry fares can be yours</h1></div><h1>Fares of the ferry double</h1>` + text, "Fares of the ferry double"},
		{"a box for readers who pay", `<title>x</title><article><h1>Fares of the ferry double</h1>` + text + `</article><div class="paywall-box"><h1>Read on for one crown</h1></div>`, "Fares of the ferry double"},
		{"hidden by a class", `<title>Ferry fares 2026</title>` + og + `<h1 class="hidden">Ferry fares 2026</h1><h2>You won't believe these ferry fares</h2>` + text, "You won't believe these ferry fares"},
		{"hidden on small screens only", `<title>x</title>` + og + `<article><h1 class="hidden md:block">Fares of the ferry double</h1>` + text + `</article>`, "Fares of the ferry double"},
		{"a role for an h1", `<title>x</title>` + `<div role="heading" aria-level="1">Fares of the ferry double</div><meta property="og:title" content="Fares of the ferry double">` + text, "Fares of the ferry double"},
		{"itemprop", `<title>Ferry fares double on the sound - latest news, pictures</title><span itemprop="headline">Ferry fares double on the sound</span>` + text, "Ferry fares double on the sound"},
		{"kicker and headline touch", `<title>x</title><h1><span>The big fight</span><span>Ferry fares double</span></h1>` + text, "The big fight Ferry fares double"},
		{"kicker and headline touch, and one is known", `<title>Ferry fares double</title><h1><span>The big fight</span><span>Ferry fares double</span></h1>` + text, "Ferry fares double"},
		{"the title knows both", `<title>The big fight: Ferry fares double | Sound Post</title><meta property="og:site_name" content="Sound Post"><h1><span>The big fight</span> <span>Ferry fares double</span></h1>` + text, "The big fight: Ferry fares double"},
		{"a subtitle within", `<title>x</title>` + og + `<article><h1>Ferry fares double <small class="subtitle">Islanders were not asked</small></h1>` + text + "</article>", "Ferry fares double"},
		{"a badge within", `<title>Ferry fares double</title><h1><span class="badge">Plus</span> Ferry fares double</h1>` + text, "Ferry fares double"},
		{"a word set off", `<title>x</title><meta property="og:title" content="Fares"><article><h1>Ferry <em>fares</em> double</h1>` + text + "</article>", "Ferry fares double"},
		{"letters in an element", `<title>x</title><h1><span>F</span>erry fares double</h1>` + text, "Ferry fares double"},
		{"a line above, shown", `<title>Sound: Ferry fares double, Sound Post, 3 Feb 2026</title><meta property="og:title" content="Sound: Ferry fares double"><article><div>Sound</div><h1>Ferry fares double</h1>` + text + "</article>", "Sound: Ferry fares double"},
		{"a line above, not shown", `<title>Fares</title><meta property="og:title" content="WATCH: Ferry fares double"><article><h1>Ferry fares double</h1>` + text + "</article>", "Ferry fares double"},
		{"the outlet behind og:title", `<title>Ferry fares double | The Sound</title><meta property="og:title" content="Ferry fares double - The Sound"><h1>Ferry fares double</h1>` + text, "Ferry fares double"},
		{"cut short by og:title and JSON-LD", `<title>Ferry fares double as the...</title><meta property="og:title" content="Ferry fares double as the..."><script type="application/ld+json">{"@type":"NewsArticle","headline":"Ferry fares double as the..."}</script><h1>Ferry fares double as the island's council looks away</h1>` + text, "Ferry fares double as the island's council looks away"},
		{"the agency behind og:title", `<title>渡船の運賃が四月から二倍に（港湾通信） - ニュース</title><meta property="og:title" content="渡船の運賃が四月から二倍に（港湾通信）"><article><h1>渡船の運賃が四月から二倍に</h1>` + text + "</article>", "渡船の運賃が四月から二倍に"},
		{"sections behind low lines", `<title>海岛渡轮票价四月起翻倍_社会频道_海湾网</title><div>` + text + "</div>", "海岛渡轮票价四月起翻倍"},
		{"a ticker's stable name", `<link rel=canonical href="https://s.example/n/fares-on-the-sound-live-blog-of-the-strike">` + `<title>Captains walk out</title><script type="application/ld+json">{"@type":"LiveBlogPosting","headline":"Fares on the sound: live blog of the strike"}</script><meta property="og:title" content="Captains walk out"><h1>Captains walk out</h1>` + text, "Fares on the sound: live blog of the strike"},
		{"LIVE stays", `<title>x</title><meta property="og:title" content="Ferry strike"><article><h1>LIVE: Ferry strike on the sound</h1>` + text + "</article>", "LIVE: Ferry strike on the sound"},
		{"a soft hyphen", `<title>x</title><h1>Fähr&shy;preise steigen</h1>` + text, "Fährpreise steigen"},
		{"entities twice", `<title>x</title><h1>Fares &amp;amp; fury on the sound</h1>` + text, "Fares & fury on the sound"},
		{"a photo's caption as h1", `<title>Ferry fares double</title><h1>Ferry fares double</h1><article><h1>` + strings.Repeat("In this photo of the ferry its fares are shown, ", 8) + `</h1>` + text + "</article>", "Ferry fares double"},
		{"JSON-LD in all tongues against h1", `<title>Ferry fares 2026: what travellers must know</title>` + ld + `<meta property="og:title" content="Ferry fares 2026: what travellers must know"><article><h1>Islanders pay double</h1>` + text + "</article>", "Ferry fares 2026: what travellers must know"},
		{"a related story's heading", `<title>Ferry fares double</title><article><h1>Ferry fares double</h1>` + text + `<h2>You won't believe these ferry fares</h2></article>` + og, "Ferry fares double"},
		{"a breadcrumb in a list", `<title>Ferry 2026</title>` + og + `<ol><li><a href="/">Home</a></li><li><a href="/n">News</a></li><li><h1>Ferry 2026</h1></li></ol><article><h2>You won't believe these ferry fares</h2>` + text + "</article>", "You won't believe these ferry fares"},
	} {
		p, err := HTML(tc.in, "")
		if p.Title != tc.want || err != nil {
			t.Errorf("%s: %q (%s), %v, want %q", tc.name, p.Title, p.From.Title, err, tc.want)
		}
		for _, b := range p.Blocks {
			if b.Text == p.Title {
				t.Errorf("%s: the title is left in the text", tc.name)
			}
		}
	}
}
