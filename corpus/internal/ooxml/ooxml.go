// Package ooxml takes the documents of Word apart into paragraphs: Office Open
// XML (.docx, .docm, .dotx), the same in one XML file ("flat OPC"), and the XML of
// Word 2003.
//
// A document is a zip archive of parts. Which part is the text and which ones hold
// its styles, notes and links, the relationships tell: "_rels/.rels" those of the
// archive, and "word/_rels/document.xml.rels" those of the text. Names of parts in
// them are relative to the folder of the part that they belong to.
//
// Left out are headers and footers, comments, deleted text and text that was moved
// away, hidden text, the codes of fields, and what a form asks to be filled in.
// What is there in two forms, for new and for old readers, is read once.
package ooxml

import (
	"archive/zip"
	"bufio"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/newsq/newsq/corpus/internal/paragraph"
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/xmltree"
)

// ErrNoDocument tells of an archive that holds no text of Word.
var ErrNoDocument = errors.New("no Word document")

// Document is a document of Word. It serves one goroutine.
type Document struct {
	Properties paragraph.Properties
	parts      parts
	main       string            // name of the part that is the text
	links      map[string]string // targets of the text's relationships, by id
	styles     map[string]style
	noteFiles  [2]string                // of footnotes and endnotes; empty without
	notes      map[string]*xmltree.Node // by kind and id, when one is referred to
}

// Is reports whether the bytes that a file begins with, and its name in lower
// case, are those of a Word document in a zip archive.
func Is(head []byte, name string) bool {
	first, ok := firstName(head)
	if !ok {
		return false
	}
	switch {
	case strings.EqualFold(first, "[content_types].xml"), strings.HasPrefix(first, "_rels/"), strings.HasPrefix(first, "docprops/"),
		strings.HasPrefix(first, "word/"), strings.HasPrefix(first, "customxml/"):
	default:
		return false
	}
	switch path.Ext(name) {
	case ".docx", ".docm", ".dotx", ".dotm":
		return true
	}
	return strings.Contains(string(head), "word/document") || strings.Contains(string(head), "word/_rels/") || strings.Contains(string(head), "word/styles")
}

