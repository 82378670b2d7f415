package reference

import (
	"strings"
	"testing"

	"github.com/newsq/newsq/corpus/internal/record"
)

func TestDate(t *testing.T) {
	for in, want := range map[string]string{
		"2026/01/05/":            "2026-01-05",
		"2026///":                "2026",
		"2026/1/5":               "2026-01-05",
		"2026/03//":              "2026-03",
		"2026/01/05/10:30:00":    "2026-01-05",
		"2026//":                 "2026",
		"2026///Spring":          "2026",
		"2026/Jan/15":            "2026 Jan 15",
		"2026/Spring":            "2026",
		"05/01/2026":             "05/01/2026",
		"2026/01/05/received":    "",
		"2016-07-18T20:26:06Z":   "2016-07-18T20:26:06Z",
		"2016-07-18T20:26:06-07": "2016-07-18T20:26:06-07",
		"1988/1992":              "1988",
		"2004-06-01/2004-06-05":  "2004-06-01",
		"2004-06-01/unknown":     "2004-06-01",
		"unknown/2006":           "2006",
		"../2006-02":             "2006-02",
		"2013/":                  "2013",
		"1723~":                  "1723",
		"1723?~":                 "1723",
		"1999-uu":                "1999",
		"1999-XX-XX":             "1999",
		"1999-01-uu":             "1999-01",
		"2004-22":                "2004",
		"199u":                   "199u",
		"y-51234":                "y-51234",
		"Spring 2016":            "2016",
		"2016 Winter":            "2016",
		"[2004]":                 "2004",
		"c2004":                  "2004",
		"5 March 2026":           "5 March 2026",
		"":                       "",
		"/":                      "/",
		"2026-":                  "2026",
	} {
		if got := Date(in); got != want {
			t.Errorf("Date(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestWithYear(t *testing.T) {
	for _, tt := range []struct{ day, year, want string }{
		{"Jan 15", "2026", "Jan 15 2026"},
		{"March 5", "2026///", "March 5 2026"},
		{"2025/12/31", "2026", "2025/12/31"},
		{"20251231", "2026", "20251231"},
		{"Jan 15", "in press", "Jan 15"},
		{"", "2026", ""},
	} {
		if got := WithYear(tt.day, tt.year); got != tt.want {
			t.Errorf("WithYear(%q, %q) = %q, want %q", tt.day, tt.year, got, tt.want)
		}
	}
}

func TestNames(t *testing.T) {
	for in, want := range map[string]string{
		"Okoye, Ada":                       "Ada Okoye",
		"Okoye,Ada B. ":                    "Ada B. Okoye",
		"van der Berg, Jan, Jr.":           "Jan van der Berg Jr.",
		"News Desk,":                       "News Desk",
		"Okoye, Ada, 1961-":                "Ada Okoye",
		"Okoye, Ada B. [1961-2020]":        "Ada B. Okoye",
		"Berg, Jan, Jr., 1961-2020":        "Jan Berg Jr.",
		"Team 1984":                        "Team 1984",
		"Ada Okoye":                        "Ada Okoye",
		"Okoye, Ada; Li, Na":               "Ada Okoye|Na Li",
		"Okoye, Ada and Li, Na":            "Ada Okoye|Na Li",
		"Ministry of Ports and Fisheries":  "Ministry of Ports and Fisheries",
		"Bureau of Ports, North and South": "North and South Bureau of Ports",
		"李, 娜":                             "李娜",
		"김, 민준":                            "김민준",
	} {
		if got := strings.Join(Names(in), "|"); got != want {
			t.Errorf("Names(%q) = %q, want %q", in, got, want)
		}
	}
}

// A note is a text when it is long or a sentence. What a database did is none.
func TestNote(t *testing.T) {
	long := strings.Repeat("harbour dues 2026, ", 20)
	for in, want := range map[string]bool{
		"The ferries sail again.":        true,
		"<p>The ferries sail again.</p>": true,
		"doi: 10.1000/1":                 false,
		"Last updated - 2026-01-05":      false,
		"Date revised - 2026-01-05.":     false,
		"Accessed: 2026-01-05":           false,
		"See p. 5.":                      false,
		long:                             true,
		"":                               false,
	} {
		var e Entry
		e.Note("N1", in)
		if got := e.Record(1, 0, "").Has(record.Body); got != want {
			t.Errorf("%q is a text: %t, want %t", in, got, want)
		}
	}
}

func TestAddress(t *testing.T) {
	for _, tt := range []struct{ url, doi, want string }{
		{"https://example.org/a", "10.1000/1", "https://example.org/a"},
		{"internal-pdf://1.pdf", "10.1000/1", "https://doi.org/10.1000/1"},
		{"internal-pdf://1.pdf https://example.org/a;", "", "https://example.org/a"},
		{"", "doi:10.1000/1", "https://doi.org/10.1000/1"},
		{"", "https://doi.org/10.1000/1", "https://doi.org/10.1000/1"},
		{"", "none", ""},
		{"URL", "DOI", ""},
	} {
		var e Entry
		e.Set(record.URL, 0, "UR", tt.url)
		e.DOI("DO", tt.doi)
		if got := e.Record(1, 0, "").First(record.URL); got != tt.want {
			t.Errorf("address of %q and %q: %q, want %q", tt.url, tt.doi, got, tt.want)
		}
	}
}

// The date of which most is known counts, whatever its name.
func TestBestDate(t *testing.T) {
	var e Entry
	e.Date(0, "DA", "2026")
	e.Date(1, "PY", "2026/01/05")
	e.Date(2, "Y1", "2026/01")
	if got := e.Record(1, 0, "").First(record.Published); got != "2026-01-05" {
		t.Errorf("got %s", got)
	}
}

// Places tell the entries of a file apart, whatever names these share, and though names
// look like the numbers of others.
func TestPlaces(t *testing.T) {
	p := Places{}
	for n, want := range []string{"a", "b", "3"} {
		if got := p.Of(n+1, "", "a", "b"); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if got := p.Of(4, strings.Repeat("x", 300)); got != "4" {
		t.Errorf("a long name became the place %q", got)
	}
	for _, want := range []struct{ name, place string }{{"3", "5"}, {"7", "7"}, {"", "7*"}, {"7", "8"}, {"9", "9"}} {
		n := len(p) + 1
		if got := p.Of(n, want.name); got != want.place {
			t.Errorf("entry %d, which is called %q, is at %q, want %q", n, want.name, got, want.place)
		}
	}
}

// Authors are bounded, each is named once, and nobody is no name.
func TestAuthors(t *testing.T) {
	var e Entry
	e.Author(1, "ED", "An Editor")
	e.Author(0, "AU", "Ada  Okoye")
	e.Author(0, "AU", "Ada Okoye")
	e.Author(0, "AU", "[Anonymous]")
	e.Author(1, "ED", "An Editor")
	if v := e.Record(1, 0, "").Values(record.Authors); len(v) != 1 || v[0].Text != "Ada Okoye" {
		t.Errorf("got %v", v)
	}
	for i := range record.MaxValues + 2 {
		e.Author(0, "AU", strings.Repeat("x", i+1))
	}
	if rec := e.Record(1, 0, ""); len(rec.Values(record.Authors)) != record.MaxValues || !rec.WasCut() {
		t.Error("a long list of authors was not cut, or not told")
	}
}

// A journal as a whole has its own name for a title. An entry with a text has its
// title derived.
func TestNoTitle(t *testing.T) {
	var journal, article Entry
	journal.Set(record.Source, 0, "JF", "Ports")
	article.Set(record.Source, 0, "JF", "Ports")
	article.Set(record.Summary, 0, "AB", "They sail.")
	if rec := journal.Record(1, 0, ""); rec.First(record.Title) != "Ports" {
		t.Errorf("the title of a journal is %q", rec.First(record.Title))
	}
	if rec := article.Record(1, 0, ""); rec.Has(record.Title) {
		t.Errorf("the title of an article is %q", rec.First(record.Title))
	}
}

func TestSaved(t *testing.T) {
	for in, want := range map[string]string{
		"1767603600":        "1767603600",
		"13412077200000000": "2026-01-05T09:00:00Z", // since 1601
		"1767603600000000":  "1767603600000000",
		"2026-01-05":        "2026-01-05",
		"1341207720000000x": "1341207720000000x",
	} {
		l := &Link{}
		l.Saved("added", in)
		if got := l.LinkRecord(1, 0, Places{}).First(record.Published); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}
