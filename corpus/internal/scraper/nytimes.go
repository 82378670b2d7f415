package scraper

import (
	"strings"

	"github.com/newsq/newsq/corpus/internal/jsonvalue"
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
)

// RecognizeNYT reports whether JSON is of an API of The New York Times: search,
// archive, top stories or most popular.
func RecognizeNYT(h *reader.Head) bool {
	search := h.Contains(`"web_url"`) && h.Contains(`"pub_date"`) && h.Contains(`"snippet"`)
	top := h.Contains("nytimes.com") && h.Contains(`"abstract"`) && h.Contains(`"byline"`) && (h.Contains(`"num_results"`) || h.Contains(`"des_facet"`))
	return search || top
}

// ReadNYT reads answers of these.
func ReadNYT(in *reader.Input, out reader.Output) error { return nytimes.read(in, out) }

var nytimes = shape{
	lists: []string{"response", "docs", "results"},
	is: func(o jsonvalue.Object) bool {
		return o.Text("web_url", "url") != "" && (o.Object("headline") != nil || o.Text("title", "headline") != "")
	},
	fill: fillNYT,
}

// outletNYT is the outlet of what states none.
const outletNYT = "The New York Times"

func fillNYT(rec *record.Record, o jsonvalue.Object) {
	headline := o.Object("headline")
	set(rec, record.ID, "_id", o.Text("_id", "uri"))
	set(rec, record.Title, "headline", first(headline.Text("main"), headline.Text("print_headline"), o.Text("title", "headline")))
	set(rec, record.Summary, "abstract", o.Text("abstract", "snippet"))
	url := o.Text("web_url", "url")
	set(rec, record.URL, "url", url)
	set(rec, record.Published, "pub_date", first(o.Text("pub_date", "published_date", "created_date"), dayOf(url)))
	set(rec, record.Updated, "updated_date", o.Text("updated_date", "updated"))
	set(rec, record.Source, "source", first(o.Text("source"), outletNYT))
	for _, name := range [...]string{"section_name", "section", "subsection_name", "subsection"} {
		if s := o.Text(name); !strings.EqualFold(s, "home") {
			set(rec, record.Topics, name, s)
		}
	}
	bylineNYT(rec, o)
	for _, k := range o.List("keywords") {
		f, value := fieldOfNYT(k.Text("name")), []string{k.Text("value")}
		if f == record.People {
			value = inOrder(value)
		}
		set(rec, f, "keywords", value...)
		if f != record.Topics { // every keyword is a topic too
			set(rec, record.Topics, "keywords", value...)
		}
	}
	set(rec, record.Topics, "des_facet", o.Texts("des_facet")...)
	set(rec, record.Organizations, "org_facet", o.Texts("org_facet")...)
	set(rec, record.People, "per_facet", inOrder(o.Texts("per_facet"))...)
	set(rec, record.Places, "geo_facet", o.Texts("geo_facet")...)
	lead := o.Text("lead_paragraph")
	if lead != "" && lead != o.Text("abstract") {
		setText(rec, "lead_paragraph", lead)
	}
}

// fieldOfNYT returns the field of a keyword of a kind.
func fieldOfNYT(kind string) record.Field {
	switch strings.ToLower(kind) {
	case "persons", "person":
		return record.People
	case "glocations", "location":
		return record.Places
	case "organizations", "organization":
		return record.Organizations
	}
	return record.Topics
}

// inOrder writes names as people say them: "Okoye, Ada" is "Ada Okoye".
func inOrder(names []string) []string {
	for i, s := range names {
		if family, given, ok := strings.Cut(s, ", "); ok && !strings.Contains(given, ",") {
			names[i] = given + " " + family
		}
	}
	return names
}

// bylineNYT takes the byline, which is a text, or an object with the original. The
// paper itself is no author.
func bylineNYT(rec *record.Record, o jsonvalue.Object) {
	s := first(o.Text("byline"), o.Object("byline").Text("original"))
	s = strings.TrimPrefix(strings.TrimPrefix(s, "By "), "by ")
	if s == "" {
		var names []string
		for _, p := range o.Object("byline").List("person") {
			names = append(names, strings.Join(strings.Fields(p.Text("firstname")+" "+p.Text("middlename")+" "+p.Text("lastname")), " "))
		}
		set(rec, record.Authors, "byline.person", names...)
		return
	}
	if !strings.EqualFold(s, outletNYT) {
		set(rec, record.Authors, "byline", s)
	}
}
