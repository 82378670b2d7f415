package corpus

import (
	"strings"
	"testing"
)

// Newsletters that were saved as pages, alone.
func TestSavedMail(t *testing.T) {
	const text = "<p>The harbour of Okenport has been closed since the storm of last week, and the fishers have gone elsewhere for the season.</p>" +
		"<p>What this means for prices is not yet known. Three of the largest buyers said that they would wait until spring.</p>"
	forwarded := func(from, date, subject string) string {
		return `<div dir="ltr"><div class="gmail_quote"><div dir="ltr" class="gmail_attr">---------- Forwarded message ---------<br>` + from +
			`: <strong class="gmail_sendername">Ada Okoye</strong> <span>&lt;<a href="mailto:a@coast.example">a@coast.example</a>&gt;</span><br>` + date + `<br>` + subject +
			`: Quiet harbours<br>To: &lt;<a href="mailto:me@x.example">me@x.example</a>&gt;<br></div><br><div><table><tr><td><h1>The Coast</h1>` + text + `</td></tr></table></div></div></div>`
	}
	const foot = `<table><tr><td><p>You received this email because you signed up. <a href="u">Unsubscribe</a></p></td></tr></table>`
	for _, tt := range []struct{ name, content, title, date, source string }{
		{"forwarded", forwarded("From", "Date: Fri, 28 Oct 2022 at 19:15", "Subject"), "Quiet harbours", "2022-10-28T19:15", "coast.example"},
		{"forwarded, German", forwarded("Von", "Datum: Fr., 28. Okt. 2022 um 19:15 Uhr", "Betreff"), "Quiet harbours", "2022-10-28T19:15", "coast.example"},
		{"forwarded, French", forwarded("De", "Date: ven. 28 oct. 2022 à 19:15", "Objet"), "Quiet harbours", "2022-10-28T19:15", "coast.example"},
		{
			"Outlook", `<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word"><head><title></title></head><body><div class=WordSection1>` +
				`<p class=MsoNormal><b>From:</b> Ada Okoye &lt;a@coast.example&gt;<br><b>Sent:</b> 28 October 2022 19:15<br><b>To:</b> Roe, Jane<br><b>Subject:</b> FW: Quiet harbours</p>` + text + `</div></body></html>`,
			"Quiet harbours", "2022-10-28T19:15", "coast.example",
		},
		{
			"Thunderbird", `<html><head><title>Quiet harbours</title></head><body><table border=0 class="moz-header-part1 moz-main-header"><tr><td><div class="moz-header-display-name" style="display:inline;">Subject: </div>Quiet harbours</td></tr>` +
				`<tr><td><div style="display:inline;">From: </div>Ada Okoye &lt;a@coast.example&gt;</td></tr><tr><td><div style="display:inline;">Date: </div>28/10/2022, 19:15</td></tr></table><br>` + text + `</body></html>`,
			"Quiet harbours", "2022-10-28T19:15", "coast.example",
		},
		{
			"Ghost", `<!doctype html><html><head><title>Quiet harbours</title><style>.ExternalClass{width:100%}</style></head><body><span class="preheader" style="display:none;max-height:0;">A look ahead.</span>` +
				`<table role="presentation"><tr><td><a href="x">The Coast</a></td></tr><tr><td class="post-title"><a href="x">Quiet harbours</a></td></tr><tr><td>` + text + `</td></tr></table>` + foot + `</body></html>`,
			"Quiet harbours", "", "",
		},
		{
			"no title", `<!doctype html><html><head><title></title><style>#outlook a{padding:0}</style></head><body><div style="display:none;max-height:0px;overflow:hidden">A look ahead.</div>` +
				`<table role="presentation"><tr><td><div>Quiet harbours</div></td></tr><tr><td><div>` + text + `</div></td></tr></table>` + foot + `</body></html>`,
			"Quiet harbours", "", "",
		},
		{
			"a line of no height", `<!doctype html><html><body><div class="preheader" style="line-height: 0px; height: 0px; overflow-y: hidden;">A look ahead.</div>` +
				`<table role="presentation"><tr><td><h1>Quiet harbours</h1>` + text + `</td></tr></table>` + foot + `</body></html>`,
			"Quiet harbours", "", "",
		},
	} {
		articles, _, told := readFile(t, "a.html", tt.content)
		if len(articles) != 1 || len(told) > 0 {
			t.Errorf("%s: %d articles, told %q", tt.name, len(articles), told)
			continue
		}
		a := articles[0]
		if a.Title != tt.title || a.PublishedAs != tt.date || a.Source != tt.source {
			t.Errorf("%s: %q, %q, %q", tt.name, a.Title, a.PublishedAs, a.Source)
		}
		if !strings.HasPrefix(strings.TrimPrefix(a.Body, "The Coast\n\n"), "The harbour") || !strings.HasSuffix(a.Body, "until spring.") {
			t.Errorf("%s: %q", tt.name, a.Body)
		}
	}
}

// Pages that only look a little like mail are read as pages.
func TestNoSavedMail(t *testing.T) {
	for _, content := range []string{
		strings.Replace(ferryPage, "<head>", `<head><link rel="canonical" href="http://example.org/a"><style>table{mso-table-lspace:0}</style>`, 1) + `<table role="presentation"><tr><td>x</td></tr></table>`,
		strings.Replace(ferryPage, "<head>", "<head><script>run()</script>", 1) + "<p>Unsubscribe from the preheader</p>",
		strings.Replace(ferryPage, "The first boat", "From: a ferry. Subject: boats. Date: none. The first boat", 1),
	} {
		files := open(t, Options{}, tree(t, map[string]string{"a.html": content}))
		for e := range files.Entries(t.Context()) {
			for a, err := range e.Articles(t.Context()) {
				if err != nil || a.Form != "HTML" {
					t.Errorf("%q, %v", a.Form, err)
				}
			}
		}
	}
}
