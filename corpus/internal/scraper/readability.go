package scraper

import (
	"strings"

	"github.com/newsq/newsq/corpus/internal/jsonvalue"
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/internal/extract"
)

// texts are the names of the files in which the text lies that belongs to a file
// of metadata.
var texts = map[string]string{"expected-metadata.json": "expected.html", "metadata.json": "content.html"}

// RecognizeReadability reports whether a file has the metadata of an article that
// Mozilla's Readability extracted, with the text in a file beside it.
func RecognizeReadability(h *reader.Head) bool {
	return texts[h.Name] != "" && h.Whole && h.Contains(`"title"`) && h.Contains(`"excerpt"`) && (h.Contains(`"byline"`) || h.Contains(`"readerable"`))
}

// ReadReadability reads metadata, and the text beside them.
func ReadReadability(in *reader.Input, out reader.Output) error {
	name := strings.ToLower(in.Name[strings.LastIndexAny(in.Name, `/\`)+1:])
	text, err := siblingBytes(in, texts[name])
	if err != nil {
		return err
	}
	return readReadability(in, out, text)
}

// readReadability reads metadata, of which text is the text; nil where it is not
// there.
func readReadability(in *reader.Input, out reader.Output, text []byte) error {
	body, _, err := extract.Decode(text, "text/html")
	if err != nil {
		return err
	}
	s := shape{is: func(jsonvalue.Object) bool { return true }, fill: func(rec *record.Record, o jsonvalue.Object) {
		set(rec, record.Title, "title", o.Text("title"))
		if by := o.Text("byline"); by != o.Text("siteName") {
			set(rec, record.Authors, "byline", by)
		}
		set(rec, record.Summary, "excerpt", o.Text("excerpt"))
		set(rec, record.Source, "siteName", o.Text("siteName"))
		set(rec, record.Published, "publishedTime", o.Text("publishedTime"))
		set(rec, record.Language, "lang", o.Text("lang"))
		setHTML(rec, body)
		if text != nil {
			rec.SetFinal(record.ID, pairID("readability", o.Text("title")+"\n"+o.Text("excerpt")+"\n"+o.Text("publishedTime")))
			rec.GlobalID = true
		}
	}}
	return s.read(in, out)
}
