package extract

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// para and head make blocks short to write.
func para(s string) Block            { return Block{Text: s} }
func head(level int, s string) Block { return Block{Heading: true, Level: level, Text: s} }

func TestMarkdown(t *testing.T) {
	for _, tc := range []struct {
		name, in string
		want     []Block
	}{
		{name: "nothing"},
		{
			"headings and wrapped paragraphs",
			"# The price of delay\n\nThe bank\nwaited too long.\n\nWhy\n---\n\nNobody knows.",
			[]Block{head(1, "The price of delay"), para("The bank waited too long."), head(2, "Why"), para("Nobody knows.")},
		},
		{
			"inline markup",
			"It *was* **never** ~~quite~~ `so` [simple](https://example.org \"t\"), see ![a chart](c.png) and <https://example.org>.",
			[]Block{para("It was never quite so simple, see a chart and https://example.org.")},
		},
		{"references", "As [the report][1] says.\n\n[1]: https://example.org", []Block{para("As the report says.")}},
		{"escapes and entities", `AT&amp;T \*stars\* &copy; \&amp; 5 &lt; 6`, []Block{para("AT&T *stars* © &amp; 5 < 6")}},
		{"code is taken as it is", "Type `a\\*b &amp;`.", []Block{para(`Type a\*b &amp;.`)}},
		{"set line breaks", "Roses are red  \nviolets\\\nare blue", []Block{para("Roses are red\nviolets\nare blue")}},
		{"wrapped Chinese", "央行周四\n意外加息。\n市场", []Block{para("央行周四意外加息。市场")}},
		{
			"lists",
			"- one\n- two\n  wrapped\n  - nested\n\n1. first\n\n   more of the first\n2. second\n\n- [x] done",
			[]Block{
				para("one"), para("two wrapped"), para("nested"), para("first"), para("more of the first"), para("second"), para("done"),
			},
		},
		{"quotes", "> To be\n> or not\n>\n> > deeper", []Block{para("To be or not"), para("deeper")}},
		{
			"tables",
			"| Year | Rate |\n|------|-----:|\n| 2024 | **4.5** |\n| 2025 | 4 \\| 5 |",
			[]Block{para("Year | Rate"), para("2024 | 4.5"), para("2025 | 4 | 5")},
		},
		{"footnotes", "As known.[^1]\n\n[^1]: By *some*.", []Block{para("As known."), para("By some.")}},
		{"definitions", "Term\n: What it means.", []Block{para("Term"), para("What it means.")}},
		{"code blocks", "```go\nfunc main() {\n\tx()\n}\n```\n\n    indented", []Block{para("func main() {\n\tx()\n}"), para("indented")}},
		{
			"HTML", "<div class=\"x\">\n<h2>Inside</h2>\n<p>A <b>bold</b> claim.</p>\n<script>x()</script>\n</div>\n\nOut<br>side <b>and</b> in",
			[]Block{head(2, "Inside"), para("A bold claim."), para("Out\nside and in")},
		},
		{"comments are for editors", "Text.\n\n<!-- check\n\nthis -->\n\nMore.", []Block{para("Text."), para("More.")}},
		{"ruled lines", "Above\n\n***\n\nBelow", []Block{para("Above"), para("Below")}},
		{"CRLF", "# A\r\n\r\nb\r\nc", []Block{head(1, "A"), para("b c")}},
		{"quotes in quotes in quotes", strings.Repeat(">", 5000) + " deep", []Block{para("deep")}},
		{"lists in lists in lists", strings.Repeat("- ", 5000) + "deep", []Block{para("deep")}},
		{"more lines than a tree is made of", "# A\n\nb\n" + strings.Repeat("\n", maxLines), []Block{para("# A"), para("b")}},
		{"brackets that never close", strings.Repeat("[a](", 5000), []Block{para(strings.Repeat(" a (", 5000)[1:])}},
	} {
		got, _ := Markdown(tc.in)
		if d := cmp.Diff(tc.want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", tc.name, d)
		}
	}
}

// Markup is taken out only where there is too much of it.
func TestTame(t *testing.T) {
	text := "Some *text* [with](x) _markup_.\n\n> - quoted\n\n" + strings.Repeat("- [one](x) *of* many\n", 3000)
	if got := neutralize(text); got != text {
		t.Error("an honest text was changed")
	}
	much := strings.Repeat("*a_", maxBrackets)
	want := text + "\n" + strings.Repeat(" a ", maxBrackets) + "\n\n" + text
	if got := neutralize(text + "\n" + much + "\n\n" + text); got != want {
		t.Error("more or less than the one paragraph was changed")
	}
}

