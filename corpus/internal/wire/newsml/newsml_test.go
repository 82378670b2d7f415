package newsml

import (
	"strings"
	"testing"
	"time"

	"github.com/newsq/newsq/corpus/internal/reader/readertest"
	"github.com/newsq/newsq/corpus/internal/record"
)

// g2 returns a newsItem with these parts.
func g2(attrs, meta, content, set string) string {
	return `<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:coast:1" standard="NewsML-G2" xml:lang="en" ` + attrs + `><rightsInfo>
<copyrightNotice>Copyright Coast Wire</copyrightNotice><usageTerms>Not for AI training: this is prohibited.</usageTerms></rightsInfo>
<itemMeta><itemClass qcode="ninat:text"/><provider literal="coastwire.example"/><versionCreated>2026-01-05T10:00:00+01:00</versionCreated>` + meta + `</itemMeta>
<contentMeta>` + content + `</contentMeta><contentSet>` + set + `</contentSet></newsItem>`
}

const xhtml = `<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body><p>By Ada Okoye</p><p>Ferries sail.</p><p>Again.</p></body></html></inlineXML>`

func read(t *testing.T, content string) record.Record {
	t.Helper()
	recs, faults := readertest.Read(t, Read, "a.xml", content)
	if len(faults) > 0 || len(recs) != 1 {
		t.Fatalf("%d records, faults %v", len(recs), faults)
	}
	return recs[0]
}

// textOf returns the paragraphs of a record.
func textOf(rec *record.Record) string {
	var texts []string
	for _, b := range rec.Blocks {
		texts = append(texts, b.Text)
	}
	return strings.Join(texts, "|")
}

func TestG2(t *testing.T) {
	rec := read(t, g2(`version="3"`, `<firstCreated>2026-01-05T09:00:00+01:00</firstCreated><pubStatus qcode="stat:usable"/><edNote>Adds quote.</edNote>
<edNote role="x:contacts" pubconstraint="x:nonpublic">Ada, +49 30 1</edNote><edNote role="x:closingline">dpa ao</edNote>`,
		`<headline>Ferries sail again</headline><headline role="hld:subHeadline">After nine days</headline><by>By Ada Okoye</by><creditline>Coast Wire</creditline>
<located><name>Northport</name></located><genre qcode="g:1"><name>Feature</name></genre><keyword>Harbor</keyword><language tag="en-GB"/>
<subject qcode="medtop:04000000"/><subject qcode="n:1"><name>Ports</name></subject><subject type="cpnat:person"><name>Mia Lund</name></subject>
<subject type="cpnat:organisation" literal="Harbor Office"/><subject type="cptType:5"><name>Norland</name></subject><subject qcode="x:9"/>`, xhtml))
	for f, want := range map[record.Field]string{
		record.ID: "urn:coast:1", record.Title: "Ferries sail again", record.Summary: "After nine days", record.Source: "Coast Wire", record.Authors: "Ada Okoye",
		record.Published: "2026-01-05T09:00:00+01:00", record.Updated: "2026-01-05T10:00:00+01:00", record.Language: "en-GB", record.People: "Mia Lund", record.Organizations: "Harbor Office",
	} {
		if got := rec.First(f); got != want {
			t.Errorf("%v: %q, want %q", f, got, want)
		}
	}
	for f, want := range map[record.Field]string{record.Topics: "economy, business and finance|Ports|Feature|Harbor", record.Places: "Northport|Norland"} {
		got := map[string]bool{}
		for _, s := range readertest.Texts(&rec, f) {
			got[s] = true
		}
		for _, s := range strings.Split(want, "|") {
			if !got[s] || len(got) != strings.Count(want, "|")+1 {
				t.Errorf("%v: %v, want %q", f, got, want)
			}
		}
	}
	if got := textOf(&rec); got != "Ferries sail.|Again." {
		t.Errorf("text %q", got)
	}
	if h := rec.Handling; h.Version != 3 || h.Notice != "Adds quote." || !h.NoAI || !strings.HasPrefix(h.Rights, "Copyright Coast Wire") || h.Status != "" {
		t.Errorf("%+v", h)
	}
	if !rec.IsFile || rec.Place != "" {
		t.Errorf("place %q", rec.Place)
	}
}

