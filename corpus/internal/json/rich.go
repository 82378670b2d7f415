package json

import (
	"strings"

	"github.com/newsq/newsq/corpus/internal/layout"
	"github.com/newsq/newsq/internal/extract"
)

// A text is kept as one string, as a list of paragraphs, or as a tree of
// sections, blocks and pieces with their marks, of which every editor has a
// form of its own. What they share is enough to read them all:
//
//   - Text stands under few names (text, value, content, html ...), and so do
//     the lists that hold it (children, content, blocks, paragraphs ...).
//   - The type of a node says whether it is a paragraph, a heading, a part of
//     a paragraph, or something without text, see kindOf.
//   - What lies within a paragraph is joined as it is; blocks are parted.
//   - A node that has its text twice, in two forms, has it once.
//
// Under names that are not known, what reads as prose is text.

// text is the text of a tree, while it is read.
type text struct {
	blocks []extract.Block
	open   strings.Builder // the block that is not ended
	level  int             // of the heading that is open; 0 for none
	depth  int
	tree   *treeState
}

// treeState is what all parts of a tree share.
type treeState struct {
	// typed says that the tree tells what its blocks are, so that no layout is
	// to be looked for in them.
	typed   bool
	lost    bool   // something lies deeper than it is looked for
	section string // that the last paragraph said it belongs to
	nested  int    // trees that were written as texts
}

// Bounds of what is looked for in a tree, and the longest text that is a
// heading, in bytes.
const (
	maxRichDepth = 48
	maxNested    = 1000
	maxHeading   = 400
)

// richText returns the text of a tree.
func richText(n *node) *text {
	t := &text{tree: &treeState{}}
	t.value(n, place{})
	t.end()
	return t
}

// sub returns an empty text for a part of the tree.
func (t *text) sub() *text { return &text{tree: t.tree, depth: t.depth} }

// place says where a value stands.
type place struct {
	inline bool // within a paragraph
	aside  bool // within an image or its like: only blocks with a type are text
	cells  bool // within a table, where numbers are text too
	prose  bool // under an unknown name: only prose is text
	blocks bool // under a name that says that its elements are blocks
	level  int  // of the heading that it is within; 0 for none
	// key is the name under which an object of this list has its text, though
	// it is no name of text; empty when there is none.
	key string
	// sep stands between the parts of a paragraph.
	sep string
}

// end ends the open block.
func (t *text) end() {
	s, level := t.open.String(), t.level
	t.open.Reset()
	t.level = 0
	if strings.TrimSpace(s) == "" || isTags(s) {
		return
	}
	b := extract.Block{Text: s}
	if level > 0 && len(s) <= maxHeading {
		b.Heading, b.Level, t.tree.typed = true, level, true
	}
	t.blocks = append(t.blocks, b)
}

// block adds a text that is a block of its own; a heading if level is not 0.
func (t *text) block(s string, level int) {
	t.end()
	t.open.WriteString(s)
	t.level = level
	t.end()
}

// add adds what was read apart.
func (t *text) add(sub *text) {
	if len(sub.blocks) > 0 {
		t.end()
		t.blocks = append(t.blocks, sub.blocks...)
	}
	t.open.WriteString(sub.open.String())
}

// all returns the text as one string, with sep between its blocks.
func (t *text) all(sep string) string {
	t.end()
	parts := make([]string, len(t.blocks))
	for i := range t.blocks {
		parts[i] = strings.TrimSpace(t.blocks[i].Text)
	}
	return strings.Join(parts, sep)
}

func (t *text) value(n *node, at place) {
	if t.depth >= maxRichDepth {
		t.tree.lost = true
		return
	}
	t.depth++
	defer func() { t.depth-- }()
	switch n.kind {
	case '"':
		t.str(n.text, at)
	case '0':
		if at.cells && isNumber([]byte(n.text)) {
			t.open.WriteString(n.text)
		}
	case '[':
		t.list(n, at)
	case '{':
		t.object(n, at)
	}
}

func (t *text) str(s string, at place) {
	switch {
	case at.aside && !at.inline || at.prose && !layout.IsProse(s):
	case startsTree(s) && t.written(s, at):
	case at.inline:
		t.open.WriteString(s)
	default:
		t.block(s, 0)
	}
}

// written reads a tree that is written as a text, as Ghost has its posts, and
// reports whether s is one.
func (t *text) written(s string, at place) bool {
	if t.tree.nested++; t.tree.nested > maxNested {
		return false
	}
	tree, ok := parseTree(s)
	if !ok {
		return false
	}
	sub := t.sub()
	sub.value(&tree, place{aside: at.aside})
	sub.end()
	t.add(sub)
	return len(sub.blocks) > 0
}

func (t *text) object(n *node, at place) {
	switch {
	case isDelta(n):
		t.delta(n.member("ops"))
		return
	case isMobiledoc(n):
		t.mobiledoc(n)
		return
	}
	k, level := kindOf(n)
	if k > breaks {
		t.tree.typed = true
	}
	switch k {
	case apart:
	case breaks:
		t.open.WriteByte('\n')
	case aside:
		t.members(n, place{aside: true, prose: at.prose})
	case inline:
		if !at.aside || at.inline {
			t.members(n, place{inline: true, aside: at.aside, cells: at.cells})
		}
	case paragraph, quote, heading:
		t.end()
		level = max(level, at.level)
		t.level = level
		t.members(n, place{inline: true, level: level})
		t.end()
		if k == quote {
			t.attribution(n)
		}
	case row:
		t.row(n)
	case table:
		t.end()
		t.members(n, place{cells: true})
		t.end()
	default:
		t.group(n, at)
	}
}

