package page

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/corpus/sample"
	"github.com/newsq/newsq/index"
)

// samples makes an index of the sample articles, and opens it for reading.
func samples(t testing.TB) *index.Index {
	t.Helper()
	dir := t.TempDir()
	if err := sample.Write(filepath.Join(dir, "articles")); err != nil {
		t.Fatal(err)
	}
	src, err := corpus.Open(filepath.Join(dir, "articles"))
	if err != nil {
		t.Fatal(err)
	}
	ix, err := index.Open(t.Context(), filepath.Join(dir, "index"), nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ix.Sync(t.Context(), src, nil); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ix.Close() })
	return ix
}

// indexOf makes an index of some articles.
func indexOf(t testing.TB, articles ...corpus.Article) *index.Index {
	t.Helper()
	ix, err := index.Open(t.Context(), filepath.Join(t.TempDir(), "index"), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ix.Close() })
	if err := ix.Add(t.Context(), articles...); err != nil {
		t.Fatal(err)
	}
	return ix
}

// answer is what a handler answers.
type answer struct {
	*httptest.ResponseRecorder
	root *html.Node
}

// get asks a handler for a page.
func get(t *testing.T, h http.Handler, address string) *answer {
	t.Helper()
	w := httptest.NewRecorder()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	r.Header.Set("Accept", "text/html,*/*;q=0.8")
	h.ServeHTTP(w, r)
	root, err := html.Parse(strings.NewReader(w.Body.String()))
	if err != nil {
		t.Fatal(err)
	}
	return &answer{w, root}
}

// elements returns the elements of a name, in order. Those of a class alone where the name
// is followed by one: li.hit.
func (a *answer) elements(selector string) []*html.Node {
	name, class, _ := strings.Cut(selector, ".")
	var found []*html.Node
	for n := range a.root.Descendants() {
		if n.Type == html.ElementNode && n.Data == name && (n.Namespace == "" || name != "title") && (class == "" || slices.Contains(strings.Fields(attribute(n, "class")), class)) {
			found = append(found, n)
		}
	}
	return found
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// textOf returns the text of an element, with white space collapsed.
func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func (a *answer) texts(selector string) []string {
	var list []string
	for _, n := range a.elements(selector) {
		list = append(list, textOf(n))
	}
	return list
}

// link returns the address of the link with a text; empty where there is none.
func (a *answer) link(text string) string {
	for _, n := range a.elements("a") {
		if strings.Contains(textOf(n), text) {
			return attribute(n, "href")
		}
	}
	return ""
}

func TestStart(t *testing.T) {
	h := New(Options{Index: samples(t)})
	a := get(t, h, "/")
	if a.Code != http.StatusOK || !strings.HasSuffix(a.texts("h1")[0], "articles") {
		t.Errorf("status %d, heading %q", a.Code, a.texts("h1"))
	}
	if got := a.texts("h2"); !slices.Contains(got, "Topics") || !slices.Contains(got, "Newest") || !slices.Contains(got, "How to ask") {
		t.Errorf("headings %q", got)
	}
	for _, code := range a.elements("code") { // each example is a query
		address := attribute(code.Parent, "href")
		if got := get(t, h, address); got.Code != http.StatusOK {
			t.Errorf("%s: status %d", address, got.Code)
		}
	}
	if all := get(t, h, a.link("all of them")); len(all.elements("li.hit")) != 10 {
		t.Errorf("all: %d hits", len(all.elements("li.hit")))
	}
	empty := get(t, New(Options{Index: indexOf(t)}), "/")
	if got := empty.texts("h1"); got[0] != "The index is empty" {
		t.Errorf("an empty index: %q", got)
	}
}

func TestSearch(t *testing.T) {
	h := New(Options{Index: samples(t)})
	a := get(t, h, "/?q=sanctions")
	if a.Code != http.StatusOK {
		t.Fatalf("status %d", a.Code)
	}
	hits := a.elements("li.hit")
	if len(hits) == 0 || len(a.texts("mark")) == 0 {
		t.Fatalf("%d hits, marks %q", len(hits), a.texts("mark"))
	}
	for _, m := range a.texts("mark") {
		if !strings.Contains(strings.ToLower(m), "sanction") {
			t.Errorf("mark %q", m)
		}
	}
	if got := a.texts("title")[0]; got != "sanctions – newsq" {
		t.Errorf("title %q", got)
	}
	// A value is chosen, a second one is an alternative, and both can be taken off.
	values := a.elements("ul.values")
	first := get(t, h, attribute(links(values[0])[0], "href"))
	if got := first.texts("ul.chips"); len(got) != 1 || len(first.elements("a.on")) == 0 {
		t.Fatalf("chips %q, %d chosen", got, len(first.elements("a.on")))
	}
	second := ""
	for _, link := range links(first.elements("ul.values")[0]) {
		if attribute(link, "class") != "on" {
			second = attribute(link, "href")
			break
		}
	}
	both := get(t, h, second)
	if n, m := count(t, both), count(t, first); n < m || n > count(t, a) {
		t.Errorf("%d articles with two values of a facet, %d with one, %d with none", n, m, count(t, a))
	}
	if cleared := get(t, h, both.link("clear all")); count(t, cleared) != count(t, a) {
		t.Errorf("%q", cleared.texts("h1"))
	}
	for _, chip := range links(both.elements("ul.chips")[0]) {
		if got := get(t, h, attribute(chip, "href")); got.Code != http.StatusOK {
			t.Errorf("%s: status %d", attribute(chip, "href"), got.Code)
		}
	}
}

// links returns the links within an element.
func links(n *html.Node) []*html.Node {
	var found []*html.Node
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && d.Data == "a" {
			found = append(found, d)
		}
	}
	return found
}

