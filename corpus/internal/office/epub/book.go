package epub

import (
	"archive/zip"
	"bufio"
	"errors"
	"fmt"
	"io"
	"net/url"
	"path"
	"strings"

	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/xmltree"
	"github.com/newsq/newsq/internal/extract"
)

// book is an EPUB while it is read.
type book struct {
	in     *reader.Input
	files  map[string]*zip.File // by name; those in lower case are there too
	left   int64                // bytes that may still be read
	dir    string               // of the package document
	pkg    *xmltree.Node
	spine  []item            // in the order of reading
	titles map[string]string // of the files, as the contents have them
	meta   metadata
}

// item is a file of the book.
type item struct {
	id, href, kind, properties string
}

// maxSpine bounds the files of a book.
const maxSpine = 20_000

var (
	errNoBook    = errors.New("no EPUB: it says nowhere what it holds")
	errProtected = errors.New("an EPUB whose text is protected against copying")
)

func open(in *reader.Input) (*book, error) {
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
	b := &book{in: in, files: make(map[string]*zip.File, 2*len(z.File)), left: in.Limits.MaxFile, titles: map[string]string{}}
	for _, f := range z.File {
		for _, name := range [...]string{f.Name, strings.ToLower(f.Name)} {
			if _, dup := b.files[name]; !dup {
				b.files[name] = f
			}
		}
	}
	if err := b.readPackage(); err != nil {
		return nil, err
	}
	return b, b.protection()
}

// tree reads a file of the book; nil when there is none.
func (b *book) tree(name string) (*xmltree.Node, error) {
	f := b.files[name]
	if f == nil {
		f = b.files[strings.ToLower(name)]
	}
	if f == nil {
		return nil, nil
	}
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", extract.Clean(name), err)
	}
	defer r.Close() // nothing was written
	bound := &io.LimitedReader{R: r, N: b.left + 1}
	in := &reader.Input{Context: b.in.Context, Limits: b.in.Limits, Stream: bufio.NewReaderSize(bound, reader.BufferSize)}
	root, err := xmltree.Tree(in)
	if b.left = bound.N - 1; err == nil && b.left < 0 {
		err = fmt.Errorf("%w: more than %s", reader.ErrTooLarge, reader.SizeText(b.in.Limits.MaxFile))
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", extract.Clean(name), err)
	}
	return root, nil
}

// resolve returns the name of the file that a reference within a folder means.
func resolve(dir, href string) string {
	href, _, _ = strings.Cut(href, "#")
	if plain, err := url.PathUnescape(href); err == nil {
		href = plain
	}
	return strings.TrimPrefix(path.Join("/", dir, href), "/")
}

// readPackage reads the package document: what the book is, and its files in the
// order of reading.
func (b *book) readPackage() error {
	container, err := b.tree("META-INF/container.xml")
	if err != nil {
		return err
	}
	name := resolve("", container.First("rootfile").Attr("full-path"))
	if b.files[name] == nil {
		name = b.findPackage()
	}
	root, err := b.tree(name)
	if err != nil {
		return err
	}
	if b.pkg = root.First("package"); b.pkg == nil {
		return errNoBook
	}
	b.dir = path.Dir(name)
	manifest := map[string]item{}
	for _, n := range b.pkg.Child("manifest").All("item") {
		i := item{id: n.Attr("id"), href: resolve(b.dir, n.Attr("href")), kind: n.Attr("media-type"), properties: n.Attr("properties")}
		manifest[i.id] = i
	}
	spine := b.pkg.Child("spine")
	for _, n := range spine.All("itemref") {
		if i, ok := manifest[n.Attr("idref")]; ok && len(b.spine) < maxSpine {
			b.spine = append(b.spine, i)
		}
	}
	b.meta.read(b.pkg.Child("metadata"), b.pkg.Attr("unique-identifier"))
	return b.readContents(manifest, spine.Attr("toc"))
}

// findPackage finds the package document of a book that does not say which it is.
func (b *book) findPackage() string {
	for name := range b.files {
		if path.Ext(name) == ".opf" {
			return name
		}
	}
	return ""
}

