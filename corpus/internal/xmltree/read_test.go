package xmltree

import (
	"bufio"
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"github.com/newsq/newsq/corpus/internal/reader"
)

func input(t testing.TB, content string) *reader.Input {
	t.Helper()
	in := &reader.Input{Context: context.Background(), Limits: reader.Limits{MaxFile: 1 << 20, MaxLine: 1 << 20}}
	closing, err := in.Open(bytes.NewReader([]byte(content)), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(closing)
	return in
}

func TestParse(t *testing.T) {
	for _, tt := range []struct{ text, path, want string }{
		{`<a><b>x</b></a>`, "a/b", "x"},
		{`<?xml version="1.0"?><!-- c --><A xmlns="u"><B>x</B></A>`, "a/b", "x"},
		{`<a><title>x <i>y</i></title></a>`, "a/title", "x y"},
		{`<a><script>x &amp; y</script></a>`, "a/script", "x & y"},
		{`<a><b><![CDATA[x <i> &amp;]]> y</b></a>`, "a/b", "x <i> &amp; y"},
		{`<a><b><![CDATA[x]]]]><![CDATA[>y]]></b></a>`, "a/b", "x]]>y"},
		{`<a><b>Prices rise <5% & more</b></a>`, "a/b", "Prices rise <5% & more"},
		{`<a><dc:b>x</dc:b></a>`, "a/dc:b", "x"},
		{`<a><dc:b>x</dc:b></a>`, "a/b", "x"},
		{`<a><b>x<c>y</b><b>z</b></a>`, "a/b", "xy"},
		{`<a><b/><c>x</c></a>`, "a/c", "x"},
		{`<a></z><c>x`, "a/c", "x"},
		{`<!DOCTYPE a [<!ENTITY outlet "Example News">]><a><b>&outlet; x</b></a>`, "a/b", "Example News x"},
		{`<!DOCTYPE a [<!ENTITY o "&p;&p;"><!ENTITY p "y">]><a><b>&o;</b></a>`, "a/b", "&o;"},
	} {
		if got := Parse(tt.text).At(tt.path).Content(); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.text, got, tt.want)
		}
	}
}

func TestRecords(t *testing.T) {
	var got []string
	root, err := Records(input(t, `<rss><channel><title>Coast</title><item><title>A</title></item>
<item><title>B</title></item><link>u</link></channel></rss>`),
		func(n *Node) bool { return n.Name == "item" },
		func(n *Node) bool {
			got = append(got, n.Parent.Child("title").Content()+" "+n.Child("title").Content())
			return true
		})
	if err != nil || strings.Join(got, "|") != "Coast A|Coast B" {
		t.Error(got, err)
	}
	if link := root.At("rss/channel/link").Content(); link != "u" || len(root.Find("item")) != 0 {
		t.Error(link)
	}
}

func TestEncodings(t *testing.T) {
	for name, content := range map[string]string{
		"declared":         "<?xml version='1.0' encoding='ISO-8859-1'?><a>caf\xe9</a>",
		"declared wrongly": "<?xml version='1.0' encoding='ISO-8859-1'?><a>caf\u00e9</a>",
		"UTF-16":           "\xff\xfe<\x00a\x00>\x00c\x00a\x00f\x00\xe9\x00<\x00/\x00a\x00>\x00",
		"not declared":     "<a>caf\xe9</a>",
	} {
		root, err := Tree(input(t, content))
		if got := root.At("a").Content(); err != nil || got != "café" {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

func TestBounds(t *testing.T) {
	root, err := Tree(input(t, strings.Repeat("<a>", 100_000)+"x"))
	if err != nil || root.Content() != "x" {
		t.Error(err)
	}
	if _, err := Tree(input(t, strings.Repeat("<a/>", 200_000))); err != nil {
		t.Error(err)
	}
}

func TestHTML(t *testing.T) {
	n := Parse(`<a><xh:div xmlns:xh="u" class="b"><xh:p>x &amp; y<xh:br/></xh:p></xh:div></a>`).At("a")
	if got, want := n.HTML(), `<div class="b"><p>x &amp; y<br></p></div>`; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// A text that comes in many parts, and white space between many records, take no
// more time than any other.
func TestTextInParts(t *testing.T) {
	const n = 100_000
	start := time.Now()
	deep := strings.Repeat("<a>x", n)
	if got := len(Parse(deep).Content()); got != n {
		t.Errorf("of %d characters there are %d", n, got)
	}
	if got := Parse("<a>b<!-- c -->d</e>f<g/>h<!-- -->i</a>").Content(); got != "bdfhi" {
		t.Errorf("got %q", got)
	}
	records := 0
	in := &reader.Input{Context: context.Background(), Limits: reader.Limits{MaxFile: 1 << 20}, Stream: bufio.NewReader(strings.NewReader("<r>" + strings.Repeat("\n    <a>x</a>", n) + "</r>"))}
	root, err := Records(in, func(n *Node) bool { return n.Is("a") }, func(*Node) bool { records++; return true })
	if err != nil || records != n || len(root.Content()) > 10 {
		t.Errorf("%d records, %d bytes around them, %v", records, len(root.Content()), err)
	}
	if took := time.Since(start); took > 10*time.Second {
		t.Errorf("it took %v", took)
	}
}
