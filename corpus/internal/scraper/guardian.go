package scraper

import (
	"strings"

	"github.com/newsq/newsq/corpus/internal/jsonvalue"
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
)

// RecognizeGuardian reports whether JSON is of the Guardian's Open Platform.
func RecognizeGuardian(h *reader.Head) bool {
	return h.Contains(`"webPublicationDate"`) && h.Contains(`"webTitle"`) && h.Contains(`"webUrl"`)
}

// ReadGuardian reads answers of the Guardian's Open Platform.
func ReadGuardian(in *reader.Input, out reader.Output) error { return guardian.read(in, out) }

var guardian = shape{
	lists: []string{"response", "results", "content", "items"},
	is:    func(o jsonvalue.Object) bool { return o.Text("webTitle") != "" && o.Text("webUrl", "apiUrl") != "" },
	fill:  fillGuardian,
}

func fillGuardian(rec *record.Record, o jsonvalue.Object) {
	fields := o.Object("fields")
	set(rec, record.ID, "id", o.Text("id"))
	set(rec, record.Title, "webTitle", first(fields.Text("headline"), o.Text("webTitle")))
	set(rec, record.Summary, "fields.trailText", first(fields.Text("trailText"), fields.Text("standfirst")))
	set(rec, record.Published, "webPublicationDate", o.Text("webPublicationDate"))
	set(rec, record.Updated, "fields.lastModified", fields.Text("lastModified"))
	set(rec, record.URL, "webUrl", o.Text("webUrl"))
	set(rec, record.Language, "fields.lang", fields.Text("lang"))
	set(rec, record.Topics, "sectionName", o.Text("sectionName"))
	var contributors []string
	outlet := fields.Text("publication")
	for _, t := range o.List("tags") {
		name := t.Text("webTitle")
		switch t.Text("type") {
		case "contributor":
			contributors = append(contributors, name)
		case "publication":
			outlet = first(outlet, name)
		case "keyword", "series", "blog":
			set(rec, record.Topics, "tags", name)
		}
	}
	if byline := fields.Text("byline"); byline != "" {
		set(rec, record.Authors, "fields.byline", byline)
	} else {
		set(rec, record.Authors, "tags", contributors...)
	}
	if outlet == "" && strings.Contains(o.Text("webUrl", "apiUrl"), "theguardian.com/") {
		outlet = "The Guardian"
	}
	set(rec, record.Source, "publication", strings.Replace(outlet, "theguardian.com", "The Guardian", 1))
	if html := fields.Text("body"); html != "" {
		setHTML(rec, html)
	} else {
		setText(rec, "fields.bodyText", fields.Text("bodyText"))
	}
	if rec.Blocks == nil && !rec.Has(record.Body) {
		var parts []string
		for _, b := range o.Object("blocks").List("body") {
			parts = append(parts, b.Text("bodyHtml"))
		}
		setHTML(rec, strings.Join(parts, "\n"))
	}
}

func first(texts ...string) string {
	for _, s := range texts {
		if s != "" {
			return s
		}
	}
	return ""
}