// count is the number of articles that a page says were found.
func count(t *testing.T, a *answer) int {
	t.Helper()
	heading := a.texts("h1")[0]
	if _, of, ok := strings.Cut(heading, " of "); ok {
		heading = of
	}
	n := 0
	if _, err := fmt.Sscanf(strings.ReplaceAll(heading, ",", ""), "%d article", &n); err != nil {
		t.Fatalf("%q tells no number: %v", heading, err)
	}
	return n
}

func TestPages(t *testing.T) {
	h := New(Options{Index: samples(t)})
	a := get(t, h, "/?q=sanctions&limit=2")
	next := get(t, h, a.link("Next page"))
	if got := next.texts("h1")[0]; !strings.HasPrefix(got, "3–4 of ") {
		t.Errorf("the next page is %q", got)
	}
	if got := next.link("First page"); got != "/?q=sanctions&limit=2" {
		t.Errorf("the first page is at %q", got)
	}
	if got := get(t, h, "/?q=sanctions&cursor=abc"); got.Code != http.StatusBadRequest || got.link("first page") != "/?q=sanctions" {
		t.Errorf("a wrong cursor: status %d, first page %q", got.Code, got.link("first page"))
	}
}

func TestFacetInFull(t *testing.T) {
	var articles []corpus.Article
	for i := range 20 {
		articles = append(articles, corpus.Article{ID: fmt.Sprint("a", i), Body: "Oil.", Source: fmt.Sprint("Outlet ", i)})
	}
	h := New(Options{Index: indexOf(t, articles...)})
	few := get(t, h, "/?q=oil")
	if n := len(links(few.elements("ul.values")[0])); n != shownValues {
		t.Errorf("%d outlets are shown", n)
	}
	all := get(t, h, few.link("13 more"))
	if n := len(links(all.elements("ul.values")[0])); n != 20 || all.link("fewer") != "/?q=oil" {
		t.Errorf("%d outlets are shown, fewer at %q", n, all.link("fewer"))
	}
}

