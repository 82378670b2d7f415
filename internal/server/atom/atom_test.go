package atom_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/newsq/newsq/internal/server/atom"
)

func TestURN(t *testing.T) {
	a := atom.URN("article", "a")
	if !regexp.MustCompile(`^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`).MatchString(a) {
		t.Errorf("%s is no UUID", a)
	}
	// Readers know entries by their ids, so that these must never change.
	if want := "urn:uuid:6cc1bf6d-57ca-88de-a6f6-ceec5604c7c4"; a != want {
		t.Errorf("the id is %s, was %s", a, want)
	}
	if atom.URN("ab", "c") == atom.URN("a", "bc") {
		t.Error("parts run together")
	}
}

func TestWrite(t *testing.T) {
	at := atom.Time(time.Date(2026, 3, 1, 12, 0, 0, 5000, time.FixedZone("", 3600)))
	old := atom.Time(time.Date(12026, 3, 1, 12, 0, 0, 0, time.UTC))
	f := &atom.Feed{ID: "urn:a", Title: "A & <b>\x00", Updated: at, Author: atom.Person{Name: "n"}, Entries: []atom.Entry{{
		Lang: "pt", ID: "urn:b", Title: "]]>", Updated: at, Published: &old, Summary: &atom.Text{Type: "html", Body: "<b>x</b>"},
	}}}
	var b strings.Builder
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	const want = `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
 <id>urn:a</id>
 <title>A &amp; &lt;b&gt;` + "\uFFFD" + `</title>
 <updated>2026-03-01T11:00:00.000005Z</updated>
 <author>
  <name>n</name>
 </author>
 <entry xml:lang="pt">
  <id>urn:b</id>
  <title>]]&gt;</title>
  <updated>2026-03-01T11:00:00.000005Z</updated>
  <published>9999-12-31T23:59:59Z</published>
  <summary type="html">&lt;b&gt;x&lt;/b&gt;</summary>
 </entry>
</feed>
`
	if b.String() != want {
		t.Errorf("the feed is\n%s\nwant\n%s", b.String(), want)
	}
}
