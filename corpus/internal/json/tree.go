package json

import (
	"strings"

	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/internal/extract"
)

// node is a value of JSON in memory. Only values that have a structure of
// their own to be understood become nodes: a text in blocks, keywords, names.
type node struct {
	kind   byte   // '{', '[', '"', or '0' for a number or literal
	name   string // of the member that it is, clean; empty in a list
	folded string // the name as record.Fold has it
	text   string // of a string, clean; of a number or literal, as written
	kids   []node
}

// Bounds of a tree. No honest article comes near.
const (
	maxNodes     = 400_000
	maxTreeDepth = 64
)

// tree reads the value at hand. What is beyond the bounds is left out, and
// whole tells that nothing was.
func (p *Parser) tree() (n node, whole bool, err error) {
	b := treeBuilder{p: p, whole: true}
	err = b.read(&n, 0)
	return n, b.whole, err
}

type treeBuilder struct {
	p     *Parser
	nodes int
	whole bool
}

func (b *treeBuilder) read(n *node, depth int) error {
	s := &b.p.scan
	b.nodes++
	switch n.kind = s.next(); n.kind {
	case '{', '[':
		if depth >= maxTreeDepth {
			b.whole = false
			return s.skip()
		}
		return b.kids(n, depth)
	case '"':
		text, err := s.str()
		n.text = extract.Clean(string(text))
		return err
	}
	n.kind = '0'
	token, err := s.scalar()
	n.text = string(token)
	return err
}

// kids reads the elements or members of n.
func (b *treeBuilder) kids(n *node, depth int) error {
	s := &b.p.scan
	add := func(name []byte) error {
		if b.nodes >= maxNodes {
			b.whole = false
			return s.skip()
		}
		var kid node
		if name != nil {
			kid.name, kid.folded = b.p.fromOf(name), b.p.foldOf(name)
		}
		if err := b.read(&kid, depth+1); err != nil {
			return err
		}
		n.kids = append(n.kids, kid)
		return nil
	}
	if n.kind == '{' {
		return s.object(add)
	}
	return s.array(func() error { return add(nil) })
}

// parseTree reads JSON that stands in a text, as some programs keep their
// blocks. It reports whether there is any.
func parseTree(s string) (n node, ok bool) {
	s = strings.TrimSpace(s)
	if !startsTree(s) {
		return n, false
	}
	p := NewParser(nil)
	p.scan.reset([]byte(s))
	n, _, err := p.tree()
	return n, err == nil && p.scan.next() == 0 && p.scan.i == len(s)
}

// startsTree reports whether s may be JSON with objects in it.
func startsTree(s string) bool {
	if len(s) < 2 || s[0] != '{' && s[0] != '[' {
		return false
	}
	rest := strings.TrimLeft(s[1:], " \t\r\n")
	return rest != "" && (s[0] == '{' && rest[0] == '"' || s[0] == '[' && rest[0] == '{')
}

// member returns a member of an object by its folded name; nil when it has
// none.
func (n *node) member(folded string) *node {
	for i := range n.kids {
		if n.kids[i].folded == folded {
			return &n.kids[i]
		}
	}
	return nil
}

// str returns a member's text, "" when there is none.
func (n *node) str(folded string) string {
	if m := n.member(folded); m != nil && m.kind == '"' {
		return strings.TrimSpace(m.text)
	}
	return ""
}

// foldOf returns the folded name of a member.
func (p *Parser) foldOf(member []byte) string {
	if s, ok := p.folds[string(member)]; ok {
		return s
	}
	s := string(record.Fold(nil, member))
	if len(p.folds) < maxFrom {
		p.folds[string(member)] = s
	}
	return s
}
