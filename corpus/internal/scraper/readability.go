package scraper

import (
	"errors"

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
	body := ""
	for _, name := range texts {
		b, err := in.SiblingBytes(name)
		if errors.Is(err, reader.ErrNoSibling) {
			continue
		}
		if err != nil {
			return err
		}
		if body, _, err = extract.Decode(b, "text/html"); err != nil {
			return err
		}
		break
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
	}}
	return s.read(in, out)
}