// readContents reads what the tables of contents call the files.
func (b *book) readContents(manifest map[string]item, ncx string) error {
	for _, i := range manifest {
		if !hasWord(i.properties, "nav") {
			continue
		}
		root, err := b.tree(i.href)
		if err != nil {
			return err
		}
		for _, nav := range root.Find("nav") {
			if kind := nav.Attr("epub:type"); kind != "" && !hasWord(kind, "toc") {
				continue
			}
			for _, a := range nav.Find("a") {
				b.name(path.Dir(i.href), a.Attr("href"), a.OneLine())
			}
		}
	}
	i, ok := manifest[ncx]
	if !ok || len(b.titles) > 0 {
		return nil
	}
	root, err := b.tree(i.href)
	if err != nil {
		return err
	}
	var walk func(n *xmltree.Node)
	walk = func(n *xmltree.Node) {
		for _, point := range n.All("navpoint") {
			b.name(path.Dir(i.href), point.Child("content").Attr("src"), point.Child("navlabel").OneLine())
			walk(point)
		}
	}
	walk(root.First("navmap"))
	return nil
}

// name notes what a file is called. The first of several names is that of the file
// as a whole.
func (b *book) name(dir, href, title string) {
	file := resolve(dir, href)
	if rest, ok := strings.CutPrefix(title, "Section "); ok && strings.Trim(rest, "0123456789") == "" {
		return // LibreOffice counts the files that it cuts a document into
	}
	if _, dup := b.titles[file]; !dup && title != "" {
		b.titles[file] = extract.Clean(title)
	}
}

// protection returns an error when the text of a book is encrypted, rather than its
// fonts.
func (b *book) protection() error {
	root, err := b.tree("META-INF/encryption.xml")
	if err != nil || root == nil {
		return err
	}
	locked := map[string]bool{}
	for _, n := range root.Find("cipherreference") {
		locked[resolve("", n.Attr("uri"))] = true
	}
	for _, i := range b.spine {
		if locked[i.href] {
			return &reader.Fault{Err: errProtected, Hint: "read a copy without protection"}
		}
	}
	return nil
}

// hasWord reports whether a list of words has one.
func hasWord(list, word string) bool {
	for w := range strings.FieldsSeq(list) {
		if strings.EqualFold(w, word) {
			return true
		}
	}
	return false
}

// metadata is what a book says of itself.
type metadata struct {
	title, publisher, language, description, date, modified, id, rights string
	authors, subjects                                                   []string
	isPeriodical                                                        bool
}

func (m *metadata) read(n *xmltree.Node, idName string) {
	refined := map[string]map[string]string{} // by the id that is refined, and the property
	for _, meta := range n.Find("meta") {
		value := extract.Clean(meta.OneLine())
		switch property, of := meta.Attr("property"), strings.TrimPrefix(meta.Attr("refines"), "#"); {
		case of != "":
			if refined[of] == nil {
				refined[of] = map[string]string{}
			}
			refined[of][property] = value
		case property == "dcterms:modified":
			m.modified = value
		case property == "dcterms:type" && isPeriodical(value):
			m.isPeriodical = true
		}
		if meta.Attr("name") == "calibre:publication_type" {
			m.isPeriodical = m.isPeriodical || strings.HasPrefix(meta.Attr("content"), "periodical")
		}
	}
	first := func(to *string, value string) {
		if *to == "" {
			*to = value
		}
	}
	for _, c := range n.Find("title", "creator", "publisher", "language", "description", "date", "identifier", "rights", "subject", "type") {
		value := extract.Clean(c.OneLine())
		about := refined[c.Attr("id")]
		switch c.Name {
		case "title":
			if kind := about["title-type"]; kind == "" || kind == "main" {
				first(&m.title, value)
			}
		case "creator":
			role := c.Attr("role")
			if role == "" {
				role = about["role"]
			}
			if value != "" && (role == "" || role == "aut") {
				m.authors = append(m.authors, value)
			}
		case "publisher":
			first(&m.publisher, value)
		case "language":
			first(&m.language, value)
		case "description":
			first(&m.description, c.Content())
		case "rights":
			first(&m.rights, value)
		case "date":
			switch c.Attr("event") {
			case "modification":
				first(&m.modified, value)
			case "", "publication", "original-publication":
				first(&m.date, value)
			}
		case "identifier":
			if c.Attr("id") == idName {
				m.id = value
			}
		case "subject":
			if value != "" {
				m.subjects = append(m.subjects, value)
			}
		case "type":
			m.isPeriodical = m.isPeriodical || isPeriodical(value)
		}
	}
}

func isPeriodical(s string) bool {
	switch strings.ToLower(s) {
	case "periodical", "magazine", "newspaper", "journal", "issue", "newsletter":
		return true
	}
	return strings.HasPrefix(strings.ToLower(s), "periodical")
}
