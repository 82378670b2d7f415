package xmltree

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"

	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/internal/extract"
)

// Bounds of what is held of one record. No honest one comes near.
const (
	maxDepth = 256       // of elements; deeper ones are passed over, their text is kept
	maxNodes = 1_000_000 // of a record, and of what stands around records
)

// errNodes tells of a record, or of what stands around records, beyond maxNodes.
var errNodes = fmt.Errorf("%w: more than %d elements", reader.ErrTooLarge, maxNodes)

// Tree reads all of a file as one tree. The root has no name; the element of the
// document is one of its children. Of a file that is cut short there is what was
// there, and no error.
func Tree(in *reader.Input) (*Node, error) {
	return Records(in, func(*Node) bool { return false }, nil)
}

// Parse is [Tree] for a text that is at hand.
func Parse(text string) *Node {
	p := &parser{z: html.NewTokenizer(strings.NewReader(text)), root: &Node{}, line: 1}
	p.entities = entitiesOf([]byte(text[:min(len(text), rootBytes)]))
	_ = p.run() // a text has no errors of reading, and what was read until a bound is good
	return p.root
}

// Records reads a file as a stream. It calls each for every element that isRecord
// tells to be a record, with all that it holds; its parents hold what came before
// it, but for other records. IsRecord is called when an element starts, and sees
// its name, attributes and parents. When each returns false, or the file ends,
// what stands around the records is returned.
func Records(in *reader.Input, isRecord func(n *Node) bool, each func(n *Node) bool) (root *Node, err error) {
	r, entities := decoded(in)
	p := &parser{z: html.NewTokenizer(&contextReader{in, r}), root: &Node{}, line: 1, isRecord: isRecord, each: each, entities: entities}
	p.z.SetMaxBuf(int(in.Limits.MaxFile))
	err = p.run()
	if errors.Is(err, html.ErrBufferExceeded) {
		err = fmt.Errorf("%w: an element of more than %s", reader.ErrTooLarge, reader.SizeText(in.Limits.MaxFile))
	}
	return p.root, err
}

// contextReader ends with the context of an input.
type contextReader struct {
	in *reader.Input
	r  io.Reader
}

func (c *contextReader) Read(b []byte) (int, error) {
	if err := c.in.Context.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(b)
}

// rootBytes is how far into a file a declaration and a DTD are looked for.
const rootBytes = 64 << 10

var declaredCharset = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^\s*<\?xml[^>]*encoding\s*=\s*["']([\w.:-]+)["']`)
})

// decoded returns the content of an input as UTF-8, and the entities that its DTD
// declares. A file that is UTF-8 is read so, whatever it says.
func decoded(in *reader.Input) (io.Reader, map[string]string) {
	in.DecodeUTF16()
	head, _ := in.Stream.Peek(rootBytes)
	entities := entitiesOf(head)
	if isUTF8(head) {
		return in.Stream, entities
	}
	name := in.Charset
	if m := declaredCharset().FindSubmatch(head); m != nil {
		name = string(m[1])
	}
	if enc, canonical := charset.Lookup(name); enc != nil && canonical != "utf-8" {
		return enc.NewDecoder().Reader(in.Stream), entities
	}
	if enc, _ := charset.Lookup("windows-1252"); name == "" && enc != nil {
		return enc.NewDecoder().Reader(in.Stream), entities
	}
	return in.Stream, entities
}

// isUTF8 reports whether a beginning is UTF-8, but for a character that is cut.
func isUTF8(head []byte) bool {
	for i := 0; i < utf8.UTFMax && len(head) > 0; i++ {
		if utf8.Valid(head) {
			return true
		}
		head = head[:len(head)-1]
	}
	return len(head) == 0
}

// Bounds of the entities of a DTD.
const (
	maxEntities    = 256
	maxEntityBytes = 4 << 10
)

var entity = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`<!ENTITY\s+([\w.:-]+)\s+(?:"([^"&%<]*)"|'([^'&%<]*)')\s*>`)
})

// entitiesOf returns the entities that an internal DTD declares, but for those
// that hold others or markup.
func entitiesOf(head []byte) map[string]string {
	if !bytes.Contains(head, []byte("<!ENTITY")) {
		return nil
	}
	known := map[string]string{}
	for _, m := range entity().FindAllSubmatch(head, maxEntities) {
		if value := string(m[2]) + string(m[3]); len(value) <= maxEntityBytes {
			known[string(m[1])] = value
		}
	}
	return known
}

