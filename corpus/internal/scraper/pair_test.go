package scraper

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/reader/readertest"
	"github.com/newsq/newsq/corpus/internal/record"
)

const (
	newspaperJSON = `{"url":"https://example.org/1","title":"Ferries sail","top_image":"","meta_img":"","movies":[],"keywords":["ferries"],"tags":["ports"],"authors":["Ada Okoye"],"publish_date":"2026-01-05T00:00:00","text":"They sail.\n\nAgain they sail."}`
	metadataJSON  = `{"title":"Ferries sail","byline":"Ada Okoye","excerpt":"They sail.","siteName":"The Post","publishedTime":null,"readerable":true}`
)

// Either of two files of an article gives the same article, with the same id.
func TestPairs(t *testing.T) {
	for _, tt := range []struct {
		name             string
		known, text      string // names of the files
		data, words      string // what is in them
		readKnown, reads reader.Func
	}{
		{"newspaper4k", "a.json", "a.txt", newspaperJSON, "They sail.\r\n\r\nAgain they sail.\r\n", ReadNewspaper, ReadPlain},
		{"Readability", "expected-metadata.json", "expected.html", metadataJSON, "<div id=\"readability-page-1\"><p>They sail.</p></div>", ReadReadability, ReadReadabilityText},
	} {
		t.Run(tt.name, func(t *testing.T) {
			beside := map[string]string{tt.known: tt.data, tt.text: tt.words}
			known := readertest.Run(t, tt.readKnown, "x/"+tt.known, tt.data, beside)
			text := readertest.Run(t, tt.reads, "x/"+tt.text, tt.words, beside)
			if d := cmp.Diff(readertest.Show(known.Records), readertest.Show(text.Records)); d != "" || len(known.Records) != 1 {
				t.Errorf("from the text, -want +got:\n%s", d)
			}
			if rec := text.Records[0]; !rec.GlobalID || rec.First(record.ID) == "" || rec.First(record.Title) != "Ferries sail" || !rec.Has(record.Body) {
				t.Errorf("got %s", readertest.Show(text.Records))
			}
			for _, alone := range [][]record.Record{
				readertest.Run(t, tt.reads, "x/"+tt.text, tt.words, nil).Records,
				readertest.Run(t, tt.readKnown, "x/"+tt.known, tt.data, nil).Records,
			} {
				if len(alone) != 1 || alone[0].GlobalID || alone[0].First(record.ID) != "" {
					t.Errorf("alone: %s", readertest.Show(alone))
				}
			}
		})
	}
}

// A text is another article when its words are not those of the file beside it.
func TestNoPair(t *testing.T) {
	for name, beside := range map[string]string{
		"another text":   newspaperJSON,
		"any other JSON": `{"title":"Ferries sail","text":"They stay."}`,
		"cut short":      newspaperJSON[:len(newspaperJSON)-4],
		"no JSON":        "\xff\xfe",
	} {
		o := readertest.Run(t, ReadPlain, "a.txt", "They stay.", map[string]string{"a.json": beside})
		if got := readertest.Show(o.Records); got != "body: They stay.\n" || len(o.Faults) > 0 {
			t.Errorf("%s: got %q, %v", name, got, o.Faults)
		}
	}
	o := readertest.Run(t, ReadReadabilityText, "content.html", "<p>They stay.</p>", map[string]string{"metadata.json": `{"title":"Any page"}`})
	if len(o.Records) != 1 || o.Records[0].GlobalID {
		t.Errorf("any metadata: %s", readertest.Show(o.Records))
	}
}

func TestKeywordsOfNewspaper(t *testing.T) {
	recs, _ := readertest.Read(t, ReadNewspaper, "a.json", newspaperJSON)
	if got := readertest.Texts(&recs[0], record.Topics); cmp.Diff([]string{"ports"}, got) != "" {
		t.Errorf("topics: %q", got)
	}
	if !RecognizeNewspaper(readertest.Head("a.json", newspaperJSON)) || RecognizeNewspaper(readertest.Head("a.json", metadataJSON)) {
		t.Error("recognized wrongly")
	}
}
