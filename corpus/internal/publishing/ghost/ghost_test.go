package ghost

import (
	"strings"
	"testing"

	"github.com/newsq/newsq/corpus/internal/reader/readertest"
	"github.com/newsq/newsq/corpus/internal/record"
)

const data = `{"posts":[
{"id":"5f0000000000000000000001","uuid":"0b0c0d0e-0000-4000-8000-000000000001","title":"Ferries stop","slug":"ferries","html":"<p>One.</p><figure class=\"kg-card kg-bookmark-card\"><div>Another page</div></figure>","lexical":null,"status":"published","type":"post","published_at":"2026-01-05T10:00:00.000Z","updated_at":"2026-01-06T10:00:00.000Z","custom_excerpt":"In short."},
{"id":"5f0000000000000000000002","title":"Draft","html":"<p>x</p>","status":"draft","type":"post"},
{"id":"5f0000000000000000000003","title":"Lexical","html":null,"lexical":"{\"root\":{\"children\":[{\"type\":\"paragraph\",\"children\":[{\"type\":\"extended-text\",\"text\":\"Two.\"}]}],\"type\":\"root\"}}","status":"sent","type":"post"},
{"id":"5f0000000000000000000004","title":"Mobiledoc","html":null,"mobiledoc":"{\"version\":\"0.3.1\",\"atoms\":[],\"cards\":[],\"markups\":[],\"sections\":[[1,\"p\",[[0,[],0,\"Three.\"]]]]}","status":"published","type":"page"},
{"id":"5f0000000000000000000005","title":"Plain","html":"","plaintext":"Four.","status":"published"},
{"id":"5f0000000000000000000006","title":"Picture","html":null,"lexical":"{\"root\":{\"children\":[{\"type\":\"image\",\"src\":\"https://example.org/a.jpg\"}],\"type\":\"root\"}}","status":"published"},
{"id":"5f0000000000000000000007","title":"Later","html":"<p>x</p>","status":"scheduled"}],
"users":[{"id":"u1","name":"Jane Roe"},{"id":"u2","name":"John Doe"}],
"posts_authors":[{"post_id":"5f0000000000000000000001","author_id":"u2","sort_order":1},{"post_id":"5f0000000000000000000001","author_id":"u1","sort_order":0}],
"tags":[{"id":"t1","name":"Sea"},{"id":"t2","name":"#internal"}],
"posts_tags":[{"post_id":"5f0000000000000000000001","tag_id":"t1"},{"post_id":"5f0000000000000000000001","tag_id":"t2"}],
"settings":[{"key":"title","value":"Harbour Post"},{"key":"locale","value":"en"}]}`

// The tables lie at one of three depths.
func TestRead(t *testing.T) {
	for _, content := range []string{
		`{"db":[{"meta":{"exported_on":1,"version":"5.0.0"},"data":` + data + `}]}`,
		`{"meta":{"exported_on":1,"version":"2.0.0"},"data":` + data + `}`,
		data,
	} {
		if !Recognize(readertest.Head("x.json", content)) {
			t.Errorf("%.60s is not recognized", content)
		}
		recs, faults := readertest.Read(t, Read, "x.json", content)
		if len(recs) != 5 || len(faults) != 0 {
			t.Fatal(len(recs), faults)
		}
		for f, want := range map[record.Field]string{
			record.Title: "Ferries stop", record.Authors: "Jane Roe|John Doe", record.Topics: "Sea", record.Source: "Harbour Post",
			record.Published: "2026-01-05T10:00:00.000Z", record.Updated: "2026-01-06T10:00:00.000Z", record.Summary: "In short.",
			record.ID: "0b0c0d0e-0000-4000-8000-000000000001", record.Language: "en",
		} {
			if got := strings.Join(readertest.Texts(&recs[0], f), "|"); got != want {
				t.Errorf("%v: %q, want %q", f, got, want)
			}
		}
		if got := recs[0].Text(); strings.Contains(got, "Another page") || !strings.Contains(got, "<p>One.</p>") {
			t.Error(got)
		}
		for i, want := range []string{1: "Two.", 2: "Three.", 3: "Four.", 4: ""} {
			got := recs[i].Text()
			for _, b := range recs[i].Blocks {
				got += b.Text
			}
			if i > 0 && got != want {
				t.Errorf("%d: %q, want %q", i, got, want)
			}
		}
	}
}