func TestG2Handling(t *testing.T) {
	for _, tt := range []struct {
		name, attrs, meta string
		version           int
		status            string
		embargoed         bool
		until             string
	}{
		{"version and status are not stated", "", "", 1, "", false, ""},
		{"canceled", `version="2"`, `<pubStatus qcode="stat:canceled"/>`, 2, "canceled", false, ""},
		{"withdrawn", "", `<pubStatus qcode="stat:withdrawn"/>`, 1, "withdrawn", false, ""},
		{"withheld", "", `<pubStatus uri="http://cv.iptc.org/newscodes/pubstatusg2/withheld"/>`, 1, "withheld", false, ""},
		{"embargoed", "", `<embargoed>2026-01-06T06:00:00Z</embargoed>`, 1, "", true, "2026-01-06T06:00:00Z"},
		{"embargoed without end", "", `<embargoed/>`, 1, "", true, ""},
		{"an empty template", "", `<embargoed></embargoed><edNote></edNote>`, 1, "", false, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			rec := read(t, g2(tt.attrs, tt.meta, `<headline>A</headline>`, xhtml))
			h := rec.Handling
			until := ""
			if !h.EmbargoedUntil.IsZero() {
				until = h.EmbargoedUntil.Format(time.RFC3339)
			}
			if h.Version != tt.version || h.Status != tt.status || h.Embargoed != tt.embargoed || until != tt.until {
				t.Errorf("%+v", h)
			}
		})
	}
	rec := read(t, g2("", `<pubStatus qcode="stat:canceled"/><title>Harbor-Fire</title>`, "", ""))
	if rec.First(record.Title) != "Harbor-Fire" || rec.Handling.Status != "canceled" {
		t.Errorf("an empty item that was taken back: %q %+v", rec.First(record.Title), rec.Handling)
	}
	rec = read(t, g2("", `<edNote>EMBARGOED UNTIL 0600 GMT, Tuesday, January 6</edNote>`, "<headline>A</headline>", xhtml))
	if h := rec.Handling; !h.Embargoed || h.EmbargoedUntil.Format(time.RFC3339) != "2026-01-06T06:00:00Z" {
		t.Errorf("a note of an embargo: %+v", h)
	}
	rec = read(t, g2(`version="2"`, "", "<headline>STORY WITHDRAWN: Harbor fire</headline>", xhtml))
	if h := rec.Handling; !strings.HasPrefix(h.Notice, "STORY WITHDRAWN") || h.Status != "" {
		t.Errorf("a story withdrawn: %+v", h)
	}
	rec = read(t, g2("", "", "<headline>A</headline>", xhtml+"</contentSet><x><contentSet>"))
	odrl := strings.Replace(g2("", "", `<headline>A</headline>`, xhtml), "</rightsInfo>", `<rightsExpressionXML><policy><prohibition><action name="x:aiTraining"/></prohibition></policy></rightsExpressionXML></rightsInfo>`, 1)
	odrl = strings.Replace(odrl, "Not for AI training: this is prohibited.", "Any.", 1)
	if rec = read(t, odrl); !rec.Handling.NoAI {
		t.Error("a prohibition in ODRL is not seen")
	}
}

