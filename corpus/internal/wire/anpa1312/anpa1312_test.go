package anpa1312

import (
	"strings"
	"testing"
	"time"

	"github.com/newsq/newsq/corpus/internal/reader/readertest"
	"github.com/newsq/newsq/corpus/internal/record"
)

// message returns a message with these lines as its text.
func message(slug string, lines ...string) string {
	return "\x16\x16\x01w2870\x1fasian\nf l\x13\x11 " + slug + "     11-13 1049\n\x02" + strings.Join(lines, "\n") + "\n\n\t   \x03AP-WF-11-13-13 1509GMT<\n\n\x0c\n\x04"
}

var story = []string{
	"^BC-LT--Harbor Ferry,466<", "^Ferries sail again <", "^AP Photo XNP101, XNP102<", "^Eds: With AP Photos.<", "^By ADA OKOYE and JAN DE WIT=", "^Associated Press=",
	"\t   NORTHPORT, Norland (AP) _ The ferries sail again _ after nine days of wind, the office said. ", " ", "\t   ``It is over,'' she said. ", "\t   ___", "\t   UP NEXT", "\t   Rain.",
}

func read(t *testing.T, content string) record.Record {
	t.Helper()
	recs, faults := readertest.Read(t, Read, "a.tst", content)
	if len(recs) != 1 || len(faults) > 0 {
		t.Fatalf("%d records, %v", len(recs), faults)
	}
	return recs[0]
}

func textOf(rec *record.Record) string {
	var texts []string
	for _, b := range rec.Blocks {
		texts = append(texts, b.Text)
	}
	return strings.Join(texts, "|")
}

const storyText = `NORTHPORT, Norland (AP) — The ferries sail again — after nine days of wind, the office said.|"It is over," she said.|UP NEXT|Rain.`

func TestRead(t *testing.T) {
	content := message("BC-LT--Harbor-FerryB", story...)
	if !Recognize(readertest.Head("a.tst", content)) {
		t.Fatal("it is not recognized")
	}
	rec := read(t, content)
	for f, want := range map[record.Field]string{
		record.Title: "Ferries sail again", record.Authors: "ADA OKOYE and JAN DE WIT", record.Source: "AP", record.Published: "2013-11-13T15:09Z",
		record.Places: "NORTHPORT, Norland", record.ID: "ap:lt--harbor ferry:2013-11-13", record.Topics: "Harbor Ferry",
	} {
		if got := rec.First(f); got != want {
			t.Errorf("%v: %q, want %q", f, got, want)
		}
	}
	if got := textOf(&rec); got != storyText || !rec.Blocks[2].Heading {
		t.Errorf("text %q", got)
	}
	if h := rec.Handling; h.Version != 1 || h.Notice != "Eds: With AP Photos." || h.Embargoed {
		t.Errorf("%+v", h)
	}
}

// All versions of a story have one id, and rising numbers. What takes it back
// names it.
func TestVersions(t *testing.T) {
	for _, tt := range []struct {
		slug      string
		id        string
		version   int
		withdraws string
	}{
		{"^BC-LT--Harbor Ferry,466<", "ap:lt--harbor ferry:2013-11-13", 1, ""},
		{"^BC-LT--Harbor Ferry, 1st Ld-Writethru,416<", "ap:lt--harbor ferry:2013-11-13", 2, ""},
		{"^BC-LT--Harbor Ferry, 2nd Ld-Writethru,416<", "ap:lt--harbor ferry:2013-11-13", 3, ""},
		{"^BC-LT--Harbor Ferry, 10th Ld,<", "ap:lt--harbor ferry:2013-11-13", 11, ""},
		{"^AM-LT--Harbor Ferry,466<", "ap:lt--harbor ferry:2013-11-13", 1, ""},
		{"^BC-LT--Harbor Ferry, 1st Add,100<", "ap:lt--harbor ferry:2013-11-13:add1", 1, ""},
		{"^BC-LT--Harbor Ferry, KILL<", "ap:lt--harbor ferry:2013-11-13:kill", 0, "ap:lt--harbor ferry:2013-11-13"},
		{"^BC-LT--Harbor Ferry, Kill,50<", "ap:lt--harbor ferry:2013-11-13:kill", 0, "ap:lt--harbor ferry:2013-11-13"},
	} {
		rec := read(t, message("BC-LT--Harbor-FerryB", append([]string{tt.slug}, story[1:]...)...))
		h := rec.Handling
		if rec.First(record.ID) != tt.id || h.Version != tt.version || strings.Join(h.Withdraws, " ") != tt.withdraws {
			t.Errorf("%s: %q %+v", tt.slug, rec.First(record.ID), h)
		}
		if rec.First(record.Title) != "Ferries sail again" {
			t.Errorf("%s: title %q", tt.slug, rec.First(record.Title))
		}
	}
}

