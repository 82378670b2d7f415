package export

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	"golang.org/x/net/html"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

// hostile are hits whose texts are markup in every format.
func hostile() []index.Hit {
	return []index.Hit{
		{Rank: 1, Score: 2.5, ID: "=1+1", Article: &corpus.Article{
			ID: "=1+1", Title: `<script>alert("1")</script> & *stars* [link](x) # ` + "`code`", Source: "@Outlet", Authors: []string{"+A", "B"},
			Published: time.Date(2024, 3, 5, 0, 0, 0, 0, time.UTC), PublishedAs: "2024-03", Language: "en", URL: "javascript:alert(1)",
			Body: "- no list\nsecond_line_\n\n1. no number\n\n# no heading\n\n<b>no tag</b> ]]> \ufffe\uffff done", Summary: "a | b ~~c~~ $x$",
		}, Snippets: []index.Snippet{{Field: index.FieldBody, Text: "<b>no tag</b>", Matches: []index.Span{{Start: 3, End: 5}}, Section: "S&P"}}},
		{Rank: 2, ID: "two", Article: &corpus.Article{
			ID: "two", Title: "Zwei", Language: "de", URL: "https://example.org/?a=1&b=<2>", Body: "Ein Absatz.\n\nNoch einer.",
			Sections: []corpus.Section{{Start: 0, End: 13}, {Heading: "Teil & Ganzes", Level: 1, Start: 13, End: 24}},
		}},
	}
}

func each(hits []index.Hit, last error) iter.Seq2[index.Hit, error] {
	return func(yield func(index.Hit, error) bool) {
		for _, h := range hits {
			if !yield(h, nil) {
				return
			}
		}
		if last != nil {
			yield(index.Hit{}, last)
		}
	}
}

var made = time.Date(2026, 12, 1, 8, 0, 0, 0, time.UTC)

func written(t *testing.T, f Format, hits []index.Hit) []byte {
	t.Helper()
	t.Setenv("TMPDIR", t.TempDir())
	var b bytes.Buffer
	r, err := Write(&b, f, each(hits, nil), &About{Query: `a <b> "c"`, Made: made})
	if err != nil {
		t.Fatal(err)
	}
	if r.Articles != len(hits) || r.Bytes != int64(b.Len()) {
		t.Errorf("%s: %+v, and %d bytes came", f, r, b.Len())
	}
	if left, _ := os.ReadDir(os.Getenv("TMPDIR")); len(left) > 0 {
		t.Errorf("%s leaves %v", f, left)
	}
	return b.Bytes()
}

func TestTable(t *testing.T) {
	hits := hostile()
	hits[0].Article.Summary = strings.Repeat("\U0001F600", 20_000) // two units each
	r := csv.NewReader(bytes.NewReader(written(t, CSV, hits)))
	rows, err := r.ReadAll()
	if err != nil || len(rows) != 3 {
		t.Fatal(len(rows), err)
	}
	row := map[string]string{}
	for i, name := range rows[0] {
		row[name] = rows[1][i]
	}
	for name, want := range map[string]string{
		"id": "'=1+1", "source": "'@Outlet", "authors": "'+A; B", "published": "2024-03-05T00:00:00Z", "published_as": "2024-03", "rank": "1", "score": "2.5",
		"passages": "<b>no tag</b>", "title": hits[0].Article.Title,
	} {
		if row[name] != want {
			t.Errorf("%s: %q, want %q", name, row[name], want)
		}
	}
	if n := units(row["summary"]); n > maxCell || n < maxCell-10 || !strings.HasSuffix(row["summary"], "...") {
		t.Errorf("a summary of %d units", n)
	}
	for _, s := range []string{" =1", "\t=1", "＝1", "-1"} {
		if cell(s) != "'"+s {
			t.Errorf("%q stays a formula", s)
		}
	}
}

// What is markup in a text is text in a page.
func TestPage(t *testing.T) {
	page := written(t, HTML, hostile())
	doc, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	ids, hrefs := map[string]bool{}, []string{}
	for n := range doc.Descendants() {
		switch {
		case n.Type == html.TextNode:
			text.WriteString(n.Data)
		case n.Type == html.ElementNode && (n.Data == "script" || n.Data == "b"):
			t.Errorf("a text became <%s>", n.Data)
		}
		for _, a := range n.Attr {
			switch a.Key {
			case "id":
				ids[a.Val] = true
			case "href":
				hrefs = append(hrefs, a.Val)
			}
		}
	}
	for _, want := range []string{`<script>alert("1")</script> & *stars*`, "<b>no tag</b> ]]>", "Teil & Ganzes", `a <b> "c"`, "2024-03"} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	for _, href := range hrefs {
		if to, ok := strings.CutPrefix(href, "#"); ok && !ids[to] || !ok && !strings.HasPrefix(href, "https://example.org/") {
			t.Errorf("a link to %s", href)
		}
	}
	if len(hrefs) != 3 {
		t.Errorf("links %v", hrefs)
	}
}