// One text stands in an item several times: one is taken.
func TestG2Bodies(t *testing.T) {
	page := `<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><body><header><h1>Ferries</h1><time>05.01.2026</time><p class="genre">Report</p></header>
<section class="main"><p><span class="dateline">Northport (dpa) - </span>Ferries sail.</p><h3>What comes</h3><p>Again.</p></section>
<section class="np-nonpublic"><p>Ada, +49 30 1</p></section></body></html></inlineXML>`
	others := `<inlineData contenttype="text/plain" rendition="x:text">Northport (dpa) - Ferries sail. A much longer text for old systems, which must not be taken.
dpa ao</inlineData><inlineData contenttype="text/plain" rendition="x:headline">(Repeat) Ferries</inlineData><inlineData rendition="x:teaser">Teaser</inlineData>`
	nitf := `<inlineXML contenttype="application/nitf+xml"><nitf><head><title>Ferries in NITF</title></head><body><body.head><byline>By <person>Ada Okoye</person></byline></body.head>
<body.content><p>Ferries sail.</p></body.content></body></nitf></inlineXML>`
	for _, tt := range []struct{ name, set, want string }{
		{"XHTML beside plain text", page + others, "Northport (dpa) - Ferries sail.|What comes|Again."},
		{"plain text first", others + page, "Northport (dpa) - Ferries sail.|What comes|Again."},
		{"a type that is none", strings.Replace(xhtml, "xhtml+xml", "xhtml+html", 1), "Ferries sail.|Again."},
		{"a prefix", `<inlineXML><x:html xmlns:x="u"><x:body><x:p>Ferries</x:p><x:p>sail.</x:p></x:body></x:html></inlineXML>`, "Ferries|sail."},
		{"NITF", nitf, "Ferries sail."},
		{"HTML as text", `<inlineData contenttype="text/html"><![CDATA[<p>Ferries</p><p>sail.</p>]]></inlineData>`, "Ferries|sail."},
		{"plain text", "<inlineData contenttype=\"text/plain\">Ferries sail\nagain.\n\nThey do.</inlineData>", "Ferries sail again.|They do."},
		{"plain text in a tag", "<inlineData contenttype=\"text/plain\"><![CDATA[<p>\n  Ferries &amp; boats sail\nagain.\n   They do\nso.\n</p>]]></inlineData>", "Ferries & boats sail again.|They do so."},
		{"teaser alone", `<inlineData contenttype="text/plain" rendition="x:teaser">Teaser</inlineData>`, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			rec := read(t, g2("", "", "<headline>A</headline>", tt.set))
			if got := textOf(&rec); got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
	rec := read(t, g2("", "", "", nitf))
	if rec.First(record.Title) != "Ferries in NITF" || rec.First(record.Authors) != "Ada Okoye" {
		t.Errorf("%q %q", rec.First(record.Title), rec.First(record.Authors))
	}
}

func TestMessages(t *testing.T) {
	item := g2("", "", "<headline>A</headline>", xhtml)
	picture := strings.Replace(strings.Replace(item, "ninat:text", "ninat:picture", 1), "urn:coast:1", "urn:coast:2", 1)
	third := strings.Replace(item, "urn:coast:1", "urn:coast:3", 1)
	pack := `<packageItem guid="p"><itemMeta><itemClass qcode="ninat:composite"/></itemMeta><groupSet><group><itemRef residref="urn:coast:1"/></group></groupSet></packageItem>`
	message := "<newsMessage><header><sender>coast</sender></header><itemSet>" + pack + item + picture + third + "<conceptItem/><planningItem/></itemSet></newsMessage>"
	recs, faults := readertest.Read(t, Read, "a.xml", message)
	if len(recs) != 2 || len(faults) > 0 || recs[0].Place != "urn:coast:1:1" || recs[1].Place != "urn:coast:3:1" || recs[1].Number != 2 {
		t.Fatalf("%d records, %v", len(recs), faults)
	}
	for name, content := range map[string]string{"a package": pack, "a picture": picture, "nothing": "<newsMessage/>"} {
		if recs, faults := readertest.Read(t, Read, "a.xml", content); len(recs) > 0 || len(faults) != 1 {
			t.Errorf("%s: %d records, faults %v", name, len(recs), faults)
		}
	}
}

// v1 returns NewsML 1.2 with these parts.
func v1(status, lines, content string) string {
	return `<?xml version="1.0"?><!DOCTYPE NewsML [<!ENTITY % nitf SYSTEM "../nitf-3-0.dtd"> %nitf;]><NewsML Version="1.2"><NewsEnvelope><SentFrom><Party FormalName="Coast Wire"/></SentFrom></NewsEnvelope>
<NewsItem xml:lang="en"><Identification><NewsIdentifier><ProviderId>coastwire.example</ProviderId><DateId>20260105</DateId><NewsItemId>17</NewsItemId><RevisionId PreviousRevision="1" Update="N">2</RevisionId>
<PublicIdentifier>urn:newsml:coastwire.example:20260105:17:2</PublicIdentifier></NewsIdentifier></Identification>
<NewsManagement><FirstCreated>20260105T100000+0100</FirstCreated><ThisRevisionCreated>20260105T110000+0100</ThisRevisionCreated>` + status + `</NewsManagement>
<NewsComponent xml:lang="en"><NewsLines>` + lines + `</NewsLines><DescriptiveMetadata><Language FormalName="en"/><SubjectCode><Subject FormalName="04000000"/></SubjectCode>
<Location><Property FormalName="Country" Value="NOR"/><Property FormalName="City" Value="Northport"/></Location><Property FormalName="Keyword" Value="Harbor"/></DescriptiveMetadata>` + content + `</NewsComponent></NewsItem></NewsML>`
}

// part returns a ContentItem.
func part(data string) string {
	return `<ContentItem><MediaType FormalName="Text"/><DataContent>` + data + `</DataContent></ContentItem>`
}

const nitfBody = `<nitf><body><body.content><p>STOCKHOLM, Jan 5, 2026 (AFP) -</p><p>Ferries sail.</p><p>hh/ph/ts</p></body.content></body></nitf>`

func TestNewsML1(t *testing.T) {
	rec := read(t, v1(`<Status FormalName="Usable"/>`, `<HeadLine>Ferries sail again</HeadLine><SubHeadLine>After nine days</SubHeadLine><ByLine>By Ada Okoye</ByLine>
<DateLine>STOCKHOLM, Jan 5, 2026 (AFP) -</DateLine><CopyrightLine>(c) Coast Wire</CopyrightLine>`, part(nitfBody)))
	for f, want := range map[record.Field]string{
		record.ID: "urn:newsml:coastwire.example:20260105:17", record.Title: "Ferries sail again", record.Summary: "After nine days", record.Authors: "Ada Okoye",
		record.Source: "Coast Wire", record.Published: "20260105T100000+0100", record.Updated: "20260105T110000+0100", record.Language: "en", record.Places: "Northport",
	} {
		if got := rec.First(f); got != want {
			t.Errorf("%v: %q, want %q", f, got, want)
		}
	}
	if got := textOf(&rec); got != "Ferries sail." {
		t.Errorf("text %q", got)
	}
	if rec.Handling.Version != 2 || rec.Handling.Rights != "(c) Coast Wire" {
		t.Errorf("%+v", rec.Handling)
	}
}

// Without a headline, the text tells.
func TestNewsML1WithoutHeadline(t *testing.T) {
	rec := read(t, v1("", `<HeadLine/>`, part(nitfBody)))
	if rec.First(record.Title) != "" || textOf(&rec) == "" {
		t.Errorf("%q %q", rec.First(record.Title), textOf(&rec))
	}
}

func TestNewsML1Handling(t *testing.T) {
	for _, tt := range []struct {
		management, status string
		until              string
	}{
		{`<Status FormalName="USABLE"/>`, "", ""},
		{`<Status FormalName="Canceled"/>`, "canceled", ""},
		{`<Status FormalName="Withheld"/>`, "withheld", ""},
		{`<Status FormalName="Embargoed"/><StatusWillChange><FutureStatus FormalName="Usable"/><DateAndTime>20260106T060000+0000</DateAndTime></StatusWillChange>`, "", "2026-01-06T06:00:00Z"},
		{`<Status FormalName="Embargoed"/>`, "", "?"},
	} {
		rec := read(t, v1(tt.management, `<HeadLine>A</HeadLine>`, part(nitfBody)))
		h, until := rec.Handling, ""
		switch {
		case h.Embargoed && h.EmbargoedUntil.IsZero():
			until = "?"
		case h.Embargoed:
			until = h.EmbargoedUntil.UTC().Format(time.RFC3339)
		}
		if h.Status != tt.status || until != tt.until {
			t.Errorf("%s: %+v", tt.management, h)
		}
	}
}

// Components of an item: roles, languages, stories of their own.
func TestNewsML1Components(t *testing.T) {
	component := func(role, language, headline, data string) string {
		return `<NewsComponent xml:lang="` + language + `"><Role FormalName="` + role + `"/><NewsLines><HeadLine>` + headline + `</HeadLine></NewsLines>` + part(data) + `</NewsComponent>`
	}
	for _, tt := range []struct{ name, content, want string }{
		{"roles", component("Title", "en", "", "Ferries") + component("Body", "en", "", "Ferries sail.\n\nAgain.") + component("TweetText", "en", "", "Ferries sail! A much longer text than that of the body."), "A: Ferries sail.|Again."},
		{"languages", component("Short", "nl", "N", "Veerboten varen.") + component("Short", "fr", "F", "Les bacs naviguent, et plus encore."), "N: Veerboten varen."},
		{"two stories", component("Main", "en", "One", "<p>First.</p>") + component("Main", "en", "Two", "<p>Second.</p>"), "One: First. Two: Second."},
		{"HTML as text", component("Main", "en", "One", "<![CDATA[<P>First.</P><P> </P><P>Second.</P>]]>"), "One: First.|Second."},
		{"a whole document", component("Main", "en", "One", "<![CDATA[<?xml version=\"1.0\"?>"+strings.Replace(nitfBody, "<body>", "<head/><body>", 1)+"]]>"), "One: STOCKHOLM, Jan 5, 2026 (AFP) -|Ferries sail."},
		{"escaped tags", component("Body", "en", "One", "Ferries &lt;b&gt;sail&lt;/b&gt; again."), "One: Ferries sail again."},
		{"a picture", component("Main", "en", "One", "First.") + `<NewsComponent><ContentItem><MediaType FormalName="Photo"/><DataContent>x</DataContent></ContentItem></NewsComponent>`, "One: First."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			recs, faults := readertest.Read(t, Read, "a.xml", v1("", "<HeadLine>A</HeadLine>", tt.content))
			var got []string
			for i := range recs {
				got = append(got, recs[i].First(record.Title)+": "+textOf(&recs[i]))
			}
			if s := strings.Join(got, " "); s != tt.want || len(faults) > 0 {
				t.Errorf("%q, want %q; %v", s, tt.want, faults)
			}
		})
	}
}

func TestRecognize(t *testing.T) {
	for content, want := range map[string]bool{
		g2("", "", "", xhtml): true, v1("", "", ""): true, `<ns:newsMessage xmlns:ns="http://iptc.org/std/nar/2006-10-01/"/>`: true,
		"<?xml version='1.0'?>\n<!-- Coast -->\n<newsMessage>": true, `<newsItem><title>A</title></newsItem>`: false, `<rss>NewsML</rss>`: false, `<html><p>newsMessage</p></html>`: false,
	} {
		if got := Recognize(readertest.Head("tag_coast_2026_version_2", content)); got != want {
			t.Errorf("%.60s: %v", content, got)
		}
	}
}

func TestHostile(t *testing.T) {
	deep := strings.Repeat("<NewsComponent>", 3000)
	wide := strings.Repeat("<NewsComponent><ContentItem><DataContent>x</DataContent></ContentItem></NewsComponent>", 3000)
	for _, content := range []string{v1("", "", deep), v1("", "", wide), g2("", "", strings.Repeat("<subject><name>x</name></subject>", 50_000), xhtml), g2("", strings.Repeat("<edNote>x</edNote>", 50_000), "", xhtml), "<newsItem", "<NewsML><NewsItem><NewsManagement/>"} {
		start := time.Now()
		readertest.Read(t, Read, "a.xml", content)
		if took := time.Since(start); took > 2*time.Second {
			t.Errorf("%.40s took %v", content, took)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(g2(`version="2"`, `<embargoed/><pubStatus qcode="stat:canceled"/>`, `<headline>A</headline><subject literal="b"/>`, xhtml))
	f.Add(v1(`<Status FormalName="Embargoed"/>`, "<HeadLine/>", part(nitfBody)+part("<![CDATA[<nitf>")))
	f.Add("<newsMessage><itemSet><newsItem><contentSet><inlineData><![CDATA[<p>\nx</p>]]>")
	f.Fuzz(func(t *testing.T, content string) {
		readertest.Read(t, Read, "a.xml", content)
		Recognize(readertest.Head("a.xml", content))
	})
}

// An item without a content set, or with an empty one, is read as far as it goes.
func TestG2WithoutContent(t *testing.T) {
	const head = `<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:coast:9" standard="NewsML-G2"><itemMeta><itemClass qcode="ninat:text"/></itemMeta>`
	for name, content := range map[string]string{
		"headline alone": head + `<contentMeta><headline>Ferries sail</headline></contentMeta></newsItem>`,
		"empty set":      head + `<contentMeta><headline>Ferries sail</headline></contentMeta><contentSet/></newsItem>`,
	} {
		if rec := read(t, content); rec.First(record.Title) != "Ferries sail" {
			t.Errorf("%s: %q", name, rec.First(record.Title))
		}
	}
	if _, faults := readertest.Read(t, Read, "a.xml", head+`</newsItem>`); len(faults) > 0 {
		t.Errorf("nothing but a class: %v", faults)
	}
}

// Where a file ends within an item, what there is of it is read, and that is told.
func TestCutShort(t *testing.T) {
	whole := g2("", "", "<headline>Ferries sail again</headline>", xhtml)
	for at, want := range map[int]bool{len(whole): false, strings.Index(whole, "Again."): true} {
		recs, faults := readertest.Read(t, Read, "a.xml", whole[:at])
		if len(recs) != 1 || len(faults) > 0 {
			t.Fatalf("%d records, %v", len(recs), faults)
		}
		if err := recs[0].Partial(); (err != nil) != want {
			t.Errorf("cut at %d: told %v", at, err)
		}
	}
}
