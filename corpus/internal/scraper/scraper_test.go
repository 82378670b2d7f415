package scraper

import (
	"errors"
	"strings"
	"testing"

	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/reader/readertest"
	"github.com/newsq/newsq/corpus/internal/record"
)

// recognizers are those of all forms here.
var recognizers = map[string]func(*reader.Head) bool{
	"guardian": RecognizeGuardian, "nyt": RecognizeNYT, "newsapi": RecognizeNewsAPI, "onclusive": RecognizeOnclusive, "benchmark": RecognizeBenchmark,
	"sentences": RecognizeSentences, "readability": RecognizeReadability, "trafilatura": RecognizeTrafilatura, "fundus": RecognizeFundus,
}

func textOf(rec *record.Record) string {
	var texts []string
	for _, b := range rec.Blocks {
		texts = append(texts, b.Text)
	}
	if texts == nil {
		return rec.Text()
	}
	return strings.Join(texts, "|")
}

// check reads content, which only one form recognizes, and compares fields of the
// first record.
func check(t *testing.T, form string, read reader.Func, name, content string, want map[record.Field]string) []record.Record {
	t.Helper()
	for other, recognize := range recognizers {
		if got := recognize(readertest.Head(name, content)); got != (other == form) {
			t.Errorf("%s: recognized as %s: %v", form, other, got)
		}
	}
	recs, faults := readertest.Read(t, read, name, content)
	if len(recs) == 0 || len(faults) > 0 {
		t.Fatalf("%s: %d records, %v", form, len(recs), faults)
	}
	for f, s := range want {
		if got := strings.Join(readertest.Texts(&recs[0], f), "|"); got != s {
			t.Errorf("%s: %v: %q, want %q", form, f, got, s)
		}
	}
	return recs
}

const guardianAnswer = `{"response": {"status": "ok", "total": 2, "results": [{"id": "world/2026/jan/05/ferries", "type": "article", "sectionId": "world", "sectionName": "World",
"webPublicationDate": "2026-01-05T10:00:00Z", "webTitle": "Ferries sail again", "webUrl": "https://www.theguardian.com/world/2026/jan/05/ferries",
"fields": {"trailText": "After nine days", "body": "<p>Ferries sail.</p><h2>What comes</h2><p>Again.</p>", "bodyText": "Ferries sail.", "lastModified": "2026-01-05T11:00:00Z"},
"tags": [{"type": "keyword", "webTitle": "Ports"}, {"type": "contributor", "webTitle": "Ada Okoye"}, {"type": "tone", "webTitle": "News"}]},
{"id": "a/b", "webTitle": "Another", "webUrl": "https://www.theguardian.com/a/b", "webPublicationDate": "2026-01-06T10:00:00Z", "fields": {"byline": "Jan de Wit in Northport", "publication": "The Observer", "bodyText": "Text."}}]}}`

func TestGuardian(t *testing.T) {
	recs := check(t, "guardian", ReadGuardian, "a.json", guardianAnswer, map[record.Field]string{
		record.ID: "world/2026/jan/05/ferries", record.Title: "Ferries sail again", record.Summary: "After nine days", record.Authors: "Ada Okoye", record.Source: "The Guardian",
		record.Published: "2026-01-05T10:00:00Z", record.Updated: "2026-01-05T11:00:00Z", record.URL: "https://www.theguardian.com/world/2026/jan/05/ferries",
	})
	if got := textOf(&recs[0]); got != "Ferries sail.|What comes|Again." {
		t.Errorf("text %q", got)
	}
	if got := strings.Join(readertest.Texts(&recs[0], record.Topics), "|"); got != "World|Ports" {
		t.Errorf("topics %q", got)
	}
	if r := &recs[1]; r.First(record.Source) != "The Observer" || r.First(record.Authors) != "Jan de Wit in Northport" || textOf(r) != "Text." || r.Place != "a/b" {
		t.Errorf("%+v", r)
	}
}

const nytAnswer = `{"status": "OK", "response": {"docs": [{"web_url": "https://www.nytimes.com/2026/01/05/world/ferries.html", "snippet": "After nine days.", "lead_paragraph": "NORTHPORT — Ferries sail.",
"abstract": "After nine days.", "source": "The New York Times", "headline": {"main": "Ferries Sail Again", "kicker": "News"}, "pub_date": "2026-01-05T10:00:00+0000", "section_name": "World",
"keywords": [{"name": "subject", "value": "Ports"}, {"name": "persons", "value": "Lund, Mia"}, {"name": "glocations", "value": "Norland"}, {"name": "organizations", "value": "Harbor Office"}],
"byline": {"original": "By Ada Okoye"}, "_id": "nyt://article/1"}]}}`

