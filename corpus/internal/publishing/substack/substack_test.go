package substack

import (
	"strings"
	"testing"

	"github.com/newsq/newsq/corpus/internal/reader/readertest"
	"github.com/newsq/newsq/corpus/internal/record"
)

const posts = "\ufeffpost_id,post_date,is_published,email_sent_at,type,audience,title,subtitle,podcast_url\r\n" +
	"1234567.ferries,2026-01-05T10:00:00.000Z,true,,newsletter,everyone,Ferries &#x201C;stop&#x201D;,\"In short, so\",\r\n" +
	"1234568.draft,2026-01-05T10:00:00.000Z,FALSE,,newsletter,everyone,Draft,,\r\n" +
	"1234569,2026-01-05T10:00:00.000Z,TRUE,,thread,everyone,Thread,,\r\n"

const text = `<h2>Quay</h2><p>One.</p><p class="button-wrapper"><a href="https://harbour.substack.com/subscribe?">Subscribe now</a></p><p>Two.</p>`

func TestRecognize(t *testing.T) {
	for content, want := range map[string]bool{posts: true, "title,text\n": false, "post_id,post_date\n1,2\n": false} {
		if got := Recognize(readertest.Head("x.csv", content)); got != want {
			t.Errorf("%q: %v", content, got)
		}
	}
	for name, want := range map[string]bool{"1234567.ferries.html": true, "ferries.html": false, "2026.html": false} {
		if got := RecognizeText(readertest.Head(name, text)); got != want {
			t.Errorf("%s: %v", name, got)
		}
	}
	if RecognizeText(readertest.Head("1234567.ferries.html", "<!DOCTYPE html><html>")) {
		t.Error("a page is recognized")
	}
}

// A table without texts beside it has titles and dates all the same.
func TestTable(t *testing.T) {
	recs, faults := readertest.Read(t, Read, "posts.csv", posts)
	if len(recs) != 2 || len(faults) != 0 {
		t.Fatal(recs, faults)
	}
	for f, want := range map[record.Field]string{
		record.Title: "Ferries “stop”", record.Summary: "In short, so", record.Published: "2026-01-05T10:00:00.000Z", record.ID: "substack:1234567",
	} {
		if got := strings.Join(readertest.Texts(&recs[0], f), "|"); got != want {
			t.Errorf("%v: %q, want %q", f, got, want)
		}
	}
}

// Without a table above it, a text is a piece of HTML as any other.
func TestTextAlone(t *testing.T) {
	recs, faults := readertest.Read(t, ReadText, "1234567.ferries.html", text)
	if len(recs) != 1 || len(faults) != 0 || recs[0].Has(record.ID) {
		t.Error(recs, faults)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(posts)
	f.Add("post_id,is_published\n\"1,TRUE\n\"\"x\"")
	f.Add(text)
	f.Fuzz(func(t *testing.T, s string) {
		readertest.Read(t, Read, "posts.csv", s)
		readertest.Read(t, ReadText, "1234567.ferries.html", s)
	})
}