// firstName returns the name, in lower case, of the first file of a zip archive
// that begins with head.
func firstName(head []byte) (name string, ok bool) {
	const fixed, lengthAt = 30, 26
	if len(head) < fixed || string(head[:4]) != "PK\x03\x04" {
		return "", false
	}
	n := int(head[lengthAt]) | int(head[lengthAt+1])<<8
	if len(head) < fixed+n {
		return "", false
	}
	return strings.ReplaceAll(strings.ToLower(string(head[fixed:fixed+n])), `\`, "/"), true
}

// IsXML reports whether the root of an XML file is that of a Word document in one
// file.
func IsXML(h *reader.Head) bool {
	switch h.Root() {
	case "pkg:package":
		return h.Contains("http://schemas.microsoft.com/office/2006/xmlPackage") && h.Contains("/word/")
	case "w:wordDocument":
		return true
	}
	return false
}

// Open reads what stands around the text of a document in a zip archive. The
// error is [ErrNoDocument] where it is another kind of document.
func Open(in *reader.Input) (*Document, error) {
	r, size, err := in.At()
	if err != nil {
		return nil, err
	}
	z, err := zip.NewReader(r, size)
	if err != nil {
		if errors.Is(err, zip.ErrFormat) {
			err = fmt.Errorf("%w: %w", err, io.ErrUnexpectedEOF)
		}
		return nil, err
	}
	files := make(map[string]*zip.File, len(z.File))
	for _, f := range z.File {
		name := strings.TrimPrefix(strings.ReplaceAll(strings.ToLower(f.Name), `\`, "/"), "/")
		if _, dup := files[name]; !dup {
			files[name] = f
		}
	}
	return newDocument(&zipParts{in: in, files: files})
}

// OpenXML reads a document in one XML file.
func OpenXML(in *reader.Input) (*Document, error) {
	root, err := xmltree.Tree(in)
	if err != nil {
		return nil, err
	}
	if doc := root.Child("worddocument"); doc != nil {
		return newDocument2003(doc), nil
	}
	flat := &flatParts{nodes: map[string]*xmltree.Node{}}
	for _, part := range root.Child("package").All("part") {
		flat.nodes[strings.TrimPrefix(strings.ToLower(part.Attr("name")), "/")] = part.Child("xmldata")
	}
	return newDocument(flat)
}

// parts are the parts of a document, by their names in lower case.
type parts interface {
	has(name string) bool
	// tree returns a part, of which there may be none: then it is nil.
	tree(name string) (*xmltree.Node, error)
	// blocks calls each for the paragraphs and tables of a part, but for those
	// within others, until it returns false.
	blocks(name string, each func(n *xmltree.Node) bool) error
}

func newDocument(p parts) (*Document, error) {
	d := &Document{parts: p, main: "word/document.xml"}
	rels, err := d.relations("")
	if err != nil {
		return nil, err
	}
	if target := rels.byKind("officedocument"); target != "" {
		d.main = target
	}
	if !p.has(d.main) || strings.HasPrefix(d.main, "xl/") || strings.HasPrefix(d.main, "ppt/") {
		return nil, ErrNoDocument
	}
	own, err := d.relations(d.main)
	if err != nil {
		return nil, err
	}
	d.links = own.links
	if err := d.readStyles(own.byKind("styles")); err != nil {
		return nil, err
	}
	d.noteFiles = [2]string{own.byKind("footnotes"), own.byKind("endnotes")}
	return d, d.readProperties(rels)
}

// relation is a relationship of a part.
type relation struct{ kind, target string }

// relations are those of a part.
type relations struct {
	list  []relation
	links map[string]string
}

func (r *relations) byKind(kind string) string {
	for i := range r.list {
		if r.list[i].kind == kind {
			return r.list[i].target
		}
	}
	return ""
}

// relations reads the relationships of a part; those of the archive where name is
// empty.
func (d *Document) relations(name string) (*relations, error) {
	dir, base := path.Split(name)
	tree, err := d.parts.tree(dir + "_rels/" + base + ".rels")
	if err != nil {
		return nil, err
	}
	r := &relations{links: map[string]string{}}
	for _, n := range tree.Find("relationship") {
		target := n.Attr("target")
		if strings.EqualFold(n.Attr("targetmode"), "External") {
			r.links[n.Attr("id")] = target
			continue
		}
		target = strings.ToLower(strings.ReplaceAll(target, `\`, "/"))
		if rooted, ok := strings.CutPrefix(target, "/"); ok {
			target = rooted
		} else {
			target = path.Join(dir, target)
		}
		kind := n.Attr("type")
		r.list = append(r.list, relation{kind: strings.ToLower(kind[strings.LastIndexByte(kind, '/')+1:]), target: target})
	}
	return r, nil
}

// zipParts are those of a zip archive.
type zipParts struct {
	in    *reader.Input
	files map[string]*zip.File
}

func (z *zipParts) has(name string) bool { return z.files[name] != nil }

func (z *zipParts) tree(name string) (*xmltree.Node, error) {
	var root *xmltree.Node
	err := z.read(name, func(in *reader.Input) (err error) {
		root, err = xmltree.Tree(in)
		return err
	})
	return root, err
}

func (z *zipParts) blocks(name string, each func(n *xmltree.Node) bool) error {
	return z.read(name, func(in *reader.Input) error {
		_, err := xmltree.Records(in, isBlock, each)
		return err
	})
}

// read reads a part of at most Limits.MaxFile bytes.
func (z *zipParts) read(name string, use func(in *reader.Input) error) error {
	f := z.files[name]
	if f == nil {
		return nil
	}
	r, err := f.Open()
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	defer r.Close() // nothing was written
	limit := z.in.Limits.MaxFile
	bound := &io.LimitedReader{R: r, N: limit + 1}
	in := &reader.Input{Context: z.in.Context, Limits: z.in.Limits, Stream: bufio.NewReaderSize(bound, reader.BufferSize)}
	err = use(in)
	if err == nil && bound.N <= 0 {
		err = fmt.Errorf("%w: more than %s", reader.ErrTooLarge, reader.SizeText(limit))
	}
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// flatParts are those of one XML file.
type flatParts struct{ nodes map[string]*xmltree.Node }

func (f *flatParts) has(name string) bool                    { return f.nodes[name] != nil }
func (f *flatParts) tree(name string) (*xmltree.Node, error) { return f.nodes[name], nil }

func (f *flatParts) blocks(name string, each func(n *xmltree.Node) bool) error {
	walkBlocks(f.nodes[name], each)
	return nil
}

func walkBlocks(n *xmltree.Node, each func(n *xmltree.Node) bool) (more bool) {
	if n == nil {
		return true
	}
	for _, c := range n.Children {
		switch {
		case c.Name == "":
		case isBlock(c):
			more = each(c)
		default:
			more = walkBlocks(c, each)
		}
		if c.Name != "" && !more {
			return false
		}
	}
	return true
}

// isBlock reports whether an element is a paragraph or a table of a text. What is
// there a second time, for old readers, is not, nor are contents.
func isBlock(n *xmltree.Node) bool {
	if n.Name != "p" && n.Name != "tbl" {
		return false
	}
	for at := n.Parent; at != nil; at = at.Parent {
		switch at.Name {
		case "fallback", "hdr", "ftr", "docpartbody":
			return false
		case "sdt":
			if strings.EqualFold(at.At("sdtpr/docpartobj/docpartgallery").Attr("val"), "Table of Contents") {
				return false
			}
		}
	}
	return true
}
