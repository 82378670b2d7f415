// Package nitf reads articles in the News Industry Text Format of the IPTC, as
// files and as the body within other formats.
//
// An article is an element nitf. What it says of another document is its
// handling, not its own state: management-status is its own,
// management-idref-status that of the document in management-doc-idref, which
// may be taken back while this one stands. Dates are basic ISO, with or without
// a zone; the placeholder YYYYMMDD is no date.
//
// Media and their captions are no text, nor are notes to editors.
package nitf

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/corpus/internal/wire/agency"
	"github.com/newsq/newsq/corpus/internal/xmltree"
	"github.com/newsq/newsq/internal/extract"
)

// Version is raised whenever the same bytes would be read differently.
const Version = 1

// Recognize reports whether XML is a document in NITF, or a list of some.
func Recognize(h *reader.Head) bool {
	root := strings.ToLower(h.Root())
	root = root[strings.IndexByte(root, ':')+1:]
	if root == "nitf" {
		return true
	}
	head := h.Text[:min(len(h.Text), 8<<10)]
	return bytes.Contains(head, []byte("<nitf")) && (bytes.Contains(h.Text, []byte("<body.content")) || bytes.Contains(h.Text, []byte("<body.head"))) &&
		root != "newsml" && root != "newsitem" && root != "newsmessage"
}

// Read reads the documents of a file.
func Read(in *reader.Input, out reader.Output) error {
	n, more := 0, true
	_, err := xmltree.Records(in, func(n *xmltree.Node) bool { return n.Name == "nitf" }, func(doc *xmltree.Node) bool {
		n++
		rec := record.Record{Number: n}
		if err := reader.Guard(func() error { Fill(&rec, doc); return nil }); err != nil {
			more = out.Fail(&reader.Fault{Line: doc.Line, Err: err})
			return more
		}
		if doc.IsCut {
			agency.TellCut(&rec, doc.Name)
		}
		if doc.Parent == nil || doc.Parent.Name == "" {
			rec.IsFile, rec.Number = true, 0
		} else if rec.Place = rec.First(record.ID); rec.Place == "" {
			rec.Place = strconv.Itoa(n)
		}
		more = out.Emit(&rec)
		return more
	})
	if err == nil && n == 0 {
		err = &reader.Fault{Err: record.ErrNoText, Hint: "it holds no nitf element"}
	}
	return err
}

// Fill gives a record what a document says. What the record has already from
// what stands around the document stays.
func Fill(rec *record.Record, doc *xmltree.Node) {
	head, body := doc.Child("head"), doc.Child("body")
	fillHead(rec, head)
	fillBodyHead(rec, body.Child("body.head"))
	if !rec.Has(record.Title) {
		set(rec, record.Title, "head/title", head.Child("title").OneLine())
	}
	fillHandling(rec, head)
	content := body.Child("body.content")
	if content == nil {
		content = body
	}
	for _, kind := range [...]struct {
		element string
		field   record.Field
	}{{"person", record.People}, {"org", record.Organizations}, {"location", record.Places}} {
		set(rec, kind.field, "body.content/"+kind.element, named(content.Find(kind.element))...)
	}
	rec.Blocks, rec.Form = agency.Tidy(rec, Blocks(content)), record.Plain
	if len(rec.Blocks) == 0 && content != nil && strings.TrimSpace(content.Content()) != "" {
		rec.Tell(record.Body, record.Value{Text: content.OneLine(), From: "body.content"}, record.ErrLeftOut)
	}
	agency.WithoutOwn(rec)
	agency.Heed(rec, rec.First(record.Language), agency.Sent(rec))
	if !rec.Has(record.Title) && len(rec.Blocks) == 0 {
		set(rec, record.Title, "slug", firstAttr(head, "du-key", "key"), firstAttr(head, "keyword", "key"))
	}
}

// set gives a record values where it has none of that field, or where the field
// gathers.
func set(rec *record.Record, f record.Field, from string, texts ...string) {
	if f.Gathers() || !rec.Has(f) {
		agency.Set(rec, f, from, texts...)
	}
}

// named returns the texts of elements, without those of others in them.
func named(nodes []*xmltree.Node) []string {
	var names []string
	for _, n := range nodes {
		if s := n.OneLine(); s != "" && len(s) < 200 {
			names = append(names, strings.TrimSuffix(strings.TrimSuffix(s, "'s"), "’s"))
		}
	}
	return names
}

