// Package ninjs reads articles in ninjs, the news in JSON of the IPTC, of all
// versions: 1.x names texts in its members (headline, body_html), 2.x keeps them
// in lists with roles (headlines, bodies), 3.x writes the same in camel case.
// Items come alone, as a list, a line each, or in an object around a list.
//
// Items of text are articles. Of events and planned coverage there is the title.
// Pictures, graphics, video and audio are no articles; nor is a composite, unless
// it has a text of its own. Of several bodies, which are one text in several
// forms, one is taken.
package ninjs

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

// Recognize reports whether JSON has items of ninjs: what they must have, and
// names that other JSON has not.
func Recognize(h *reader.Head) bool {
	if !h.Contains(`"uri"`) && !h.Contains(`"guid"`) || h.Contains(`"$ref"`) || h.Contains(`"$defs"`) {
		return false
	}
	if h.Contains("iptc.org/std/ninjs") || h.Contains(`"eventDetails"`) && h.Contains(`"descriptions"`) {
		return true
	}
	if !hasAny(h, `"versioncreated"`, `"versionCreated"`, `"pubstatus"`, `"pubStatus"`) {
		return false
	}
	if h.Contains(`"headlines"`) && h.Contains(`"role"`) && h.Contains(`"value"`) {
		return true
	}
	score := 0
	for _, names := range marks {
		if hasAny(h, names...) {
			score++
		}
	}
	return score >= 3
}

// marks are the members of an item that tell ninjs, each by its names in all
// versions.
var marks = [...][]string{
	{`"versioncreated"`, `"versionCreated"`},
	{`"pubstatus"`, `"pubStatus"`},
	{`"bodies"`, `"body_html"`, `"body_text"`, `"body_xhtml"`},
	{`"headlines"`, `"headline"`, `"headline_main"`},
	{`"copyrightholder"`, `"copyrightHolder"`, `"usageterms"`, `"usageTerms"`, `"copyrightnotice"`, `"copyrightNotice"`},
	{`"representationtype"`, `"representationType"`, `"standard"`},
	{`"embargoed"`, `"embargoedUntil"`, `"firstcreated"`, `"firstCreated"`},
	{`"renditions"`, `"ednote"`, `"edNote"`},
}

