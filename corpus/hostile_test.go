package corpus

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"runtime/metrics"
	"strings"
	"testing"
	"time"
)

// Nobody who writes a file decides what reading it costs. Each of these is small
// and asks for very much, by its own word or by how it is made; all of them are
// read, or refused and told, in less than a gigabyte.
func TestHostileFiles(t *testing.T) {
	if testing.Short() {
		t.Skip("a minute under the race detector")
	}
	deep := func(open, inner, closing string) []byte {
		return []byte(strings.Repeat(open, hostileDepth) + inner + strings.Repeat(closing, hostileDepth))
	}
	for _, c := range []struct {
		name, file string
		content    func() []byte
	}{
		{"arrays", "a.json", func() []byte { return deep("[", `{"title": "A"}`, "]") }},
		{"objects", "a.json", func() []byte { return deep(`{"a":`, `"x"`, "}") }},
		{"objects in a line", "a.jsonl", func() []byte { return deep(`{"a":`, `"x"`, "}") }},
		{"objects without end", "a.json", func() []byte { return deep(`{"articles":[`, "", "") }},
		{"an article with a deep text", "a.json", func() []byte { return deep(`{"title": "A", "body": {"children": [`, `{"text": "b"}`, "]}}") }},
		{"divisions", "a.html", func() []byte { return deep("<div>", "<p>The ferries stay.", "</div>") }},
		{"divisions without end", "a.html", func() []byte { return deep("<div><p>The ferries stay.", "", "") }},
		{"tables", "a.html", func() []byte { return deep("<table><tr><td>", "The ferries stay.", "") }},
		{"lists", "a.html", func() []byte { return deep("<ul><li>", "The ferries stay.", "") }},
		{"letters", "a.html", func() []byte { return deep("<b><i><font>", "The ferries stay.", "") }},
		{"forms", "a.html", func() []byte { return deep("<form><a href=x><button>", "The ferries stay.", "") }},
		{"deep JSON in a page", "a.html", func() []byte {
			return []byte(`<title>A</title><script type="application/ld+json">` + string(deep(`{"@graph":[`, "", "]}")) + "</script><p>The ferries stay.")
		}},
		{"brackets", "a.html", func() []byte { return deep("<", "", ">") }},
		{"comments without end", "a.html", func() []byte { return deep("<!--", "x", "") }},
		{"references", "a.html", func() []byte { return deep("&", "amp;", "amp;") }},
		{"attributes", "a.html", func() []byte { return []byte("<p " + strings.Repeat("a=b ", hostileDepth) + ">The ferries stay.") }},
		{"elements", "a.xml", func() []byte { return deep("<a>", "x", "</a>") }},
		{"elements of a feed", "a.rss", func() []byte {
			return []byte("<rss><channel><item><title>A</title><description>" + string(deep("<a>", "x", "</a>")) + "</description></item></channel></rss>")
		}},
		{"items within items", "a.rss", func() []byte {
			return []byte("<rss><channel>" + string(deep("<item><title>A</title>", "x", "</item>")) + "</channel></rss>")
		}},
		{"entities of entities", "a.rss", func() []byte {
			return entities("<rss><channel><item><title>A</title><description>&e9;</description></item></channel></rss>")
		}},
		{"entities of entities, NITF", "a.xml", func() []byte {
			return entities("<nitf><head><title>A</title></head><body><body.content><p>&e9;</p></body.content></body></nitf>")
		}},
		{"a large entity, often", "a.rss", func() []byte {
			return []byte("<!DOCTYPE rss [<!ENTITY e \"" + strings.Repeat("x", hostileDepth) + "\">]><rss><channel><item><title>A</title><description>" +
				strings.Repeat("&e;", hostileDepth) + "</description></item></channel></rss>")
		}},
		{"an entity of itself", "a.rss", func() []byte {
			return []byte("<!DOCTYPE rss [<!ENTITY e \"&e;&e;\">]><rss><channel><item><title>A&e;</title></item></channel></rss>")
		}},
		{"quotes", "a.md", func() []byte { return deep("> ", "x", "\n") }},
		{"lists in Markdown", "a.md", func() []byte { return deep("- ", "x", "\n") }},
		{"links in Markdown", "a.md", func() []byte { return deep("[", "x", "](y)") }},
		{"emphasis", "a.md", func() []byte { return deep("*a **b ", "x", "_") }},
		{"front matter of aliases", "a.md", func() []byte { return []byte(aliasBomb()) }},
		{"groups", "a.rtf", func() []byte { return []byte(`{\rtf1 ` + string(deep("{", "x", "}")) + "}") }},
		{"binary data by its word", "a.rtf", func() []byte { return []byte(`{\rtf1 A title\par\bin2147483647 x}`) }},
		{"braces", "a.bib", func() []byte { return deep("@article{a, title = {", "x", "}}") }},
		{"strings that double", "a.bib", func() []byte { return []byte(doublingStrings()) }},
		{"a record without end", "a.ris", func() []byte {
			return []byte("TY  - NEWS\nTI  - A\n" + strings.Repeat("AU  - B\nKW  - c\n", hostileDepth))
		}},
		{"quotation marks", "a.csv", func() []byte { return []byte("title,text\n" + strings.Repeat("\"a\"\"", hostileDepth)) }},
		{"columns", "a.csv", func() []byte {
			return []byte("title,text" + strings.Repeat(",a", hostileDepth) + "\n" + strings.Repeat("A,b\n", 1000))
		}},
		{"parts within parts", "a.eml", func() []byte { return parts() }},
		{"headers", "a.eml", func() []byte {
			return []byte("From: a@example.org\nSubject: A\n" + strings.Repeat("X-A: b\n c\n", hostileDepth) + "\nThe ferries stay.\n")
		}},
		{"addresses", "a.eml", func() []byte {
			return []byte("From: " + string(deep("(", "a@example.org", ")")) + "\nSubject: A\n\nThe ferries stay.\n")
		}},
		{"mails that end at once", "a.mbox", func() []byte {
			return []byte(strings.Repeat("From a@example.org Mon Jan  5 10:00:00 2026\n", hostileDepth))
		}},
		{"a length by its word", "a.warc", func() []byte {
			return []byte("WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: 9223372036854775807\r\n\r\nHTTP/1.1 200 OK\r\n\r\nx")
		}},
		{"members without content", "a.warc.gz", func() []byte { return bytes.Repeat([]byte(gzipOf(t, "")), hostileDepth) }},
		{"blanks in gzip", "a.json.gz", func() []byte { return []byte(gzipOf(t, strings.Repeat(" ", 256<<20))) }},
		{"brackets in gzip", "a.json.gz", func() []byte { return []byte(gzipOf(t, strings.Repeat("[", 256<<20))) }},
		{"a page in gzip", "a.html.gz", func() []byte { return []byte(gzipOf(t, strings.Repeat("<p>", 80<<20))) }},
		{"a window by its word", "a.txt.zst", func() []byte { return []byte{0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xf8, 0x01, 0x00, 0x00} }},
		{"a dictionary by its word", "a.txt.xz", func() []byte { return xzHeader() }},
		{"a text in a zip", "a.zip", func() []byte { return []byte(zipOf(t, packed{"a.txt", strings.Repeat("\x00", 256<<20)})) }},
		{"texts in the same place", "a.zip", func() []byte { return overlapping() }},
		{"files without content", "a.zip", func() []byte { return manyFiles(t) }},
		{"a size by its word", "a.tar", func() []byte { return hugeTar(t) }},
		{"a document in Word", "a.docx", func() []byte {
			return []byte(zipOf(t, packed{"[Content_Types].xml", contentTypes}, packed{"word/document.xml", wordDocument(strings.Repeat("<w:p>", 40<<20/5))}))
		}},
		{"elements in Word", "a.docx", func() []byte {
			return []byte(zipOf(t, packed{"[Content_Types].xml", contentTypes}, packed{"word/document.xml", wordDocument(string(deep("<w:tbl><w:tr><w:tc>", "", "</w:tc></w:tr></w:tbl>")))}))
		}},
		{"cells by their word", "a.fodt", func() []byte {
			return []byte(`<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text><text:p>A<text:s text:c="2147483647"/>B</text:p><table:table><table:table-row table:number-rows-repeated="2147483647"><table:table-cell table:number-columns-repeated="2147483647"><text:p>x</text:p></table:table-cell></table:table-row></table:table></office:text></office:body></office:document>`)
		}},
		{"pages that hold each other", "a.pdf", func() []byte {
			return pdfOf("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 2147483647/Kids[2 0 R 2 0 R]>>")
		}},
		{"a table that goes before itself", "a.pdf", func() []byte {
			return []byte("%PDF-1.4\nxref\n0 1\n0000000000 65535 f \ntrailer<</Size 1/Prev 9>>\nstartxref\n9\n%%EOF")
		}},
		{"arrays in a PDF", "a.pdf", func() []byte { return pdfOf("<</Type/Catalog/Pages 2 0 R>>", string(deep("[", "", "]"))) }},
		{"a page in a PDF", "a.pdf", func() []byte {
			return pdfOf("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 1/Kids[3 0 R]>>",
				"<</Type/Page/Parent 2 0 R/MediaBox[0 0 1e9 1e9]/Contents 4 0 R>>", flate(bytes.Repeat([]byte("q "), 64<<20)))
		}},
		{"a form that draws itself", "a.pdf", func() []byte {
			return pdfOf("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 1/Kids[3 0 R]>>",
				"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<</XObject<</A 4 0 R>>>>/Contents 5 0 R>>",
				"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A 4 0 R>>>>/Length 10>>stream\n/A Do /A Do\nendstream", "<</Length 5>>stream\n/A Do\nendstream")
		}},
		{"one line", "a.txt", func() []byte { return bytes.Repeat([]byte("ab "), 10<<20) }},
		{"one word", "a.txt", func() []byte { return bytes.Repeat([]byte("a"), 30<<20) }},
		{"line ends", "a.txt", func() []byte { return bytes.Repeat([]byte("\n"), 30<<20) }},
		{"accents", "a.txt", func() []byte { return append([]byte("a"), bytes.Repeat([]byte("\u0301"), 10<<20)...) }},
		{"directions", "a.txt", func() []byte { return bytes.Repeat([]byte("\u202ea\u2066"), 1<<20) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := tree(t, map[string]string{c.file: string(c.content())})
			runtime.GC()
			start := time.Now()
			peak := peakOf(func() {
				articles, errs := collect(t, open(t, Options{}, dir))
				t.Logf("%d articles, errors %.200q", len(articles), fmt.Sprint(errs))
				if len(articles)+len(errs) == 0 {
					t.Error("nothing was read, and nothing told")
				}
			})
			t.Logf("%v, %d MB", time.Since(start).Round(time.Millisecond), peak>>20)
			if peak > 1<<30 {
				t.Errorf("%d MB were held", peak>>20)
			}
		})
	}
}

