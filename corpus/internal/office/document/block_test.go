package document

import (
	"strings"
	"testing"

	"github.com/newsq/newsq/corpus/internal/paragraph"
	"github.com/newsq/newsq/corpus/internal/record"
)

// What stands above the text says its fields, in labels, in a table, or as lines
// without a word.
func TestTop(t *testing.T) {
	for _, c := range []struct {
		name                      string
		lines                     []string
		title, authors, published string
		source, first             string
	}{
		{"labels", []string{"Headline: Ports in winter", "By: Ada Okoye", "Date: 4 March 2025", "Source: Vessem Post", prose, prose}, "Ports in winter", "Ada Okoye", "2025-03-04", "Vessem Post", prose},
		{"labels in German", []string{"Titel: Häfen im Winter", "Autor: Ada Okoye", "Datum: 4. März 2025", prose, prose}, "Häfen im Winter", "Ada Okoye", "2025-03-04", "", prose},
		{"one label is none", []string{"Source: the port", prose, prose}, "Source: the port", "", "", "", prose},
		{"title block", []string{"title: Ports in winter", "Ada Okoye and Jan de Wit", "Institute of Ports", "4 March 2025", prose, prose}, "Ports in winter", "Ada Okoye|Jan de Wit", "2025-03-04", "", "Institute of Ports"},
		{"names without a day", []string{"title: Ports in winter", "Ada Okoye", prose, prose}, "Ports in winter", "", "", "", "Ada Okoye"},
		{"a series is nobody", []string{"title: Ports in winter", "Policy Brief", "4 March 2025", prose, prose}, "Ports in winter", "", "2025-03-04", "", "Policy Brief"},
		{"lines ended by hand", []string{"Ports in winter\nBy Ada Okoye\n4 March 2025\n\n" + prose + "\n\n" + prose}, "Ports in winter", "Ada Okoye", "2025-03-04", "", prose},
		{"a day below a label", []string{"For immediate release", "! Ports in winter", "VESSEM, March 4, 2025 – " + prose, prose}, "Ports in winter", "", "2025-03-04", "", "For immediate release"},
		{"contents that are typed", []string{"title: T", "Contents", "Ice\t3", "Wind\t5", prose, prose}, "T", "", "", "", prose},
	} {
		rec := fill(t, &Source{Paragraphs: ps(c.lines...)})
		var authors []string
		for _, v := range rec.Values(record.Authors) {
			authors = append(authors, v.Text)
		}
		published := ""
		if at := rec.Published.Time; !at.IsZero() {
			published = at.Format("2006-01-02")
		}
		if rec.First(record.Title) != c.title || strings.Join(authors, "|") != c.authors || published != c.published || rec.First(record.Source) != c.source || rec.Blocks[0].Text != c.first {
			t.Errorf("%s: title %q, authors %q, published %q, source %q, first %q", c.name, rec.First(record.Title), authors, published, rec.First(record.Source), rec.Blocks[0].Text)
		}
	}
}

// A table that is there for the layout is text, and one of labels says fields.
func TestTablesAtTop(t *testing.T) {
	cell := func(row, cell int, text string) paragraph.Paragraph {
		return paragraph.Paragraph{Text: text, Table: 1, Row: row, Cell: cell, Size: 11}
	}
	rec := fill(t, &Source{Paragraphs: []paragraph.Paragraph{cell(1, 1, "Ports in winter"), cell(1, 1, prose), cell(1, 1, prose), cell(1, 2, "Key facts")}})
	if rec.First(record.Title) != "Ports in winter" || len(rec.Blocks) != 3 {
		t.Errorf("layout: %q, %+v", rec.First(record.Title), rec.Blocks)
	}
	rec = fill(t, &Source{Paragraphs: append([]paragraph.Paragraph{cell(1, 1, "Headline"), cell(1, 2, "Ports in winter"), cell(2, 1, "Date"), cell(2, 2, "4 March 2025")}, ps(prose, prose)...)})
	if rec.First(record.Title) != "Ports in winter" || rec.Published.Time.IsZero() || len(rec.Blocks) != 2 {
		t.Errorf("labels: %q, %+v", rec.First(record.Title), rec.Blocks)
	}
}

// Printed pages state more than the title, or have the name of the newspaper largest.
func TestPrinted(t *testing.T) {
	rec := fill(t, &Source{Properties: &paragraph.Properties{Title: "Ports in winter | Vessem Post"}, Paragraphs: ps("! Ports in winter", prose, prose), Printed: true})
	if rec.First(record.Title) != "Ports in winter" || rec.First(record.Source) != "Vessem Post" {
		t.Errorf("site: %q of %q", rec.First(record.Title), rec.First(record.Source))
	}
	page := ps("! Vessem Post", "Tuesday 4 March 2025 | No. 12", "! Ports in winter", prose, prose)
	page[0].Size = 30
	rec = fill(t, &Source{Paragraphs: page, Printed: true})
	if rec.First(record.Title) != "Ports in winter" || rec.First(record.Source) != "Vessem Post" || rec.Published.Time.Year() != 2025 {
		t.Errorf("masthead: %q of %q, %v", rec.First(record.Title), rec.First(record.Source), rec.Published.Time)
	}
}