// hostile is text that would do something if it reached a page as it is.
const hostile = `<script>alert(1)</script><img src=x onerror=alert(2)> "' onclick=alert(3) </title></style></textarea><!-- javascript:alert(4) {{.}} ` + "`${1}`"

func TestNoMarkupOfArticles(t *testing.T) {
	article := corpus.Article{
		ID: `x"><script>alert(5)</script>`, Title: "Oil " + hostile, Summary: "Summary " + hostile,
		Body: "Oil " + hostile + "\n\nMore oil " + hostile, Authors: []string{hostile}, Source: hostile,
		Language: `en"><script>`, Topics: []corpus.Topic{{Path: hostile, Origin: corpus.Stated, Reason: hostile}},
		Places: []string{hostile}, People: []string{hostile}, Organizations: []string{hostile},
		Form: hostile, URL: `javascript:alert("6")`, Path: "/srv/secret/a.txt",
		Handling: &corpus.Handling{Notice: hostile, Rights: hostile},
	}
	article.Sections = []corpus.Section{{Heading: "Oil " + hostile, End: 5}, {Heading: hostile, Start: 5, End: len(article.Body)}}
	h := New(Options{Index: indexOf(t, article)})
	q := url.QueryEscape(hostile)
	found := get(t, h, "/?q=oil")
	for _, address := range []string{
		"/", "/?q=oil", "/?q=oil&facet=source", found.link("Oil"), "/?q=oil+AND+" + url.QueryEscape(`("`+hostile), "/?q=oil&source=" + q, "/?q=oil&topic=" + q,
		"/?q=oil&since=" + q, "/?" + q + "=1", "/a/" + url.PathEscape(hostile), "/" + url.PathEscape(hostile), "/?q=" + q,
		"/?q=oyl+" + q,
	} {
		a := get(t, h, address)
		if n := len(a.elements("script")); n != 1 {
			t.Errorf("%s: %d scripts", address, n)
		}
		if n := len(a.elements("img")) + len(a.elements("iframe")) + len(a.elements("textarea")); n > 0 {
			t.Errorf("%s: %d elements of an article", address, n)
		}
		for n := range a.root.Descendants() {
			for _, at := range n.Attr {
				if strings.HasPrefix(at.Key, "on") || at.Key == "style" || strings.HasPrefix(strings.TrimSpace(at.Val), "javascript:") && at.Key != "value" && at.Key != "lang" {
					t.Errorf("%s: attribute %s=%q of %s", address, at.Key, at.Val, n.Data)
				}
			}
		}
		if strings.Contains(a.Body.String(), "/srv/secret") || strings.Contains(a.Body.String(), "ZgotmplZ") {
			t.Errorf("%s: a path, or what the templates refused", address)
		}
	}
	if a := get(t, New(Options{Index: indexOf(t, article), ShowPaths: true}), "/?q=oil"); !strings.Contains(a.Body.String(), "/srv/secret/a.txt") {
		t.Error("the path is not shown where it was asked for")
	}
}

// TestPolicy holds the style and the script that a page has to the hashes of its policy.
func TestPolicy(t *testing.T) {
	a := get(t, New(Options{Index: indexOf(t)}), "/")
	policy := a.Header().Get("Content-Security-Policy")
	for _, name := range []string{"style", "script"} {
		e := a.elements(name)
		if len(e) != 1 || e[0].FirstChild == nil {
			t.Fatalf("%d elements %s", len(e), name)
		}
		if want := name + "-src " + hash(e[0].FirstChild.Data); !strings.Contains(policy, want) {
			t.Errorf("%s is not in %s", want, policy)
		}
	}
	for _, want := range []string{"default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"} {
		if !strings.Contains(policy, want) {
			t.Errorf("%s is not in %s", want, policy)
		}
	}
	if strings.Contains(policy, "unsafe") {
		t.Error(policy)
	}
}