// An address that never stops sending is left at the bound of a file.
func TestEndlessFeed(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/rss+xml")
		_, err := io.WriteString(w, "<rss><channel><title>A</title>")
		for i := 0; err == nil; i++ {
			_, err = fmt.Fprintf(w, "<item><title>B %d</title><guid>%d</guid><description>The ferries stay.</description></item>\n", i, i)
		}
	}))
	defer server.Close()
	peak := peakOf(func() {
		articles, errs := collect(t, open(t, Options{MaxFile: 8 << 20}, server.URL+"/feed.xml"))
		t.Logf("%d articles, errors %v", len(articles), errs)
		if len(errs) == 0 {
			t.Error("nothing was told")
		}
	})
	if peak > 1<<30 {
		t.Errorf("%d MB were held", peak>>20)
	}
}

// hostileDepth is how often what is nested or repeated occurs.
const hostileDepth = 100_000

// peakOf returns about how many bytes the heap held at most while fn ran.
func peakOf(fn func()) uint64 {
	stop, result := make(chan struct{}), make(chan uint64)
	go func() {
		sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
		var peak uint64
		for {
			metrics.Read(sample)
			peak = max(peak, sample[0].Value.Uint64())
			select {
			case <-stop:
				result <- peak
				return
			case <-time.After(5 * time.Millisecond):
			}
		}
	}()
	fn()
	close(stop)
	return <-result
}

