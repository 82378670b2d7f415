package medium

import (
	"strings"
	"testing"

	"github.com/newsq/newsq/corpus/internal/reader/readertest"
	"github.com/newsq/newsq/corpus/internal/record"
)

// post returns a page with a text and a footer.
func post(text, footer string) string {
	return `<!DOCTYPE html><html><head><title>Ferries stop</title></head><body><article class="h-entry"><header><h1 class="p-name">Ferries stop</h1></header>
<section data-field="subtitle" class="p-summary">In short.</section><section data-field="body" class="e-content">` + text + `</section><footer>` + footer + `
<p>Exported from <a href="https://medium.com">Medium</a> on May 1, 2026.</p></footer></article></body></html>`
}

const published = `<p>By <a href="https://medium.com/@jroe" class="p-author h-card">Jane Roe</a> on <a href="https://medium.com/p/0a"><time class="dt-published" datetime="2026-01-05T10:00:00.000Z">January 5</time></a>.</p>
<p>Tagged in <a class="p-tag">Sea</a></p><p><a href="https://medium.com/@jroe/ferries-0a" class="p-canonical">Canonical link</a></p>`

func texts(rec *record.Record) string {
	var b []string
	for i := range rec.Blocks {
		b = append(b, rec.Blocks[i].Text)
	}
	return strings.Join(b, "|")
}

func TestRead(t *testing.T) {
	for _, text := range []string{
		`<h3 class="graf graf--title">Ferries stop</h3><h4 class="graf graf--subtitle">In short.</h4><p>One.</p><p>Two.</p>`,
		`<h4 class="graf graf--kicker">SEA</h4><h3 class="graf graf--title">Ferries stop</h3><p>One.</p><div class="graf graf--mixtapeEmbed"><a><strong>Another</strong></a></div><p>Two.</p>`,
		`<section><p>One.</p><p>Two.</p>`, // not closed, so that the footer lies within
	} {
		content := post(text, published)
		if !Recognize(readertest.Head("x.html", content)) {
			t.Error("not recognized")
		}
		recs, faults := readertest.Read(t, Read, "x.html", content)
		if len(recs) != 1 || len(faults) != 0 || recs[0].Handling != nil || texts(&recs[0]) != "One.|Two." {
			t.Fatal(recs, faults)
		}
		for f, want := range map[record.Field]string{
			record.Title: "Ferries stop", record.Authors: "Jane Roe", record.Topics: "Sea", record.Source: "Medium", record.Summary: "In short.",
			record.Published: "2026-01-05T10:00:00.000Z", record.URL: "https://medium.com/@jroe/ferries-0a",
		} {
			if got := strings.Join(readertest.Texts(&recs[0], f), "|"); got != want {
				t.Errorf("%v: %q, want %q", f, got, want)
			}
		}
	}
}

func TestDrafts(t *testing.T) {
	for name, footer := range map[string]string{
		"x.html":             `<p><a href="https://medium.com/p/0a">View original.</a></p>`,
		"a/draft_Ferry.html": published,
	} {
		recs, _ := readertest.Read(t, Read, name, post("<p>x</p>", footer))
		if recs[0].Handling == nil || recs[0].Handling.Status != "withheld" {
			t.Errorf("%s is not withheld", name)
		}
	}
}

func TestSummary(t *testing.T) {
	recs, _ := readertest.Read(t, Read, "x.html", post(`<p>In short. And more.</p>`, published))
	if recs[0].Has(record.Summary) {
		t.Error("the start of the text is no summary")
	}
}

func FuzzRead(f *testing.F) {
	f.Add(post("<p>x</p>", published))
	f.Add(`<section data-field="body"><h3 class="graf--title">`)
	f.Fuzz(func(t *testing.T, s string) { readertest.Read(t, Read, "x.html", s) })
}

// The line below the title states the summary whole where that is cut.
func TestSubtitle(t *testing.T) {
	content := strings.Replace(post(`<h4 class="graf graf--subtitle">In short. And more.</h4><p>One.</p>`, published), "In short.", "In short…", 1)
	recs, _ := readertest.Read(t, Read, "x.html", content)
	if got := recs[0].First(record.Summary); got != "In short. And more." || texts(&recs[0]) != "One." {
		t.Errorf("%q, %q", got, texts(&recs[0]))
	}
}

// Pages with microformats of others are none of Medium.
func TestNotMedium(t *testing.T) {
	const page = `<div class="h-entry"><h1 class="p-name">A note</h1><div class="e-content" data-field="body"><p>One.</p></div></div>`
	if Recognize(readertest.Head("x.html", page)) {
		t.Error("recognized")
	}
}
