package extract

import (
	"strings"
	"testing"
)

// TestSeenTitle: the title is the headline that a reader sees.
func TestSeenTitle(t *testing.T) {
	head := func(linked, shared, tab string) string {
		var b strings.Builder
		if linked != "" {
			b.WriteString(`<script type="application/ld+json">{"@type":"NewsArticle","headline":"` + linked + `"}</script>`)
		}
		if shared != "" {
			b.WriteString(`<meta property="og:title" content="` + shared + `">`)
		}
		return b.String() + "<title>" + tab + `</title><meta property="og:site_name" content="Harbour Times">`
	}
	const text = "<p>Ships wait outside the harbour for a third day, and nobody knows when the locks will open."
	for _, tc := range []struct{ name, in, want string }{
		{"a description for a headline", head("strait in the northern sea", "Valombre Strait", "Valombre Strait - Harbour Times") + "<h1>Valombre Strait</h1>", "Valombre Strait"},
		{"a section", head("Wirtschaft", "Die Schleuse bleibt zu", "Die Schleuse bleibt zu | Harbour Times") + "<h1>Die Schleuse bleibt zu</h1>", "Die Schleuse bleibt zu"},
		{"a slogan", head("All that the harbour needs to know", "La esclusa sigue cerrada", "La esclusa sigue cerrada") + "<h1>La esclusa sigue cerrada</h1>", "La esclusa sigue cerrada"},
		{"a slogan, in Japanese", head("港のすべてを毎日伝える新聞", "水門は三日目も閉鎖", "水門は三日目も閉鎖｜Harbour Times") + "<h1>水門は三日目も閉鎖</h1>", "水門は三日目も閉鎖"},
		{
			"no h1, but JSON-LD's own name",
			`<script type="application/ld+json">{"@type":"Article","headline":"town on the coast","name":"Port Ada"}</script>` + head("", "Port Ada", "Port Ada - Harbour Times"), "Port Ada",
		},
		{"only og:title is spiced", head("The locks stay shut", "This will make captains weep", "The locks stay shut - Harbour Times") + "<h1>The locks stay shut</h1>", "The locks stay shut"},
		{"og:title and h1 against search engines", head("Lock closure 2026: dates, times, maps", "The locks stay shut", "Lock closure 2026: dates, times, maps - Harbour Times") + "<h1>The locks stay shut</h1>", "The locks stay shut"},
		{"a meta tag of that name alone", `<meta name="title" content="The locks stay shut"/>`, "The locks stay shut"},
		{"a meta tag of that name, and a title", `<title>The locks stay shut</title><meta name="title" content="Harbour Times news"/>`, "The locks stay shut"},
		{"no two agree", head("Locks: what we know", "Captains weep at locks", "Locks latest | Harbour Times") + "<h1>The locks stay shut</h1>", "The locks stay shut"},
		{"no JSON-LD", head("", "Captains weep at the locks", "The locks stay shut - Harbour Times") + "<h1>The locks stay shut</h1>", "The locks stay shut"},
		{"JSON-LD and og:title know the kicker", head("Harbour: The locks stay shut", "Harbour: The locks stay shut", "x") + "<h1>The locks stay shut</h1>", "Harbour: The locks stay shut"},
		{"a kicker within the h1", head("", "Captains at the locks weep", "Locks") + `<h1><span class="article__kicker">Harbour</span> <span>The locks stay shut</span></h1>`, "The locks stay shut"},
		{"an h1 in a path of links", head("Locks 2026 shut", "The locks stay shut", "Locks 2026 shut") + `<ol class="breadcrumbs"><li><h1>Locks 2026 shut</h1></ol><h2>The locks stay shut</h2>`, "The locks stay shut"},
		{"an h1 for search engines", head("Locks 2026 shut", "The locks stay shut", "Locks 2026 shut") + `<h1 class="visually-hidden">Locks 2026 shut</h1><h2>The locks stay shut</h2>`, "The locks stay shut"},
		{"an h1 that is the site", head("The locks stay shut", "", "x") + "<h1>Harbour Times</h1>", "The locks stay shut"},
		{"an h1 about something else", head("The locks stay shut", "", "The locks stay shut") + "<h1>Log in</h1><h1>Newsletter</h1>", "The locks stay shut"},
		{"one of several", head("Shut: the locks", "Locks!", "Harbour Times") + "<h1>Log in</h1><h1>Why the locks stay shut</h1><h1>More news</h1>", "Why the locks stay shut"},
		{
			"a ticker, whose address and <title> say what it is", `<link rel=canonical href="https://h.example/news/strike-at-the-locks-all-that-is-new-ld.17">` +
				head("Strike at the locks: all that is new", "Strike: all news", "Strike at the locks: all that is new") + "<h1>Captains reject the strike fund</h1>", "Strike at the locks: all that is new",
		},
	} {
		p, err := HTML(tc.in+text, "")
		if p.Title != tc.want || err != nil {
			t.Errorf("%s: %q, %v, want %q", tc.name, p.Title, err, tc.want)
		}
		for _, b := range p.Blocks {
			if b.Text == p.Title {
				t.Errorf("%s: the title is left in the text", tc.name)
			}
		}
	}
}