// entities declares ten entities, each of ten of the one before, and uses them.
func entities(document string) []byte {
	s := `<!DOCTYPE a [<!ENTITY e0 "lol">`
	for i := 1; i < 10; i++ {
		s += fmt.Sprintf(`<!ENTITY e%d "%s">`, i, strings.Repeat(fmt.Sprintf("&e%d;", i-1), 10))
	}
	return []byte(s + "]>" + document)
}

func aliasBomb() string {
	s := "---\ntitle: A\na0: &a0 [x, x]\n"
	for i := 1; i < 30; i++ {
		s += fmt.Sprintf("a%d: &a%d [%s]\n", i, i, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d, ", i-1), 9), ", "))
	}
	return s + "tags: *a29\n---\n\nThe ferries stay.\n"
}

func doublingStrings() string {
	s := "@string{a0 = {x}}\n"
	for i := 1; i < 60; i++ {
		s += fmt.Sprintf("@string{a%d = a%d # a%d}\n", i, i-1, i-1)
	}
	return s + "@article{a, title = a59, abstract = a59}\n"
}

// parts is a mail of parts within parts.
func parts() []byte {
	var b strings.Builder
	b.WriteString("From: a@example.org\nSubject: A\nMIME-Version: 1.0\n")
	for i := range 10_000 {
		fmt.Fprintf(&b, "Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n", i, i)
	}
	return []byte(b.String() + "Content-Type: text/plain\n\nThe ferries stay.\n")
}

// xzHeader begins an xz file whose dictionary is to have four gigabytes.
func xzHeader() []byte {
	b := []byte{0xfd, '7', 'z', 'X', 'Z', 0, 0, 0}
	b = binary.LittleEndian.AppendUint32(b, crc32.ChecksumIEEE(b[6:8]))
	block := []byte{2, 0, 0x21, 1, 40, 0, 0, 0}
	b = append(b, block...)
	b = binary.LittleEndian.AppendUint32(b, crc32.ChecksumIEEE(block))
	return append(b, 1, 0, 0, 'x', 0)
}

// overlapping is a zip archive whose directory names one member ten thousand
// times.
func overlapping() []byte {
	text := bytes.Repeat([]byte("The ferries stay.\n"), 50_000)
	var member bytes.Buffer
	w := zip.NewWriter(&member)
	f, _ := w.Create("a.txt")
	_, _ = f.Write(text)
	_ = w.Close()
	b := member.Bytes()
	directory := int(binary.LittleEndian.Uint32(b[len(b)-6:]))
	end := len(b) - 22
	entry := b[directory:end]
	out := append([]byte{}, b[:directory]...)
	const n = 10_000
	out = append(out, bytes.Repeat(entry, n)...)
	tail := append([]byte{}, b[end:]...)
	binary.LittleEndian.PutUint16(tail[8:], n)
	binary.LittleEndian.PutUint16(tail[10:], n)
	binary.LittleEndian.PutUint32(tail[12:], uint32(len(entry)*n))
	return append(out, tail...)
}

func manyFiles(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := range hostileDepth / 5 {
		if _, err := w.CreateHeader(&zip.FileHeader{Name: fmt.Sprintf("%d.txt", i), Method: zip.Store}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// hugeTar is a tar archive with a member that says to have a petabyte.
func hugeTar(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := tar.NewWriter(&b).WriteHeader(&tar.Header{Name: "a.txt", Size: 1 << 50, Mode: 0o644}); err != nil {
		t.Fatal(err)
	}
	return append(b.Bytes(), "The ferries stay.\n"...)
}

const contentTypes = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`

func wordDocument(body string) string {
	return `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>The ferries stay.</w:t></w:r></w:p>` + body + `</w:body></w:document>`
}

// pdfOf is a PDF of objects, numbered from 1, of which the first is the catalog.
func pdfOf(objects ...string) []byte {
	b := []byte("%PDF-1.4\n")
	offsets := []int{}
	for i, o := range objects {
		offsets = append(offsets, len(b))
		b = fmt.Appendf(b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := len(b)
	b = fmt.Appendf(b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, at := range offsets {
		b = fmt.Appendf(b, "%010d 00000 n \n", at)
	}
	return fmt.Appendf(b, "trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, start)
}

func flate(content []byte) string {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	_, _ = w.Write(content)
	_ = w.Close()
	return fmt.Sprintf("<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream", b.Len(), b.String())
}
