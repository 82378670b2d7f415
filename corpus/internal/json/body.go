package json

import (
	"strings"

	"github.com/newsq/newsq/corpus/internal/layout"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/internal/extract"
)

// body reads the value at hand as the text of the record, if it is one, and
// reports whether it was.
func (p *Parser) body(name record.Name, from string) error {
	if p.scan.next() == '"' {
		s, err := p.scan.str()
		if err != nil {
			return err
		}
		text := extract.Clean(string(s))
		if tree, ok := parseTree(text); ok && p.bodyOf(&tree, name, from) {
			return nil
		}
		p.setBody(name, []record.Value{{Text: text, From: from}})
		return nil
	}
	tree, whole, err := p.tree()
	if err != nil {
		return err
	}
	p.bodyOf(&tree, name, from)
	if !whole {
		p.rec.Tell(record.Body, record.Value{From: from}, record.ErrCut)
	}
	return nil
}

// bodyOf takes the text of a tree into the record, and reports whether there
// is any.
func (p *Parser) bodyOf(tree *node, name record.Name, from string) bool {
	t := richText(tree)
	if t.tree.lost {
		p.rec.Tell(record.Body, record.Value{From: from}, record.ErrLeftOut)
	}
	if len(t.blocks) > record.MaxParts {
		p.rec.Tell(record.Body, record.Value{Text: t.blocks[record.MaxParts].Text, From: from}, record.ErrCut)
		t.blocks = t.blocks[:record.MaxParts]
	}
	if t.tree.typed {
		if len(t.blocks) > 0 {
			p.rec.SetBlocks(name.Rank, t.blocks)
			p.rec.HeadingIsTitle = true
		}
		return len(t.blocks) > 0
	}
	values := make([]record.Value, len(t.blocks))
	for i := range t.blocks {
		values[i] = record.Value{Text: t.blocks[i].Text, From: from}
	}
	return p.setBody(name, values)
}

func (p *Parser) setBody(name record.Name, values []record.Value) bool {
	if !p.rec.Set(record.Body, name.Rank, values) {
		return false
	}
	p.rec.Form, p.rec.HeadingIsTitle = record.Either, false
	if name.HTML {
		p.rec.Form = record.HTML
	}
	return true
}

// sectionRank is that of sections of a text, after all names of a body.
const sectionRank = record.Wrapped - 1

// isSections reports whether what stands under the name of sections is a text
// and not a list of names.
func isSections(tree *node) bool {
	if tree.kind == '{' {
		return isSection(tree)
	}
	texts, sentences := 0, 0
	for i := range tree.kids {
		switch k := &tree.kids[i]; {
		case k.kind == '"':
			if texts++; layout.IsSentence(k.text) {
				sentences++
			}
		case k.kind == '{' && isSection(k), k.kind == '[' && isSections(k):
			return true
		}
	}
	return sentences > 0 && 2*sentences >= texts
}

// isSection reports whether an object is a section with a text.
func isSection(n *node) bool {
	if best := bestText(n); best >= 0 {
		m := &n.kids[best]
		if layout.IsProse(m.text) || layout.IsSentence(m.text) || m.folded != "value" && n.hasTitle(best) {
			return true
		}
	}
	titled := n.hasTitle(-1)
	for _, b := range richText(n).blocks {
		if !b.Heading && (titled && isPhrase(b.Text) || layout.IsProse(b.Text) || layout.IsSentence(b.Text)) {
			return true
		}
	}
	return false
}

// hasTitle reports whether an object has a heading besides one member.
func (n *node) hasTitle(besides int) bool {
	for i := range n.kids {
		if m := &n.kids[i]; i != besides && m.kind == '"' && titleKeys()[m.folded] && m.folded != "name" {
			return true
		}
	}
	return false
}

// listedBlocks reads a list or a tree of the record at hand as its text, where
// it holds blocks rather than articles: they say what blocks they are.
func (p *Parser) listedBlocks() {
	end, depth := p.scan.i, p.scan.depth
	defer func() { p.scan.i, p.scan.depth = end, depth }()
	name := record.Name{Field: record.Body, Rank: sectionRank}
	if p.list >= 0 && p.startsBlocks(p.list) {
		p.scan.i = p.list
		_ = p.body(name, "") // it was read before, so that nothing can be wrong with it
	} else if p.blocks >= 0 {
		p.scan.i = p.blocks
		if tree, _, err := p.tree(); err == nil && richText(&tree).tree.typed {
			p.bodyOf(&tree, name, "")
		}
	}
}

// startsBlocks reports whether one of the first elements of a list is a block
// of a text.
func (p *Parser) startsBlocks(list int) bool {
	const look = 5
	n, blocks := 0, false
	p.scan.i = list
	_ = p.scan.array(func() error {
		tree, _, err := p.tree()
		k, _ := kindOf(&tree)
		blocks = tree.kind == '{' && (k == paragraph || k == heading) && tree.str("title") == "" && tree.str("url") == ""
		if n++; err != nil || blocks || n >= look {
			return errStop
		}
		return nil
	})
	return blocks
}

// labels reads the list or object at hand as names of topics, places, people or
// organizations. Sections may be those of a newspaper, or of the text.
func (p *Parser) labels(name record.Name, from string) error {
	if !p.holdsObjects() && p.scan.b[p.scan.i] == '[' && !isSectionName(foldString(from)) {
		values, err := p.texts(nil, name.Field, from, 0)
		for i := range values {
			values[i].Element = true
		}
		p.rec.Set(name.Field, name.Rank, values)
		return err
	}
	tree, whole, err := p.tree()
	if err != nil {
		return err
	}
	if isSectionName(foldString(from)) && isSections(&tree) {
		name = record.Name{Field: record.Body, Rank: sectionRank + max(name.Rank, 0)/record.Wrapped*record.Wrapped}
		if p.rec.Wants(name.Field, name.Rank) {
			p.bodyOf(&tree, name, from)
		}
		return nil
	}
	var values []record.Value
	for _, s := range labelsOf(&tree) {
		values = append(values, record.Value{Text: s, From: from, Element: true})
	}
	p.rec.Set(name.Field, name.Rank, values)
	if !whole {
		p.rec.Tell(name.Field, record.Value{From: from}, record.ErrCut)
	}
	return nil
}

// isSectionName reports whether a member names the sections of a text, or of
// a newspaper.
func isSectionName(folded string) bool {
	return strings.TrimSuffix(folded, "s") == "section" || folded == "articlesections"
}
