package iptc7901

import (
	"strings"
	"testing"
	"time"

	"github.com/newsq/newsq/corpus/internal/reader/readertest"
	"github.com/newsq/newsq/corpus/internal/record"
)

// message returns a message with these parts. Lines end as in telex.
func message(head, above, text, trailer string) string {
	s := "\x01" + head + "\n\nHarbor/ferries/\n\x02" + above + "\n\n" + text + "\n\ndpa ao jw\n\n\x03" + trailer + "\n\x7f\n\x7f\x04"
	return strings.ReplaceAll(s, "\n", "\r\n")
}

const (
	headText = "eca0062 4 i 211 ccccb   dpa 0061"
	body     = "   Northport (dpa) - The ferries sail again after nine days of\nwind, the harbor office said.\n\n   More will follow on Monday."
)

func read(t *testing.T, content string) record.Record {
	t.Helper()
	recs, faults := readertest.Read(t, Read, "a.txt", content)
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

const bodyText = "Northport (dpa) - The ferries sail again after nine days of wind, the harbor office said.|More will follow on Monday."

func TestRead(t *testing.T) {
	rec := read(t, message(headText, "Ferries sail again =", body, "131137 GMT Nov 13"))
	for f, want := range map[record.Field]string{
		record.Title: "Ferries sail again", record.Source: "dpa", record.Published: "2013-11-13T11:37Z", record.Places: "Northport", record.ID: "dpa:61:2013-11-13", record.Topics: "Harbor",
	} {
		if got := rec.First(f); got != want {
			t.Errorf("%v: %q, want %q", f, got, want)
		}
	}
	if got := textOf(&rec); got != bodyText {
		t.Errorf("text %q", got)
	}
	if !rec.IsFile {
		t.Error("it is not the file")
	}
}

// What stands above the text: marks, headline, byline. The sign ends the byline
// when there is one.
func TestAbove(t *testing.T) {
	for _, tt := range []struct {
		above, title, author string
		version              int
	}{
		{"1ST LEAD\nFerries sail again =", "Ferries sail again", "", 2},
		{"REFILE\n1ST LEAD\nFerries sail again\nBy Ada Okoye, dpa =", "Ferries sail again", "Ada Okoye", 2},
		{"EXTRA\nFerries sail again =", "Ferries sail again", "", 0},
		{"2ND LEAD\n3RD NET\nFerries sail again =", "Ferries sail again", "", 3},
		{"(Achtung)\nFähren fahren wieder =", "Fähren fahren wieder", "", 0},
		{"Ferries sail again after nine days of wind\nand a night of rain =", "Ferries sail again after nine days of wind and a night of rain", "", 0},
		{"Ferries sail again\nVon Jan de Wit, dpa  =", "Ferries sail again", "Jan de Wit", 0},
		{"Situation\nHarbor:\nLes bacs naviguent: une fête =", "Les bacs naviguent: une fête", "", 0},
		{"(Zusammenfassung 1230 - mit weiteren Angaben)\nFerries sail again =", "Ferries sail again", "", 0},
		{"Ferries sail again\nBy dpa correspondents =", "Ferries sail again", "", 0},
	} {
		rec := read(t, message(headText, tt.above, body, "131137 GMT Nov 13"))
		version := 0
		if rec.Handling != nil {
			version = rec.Handling.Version
		}
		if rec.First(record.Title) != tt.title || rec.First(record.Authors) != tt.author || version != tt.version {
			t.Errorf("%q: %q by %q, version %d", tt.above, rec.First(record.Title), rec.First(record.Authors), version)
		}
		if got := textOf(&rec); got != bodyText {
			t.Errorf("%q: text %q", tt.above, got)
		}
	}
}

func TestDates(t *testing.T) {
	for trailer, want := range map[string]string{
		"071341 GMT Okt 15": "2015-10-07T13:41Z", "091223 dec 18": "2018-12-09T12:23", "091223 Dez 18": "2018-12-09T12:23", "071341 MESZ Jun 16": "2016-06-07T13:41+02:00",
		"071341 GMT juil 15": "2015-07-07T13:41Z", "071341 GMT Jan 99": "1999-01-07T13:41Z", "": "", "no date": "",
	} {
		rec := read(t, message(headText, "Ferries =", body, trailer))
		if got := rec.First(record.Published); got != want {
			t.Errorf("%q: %q, want %q", trailer, got, want)
		}
	}
}

func TestHeadLines(t *testing.T) {
	for head, id := range map[string]string{
		"bsf025 3 ec 121   etf 967": "etf:967:2013-11-13", "bdt0651 4 wi 496  dpa 4072": "dpa:4072:2013-11-13", "abc123 2 rs 15": "abc:123:2013-11-13", "APA0123 5 WI 0345 II": "apa:123:2013-11-13",
	} {
		content := message(head, "Ferries =", body, "131137 GMT Nov 13")
		if !Recognize(readertest.Head("a", content)) {
			t.Errorf("%q is not recognized", head)
		}
		rec := read(t, content)
		if got := rec.First(record.ID); got != id {
			t.Errorf("%q: %q, want %q", head, got, id)
		}
	}
}

// Notes to editors are no text, nor are names and numbers in them.
func TestNotes(t *testing.T) {
	for _, notes := range []string{
		"# dpa NOTEBOOK\n\n* * * *\nThe following information is not for publication\n\n## dpa Contacts\n- Ada, +49 30 1",
		"# Notebook\n\n## Internet links\n- [Office](http://example.org)",
		"* * * *\nThe following information is not intended for publication\n\n## Contacts\n- Ada",
		"# Notizblock\n\nDie folgenden Informationen sind nicht zur Veröffentlichung bestimmt\n- Ada",
	} {
		rec := read(t, message(headText, "Ferries =", body+"\n\n"+notes, "131137 GMT Nov 13"))
		if got := textOf(&rec); got != bodyText {
			t.Errorf("%q: %q", notes, got)
		}
	}
}

func TestHandling(t *testing.T) {
	rec := read(t, message(headText, "Sperrfrist: 12. Januar 2026, 18 Uhr\nFähren fahren wieder =", body, "111137 GMT Jan 26"))
	if h := rec.Handling; h == nil || !h.Embargoed || h.EmbargoedUntil.Format(time.RFC3339) != "2026-01-12T18:00:00Z" || rec.First(record.Title) != "Fähren fahren wieder" {
		t.Errorf("%q %+v", rec.First(record.Title), h)
	}
	rec = read(t, message(headText, "Achtung =", "Achtung Redaktionen: Die Meldung «Brand im Hafen» (dpa 0059) wird zurückgezogen.\n\nSie war falsch.", "131137 GMT Nov 13"))
	if h := rec.Handling; h == nil || strings.Join(h.Withdraws, " ") != "dpa:59:2013-11-13" || h.Notice == "" {
		t.Errorf("%+v", h)
	}
	rec = read(t, message(headText, "Three killed in harbor =", body, "131137 GMT Nov 13"))
	if rec.Handling != nil {
		t.Errorf("%+v", rec.Handling)
	}
}

// Some files have lost all control characters.
func TestBare(t *testing.T) {
	full := message(headText, "1ST LEAD\nFerries sail again\nBy Ada Okoye, dpa =", body, "131137 GMT Nov 13")
	bare := strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\r' || r == 0x7f {
			return -1
		}
		return r
	}, full)
	if !Recognize(readertest.Head("a.txt", bare)) {
		t.Fatal("it is not recognized")
	}
	rec := read(t, bare)
	if rec.First(record.Title) != "Ferries sail again" || rec.First(record.Authors) != "Ada Okoye" || textOf(&rec) != bodyText || rec.First(record.ID) != "dpa:61:2013-11-13" {
		t.Errorf("%q by %q: %q, %q", rec.First(record.Title), rec.First(record.Authors), textOf(&rec), rec.First(record.ID))
	}
}

