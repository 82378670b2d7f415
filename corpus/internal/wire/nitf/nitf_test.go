package nitf

import (
	"strings"
	"testing"
	"time"

	"github.com/newsq/newsq/corpus/internal/reader/readertest"
	"github.com/newsq/newsq/corpus/internal/record"
)

// document returns NITF with these parts.
func document(docdata, bodyHead, content string) string {
	return `<?xml version="1.0" encoding="UTF-8"?><nitf baselang="en"><head><title>Slug</title>` + docdata + `</head><body><body.head>` + bodyHead +
		`</body.head><body.content>` + content + `</body.content></body></nitf>`
}

func read(t *testing.T, content string) record.Record {
	t.Helper()
	recs, faults := readertest.Read(t, Read, "a.xml", content)
	if len(faults) > 0 || len(recs) != 1 {
		t.Fatalf("%d records, faults %v", len(recs), faults)
	}
	return recs[0]
}

func TestRead(t *testing.T) {
	rec := read(t, document(
		`<tobject><tobject.subject tobject.subject.refnum="04016000" tobject.subject.matter="Ports"/><tobject.subject tobject.subject.refnum="11000000"/></tobject>
<docdata><doc-id id-string="coast:17"/><evloc city="Northport"/><date.issue norm="20260105T100000+0100"/><doc.copyright year="2026" holder="Coast Wire"/>
<key-list><keyword key="Ferries"/></key-list><ed-msg info="Adds quote."/></docdata>`,
		`<hedline><hl1>Ferries sail again</hl1><hl2 id="originalHeadline">Ferries sail again</hl2><hl2>Nine days of wind are over</hl2></hedline>
<byline>By <person>Ada Okoye</person> and <person>Jan de Wit</person><byttl>Coast Wire</byttl></byline><distributor>Coast Wire</distributor>
<dateline><location>NORTHPORT</location></dateline>`,
		`<block id="Main"><p>NORTHPORT (Coast) — The <person>Mia Lund</person> sails.</p><hl2>What comes</hl2><p>More ferries<br/>on Monday.</p></block>
<media media-type="image"><media-caption>A ferry.</media-caption></media><table><tr><td>Year</td><td>Cost</td></tr></table><note noteclass="editorsnote">Not this.</note>`))
	for f, want := range map[record.Field]string{
		record.ID: "coast:17", record.Title: "Ferries sail again", record.Summary: "Nine days of wind are over", record.Source: "Coast Wire",
		record.Published: "20260105T100000+0100", record.Language: "en", record.People: "Mia Lund",
	} {
		if got := rec.First(f); got != want {
			t.Errorf("%v: %q, want %q", f, got, want)
		}
	}
	if got := strings.Join(readertest.Texts(&rec, record.Authors), "|"); got != "Ada Okoye|Jan de Wit" {
		t.Errorf("authors %q", got)
	}
	if got := strings.Join(readertest.Texts(&rec, record.Topics), "|"); got != "Ports|politics|Ferries" && got != "Ferries|Ports|politics" {
		t.Errorf("topics %q", got)
	}
	var text []string
	for _, b := range rec.Blocks {
		text = append(text, b.Text)
	}
	if got := strings.Join(text, "|"); got != "NORTHPORT (Coast) — The Mia Lund sails.|What comes|More ferries\non Monday.|Year | Cost" {
		t.Errorf("text %q", got)
	}
	if !rec.Blocks[1].Heading {
		t.Error("hl2 is no heading")
	}
	if rec.Handling == nil || rec.Handling.Rights != "© 2026 Coast Wire" || rec.Handling.Notice != "Adds quote." {
		t.Errorf("handling %+v", rec.Handling)
	}
}

// What a document says of another is not its own state.
func TestHandling(t *testing.T) {
	text := `<p>Text.</p>`
	for _, tt := range []struct {
		name, docdata     string
		status, withdraws string
		until             string
	}{
		{"usable", `<docdata management-status="usable"><doc-id id-string="x.2"/></docdata>`, "", "", ""},
		{"takes another back", `<docdata management-status="usable" management-doc-idref="x.1" management-idref-status="canceled"><doc-id id-string="x.2"/></docdata>`, "", "x.1", ""},
		{
			"an id with a version", `<docdata management-doc-idref="urn:newsml:dpa.com:20090101:260105-99-1:2" management-idref-status="canceled"><doc-id id-string="x.2"/></docdata>`,
			"", "urn:newsml:dpa.com:20090101:260105-99-1:2 urn:newsml:dpa.com:20090101:260105-99-1", "",
		},
		{"its own earlier version", `<docdata management-doc-idref="a:b:x:2" management-idref-status="canceled"><doc-id id-string="a:b:x"/></docdata>`, "", "a:b:x:2", ""},
		{"usable again", `<docdata management-doc-idref="x.1" management-idref-status="usable"><doc-id id-string="x.2"/></docdata>`, "", "", ""},
		{"canceled", `<docdata management-status="canceled"><doc-id id-string="x.2"/></docdata>`, "canceled", "", ""},
		{"withheld", `<docdata management-status="withheld"/>`, "withheld", "", ""},
		{
			"released later", `<docdata><date.issue norm="20260105T100000Z"/><date.release norm="20260105T180000Z"/></docdata>`,
			"", "", "2026-01-05T18:00:00Z",
		},
		{"released at once", `<docdata><date.issue norm="20260105T100000Z"/><date.release norm="20260105T100000Z"/></docdata>`, "", "", ""},
		{"a placeholder", `<docdata><date.issue norm="20260105T100000Z"/><date.release norm="YYYYMMDD000000-HHMM"/></docdata>`, "", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			rec := read(t, document(tt.docdata, `<hedline><hl1>A</hl1></hedline>`, text))
			h := rec.Handling
			if h == nil {
				h = &record.Handling{}
			}
			until := ""
			if h.Embargoed {
				until = h.EmbargoedUntil.UTC().Format(time.RFC3339)
			}
			if h.Status != tt.status || strings.Join(h.Withdraws, " ") != tt.withdraws || until != tt.until {
				t.Errorf("%+v", h)
			}
		})
	}
}

