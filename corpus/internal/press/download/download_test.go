package download

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
)

// paras returns what is in a page, each paragraph with its cell and its marks.
func paras(page string) []string {
	var all []string
	marks := Marks{
		Element: func(name, class, _ string) bool { return name == "div" && class == "a" },
		Comment: func(text string) bool { return strings.Contains(text, "mark") },
	}
	HTML(page, marks, func(p *Para) bool {
		s := p.Mark + p.Text
		if p.Cell > 0 {
			s = fmt.Sprintf("%d.%d %s", p.Row, p.Cell, s)
		}
		if p.Centred {
			s += " <centred>"
		}
		if p.Heading {
			s += " <heading>"
		}
		all = append(all, s)
		return true
	})
	return all
}

func TestHTML(t *testing.T) {
	for _, tt := range []struct {
		page string
		want []string
	}{
		{"<p>one</p> <p>two<br>three</p>", []string{"one", "two\nthree"}},
		{"<p>hi<span>ghl</span><b>ight</b>ed\n  word</p>", []string{"highlighted word"}},
		{"<p>one<br>&nbsp;<br>two</p>", []string{"one\n\ntwo"}},
		{"<p>one<p>two", []string{"one", "two"}},
		{"<style>.x{}</style><script>var a='<p>no</p>'</script><title>no</title><p>one", []string{"one"}},
		{"<!-- mark 1 --><p>one<!-- other --></p>", []string{" mark 1 ", "one"}},
		{"<div class=a><p>one</div>two", []string{"start", "one", "two"}},
		{"<table><tr><td>a<td>b<tr><td>c<td><p>d<p>e</table>f", []string{"1.1 a", "1.2 b", "2.1 c", "2.2 d", "2.2 e", "f"}},
		{"<h1>T</h1>x", []string{"T <heading>", "x"}},
		{"<style><!-- .c { text-align: center; } .t {font-size: 14pt; font-weight: bold} --></style><p class=c>a</p><p><span class=t>b</span></p><div class=c><p>c", []string{"a <centred>", "b <heading>", "c <centred>"}},
		{"a &amp; b &lt;5", []string{"a & b <5"}},
		{"", nil},
	} {
		if got := paras(tt.page); !reflect.DeepEqual(got, tt.want) {
			t.Errorf("%s\ngot  %q\nwant %q", tt.page, got, tt.want)
		}
	}
}

func TestHTMLStops(t *testing.T) {
	n := 0
	HTML("<p>1<p>2<p>3", Marks{}, func(*Para) bool { n++; return n < 2 })
	if n != 2 {
		t.Errorf("%d paragraphs after no more were wanted", n)
	}
}

func TestUnwrap(t *testing.T) {
	for _, tt := range []struct {
		lines []string
		want  string
	}{
		{[]string{"one"}, "one"},
		{[]string{"At day was but nine in the morning, the city saw another of these days when research", "took place."}, "At day was but nine in the morning, the city saw another of these days when research took place."},
		{[]string{"North pier", "South pier"}, "North pier\nSouth pier"},
		{[]string{"海峡轮渡已恢复海峡轮渡已恢复海峡轮渡已恢复海峡轮渡已恢复海峡轮渡", "已恢复。"}, "海峡轮渡已恢复海峡轮渡已恢复海峡轮渡已恢复海峡轮渡已恢复海峡轮渡已恢复。"},
	} {
		if got := Unwrap(tt.lines); got != tt.want {
			t.Errorf("Unwrap(%q) = %q", tt.lines, got)
		}
	}
}

func TestMend(t *testing.T) {
	transcript := []string{
		"ANN ROE: Welcome back to this programme. The ports are planning a", "Northern route in the wake of the decision to stay on the old pier",
		"this year, rather than build one. To look ahead we are joined by", "the man who knows it all.", "JO DOE: Thank you. The pier has been closed for many years now, as",
		"we all know.",
	}
	for _, tt := range []struct{ paragraphs, want []string }{
		{[]string{"One sentence.", "Another one."}, []string{"One sentence.", "Another one."}},
		{
			[]string{"There was a lot of movement and a lot of animosity toward the", "present government, he said.", "More."},
			[]string{"There was a lot of movement and a lot of animosity toward the present government, he said.", "More."},
		},
		{transcript, []string{strings.Join(transcript[:4], " "), strings.Join(transcript[4:], " ")}},
		{[]string{"Kings-Hants", "x Ann Roe 17,554", "Jo Doe 300"}, []string{"Kings-Hants", "x Ann Roe 17,554", "Jo Doe 300"}},
		{nil, nil},
	} {
		if got := Mend(tt.paragraphs); !reflect.DeepEqual(got, tt.want) {
			t.Errorf("got  %q\nwant %q", got, tt.want)
		}
	}
}
