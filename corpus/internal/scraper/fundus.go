package scraper

import (
	"strings"

	"github.com/newsq/newsq/corpus/internal/jsonvalue"
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/internal/extract"
)

// RecognizeFundus reports whether JSON has articles that fundus has taken from the
// web, whose text is a summary and sections with headlines.
func RecognizeFundus(h *reader.Head) bool {
	return h.Contains(`"publishing_date"`) && h.Contains(`"sections"`) && h.Contains(`"paragraphs"`) && h.Contains(`"body"`) && h.Contains(`"headline"`)
}

// ReadFundus reads such articles.
func ReadFundus(in *reader.Input, out reader.Output) error { return fundus.read(in, out) }

var fundus = shape{
	lists: []string{"articles", "data", "results"},
	keyed: true,
	is:    func(o jsonvalue.Object) bool { return o.Get("body") != nil || o.Text("title", "plaintext") != "" },
	fill:  fillFundus,
}

func fillFundus(rec *record.Record, o jsonvalue.Object) {
	set(rec, record.Title, "title", o.Text("title"))
	set(rec, record.Authors, "authors", o.Texts("authors", "name")...)
	set(rec, record.Published, "publishing_date", o.Text("publishing_date"))
	set(rec, record.Topics, "topics", o.Texts("topics", "name")...)
	html := o.Object("html")
	set(rec, record.Source, "publisher", first(o.Text("publisher"), o.Object("publisher").Text("name"), html.Object("source_info").Text("publisher")))
	set(rec, record.URL, "url", first(o.Text("url"), html.Text("responded_url", "requested_url")))
	set(rec, record.Language, "lang", o.Text("lang", "language"))
	body := o.Object("body")
	set(rec, record.Summary, "body.summary", strings.Join(body.Texts("summary"), "\n\n"))
	for _, s := range body.List("sections") {
		for _, h := range s.Texts("headline") {
			rec.Blocks = append(rec.Blocks, extract.Block{Text: h, Heading: true, Level: 2})
		}
		for _, p := range s.Texts("paragraphs") {
			rec.Blocks = append(rec.Blocks, extract.Block{Text: p})
		}
	}
	if rec.Blocks == nil {
		setText(rec, "plaintext", first(o.Text("plaintext"), o.Text("body")))
	}
}
