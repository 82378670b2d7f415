package feed

import (
	"fmt"
	"net/url"
	"strings"
	"unicode"

	"github.com/newsq/newsq/corpus/internal/layout"
	"github.com/newsq/newsq/corpus/internal/publishing"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/corpus/internal/xmltree"
)

// fill takes what an item says into a record.
func (f *feed) fill(n *xmltree.Node, rec *record.Record) {
	s := scan(n)
	c := &f.about
	if title := s.first("title", "dc:title"); title != nil {
		set(rec, record.Title, titleText(title), title)
	}
	link := f.link(&s, rec)
	f.identify(&s, link, rec)
	language := languageOf(n, &s)
	if language == "" {
		language = c.language
	}
	names, places := authorsOf(&s, "")
	if len(names) == 0 {
		names = f.sourceAuthors(&s)
	} else if len(names) == 1 && sameName(names[0].Text, c.title) {
		names = nil // an outlet is no author
	}
	if len(names) > 0 {
		rec.Set(record.Authors, record.Mapped, names)
	}
	rec.Set(record.Places, record.Mapped, places)
	f.setOutlet(&s, rec)
	rec.Set(record.Topics, record.Mapped, topicsOf(&s))
	setText(&s, rec, link, c.link)
	settleTitle(rec)
	if meta := n.First("contentmetadata"); meta != nil {
		setWire(n, meta, rec)
	}
	publishing.SetLanguage(rec, language)
	f.setDates(n, &s, language, publishing.HostOf(link, c.link), rec)
	if rights := s.first("dc:rights", "rights", "copyright", "media:copyright").OneLine(); rights != "" && rec.Handling == nil {
		rec.Handling = &record.Handling{Rights: rights}
	}
	rec.IsLink = !rec.Has(record.Title) && !rec.Has(record.Body) && !rec.Has(record.Summary) && rec.Has(record.URL)
}

// set sets a field to the text that stood in an element.
func set(rec *record.Record, f record.Field, text string, n *xmltree.Node) {
	rec.Set(f, record.Mapped, []record.Value{{Text: text, From: nameOf(n), Element: true}})
}

// nameOf returns the name of an element as the feed has it, in lower case.
func nameOf(n *xmltree.Node) string {
	if n.Prefix != "" {
		return n.Prefix + ":" + n.Name
	}
	return n.Name
}

// link finds the address of an item.
func (f *feed) link(s *scanned, rec *record.Record) string {
	from := "link"
	link := ""
	if n := s.first("feedburner:origlink"); n != nil {
		link, from = strings.TrimSpace(n.Content()), nameOf(n)
	}
	if link == "" {
		link = linkOf(s)
	}
	if link == "" {
		if n := s.first("guid", "id"); n != nil && publishing.IsWeb(n.OneLine()) && !strings.EqualFold(n.Attr("ispermalink"), "false") {
			link, from = n.OneLine(), nameOf(n)
		}
	}
	if link == "" {
		if about := s.node.Attr("about"); publishing.IsWeb(about) {
			link, from = about, "rdf:about"
		}
	}
	if link == "" {
		return ""
	}
	link = resolve(link, s.node, f.about.link, f.base)
	rec.Set(record.URL, record.Mapped, []record.Value{{Text: link, From: from}})
	return link
}

// linkOf finds the address that a feed or an item states of itself, as it stands
// there.
func linkOf(s *scanned) string {
	text, page, other := "", "", ""
	for _, n := range s.all["link"] {
		href := strings.TrimSpace(n.Attr("href"))
		switch rel := strings.ToLower(n.Attr("rel")); {
		case href == "":
			if t := n.OneLine(); text == "" && t != "" {
				text = withBase(t, n)
			}
		case rel != "" && rel != "alternate":
		case page == "" && (n.Attr("type") == "" || strings.Contains(n.Attr("type"), "html")):
			page = withBase(href, n)
		case other == "":
			other = withBase(href, n)
		}
	}
	for _, link := range [...]string{text, page, other} {
		if link != "" {
			return link
		}
	}
	return ""
}

// withBase resolves a link by what the element itself states as its base.
func withBase(link string, n *xmltree.Node) string {
	if base := n.Attr("xml:base"); base != "" {
		return join(base, link)
	}
	return link
}

// resolve makes an address of a link in n. What stands around n states the base,
// else the addresses that the feed has do.
func resolve(link string, n *xmltree.Node, bases ...string) string {
	for p := n; p != nil && !publishing.IsWeb(link); p = p.Parent {
		if base := outer(p, "xml:base"); base != "" {
			link = join(base, link)
		}
	}
	for _, base := range bases {
		if !publishing.IsWeb(link) && publishing.IsWeb(base) {
			link = join(base, link)
		}
	}
	return link
}

// join resolves a link by a base, either of which may be anything.
func join(base, link string) string {
	b, err := url.Parse(strings.TrimSpace(base))
	if err != nil {
		return link
	}
	l, err := b.Parse(strings.TrimSpace(link))
	if err != nil {
		return link
	}
	return l.String()
}

