package corpus

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"strings"
	"testing"
	"unicode"

	"github.com/newsq/newsq/internal/extract"
)

// fuzz holds a format to what Article promises, whatever is read.
func fuzz(f *testing.F, format string, seeds ...string) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		src := open(t, Options{Stdin: bytes.NewReader(content), Format: format, MaxFile: 1 << 20, MaxLine: 1 << 16}, "-")
		for e := range src.Entries(context.Background()) {
			for a, err := range e.Articles(context.Background()) {
				var re *ReadError
				if err != nil && !errors.As(err, &re) {
					t.Fatalf("%v is no *ReadError", err)
				}
				if err != nil {
					continue
				}
				if err := sound(&a); err != nil {
					t.Fatalf("%v in %q", err, content)
				}
				if a.Title == "" && a.Body == "" && a.Summary == "" && len(a.Sections) == 0 {
					t.Fatalf("nothing was read from %q", content)
				}
			}
		}
	})
}

func FuzzText(f *testing.F) {
	fuzz(f, "txt", "A title\nBy Ada Okoye\n\n"+long+"\n\nA heading\n\n"+long, "A\n=\n-\n\n- x\n  y\n1. z", "a   b\nc   d\n", "Title: x\nDate: 2026\n\ny",
		"---\ntitle: x\n---\ny", "# \n## a\n#b", "LONDON, March 5, 2026 — \n", "\xff\xfe\x00", "\u2028\u2029\u0085", "。\n、\n")
}

func FuzzMarkdown(f *testing.F) {
	fuzz(f, "md", "---\ntitle: A\ndate: 2026-01-12\ntags: [a, b]\n---\n\n# A\n\ntext *b* [c](d)\n\n- e\n\n> f\n", "---\n: [\n---\nx", "---\na: &a [*a]\n---\n",
		"---\n? [a]\n: b\n---\nc", "# a\n# b\n")
}

func FuzzHTML(f *testing.F) {
	fuzz(f, "html", "<title>A</title><h1>B</h1><p>"+long+"<h2>C</h2><p>"+long, "<p", "<table><tr><td>a<td>b", "<script>x", "&#0;&#x85;&nbsp;")
}

func FuzzJSON(f *testing.F) {
	fuzz(f, "json", `[{"title": "A", "text": "<p>x<br>y</p>"}, {"id": 1, "body": ["a", {"text": "b"}], "date": 1e9}]`,
		`{"articles": [{"headline": {"main": "A"}}]}`, `{"data": {"item": {"title": "a\u0000\ud800"}}}`, "{\"title\": \"A\n\"}\n{\"title\": \"B\"}",
		`{"hits": {"hits": [{"_source": {"title": "A"}}]}}`, `{"title": "`+strings.Repeat(`\t`, 50)+`"}`)
}

func FuzzJSONLines(f *testing.F) {
	fuzz(f, "jsonl", "{\"title\": \"A\", \"author\": \"B and C\"}\n{\"text\": \"D\"}\n\nx\n", "{}\n{}", "\xef\xbb\xbf{\"title\":\"A\"}", "{\"title\":\"\xe9\"}\n",
		"{\"title\":\"A\"}{\"title\":\"B\"}\n{", "\xff\xfe{\x00}\x00")
}

func FuzzIgnore(f *testing.F) {
	f.Add("**/a/*\n!b?[c]\n", "x/a/b")
	f.Fuzz(func(t *testing.T, rules, path string) {
		parsed, _, _ := parseIgnore(rules)
		ig := ignoreRules{dir: "/r", rules: parsed}
		ig.verdict("/r/"+path, false)
	})
}

// FuzzWords holds the layout of plain text to its promise that no word is
// lost. Words that the head of a text gave to fields, and characters that draw
// lines or mark headings, are not looked for.
func FuzzWords(f *testing.F) {
	for _, s := range []string{
		"A title\n\n" + long + "\n\nA heading\n\n" + long, "a\nb\n\n  c\nd-\ne", "# x\ny\n===\n- z", "x    y\nz", "One two\n---\nthree",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		s = extract.Clean(s)
		var b builder
		var a Article
		blocks := b.layOutPlain(&a, s)
		if len(a.Authors) > 0 || !a.Published.IsZero() || !a.Updated.IsZero() {
			return
		}
		title := a.Title
		a.setBody(blocks)
		got := title + "\n" + a.Body
		for _, section := range a.Sections {
			got += "\n" + section.Heading
		}
		if want := lettersOf(s); !maps.Equal(want, lettersOf(got)) {
			t.Fatalf("%q became %q", s, got)
		}
	})
}

// lettersOf counts the letters and digits of s.
func lettersOf(s string) map[rune]int {
	n := map[rune]int{}
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			n[r]++
		}
	}
	return n
}