// group reads an object of no known type: within a paragraph it is a part of
// it, within a table a row, else what it holds are blocks.
func (t *text) group(n *node, at place) {
	switch {
	case at.cells && !at.inline && isRow(n):
		t.row(n)
	case at.inline:
		t.members(n, at)
	default:
		t.end()
		t.members(n, at)
		t.end()
	}
}

// list reads the elements of a list.
func (t *text) list(n *node, at place) {
	switch {
	case at.cells && !at.inline:
		t.rows(n)
		return
	case at.inline && !at.blocks:
		t.run(n, at)
		return
	case !at.blocks && !at.prose && !at.aside && isRun(n):
		t.end()
		at.inline = true
		t.run(n, at)
		t.end()
		return
	}
	at.inline, at.blocks = false, false
	at.key = proseName(n)
	// A short paragraph among others is text as they are.
	at.prose = at.prose && !hasProse(n) && at.key == ""
	for i := range n.kids {
		t.value(&n.kids[i], at)
	}
}

// run reads the parts of a paragraph. Strings alone that bring no white space
// of their own are words, and are parted by some.
func (t *text) run(n *node, at place) {
	sep := at.sep
	at.sep = ""
	if sep == "" && areWords(n) {
		sep = " "
	}
	for i := range n.kids {
		if i > 0 && !(n.kids[i].kind == '"' && startsWithStop(n.kids[i].text)) {
			t.open.WriteString(sep)
		}
		t.value(&n.kids[i], at)
	}
}

// members reads the text of an object's members.
func (t *text) members(n *node, at place) {
	best := bestText(n)
	if best < 0 && at.inline {
		best = onlyText(n)
	}
	own := foldString(n.str("type"))
	key, prose := at.key, best < 0 && hasProseMember(n)
	at.key = ""
	var parts []part
	title := ""
	for i := range n.kids {
		m := &n.kids[i]
		sub := t.sub()
		switch {
		case m.kind == '0' && !at.cells || notText()[m.folded]:
			continue
		case i == best:
			at := at
			at.prose = at.prose && !isPhrase(m.text)
			sub.str(speaker(n, at)+m.text, at)
		case m.kind == '"':
			text := best < 0 && !at.aside && !isTitleName(m.folded) &&
				(m.name == key && key != "" || layout.IsProse(m.text) || prose && layout.EndsSentence(m.text))
			if !text {
				if title == "" && !at.inline && !at.aside {
					title = t.titleOf(m, best >= 0, prose)
				}
				continue
			}
			sub.named(m)
			sub.str(m.text, place{inline: at.inline})
		case best >= 0 && at.inline && !holdsText(m, own), m.kind == '[' && attributeNames()[m.folded]:
			continue
		default:
			sub.named(m)
			sub.value(m, at.below(m, own))
		}
		if !at.inline {
			sub.end()
		}
		parts = addPart(parts, sub)
	}
	if title != "" && (len(parts) > 0 || !at.prose) {
		t.block(title, headingLevel(n))
	}
	for _, p := range parts {
		t.add(p.text)
	}
}

// below returns where a member stands which holds other values. Own is the type
// of its object, under which some editors keep what it holds.
func (at place) below(m *node, own string) place {
	switch {
	case blockLists()[m.folded]:
		return place{aside: at.aside, cells: at.cells, blocks: true, level: at.level}
	case pieceLists()[m.folded]:
		at.inline = true
		if m.folded == "sentences" {
			at.sep = " "
		}
	case !holdsText(m, own):
		at.prose = true
	}
	return at
}

// holdsText reports whether a member of an object of the type own is known to
// hold text.
func holdsText(m *node, own string) bool {
	return holders()[m.folded] || blockLists()[m.folded] || pieceLists()[m.folded] || m.folded != "" && m.folded == own
}

// part is what one member of a node gave.
type part struct {
	text *text
	sign string // the letters that it begins with
	size int    // in bytes
}

// Of two parts that begin with the same letters, so many at least, one is
// kept: the text of a node and of its children, or plain and as HTML.
const (
	minSign = 12
	maxSign = 64
	// maxCompare is how many parts a part is compared with.
	maxCompare = 32
)

func addPart(parts []part, sub *text) []part {
	p := part{text: sub, size: sub.open.Len()}
	var sign []byte
	for i := range sub.blocks {
		p.size += len(sub.blocks[i].Text)
		sign = signature(sign, sub.blocks[i].Text, maxSign)
	}
	p.sign = string(signature(sign, sub.open.String(), maxSign))
	if p.size == 0 {
		return parts
	}
	for i := max(0, len(parts)-maxCompare); i < len(parts); i++ {
		q := parts[i]
		if !sameText(p.sign, q.sign) && (p.sign != "" || sub.open.String() != q.text.open.String()) {
			continue
		}
		if len(p.sign) > len(q.sign) || len(p.text.blocks) > len(q.text.blocks) || p.size > 2*q.size {
			parts[i] = p
		}
		return parts
	}
	return append(parts, p)
}

func sameText(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	return a == b && a != "" || len(a) >= minSign && strings.HasPrefix(b, a)
}
