package ninjs

import (
	"strings"
	"testing"
	"time"

	"github.com/newsq/newsq/corpus/internal/reader/readertest"
	"github.com/newsq/newsq/corpus/internal/record"
)

func textOf(rec *record.Record) string {
	var texts []string
	for _, b := range rec.Blocks {
		texts = append(texts, b.Text)
	}
	return strings.Join(texts, "|")
}

func read(t *testing.T, content string) record.Record {
	t.Helper()
	recs, faults := readertest.Read(t, Read, "a.json", content)
	if len(recs) != 1 || len(faults) > 0 {
		t.Fatalf("%d records, %v in %s", len(recs), faults, content)
	}
	return recs[0]
}

// The same item in the three versions.
var items = map[string]string{
	"1": `{"uri": "urn:coast:1", "type": "text", "version": "2", "firstcreated": "2026-01-05T09:00:00Z", "versioncreated": "2026-01-05T10:00:00Z", "pubstatus": "usable", "language": "en",
"headline": "Ferries sail again", "byline": "By Ada Okoye", "located": "Northport", "description_text": "After nine days.", "body_html": "<p>Ferries sail.</p><p>Again.</p>", "body_text": "Ferries sail. Again. And this is longer than the other.",
"copyrightholder": "Coast Wire", "usageterms": "Not to be used for AI training.", "ednote": "Adds quote.", "subject": [{"code": "1", "name": "Ports"}], "person": [{"name": "Mia Lund"}],
"place": [{"name": "Norland"}], "organisation": [{"name": "Harbor Office"}], "infosource": [{"name": "Coast Wire"}]}`,
	"2": `{"uri": "urn:coast:1", "type": "text", "version": "2", "firstcreated": "2026-01-05T09:00:00Z", "versioncreated": "2026-01-05T10:00:00Z", "pubstatus": "usable", "language": "en",
"headlines": [{"role": "sms", "value": "Ferries!"}, {"role": "main", "value": "Ferries sail again"}], "by": "Ada Okoye", "located": "Northport", "descriptions": [{"role": "summary", "value": "After nine days."}],
"bodies": [{"role": "text", "contenttype": "text/plain", "value": "Ferries sail again\nCoast Wire\nFerries sail. Again. And this is longer than the other."}, {"contenttype": "text/html", "value": "<p>Ferries sail.</p><p>Again.</p>"},
{"role": "teaser", "contenttype": "text/html", "value": "<p>A teaser that is much longer than the text of the article itself.</p>"}],
"copyrightholder": "Coast Wire", "usageterms": "Not to be used for AI training.", "ednote": "Adds quote.", "subjects": [{"name": "Ports"}], "people": [{"name": "Mia Lund"}], "places": [{"name": "Norland"}],
"organisations": [{"name": "Harbor Office"}]}`,
	"3": `{"uri": "urn:coast:1", "type": "text", "version": 2, "firstCreated": "2026-01-05T09:00:00Z", "versionCreated": "2026-01-05T10:00:00Z", "pubStatus": "usable", "language": "en",
"headlines": [{"value": "Ferries sail again"}], "by": "Ada Okoye", "located": "Northport", "descriptions": [{"value": "After nine days."}],
"bodies": [{"contentType": "text/html5", "value": "<html><body><h1>Ferries sail again</h1><p>Ferries sail.</p><p>Again.</p></body></html>"}, {"contentType": "application/xml", "value": "<own><a>Ferries</a></own>"}],
"copyrightHolder": "Coast Wire", "usageTerms": "Not to be used for AI training.", "edNote": "Adds quote.", "subjects": [{"name": "Ports"}], "people": [{"name": "Mia Lund"}], "places": [{"name": "Norland"}],
"organisations": [{"name": "Harbor Office"}]}`,
}

