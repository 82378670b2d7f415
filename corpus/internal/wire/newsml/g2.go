package newsml

import (
	"strconv"
	"strings"

	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/corpus/internal/wire/agency"
	"github.com/newsq/newsq/corpus/internal/wire/nitf"
	"github.com/newsq/newsq/corpus/internal/xmltree"
	"github.com/newsq/newsq/internal/extract"
)

// itemOfG2 returns the article of a newsItem; nil when it is none.
func itemOfG2(n *xmltree.Node) *record.Record {
	meta, content := n.Child("itemmeta"), n.Child("contentmeta")
	set := n.Child("contentset")
	if !isText(meta, set) {
		return nil
	}
	rec := &record.Record{}
	agency.Set(rec, record.ID, "guid", n.Attr("guid"))
	handleG2(rec, n)
	fillG2(rec, n, meta, content)
	bodyOfG2(rec, set)
	setOutlet(rec, n, meta, content)
	agency.WithoutOwn(rec)
	agency.Heed(rec, rec.First(record.Language), agency.Sent(rec))
	killed(rec, meta.Child("title").OneLine(), content.Child("slugline").OneLine())
	if !rec.Has(record.Title) && !rec.Has(record.Body) {
		agency.Set(rec, record.Title, "itemMeta", meta.Child("title").OneLine(), content.Child("slugline").OneLine())
	}
	return rec
}

// isText reports whether an item is one of text, by its class, or by what it
// holds when it states none.
func isText(meta, set *xmltree.Node) bool {
	class := meta.Child("itemclass").Attr("qcode")
	if class == "" {
		class = meta.Child("itemclass").Attr("uri")
	}
	switch class[strings.LastIndexAny(class, ":/")+1:] {
	case "text", "webpage":
		return true
	case "picture", "graphic", "video", "audio", "animation", "object", "data", "planning", "event", "concept":
		return false
	}
	return set.Child("inlinexml", "inlinedata") != nil
}

// handleG2 takes what the sender says of the use of an item.
func handleG2(rec *record.Record, n *xmltree.Node) {
	h := agency.ToldOf(rec)
	h.Version = 1
	if v, err := strconv.Atoi(strings.TrimSpace(n.Attr("version"))); err == nil && v > 0 {
		h.Version = v
	}
	meta := n.Child("itemmeta")
	h.Status = agency.Status(code(meta.Child("pubstatus")))
	if e := meta.Child("embargoed"); e != nil && h.Status == "" {
		until := e.OneLine()
		// An element that is there and empty says that the end is not known. Where
		// other elements of no value stand beside it, a template left it so.
		if h.Embargoed = until != "" || !isTemplate(meta); h.Embargoed {
			h.EmbargoedUntil, _ = extract.ParseDate(until)
		}
	}
	for _, e := range meta.All("ednote") {
		if isPublic(e) && !hasElements(e) && isNotice(e.Attr("role")) {
			agency.Note(rec, e.OneLine())
		}
	}
	for _, l := range meta.All("link") {
		switch rel := l.Attr("rel"); rel[strings.LastIndexByte(rel, ':')+1:] {
		case "replaces", "supersedes", "previousVersion", "corrects":
			if id := linked(l); id != "" && id != n.Attr("guid") {
				h.Replaces = append(h.Replaces, id)
			}
		case "cancels", "withdraws", "kills":
			agency.Withdraw(rec, linked(l))
		}
	}
	for _, r := range n.All("rightsinfo") {
		agency.Rights(rec, r.Child("copyrightnotice").OneLine(), r.Child("usageterms").OneLine())
		if forbidsInODRL(r) {
			h.NoAI = true
		}
	}
}

// isNotice reports whether a note to editors with this role says what became of an
// article, rather than which pictures go with it or who wrote it.
func isNotice(role string) bool {
	role = strings.ToLower(role)
	for _, part := range [...]string{"correction", "embargo", "advis", "notice", "update", "kill", "withdraw", "note", "caution"} {
		if strings.Contains(role[strings.LastIndexByte(role, ':')+1:], part) {
			return true
		}
	}
	return role == ""
}

// isTemplate reports whether metadata have other elements without a value than
// the embargo, so that its being empty says nothing.
func isTemplate(meta *xmltree.Node) bool {
	for _, c := range meta.Children {
		if c.Name != "" && c.Name != "embargoed" && len(c.Attrs) == 0 && strings.TrimSpace(c.Content()) == "" && len(c.All("name")) == 0 {
			return true
		}
	}
	return false
}

