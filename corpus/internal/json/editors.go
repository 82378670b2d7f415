package json

import "strings"

// Forms of texts that are no trees of blocks.

// attribution adds who said a quotation.
func (t *text) attribution(n *node) {
	for _, of := range [...]*node{n, n.member("data"), n.member("attrs"), n.member("attributes")} {
		if of == nil {
			continue
		}
		for _, name := range [...]string{"caption", "cite", "citation", "attribution", "author"} {
			if m := of.member(name); m != nil && m.kind != '0' {
				sub := t.sub()
				sub.value(m, place{inline: true})
				t.block(sub.all(" "), 0)
				return
			}
		}
	}
}

// rows reads a list within a table: of rows, or of the cells of one.
func (t *text) rows(n *node) {
	if len(n.kids) == 0 {
		return
	}
	for i := range n.kids {
		if k := &n.kids[i]; k.kind == '[' || isRow(k) {
			t.rowsApart(n)
			return
		}
	}
	t.row(n)
}

func (t *text) rowsApart(n *node) {
	for i := range n.kids {
		if k := &n.kids[i]; k.kind == '[' {
			t.row(k)
		} else {
			t.value(k, place{cells: true})
		}
	}
}

// cellsOf returns the list of cells that an object holds; nil when it holds
// none.
func cellsOf(n *node) *node {
	for _, name := range [...]string{"cells", "columns", "children", "content", "nodes", "items", "values"} {
		if m := n.member(name); m != nil && m.kind == '[' {
			return m
		}
	}
	if m := n.member(foldString(n.str("type"))); m != nil && m.kind == '{' {
		return cellsOf(m)
	}
	return nil
}

// isRow reports whether an object is a row of a table: it holds cells, and not
// rows.
func isRow(n *node) bool {
	if n.kind != '{' {
		return false
	}
	if k, _ := kindOf(n); k == row {
		return true
	}
	cells := cellsOf(n)
	if cells == nil || cells.folded == "cells" || cells.folded == "columns" {
		return cells != nil
	}
	for i := range cells.kids {
		if k := &cells.kids[i]; k.kind == '[' || isRow(k) {
			return false
		}
	}
	return true
}

// row adds a row of a table as a block: its cells with bars between them. N is
// the list of them, or an object that holds it.
func (t *text) row(n *node) {
	if n.kind == '{' {
		if n = cellsOf(n); n == nil {
			return
		}
	}
	if t.depth >= maxRichDepth {
		t.tree.lost = true
		return
	}
	var cells []string
	for i := range n.kids {
		sub := t.sub()
		sub.value(&n.kids[i], place{inline: true, cells: true})
		if s := sub.all(" "); s != "" {
			cells = append(cells, s)
		}
	}
	t.tree.typed = true
	t.block(strings.Join(cells, " | "), 0)
}

// isDelta reports whether an object is a Delta, as Quill has it: a list of
// insertions.
func isDelta(n *node) bool {
	ops := n.member("ops")
	return ops != nil && ops.kind == '[' && len(ops.kids) > 0 && ops.kids[0].member("insert") != nil
}

// delta reads the insertions of a Delta. Each line break in them ends a
// block, and its attributes say whether that was a heading.
func (t *text) delta(ops *node) {
	t.end()
	t.tree.typed = true
	for i := range ops.kids {
		rest := ops.kids[i].member("insert")
		if rest == nil || rest.kind != '"' {
			continue
		}
		level := 0
		if a := ops.kids[i].member("attributes"); a != nil {
			if h := a.member("header"); h != nil {
				level = levelOf(h)
			}
		}
		for s := rest.text; s != ""; {
			line, below, found := strings.Cut(s, "\n")
			t.open.WriteString(line)
			if s = below; found {
				t.level = level
				t.end()
			}
		}
	}
	t.end()
}

// isMobiledoc reports whether an object is a Mobiledoc: its sections are lists
// that begin with a number.
func isMobiledoc(n *node) bool {
	s := n.member("sections")
	return s != nil && s.kind == '[' && len(s.kids) > 0 && s.kids[0].kind == '[' && (n.member("cards") != nil || n.member("markups") != nil)
}

// mobiledoc reads a Mobiledoc. A section is [1, tag, markers], [3, tag, [markers
// ...]] or [10, number of a card]; a marker is [0 or 1, markups, closed, text or
// number of an atom].
func (t *text) mobiledoc(n *node) {
	t.end()
	t.tree.typed = true
	for _, s := range n.member("sections").kids {
		if len(s.kids) < 2 {
			continue
		}
		switch s.kids[0].text {
		case "1":
			_, level := kindOfType(s.kids[1].text)
			t.level = level
			t.markers(n, s.kids[len(s.kids)-1].kids)
		case "3":
			for _, item := range s.kids[len(s.kids)-1].kids {
				t.markers(n, item.kids)
			}
		case "10":
			t.card(numbered(n.member("cards"), &s.kids[1]))
		}
	}
}

// markers adds a block of a Mobiledoc.
func (t *text) markers(n *node, markers []node) {
	level := t.level
	t.level = 0
	for i := range markers {
		m := markers[i].kids
		if len(m) < 4 {
			continue
		}
		last := &m[len(m)-1]
		if last.kind == '"' {
			t.open.WriteString(last.text)
			continue
		}
		switch atom := numbered(n.member("atoms"), last); {
		case atom == nil || len(atom.kids) < 2:
		case atom.kids[0].text == "soft-return":
			t.open.WriteByte('\n')
		default:
			t.open.WriteString(atom.kids[1].text)
		}
	}
	t.level = level
	t.end()
}

// card adds what a card of a Mobiledoc holds: [name, what it holds].
func (t *text) card(card *node) {
	if card == nil || len(card.kids) < 2 {
		return
	}
	k, _ := kindOfType(card.kids[0].text)
	if k != apart {
		t.members(&card.kids[1], place{aside: k == aside})
		t.end()
	}
}

// numbered returns the element of a list that a number names; nil if there is
// none.
func numbered(list, number *node) *node {
	if list == nil || number.kind != '0' || len(number.text) > 6 {
		return nil
	}
	i := 0
	for _, c := range number.text {
		if c < '0' || c > '9' {
			return nil
		}
		i = 10*i + int(c-'0')
	}
	if i >= len(list.kids) {
		return nil
	}
	return &list.kids[i]
}