func TestNYT(t *testing.T) {
	recs := check(t, "nyt", ReadNYT, "a.json", nytAnswer, map[record.Field]string{
		record.ID: "nyt://article/1", record.Title: "Ferries Sail Again", record.Summary: "After nine days.", record.Authors: "Ada Okoye", record.People: "Mia Lund", record.Places: "Norland",
		record.Organizations: "Harbor Office", record.Topics: "World|Ports|Mia Lund|Norland|Harbor Office", record.Source: "The New York Times",
	})
	if textOf(&recs[0]) != "NORTHPORT — Ferries sail." {
		t.Errorf("text %q", textOf(&recs[0]))
	}
	top := `{"status": "OK", "section": "home", "num_results": 1, "results": [{"section": "World", "title": "Ferries Sail Again", "abstract": "After nine days.",
"url": "https://www.nytimes.com/2026/01/05/world/ferries.html", "byline": "By ADA OKOYE", "des_facet": ["Ports"], "per_facet": ["Lund, Mia"]}]}`
	check(t, "nyt", ReadNYT, "a.json", top, map[record.Field]string{
		record.Title: "Ferries Sail Again", record.Published: "2026-01-05", record.Source: "The New York Times", record.Topics: "World|Ports", record.People: "Mia Lund", record.Authors: "ADA OKOYE",
	})
	check(t, "nyt", ReadNYT, "a.json", strings.Replace(top, "By ADA OKOYE", "By THE NEW YORK TIMES", 1), map[record.Field]string{record.Authors: ""})
}

const newsAPIAnswer = `{"status": "ok", "totalResults": 1, "articles": [{"source": {"id": null, "name": "Coast News"}, "author": "Ada Okoye", "title": "Ferries sail again - Coast News",
"description": "After nine days.", "url": "https://coast.example/1", "publishedAt": "2026-01-05T10:00:00Z", "content": "Ferries sail… [+2793 chars]"}]}`

func TestNewsAPI(t *testing.T) {
	recs := check(t, "newsapi", ReadNewsAPI, "a.json", newsAPIAnswer, map[record.Field]string{
		record.Title: "Ferries sail again", record.Source: "Coast News", record.Authors: "Ada Okoye", record.Published: "2026-01-05T10:00:00Z", record.URL: "https://coast.example/1",
	})
	if textOf(&recs[0]) != "Ferries sail…" || !errors.Is(recs[0].Partial(), errCut) {
		t.Errorf("%q %v", textOf(&recs[0]), recs[0].Partial())
	}
	const gone = `{"source": {"id": null, "name": "[Removed]"}, "author": null, "title": "[Removed]", "url": "https://removed.com", "publishedAt": "1970-01-01T00:00:00Z", "content": "[Removed]"}`
	if recs, _ := readertest.Read(t, ReadNewsAPI, "a.json", strings.Replace(newsAPIAnswer, `"articles": [`, `"articles": [`+gone+", ", 1)); recs[0].First(record.Title) != "Ferries sail again" {
		t.Errorf("what was removed is read: %q", recs[0].First(record.Title))
	}
	for _, answer := range []string{`{"status": "error", "code": "apiKeyInvalid", "message": "Your API key is invalid."}`, `{"status": "ok", "totalResults": 0, "articles": []}`} {
		recs, faults := readertest.Read(t, ReadNewsAPI, "a.json", answer)
		if len(recs) > 0 || len(faults) != 1 || !RecognizeNewsAPI(readertest.Head("a.json", answer)) {
			t.Errorf("%s: %d records, %v", answer, len(recs), faults)
		}
	}
}

func TestOnclusive(t *testing.T) {
	check(t, "onclusive", ReadOnclusive, "a.json", `[{"itemId": 17, "summary": "", "description": "A conference on ports", "startDate": "2026-06-15T00:00:00", "eventConfirmed": false, "embargoTime": null,
"venue": "Harbor Hotel", "organisationName": "Harbor Office", "countryName": "Norland", "categories": [{"categoryName": "Ports"}], "createdDate": "2025-05-04", "deleted": false}]`,
		map[record.Field]string{
			record.ID: "17", record.Title: "A conference on ports", record.Published: "2026-06-15T00:00:00", record.Organizations: "Harbor Office", record.Topics: "Ports", record.Summary: "",
		})
}

const fundusArticles = `[{"title": "Ferries sail again", "authors": ["Ada Okoye"], "publishing_date": "2026-01-05T10:00:00+01:00", "topics": ["Ports"], "free_access": true, "publisher": "Coast News",
"url": "https://coast.example/1", "body": {"summary": ["After nine days."], "sections": [{"headline": [], "paragraphs": ["Ferries sail.", "Again."]}, {"headline": ["What comes"], "paragraphs": ["Rain."]}]}}]`

