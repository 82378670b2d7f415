package extract

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestLinkedForms: JSON-LD comes in many forms, and all mean the same.
func TestLinkedForms(t *testing.T) {
	for _, tc := range []struct{ name, ld string }{
		{"a list of types", `{"@type":["NewsArticle"],"headline":"H","author":{"name":"Ada Okoye"},"publisher":{"name":"Harbour Times"},"datePublished":"2026-01-05","dateModified":"2026-01-06"}`},
		{"a list of contexts", `{"@context":["https://schema.org",{"x":"y"}],"@type":"NewsArticle","headline":"H","author":"Ada Okoye","publisher":"Harbour Times","datePublished":"2026-01-05","dateModified":"2026-01-06"}`},
		{"the old address", `{"@context":"http://www.schema.org","@type":"http://www.schema.org/NewsArticle","headline":"H","author":["Ada Okoye"],"publisher":{"name":"Harbour Times"},"datePublished":"2026-01-05","dateModified":"2026-01-06"}`},
		{"prefixes", `{"@type":"schema:NewsArticle","schema:headline":"H","schema:author":{"schema:name":"Ada Okoye"},"schema:publisher":{"schema:name":"Harbour Times"},"schema:datePublished":"2026-01-05","schema:dateModified":"2026-01-06"}`},
		{"a page before it", `[{"@type":"WebPage","name":"W","datePublished":"2020-01-01"},{"@type":"NewsArticle","headline":"H","author":{"name":"Ada Okoye"},"publisher":{"name":"Harbour Times"},"datePublished":"2026-01-05","dateModified":"2026-01-06"}]`},
		{"of a page", `{"@type":"WebPage","mainEntity":{"@type":"NewsArticle","headline":"H","author":{"name":"Ada Okoye"},"publisher":{"name":"Harbour Times"},"datePublished":"2026-01-05","dateModified":"2026-01-06"}}`},
		{"references", `{"@graph":[{"@type":"NewsArticle","headline":"H","author":{"@id":"#j"},"publisher":{"@id":"#o"},"datePublished":"2026-01-05","dateModified":"2026-01-06"},{"@type":"Person","@id":"#j","name":"Ada Okoye"},{"@type":"Organization","@id":"#o","name":"Harbour Times"}]}`},
		{"a name of the outlet", `{"@type":"NewsArticle","name":"Harbour Times","headline":"H","author":{"name":"Ada Okoye"},"publisher":{"name":"Harbour Times"},"datePublished":"2026-01-05","dateModified":"2026-01-06"}`},
	} {
		p, err := HTML(`<script type="application/ld+json">`+tc.ld+"</script><p>"+strings.Repeat("Ships wait. ", 20), "")
		if err != nil {
			t.Fatal(err)
		}
		got := []string{p.Title, strings.Join(p.Authors, "|"), p.Source, p.Published.Format(time.DateOnly), p.Updated.Format(time.DateOnly)}
		if d := cmp.Diff([]string{"H", "Ada Okoye", "Harbour Times", "2026-01-05", "2026-01-06"}, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", tc.name, d)
		}
	}
}

// TestUnread: a date or an author that is stated and can't be read is told,
// unless another place has it.
func TestUnread(t *testing.T) {
	for _, tc := range []struct {
		name, in string
		want     []Unread
	}{
		{"nothing is stated", `<h1>Delay</h1>`, nil},
		{"a date in words", `<meta property="article:published_time" content="the day before yesterday">`, []Unread{{"published", "article:published_time", "the day before yesterday"}}},
		{
			"in JSON-LD", `<script type="application/ld+json">{"@type":"Article","headline":"x","datePublished":"{{date}}","dateModified":"soon","author":"12345"}</script>`,
			[]Unread{{"published", "JSON-LD datePublished", "{{date}}"}, {"updated", "JSON-LD dateModified", "soon"}, {"authors", "JSON-LD author", "12345"}},
		},
		{"another place has it", `<meta property="article:published_time" content="soon"><meta name=date content="2026-01-05">`, nil},
		{"no value at all", `<meta property="article:published_time" content=" - "><meta name=author content="">`, nil},
		{"an author's address", `<meta property="article:author" content="https://h.example/ada">`, nil},
	} {
		p, err := HTML(tc.in+"<p>"+strings.Repeat("Ships wait. ", 20), "")
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(tc.want, p.Unread); d != "" {
			t.Errorf("%s (-want +got):\n%s", tc.name, d)
		}
	}
}

// TestOwnTags: programs that write pages for programs have meta tags of their own.
func TestOwnTags(t *testing.T) {
	const text = "<p>" + "Ships wait. Ships wait. Ships wait. Ships wait."
	for _, tc := range []struct {
		in   string
		want []string
	}{
		{
			`<meta name="title" content="The locks stay shut"/><meta name="author" content="Ada Okoye; Jan Smit"/><meta name="url" content="https://h.example/locks"/><meta name="sitename" content="Harbour Times"/>`,
			[]string{"The locks stay shut", "Ada Okoye|Jan Smit", "Harbour Times", "https://h.example/locks", "", ""},
		},
		{
			`<title>The locks stay shut</title><meta name="tags" content="ports, ice"/><meta name="category" content="Sea"/><meta name="authors" content="Ada Okoye, Jan Smit"/><meta name="summary" content="No ship moves."/>`,
			[]string{"The locks stay shut", "Ada Okoye|Jan Smit", "", "", "ports|ice", "No ship moves."},
		},
		{
			`<title>The locks stay shut</title><meta name="title" content="Home"/><meta name="url" content="https://h.example/"/><meta property="og:url" content="https://h.example/locks"/>`,
			[]string{"The locks stay shut", "", "h.example", "https://h.example/locks", "", ""},
		},
	} {
		p, err := HTML(tc.in+text, "")
		if err != nil {
			t.Fatal(err)
		}
		got := []string{p.Title, strings.Join(p.Authors, "|"), p.Source, p.URL, strings.Join(p.Topics, "|"), p.Summary}
		if d := cmp.Diff(tc.want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", tc.in, d)
		}
	}
}
