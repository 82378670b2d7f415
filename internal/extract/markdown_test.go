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
		if d := cmp.Diff(tc.want, Markdown(tc.in)); d != "" {
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

func FuzzMarkdown(f *testing.F) {
	for _, s := range []string{
		"# A\n\nb *c*\n", "> - a\n>   b\n", "|a|b|\n|-|-|\n|c|d|\n", "[^1]: a\n\nb[^1]", "a\n: b\n", "<div>\n\x00</div>", "`a\\`&amp;&#0;",
		"```\na\n", "- [ ] a\n", "![[a](b)](c)", "a  \nb\\\nc", "<br>\n\n<!-- ", "\t- a\n\t\t> b",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { checkBlocks(t, Markdown(s)) })
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