func TestLatin1(t *testing.T) {
	content := message(headText, "Gel\xe4nde frei =", "   M\xfcnchen (dpa) - Das Gel\xe4nde am Hafen ist wieder frei, sagte die Beh\xf6rde.", "131137 GMT Nov 13")
	rec := read(t, content)
	if rec.First(record.Title) != "Gelände frei" || rec.First(record.Places) != "München" {
		t.Errorf("%q %q", rec.First(record.Title), rec.First(record.Places))
	}
}

func TestSeveral(t *testing.T) {
	content := message(headText, "One =", body, "131137 GMT Nov 13") + message(strings.Replace(headText, "0061", "0062", 1), "Two =", body, "131138 GMT Nov 13")
	recs, faults := readertest.Read(t, Read, "a.txt", content)
	if len(recs) != 2 || len(faults) > 0 || recs[1].First(record.Title) != "Two" || recs[1].Place != "dpa:62:2013-11-13" || recs[1].Number != 2 || recs[0].IsFile {
		t.Fatalf("%d records, %v, %+v", len(recs), faults, recs)
	}
}

func TestRecognize(t *testing.T) {
	for _, content := range []string{"A title\n\nText of it =\n", "abc123 is a number\n", "eca062 4 i 211 dpa 061\nA list\n", "", "\x01\x02\x03"} {
		if Recognize(readertest.Head("a.txt", content)) {
			t.Errorf("%q is recognized", content)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(message(headText, "1ST LEAD\nFerries =", body, "131137 GMT Nov 13"))
	f.Add("eca0062 4 i 211 dpa 1\n\nA/\nB =\n\nc   d\n\n071341 GMT Okt 15")
	f.Add("\x01\x01\x02\x02\x03\xff\x04")
	f.Fuzz(func(t *testing.T, content string) {
		readertest.Read(t, Read, "a.txt", content)
		Recognize(readertest.Head("a.txt", content))
	})
}
