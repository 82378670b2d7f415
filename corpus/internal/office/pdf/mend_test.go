package pdf

import "testing"

// Words that are read from right to left, and that stand the other way round among the
// characters of a page, are turned.
func TestWords(t *testing.T) {
	at := func(s string, from, step float64) (list []char) {
		for _, r := range s {
			list = append(list, char{r: r, left: from, right: from + 5, top: 10})
			from += step
		}
		return list
	}
	for _, c := range []struct {
		name, want string
		chars      []char
	}{
		{"turned", "مرحبا", at("ابحرم", 0, 6)},
		{"right as it is", "مرحبا", at("مرحبا", 60, -6)},
		{"figures", "۱۲", at("۱۲", 0, 6)},
		{"Latin", "port", at("port", 0, 6)},
	} {
		p := &page{chars: c.chars}
		p.mendWords()
		got := ""
		for _, c := range p.chars {
			got += string(c.r)
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// A large first letter belongs to the line beside it, and wide blanks of justified text
// make no row of a table.
func TestCapsAndBlanks(t *testing.T) {
	lines := joinCaps([]line{
		{text: "T", left: 0, right: 18, top: 100, bottom: 72, size: 32},
		{text: "he port was closed", left: 20, right: 100, top: 98, bottom: 89, size: 9},
		{text: "on Monday", left: 20, right: 100, top: 86, bottom: 77, size: 9},
	})
	if len(lines) != 2 || lines[0].text != "The port was closed" {
		t.Errorf("%+v", lines)
	}
	text := func(s string, left, right, top float64) line {
		return line{text: s, left: left, right: right, top: top, bottom: top - 9, size: 9}
	}
	lines = withRows([]line{text("The port of Vessem", 0, 100, 100), text("was", 0, 15, 88), text("closed", 40, 60, 88), text("on", 90, 100, 88), text("Monday.", 0, 30, 76)}, 500)
	if len(lines) != 3 || lines[1].row || lines[1].text != "was closed on" {
		t.Errorf("%+v", lines)
	}
}

// The number of a page stands far from the edge in pages of TeX; a numbered heading at
// the top of each page is none of its running heads.
func TestNumberedHeads(t *testing.T) {
	var sheets []sheet
	for _, n := range []string{"1", "2", "3"} {
		sheets = append(sheets, sheet{height: 800, width: 600, lines: []line{
			{text: "Part " + n, left: 60, right: 200, top: 740, bottom: 722, size: 16},
			{text: "The port of Vessem was closed on Monday after a storm", left: 60, right: 500, top: 690, bottom: 680, size: 10},
			{text: "and ships waited", left: 60, right: 200, top: 676, bottom: 666, size: 10},
			{text: n, left: 298, right: 302, top: 120, bottom: 112, size: 10},
		}})
	}
	dropMargins(sheets)
	for i := range sheets {
		if len(sheets[i].lines) != 3 || sheets[i].lines[0].size != 16 {
			t.Errorf("page %d: %+v", i+1, sheets[i].lines)
		}
	}
}