// code returns the code that an element has, by whatever attribute.
func code(n *xmltree.Node) string {
	for _, name := range [...]string{"qcode", "code", "uri", "formalname"} {
		if s := n.Attr(name); s != "" {
			return s
		}
	}
	return ""
}

func linked(n *xmltree.Node) string {
	for _, name := range [...]string{"residref", "guidref", "href"} {
		if s := n.Attr(name); s != "" {
			return s
		}
	}
	return ""
}

// forbidsInODRL reports whether rights in ODRL prohibit what programs that learn
// do.
func forbidsInODRL(rights *xmltree.Node) bool {
	for _, p := range rights.Find("prohibition") {
		for _, action := range p.Find("action") {
			s := strings.ToLower(action.Attr("name") + action.Attr("uri") + action.OneLine())
			for _, use := range [...]string{"aitraining", "textanddatamining", "textdatamining", "datamining", "machinelearning", "generativeai"} {
				if strings.Contains(strings.NewReplacer("-", "", "_", "", " ", "").Replace(s), use) {
					return true
				}
			}
		}
	}
	return false
}

// isPublic reports whether an element is not marked as one for editors alone.
func isPublic(n *xmltree.Node) bool {
	mark := strings.ToLower(n.Attr("pubconstraint") + " " + n.Attr("role") + " " + n.Attr("class"))
	return !strings.Contains(mark, "nonpublic") && !strings.Contains(mark, "private") && !strings.Contains(mark, "contact")
}

func hasElements(n *xmltree.Node) bool {
	for _, c := range n.Children {
		if c.Name != "" {
			return true
		}
	}
	return false
}

// nameOf returns the name of a concept: that in the language of the item, or the
// first, else a literal that is a name.
func nameOf(n *xmltree.Node) string {
	best := ""
	for _, name := range n.All("name") {
		role := name.Attr("role")
		if s := name.OneLine(); s != "" && (best == "" || strings.HasSuffix(role, "display")) && !strings.HasSuffix(role, "mnemonic") && !strings.HasSuffix(role, "short") {
			best = s
		}
	}
	if literal := strings.TrimSpace(n.Attr("literal")); best == "" && literal != "" && n.Attr("qcode") == "" && strings.Trim(literal, "0123456789") != "" {
		return literal
	}
	return best
}

// fillG2 takes the metadata of an item.
func fillG2(rec *record.Record, n, meta, content *xmltree.Node) {
	created, versioned := meta.Child("firstcreated").OneLine(), meta.Child("versioncreated").OneLine()
	if created == "" {
		created = content.Child("contentcreated").OneLine()
	}
	if created == "" {
		created, versioned = versioned, ""
	}
	agency.Set(rec, record.Published, "firstCreated", created)
	if versioned != created {
		agency.Set(rec, record.Updated, "versionCreated", versioned)
	}
	language := content.Child("language").Attr("tag")
	if language == "" {
		language = n.Attr("xml:lang")
	}
	agency.Set(rec, record.Language, "language", language)
	for _, h := range content.All("headline") {
		if role := strings.ToLower(h.Attr("role")); strings.Contains(role, "sub") {
			agency.Set(rec, record.Summary, "headline", h.OneLine())
		} else if !rec.Has(record.Title) {
			agency.Set(rec, record.Title, "headline", h.OneLine())
		}
	}
	for _, d := range content.All("description") {
		// A caption repeats the slug and the headline.
		if role := d.Attr("role"); !strings.HasSuffix(role, ":caption") && !rec.Has(record.Summary) {
			agency.Set(rec, record.Summary, "description", d.OneLine())
		}
	}
	var names []string
	for _, by := range content.All("by") {
		names = append(names, agency.Names(by.OneLine()))
	}
	agency.Set(rec, record.Authors, "by", names...)
	for _, l := range content.All("located") {
		agency.Set(rec, record.Places, "located", append(namesOf(l.All("broader")), nameOf(l))...)
	}
	fillSubjects(rec, n, content)
	for _, g := range content.All("genre") {
		if s := nameOf(g); !strings.Contains(g.Attr("qcode"), "version") {
			agency.Set(rec, record.Topics, "genre", s)
		}
	}
	for _, k := range content.All("keyword") {
		agency.Set(rec, record.Topics, "keyword", k.OneLine())
	}
	for _, l := range meta.All("link") {
		if rel := l.Attr("rel"); strings.HasSuffix(rel, ":isA") || strings.HasSuffix(rel, "canonical") || strings.HasSuffix(rel, "webVersion") {
			agency.Set(rec, record.URL, "link", l.Attr("href"))
		}
	}
}