// Somebody may have added texts to what a service answers, or say what a field is.
func TestAddedTexts(t *testing.T) {
	answer := strings.Replace(nytAnswer, `"_id":`, `"body": "Ferries sail again from Northport, after nine days of wind. And so on, at length.", "_id":`, 1)
	recs, _ := readertest.Read(t, ReadNYT, "a.json", answer)
	if got := textOf(&recs[0]); !strings.HasSuffix(got, "at length.") {
		t.Errorf("text %q", got)
	}
	m, err := record.ParseMapping(map[string]string{"kicker_of_mine": "topics", "snippet": "title"})
	if err != nil {
		t.Fatal(err)
	}
	mapped := func(in *reader.Input, out reader.Output) error {
		in.Mapping = m
		return ReadNYT(in, out)
	}
	recs, _ = readertest.Read(t, mapped, "a.json", nytAnswer)
	if recs[0].First(record.Title) != "After nine days." || recs[0].First(record.Authors) != "Ada Okoye" || recs[0].First(record.People) != "Mia Lund" {
		t.Errorf("%q by %q", recs[0].First(record.Title), recs[0].First(record.Authors))
	}
}

func TestFundus(t *testing.T) {
	recs := check(t, "fundus", ReadFundus, "a.json", fundusArticles, map[record.Field]string{
		record.Title: "Ferries sail again", record.Summary: "After nine days.", record.Authors: "Ada Okoye", record.Source: "Coast News", record.Topics: "Ports",
		record.Published: "2026-01-05T10:00:00+01:00", record.URL: "https://coast.example/1",
	})
	if textOf(&recs[0]) != "Ferries sail.|Again.|What comes|Rain." || !recs[0].Blocks[2].Heading {
		t.Errorf("text %q", textOf(&recs[0]))
	}
	keyed := `{"V1": ` + strings.TrimSuffix(strings.TrimPrefix(fundusArticles, "["), "]") +
		`, "V1_1": {"title": "Rain", "publishing_date": null, "body": {"summary": [], "sections": [{"headline": [], "paragraphs": ["It rains."]}]}}, "count": 2}`
	recs = check(t, "fundus", ReadFundus, "a.json", keyed, map[record.Field]string{record.Title: "Ferries sail again", record.Authors: "Ada Okoye"})
	if len(recs) != 2 || recs[1].First(record.Title) != "Rain" || recs[1].Number != 2 {
		t.Errorf("under keys: %+v", recs)
	}
}

func TestKeyed(t *testing.T) {
	recs := check(t, "benchmark", ReadBenchmark, "a.json", `{
  "0123456789abcdef0123456789abcdef": {"articleBody": "Ferries sail.\n\nAgain.", "url": "https://coast.example/1"},
  "1123456789abcdef0123456789abcdef": {"articleBody": "Rain.", "url": "https://coast.example/2"}}`,
		map[record.Field]string{record.ID: "0123456789abcdef0123456789abcdef", record.URL: "https://coast.example/1", record.Body: "Ferries sail.\n\nAgain."})
	if len(recs) != 2 || recs[1].Place != "1123456789abcdef0123456789abcdef" {
		t.Errorf("%+v", recs)
	}
	check(t, "sentences", ReadSentences, "a.json", `{"17": [{"sentence": "Again.", "sentence_number": 1, "stories_id": 17, "language": "en", "publish_date": "2026-01-05T10:00:00Z"},
{"sentence": "Ferries sail.", "sentence_number": 0, "stories_id": 17}]}`,
		map[record.Field]string{record.ID: "17", record.Body: "Ferries sail. Again."})
	if _, faults := readertest.Read(t, ReadBenchmark, "a.json", `{"0123456789abcdef": {"articleBody": "a"}, "1`); len(faults) != 1 {
		t.Errorf("a file that is cut: %v", faults)
	}
	if _, faults := readertest.Read(t, ReadSentences, "a.json", `{"17": {"a": 1}}`); len(faults) != 1 {
		t.Errorf("no sentences: %v", faults)
	}
}

func TestReadability(t *testing.T) {
	const metadata = `{"title": "Ferries sail again", "byline": "Ada Okoye", "excerpt": "After nine days", "siteName": "Coast News", "publishedTime": "2026-01-05T10:00:00Z", "lang": "en", "readerable": true}`
	check(t, "readability", ReadReadability, "expected-metadata.json", metadata, map[record.Field]string{record.Title: "Ferries sail again", record.Source: "Coast News", record.Authors: "Ada Okoye"})
	o := readertest.Run(t, ReadReadability, "expected-metadata.json", metadata, map[string]string{"expected.html": "<div><p>Ferries sail.</p><p>Again.</p></div>"})
	if len(o.Records) != 1 || textOf(&o.Records[0]) != "Ferries sail.|Again." {
		t.Errorf("%+v %v", o.Records, o.Faults)
	}
	if RecognizeReadability(readertest.Head("other.json", metadata)) {
		t.Error("a file of another name is recognized")
	}
}

