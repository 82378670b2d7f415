package ooxml

import (
	"strconv"
	"strings"
	"time"

	"github.com/newsq/newsq/corpus/internal/paragraph"
	"github.com/newsq/newsq/corpus/internal/xmltree"
	"github.com/newsq/newsq/internal/extract"
)

// style is what a style says of the text that has it, with what it takes over from
// the style it is based on.
type style struct {
	name     string // in lower case
	level    int    // in the outline, from 1; 0 for text
	list     bool
	centered bool
	chars    characters
}

// characters is what properties say of characters. A field is nil where they say
// nothing.
type characters struct {
	bold, italic, hidden *bool
	size                 float64 // in points; 0 when not stated
}

// over returns c, with what it does not say taken from base.
func (c characters) over(base characters) characters {
	if c.bold == nil {
		c.bold = base.bold
	}
	if c.italic == nil {
		c.italic = base.italic
	}
	if c.hidden == nil {
		c.hidden = base.hidden
	}
	if c.size == 0 {
		c.size = base.size
	}
	return c
}

func isTrue(b *bool) bool { return b != nil && *b }

func (c *characters) look() paragraph.Look {
	return paragraph.Look{Bold: isTrue(c.bold), Italic: isTrue(c.italic), Size: c.size}
}

// charactersOf reads w:rPr.
func charactersOf(rpr *xmltree.Node) characters {
	c := characters{bold: toggle(rpr, "b"), italic: toggle(rpr, "i"), hidden: toggle(rpr, "vanish")}
	if n, err := strconv.ParseFloat(rpr.Child("sz").Attr("val"), 64); err == nil && n > 0 && n < 10_000 {
		c.size = n / 2
	}
	return c
}

// toggle reads a property that is on or off; nil when it is not there.
func toggle(of *xmltree.Node, name string) *bool {
	n := of.Child(name)
	if n == nil {
		return nil
	}
	on := true
	switch strings.ToLower(n.Attr("val")) {
	case "0", "false", "off":
		on = false
	}
	return &on
}

// maxBasedOn is how long a chain of styles may be. Word allows 11.
const maxBasedOn = 16

// defaultStyle is the key of the style that paragraphs have which name none.
const defaultStyle = ""

// readStyles reads the part of styles.
func (d *Document) readStyles(name string) error {
	tree, err := d.parts.tree(name)
	if err != nil {
		return err
	}
	d.stylesOf(tree)
	return nil
}

func (d *Document) stylesOf(tree *xmltree.Node) {
	defaults := charactersOf(tree.First("docdefaults").At("rprdefault/rpr"))
	nodes := map[string]*xmltree.Node{}
	for _, n := range tree.Find("style") {
		nodes[n.Attr("styleid")] = n
	}
	d.styles = make(map[string]style, len(nodes)+1)
	d.styles[defaultStyle] = style{chars: defaults}
	var resolve func(id string, depth int) style
	resolve = func(id string, depth int) style {
		if s, ok := d.styles[id]; ok && id != defaultStyle {
			return s
		}
		n := nodes[id]
		if n == nil || depth > maxBasedOn {
			return style{chars: defaults}
		}
		s := style{}
		if n.Attr("type") != "character" {
			s.chars = defaults
		}
		if base := n.Child("basedon").Attr("val"); base != "" && base != id {
			s = resolve(base, depth+1)
		}
		s.of(n)
		d.styles[id] = s
		return s
	}
	for id, n := range nodes {
		s := resolve(id, 0)
		if isDefault := n.Attr("default"); n.Attr("type") == "paragraph" && (isDefault == "1" || isDefault == "true" || isDefault == "on") {
			d.styles[defaultStyle] = s
		}
	}
}

// of adds what the style itself says.
func (s *style) of(n *xmltree.Node) {
	name := strings.ToLower(n.Child("name").Attr("val"))
	if name == "" {
		name = strings.ToLower(n.Attr("styleid"))
	}
	s.name = name
	ppr := n.Child("ppr")
	if v := ppr.Child("outlinelvl").Attr("val"); v != "" {
		s.level = levelOf(v)
	} else if rest, ok := strings.CutPrefix(name, "heading "); ok && s.level == 0 {
		if level, err := strconv.Atoi(rest); err == nil && level >= 1 && level <= maxLevel {
			s.level = level
		}
	}
	if num := ppr.Child("numpr"); num != nil {
		s.list = num.Child("numid").Attr("val") != "0"
	}
	if jc := ppr.Child("jc").Attr("val"); jc != "" {
		s.centered = jc == "center"
	}
	s.chars = charactersOf(n.Child("rpr")).over(s.chars)
}

// maxLevel is that of the deepest heading.
const maxLevel = 9

// levelOf reads a level of the outline, which counts from 0, and 9 is text.
func levelOf(v string) int {
	if n, err := strconv.Atoi(v); err == nil && n >= 0 && n < maxLevel {
		return n + 1
	}
	return 0
}

// readProperties reads what the document says of itself.
func (d *Document) readProperties(rels *relations) error {
	core := rels.byKind("core-properties")
	if core == "" {
		core = "docprops/core.xml"
	}
	tree, err := d.parts.tree(core)
	if err != nil {
		return err
	}
	p := &d.Properties
	get := func(n *xmltree.Node, name string) string { return extract.Clean(n.First(name).OneLine()) }
	p.Title, p.Subject, p.Description = get(tree, "title"), get(tree, "subject"), get(tree, "description")
	p.Author, p.LastAuthor, p.Language = get(tree, "creator"), get(tree, "lastmodifiedby"), get(tree, "language")
	p.Keywords = keywords(get(tree, "keywords"))
	p.Created, p.Modified = timeOf(get(tree, "created")), timeOf(get(tree, "modified"))
	app := rels.byKind("extended-properties")
	if app == "" {
		app = "docprops/app.xml"
	}
	tree, err = d.parts.tree(app)
	p.Company, p.Program = get(tree, "company"), get(tree, "application")
	return err
}

func keywords(s string) []string {
	var list []string
	for k := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == ',' || r == ';' }) {
		if k = strings.TrimSpace(k); k != "" {
			list = append(list, k)
		}
	}
	return list
}

// timeOf reads a time of the properties; zero when it is none.
func timeOf(s string) time.Time {
	for _, layout := range [...]string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04Z", time.DateOnly} {
		if t, err := time.Parse(layout, s); err == nil {
			return t
		}
	}
	return time.Time{}
}

// newDocument2003 returns a document in the XML of Word 2003, which has all in one
// tree, under names that are mostly the same.
func newDocument2003(doc *xmltree.Node) *Document {
	d := &Document{parts: &flatParts{nodes: map[string]*xmltree.Node{"": doc.Child("body")}}}
	d.stylesOf(doc.Child("styles"))
	props := doc.Child("documentproperties")
	get := func(name string) string { return extract.Clean(props.Child(name).OneLine()) }
	d.Properties = paragraph.Properties{
		Title: get("title"), Subject: get("subject"), Description: get("description"), Author: get("author"),
		LastAuthor: get("lastauthor"), Company: get("company"), Keywords: keywords(get("keywords")),
		Created: timeOf(get("created")), Modified: timeOf(get("lastsaved")),
	}
	return d
}