// Answers of the interfaces hold authors and tags within posts. Old exports count
// posts, and such a number is no id.
func TestAnswers(t *testing.T) {
	recs, _ := readertest.Read(t, Read, "x.json", `{"posts":[{"id":"7","title":"A","html":"<p>x</p>","slug":"a","feature_image":null,"published_at":"2026-01-05T10:00:00.000+01:00",
"url":"https://harbour.example/a/","authors":[{"name":"Jane Roe"}],"tags":[{"name":"Sea"},{"name":"#x","visibility":"internal"}]}],"meta":{"pagination":{"page":1}}}`)
	if len(recs) != 1 || recs[0].First(record.Source) != "harbour.example" || recs[0].First(record.Authors) != "Jane Roe" ||
		recs[0].Has(record.ID) || recs[0].Place != "7" || len(recs[0].Values(record.Topics)) != 1 {
		t.Error(recs)
	}
	if recs, faults := readertest.Read(t, Read, "x.json", `{"data":{"posts":[{"title":"A","status":"draft"}]}}`); len(recs) != 0 || len(faults) != 1 {
		t.Error(recs, faults)
	}
}

func TestRecognize(t *testing.T) {
	for _, content := range []string{
		`{"posts":[{"title":"A","body":"x"}]}`, `{"data":{"items":[{"published_at":"x","slug":"y"}]}}`, `{"title":"\"exported_on\""}`,
	} {
		if Recognize(readertest.Head("x.json", content)) {
			t.Errorf("%s is recognized", content)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(data)
	f.Add(`{"db":[{"data":{"posts":[{"id":1,"title":2,"tags":"x","lexical":{"root":1},"mobiledoc":[]}]}}]}`)
	f.Add(`{"result":{"posts":[{"url":"u","data":{"title":"A","author":{"data":{"name":"J"}}}}]}}`)
	f.Fuzz(func(t *testing.T, s string) {
		readertest.Read(t, Read, "x.json", s)
		Recognize(readertest.Head("x.json", s))
	})
}

// A post may be Markdown: in a field of its own, or in cards of a mobiledoc.
func TestMarkdown(t *testing.T) {
	const card = `"mobiledoc":"{\"cards\":[[\"markdown\",{\"markdown\":\"A [ferry](http://x) **sails**.\\n\\n## Road\"}],[\"html\",{\"html\":\"<p>By road.</p>\"}]],\"sections\":[[10,0],[10,1],[10,7],[3]]}"`
	for _, text := range []string{
		`"markdown":"A [ferry](http://x) *sails*.\n\n## Road\n\nBy road."`, card, strings.ReplaceAll(card, `[10,7]`, `[10,-1]`),
	} {
		recs, faults := readertest.Read(t, Read, "x.json", `{"posts":[{"id":"1","title":"Ferries","slug":"a",`+text+`,"status":"published","published_at":"2026-01-05T10:00:00Z"}],"meta":{}}`)
		if len(recs) != 1 || len(faults) != 0 {
			t.Fatal(recs, faults)
		}
		var got []string
		for _, b := range recs[0].Blocks {
			got = append(got, b.Text)
		}
		if strings.Join(got, "|") != "A ferry sails.|Road|By road." {
			t.Errorf("%s: %q", text, got)
		}
	}
	for _, doc := range []string{`"{`, `7`, `{"sections":[[1,"p",[]]],"cards":[["markdown",{"markdown":"x"}]]}`, `{"sections":[[10]],"cards":[[]]}`, `{"sections":[[10,0]],"cards":[["a",2]]}`} {
		if got := markdownOf([]byte(doc)); got != "" {
			t.Errorf("%s: %q", doc, got)
		}
	}
}
