package markdown

import (
	"strings"
	"testing"

	"github.com/newsq/newsq/corpus/internal/reader/readertest"
	"github.com/newsq/newsq/corpus/internal/record"
)

func TestWithoutTemplates(t *testing.T) {
	for in, want := range map[string]string{
		"A {% image \"a.jpg\" \"b\" %} B":                 "A  B",
		"[a]({{ \"/2015/x/\" | url }}) b":                 "[a](/2015/x/) b",
		"[a]({{< ref \"x.md\" >}})":                       "[a]()",
		"{{ site.name }} is":                              " is",
		"{{< figure src=\"a.png\" caption=\"A ship\" >}}": "\n\nA ship\n\n",
		"{{% notice %}}One.{{% /notice %}}":               "One.",
		"{% highlight go %}x := 1{% endhighlight %}":      "x := 1",
		"A{% comment %}B{% endcomment %}C":                "AC",
		"```\n{{ code }}\n```\n{{ x }}":                   "```\n{{ code }}\n```\n",
		"Write `{{ x }}` and ``{% y %}``":                 "Write `{{ x }}` and ``{% y %}``",
		"# A\n{: .no_toc}\n":                              "# A\n\n",
		"* TOC\n{:toc}\nText":                             "\nText",
		"a { b {{ c":                                      "a { b {{ c",
		"{%" + strings.Repeat("x", maxTemplate) + "%}":    "{%" + strings.Repeat("x", maxTemplate) + "%}",
		"A set {1, 2} and a `lonely mark":                 "A set {1, 2} and a `lonely mark",
	} {
		if got := withoutTemplates(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
	withoutTemplates(strings.Repeat("{%{{`", 200_000))
	withoutTemplates(strings.Repeat("{%{{{:`", 200_000) + "%}}}")
}

func TestSites(t *testing.T) {
	for _, tt := range []struct {
		name, content, title, body string
		records                    int
		draft                      bool
	}{
		{"a.md", "---\ntitle: Ferries\n---\nOne {{< x >}}two.", "Ferries", "One two.", 1, false},
		{"a.md", "One {{< x >}} two.", "", "One {{< x >}} two.", 1, false},
		{"posts/_index.md", "---\ntitle: Posts\n---\nAll posts.", "", "", 0, false},
		{"posts/_index.fr.md", "---\ntitle: Posts\n---\n", "", "", 0, false},
		{"posts/_index.md", "No front matter.", "", "No front matter.", 1, false},
		{"a.md", "---\ntitle: Ferries\ndraft: true\n---\nOne.", "Ferries", "One.", 1, true},
		{"a.md", "+++\ntitle = \"Ferries\"\ndraft = true\n+++\nOne.", "Ferries", "One.", 1, true},
		{"a.md", "---\ntitle: Ferries\npublished: false\n---\nOne.", "Ferries", "One.", 1, true},
		{"a.md", "---\ntitle: Ferries\ndraft: false\npublished: 2026-01-05\n---\nOne.", "Ferries", "One.", 1, false},
		{"a.md", "Title: Ferries\nDate: 2026-01-05\nStatus: draft\n\nOne.", "Ferries", "One.", 1, true},
		{"a.md", "<!--\n.. title: Ferries\n.. slug: x\n.. date: 2026-01-05 10:00:00 UTC+01:00\n.. link:\n-->\n\nOne.", "Ferries", "One.", 1, false},
		{"a.md", "<!--\n.. title: Ferries\n.. date: 2026-01-05\n.. status: draft\n-->\nOne.", "Ferries", "One.", 1, true},
	} {
		recs, faults := readertest.Read(t, Read, tt.name, tt.content)
		if len(recs) != tt.records || len(faults) != 0 {
			t.Errorf("%s %q: %d records, %v", tt.name, tt.content, len(recs), faults)
			continue
		}
		if tt.records == 0 {
			continue
		}
		var body []string
		for _, b := range recs[0].Blocks {
			body = append(body, b.Text)
		}
		if title := recs[0].First(record.Title); title != tt.title || strings.Join(body, "|") != tt.body || (recs[0].Handling != nil) != tt.draft {
			t.Errorf("%q: %q %q %v", tt.content, title, body, recs[0].Handling)
		}
	}
}

// A page below front matter may be HTML. A day is no moment, and Jekyll parts tags
// by spaces.
func TestReadPage(t *testing.T) {
	const page = "---\r\nlayout: post\r\ntitle: Ferries\r\ndate: 2026-01-05\r\ntags: ports ice-age\r\n---\r\n<p>One.</p>{% for x in y %}<p>{{ x }}</p>{% endfor %}<p>Two.</p>"
	if !RecognizePage(readertest.Head("a.html", page)) || RecognizePage(readertest.Head("a.md", page)) || RecognizePage(readertest.Head("a.html", "<p>One.")) {
		t.Error("recognized wrongly")
	}
	recs, faults := readertest.Read(t, ReadPage, "a.html", page)
	if len(recs) != 1 || len(faults) != 0 {
		t.Fatalf("%d records, %v", len(recs), faults)
	}
	got := []string{recs[0].First(record.Title), recs[0].First(record.Published), strings.Join(readertest.Texts(&recs[0], record.Topics), "|"), recs[0].Text()}
	want := []string{"Ferries", "2026-01-05", "ports|ice-age", "<p>One.</p><p></p><p>Two.</p>"}
	if strings.Join(got, "\n") != strings.Join(want, "\n") || recs[0].Form != record.HTML {
		t.Errorf("%q, want %q", got, want)
	}
	recs, _ = readertest.Read(t, Read, "a.md", "---\nlayout: post\ndate: 2026-01-05 10:00:00\ntags: North Sea\n---\nOne.")
	if tags := readertest.Texts(&recs[0], record.Topics); len(tags) != 1 || !strings.HasPrefix(recs[0].First(record.Published), "2026-01-05T10:00") {
		t.Errorf("%q, %q", tags, recs[0].First(record.Published))
	}
}
