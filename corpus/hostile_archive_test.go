package corpus

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
)

// maxAllocated bounds what a hostile file may cost: memory that is allocated in all,
// which is more than is held at a time, in bytes.
const maxAllocated = 1 << 30

// Files that are made to exhaust those who read them end with what is readable,
// and a word on the rest.
func TestHostileArchives(t *testing.T) {
	if testing.Short() {
		t.Skip("a minute under the race detector")
	}
	const kb, mb = 1 << 10, 1 << 20
	page := func(headers, body string) string {
		return warcRecord("response", "http://example.org/a", day1, "application/http", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"+headers+"\r\n"+body)
	}
	deep := func(n int) string {
		var b strings.Builder
		b.WriteString("Message-ID: <1@x>\nFrom: a@x.example\nSubject: Deep\nMIME-Version: 1.0\n")
		for i := range n {
			fmt.Fprintf(&b, "Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n", i, i)
		}
		return b.String() + "Content-Type: text/plain\n\nText.\n"
	}
	nested := packed{"thaw.txt", thawText}
	for range 6 {
		nested = packed{"a.zip", zipOf(t, nested)}
	}
	second := response("http://example.org/b", day1, "text/html", pageOf("B"))
	mailHead := "Message-ID: <1@x>\nFrom: a@x.example\nSubject: One\n"
	for _, tt := range []struct{ name, file, content, titles, told string }{
		{"much of little", "a.zip", zipOf(t, packed{"a.txt", strings.Repeat("a", 64*mb)}, packed{"thaw.txt", thawText}), "The slow thaw", "too large"},
		{"much of little, gzip", "a.txt.gz", gzipOf(t, strings.Repeat("a", 80*mb)), "", "too large"},
		{"much of little, twice", "a.zip", zipOf(t, packed{"b.zip", zipOf(t, packed{"a.txt", strings.Repeat("a", 64*mb)})}, packed{"thaw.txt", thawText}), "The slow thaw", "too large"},
		{"deep", nested.name, nested.content, "", "nested deeper than 3"},
		{"cut gzip", "a.jsonl.gz", gzipOf(t, thawLines)[:60], "", "unexpected EOF"},
		{"cut tar.gz", "a.tgz", gzipOf(t, tarOf(t, packed{"thaw.txt", thawText}, packed{"b.html", ferryPage}))[:300], "", "unexpected EOF"},
		{"a tar that states too much", "a.tar", strings.Replace(tarOf(t, packed{"thaw.txt", thawText}), fmt.Sprintf("%011o", len(thawText)), "77777777777", 1), "", "tar"},
		{"chunks without end", "a.warc", page("Transfer-Encoding: chunked\r\n", "7fffffff\r\n<p>x") + second, "7fffffff|B", ""},
		{"many chunks", "a.warc", page("Transfer-Encoding: chunked\r\n", strings.Repeat("1\r\na\r\n", 300*kb)) + second, "", ""},
		{"much of little in a page", "a.warc", page("Content-Encoding: gzip\r\n", gzipOf(t, "<title>A</title><p>"+strings.Repeat("a ", 20*mb))) + second, "", ""},
		{"a negative length", "a.warc", "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: -5\r\n\r\nx\r\n\r\n" + second, "B", "length"},
		{"a length that no number holds", "a.warc", "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999999999999999999\r\n\r\nx\r\n\r\n" + second, "B", "length"},
		{"a header without end", "a.warc", "WARC/1.0\r\n" + strings.Repeat("X: y\r\n", 200*kb), "", "none of its records"},
		{"lengths that hide records", "a.warc", strings.Repeat(longer(response("http://example.org/c", day1, "text/html", pageOf("C")), 40), 300), "", ""},
		{"parts within parts", "a.eml", deep(20_000), "Deep", ""},
		{"many parts", "a.eml", mailHead + "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n" + strings.Repeat("--b\n\nx\n", 200*kb), "One", ""},
		{"a header line without end", "a.eml", mailHead + "X: " + strings.Repeat("y", 8*mb) + "\n\nText.\n", "One", ""},
		{"many encoded words", "a.eml", "Message-ID: <1@x>\nFrom: a@x.example\nSubject:" + strings.Repeat(" =?utf-8?q?a?=", 100*kb) + "\n\nText.\n", "", ""},
		{"many mails", "a.mbox", strings.Repeat("From a Sat Jan  6 10:00:00 2024\nFrom: a@x\n\n\n", 20*kb), "", ""},
		{"lines that nearly begin a mail", "a.mbox", "From a Sat Jan  6 10:00:00 2024\n" + mailHead + "\n" + strings.Repeat("From a@x.example\n", 200*kb), "One", ""},
		{"tags within tags", "a.mhtml", "From: <Saved by x>\nMIME-Version: 1.0\nContent-Location: http://example.org/a\nContent-Type: text/html\n\n" + strings.Repeat("<div>", 100*kb) + "<p>Text.", "", ""},
		{"a saved mail of tables", "a.html", "<div class=\"gmail_attr\"></div>" + strings.Repeat("<table><tr><td>", 20*kb) + "<p>Text.", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			_, titles, told := readFile(t, tt.file, tt.content)
			runtime.ReadMemStats(&after)
			if allocated := after.TotalAlloc - before.TotalAlloc; allocated > maxAllocated {
				t.Errorf("%d MB were allocated", allocated>>20)
			}
			if tt.titles != "" && titles != tt.titles {
				t.Errorf("read %q, want %q", titles, tt.titles)
			}
			if tt.told != "" && !strings.Contains(strings.Join(told, "|"), tt.told) {
				t.Errorf("told %q, want %q", told, tt.told)
			}
		})
	}
}