// fillHead takes the metadata.
func fillHead(rec *record.Record, head *xmltree.Node) {
	doc := head.Child("docdata")
	set(rec, record.ID, "doc-id", stableID(doc))
	rec.GlobalID = rec.GlobalID || isOfOne(rec.First(record.ID))
	fillDates(rec, head)
	set(rec, record.Language, "baselang", baseLanguage(head))
	for _, s := range head.Find("tobject.subject") {
		names := []string{s.Attr("tobject.subject.type"), s.Attr("tobject.subject.matter"), s.Attr("tobject.subject.detail")}
		if strings.Join(names, "") == "" {
			names = []string{agency.Subject(s.Attr("tobject.subject.refnum"))}
		}
		set(rec, record.Topics, "tobject.subject", names...)
	}
	for _, k := range head.Find("keyword") {
		set(rec, record.Topics, "keyword", k.Attr("key"))
	}
	for _, p := range head.Find("tobject.property") {
		if s := p.Attr("tobject.property.type"); !strings.EqualFold(s, "current") && !strings.EqualFold(s, "nyheter") {
			set(rec, record.Topics, "tobject.property", s)
		}
	}
	for _, e := range head.Find("evloc") {
		set(rec, record.Places, "evloc", e.Attr("city"), e.Attr("county-dist"), e.Attr("state-prov"), e.Attr("country"))
	}
	for _, p := range head.Find("pubdata") {
		set(rec, record.Source, "pubdata", p.Attr("name"))
		set(rec, record.URL, "pubdata", p.Attr("ex-ref"))
		set(rec, record.Topics, "pubdata", p.Attr("position.section"))
	}
	identified := doc.First("identified-content")
	set(rec, record.People, "identified-content", named(identified.All("person"))...)
	set(rec, record.Organizations, "identified-content", named(identified.All("org"))...)
	set(rec, record.Places, "identified-content", named(identified.All("location"))...)
	for _, c := range identified.All("classifier") {
		if c.Attr("value") != "" && (strings.Contains(c.Attr("type"), "descriptor") || strings.Contains(c.Attr("class"), "descriptor") || c.Attr("type") == "types_of_material") {
			set(rec, record.Topics, "classifier", c.Attr("value"))
		} else {
			set(rec, record.Topics, "classifier", c.OneLine())
		}
	}
}

// stableID returns the id that all versions of a document have: its own, or the key
// of its revisions where it is that and a number.
func stableID(doc *xmltree.Node) string {
	id := doc.First("doc-id").Attr("id-string")
	if key := firstAttr(doc, "du-key", "key"); len(key) > 8 && strings.HasPrefix(id, key) {
		if rest := id[len(key):]; len(rest) > 1 && strings.ContainsRune("_-:.", rune(rest[0])) && strings.Trim(rest[1:], "0123456789") == "" {
			return key
		}
	}
	return id
}

// isOfOne reports whether an id is so long that no two senders have it for documents of
// their own, so that another document with it is a later one of the same article. Plain
// numbers are not.
func isOfOne(id string) bool {
	return len(id) >= 12 && strings.Trim(id, "0123456789") != "" && strings.ContainsAny(id, "0123456789")
}

// baseLanguage returns the language that the document states.
func baseLanguage(head *xmltree.Node) string {
	if head == nil || head.Parent == nil {
		return ""
	}
	if s := head.Parent.Attr("baselang"); s != "" {
		return s
	}
	return head.Parent.Attr("xml:lang")
}

// fillDates takes the day of publication: that of issue goes first.
func fillDates(rec *record.Record, head *xmltree.Node) {
	if rec.Has(record.Published) {
		return
	}
	for _, place := range [...]struct{ element, attr string }{
		{"date.issue", "norm"}, {"pubdata", "date.publication"}, {"date.release", "norm"},
	} {
		if s := date(firstAttr(head, place.element, place.attr)); s != "" {
			agency.Set(rec, record.Published, place.element, s)
			return
		}
	}
}

// date returns a date, or nothing for the placeholder of one.
func date(s string) string {
	if strings.ContainsAny(s, "0123456789") && !strings.HasPrefix(s, "YYYY") {
		return s
	}
	return ""
}

func firstAttr(n *xmltree.Node, element, attr string) string {
	for _, e := range n.Find(element) {
		if s := strings.TrimSpace(e.Attr(attr)); s != "" {
			return s
		}
	}
	return ""
}