// TestLandmarks holds all pages to what those need who do not see them.
func TestLandmarks(t *testing.T) {
	h := New(Options{Index: samples(t)})
	found := get(t, h, "/?q=sanctions")
	article := attribute(links(found.elements("li.hit")[0])[0], "href")
	for _, address := range []string{"/", "/?q=sanctions", "/?q=xyzzyq", "/?q=(oil", "/nowhere", article} {
		a := get(t, h, address)
		for _, name := range []string{"header", "main", "footer", "h1", "title"} {
			if n := len(a.elements(name)); n != 1 {
				t.Errorf("%s: %d elements %s", address, n, name)
			}
		}
		if got := attribute(a.elements("html")[0], "lang"); got != "en" {
			t.Errorf("%s: lang %q", address, got)
		}
		labels := make(map[string]bool)
		for _, l := range a.elements("label") {
			labels[attribute(l, "for")] = true
		}
		for _, in := range a.elements("input") {
			if kind := attribute(in, "type"); kind != "hidden" && !labels[attribute(in, "id")] && in.Parent.Data != "label" {
				t.Errorf("%s: the input %s has no label", address, attribute(in, "name"))
			}
		}
		for _, l := range a.elements("a") {
			if textOf(l) == "" && attribute(l, "aria-label") == "" {
				t.Errorf("%s: the link to %s has no text", address, attribute(l, "href"))
			}
		}
		ids := make(map[string]bool)
		for n := range a.root.Descendants() {
			if id := attribute(n, "id"); id != "" {
				if ids[id] {
					t.Errorf("%s: the id %s stands twice", address, id)
				}
				ids[id] = true
			}
		}
	}
}

func TestArticle(t *testing.T) {
	at := time.Date(2024, 3, 5, 0, 0, 0, 0, time.UTC)
	body := "The price of oil fell.\nIt fell far.\n\nGas did not.Nobody knows why oil falls."
	h := New(Options{Index: indexOf(t,
		corpus.Article{
			ID: "https://example.org/a?b=1/c", Title: "Oil falls", Body: body, Published: at, PublishedAs: "2024-03", Authors: []string{"Ada Okoye"},
			Source: "The Ledger", URL: "https://www.example.org/oil?x=1#top", Language: "ar",
			Sections: []corpus.Section{{End: 49}, {Heading: "Why oil", Level: 2, Start: 49, End: len(body)}},
			Topics:   []corpus.Topic{{Path: "energy/oil_gas", Origin: corpus.Stated}},
			People:   []string{"Ada Okoye"}, Pages: []corpus.Page{{Label: "7", Start: 0}, {Label: "8-9", Start: 49}},
		},
		corpus.Article{ID: "zebra", Title: "No oil"},
	)})
	found := get(t, h, "/?q=oil+fell")
	address := found.link("Oil falls")
	a := get(t, h, address)
	if a.Code != http.StatusOK || a.texts("h1")[0] != "Oil falls" {
		t.Fatalf("%s: status %d, heading %q", address, a.Code, a.texts("h1"))
	}
	if got := attribute(a.elements("article")[0], "lang"); got != "ar" {
		t.Errorf("lang %q", got)
	}
	if got := a.link("Read the original"); got != "https://www.example.org/oil?x=1#top:~:text=The%20price%20of%20oil%20fell." {
		t.Errorf("original %q", got)
	}
	if got := a.link("Results for"); got != "/?q=oil%20fell" {
		t.Errorf("back %q", got)
	}
	if got, want := a.texts("section"), "p. 7 The price of oil fell.It fell far."; !strings.HasPrefix(got[0], want) {
		t.Errorf("first section %q", got[0])
	}
	if got := a.texts("h3"); len(got) != 1 || got[0] != "Why oil" {
		t.Errorf("headings %q", got)
	}
	text := a.root
	for _, want := range []string{"Mar 2024", "stated by the source", "pp. 8–9", "Ada Okoye", "The Ledger"} {
		if !strings.Contains(textOf(text), want) {
			t.Errorf("%q is not there", want)
		}
	}
	// A passage leads to its paragraph.
	on := ""
	for _, n := range found.elements("a.readon") {
		on = attribute(n, "href")
	}
	if _, name, _ := strings.Cut(on, "#"); name == "" || !slices.ContainsFunc(a.elements("p"), func(p *html.Node) bool { return attribute(p, "id") == name }) {
		t.Errorf("a passage leads to %q", on)
	}
	if short := get(t, h, "/a/zeb?q=oil"); short.Code != http.StatusFound || short.Header().Get("Location") != "/a/zebra?q=oil" {
		t.Errorf("the beginning of an id: %d, %q", short.Code, short.Header().Get("Location"))
	}
	if plain := get(t, h, "/a/zebra"); len(plain.elements("mark")) != 0 || plain.link("Results") != "" {
		t.Error("without a query there are marks, or results")
	}
}

