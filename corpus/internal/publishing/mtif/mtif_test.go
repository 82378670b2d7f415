package mtif

import (
	"strings"
	"testing"

	"github.com/newsq/newsq/corpus/internal/reader/readertest"
	"github.com/newsq/newsq/corpus/internal/record"
)

const two = `AUTHOR: Jane Roe
TITLE: Ferries stop: why
BASENAME: ferries
STATUS: Publish
CONVERT BREAKS: 1
DATE: 03/04/2026 10:10:52 PM
PRIMARY CATEGORY: Sea
CATEGORY: Bay
TAGS: "night line",prices
-----
BODY:
One.

-----
That was a rule, no end.
-----
EXTENDED BODY:
Two.
-----
EXCERPT:
In short.
-----
KEYWORDS:
boats, quay
-----
COMMENT:
AUTHOR: Somebody
DATE: 03/05/2026 10:00:00 AM
Nonsense.
-----
PING:
TITLE: x
URL: http://x.example/
-----
--------
AUTHOR: admin
TITLE: Draft
STATUS: Draft
DATE: 12/31/2026 20:00:00
-----
BODY:
<p>Three.</p>
-----
--------
`

func TestRead(t *testing.T) {
	for _, content := range []string{two, strings.ReplaceAll(two, "\n", "\r\n"), strings.TrimSuffix(two, "-----\n--------\n")} {
		if !Recognize(readertest.Head("x.txt", content)) {
			t.Error("not recognized")
		}
		recs, faults := readertest.Read(t, Read, "x.txt", content)
		if len(recs) != 2 || len(faults) != 0 {
			t.Fatal(recs, faults)
		}
		for f, want := range map[record.Field]string{
			record.Title: "Ferries stop: why", record.Authors: "Jane Roe", record.Topics: "Sea|Bay|night line|prices|boats|quay",
			record.Published: "2026-03-04 22:10:52", record.Summary: "In short.",
			record.Body: "One.\n\n-----\nThat was a rule, no end.\n\nTwo.",
		} {
			if got := strings.Join(readertest.Texts(&recs[0], f), "|"); got != want {
				t.Errorf("%v: %q, want %q", f, got, want)
			}
		}
		if recs[1].Handling == nil || recs[1].Handling.Status != "withheld" || recs[1].Has(record.Authors) || recs[1].First(record.Published) != "2026-12-31 20:00:00" {
			t.Error(recs[1])
		}
	}
}

func TestRecognize(t *testing.T) {
	for _, content := range []string{"TITLE: x\n\nSome text", "AUTHOR: x\nBODY:\ny\n", "He said:\n-----\nBODY:\n", "AUTHOR: x\nTITLE: y\n\nBODY: A text\nSTATUS: z\n-----\n"} {
		if Recognize(readertest.Head("x.txt", content)) {
			t.Errorf("%q is recognized", content)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(two)
	f.Add("AUTHOR: \nCONVERT BREAKS: markdown\n-----\nBODY:\n# x\n-----\n-----\n--------")
	f.Fuzz(func(t *testing.T, s string) { readertest.Read(t, Read, "x.txt", s) })
}