func TestVersions(t *testing.T) {
	for version, content := range items {
		if !Recognize(readertest.Head("a.json", content)) {
			t.Errorf("version %s is not recognized", version)
		}
		rec := read(t, content)
		for f, want := range map[record.Field]string{
			record.ID: "urn:coast:1", record.Title: "Ferries sail again", record.Summary: "After nine days.", record.Source: "Coast Wire", record.Authors: "Ada Okoye",
			record.Published: "2026-01-05T09:00:00Z", record.Updated: "2026-01-05T10:00:00Z", record.Topics: "Ports", record.People: "Mia Lund", record.Organizations: "Harbor Office", record.Language: "en",
		} {
			if got := rec.First(f); got != want {
				t.Errorf("version %s: %v: %q, want %q", version, f, got, want)
			}
		}
		if got := strings.Join(readertest.Texts(&rec, record.Places), "|"); got != "Northport|Norland" && got != "Norland|Northport" {
			t.Errorf("version %s: places %q", version, got)
		}
		if got := textOf(&rec); got != "Ferries sail.|Again." {
			t.Errorf("version %s: text %q", version, got)
		}
		if h := rec.Handling; h.Version != 2 || h.Status != "" || !h.NoAI || h.Notice != "Adds quote." {
			t.Errorf("version %s: %+v", version, h)
		}
		if !rec.IsFile || rec.Place != "" {
			t.Errorf("version %s: place %q", version, rec.Place)
		}
	}
}

func TestHandling(t *testing.T) {
	for _, tt := range []struct {
		members, status, until string
	}{
		{`"pubStatus": "usable", "embargoedUntil": "2026-01-06T06:00:00Z"`, "", "2026-01-06T06:00:00Z"},
		{`"pubstatus": "usable", "embargoed": "2026-01-06T06:00:00Z"`, "", "2026-01-06T06:00:00Z"},
		{`"pubstatus": "usable", "embargoed": "soon"`, "", "?"},
		{`"pubstatus": "usable", "embargoed": null`, "", ""},
		{`"pubstatus": "usable", "embargoed": ""`, "", ""},
		{`"pubstatus": "canceled"`, "canceled", ""},
		{`"pubStatus": "withheld"`, "withheld", ""},
		{`"versioncreated": "2026-01-05"`, "", ""},
	} {
		rec := read(t, `{"uri": "u:1", "type": "text", "headline": "A", "body_text": "B.", "language": "en", `+tt.members+`}`)
		until := ""
		if h := rec.Handling; h.Embargoed {
			if until = "?"; !h.EmbargoedUntil.IsZero() {
				until = h.EmbargoedUntil.Format(time.RFC3339)
			}
		}
		if rec.Handling.Status != tt.status || until != tt.until {
			t.Errorf("%s: %+v", tt.members, rec.Handling)
		}
	}
	rec := read(t, `{"uri": "u:1", "pubstatus": "canceled", "versioncreated": "2026-01-05"}`)
	if rec.First(record.Title) != "canceled" {
		t.Errorf("an empty item that was taken back: %q", rec.First(record.Title))
	}
	rec = read(t, `{"uri": "u:1", "type": "text", "headline": "A", "pubstatus": "usable", "rightsinfo": {"encodedrights": "{\"prohibition\": [{\"action\": \"aiTraining\"}]}"}}`)
	if !rec.Handling.NoAI {
		t.Error("a prohibition in encoded rights is not seen")
	}
}

