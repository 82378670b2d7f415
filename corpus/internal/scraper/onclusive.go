package scraper

import (
	"github.com/newsq/newsq/corpus/internal/jsonvalue"
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
)

// RecognizeOnclusive reports whether JSON has planned events of Onclusive.
func RecognizeOnclusive(h *reader.Head) bool {
	return h.Contains(`"itemId"`) && h.Contains(`"startDate"`) && (h.Contains(`"eventConfirmed"`) || h.Contains(`"tbcTime"`))
}

// ReadOnclusive reads such events.
func ReadOnclusive(in *reader.Input, out reader.Output) error { return onclusive.read(in, out) }

var onclusive = shape{
	lists: []string{"items", "results", "data", "events"},
	is:    func(o jsonvalue.Object) bool { return o.Text("itemId") != "" && o.Text("startDate") != "" },
	fill:  fillOnclusive,
}

func fillOnclusive(rec *record.Record, o jsonvalue.Object) {
	set(rec, record.ID, "itemId", o.Text("itemId"))
	title := first(o.Text("summary"), o.Text("description"))
	set(rec, record.Title, "summary", title)
	if s := o.Text("description"); s != title {
		set(rec, record.Summary, "description", s)
	}
	set(rec, record.Published, "startDate", o.Text("startDate"))
	set(rec, record.Updated, "lastEditDateUtc", o.Text("lastEditDateUtc"))
	set(rec, record.Organizations, "organisationName", o.Text("organisationName"))
	set(rec, record.Places, "countryName", o.Text("countryName"), o.Text("venue"))
	set(rec, record.Topics, "categories", o.Texts("categories", "categoryName")...)
	set(rec, record.URL, "website", o.Text("website"))
	deleted, _ := o.Get("deleted").(bool)
	if s := o.Text("embargoTime"); s != "" || deleted {
		rec.Handling = &record.Handling{Embargoed: s != ""}
		if deleted {
			rec.Handling.Status = "canceled"
		}
		if s != "" {
			rec.Handling.EmbargoedUntil = moment(s)
		}
	}
}
