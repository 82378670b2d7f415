package letters

import (
	"strings"
	"testing"

	"github.com/newsq/newsq/corpus/internal/reader/readertest"
	"github.com/newsq/newsq/corpus/internal/record"
)

const beehiiv = `id,web_title,web_subtitle,status,audience,content_tags,url,created_at,content_html
post_1,Ferries stop,In short.,confirmed,free,Sea; Bay,https://harbour.example/p/ferries,2026-01-05 10:00:00 UTC,"<p>One.</p>
<p>Two, ""three"".</p>"
post_2,Draft,,draft,free,,https://harbour.example/p/draft,2026-01-05 10:00:00 UTC,<p>x</p>
`

func TestBeehiiv(t *testing.T) {
	if !RecognizeBeehiiv(readertest.Head("x.csv", beehiiv)) {
		t.Error("not recognized")
	}
	recs, faults := readertest.Read(t, ReadBeehiiv, "x.csv", beehiiv)
	if len(recs) != 1 || len(faults) != 0 {
		t.Fatal(recs, faults)
	}
	for f, want := range map[record.Field]string{
		record.Title: "Ferries stop", record.Summary: "In short.", record.Topics: "Sea|Bay", record.Source: "harbour.example",
		record.Published: "2026-01-05 10:00:00 UTC", record.Body: "<p>One.</p>\n<p>Two, \"three\".</p>",
	} {
		if got := strings.Join(readertest.Texts(&recs[0], f), "|"); got != want {
			t.Errorf("%v: %q, want %q", f, got, want)
		}
	}
	if recs[0].Place != "post_1" {
		t.Error(recs[0].Place)
	}
}

func TestBeehiivJSON(t *testing.T) {
	list := `[{"id":"post_1","title":"Ferries stop","subtitle":"In short","authors":["Jane Roe"],"created":1,"status":"confirmed","publish_date":1767603600,
"web_url":"https://harbour.example/p/ferries","audience":"free","content_tags":["Sea"],"content":{"free":{"web":"<p>One.</p>","email":"<p>Mail</p>"},"premium":[]}},
{"id":"post_2","title":"Draft","status":"draft"}]`
	for _, content := range []string{list, `{"data":` + list + `}`} {
		if !RecognizeBeehiivJSON(readertest.Head("x.json", content)) {
			t.Error("not recognized")
		}
		recs, faults := readertest.Read(t, ReadBeehiivJSON, "x.json", content)
		if len(recs) != 1 || len(faults) != 0 {
			t.Fatal(recs, faults)
		}
		for f, want := range map[record.Field]string{
			record.ID: "post_1", record.Title: "Ferries stop", record.Summary: "In short", record.Topics: "Sea", record.Source: "harbour.example",
			record.Published: "1767603600", record.Body: "<p>One.</p>", record.Authors: "Jane Roe",
		} {
			if got := strings.Join(readertest.Texts(&recs[0], f), "|"); got != want {
				t.Errorf("%v: %q, want %q", f, got, want)
			}
		}
	}
}

func TestButtondown(t *testing.T) {
	table := "id,secondary_id,subject,publish_date,source,slug\n0a-1,1,Ferries stop,2026-01-05 10:00:00+00:00,app,ferries\n"
	list := `[{"id":"0a-1","secondary_id":"1","subject":"Ferries stop","publish_date":"2026-01-05 10:00:00+00:00","slug":"ferries","body":"<!-- buttondown-editor-mode: plaintext -->One {{ subscriber.email }}."},
{"id":"0a-2","subject":"Draft","status":"draft","publish_date":null,"slug":"x"}]`
	if !RecognizeButtondown(readertest.Head("x.csv", table)) || !RecognizeJSON(readertest.Head("x.json", list)) {
		t.Error("not recognized")
	}
	for _, content := range []string{table, list, `{"results":` + list + `}`} {
		read := ReadButtondown
		if content != table {
			read = ReadJSON
		}
		recs, faults := readertest.Read(t, read, "x", content)
		if len(recs) != 1 || len(faults) != 0 || recs[0].First(record.ID) != "0a-1" || recs[0].First(record.Title) != "Ferries stop" ||
			recs[0].First(record.Published) != "2026-01-05 10:00:00+00:00" {
			t.Errorf("%s: %v %v", content, recs, faults)
		}
		if content != table && recs[0].Blocks[0].Text != "One ." {
			t.Error(recs[0].Blocks)
		}
	}
}

// A text by itself has its heading as title.
func TestText(t *testing.T) {
	content := "<!-- buttondown-editor-mode: plaintext -->## Ferries stop\n\nOne."
	if !RecognizeText(readertest.Head("x.md", content)) {
		t.Error("not recognized")
	}
	recs, faults := readertest.Read(t, ReadText, "x.md", content)
	if len(recs) != 1 || len(faults) != 0 || recs[0].First(record.Title) != "Ferries stop" || len(recs[0].Blocks) != 1 {
		t.Error(recs, faults)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(beehiiv)
	f.Add(`[{"id":1,"subject":"x","slug":"y","body":"# x"}]`)
	f.Add("<!-- buttondown-editor-mode: fancy --><h2>x</h2>")
	f.Fuzz(func(t *testing.T, s string) {
		readertest.Read(t, ReadBeehiiv, "x.csv", s)
		readertest.Read(t, ReadButtondown, "x.csv", s)
		readertest.Read(t, ReadBeehiivJSON, "x.json", s)
		readertest.Read(t, ReadJSON, "x.json", s)
		readertest.Read(t, ReadText, "x.md", s)
	})
}