// identify sets the id of an item, or what tells it from the others of its feed.
func (f *feed) identify(s *scanned, link string, rec *record.Record) {
	id, from := "", ""
	if n := s.first("guid", "id", "dc:identifier"); n != nil {
		id, from = n.OneLine(), nameOf(n)
	}
	if id == "" {
		id, from = strings.TrimSpace(s.node.Attr("about")), "rdf:about"
	}
	f.marker.Mark(rec, id, from, link)
}

// setOutlet sets the outlet: that of the source of an item, else the feed's name.
func (f *feed) setOutlet(s *scanned, rec *record.Record) {
	for _, n := range s.all["source"] {
		name := n.OneLine()
		if title := n.Child("title"); title != nil {
			name = titleText(title)
		}
		if name != "" && !publishing.IsWeb(name) {
			set(rec, record.Source, name, n)
			return
		}
	}
	if n := s.first("dc:publisher"); n != nil && f.about.title == "" {
		set(rec, record.Source, n.OneLine(), n)
	}
	if f.about.title != "" {
		rec.Set(record.Source, record.Mapped, []record.Value{{Text: f.about.title, From: "feed title", Element: true}})
	}
}

// settleTitle takes the outlet off the end of a title, as aggregators write it,
// and drops a summary that says no more than the title.
func settleTitle(rec *record.Record) {
	title, outlet := rec.First(record.Title), rec.First(record.Source)
	if short, ok := strings.CutSuffix(title, " - "+outlet); ok && strings.TrimSpace(short) != "" {
		v := rec.Values(record.Title)[0]
		v.Text = short
		rec.Drop(record.Title)
		rec.Set(record.Title, record.Mapped, []record.Value{v})
		title = short
	}
	summary := letters(layout.DecodeEntities(layout.WithoutTags(rec.First(record.Summary))))
	if summary != "" && (summary == letters(title) || summary == letters(title+outlet)) {
		rec.Drop(record.Summary)
	}
}

// letters returns the letters and digits of a text, in lower case.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// maxTopicBytes is longer than any topic.
const maxTopicBytes = 200

// topicsOf returns the categories of an item, but for those that tell its kind.
func topicsOf(s *scanned) []record.Value {
	var topics []record.Value
	add := func(text string, n *xmltree.Node) {
		if text = strings.Join(strings.Fields(text), " "); text != "" && len(text) <= maxTopicBytes && len(topics) < record.MaxValues {
			topics = append(topics, record.Value{Text: text, From: nameOf(n), Element: true})
		}
	}
	for _, key := range [...]string{"category", "dc:subject"} {
		for _, n := range s.all[key] {
			scheme := n.Attr("scheme") + n.Attr("domain")
			text := n.Attr("label")
			if text == "" {
				text = n.Attr("term")
			}
			if text == "" {
				text = n.OneLine()
			}
			if !strings.Contains(scheme, "#kind") && !publishing.IsWeb(text) {
				add(text, n)
			}
		}
	}
	for _, n := range append(s.all["media:keywords"], s.all["itunes:keywords"]...) {
		for part := range strings.SplitSeq(n.OneLine(), ",") {
			add(part, n)
		}
	}
	return topics
}

// dates are what an item states of when it appeared and was changed.
type dates struct{ published, updated []record.Value }

func datesOf(n *xmltree.Node) dates {
	s := scan(n)
	return dates{
		s.dates("pubdate", "published", "issued", "dc:date", "dc:issued", "dc:created", "created", "dc:available", "date"),
		s.dates("updated", "modified", "dc:modified", "lastbuilddate"),
	}
}

func (s *scanned) dates(keys ...string) []record.Value {
	var list []record.Value
	for _, key := range keys {
		for _, n := range s.all[key] {
			if text := n.OneLine(); text != "" {
				list = append(list, record.Value{Text: text, From: nameOf(n)})
			}
		}
	}
	return list
}

// errOrder tells of a date that may be either of two.
var errOrder = fmt.Errorf("%w: neither the other dates of the feed nor its language tell day from month", record.ErrNotUnderstood)

// setDates sets the dates of an item. Where no item says when it was published,
// the day of the last change is as good as that.
func (f *feed) setDates(n *xmltree.Node, s *scanned, language, host string, rec *record.Record) {
	d := datesOf(n)
	if len(d.published) == 0 && f.noneStated {
		d.published = d.updated
	}
	f.setDate(record.Published, d.published, language, host, rec)
	f.setDate(record.Updated, d.updated, language, host, rec)
}

func (f *feed) setDate(field record.Field, values []record.Value, language, host string, rec *record.Record) {
	for rank, v := range values {
		text, ok := f.dates.settle(v.Text, language, host)
		if !ok {
			rec.Tell(field, v, errOrder)
			continue
		}
		v.Text = text
		rec.Set(field, rank, []record.Value{v})
	}
}
