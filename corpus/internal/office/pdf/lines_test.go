package pdf

import (
	"strings"
	"testing"
)

// chars puts a text at a place, each character 5 wide and 7 high. A blank has no box,
// and "~" is a gap of 20 without any character.
func chars(x, y float64, s string) []char {
	var list []char
	for _, r := range s {
		switch {
		case r == '~':
			x += 20
			continue
		case r > ' ':
			list = append(list, char{r: r, left: x, right: x + 5, bottom: y, top: y + 7})
		default:
			list = append(list, char{r: r})
		}
		x += 5
	}
	return list
}

func linesOf(parts ...[]char) []line {
	p := &page{number: 1, width: 600, height: 800, look: func(int) look { return look{size: 10} }}
	for _, c := range parts {
		p.chars = append(p.chars, c...)
	}
	for i := range p.chars {
		p.chars[i].index = i
	}
	return p.lines()
}

func TestLines(t *testing.T) {
	turned := func(list []char, angle float64) []char {
		for i := range list {
			list[i].angle = angle
		}
		return list
	}
	for _, c := range []struct {
		name  string
		chars [][]char
		want  string
	}{
		{"lines", [][]char{chars(50, 700, "One line.\r\n"), chars(50, 688, "Two lines.")}, "One line.|Two lines."},
		{"ligatures", [][]char{chars(50, 700, "eﬀort ﬁnd ﬂow oﬃce")}, "effort find flow office"},
		{"a gap parts cells", [][]char{chars(50, 700, "Port~Ships")}, "Port|Ships"},
		{"a hyphen ends a line", [][]char{chars(50, 700, "Mon\x02\r\n"), chars(50, 688, "day")}, "Mon-|day"},
		{"soft hyphen", [][]char{chars(50, 700, "Mon\u00ad\r\n"), chars(50, 688, "day")}, "Mon-|day"},
		{"watermark", [][]char{chars(50, 700, "Some text"), turned(chars(100, 500, "DRAFT"), 45), turned(chars(10, 300, "stamp"), 90)}, "Some text"},
		{"superscript", [][]char{chars(50, 700, "word"), {{r: '1', left: 70, right: 73, bottom: 704, top: 709}}, chars(73, 700, " more")}, "word1 more"},
		{"Arabic ligature", [][]char{{{r: 'ب', left: 70, right: 75, bottom: 700, top: 707}, {r: 'ا', left: 60, right: 70, bottom: 700, top: 707}, {r: 'ل', left: 60, right: 70, bottom: 700, top: 707}}}, "بلا"},
		{"Arabic forms", [][]char{{{r: 'ﻻ', left: 60, right: 70, bottom: 700, top: 707}, {r: 'ﺏ', left: 50, right: 60, bottom: 700, top: 707}}}, "لاب"},
		{"figures in Hebrew", [][]char{
			{{r: 'ה', left: 90, right: 95, bottom: 700, top: 707}, {r: 'כ', left: 84, right: 89, bottom: 700, top: 707}, {r: '\r'}, {r: '\n'}},
			{{r: '1', left: 70, right: 75, bottom: 700, top: 707}, {r: '2', left: 76, right: 81, bottom: 700, top: 707}},
			{{r: ' '}, {r: 'ם', left: 60, right: 65, bottom: 700, top: 707}},
		}, "הכ 12 ם"},
		{"nothing", nil, ""},
		{"boxes without size", [][]char{{{r: 'a'}, {r: 'b'}}}, ""},
	} {
		var got []string
		for _, l := range linesOf(c.chars...) {
			s := l.text
			if l.hyphen {
				s += "-"
			}
			got = append(got, s)
		}
		if s := strings.Join(got, "|"); s != c.want {
			t.Errorf("%s: %q, want %q", c.name, s, c.want)
		}
	}
}