func TestBodies(t *testing.T) {
	for _, tt := range []struct{ name, bodies, want string }{
		{"plain text with headline and source", `[{"contentType": "text/plain", "value": "Ferries sail again\nHarbor COAST\nFerries sail.\nAgain."}]`, "Ferries sail.|Again."},
		{"NITF", `[{"contentType": "text/vnd.IPTC.NITF", "value": "<nitf><body><body.content><p>Ferries sail.</p></body.content></body></nitf>"}]`, "Ferries sail."},
		{"NITF as XML", `[{"contentType": "application/xml", "value": "<nitf><body><body.content><p>Ferries sail.</p></body.content></body></nitf>"}]`, "Ferries sail."},
		{"pictures", `[{"contentType": "text/html", "value": "<figure><img><figcaption>A ferry, seen from the harbor.</figcaption></figure><p>Ferries sail.</p>"}, {"contentType": "text/html", "value": "<p>Ferries sail.</p>"}]`, "Ferries sail."},
		{"pictures alone", `[{"contentType": "text/html", "value": "<figure><img><figcaption>A ferry.</figcaption></figure><p>Ferries sail.</p>"}]`, "Ferries sail."},
		{"somebody's XML", `[{"contentType": "application/xml", "value": "<own>Ferries sail.</own>"}]`, "Ferries sail."},
		{"none", `[]`, ""},
	} {
		rec := read(t, `{"uri": "u:1", "type": "text", "pubStatus": "usable", "copyrightHolder": "COAST", "headlines": [{"value": "Ferries sail again"}], "bodies": `+tt.bodies+`}`)
		if got := textOf(&rec); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

// Items alone, in a list, a line each, in an object.
func TestShapes(t *testing.T) {
	one := `{"uri": "u:1", "type": "text", "version": "1", "versioncreated": "2026-01-05", "pubstatus": "usable", "headline": "One", "body_text": "A."}`
	two := strings.NewReplacer("u:1", "u:2", "One", "Two").Replace(one)
	picture := strings.NewReplacer("u:1", "u:3", `"text"`, `"picture"`).Replace(one)
	event := `{"uri": "u:4", "type": "event", "title": "A conference", "pubStatus": "usable", "eventDetails": {"dates": {}}, "descriptions": [{"value": "In June."}]}`
	pack := `{"uri": "u:5", "type": "composite", "headline": "Package", "pubstatus": "usable", "associations": {"a": {"uri": "u:1", "type": "text", "headline": "One"}}}`
	for _, tt := range []struct{ name, content, want string }{
		{"list", "[" + one + "," + picture + "," + two + "," + event + "," + pack + "]", "One@u:1:1 Two@u:2:1 A conference@u:4"},
		{"lines", one + "\n" + picture + "\n" + two + "\n", "One@u:1:1 Two@u:2:1"},
		{"object", `{"items": [` + one + "," + two + `]}`, "One@u:1:1 Two@u:2:1"},
		{"nested object", `{"data": {"items": [` + one + "," + two + `]}}`, "One@u:1:1 Two@u:2:1"},
		{"one item in an object", `{"data": {"item": ` + one + `}}`, "One@"},
	} {
		recs, faults := readertest.Read(t, Read, "a.json", tt.content)
		var got []string
		for i := range recs {
			got = append(got, recs[i].First(record.Title)+"@"+recs[i].Place)
		}
		if s := strings.Join(got, " "); s != tt.want || len(faults) > 0 {
			t.Errorf("%s: %q, want %q; %v", tt.name, s, tt.want, faults)
		}
		if !Recognize(readertest.Head("a.json", tt.content)) {
			t.Errorf("%s is not recognized", tt.name)
		}
	}
	recs, faults := readertest.Read(t, Read, "a.json", one+"\n{bad\n"+two+"\n")
	if len(recs) != 2 || len(faults) != 1 {
		t.Errorf("a bad line: %d records, %v", len(recs), faults)
	}
	if recs, faults := readertest.Read(t, Read, "a.json", picture); len(recs) != 0 || len(faults) != 1 {
		t.Errorf("a picture: %d records, %v", len(recs), faults)
	}
}

func TestRecognize(t *testing.T) {
	for _, content := range []string{
		`{"title": "A", "url": "https://example.org", "text": "versioncreated"}`, `{"uri": "a", "type": "x"}`, `[{"id": 1, "headline": "A", "body": "B"}]`,
		`{"$schema": "s", "properties": {"uri": {}, "pubstatus": {}, "headlines": {"$ref": "iptc.org/std/ninjs"}}}`,
	} {
		if Recognize(readertest.Head("a.json", content)) {
			t.Errorf("%s is recognized", content)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, content := range items {
		f.Add(content)
	}
	f.Add(`[{"uri": 1, "headlines": {"value": 2}, "bodies": [[]], "associations": 3}]`)
	f.Add("{\"uri\":\"a\",\"type\":\"text\"}\n{\"uri\":\"b\"")
	f.Fuzz(func(t *testing.T, content string) {
		readertest.Read(t, Read, "a.json", content)
		Recognize(readertest.Head("a.json", content))
	})
}