func TestTopicsOfArticle(t *testing.T) {
	h := New(Options{Index: samples(t)})
	var reasons []string
	for _, hit := range get(t, h, "/?q=sanctions&topic=diplomacy/sanctions").elements("li.hit") {
		reasons = append(reasons, get(t, h, attribute(links(hit)[0], "href")).texts("span.reason")...)
	}
	if !slices.ContainsFunc(reasons, func(s string) bool { return strings.Contains(s, "; by rule: banks (") }) {
		t.Errorf("reasons %q", reasons)
	}
}

func TestVersions(t *testing.T) {
	of := func(n int) corpus.Article {
		return corpus.Article{ID: "x", Title: fmt.Sprint("Oil ", n), Body: "Oil.", Handling: &corpus.Handling{Version: n, Notice: "CORRECTS <b>price</b>"}}
	}
	ix := indexOf(t, of(1))
	if err := ix.Add(t.Context(), of(2)); err != nil {
		t.Fatal(err)
	}
	a := get(t, New(Options{Index: ix}), "/a/x")
	got := strings.Join(a.texts("ul.why"), "|")
	if !strings.Contains(got, "version 2: this one (CORRECTS <b>price</b>)") || !strings.Contains(got, "version 1: ") {
		t.Errorf("versions %q", got)
	}
}

func TestWritingFromRightToLeft(t *testing.T) {
	h := New(Options{Index: indexOf(t,
		corpus.Article{ID: "fa", Title: "نفت", Body: "OPEC قیمت نفت", Language: "fa-IR"},
		corpus.Article{ID: "en", Title: "Oil", Body: "The price of oil.", Language: "en"},
	)})
	for address, want := range map[string]string{"/a/fa": "rtl", "/a/en": "auto", "/?q=%D9%86%D9%81%D8%AA": "rtl", "/?q=oil": "auto"} {
		a := get(t, h, address)
		for _, p := range append(a.elements("h2"), append(a.elements("article"), a.elements("p")...)...) {
			if dir := attribute(p, "dir"); dir != "" && dir != want {
				t.Errorf("%s: %q of %q", address, dir, textOf(p))
			}
		}
	}
}

func TestModesAreSaid(t *testing.T) {
	h := New(Options{Index: samples(t)})
	a := get(t, h, "/?q=sanctions+oil&match=any&recency=90d&lenient=true&no-aliases=true")
	for link, want := range map[string]string{
		"All of the words": "/?q=sanctions%20oil&no-aliases=true&lenient=true&recency=90d",
		"Whatever its age": "/?q=sanctions%20oil&match=any&no-aliases=true&lenient=true",
		"Say what":         "/?q=sanctions%20oil&match=any&no-aliases=true&recency=90d",
		"Other names too":  "/?q=sanctions%20oil&match=any&lenient=true&recency=90d",
	} {
		if got := a.link(link); got != want {
			t.Errorf("%s: %q", link, got)
		}
	}
}
