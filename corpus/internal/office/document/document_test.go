package document

import (
	"strings"
	"testing"
	"time"

	"github.com/newsq/newsq/corpus/internal/paragraph"
	"github.com/newsq/newsq/corpus/internal/record"
)

const prose = "The port of Vessem was closed on Monday after a storm, and ships waited outside for two days before they could unload."

// ps returns paragraphs of lines, of which "# " begins a heading, "! " a large bold
// line, and "style: " names a style.
func ps(lines ...string) []paragraph.Paragraph {
	var list []paragraph.Paragraph
	for _, s := range lines {
		p := paragraph.Paragraph{Text: s, Size: 11}
		if rest, ok := strings.CutPrefix(s, "# "); ok {
			p.Text, p.Level, p.Style = rest, 1, "heading 1"
		} else if rest, ok := strings.CutPrefix(s, "## "); ok {
			p.Text, p.Level, p.Style = rest, 2, "heading 2"
		} else if rest, ok := strings.CutPrefix(s, "! "); ok {
			p.Text, p.Bold, p.Size = rest, true, 16
		} else if style, rest, ok := strings.Cut(s, ": "); ok && strings.ToLower(style) == style && len(style) < 20 {
			p.Text, p.Style = rest, style
		}
		list = append(list, p)
	}
	return list
}

func fill(t *testing.T, src *Source) *record.Record {
	t.Helper()
	if src.Properties == nil {
		src.Properties = &paragraph.Properties{}
	}
	rec := &record.Record{}
	if err := Fill(rec, src); err != nil {
		t.Fatal(err)
	}
	return rec
}

func TestTitle(t *testing.T) {
	for _, c := range []struct {
		name, stated string
		lines        []string
		printed      bool
		title, first string // first of the text
	}{
		{"style", "Another", []string{"title: Ports in winter", prose, prose}, false, "Ports in winter", prose},
		{"style in another language", "", []string{"titel: Häfen im Winter", prose, prose}, false, "Häfen im Winter", prose},
		{"title over two lines", "", []string{"title: Ports", "title: in winter", prose, prose}, false, "Ports in winter", prose},
		{"stated, and in the text", "Ports in winter", []string{"Ports in winter", prose, prose}, false, "Ports in winter", prose},
		{"stated, cut by the program", "Ports in winter, a", []string{"Ports in winter, a long look", prose, prose}, false, "Ports in winter, a long look", prose},
		{"stated, and not in the text", "Ports in winter", []string{"The Daily Harbour", prose, prose}, false, "Ports in winter", "The Daily Harbour"},
		{"stale, as a heading says another", "Budget 2019", []string{"# Ports in winter", prose, "## Ice", prose}, false, "Ports in winter", prose},
		{"heading of the first part", "Ports in winter", []string{"# Ice", prose, "# Wind", prose}, false, "Ports in winter", "Ice"},
		{"large letters", "Microsoft Word - ports.doc", []string{"Press release", "! Ports in winter", prose, prose}, false, "Ports in winter", "Press release"},
		{"first line", "Document1", []string{"Ports in winter", prose, prose}, false, "Ports in winter", prose},
		{"first line below a label", "", []string{"Press release", "Ports in winter", prose, prose}, false, "Ports in winter", "Press release"},
		{"first sentence", "", []string{"Ports are closed. Ships wait outside.", prose}, false, "Ports are closed", "Ports are closed. Ships wait outside."},
		{"number", "", []string{"10‘000", "a 10'000 b.", "x"}, false, "10‘000", "a 10'000 b."},
		{"one paragraph", "", []string{"Ports in winter"}, false, "Ports in winter", "Ports in winter"},
		{"print of another document", "Ports in winter", []string{"! Menu", prose, prose}, true, "Ports in winter", "Menu"},
		{"print of a file name", "CIS_Papers_2016.01", []string{"! Preface", prose, prose}, true, "Preface", prose},
	} {
		rec := fill(t, &Source{Properties: &paragraph.Properties{Title: c.stated}, Paragraphs: ps(c.lines...), Printed: c.printed})
		if got := rec.First(record.Title); got != c.title {
			t.Errorf("%s: title is %q, want %q", c.name, got, c.title)
		}
		if len(rec.Blocks) == 0 || rec.Blocks[0].Text != c.first {
			t.Errorf("%s: text is %+v, want %q first", c.name, rec.Blocks, c.first)
		}
	}
}