func hasAny(h *reader.Head, names ...string) bool {
	for _, name := range names {
		if h.Contains(name) {
			return true
		}
	}
	return false
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

// maxNesting is how deep items lie in objects around them.
const maxNesting = 4

// object reads an item, or an object around some.
func (r *itemReader) object(o jsonvalue.Object, depth int) bool {
	if isItem(o) {
		return r.item(o)
	}
	if depth >= maxNesting {
		return true
	}
	for _, name := range [...]string{"items", "item", "articles", "results", "data", "docs", "_items", "hits", "news", "stories", "_source", "response", "content"} {
		list := o.List(name)
		if len(list) == 0 {
			continue
		}
		r.alone = r.alone && len(list) == 1 && isObject(o, name)
		for _, e := range list {
			if !r.object(e, depth+1) {
				return false
			}
		}
		return true
	}
	return r.item(o)
}

func isObject(o jsonvalue.Object, name string) bool {
	_, ok := o.Get(name).(map[string]any)
	return ok
}

// isItem reports whether an object is an item.
func isItem(o jsonvalue.Object) bool {
	if o.Text("uri", "guid", "_id") == "" && o.Text("headline") == "" && o.Get("headlines") == nil {
		return false
	}
	for _, name := range [...]string{"headline", "headlines", "bodies", "body_html", "body_text", "versioncreated", "pubstatus", "type", "eventdetails"} {
		if o.Get(name) != nil {
			return true
		}
	}
	return false
}

// item hands on the article of an item, if it is one.
func (r *itemReader) item(o jsonvalue.Object) bool {
	r.items++
	var rec *record.Record
	err := reader.Guard(func() error {
		if rec = recordOf(o); rec == nil || r.mapping == nil {
			return nil
		}
		return json.Overlay(r.mapping, o.Bytes(), rec)
	})
	if err != nil {
		r.faults++
		return r.out.Fail(&reader.Fault{Line: r.line, Err: err})
	}
	if rec == nil {
		return true
	}
	r.articles++
	rec.Line = r.line
	switch {
	case r.alone:
		rec.IsFile = true
	default:
		if r.line == 0 {
			rec.Number = r.articles
		}
		if rec.Place = rec.First(record.ID); rec.Place == "" {
			rec.Place = strconv.Itoa(r.articles)
		} else if v := agency.ToldOf(rec).Version; v > 0 {
			rec.Place += ":" + strconv.Itoa(v)
		}
	}
	return r.out.Emit(rec)
}

// recordOf returns the record of an item; nil when it is no article.
func recordOf(o jsonvalue.Object) *record.Record {
	rec := &record.Record{}
	kind := strings.ToLower(o.Text("type"))
	switch kind {
	case "picture", "graphic", "video", "audio", "image", "photo", "media", "component":
		return nil
	}
	uri := o.Text("uri", "guid")
	agency.Set(rec, record.ID, "uri", uri)
	rec.GlobalID = strings.Contains(uri, ":")
	handle(rec, o)
	fill(rec, o)
	if strings.HasPrefix(uri, "http") && !rec.Has(record.URL) {
		agency.Set(rec, record.URL, "uri", uri)
	}
	setBody(rec, o)
	agency.WithoutOwn(rec)
	agency.Heed(rec, rec.First(record.Language), agency.Sent(rec))
	if (kind == "composite" || kind == "package") && len(rec.Blocks) == 0 {
		return nil
	}
	if !rec.Has(record.Title) && len(rec.Blocks) == 0 {
		agency.Set(rec, record.Title, "slugline", first(o.Text("title", "name", "slugline"), titleOfStatus(rec)))
	}
	return rec
}

func first(texts ...string) string {
	for _, s := range texts {
		if s != "" {
			return s
		}
	}
	return ""
}

// titleOfStatus is for an item that was taken back and left empty.
func titleOfStatus(rec *record.Record) string {
	h := rec.Handling
	if h == nil || h.Status == "" {
		return ""
	}
	return first(h.Notice, h.Status)
}

// handle takes what is said of the use of an item.
func handle(rec *record.Record, o jsonvalue.Object) {
	h := agency.ToldOf(rec)
	h.Version = o.Int("version")
	h.Status = agency.Status(o.Text("pubstatus"))
	if s := o.Text("embargoed", "embargoedUntil", "embargo"); s != "" && !strings.EqualFold(s, "null") {
		h.Embargoed = true
		h.EmbargoedUntil, _ = extract.ParseDate(s)
	} else if yes, ok := o.Get("embargoed").(bool); ok && yes {
		h.Embargoed = true
	}
	agency.Note(rec, o.Text("ednote", "edNotes"))
	agency.Rights(rec, o.Text("copyrightnotice"))
	agency.Rights(rec, o.Texts("usageterms", "value", "name")...)
	if id := o.Text("evolvedfrom", "replaces"); id != "" && id != rec.First(record.ID) {
		h.Replaces = append(h.Replaces, id)
	}
	for _, a := range o.List("associations") {
		rel := strings.ToLower(a.Text("rel", "role", "name"))
		if strings.Contains(rel, "replace") || strings.Contains(rel, "previousversion") || strings.Contains(rel, "supersede") {
			if id := a.Text("uri"); id != "" {
				h.Replaces = append(h.Replaces, id)
			}
		}
	}
	for _, name := range [...]string{"rightsinfo", "expressions"} {
		for _, r := range o.List(name) {
			s := strings.ToLower(r.Text("encodedrights", "encoded", "value", "usageterms"))
			s = strings.NewReplacer("-", "", "_", "", " ", "").Replace(s)
			if strings.Contains(s, "prohibit") && (strings.Contains(s, "aitraining") || strings.Contains(s, "datamining") || strings.Contains(s, "machinelearning")) {
				h.NoAI = true
			}
		}
	}
}

// fill takes the metadata of an item.
func fill(rec *record.Record, o jsonvalue.Object) {
	title, summary := headlines(o)
	if title == "" {
		title = o.Text("title", "name")
	}
	agency.Set(rec, record.Title, "headline", title)
	created, versioned := o.Text("firstcreated", "contentcreated", "published", "datepublished"), o.Text("versioncreated", "contentmodified")
	if created == "" {
		created, versioned = versioned, ""
	}
	agency.Set(rec, record.Published, "firstcreated", created)
	if versioned != created {
		agency.Set(rec, record.Updated, "versioncreated", versioned)
	}
	agency.Set(rec, record.Language, "language", strings.ReplaceAll(o.Text("language"), "_", "-"))
	if s := first(description(o), o.Text("description_summary", "description_text", "abstract", "description_html"), summary); s != "" {
		rec.Set(record.Summary, record.Mapped, []record.Value{{Text: s, From: "description"}})
	}
	setAuthors(rec, o)
	for _, m := range members {
		agency.Set(rec, m.field, m.name, o.Texts(m.name, "name", "literal", "value")...)
	}
	agency.Set(rec, record.Source, "provider", outlet(o))
	for _, l := range append(o.List("links"), o.List("altids")...) {
		if rel := strings.ToLower(l.Text("rel", "role")); strings.Contains(rel, "canonical") || strings.Contains(rel, "web") {
			agency.Set(rec, record.URL, "links", l.Text("href", "value"))
		}
	}
}

// members are those that hold names.
var members = [...]struct {
	name  string
	field record.Field
}{
	{"subject", record.Topics},
	{"subjects", record.Topics},
	{"genre", record.Topics},
	{"genres", record.Topics},
	{"keywords", record.Topics},
	{"objects", record.Topics},
	{"place", record.Places},
	{"places", record.Places},
	{"located", record.Places},
	{"person", record.People},
	{"people", record.People},
	{"organisation", record.Organizations},
	{"organisations", record.Organizations},
	{"organization", record.Organizations},
	{"organizations", record.Organizations},
}

// headlines returns the headline and the deck.
func headlines(o jsonvalue.Object) (title, deck string) {
	title = o.Text("headline", "headline_main")
	for _, h := range o.List("headlines") {
		role, s := strings.ToLower(h.Text("role")), h.Text("value")
		switch {
		case role == "main" || role == "" || role == "headline":
			if title == "" || role == "main" {
				title = s
			}
		case strings.Contains(role, "sub") || strings.Contains(role, "deck"):
			deck = s
		}
	}
	if list := o.List("headlines"); title == "" && len(list) > 0 {
		title = list[0].Text("value")
	}
	if deck == "" {
		deck = o.Text("headline_sub", "subheadline")
	}
	return title, deck
}

// description returns the summary of those in a list.
func description(o jsonvalue.Object) string {
	best := ""
	for _, d := range o.List("descriptions") {
		role := strings.ToLower(d.Text("role"))
		if s := d.Text("value"); best == "" || strings.Contains(role, "summary") {
			best = s
		}
	}
	return best
}

// setAuthors takes the byline, else the authors in a list.
func setAuthors(rec *record.Record, o jsonvalue.Object) {
	var names []string
	for _, name := range [...]string{"byline", "by", "bylines"} {
		for _, s := range o.Texts(name, "by", "value", "name") {
			names = append(names, agency.Names(s))
		}
	}
	agency.Set(rec, record.Authors, "byline", names...)
	if rec.Has(record.Authors) {
		return
	}
	names = nil
	for _, name := range [...]string{"authors", "contributors"} {
		for _, a := range o.List(name) {
			if role := strings.ToLower(a.Text("role")); !strings.Contains(role, "photo") && !strings.Contains(role, "editor") {
				names = append(names, a.Text("name", "literal"))
			}
		}
	}
	agency.Set(rec, record.Authors, "authors", names...)
}

// outlet returns who sends.
func outlet(o jsonvalue.Object) string {
	credits := []string{o.Text("creditline")}
	for _, name := range [...]string{"infosource", "infosources", "providers"} {
		credits = append(credits, o.Texts(name, "name", "literal")...)
	}
	credits = append(credits, o.Text("source"), o.Text("copyrightholder"))
	provider := first(o.Texts("provider", "name", "literal")...)
	return agency.Outlet(provider, credits...)
}
