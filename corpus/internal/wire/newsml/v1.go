package newsml

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/corpus/internal/wire/agency"
	"github.com/newsq/newsq/corpus/internal/wire/nitf"
	"github.com/newsq/newsq/corpus/internal/xmltree"
	"github.com/newsq/newsq/internal/extract"
)

// text is a part of a NewsItem that may be the text of an article.
type text struct {
	component *xmltree.Node // the nearest around it
	data      *xmltree.Node // DataContent
	language  string
	headline  string // that of the component nearest to it that has one
	role      string // in lower case
	lead      string // of the same component, where it is a part of its own
}

// itemOf1 returns the articles of a NewsItem: one, or several where it has texts
// under headlines of their own.
func itemOf1(n *xmltree.Node) []*record.Record {
	texts := textsOf(n)
	groups := grouped(texts)
	if len(groups) == 0 {
		if !isTextItem(n) {
			return nil
		}
		groups = []group{{best: text{component: n.Child("newscomponent")}}}
	}
	var records []*record.Record
	for _, g := range groups {
		rec := &record.Record{}
		fill1(rec, n, &g.best)
		if g.other != "" {
			rec.Tell(record.Body, record.Value{Text: g.other, From: "NewsComponent in another language"}, record.ErrLeftOut)
		}
		if rec.Has(record.Title) || rec.Has(record.Body) {
			records = append(records, rec)
		}
	}
	return records
}

// isTextItem reports whether an item without a text may be an article all the
// same: an alert, or one that was taken back.
func isTextItem(n *xmltree.Node) bool {
	if agency.Status(code(n.At("newsmanagement/status"))) != "" {
		return true
	}
	for _, m := range n.Find("mediatype") {
		if !strings.EqualFold(code(m), "text") {
			return false
		}
	}
	return n.First("newsitemref") == nil && n.First("headline") != nil
}

// group are texts of which one is taken.
type group struct {
	best  text
	other string // the beginning of a text in another language
}

// grouped returns a group for each story. Texts of one headline are the same story
// in several forms, and so are those in other languages, as a message that offers
// them says so by having them side by side.
func grouped(texts []text) []group {
	var groups []group
	at := map[string]int{}
	for _, t := range texts {
		key := t.headline
		i, ok := at[key]
		if !ok && len(groups) > 0 && t.language != groups[0].best.language {
			i, ok = 0, true
		}
		if !ok {
			at[key] = len(groups)
			groups = append(groups, group{best: t})
			continue
		}
		g := &groups[i]
		switch {
		case t.language != g.best.language:
			if g.other == "" {
				g.other = t.data.OneLine()
			}
		case better(&t, &g.best):
			g.best = t
		}
	}
	return groups
}

// better reports whether a text goes before another of the same story.
func better(a, b *text) bool {
	if ra, rb := roleRank(a.role), roleRank(b.role); ra != rb {
		return ra > rb
	}
	return len(a.data.Content()) > len(b.data.Content())
}

// roleRank says how likely a part with a role is the text; 0 when it is none.
func roleRank(role string) int {
	switch role {
	case "main", "body", "fulltext", "text", "maintext", "story", "article":
		return 3
	case "":
		return 2
	case "short", "supporting", "supplementary", "sidebar", "long", "complement":
		return 1
	}
	return 0
}

// facts are what a component says of the texts in it.
type facts struct{ role, language, headline string }

// textsOf returns the parts of an item that may be texts.
func textsOf(n *xmltree.Node) []text {
	var texts []text
	leads := map[*xmltree.Node]string{}
	known := map[*xmltree.Node]facts{} // an item may have thousands of components
	for _, c := range n.Find("contentitem") {
		data := c.Child("datacontent")
		if data == nil || strings.TrimSpace(data.Content()) == "" || !holdsText(c) {
			continue
		}
		t := text{data: data, component: component(c)}
		for at := t.component; at != nil && at != n.Parent; at = component(at) {
			f, ok := known[at]
			if !ok {
				f = facts{strings.ToLower(code(at.Child("role"))), languageOf(at), headline(at)}
				known[at] = f
			}
			t.role, t.language, t.headline = cmp.Or(t.role, f.role), cmp.Or(t.language, f.language), cmp.Or(t.headline, f.headline)
		}
		if t.role == "lead" && t.component.Parent != nil {
			leads[t.component.Parent] = data.OneLine()
		}
		if roleRank(t.role) > 0 {
			texts = append(texts, t)
		}
	}
	for i := range texts {
		texts[i].lead = leads[texts[i].component.Parent]
	}
	return texts
}

// holdsText reports whether a part is text by what it says of itself.
func holdsText(c *xmltree.Node) bool {
	if m := c.Child("mediatype"); m != nil && !strings.EqualFold(code(m), "text") && !strings.EqualFold(code(m), "complexdata") {
		return false
	}
	mime := strings.ToLower(code(c.Child("mimetype")))
	return !strings.HasPrefix(mime, "image/") && !strings.HasPrefix(mime, "video/") && !strings.HasPrefix(mime, "audio/") && mime != "text/css"
}

