package extract

import "testing"

func TestHNews(t *testing.T) {
	const text = `<p>The ferries sail again after nine days of wind, the harbor office said on Monday, and will do so until the spring.</p>`
	entry := `<div class="hnews"><div class="hentry"><h1><a class="entry-title" rel="bookmark" href="http://coast.example/2026/1">Ferries sail again</a></h1><div class="entry-content">` + text + text + `</div>
<p>Published <time class="published" datetime="2026-01-05T10:00:00Z">5 January</time> by <span class="author vcard"><a class="fn url" href="/ada">Ada Okoye</a></span></p></div>
<span class="source-org vcard"><a class="fn org url" href="/">Coast News</a></span> <a rel="item-license" href="http://coast.example/terms">Terms</a></div>`
	page, err := HTML(entry, "")
	if err != nil {
		t.Fatal(err)
	}
	if page.Source != "Coast News" || page.From.Source != sourceOrg || page.URL != "http://coast.example/2026/1" || page.Title != "Ferries sail again" || len(page.Authors) != 1 ||
		page.Authors[0] != "Ada Okoye" || page.Published.IsZero() || page.Rights != "Terms http://coast.example/terms" || page.NoAI {
		t.Errorf("%+v", page)
	}
	if page, _ = HTML(entry+entry, ""); page.URL != "" || page.Rights != "" {
		t.Errorf("a page that lists articles: %q, %q", page.URL, page.Rights)
	}
	if page, _ = HTML(`<meta property="og:site_name" content="The Coast">`+entry, ""); page.Source != "The Coast" {
		t.Errorf("source %q", page.Source)
	}
	for meta, want := range map[string]bool{
		`<meta name="robots" content="index, noai">`: true, `<meta name="tdm-reservation" content="1">`: true, `<meta name="tdm-reservation" content="0">`: false,
		`<meta name="robots" content="noarchive">`: false,
	} {
		if page, _ = HTML("<html><head>"+meta+"</head><body>"+entry, ""); page.NoAI != want {
			t.Errorf("%s: %v", meta, page.NoAI)
		}
	}
}