func TestIsTitle(t *testing.T) {
	for s, want := range map[string]bool{
		"Ports in winter": true, "Häfen": true, "港口": true, "COVID-19 and trade": true, "": false, "  ": false, "Document1": false, "Dokument 1": false,
		"untitled": false, "Microsoft Word - x": false, "report_final.docx": false, "report-v2.pdf": false, "Layer 1": false, "PowerPoint Presentation": false,
		"123": false, "Factiva RTF Display Format": false, "http://example.org/": false, "scan_0012": false,
	} {
		if IsTitle(s) != want {
			t.Errorf("%q: %v", s, !want)
		}
	}
}

func TestAuthor(t *testing.T) {
	for s, want := range map[string]bool{
		"Ada Okoye": true, "Reuters": true, "Li Na": true, "保 密": true, "": false, "User": false, "Microsoft Office User": false, "Windows-Benutzer": false,
		"python-docx": false, "AOkoye": false, "aokoye": false, `CORP\aokoye`: false, "a@example.org": false, "Пользователь Windows": false, "user1": false,
	} {
		if isAuthor(s) != want {
			t.Errorf("%q: %v", s, !want)
		}
	}
}

func day(s string) time.Time {
	t, _ := time.Parse(time.DateOnly, s)
	return t
}

func TestHead(t *testing.T) {
	file := paragraph.Properties{Author: "Jan de Wit", Created: day("2020-01-02"), Modified: day("2020-01-05")}
	for _, c := range []struct {
		name, file string
		props      paragraph.Properties
		lines      []string
		author     string
		published  string // empty for none
		updated    string
		first      string
	}{
		{"days of the file", "a.docx", file, []string{"title: T", prose, prose}, "Jan de Wit", "2020-01-02", "2020-01-05", prose},
		{"lines above the text", "a.docx", file, []string{"title: T", "By Ada Okoye", "5 May 2026", prose, prose}, "Ada Okoye", "2026-05-05", "", prose},
		{"styles of pandoc", "a.docx", file, []string{"title: T", "author: Ada Okoye", "date: 2024-04-28", prose, prose}, "Ada Okoye", "2024-04-28", "", prose},
		{"date among other lines", "a.pdf", file, []string{"title: T", "Institute of Ports", "January 3, 2019", prose, prose}, "Jan de Wit", "2019-01-03", "2020-01-05", "Institute of Ports"},
		{"the name of the file says it", "2026-05-05-ports.docx", file, []string{"title: T", prose, prose}, "Jan de Wit", "", "2020-01-05", prose},
		{"a dateline says it", "a.docx", file, []string{"title: T", "VESSEM, May 5, 2026 (AP) — " + prose, prose}, "Jan de Wit", "", "2020-01-05", "VESSEM, May 5, 2026 (AP) — " + prose},
		{"a template", "a.docx", paragraph.Properties{Author: "python-docx", Created: day("2013-12-23"), Modified: day("2020-01-05")}, []string{"title: T", prose, prose}, "", "2020-01-05", "", prose},
		{"a template, as it came", "a.docx", paragraph.Properties{Description: "generated by python-docx", Created: day("2013-12-23"), Modified: day("2013-12-23")}, []string{"title: T", prose, prose}, "", "", "", prose},
		{"a clock that was wrong", "a.docx", paragraph.Properties{Created: day("1970-01-01")}, []string{"title: T", prose, prose}, "", "", "", prose},
	} {
		props := c.props
		rec := fill(t, &Source{Name: c.file, Properties: &props, Paragraphs: ps(c.lines...)})
		if got := rec.First(record.Authors); got != c.author {
			t.Errorf("%s: author is %q", c.name, got)
		}
		if got := rec.Published.Time; !got.Equal(day(c.published)) {
			t.Errorf("%s: published %v", c.name, got)
		}
		if got := rec.Updated.Time; c.updated != "" && !got.Equal(day(c.updated)) || c.updated == "" && got.After(day("2020-01-06")) {
			t.Errorf("%s: updated %v", c.name, got)
		}
		if rec.Blocks[0].Text != c.first {
			t.Errorf("%s: text begins with %q", c.name, rec.Blocks[0].Text)
		}
	}
}

