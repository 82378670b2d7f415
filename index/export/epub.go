package export

import (
	"archive/zip"
	"bufio"
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash/crc32"
	"html"
	"io"
	"strings"

	"github.com/klauspost/compress/flate"

	"github.com/newsq/newsq/index"
)

// maxChapters bounds a book. With more files a zip would need the extensions of
// zip64, which readers of books don't all know; no reader is pleasant with so many.
const maxChapters = 50_000

// ErrTooManyArticles says that a format cannot hold so many.
var ErrTooManyArticles = errors.New("too many articles")

func tooMany(n int) error {
	return fmt.Errorf("%w: these are %d, and a book holds at most %d", ErrTooManyArticles, n, maxChapters)
}

// groupSize is how many chapters stand under one entry of a long table of contents.
const groupSize = 100

// bookWriter writes EPUB 3.3: a zip whose first member is "mimetype", stored as it
// is, so that the kind of file is known by its first bytes. Then come the chapters,
// one file an article, and behind them what lists these: nav.xhtml for the
// reader's contents, package.opf for the order. Both lists are kept in temporary
// files meanwhile.
type bookWriter struct {
	zip      *zip.Writer
	about    *About
	manifest *spool
	spine    *spool
	nav      *spool
	group    []string // entries of nav since the last full group
	grouped  bool     // there are more chapters than one group has
	n        int
	page     bytes.Buffer
	spoken   map[string]int // chapters by language
}

func newBookWriter(out *bufio.Writer, about *About) (w *bookWriter, err error) {
	if about.Total > maxChapters {
		return nil, tooMany(about.Total)
	}
	w = &bookWriter{zip: zip.NewWriter(out), about: about, spoken: map[string]int{}}
	w.zip.RegisterCompressor(zip.Deflate, func(out io.Writer) (io.WriteCloser, error) {
		return flate.NewWriter(out, flate.DefaultCompression)
	})
	for _, s := range []**spool{&w.manifest, &w.spine, &w.nav} {
		if *s, err = newSpool(); err != nil {
			w.clean()
			return nil, err
		}
	}
	const mimetype = "application/epub+zip"
	// Written raw, it has no descriptor behind it and no extra field before it.
	raw, err := w.zip.CreateRaw(&zip.FileHeader{
		Name: "mimetype", Method: zip.Store, CRC32: crc32.ChecksumIEEE([]byte(mimetype)),
		CompressedSize64: uint64(len(mimetype)), UncompressedSize64: uint64(len(mimetype)),
	})
	if err == nil {
		_, err = io.WriteString(raw, mimetype)
	}
	if err == nil {
		err = w.member("META-INF/container.xml", []byte(`<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>
`))
	}
	if err == nil {
		err = w.member("EPUB/style.css", []byte(pageStyle))
	}
	if err != nil {
		w.clean()
		return nil, err
	}
	return w, nil
}

func (w *bookWriter) member(name string, content []byte) error {
	m, err := w.zip.Create(name)
	if err == nil {
		_, err = m.Write(content)
	}
	return err
}