// An alert has no headline; its text tells. The words in the slug of the text
// count, not those in the head.
func TestAlert(t *testing.T) {
	rec := read(t, message("BC-LT--Harbor-Ferry", "^BC-LT--Harbor Ferry,50<", "^Eds: APNewsNow.<", "\t   NORTHPORT (AP) _ The ferries sail."))
	if rec.First(record.Title) != "" || textOf(&rec) != "NORTHPORT (AP) — The ferries sail." {
		t.Errorf("%q %q", rec.First(record.Title), textOf(&rec))
	}
}

// Lines may be broken: of notes, and of paragraphs.
func TestBrokenLines(t *testing.T) {
	rec := read(t, message("BC-LT--Harbor-Ferry", "^BC-LT--Harbor Ferry,50<", "^Ferries<", "^Eds: Adds quotes from the", "harbor office.<", "\t   NORTHPORT (AP) _ The ferries sail", "after nine days.", "", "\t   Again."))
	if textOf(&rec) != "NORTHPORT (AP) — The ferries sail after nine days.|Again." || rec.Handling.Notice != "Eds: Adds quotes from the harbor office." {
		t.Errorf("%q, %q", textOf(&rec), rec.Handling.Notice)
	}
}

func TestTables(t *testing.T) {
	content := strings.Replace(message("BC-BBO--Glance", "^BC-BBO--Glance<", "^Glance=", "^All Times EDT=", "^By The Associated Press=", "^AMERICAN LEAGUE=",
		"\x08\x1f\x1e W\x1e \x1e L", "\x08Northport\x1f\x1e 73\x1e \x1e 52", "\x08New\x10 Port\x1f\x1e 60\x1e \x1e 65", "^Saturday's Games=", "\t   Northport 6, New Port 5"), "\x13\x11", "\x14\x12", 1)
	rec := read(t, content)
	if got := textOf(&rec); got != "All Times EDT|AMERICAN LEAGUE|W | L\nNorthport | 73 | 52\nNew Port | 60 | 65|Saturday's Games|Northport 6, New Port 5" {
		t.Errorf("text %q", got)
	}
	if rec.First(record.Title) != "Glance" || rec.Has(record.Authors) {
		t.Errorf("%q by %q", rec.First(record.Title), rec.First(record.Authors))
	}
}

// Kyodo has neither marks nor tabs, and writes day, month.
func TestKyodo(t *testing.T) {
	content := strings.ReplaceAll("\x01a0105KYODO\x1fkoko-\nu s\x14\x12 BC-Harbor-Ferry   09-12 0344\n\x02BC-Harbor-Ferry\nFerries: Northport sails again\nafter nine days+\n"+
		"     NORTHPORT, Norland, Dec. 9 Kyodo - The ferries sail again \nafter nine days of wind.\n     More will follow.\n==Kyodo\n\x03KWS-21:37-09-12-18\x04", "\n", "\r\n")
	if !Recognize(readertest.Head("a.txt", content)) {
		t.Fatal("it is not recognized")
	}
	rec := read(t, content)
	for f, want := range map[record.Field]string{
		record.Title: "Ferries: Northport sails again after nine days", record.Source: "Kyodo", record.Published: "2018-12-09T21:37+09:00", record.Places: "NORTHPORT, Norland",
		record.ID: "kyodo:harbor-ferry:2018-12-09",
	} {
		if got := rec.First(f); got != want {
			t.Errorf("%v: %q, want %q", f, got, want)
		}
	}
	if got := textOf(&rec); got != "NORTHPORT, Norland, Dec. 9 Kyodo - The ferries sail again after nine days of wind.|More will follow." {
		t.Errorf("text %q", got)
	}
}

