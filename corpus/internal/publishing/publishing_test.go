package publishing

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
)

func TestMark(t *testing.T) {
	var m Marker
	for i, tt := range []struct{ id, link, title, place, stated string }{
		{"http://example.org/1", "", "A", "http://example.org/1", "http://example.org/1"},
		{"tag:example.org,2026:1", "", "A", "tag:example.org,2026:1", "tag:example.org,2026:1"},
		{"urn:uuid:0a", "", "A", "urn:uuid:0a", "urn:uuid:0a"},
		{"17", "http://example.org/17", "A", "17", ""},
		{"", "http://example.org/18", "A", "http://example.org/18", ""},
		{"", "", "A", "6", ""},
		{"http://example.org/1", "", "A", "http://example.org/1", "http://example.org/1"}, // the same once more
		{"http://example.org/1", "", "B", "http://example.org/1 8", ""},                   // another
		{strings.Repeat("x", 600), "", "A", "9", ""},
		{"http:", "", "A", "http:", ""},
	} {
		rec := record.Record{Number: i + 1}
		Set(&rec, record.Title, "title", tt.title)
		m.Mark(&rec, tt.id, "id", tt.link)
		if rec.Place != tt.place || rec.First(record.ID) != tt.stated {
			t.Errorf("%s: place %q, id %q", tt.id, rec.Place, rec.First(record.ID))
		}
	}
}

func TestZoned(t *testing.T) {
	for _, tt := range []struct{ local, utc, want string }{
		{"2026-01-05 10:00:00", "2026-01-05 09:00:00", "2026-01-05T10:00:00+01:00"},
		{"2026-01-05 10:00:00", "2026-01-05 15:30:00", "2026-01-05T10:00:00-05:30"},
		{"2026-01-05 10:00:00", "2026-01-05 10:00:00", "2026-01-05T10:00:00Z"},
		{"2026-01-05 10:00:00", "2024-01-05 10:00:00", "2024-01-05T10:00:00Z"}, // changed by hand
		{"", "2026-01-05 10:00:00", "2026-01-05T10:00:00Z"},
		{"2026-01-05 10:00:00", "0000-00-00 00:00:00", ""},
		{"2026-01-05 10:00:00", "", ""},
	} {
		if got := Zoned(tt.local, tt.utc); got != tt.want {
			t.Errorf("%s, %s: %q, want %q", tt.local, tt.utc, got, tt.want)
		}
	}
}

// A template's English does not go before what the text shows.
func TestSetLanguage(t *testing.T) {
	french := strings.Repeat("Le conseil municipal a voté hier soir la fin de la ligne de nuit, et les pêcheurs qui la prennent depuis des années ne sont pas contents. ", 4)
	for _, tt := range []struct{ text, stated, want string }{
		{french, "en-US", ""}, {french, "fr", "fr"}, {french, "de", "de"}, {"Short.", "en-US", "en-US"}, {"Short.", "not a language", ""},
	} {
		var rec record.Record
		Set(&rec, record.Body, "body", tt.text)
		SetLanguage(&rec, tt.stated)
		if got := rec.First(record.Language); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.stated, got, tt.want)
		}
	}
}

func TestRows(t *testing.T) {
	in := &reader.Input{Context: context.Background(), Limits: reader.Limits{MaxFile: 8 << 10}}
	var got []string
	err := Rows(in, strings.NewReader("\ufeffA,B\n1,\"x\ny\"\n2\n3,4,5\n"), func(line int, row Row, err error) bool {
		got = append(got, row["a"]+"/"+row["b"])
		return true
	})
	if s := strings.Join(got, "|"); err != nil || s != "1/x\ny|2/|3/4" {
		t.Errorf("%q, %v", s, err)
	}
	// A quote that is never closed.
	err = Rows(in, strings.NewReader("a,b\n\""+strings.Repeat("x", 1<<20)), func(int, Row, error) bool { return true })
	if !errors.Is(err, reader.ErrTooLarge) {
		t.Error(err)
	}
}

func TestPage(t *testing.T) {
	doc := Parse(`<div class="a b"><p>One <b>two</b></p><p class="c">three</p></div>`)
	Remove(Find(doc, HasClass("c"))...)
	if got := Words(First(doc, HasClass("b"))); got != "One two" {
		t.Error(got)
	}
	if got := Inner(First(doc, HasClass("a"))); got != "<p>One <b>two</b></p>" {
		t.Error(got)
	}
	if Words(nil) != "" || Inner(nil) != "" || Attr(nil, "x") != "" || First(nil, HasClass("x")) != nil {
		t.Error("nothing is not empty")
	}
}