// parser makes nodes of tokens.
type parser struct {
	z        *html.Tokenizer
	root     *Node
	at       *Node // the element that is open; nil for root
	depth    int
	deep     int   // elements open below maxDepth
	record   *Node // the record that is open; nil outside of one
	nodes    int   // of the record, or around records
	around   int   // nodes around records
	line     int
	isRecord func(n *Node) bool
	each     func(n *Node) bool
	entities map[string]string
	// grown is a text that comes in parts, around comments or elements that are
	// passed over, and parts is what it has so far; nil for none.
	grown *Node
	parts []byte
}

// settle gives the text that comes in parts all that it has.
func (p *parser) settle() {
	if p.grown != nil {
		p.grown.Text, p.grown = string(p.parts), nil
	}
}

func (p *parser) run() error {
	p.at = p.root
	p.z.AllowCDATA(true)
	for {
		kind := p.z.Next()
		raw := p.z.Raw()
		line := p.line
		p.line += bytes.Count(raw, []byte("\n"))
		more := true
		switch kind {
		case html.ErrorToken:
			err := p.z.Err()
			p.settle()
			if p.record != nil {
				p.record.IsCut = true
			}
			for p.at != p.root && more {
				more = p.closeTop()
			}
			if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) && p.root.Children != nil {
				return nil
			}
			return err
		case html.TextToken:
			p.text(raw)
		case html.StartTagToken, html.SelfClosingTagToken:
			p.open(line)
			p.z.NextIsNotRawText()
			if kind == html.SelfClosingTagToken {
				more = p.closeOpened()
			}
		case html.EndTagToken:
			name, _ := p.z.TagName()
			more = p.close(string(name))
		}
		if !more {
			return nil
		}
		if p.nodes > maxNodes {
			return errNodes
		}
	}
}

// text adds a text. That of a CDATA section is taken as it stands.
func (p *parser) text(raw []byte) {
	var s string
	if data, ok := bytes.CutPrefix(raw, []byte("<![CDATA[")); ok {
		s = string(bytes.TrimSuffix(data, []byte("]]>")))
	} else {
		s = string(p.z.Text())
		for name, value := range p.entities {
			s = strings.ReplaceAll(s, "&"+name+";", value)
		}
	}
	s = extract.Clean(s)
	if n := len(p.at.Children); n > 0 && p.at.Children[n-1].Name == "" {
		if p.record == nil && strings.TrimSpace(s) == "" {
			return // between records, of which there may be a million
		}
		if last := p.at.Children[n-1]; p.grown != last {
			p.settle()
			p.grown, p.parts = last, append(p.parts[:0], last.Text...)
		}
		p.parts = append(p.parts, s...)
		return
	}
	if p.at == p.root && strings.TrimSpace(s) == "" {
		return
	}
	p.add(&Node{Text: s, Parent: p.at})
}

func (p *parser) add(n *Node) {
	p.at.Children = append(p.at.Children, n)
	p.nodes++
}

// open opens an element.
func (p *parser) open(line int) {
	if p.depth >= maxDepth {
		p.deep++
		return
	}
	p.settle()
	name, hasAttr := p.z.TagName()
	n := &Node{Parent: p.at, Line: line}
	n.Prefix, n.Name = parted(string(name))
	for hasAttr {
		var key, value []byte
		key, value, hasAttr = p.z.TagAttr()
		a := Attr{Value: extract.Clean(string(value))}
		a.Prefix, a.Name = parted(string(key))
		n.Attrs = append(n.Attrs, a)
	}
	if p.record == nil && p.isRecord != nil && p.isRecord(n) {
		p.record, p.around, p.nodes = n, p.nodes, 0
	} else {
		p.add(n)
	}
	p.at = n
	p.depth++
}

// parted returns prefix and name.
func parted(name string) (prefix, local string) {
	if prefix, local, ok := strings.Cut(name, ":"); ok && local != "" {
		return prefix, local
	}
	return "", name
}

// closeOpened closes the element that was opened last.
func (p *parser) closeOpened() bool {
	if p.deep > 0 {
		p.deep--
		return true
	}
	return p.closeTop()
}

// close closes the element of a name, and those within it that nobody closed. An
// end without a start is passed over.
func (p *parser) close(name string) bool {
	if p.deep > 0 {
		p.deep--
		return true
	}
	prefix, local := parted(name)
	for n := p.at; n != p.root; n = n.Parent {
		if n.Name != local || n.Prefix != prefix {
			continue
		}
		for p.at != n {
			if !p.closeTop() {
				return false
			}
		}
		return p.closeTop()
	}
	return true
}

// closeTop closes the innermost element. It returns false when no more is wanted.
func (p *parser) closeTop() bool {
	p.settle()
	n := p.at
	p.at = n.Parent
	p.depth--
	if n != p.record {
		return true
	}
	p.record, p.nodes = nil, p.around
	return p.each(n)
}