func TestHandling(t *testing.T) {
	rec := read(t, message("BC-LT--Harbor-Ferry", "^BC-LT--Harbor Ferry,50<", "^Ferries<", "^Eds: Embargoed until 0600 GMT, Thursday, November 14.<", "\t   NORTHPORT (AP) _ The ferries sail."))
	if h := rec.Handling; !h.Embargoed || h.EmbargoedUntil.Format(time.RFC3339) != "2013-11-14T06:00:00Z" {
		t.Errorf("%+v", h)
	}
}

func TestBare(t *testing.T) {
	bare := strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, strings.Replace(message("BC-LT--Harbor-FerryB", story...), "\x1f", " ", 1))
	if !Recognize(readertest.Head("a.txt", bare)) {
		t.Fatal("it is not recognized")
	}
	rec := read(t, bare)
	if rec.First(record.Title) != "Ferries sail again" || textOf(&rec) != storyText || rec.First(record.ID) != "ap:lt--harbor ferry:2013-11-13" {
		t.Errorf("%q %q %q", rec.First(record.Title), textOf(&rec), rec.First(record.ID))
	}
}

func TestSeveral(t *testing.T) {
	content := message("BC-A", append([]string{"^BC-A,1<"}, story[1:]...)...) + message("BC-A", append([]string{"^BC-A, 1st Ld,1<"}, story[1:]...)...) + message("BC-A", append([]string{"^BC-A,1<"}, story[1:]...)...)
	recs, faults := readertest.Read(t, Read, "a.txt", content)
	if len(recs) != 3 || len(faults) > 0 {
		t.Fatalf("%d records, %v", len(recs), faults)
	}
	if a, b, c := recs[0].Place, recs[1].Place, recs[2].Place; a != "ap:a:2013-11-13" || b != "ap:a:2013-11-13:2" || c != "ap:a:2013-11-13#2" {
		t.Errorf("places %q %q %q", a, b, c)
	}
}

func TestRecognize(t *testing.T) {
	for _, content := range []string{"a1234\nA title\ntext", "A1234 asian\nThe text goes on\nand on", "", "\x16\x16\x01", "W2870 is a road\nf l\n"} {
		if Recognize(readertest.Head("a.txt", content)) {
			t.Errorf("%q is recognized", content)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(message("BC-LT--Harbor-FerryB", story...))
	f.Add("\x01a0105KYODO\x1fkoko-\nu s\x14\x12 BC-A   09-12 0344\n\x02BC-A\nB+\n     c\n==K\n\x03KWS-21:37-09-12-18\x04")
	f.Add("w2870 x\nf l BC-A 01-01\n^\n^=\n^<\n\t\n")
	f.Fuzz(func(t *testing.T, content string) {
		readertest.Read(t, Read, "a.txt", content)
		Recognize(readertest.Head("a.txt", content))
	})
}

// Without a headline an alert is called as it begins, and a list as its slug says.
func TestTitleOfSlug(t *testing.T) {
	list := []string{"^BC-LT--Harbor Table,466<", "\t   Ships.", "\t   One.", "\t   Two.", "\t   Three.", "\t   Four."}
	for lines, want := range map[int]string{3: "", len(list): "Harbor Table"} {
		rec := read(t, message("BC-LT--Harbor-Table", list[:lines]...))
		if got := rec.First(record.Title); got != want {
			t.Errorf("of %d lines: %q, want %q", lines, got, want)
		}
	}
}