// component returns the component that an element lies in; nil when there is none.
func component(n *xmltree.Node) *xmltree.Node {
	for n = n.Parent; n != nil; n = n.Parent {
		if n.Name == "newscomponent" {
			return n
		}
	}
	return nil
}

func languageOf(c *xmltree.Node) string {
	if s := code(c.At("descriptivemetadata/language")); s != "" {
		return strings.ToLower(s)
	}
	return strings.ToLower(c.Attr("xml:lang"))
}

func headline(c *xmltree.Node) string {
	return c.At("newslines/headline").OneLine()
}

// lookup returns the first that get finds, from the component of a text outwards.
func (t *text) lookup(get func(c *xmltree.Node) string) string {
	for c := t.component; c != nil; c = component(c) {
		if s := strings.TrimSpace(get(c)); s != "" {
			return s
		}
	}
	return ""
}

// line returns a line that stands above a text, such as its byline.
func (t *text) line(name string) string {
	return t.lookup(func(c *xmltree.Node) string { return c.At("newslines/" + name).OneLine() })
}

// fill1 fills a record with a text of an item.
func fill1(rec *record.Record, n *xmltree.Node, t *text) {
	id := n.At("identification/newsidentifier")
	agency.Set(rec, record.ID, "NewsIdentifier", stableID(id))
	rec.GlobalID = strings.Contains(rec.First(record.ID), ":")
	handle1(rec, n, t, id)
	management := n.Child("newsmanagement")
	created, revised := management.Child("firstcreated").OneLine(), management.Child("thisrevisioncreated").OneLine()
	agency.Set(rec, record.Published, "FirstCreated", created)
	if revised != created {
		agency.Set(rec, record.Updated, "ThisRevisionCreated", revised)
	}
	if created == "" {
		agency.Set(rec, record.Published, "DateLineDate", t.lookup(func(c *xmltree.Node) string {
			return c.At("descriptivemetadata/datelinedate").OneLine()
		}), revised)
	}
	language := t.lookup(languageOf)
	if language == "" {
		language = n.Attr("xml:lang")
	}
	agency.Set(rec, record.Language, "Language", language)
	agency.Set(rec, record.Title, "HeadLine", t.lookup(headline))
	agency.Set(rec, record.Summary, "SubHeadLine", t.line("subheadline"))
	if t.lead != "" {
		rec.Set(record.Lead, record.Mapped, []record.Value{{Text: t.lead, From: "Role Lead"}})
	}
	agency.Set(rec, record.Authors, "ByLine", agency.Names(t.line("byline")))
	topics1(rec, n, t)
	provider := id.Child("providerid").OneLine()
	agency.Set(rec, record.Source, "ProviderId", agency.Outlet(provider,
		t.lookup(func(c *xmltree.Node) string { return code(c.At("administrativemetadata/provider/party")) }),
		t.line("creditline"),
		t.lookup(func(c *xmltree.Node) string { return code(c.At("administrativemetadata/source/party")) }),
		sentFrom(n)))
	body1(rec, t)
	agency.Heed(rec, language, agency.Sent(rec))
	killed(rec, t.line("slugline"), n.At("identification/namelabel").OneLine())
}

// stableID returns the id that all revisions of an item have. The public
// identifier ends with the revision, and is at times only the agency's name.
func stableID(id *xmltree.Node) string {
	item := id.Child("newsitemid").OneLine()
	if item == "" {
		return id.Child("publicidentifier").OneLine()
	}
	return fmt.Sprintf("urn:newsml:%s:%s:%s", id.Child("providerid").OneLine(), id.Child("dateid").OneLine(), item)
}

// sentFrom returns what the envelope says of the sender.
func sentFrom(n *xmltree.Node) string {
	if n.Parent == nil {
		return ""
	}
	envelope := n.Parent.Child("newsenvelope")
	if s := code(envelope.At("sentfrom/party")); s != "" {
		return s
	}
	return code(envelope.Child("newsservice"))
}

