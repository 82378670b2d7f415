package pageline

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestEach(t *testing.T) {
	const page = `<html><head><title>T</title><script>x<p>y</script></head><body><p>One <b>bold</b><br>two
<a name="a"></a><table><tr><td>c<td class="x Y">d<tr><td>e</table></body></p><div><p>f<div>g</div></div><body>h</body><pre> i
  j</pre><span style="font-weight: bold">Label: </span>k <a href="http://x.org">l</a><hr><strong>Bare</strong>: m`
	var got []string
	Each(page, func(l *Line) bool {
		in := "-"
		if l.In != nil {
			in = l.In.Name
		}
		got = append(got, fmt.Sprintf("%s %q %v", in, l.Text(), l.Anchors))
		return true
	})
	want := []string{
		`p "One bold" []`, `p "two" []`, `td "c" [a]`, `td "d" []`, `td "e" []`, `p "f" []`, `div "g" []`, `- "h" []`, `pre "i" []`, `pre "j" []`, `- "Label: k l" []`, `- "Bare: m" []`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestLine(t *testing.T) {
	var lines []*Line
	Each(`<p><strong>Author: </strong>Ann <i class="mark">Bell</i></p><p class="a B"><b>Bare</b>: m <a href="http://x.org">n</a></p><p>No: label</p><p><b>bold</b> text</p>`, func(l *Line) bool {
		lines = append(lines, l)
		return true
	})
	for i, want := range [][2]string{{"Author", "Ann Bell"}, {"Bare", "m n"}, {"", "No: label"}, {"", "bold text"}} {
		if label, rest := lines[i].Label(); label != want[0] || rest != want[1] {
			t.Errorf("%d: got %q, %q", i, label, rest)
		}
	}
	if s := lines[0].Within("MARK"); s != "Bell" {
		t.Errorf("got %q", s)
	}
	if s := lines[1].Link(); s != "http://x.org" || lines[1].In.WithClass("b") == nil || lines[1].In.WithClass("c") != nil {
		t.Errorf("got %q", s)
	}
}

// Elements that nobody closes, or closes twice, are no reason to read on for long.
func TestHostile(t *testing.T) {
	for _, s := range []string{
		strings.Repeat("<div>", 100_000) + "x", strings.Repeat("</div>", 100_000), strings.Repeat("<td>x", 50_000), strings.Repeat("<a name=x>", 50_000),
		strings.Repeat("<b>x", 50_000), "<p" + strings.Repeat(" a=b", 100_000) + ">x",
	} {
		n := 0
		Each(s, func(l *Line) bool {
			n += len(l.Text())
			return true
		})
	}
}

func FuzzEach(f *testing.F) {
	f.Add("<p>a<td>b</p><pre>c\n\nd</pre></td><a name=x>e")
	f.Fuzz(func(t *testing.T, s string) {
		Each(s, func(l *Line) bool {
			if l.Text() == "" {
				t.Error("a blank line")
			}
			l.Label()
			l.Link()
			return true
		})
	})
}

func TestInTag(t *testing.T) {
	for page, want := range map[string]bool{
		`<p>one</p><span class="Name">`:                 true,
		`<p>Name in a text</p>`:                         false,
		`&lt;span class="Name"&gt;`:                     false,
		`Name <p title="a > b" class="Name">`:           false, // rare enough
		`<!-- Name -->`:                                 false,
		`<p>Name</p><a name=x_Name_1></a>`:              true,
		`2 < 3 and Name`:                                false,
		strings.Repeat(`Name `, 9) + `<table id='Name'`: true,
	} {
		if got := InTag([]byte(page), "Name"); got != want {
			t.Errorf("InTag(%q) = %v", page, got)
		}
	}
}