func TestTrafilatura(t *testing.T) {
	want := map[record.Field]string{
		record.Title: "Ferries sail again", record.Summary: "After nine days", record.Authors: "Ada Okoye|Jan de Wit", record.Source: "Coast News (Norland)", record.Published: "2026-01-05",
		record.URL: "https://coast.example/1", record.Topics: "World|ports|wind",
	}
	body := `<p>Ferries <hi rend="#b">sail</hi>.</p><head rend="h3">What comes</head><list rend="ul"><item>Rain</item><item>Wind</item></list><quote>Again.</quote><table><row><cell>a</cell><cell>b</cell></row></table>`
	const text = "Ferries sail.|What comes|• Rain|• Wind|Again.|a | b"
	recs := check(t, "trafilatura", ReadTrafilatura, "a.xml", `<doc sitename="Coast News (Norland)" title="Ferries sail again" author="Ada Okoye; Jan de Wit" date="2026-01-05" url="https://coast.example/1" hostname="coast.example"
description="After nine days" categories="World" tags="ports;wind" fingerprint="3f"><main>`+body+`</main><comments><p>First!</p></comments></doc>`, want)
	plain := func(s string) string { return strings.NewReplacer("• ", "", "- ", "").Replace(s) }
	if got := plain(textOf(&recs[0])); got != plain(text) {
		t.Errorf("text %q", got)
	}
	recs = check(t, "trafilatura", ReadTrafilatura, "a.xml", `<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title type="main">Ferries sail again</title></titleStmt>
<sourceDesc><biblFull><titleStmt><title type="main">Ferries sail again</title><author>Ada Okoye</author><author>Jan de Wit</author></titleStmt><publicationStmt><publisher>Coast News (Norland) (coast.example)</publisher>
<ptr type="URL" target="https://coast.example/1"/><date>2026-01-05</date></publicationStmt></biblFull></sourceDesc></fileDesc><profileDesc><abstract><p>After nine days</p></abstract>
<textClass><keywords><term type="categories">World</term><term type="tags">ports, wind</term></keywords></textClass><creation><date type="download">2026-11-29</date></creation></profileDesc>
<encodingDesc><appInfo><application ident="Trafilatura"/></appInfo></encodingDesc></teiHeader><text><body><div type="entry">`+strings.Replace(body, "<head rend=\"h3\">What comes</head>", `<ab rend="h3" type="header">What comes</ab>`, 1)+
		`</div><div type="comments"><p>First!</p></div></body></text></TEI>`, want)
	if got := plain(textOf(&recs[0])); got != plain(text) {
		t.Errorf("text of TEI %q", got)
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{guardianAnswer, fundusArticles, nytAnswer, newsAPIAnswer, `{"0123456789abcdef": {"articleBody": "a"}}`, `{"17": [{"sentence": "a", "sentence_number": 0}]}`, `[{"itemId": 1, "startDate": "x"}]`, `<doc hostname=a><main><list><item>a`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, content string) {
		h := readertest.Head("expected-metadata.json", content)
		for _, recognize := range recognizers {
			recognize(h)
		}
		for _, read := range []reader.Func{ReadGuardian, ReadFundus, ReadNYT, ReadNewsAPI, ReadOnclusive, ReadBenchmark, ReadSentences, ReadReadability, ReadTrafilatura} {
			readertest.Read(t, read, "expected-metadata.json", content)
		}
	})
}

// JSON that has some of the names of these forms is left to package json.
func TestOthers(t *testing.T) {
	for _, content := range []string{
		`{"uid": "a1", "title": "Ferries", "publishing_date": "2026-01-05", "sections": ["Sea"], "paragraphs": ["Ferries sail."]}`,
		`{"0123456789abcdef0123456789abcdef": {"name": "x"}, "title": "Ferries", "articleBody": "Ferries sail."}`,
		`{"title": "A talk", "text": "The answer has \"totalResults\" and \"articles\"."}`,
		`{"title": "Ferries", "itemId": "17", "startDate": "2026-01-05", "content": "Ferries sail."}`,
	} {
		for form, recognize := range recognizers {
			if recognize(readertest.Head("a.json", content)) {
				t.Errorf("%s is recognized as %s", content, form)
			}
		}
	}
}