func TestBlocks(t *testing.T) {
	marked := fill(t, &Source{Paragraphs: ps("title: T", "toc heading: Contents", "toc 1: Part one 3", "# Part one", prose, "! A bold line", prose, "## Under it", prose, "footnote text: A note.")})
	got := ""
	for _, b := range marked.Blocks {
		if b.Heading {
			got += strings.Repeat("#", b.Level) + b.Text + " "
		}
	}
	if got != "#Part one ##Under it " {
		t.Errorf("marked headings are %q", got)
	}
	looks := fill(t, &Source{Paragraphs: ps("title: T", prose, "! Ice", prose, "! Wind", prose, "! See also:", prose)})
	got = ""
	for _, b := range looks.Blocks {
		if b.Heading {
			got += b.Text + " "
		}
	}
	if got != "Ice Wind " {
		t.Errorf("headings by their looks are %q", got)
	}
	sized := ps("title: T", prose, "! Ice", prose, "! Floes", prose, "! Wind", prose)
	sized[4].Size = 12
	got = ""
	for _, b := range fill(t, &Source{Paragraphs: sized}).Blocks {
		got += strings.Repeat("#", b.Level)
	}
	if got != "####" {
		t.Errorf("levels by size are %q", got)
	}
}

func TestTables(t *testing.T) {
	cell := func(row, cell int, s string) paragraph.Paragraph {
		return paragraph.Paragraph{Text: s, Table: 1, Row: row, Cell: cell}
	}
	list := ps("title: T", prose)
	list = append(list, cell(1, 1, "Port"), cell(1, 2, "Ships"), cell(2, 1, "Vessem"), cell(2, 2, ""), cell(2, 3, "12"), cell(2, 3, "of 20"), cell(3, 1, prose+prose+prose), cell(3, 2, "Beside"), cell(4, 1, ""))
	rec := fill(t, &Source{Paragraphs: append(list, ps(prose)...)})
	var got []string
	for _, b := range rec.Blocks[1:] {
		got = append(got, b.Text)
	}
	want := []string{"Port | Ships", "Vessem | 12 of 20", prose + prose + prose, "Beside", prose}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("%q", got)
	}
}

// What a browser printed above the title of a page is dropped, and the lines below
// it are read.
func TestPage(t *testing.T) {
	props := &paragraph.Properties{Title: "Ports in winter", Created: day("2026-11-29")}
	rec := fill(t, &Source{
		Properties: props, OfPage: true,
		Paragraphs: ps("! Accessibility links", "Skip to content", "! Ports in winter", "Share", "April 28, 2024", "By Ada Okoye", prose, prose, prose),
	})
	if rec.First(record.Title) != "Ports in winter" || rec.First(record.Authors) != "Ada Okoye" || !rec.Published.Time.Equal(day("2024-04-28")) || rec.Blocks[0].Text != "Share" {
		t.Errorf("%+v, published %v", rec.Blocks, rec.Published.Time)
	}
}

func TestEmpty(t *testing.T) {
	if err := Fill(&record.Record{}, &Source{Properties: &paragraph.Properties{Title: "T"}, Paragraphs: ps("", "toc 1: x")}); err == nil {
		t.Error("a document without a text was read")
	}
}

// The language of a template is not that of the text.
func TestLanguage(t *testing.T) {
	german := "Der Hafen von Vessem war am Montag nach einem Sturm geschlossen, und die Schiffe warteten zwei Tage draußen, bevor sie entladen werden konnten."
	for stated, want := range map[string]string{"en-US": "", "de-DE": "de-DE"} {
		rec := fill(t, &Source{Properties: &paragraph.Properties{Language: stated}, Paragraphs: ps("title: Häfen", german, german)})
		if got := rec.First(record.Language); got != want {
			t.Errorf("%s: %q", stated, got)
		}
	}
}