func namesOf(nodes []*xmltree.Node) []string {
	var names []string
	for _, n := range nodes {
		names = append(names, nameOf(n))
	}
	return names
}

// fillSubjects sorts subjects by their type. A name may stand in an assertion
// about the code.
func fillSubjects(rec *record.Record, n, content *xmltree.Node) {
	asserted := map[string]string{}
	for _, a := range n.All("assert") {
		for _, key := range [...]string{a.Attr("qcode"), a.Attr("literal"), a.Attr("uri")} {
			if s := nameOf(a); key != "" && s != "" {
				asserted[key] = s
			}
		}
	}
	for _, s := range content.All("subject") {
		name := nameOf(s)
		for _, key := range [...]string{s.Attr("qcode"), s.Attr("literal"), s.Attr("uri")} {
			if name == "" {
				name = asserted[key]
			}
		}
		if name == "" {
			name = agency.Subject(code(s))
		}
		kind := strings.ToLower(s.Attr("type"))
		switch kind[strings.LastIndexAny(kind, ":/")+1:] {
		case "person":
			agency.Set(rec, record.People, "subject", name)
		case "organisation", "organization":
			agency.Set(rec, record.Organizations, "subject", name)
		case "geoarea", "poi", "5":
			agency.Set(rec, record.Places, "subject", name)
		case "subcat":
		default:
			agency.Set(rec, record.Topics, "subject", name)
		}
	}
}

// setOutlet sets who sends, and as an organization whose text it passes on.
func setOutlet(rec *record.Record, n, meta, content *xmltree.Node) {
	provider := meta.Child("provider")
	name := provider.Attr("literal")
	if name == "" {
		name = plainCode(provider)
	}
	var credits []string
	for _, c := range content.All("creditline") {
		credits = append(credits, c.OneLine())
	}
	all := append(credits[:len(credits):len(credits)], nameOf(provider), nameOf(content.Child("infosource")), nameOf(n.At("rightsinfo/copyrightholder")))
	if outlet := agency.Outlet(name, all...); outlet != "" {
		rec.Drop(record.Source)
		agency.Set(rec, record.Source, "provider", outlet)
		name = outlet
	}
	for _, c := range credits {
		if !agency.IsOwn(name, c) {
			agency.Set(rec, record.Organizations, "creditline", c)
		}
	}
}

func plainCode(n *xmltree.Node) string {
	s := n.Attr("qcode")
	return s[strings.LastIndexByte(s, ':')+1:]
}

// bodyOfG2 takes the one text of an item that has the most structure.
func bodyOfG2(rec *record.Record, set *xmltree.Node) {
	if set == nil {
		return
	}
	var best []extract.Block
	bestRank := 0
	for _, c := range set.Children {
		rank := rankOf(c)
		if rank == 0 || rank < bestRank {
			continue
		}
		if doc := c.First("nitf"); doc != nil {
			if rank > bestRank {
				nitf.Fill(rec, doc)
				best, bestRank = rec.Blocks, rank
			}
			continue
		}
		blocks := blocksOf(c)
		if len(blocks) > 0 && (rank > bestRank || size(blocks) > size(best)) {
			best, bestRank = blocks, rank
		}
	}
	rec.Blocks, rec.Form = nil, record.Plain
	if best = agency.Tidy(rec, best); len(best) > 0 {
		rec.Blocks = best
	}
}

// rankOf returns how good a part of a content set is as the text; 0 for one that
// is none.
func rankOf(c *xmltree.Node) int {
	rendition := strings.ToLower(c.Attr("rendition"))
	kind := strings.ToLower(c.Attr("contenttype"))
	for _, part := range [...]string{"headline", "teaser", "slug", "abstract", "summary", "caption"} {
		if strings.HasSuffix(rendition, part) {
			return 0
		}
	}
	switch {
	case c.Name == "inlinexml" && !strings.Contains(kind, "svg") && !strings.Contains(kind, "sports") && !strings.Contains(kind, "newsitem"):
		return 3
	case c.Name == "inlinedata" && strings.Contains(kind, "html"):
		return 2
	case c.Name == "inlinedata" && (kind == "" || strings.HasPrefix(kind, "text/") && !strings.Contains(kind, "css") && !strings.Contains(kind, "csv")):
		return 1
	}
	return 0
}

func size(blocks []extract.Block) (n int) {
	for i := range blocks {
		n += len(blocks[i].Text)
	}
	return n
}