// pageHead begins a file of a book.
const pageHead = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"%s><head><title>%s</title>
<link rel="stylesheet" type="text/css" href="style.css"/></head><body>
`

func (w *bookWriter) add(h *index.Hit) error {
	if w.n++; w.n > maxChapters {
		return tooMany(w.n)
	}
	a := h.Article
	t, language := xmlText(title(a)), languageTag(a)
	attr := ""
	if language != "" {
		attr = fmt.Sprintf(` lang="%s" xml:lang="%s"`, language, language)
		w.spoken[language]++
	}
	name := fmt.Sprintf("a%06d.xhtml", w.n)
	w.page.Reset()
	fmt.Fprintf(&w.page, pageHead, attr, t)
	fmt.Fprintf(&w.page, "<section dir=\"auto\"><h1>%s</h1>\n", t)
	writeArticle(&w.page, h, w.about, 2)
	w.page.WriteString("</section></body></html>\n")
	if err := w.member("EPUB/"+name, xmlOnly(w.page.Bytes())); err != nil {
		return err
	}
	fmt.Fprintf(w.manifest, "<item id=\"a%06d\" href=\"%s\" media-type=\"application/xhtml+xml\"/>\n", w.n, name)
	fmt.Fprintf(w.spine, "<itemref idref=\"a%06d\"/>\n", w.n)
	return w.contents(fmt.Sprintf("<li><a href=\"%s\">%s</a></li>\n", name, t))
}

// contents adds an entry to the table of contents.
func (w *bookWriter) contents(entry string) error {
	if len(w.group) == groupSize {
		w.grouped = true
		w.endGroup(w.n - 1)
	}
	w.group = append(w.group, entry)
	return failed(w.manifest.Writer, w.spine.Writer, w.nav.Writer)
}

// endGroup writes the entries since the last group as one, of which the last is that
// of chapter number last.
func (w *bookWriter) endGroup(last int) {
	fmt.Fprintf(w.nav, "<li><span>%d–%d</span><ol>\n%s</ol></li>\n", last-len(w.group)+1, last, strings.Join(w.group, ""))
	w.group = w.group[:0]
}

func (w *bookWriter) close() error {
	if w.n == 0 {
		return errors.New("there is no article to make a book of")
	}
	if w.grouped {
		w.endGroup(w.n)
	} else {
		w.nav.WriteString(strings.Join(w.group, ""))
	}
	t := xmlText(w.about.title())
	nav, err := w.zip.Create("EPUB/nav.xhtml")
	if err != nil {
		return err
	}
	fmt.Fprintf(nav, pageHead+"<h1>%s</h1>\n<p class=\"about\">%d articles, exported %s</p>\n<nav epub:type=\"toc\" id=\"toc\"><ol>\n", ` lang="en" xml:lang="en"`, t, t, w.n,
		w.about.Made.In(w.about.location()).Format("2006-01-02 15:04 MST"))
	if err := w.nav.copyTo(nav); err != nil {
		return err
	}
	if _, err := io.WriteString(nav, "</ol></nav></body></html>\n"); err != nil {
		return err
	}
	if err := w.writePackage(t); err != nil {
		return err
	}
	return w.zip.Close()
}

// writePackage writes the description of the book. Its identifier is that of the
// query and the time, so that two exports are two books.
func (w *bookWriter) writePackage(title string) error {
	opf, err := w.zip.Create("EPUB/package.opf")
	if err != nil {
		return err
	}
	id := sha256.Sum256([]byte(w.about.Query + "\n" + stamp(w.about.Made)))
	fmt.Fprintf(opf, `<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">urn:newsq:export:%x</dc:identifier>
<dc:title>%s</dc:title>
<dc:language>%s</dc:language>
<dc:publisher>newsq</dc:publisher>
<dc:date>%s</dc:date>
<meta property="dcterms:modified">%s</meta>
</metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="style" href="style.css" media-type="text/css"/>
`, id[:16], title, w.language(), stamp(w.about.Made), stamp(w.about.Made))
	if err := w.manifest.copyTo(opf); err != nil {
		return err
	}
	if _, err := io.WriteString(opf, "</manifest>\n<spine>\n<itemref idref=\"nav\"/>\n"); err != nil {
		return err
	}
	if err := w.spine.copyTo(opf); err != nil {
		return err
	}
	_, err = io.WriteString(opf, "</spine>\n</package>\n")
	return err
}

// language is that of most chapters; und where none is known.
func (w *bookWriter) language() string {
	best, most := "und", 0
	for tag, n := range w.spoken {
		if n > most || n == most && tag < best {
			best, most = tag, n
		}
	}
	return best
}

func (w *bookWriter) clean() {
	for _, s := range []*spool{w.manifest, w.spine, w.nav} {
		if s != nil {
			s.clean()
		}
	}
}

// xmlText returns a text in XML.
func xmlText(s string) string { return html.EscapeString(string(xmlOnly([]byte(s)))) }

// xmlOnly leaves out of a text the two characters that an article may have and XML
// has not, U+FFFE and U+FFFF.
func xmlOnly(b []byte) []byte {
	b = bytes.ReplaceAll(b, []byte("\ufffe"), nil)
	return bytes.ReplaceAll(b, []byte("\uffff"), nil)
}
