package ap

import (
	"errors"
	"strings"
	"testing"

	"github.com/newsq/newsq/corpus/internal/reader/readertest"
	"github.com/newsq/newsq/corpus/internal/record"
)

const item = `{"uri": "https://api.example/content/a1", "altids": {"itemid": "a1", "etag": "a1_0"}, "version": 1, "type": "text", "language": "en", "versioncreated": "2026-01-05T10:00:00Z",
"firstcreated": "2026-01-05T09:00:00Z", "pubstatus": "usable", "title": "Harbor-Ferries", "headline": "Ferries sail again ", "description_summary": "After nine days.", "ednote": "Eds: UPDATES.",
"bylines": [{"by": "By ADA OKOYE", "title": "Business Writer"}], "provider": "AP", "subject": [{"code": "f", "name": "f"}, {"name": "Ports"}], "person": [{"name": "Mia Lund"}],
"place": [{"name": "Norland", "rels": ["direct"]}, {"name": "Europe", "rels": ["ancestor"]}], "usageterms": ["For editorial use only."], "copyrightnotice": "Copyright",
"renditions": {"nitf": {"href": "https://api.example/a1"}}, "links": [{"rel": "canonical", "href": "https://news.example/a1"}]}`

func TestRead(t *testing.T) {
	picture := strings.NewReplacer(`"text"`, `"picture"`, "a1", "a2").Replace(item)
	for _, content := range []string{
		`{"api_version": "2.1", "data": {"meta": {}, "item": ` + item + `}}`,
		`{"api_version": "1.1", "data": {"items": [{"meta": {}, "item": ` + item + `}, {"item": ` + picture + `}]}}`,
		item,
	} {
		if !Recognize(readertest.Head("a.json", content)) {
			t.Errorf("%.60s is not recognized", content)
		}
		recs, faults := readertest.Read(t, Read, "a.json", content)
		if len(recs) != 1 || len(faults) > 0 {
			t.Fatalf("%d records, %v", len(recs), faults)
		}
		rec := &recs[0]
		for f, want := range map[record.Field]string{
			record.ID: "a1", record.Title: "Ferries sail again", record.Summary: "After nine days.", record.Authors: "ADA OKOYE", record.Source: "AP", record.Topics: "Ports",
			record.Published: "2026-01-05T09:00:00Z", record.Updated: "2026-01-05T10:00:00Z", record.People: "Mia Lund", record.Places: "Norland", record.URL: "https://news.example/a1",
		} {
			if got := rec.First(f); got != want {
				t.Errorf("%v: %q, want %q", f, got, want)
			}
		}
		if h := rec.Handling; h.Version != 1 || !rec.GlobalID || h.Notice != "Eds: UPDATES." || h.Rights != "Copyright\nFor editorial use only." {
			t.Errorf("%+v", h)
		}
		if err := rec.Partial(); !errors.Is(err, errElsewhere) {
			t.Errorf("it is not told that the text is elsewhere: %v", err)
		}
	}
	if recs, faults := readertest.Read(t, Read, "a.json", `{"data": {"item": `+picture+`}}`); len(recs) > 0 || len(faults) != 1 {
		t.Errorf("a picture: %d records, %v", len(recs), faults)
	}
	if Recognize(readertest.Head("a.json", `{"id": 1, "title": "A", "renditions": []}`)) {
		t.Error("other JSON is recognized")
	}
}

func FuzzRead(f *testing.F) {
	f.Add(`{"data": {"item": ` + item + `}}`)
	f.Add(`{"data": {"items": [{"item": {"altids": 1, "type": "text", "bylines": [1]}}]}}`)
	f.Fuzz(func(t *testing.T, content string) { readertest.Read(t, Read, "a.json", content) })
}
