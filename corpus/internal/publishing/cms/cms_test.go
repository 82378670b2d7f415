package cms

import (
	"strings"
	"testing"

	"github.com/newsq/newsq/corpus/internal/reader/readertest"
	"github.com/newsq/newsq/corpus/internal/record"
)

const tiny = `[{"id":7,"slug":"ferries","live_url":"https://harbour.example/articles/sea/ferries","author":[{"author":{"first_names":"Jane","last_name":"Roe"}}],
"category":{"slug":"the-sea","title":null},"tags":[{"tag":{"slug":"x","tag_translations":[{"title":"Ferries"}]}}],
"translations":[{"published":true,"headline":"Ferries stop","first_published_at":"2026-01-05T10:00:00+00:00","last_published_at":"2026-01-06T10:00:00+00:00","locale_code":"en-US","custom_byline":null,
"search_description":"In short.","content":[{"type":"text","style":"NORMAL_TEXT","children":[{"index":1,"style":{},"content":"One."}]},{"type":"text","style":"NORMAL_TEXT","children":[{"content":"Two."}]}]},
{"published":false,"headline":"Bacs","locale_code":"fr"}]}]`

func TestTinyNews(t *testing.T) {
	if !RecognizeTinyNews(readertest.Head("x.json", tiny)) {
		t.Error("not recognized")
	}
	for _, content := range []string{tiny, `{"data":{"articles":` + tiny + `}}`, tiny[1 : len(tiny)-1]} {
		recs, faults := readertest.Read(t, ReadTinyNews, "x.json", content)
		if len(recs) != 1 || len(faults) != 0 {
			t.Fatal(recs, faults)
		}
		for f, want := range map[record.Field]string{
			record.Title: "Ferries stop", record.Authors: "Jane Roe", record.Topics: "Ferries|the sea", record.Source: "harbour.example",
			record.Published: "2026-01-05T10:00:00+00:00", record.Summary: "In short.", record.Language: "en-US",
		} {
			if got := strings.Join(readertest.Texts(&recs[0], f), "|"); got != want {
				t.Errorf("%v: %q, want %q", f, got, want)
			}
		}
		var got []string
		for _, b := range recs[0].Blocks {
			got = append(got, b.Text)
		}
		if text := strings.Join(got, "|") + recs[0].Text(); text != "One.|Two." && text != "One.\n\nTwo." {
			t.Errorf("%q", text)
		}
	}
}

const chorus = `{"uid":"Entry:0a","title":"Ferries stop","dek":{"html":"In short."},"createdAt":"2026-01-05T10:00:00.000Z","url":"https://harbour.example/a",
"author":{"fullOrUserName":"Jane Roe"},"contributors":[{"fullOrUserName":"John Doe"}],"communityGroups":[{"name":"Sea"}],
"body":{"components":[{"__typename":"EntryBodyParagraph","contents":{"html":"One."}}]}}`

func TestChorus(t *testing.T) {
	for _, content := range []string{chorus, `[` + chorus + `]`} {
		if !RecognizeChorus(readertest.Head("x.json", content)) {
			t.Error("not recognized")
		}
		recs, faults := readertest.Read(t, ReadChorus, "x.json", content)
		if len(recs) != 1 || len(faults) != 0 {
			t.Fatal(recs, faults)
		}
		for f, want := range map[record.Field]string{
			record.Title: "Ferries stop", record.Authors: "Jane Roe|John Doe", record.Topics: "Sea", record.Source: "harbour.example", record.ID: "Entry:0a",
			record.Published: "2026-01-05T10:00:00.000Z",
		} {
			if got := strings.Join(readertest.Texts(&recs[0], f), "|"); got != want {
				t.Errorf("%v: %q, want %q", f, got, want)
			}
		}
	}
}

func TestDamaged(t *testing.T) {
	for _, content := range []string{`[{"translations":`, `{}`, `[1,2]`, `"x"`, `[]`} {
		if recs, faults := readertest.Read(t, ReadTinyNews, "x.json", content); len(recs) != 0 || len(faults) != 1 {
			t.Errorf("%s: %v %v", content, recs, faults)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(tiny)
	f.Add(chorus)
	f.Fuzz(func(t *testing.T, s string) {
		readertest.Read(t, ReadTinyNews, "x.json", s)
		readertest.Read(t, ReadChorus, "x.json", s)
	})
}

// JSON of others may have translations too.
func TestNotTinyNews(t *testing.T) {
	const content = `[{"headline":"Ferries","translations":{"de":"Fähren"},"first_published_at":"2026-01-05T10:00:00Z","body":"One."}]`
	if RecognizeTinyNews(readertest.Head("x.json", content)) {
		t.Error("recognized")
	}
}