// What is markup in a text is text in Markdown.
func TestMarkdown(t *testing.T) {
	source := written(t, Markdown, hostile())
	doc := goldmark.DefaultParser().Parse(text.NewReader(source))
	var all strings.Builder
	headings, lists := 0, 0
	err := ast.Walk(doc, func(n ast.Node, in bool) (ast.WalkStatus, error) {
		if !in {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Heading:
			headings++
		case *ast.List:
			lists++
		case *ast.CodeSpan, *ast.CodeBlock, *ast.FencedCodeBlock:
			t.Errorf("a text became %s", n.Kind())
		case *ast.RawHTML:
			if raw := string(n.Segments.Value(source)); !strings.HasPrefix(raw, "<a id=") && raw != "</a>" {
				t.Errorf("a text became %s", raw)
			}
		case *ast.HTMLBlock:
			t.Error("a text became HTML")
		case *ast.Text:
			all.Write(n.Segment.Value(source))
		}
		return ast.WalkContinue, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if headings != 4 || lists != 1 { // its title, two articles, a section
		t.Errorf("%d headings, %d lists", headings, lists)
	}
	for _, want := range []string{`<script\>alert`, "no list", "no heading", "a \\| b"} {
		if !strings.Contains(strings.ReplaceAll(string(source), `\<`, "<"), want) {
			t.Errorf("Markdown lacks %q:\n%s", want, source)
		}
	}
}

// A book is a zip as EPUB wants it, of well-formed files that are all listed.
func TestBook(t *testing.T) {
	var hits []index.Hit
	for i := range 250 {
		h := hostile()[i%2]
		h.Article.ID = fmt.Sprint(i)
		hits = append(hits, h)
	}
	for _, n := range []int{1, 100, 101, 200, 250} {
		b := written(t, EPUB, hits[:n])
		if string(b[30:38]) != "mimetype" || string(b[38:58]) != "application/epub+zip" {
			t.Fatalf("it begins with %q", b[:60])
		}
		z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			t.Fatal(err)
		}
		files := map[string]string{}
		for _, f := range z.File {
			files[f.Name] = member(t, f)
		}
		for name, content := range files {
			if strings.HasSuffix(name, "xhtml") || strings.HasSuffix(name, "opf") || strings.HasSuffix(name, "xml") {
				wellFormed(t, name, content)
			}
			file := strings.TrimPrefix(name, "EPUB/")
			if strings.HasPrefix(file, "a0") && (!strings.Contains(files["EPUB/package.opf"], `href="`+file+`"`) || strings.Count(files["EPUB/nav.xhtml"], `href="`+file+`"`) != 1) {
				t.Errorf("%s is not listed", name)
			}
		}
		if got := strings.Count(files["EPUB/nav.xhtml"], "<span>"); n > 100 && got != (n+99)/100 || n <= 100 && got != 0 {
			t.Errorf("%d chapters in %d groups", n, got)
		}
		if last := fmt.Sprintf("–%d</span>", n); n > 100 && !strings.Contains(files["EPUB/nav.xhtml"], last) {
			t.Errorf("no group ends with %d", n)
		}
	}
}

func member(t *testing.T, f *zip.File) string {
	r, err := f.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func wellFormed(t *testing.T, name, content string) {
	d := xml.NewDecoder(strings.NewReader(content))
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatalf("%s: %v\n%s", name, err, content)
		}
	}
}

// What a book cannot hold is refused before anything is written.
func TestTooLargeBook(t *testing.T) {
	var b bytes.Buffer
	_, err := Write(&b, EPUB, each(nil, nil), &About{Total: maxChapters + 1, Made: made})
	if !errors.Is(err, ErrTooManyArticles) || b.Len() > 0 {
		t.Errorf("%v, %d bytes", err, b.Len())
	}
}

func TestCitationsOfNothing(t *testing.T) {
	if got := string(written(t, CSL, nil)); !json.Valid([]byte(got)) {
		t.Errorf("no JSON: %q", got)
	}
	if got := string(written(t, RIS, nil)); got != "" {
		t.Errorf("%q", got)
	}
	a := hostile()[1].Article
	for f, want := range map[Format]string{RIS: "TY  - ELEC\r\n", BibTeX: "@online{article_two,", CSL: `[` + "\n" + `{"id":"article_two","type":"webpage"`} {
		if got, err := Citation(f, a, time.Time{}); err != nil || !strings.HasPrefix(got, want) {
			t.Errorf("%s: %q %v", f, got, err)
		}
	}
	if _, err := Citation(HTML, a, time.Time{}); err == nil {
		t.Error("a page is a citation")
	}
}

// A file is there when all of it is, and an older one stays until then.
func TestWriteFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out.csv")
	if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	failed := errors.New("no more")
	if _, err := WriteFile(path, CSV, each(hostile(), failed), &About{Made: made}); !errors.Is(err, failed) {
		t.Errorf("got %v", err)
	}
	if b, _ := os.ReadFile(path); string(b) != "old" {
		t.Errorf("the older file is %q", b)
	}
	r, err := WriteFile(path, CSV, each(hostile(), nil), &About{Made: made})
	b, _ := os.ReadFile(path)
	if err != nil || int64(len(b)) != r.Bytes || r.Articles != 2 {
		t.Errorf("%+v %v, %d bytes", r, err, len(b))
	}
	if list, _ := os.ReadDir(filepath.Dir(path)); len(list) != 1 {
		t.Errorf("it leaves %v", list)
	}
	if _, err := WriteFile(t.TempDir(), CSV, each(nil, nil), &About{}); err == nil {
		t.Error("a folder was written")
	}
}

func TestFormats(t *testing.T) {
	for _, f := range Formats() {
		if got, err := ParseFormat(" " + strings.ToUpper(string(f))); err != nil || got != f {
			t.Errorf("%s: %q %v", f, got, err)
		}
		if got, ok := OfFile("a/b.c/x." + string(f)); f != CSL && (!ok || got != f) {
			t.Errorf("%s: %q", f, got)
		}
	}
	if _, err := ParseFormat("doc"); err == nil {
		t.Error("doc is a format")
	}
	if _, ok := OfFile("nothing"); ok {
		t.Error("no extension tells a format")
	}
}