// fillBodyHead takes what stands above the text.
func fillBodyHead(rec *record.Record, head *xmltree.Node) {
	title := head.At("hedline/hl1").OneLine()
	set(rec, record.Title, "hl1", title)
	for _, b := range head.All("byline") {
		if !rec.Has(record.Authors) {
			agency.Set(rec, record.Authors, "byline", Authors(b)...)
		}
	}
	line := head.Child("dateline")
	if city := line.First("city"); city != nil {
		set(rec, record.Places, "dateline", city.OneLine())
	} else if line != nil {
		set(rec, record.Places, "dateline", line.Child("location").OneLine())
	}
	if !rec.Has(record.Published) {
		agency.Set(rec, record.Published, "dateline", date(firstAttr(head, "story.date", "norm")))
	}
	set(rec, record.Summary, "abstract", head.Child("abstract").OneLine())
	for _, deck := range head.At("hedline").All("hl2") {
		s := deck.OneLine()
		if deck.Attr("id") != "originalHeadline" && !strings.EqualFold(s, title) && strings.ToUpper(s) != s {
			set(rec, record.Summary, "hl2", s)
		}
	}
	var doc *xmltree.Node
	if head != nil && head.Parent != nil && head.Parent.Parent != nil {
		doc = head.Parent.Parent.At("head/docdata")
	}
	set(rec, record.Source, "distributor", head.Child("distributor").OneLine())
	set(rec, record.Source, "rights.owner", head.First("rights.owner").OneLine())
	set(rec, record.Source, "doc.copyright", firstAttr(doc, "doc.copyright", "holder"))
	set(rec, record.Source, "doc-id", firstAttr(doc, "doc-id", "regsrc"))
	set(rec, record.Source, "from-src", firstAttr(doc, "from-src", "src-name"))
	for _, n := range head.All("note") {
		agency.Note(rec, n.OneLine())
	}
}

// Authors returns the names in a byline. Its text without names may be initials.
func Authors(byline *xmltree.Node) []string {
	var names []string
	for _, p := range byline.Find("person") {
		if s := agency.Names(p.OneLine()); s != "" {
			names = append(names, s)
		}
	}
	if names != nil {
		return names
	}
	var b strings.Builder
	for _, c := range byline.Children {
		if c.Name != "byttl" && c.Name != "location" && c.Name != "virtloc" {
			b.WriteString(c.Content() + " ")
		}
	}
	if s := agency.Names(b.String()); s != "" {
		return []string{s}
	}
	return nil
}

// fillHandling takes what is said of the use of the document, and of others.
func fillHandling(rec *record.Record, head *xmltree.Node) {
	doc := head.Child("docdata")
	if s := agency.Status(doc.Attr("management-status")); s != "" {
		h := agency.ToldOf(rec)
		if h.Status = s; strings.EqualFold(doc.Attr("management-status"), "embargoed") {
			h.Status, h.Embargoed = "", true
		}
	}
	if id := doc.Attr("management-doc-idref"); id != "" && agency.Status(doc.Attr("management-idref-status")) != "" {
		agency.Withdraw(rec, id, withoutVersion(id))
	}
	for _, c := range doc.All("correction") {
		if id := c.Attr("id-string"); id != "" && id != rec.First(record.ID) {
			h := agency.ToldOf(rec)
			h.Replaces = append(h.Replaces, id)
		}
		agency.Note(rec, c.Attr("info"))
	}
	if n, err := strconv.Atoi(firstAttr(doc, "du-key", "version")); err == nil && n > 0 {
		agency.ToldOf(rec).Version = n
	}
	for _, m := range doc.All("ed-msg") {
		agency.Note(rec, m.Attr("info"))
	}
	issued, _ := extract.ParseDate(date(firstAttr(doc, "date.issue", "norm")))
	released, ok := extract.ParseDate(date(firstAttr(doc, "date.release", "norm")))
	if ok && !issued.IsZero() && released.Sub(issued) > time.Minute {
		h := agency.ToldOf(rec)
		h.Embargoed, h.EmbargoedUntil = true, released
	}
	for _, c := range doc.All("doc.copyright") {
		if holder := c.Attr("holder"); holder != "" {
			year := c.Attr("year")
			year = year[:min(len(year), 4)] // some write a whole date
			agency.Rights(rec, strings.TrimSpace(fmt.Sprintf("© %s %s", year, holder)))
		}
	}
	for _, r := range doc.All("doc.rights") {
		agency.Rights(rec, r.Attr("type"), r.Attr("limitations"), r.OneLine())
	}
}

// withoutVersion returns an id without the number of a version after a colon, as
// dpa refers to documents. Of an id that ends otherwise nothing is left.
func withoutVersion(id string) string {
	at := strings.LastIndexByte(id, ':')
	if at <= 0 || at+1 == len(id) || len(id)-at > 4 || strings.Trim(id[at+1:], "0123456789") != "" || strings.Count(id, ":") < 2 {
		return ""
	}
	return id[:at]
}
