package corpus

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"fmt"
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
		{"quotes", "a.md", func() []byte { return deep("> ", "x", "\n") }},
		{"lists in Markdown", "a.md", func() []byte { return deep("- ", "x", "\n") }},
		{"links in Markdown", "a.md", func() []byte { return deep("[", "x", "](y)") }},
		{"emphasis", "a.md", func() []byte { return deep("*a **b ", "x", "_") }},
		{"groups", "a.rtf", func() []byte { return []byte(`{\rtf1 ` + string(deep("{", "x", "}")) + "}") }},
		{"binary data by its word", "a.rtf", func() []byte { return []byte(`{\rtf1 A title\par\bin2147483647 x}`) }},
		{"braces", "a.bib", func() []byte { return deep("@article{a, title = {", "x", "}}") }},
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
		{"a text in a zip", "a.zip", func() []byte { return []byte(zipOf(t, packed{"a.txt", strings.Repeat("\x00", 256<<20)})) }},
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

// parts is a mail of parts within parts.
func parts() []byte {
	var b strings.Builder
	b.WriteString("From: a@example.org\nSubject: A\nMIME-Version: 1.0\n")
	for i := range 10_000 {
		fmt.Fprintf(&b, "Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n", i, i)
	}
	return []byte(b.String() + "Content-Type: text/plain\n\nThe ferries stay.\n")
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