// The title is the first heading with only short things above it.
func TestMarkdownTitle(t *testing.T) {
	const (
		prose = "The pilots went back to work on Monday, but the harbour did not, since the cranes had stood idle for nine days."
		below = "\n\n# The title\n\n" + prose + "\n\n# Another\n\n" + prose
	)
	for _, tc := range []struct{ name, above string }{
		{"nothing", ""},
		{"a badge", "[![build](b.svg)](https://ci.example)"},
		{"three badges in a row", "[![a](a.svg)](https://a.example) [![b](b.svg)](https://b.example)\n[![c](c.svg)](https://c.example)"},
		{"a logo in HTML", "<p align=\"center\"><img src=\"logo.png\" alt=\"The Gazette\"></p>"},
		{"a picture", "![Cranes at the quay](a.jpg)"},
		{"a picture and its caption", "![Cranes](a.jpg)\n*Cranes at the quay on Monday. Photo: A. Okoye*"},
		{"a picture and its caption apart", "![Cranes](a.jpg)\n\n*Cranes at the quay on Monday. They have stood idle.*"},
		{"a caption in plain", "![Cranes](a.jpg)\n\nCranes at the quay on Monday."},
		{"a figure", "<figure><img src=\"a.jpg\"><figcaption>Cranes at the quay. They have stood idle for nine days.</figcaption></figure>"},
		{"a column", "The Long View"},
		{"a bold column", "**OPINION**"},
		{"a column with a colon", "Opinion:"},
		{"a byline", "By Ada Okoye and Jan de Wit"},
		{"a byline with a stop", "By Ada Okoye, in Vessem."},
		{"a byline in italics", "*Von Ada Okoye, Vessem*"},
		{"a date", "5. März 2026"},
		{"a date with stops", "5 Mar. 2026."},
		{"byline, date and time to read", "Ada Okoye · 5 March 2026 · 4 min read"},
		{"a byline and a date on two lines", "By Ada Okoye  \nPublished: 5 March 2026"},
		{"links", "[Home](/) | [World](/world) | [Opinion](/opinion)"},
		{"a list of links", "- [Home](/)\n- [World](/world)\n- [Opinion](/opinion)\n- [Sport](/s)\n- [Art](/a)\n- [Food](/f)\n- [More](/m)"},
		{"a table of links", "| [Home](/) | [World](/w) |\n|---|---|\n| [A](/a) | [B](/b) |"},
		{"several", "[![logo](a.png)](https://x.example)\n\nOpinion\n\n*5 March 2026*\n\n![Cranes](a.jpg)\n\nBy Ada Okoye"},
		{"a ruled line", "The Long View\n\n---"},
		{"a comment", "<!-- draft -->"},
	} {
		blocks, title := Markdown(tc.above + below)
		if title < 0 || blocks[title].Text != "The title" {
			t.Errorf("%s: the title is block %d of %v", tc.name, title, blocks)
		}
	}
	for _, tc := range []struct{ name, text string }{
		{"prose", prose + "\n\n## Next\n\n" + prose},
		{"short prose", "Prices fell. Nobody knows why.\n\n## Next\n\n" + prose},
		{"one short sentence", "Prices fell again.\n\n## Next\n\n" + prose},
		{"a question", "Who pays for all of this?\n\n## Next\n\n" + prose},
		{"prose with a link", "[The pilots](/a) went back to work on Monday.\n\n## Next\n\n" + prose},
		{"prose below a picture", "![Cranes](a.jpg)\n\n" + prose + "\n\n## Next\n\n" + prose},
		{"prose below a column", "The Long View\n\n" + prose + "\n\n## Next\n\n" + prose},
		{"prose in italics", "*Prices fell again on Monday. Nobody knows why. It may be the ice.*\n\n## Next\n\n" + prose},
		{"Chinese prose", "央行周四意外加息。\n\n## 背景\n\n央行周四意外加息。"},
		{"many lines", strings.Repeat("A line of a poem\n\n", 12) + "## Next\n\n" + prose},
		{"a quotation", "> Prices fell again, and nobody knows why.\n\n## Next\n\n" + prose},
		{"code", "```\nfor i := range 10 { print(i) }\nx();\n```\n\n## Next\n\n" + prose},
		{"no heading", prose},
	} {
		if blocks, title := Markdown(tc.text); title >= 0 {
			t.Errorf("%s: the title is %q", tc.name, blocks[title].Text)
		}
	}
	if _, title := Markdown("### The Long View\n\n# The title\n\n" + prose + "\n\n## Next\n\n" + prose); title != 1 {
		t.Errorf("below a column as a heading the title is block %d", title)
	}
	// A heading of a higher rank that others share is a chapter.
	if _, title := Markdown("## The title\n\n# One\n\n" + prose + "\n\n# Two\n\n" + prose); title != 0 {
		t.Errorf("the title is block %d", title)
	}
}

func FuzzMarkdown(f *testing.F) {
	for _, s := range []string{
		"# A\n\nb *c*\n", "> - a\n>   b\n", "|a|b|\n|-|-|\n|c|d|\n", "[^1]: a\n\nb[^1]", "a\n: b\n", "<div>\n\x00</div>", "`a\\`&amp;&#0;",
		"```\na\n", "- [ ] a\n", "![[a](b)](c)", "a  \nb\\\nc", "<br>\n\n<!-- ", "\t- a\n\t\t> b",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		blocks, title := Markdown(s)
		checkBlocks(t, blocks)
		if title >= len(blocks) || title >= 0 && !blocks[title].Heading {
			t.Errorf("Markdown(%q): the title is block %d", s, title)
		}
	})
}

// checkBlocks fails the test unless blocks are what Block promises.
func checkBlocks(t *testing.T, blocks []Block) {
	t.Helper()
	for _, b := range blocks {
		checkClean(t, "block", b.Text)
		switch {
		case b.Text == "", strings.TrimSpace(b.Text) != b.Text, blankLines().MatchString(b.Text):
			t.Errorf("block is empty, padded or torn: %q", b.Text)
		case b.Heading != (b.Level > 0), b.Level < 0, b.Level > 6:
			t.Errorf("level %d, heading %t: %q", b.Level, b.Heading, b.Text)
		case b.Heading && strings.ContainsAny(b.Text, "\n\t"):
			t.Errorf("heading of several lines: %q", b.Text)
		}
	}
}

func BenchmarkMarkdown(b *testing.B) {
	s := strings.Repeat("## On rates\n\nThe bank *raised* its [rate](https://example.org)\nby a quarter of a point.\n\n- one\n- two\n\n", 100)
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		Markdown(s)
	}
}