// A page that lies on its side is read as if it stood.
func TestTurned(t *testing.T) {
	p := &page{number: 1, width: 600, height: 800, look: func(int) look { return look{size: 10} }}
	for k, s := range []string{"First", "Second"} {
		for i, r := range s {
			p.chars = append(p.chars, char{r: r, angle: 90, left: 100 + 20*float64(k), right: 107 + 20*float64(k), bottom: 50 + 5*float64(i), top: 55 + 5*float64(i)})
		}
	}
	var got []string
	for _, l := range inOrder(p.lines(), p.width) {
		got = append(got, l.text)
	}
	if strings.Join(got, "|") != "First|Second" || p.width != 800 {
		t.Errorf("%q, %v wide", got, p.width)
	}
}

// at returns a line at a place.
func at(left, right, top float64, s string) line {
	return line{text: s, left: left, right: right, top: top, bottom: top - 7, size: 10, page: 1}
}

func textsOf(lines []line) string {
	var s []string
	for i := range lines {
		s = append(s, lines[i].text)
	}
	return strings.Join(s, "|")
}

func TestOrder(t *testing.T) {
	for _, c := range []struct {
		name  string
		lines []line
		want  string
	}{
		{"as it is", []line{at(50, 280, 700, "a"), at(50, 280, 688, "b"), at(310, 540, 700, "c"), at(310, 540, 688, "d")}, "a|b|c|d"},
		{"title last", []line{at(50, 280, 700, "b"), at(310, 540, 700, "c"), at(50, 540, 760, "a")}, "a|b|c"},
		{"blocks from below", []line{at(50, 280, 500, "b"), at(50, 280, 700, "a"), at(310, 540, 700, "c")}, "a|b|c"},
		{"row of a table", []line{at(50, 90, 700, "Port"), at(200, 240, 700, "Ships"), at(50, 90, 688, "Vessem"), at(200, 240, 688, "12")}, "Port | Ships|Vessem | 12"},
		{"bullet", []line{at(50, 54, 700, "•"), at(70, 240, 700, "Item")}, "• Item"},
		{"columns line by line", []line{
			at(50, 280, 700, "a1"), at(310, 540, 700, "b1"), at(50, 280, 688, "a2"), at(310, 540, 688, "b2"), at(50, 280, 676, "a3"), at(310, 540, 676, "b3"),
			at(50, 280, 664, "a4"), at(310, 540, 664, "b4"), at(50, 280, 652, "a5"), at(310, 540, 652, "b5"), at(50, 280, 640, "a6"), at(310, 540, 640, "b6"),
		}, "a1|a2|a3|a4|a5|a6|b1|b2|b3|b4|b5|b6"},
	} {
		if got := textsOf(inOrder(c.lines, 600)); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	many := make([]line, 3000)
	for i := range many {
		many[i] = at(float64(i%7)*80, float64(i%7)*80+40, float64((i*37)%800), "x")
	}
	if got := inOrder(many, 600); len(got) == 0 {
		t.Error("lines were lost")
	}
}

func TestMargins(t *testing.T) {
	var sheets []sheet
	for i := range 4 {
		sheets = append(sheets, sheet{width: 600, height: 800, lines: []line{
			at(50, 200, 780, "Harbour Papers "+string(rune('1'+i))), at(50, 540, 700, "A line of text."), at(50, 540, 688, "The same line on all pages."),
			at(290, 300, 40, "– "+string(rune('1'+i))+" –"),
		}})
	}
	dropMargins(sheets)
	for i := range sheets {
		if got := textsOf(sheets[i].lines); got != "A line of text.|The same line on all pages." {
			t.Errorf("page %d: %q", i+1, got)
		}
	}
}

func TestContents(t *testing.T) {
	sheets := []sheet{{lines: []line{at(50, 540, 700, "Contents"), at(50, 540, 688, "1 Ice . . . . . . . 3"), at(50, 540, 676, "2 Wind......... 12"), at(50, 540, 664, "Preface ….…....... iv"), at(50, 540, 652, "And so on ...")}}}
	dropContents(sheets)
	if got := textsOf(sheets[0].lines); got != "Contents|And so on ..." {
		t.Errorf("%q", got)
	}
}

func TestPageNumber(t *testing.T) {
	for s, want := range map[string]bool{
		"3": true, "- 3 -": true, "Page 3 of 10": true, "3/10": true, "iv": true, "Seite 3": true, "第 3 页": true, "3 / 10": true,
		"In 2026": false, "Three": false, "2026-01-02": false, "12.5": false, "": false, "3 ships": false,
	} {
		if isPageNumber(s) != want {
			t.Errorf("%q: %v", s, !want)
		}
	}
}

func TestParagraphs(t *testing.T) {
	bold := func(l line) line { l.bold = true; return l }
	large := func(l line) line { l.size = 16; return l }
	hyphened := func(l line) line { l.hyphen = true; return l }
	for _, c := range []struct {
		name  string
		lines []line
		want  string
	}{
		{"lines", []line{at(50, 540, 700, "One line that"), at(50, 540, 688, "goes on.")}, "One line that goes on."},
		{"gap", []line{at(50, 540, 700, "One."), at(50, 540, 660, "Two.")}, "One.|Two."},
		{"indent", []line{at(50, 540, 700, "One ends."), at(65, 540, 688, "Two begins."), at(50, 540, 676, "And goes on.")}, "One ends.|Two begins. And goes on."},
		{"short last line", []line{at(50, 540, 700, "One line that is long"), at(50, 300, 688, "ends here."), at(50, 540, 676, "Two begins here with words")}, "One line that is long ends here.|Two begins here with words"},
		{"list without stops", []line{at(50, 120, 700, "Ports"), at(50, 130, 688, "Ships"), at(50, 540, 676, "A long line of text that goes over all of the page")}, "Ports|Ships|A long line of text that goes over all of the page"},
		{"heading", []line{bold(large(at(50, 200, 700, "A heading"))), at(50, 540, 680, "Text below.")}, "A heading|Text below."},
		{"title over lines", []line{large(at(50, 300, 700, "A long title")), large(at(50, 200, 682, "of two lines")), at(50, 540, 650, "Text below it that is longer, so that it is the body of all of it.")}, "A long title of two lines|Text below it that is longer, so that it is the body of all of it."},
		{"hyphen", []line{hyphened(at(50, 540, 700, "Ships wait out")), at(50, 540, 688, "side the port.")}, "Ships wait outside the port."},
		{"hyphen of a name", []line{hyphened(at(50, 540, 700, "From Port")), at(50, 540, 688, "Royal.")}, "From Port-Royal."},
		{"hyphen that is written elsewhere", []line{at(50, 540, 700, "A well-known port, and"), hyphened(at(50, 540, 688, "a well")), at(50, 540, 676, "known crane.")}, "A well-known port, and a well-known crane."},
		{"items", []line{at(50, 540, 700, "• One item"), at(50, 540, 688, "• Two items"), at(50, 540, 676, "2. Third")}, "One item|Two items|2. Third"},
		{"over columns", []line{at(50, 280, 700, "The ice goes"), at(310, 540, 760, "on here.")}, "The ice goes on here."},
		{"columns that end", []line{at(50, 280, 700, "The ice ends."), at(310, 540, 760, "The wind begins.")}, "The ice ends.|The wind begins."},
		{"without blanks", []line{at(50, 540, 700, "港口因风暴"), at(50, 540, 688, "关闭了。")}, "港口因风暴关闭了。"},
		{"addresses", []line{at(50, 540, 700, "See example-"), at(50, 540, 688, "org now.")}, "See example-org now."},
	} {
		var got []string
		for _, p := range paragraphs([]sheet{{lines: c.lines, width: 600, height: 800}}) {
			got = append(got, p.Text)
		}
		if s := strings.Join(got, "|"); s != c.want {
			t.Errorf("%s: %q, want %q", c.name, s, c.want)
		}
	}
}
