package sitemap

import (
	"errors"
	"strings"
	"testing"

	"github.com/newsq/newsq/corpus/internal/reader/readertest"
	"github.com/newsq/newsq/corpus/internal/record"
)

const news = `<urlset xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>http://example.org/a</loc><news:news>
<news:publication><news:name>Harbour Post</news:name><news:language>en</news:language></news:publication>
<news:publication_date>2026-01-05</news:publication_date><news:title>Ferries</news:title></news:news></url></urlset>`

func TestRead(t *testing.T) {
	recs, faults := readertest.Read(t, Read, "s.xml", news)
	if len(recs) != 1 || len(faults) != 0 || recs[0].IsLink || recs[0].First(record.Source) != "Harbour Post" || recs[0].Place != "http://example.org/a" {
		t.Error(recs, faults)
	}
}

// Plain sitemaps and indexes of sitemaps hold addresses alone: no article, which is
// told once.
func TestLinks(t *testing.T) {
	for _, content := range []string{
		`<urlset><url><loc>http://example.org/a</loc><lastmod>2026-01-05</lastmod></url></urlset>`,
		`<sitemapindex><sitemap><loc>http://example.org/s.xml</loc></sitemap></sitemapindex>`,
		`<urlset xmlns:image="i"><url><loc>http://example.org/a</loc><image:image><image:title>x</image:title></image:image></url></urlset>`,
	} {
		recs, faults := readertest.Read(t, Read, "s.xml", content)
		if len(recs) != 0 || len(faults) != 1 || !errors.Is(faults[0], record.ErrNoText) {
			t.Errorf("%s: %v %v", content, recs, faults)
		}
	}
	recs, faults := readertest.Read(t, Read, "s.xml", strings.Replace(news, "<urlset", "<urlset><url><loc>http://example.org/b</loc></url><urlset", 1))
	if len(recs) != 1 || len(faults) != 0 {
		t.Errorf("an address beside an article: %v %v", recs, faults)
	}
	if _, faults := readertest.Read(t, Read, "s.xml", `<urlset></urlset>`); len(faults) != 1 {
		t.Error(faults)
	}
}

func TestRecognize(t *testing.T) {
	for content, want := range map[string]bool{
		news: true, `<?xml version="1.0"?><sm:urlset xmlns:sm="u">`: true, `<html><urlset>`: false,
	} {
		if got := Recognize(readertest.Head("s.xml", content)); got != want {
			t.Errorf("%s: %v", content, got)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(news)
	f.Add(strings.ReplaceAll(news, "news:", ""))
	f.Add(`<sitemapindex><sitemap><loc>u`)
	f.Fuzz(func(t *testing.T, s string) { readertest.Read(t, Read, "s.xml", s) })
}