func TestDates(t *testing.T) {
	for _, tt := range []struct{ docdata, want string }{
		{`<date.issue norm="20260105T100000"/>`, "20260105T100000"},
		{`<date.issue norm="2026-01-05 10:00:00+00:00"/>`, "2026-01-05 10:00:00+00:00"},
		{`<date.issue norm="YYYYMMDD000000-HHMM"/>`, ""},
		{`<date.issue norm=""/><date.release norm="20260106T100000Z"/>`, "20260106T100000Z"},
	} {
		rec := read(t, document("<docdata>"+tt.docdata+"</docdata>", "", "<p>Text.</p>"))
		if got := rec.First(record.Published); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.docdata, got, tt.want)
		}
	}
}

func TestBylines(t *testing.T) {
	for _, tt := range []struct{ byline, want string }{
		{`<person>Jane Roe and John Doe</person>`, "Jane Roe and John Doe"},
		{`gr/bp`, ""},
		{`By <person>Jane Roe</person>`, "Jane Roe"},
		{`By<person>Staff Reporter</person><byttl>Coast Wire</byttl>`, ""},
		{`By JANE ROE<byttl>Coast Business Writer</byttl>`, "JANE ROE"},
	} {
		rec := read(t, document("", "<byline>"+tt.byline+"</byline>", "<p>Text.</p>"))
		if got := rec.First(record.Authors); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.byline, got, tt.want)
		}
	}
}

func TestVersionsHaveOneID(t *testing.T) {
	rec := read(t, document(`<docdata><doc-id id-string="wire-d9cde75b_47"/><du-key key="wire-d9cde75b" version="48"/></docdata>`, "", "<p>Text.</p>"))
	if rec.First(record.ID) != "wire-d9cde75b" || rec.Handling.Version != 48 {
		t.Errorf("%q %+v", rec.First(record.ID), rec.Handling)
	}
}

func TestSeveral(t *testing.T) {
	one := `<nitf><head><docdata><doc-id id-string="a"/></docdata></head><body><body.content><p>A.</p></body.content></body></nitf>`
	recs, faults := readertest.Read(t, Read, "a.xml", "<feed>"+one+strings.Replace(one, `"a"`, `"b"`, 1)+"</feed>")
	if len(recs) != 2 || len(faults) > 0 || recs[0].Place != "a" || recs[1].Place != "b" || recs[1].Number != 2 || recs[0].IsFile {
		t.Errorf("%+v %v", recs, faults)
	}
}

func TestRecognize(t *testing.T) {
	for content, want := range map[string]bool{
		document("", "", "<p>A.</p>"):                                true,
		`<!DOCTYPE nitf SYSTEM "nitf.dtd"><nitf><body/></nitf>`:      true,
		`<html><body><p>The nitf format</p></body></html>`:           false,
		`<NewsML><nitf><body><body.content/></body></nitf></NewsML>`: false,
		`<rss><item><title>nitf</title></item></rss>`:                false,
	} {
		if got := Recognize(readertest.Head("a.xml", content)); got != want {
			t.Errorf("%s: %v", content, got)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(document(`<docdata management-doc-idref="a:b:1" management-idref-status="canceled"><date.issue norm="20260105"/></docdata>`, `<byline>By <person>A</person></byline>`, `<p>A<br/>b</p><hl2>c`))
	f.Add(`<nitf><body><body.content><table><tr><td>a</td></tr></table><pre>x  y</pre>`)
	f.Add("<nitf><body>text</nitf><nitf/>")
	f.Fuzz(func(t *testing.T, content string) {
		readertest.Read(t, Read, "a.xml", content)
		Recognize(readertest.Head("a.xml", content))
	})
}

// The id of a document is that of all its revisions, unless it is but a number.
func TestGlobalID(t *testing.T) {
	for id, want := range map[string]bool{"coast.20260105.17a": true, "urn:newsml:coast.example:1": true, "4711": false, "202601050000001": false, "frontpage-story": false} {
		rec := read(t, document(`<docdata><doc-id id-string="`+id+`"/><doc.copyright year="20260105T000000Z" holder="Coast Wire"/></docdata>`, `<hedline><hl1>A</hl1></hedline>`, `<p>Text.</p>`))
		if rec.GlobalID != want || rec.Handling.Rights != "© 2026 Coast Wire" {
			t.Errorf("%s: %v, %q", id, rec.GlobalID, rec.Handling.Rights)
		}
	}
}
