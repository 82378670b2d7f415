// Package ap reads what the Media API of the Associated Press answers: one item,
// or a feed of some, in JSON.
//
// The text of a story is not in it; its renditions link to it, as NITF and ANPA.
// So an article has headline, summary and metadata, and says that its text is
// elsewhere. Pictures, graphics, video and audio are no articles. The member
// title is the slug.
package ap

import (
	"strconv"
	"strings"

	"github.com/newsq/newsq/corpus/internal/json"
	"github.com/newsq/newsq/corpus/internal/jsonvalue"
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/corpus/internal/wire/agency"
	"github.com/newsq/newsq/internal/extract"
)

// Version is raised whenever the same bytes would be read differently.
const Version = 1

// Recognize reports whether JSON is of AP's Media API.
func Recognize(h *reader.Head) bool {
	return h.Contains(`"altids"`) && h.Contains(`"itemid"`) && (h.Contains(`"versioncreated"`) || h.Contains(`"pubstatus"`)) &&
		(h.Contains(`"renditions"`) || h.Contains(`"headline"`) || h.Contains(`"api_version"`))
}

// Read reads the items of a file.
func Read(in *reader.Input, out reader.Output) error {
	r := itemReader{out: out, mapping: in.Mapping}
	err := jsonvalue.Each(in, out, func(o jsonvalue.Object, at jsonvalue.Place) bool {
		r.alone, r.line = at.Alone, at.Line
		return r.object(o, 0)
	})
	if err != nil || r.articles > 0 || r.faults > 0 {
		return err
	}
	return &reader.Fault{Err: record.ErrNoText, Hint: "none of its " + strconv.Itoa(r.items) + " items is a text"}
}

type itemReader struct {
	out                     reader.Output
	mapping                 *record.Mapping
	alone                   bool
	line                    int
	items, articles, faults int
}

// maxNesting is how deep items lie: data, items, item.
const maxNesting = 4

func (r *itemReader) object(o jsonvalue.Object, depth int) bool {
	if o.Get("altids") != nil && o.Text("type") != "" {
		return r.item(o)
	}
	if depth >= maxNesting {
		return true
	}
	for _, name := range [...]string{"data", "item", "items"} {
		list := o.List(name)
		r.alone = r.alone && name != "items"
		for _, e := range list {
			if !r.object(e, depth+1) {
				return false
			}
		}
		if len(list) > 0 {
			break
		}
	}
	return true
}

func (r *itemReader) item(o jsonvalue.Object) bool {
	r.items++
	if kind := strings.ToLower(o.Text("type")); kind != "text" {
		return true
	}
	rec := &record.Record{Line: r.line}
	err := reader.Guard(func() error {
		if fill(rec, o); r.mapping == nil {
			return nil
		}
		return json.Overlay(r.mapping, o.Bytes(), rec)
	})
	if err != nil {
		r.faults++
		return r.out.Fail(&reader.Fault{Line: r.line, Err: err})
	}
	r.articles++
	if r.alone {
		rec.IsFile = true
	} else {
		if r.line == 0 {
			rec.Number = r.articles
		}
		if rec.Place = rec.First(record.ID); rec.Place == "" {
			rec.Place = strconv.Itoa(r.articles)
		}
	}
	return r.out.Emit(rec)
}

// fill fills a record with an item.
func fill(rec *record.Record, o jsonvalue.Object) {
	agency.Set(rec, record.ID, "altids.itemid", o.Object("altids").Text("itemid"))
	title := o.Text("headline", "headline_extended")
	if title == "" {
		title = o.Text("title")
	}
	agency.Set(rec, record.Title, "headline", title)
	for _, name := range [...]string{"description_summary", "headline_extended", "description_caption"} {
		if s := o.Text(name); s != "" && s != title && !rec.Has(record.Summary) {
			agency.Set(rec, record.Summary, name, s)
		}
	}
	created, versioned := o.Text("firstcreated"), o.Text("versioncreated")
	if created == "" {
		created, versioned = versioned, ""
	}
	agency.Set(rec, record.Published, "firstcreated", created)
	if versioned != created {
		agency.Set(rec, record.Updated, "versioncreated", versioned)
	}
	agency.Set(rec, record.Language, "language", o.Text("language"))
	var names []string
	for _, s := range o.Texts("bylines", "by") {
		names = append(names, agency.Names(s))
	}
	agency.Set(rec, record.Authors, "bylines", names...)
	agency.Set(rec, record.Source, "provider", o.Text("provider", "creditline"))
	if !rec.Has(record.Source) {
		agency.Set(rec, record.Source, "altids", "AP")
	}
	topics(rec, o)
	for _, l := range o.List("links") {
		if l.Text("rel") == "canonical" {
			agency.Set(rec, record.URL, "links", l.Text("href"))
		}
	}
	handle(rec, o)
	agency.Heed(rec, rec.First(record.Language), agency.Sent(rec))
	if o.Get("renditions") != nil && o.Object("renditions").Text("body") == "" {
		rec.Tell(record.Body, record.Value{From: "renditions"}, errElsewhere)
	}
}

// topics takes names of subjects, people, organizations and places. A category is
// a letter.
func topics(rec *record.Record, o jsonvalue.Object) {
	for _, s := range o.List("subject") {
		if name := s.Text("name"); len(name) > 1 {
			agency.Set(rec, record.Topics, "subject", name)
		}
	}
	agency.Set(rec, record.Topics, "keywords", o.Texts("keywords")...)
	agency.Set(rec, record.People, "person", o.Texts("person", "name")...)
	agency.Set(rec, record.Organizations, "organisation", append(o.Texts("organisation", "name"), o.Texts("company", "name")...)...)
	for _, p := range o.List("place") {
		// The places around a place are said of each.
		if rels := strings.Join(p.Texts("rels"), " "); !strings.Contains(rels, "ancestor") {
			agency.Set(rec, record.Places, "place", p.Text("name"))
		}
	}
	agency.Set(rec, record.Places, "datelinelocation", o.Object("datelinelocation").Text("city"))
}

// handle takes what is said of the use of an item.
func handle(rec *record.Record, o jsonvalue.Object) {
	h := agency.ToldOf(rec)
	// AP counts from 0, which states no version: the first one has but its id.
	h.Version = o.Int("version")
	rec.GlobalID = rec.Has(record.ID)
	h.Status = agency.Status(o.Text("pubstatus"))
	if s := o.Text("embargoed"); s != "" {
		h.Embargoed = true
		h.EmbargoedUntil, _ = extract.ParseDate(s)
	}
	agency.Note(rec, o.Text("ednote"))
	agency.Rights(rec, o.Text("copyrightnotice"))
	agency.Rights(rec, o.Texts("usageterms")...)
	for _, s := range o.Texts("signals") {
		if s := strings.ToLower(s); s == "noai" || s == "no-ai" {
			h.NoAI = true
		}
	}
}