// handle1 takes what the sender says of the use of an item.
func handle1(rec *record.Record, n *xmltree.Node, t *text, id *xmltree.Node) {
	h := agency.ToldOf(rec)
	if v, err := strconv.Atoi(id.Child("revisionid").OneLine()); err == nil && v > 0 {
		h.Version = v
	}
	management := n.Child("newsmanagement")
	status := strings.ToLower(code(management.Child("status")))
	if h.Status = agency.Status(status); status == "embargoed" {
		h.Status, h.Embargoed = "", true
		for _, c := range management.All("statuswillchange") {
			if to := strings.ToLower(code(c.Child("futurestatus"))); to == "usable" || to == "" {
				h.EmbargoedUntil, _ = extract.ParseDate(c.Child("dateandtime").OneLine())
			}
		}
	}
	for _, name := range [...]string{"newsline", "newslines"} {
		for _, l := range n.Find(name) {
			kind := strings.ToLower(code(l.Child("newslinetype")))
			if strings.Contains(kind, "advisory") || strings.Contains(kind, "editor") || strings.Contains(kind, "caution") || strings.Contains(kind, "correction") {
				agency.Note(rec, l.Child("newslinetext").OneLine())
			}
		}
	}
	for _, d := range management.All("derivedfrom") {
		if s := d.Attr("newsitem"); s != "" && strings.EqualFold(d.Attr("formalname"), "replaces") {
			h.Replaces = append(h.Replaces, s)
		}
	}
	for _, i := range management.All("instruction") {
		if strings.EqualFold(code(i), "rescind") || strings.EqualFold(code(i), "delete") || strings.EqualFold(code(i), "rectify") {
			agency.Note(rec, code(i))
		}
	}
	if line := t.line("copyrightline"); line != "" {
		agency.Rights(rec, line)
	}
	for _, r := range n.Find("usagerights") {
		agency.Rights(rec, r.Child("usagetype").OneLine(), r.Child("limitations").OneLine())
	}
}

// topics1 takes what an item says of its subjects and places.
func topics1(rec *record.Record, n *xmltree.Node, t *text) {
	names := topicNames(n, t.lookup(languageOf))
	for c := t.component; c != nil; c = component(c) {
		meta := c.Child("descriptivemetadata")
		for _, s := range meta.Find("subject", "subjectmatter", "subjectdetail", "subjectqualifier") {
			name := names[code(s)]
			if name == "" {
				name = agency.Subject(code(s))
			}
			agency.Set(rec, record.Topics, "SubjectCode", name)
		}
		for _, g := range meta.All("genre") {
			if s := code(g); !strings.EqualFold(s, "current") && strings.Trim(s, "0123456789") != "" {
				agency.Set(rec, record.Topics, "Genre", s)
			}
		}
		for _, k := range c.Child("newslines").All("keywordline") {
			agency.Set(rec, record.Topics, "KeywordLine", k.OneLine())
		}
		for _, p := range append(meta.Find("property"), propertiesOf(c)...) {
			value := p.Attr("value")
			switch kind := strings.ToLower(p.Attr("formalname")); {
			case strings.HasSuffix(kind, "countrykeywords"), strings.HasSuffix(kind, "statekeywords"), strings.HasSuffix(kind, "regionkeywords"), kind == "city", kind == "countryname",
				kind == "country" && len(value) > 3, kind == "countryarea" && len(value) > 3:
				agency.Set(rec, record.Places, p.Attr("formalname"), value)
			case strings.Contains(kind, "keyword"):
				agency.Set(rec, record.Topics, p.Attr("formalname"), value)
			}
		}
	}
}

// propertiesOf returns the properties in the other metadata of a component.
func propertiesOf(c *xmltree.Node) []*xmltree.Node {
	var all []*xmltree.Node
	for _, m := range c.All("metadata") {
		all = append(all, m.All("property")...)
	}
	return all
}

// topicNames returns what the topic sets of an item call their codes, in a
// language if they have it.
func topicNames(n *xmltree.Node, language string) map[string]string {
	names := map[string]string{}
	base, _, _ := strings.Cut(language, "-")
	for _, topic := range n.Find("topic") {
		code, best := topic.Child("formalname").OneLine(), ""
		for _, d := range topic.All("description") {
			if variant := d.Attr("variant"); variant != "" && !strings.EqualFold(variant, "name") {
				continue
			}
			if s := d.OneLine(); best == "" || strings.EqualFold(d.Attr("xml:lang"), base) {
				best = s
			}
		}
		if code != "" {
			names[code] = best
		}
	}
	return names
}

// body1 takes the text.
func body1(rec *record.Record, t *text) {
	if t.data == nil {
		return
	}
	if doc := t.data.First("nitf"); doc != nil {
		if doc.First("body.content") == nil {
			// A body without the elements around it.
			rec.Blocks = nitf.Blocks(doc)
		} else {
			nitf.Fill(rec, doc)
		}
	} else if s := t.data.Content(); !hasElements(t.data) && strings.Contains(s[:min(len(s), 4<<10)], "<nitf") {
		if doc := xmltree.Parse(withoutStarts(s)).First("nitf"); doc != nil {
			nitf.Fill(rec, doc)
		}
	} else if content := t.data.First("body.content"); content != nil {
		rec.Blocks = nitf.Blocks(content)
	} else {
		rec.Blocks = blocksOf(t.data)
	}
	rec.Blocks, rec.Form = agency.Tidy(rec, withoutDateline(rec.Blocks, t)), record.Plain
}

// withoutDateline drops a first paragraph that is no more than headline or
// dateline again.
func withoutDateline(blocks []extract.Block, t *text) []extract.Block {
	for len(blocks) > 1 {
		s := strings.Join(strings.Fields(blocks[0].Text), " ")
		if s != "" && s != t.line("dateline") && s != t.lookup(headline) {
			break
		}
		blocks = blocks[1:]
	}
	return blocks
}
