package corpus

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
)

// warcRecord writes a record of a WARC file.
func warcRecord(kind, address, date, mediaType, block string, extra ...string) string {
	header := "WARC/1.0\r\nWARC-Type: " + kind + "\r\nWARC-Target-URI: " + address + "\r\nWARC-Date: " + date + "\r\nContent-Type: " + mediaType + "\r\n"
	for _, line := range extra {
		header += line + "\r\n"
	}
	return header + fmt.Sprintf("Content-Length: %d\r\n\r\n%s\r\n\r\n", len(block), block)
}

// response writes the record of an answer with status 200.
func response(address, date, mediaType, body string, headers ...string) string {
	http := "HTTP/1.1 200 OK\r\nContent-Type: " + mediaType + "\r\n"
	for _, line := range headers {
		http += line + "\r\n"
	}
	return warcRecord("response", address, date, "application/http; msgtype=response", http+"\r\n"+body)
}

// longer makes a record state a length that is larger than its own.
func longer(record string, by int) string {
	before, rest, _ := strings.Cut(record, "Content-Length: ")
	stated, after, _ := strings.Cut(rest, "\r\n")
	n, _ := strconv.Atoi(stated)
	return fmt.Sprintf("%sContent-Length: %d\r\n%s", before, n+by, after)
}

// pageOf is a page with a title.
func pageOf(title string) string { return strings.ReplaceAll(ferryPage, "Ferries sail again", title) }

const (
	warcInfo = "WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Type: application/warc-fields\r\nContent-Length: 14\r\n\r\nsoftware: x\r\n\r\n\r\n\r\n"
	day1     = "2026-01-05T10:00:00Z"
	day2     = "2026-01-06T10:00:00Z"
)

func TestWARC(t *testing.T) {
	const a, b = "http://example.org/a", "http://example.org/b"
	html := "text/html; charset=utf-8"
	chunked := fmt.Sprintf("%x\r\n%s\r\n0\r\n\r\n", len(pageOf("A")), pageOf("A"))
	plain := "HTTP/1.0 200 OK\nContent-Type: text/html\n\n" + pageOf("A")
	half := len(pageOf("A")) / 2
	listing := "<html><head><title>All</title></head><body><h1>All</h1><ul><li><a href=a>One article of many</a><li><a href=b>Another article</a><li><a href=c>A third one</a></ul></body></html>"
	for _, tt := range []struct{ name, content, titles, told string }{
		{"two pages", warcInfo + response(a, day1, html, pageOf("A")) + response(b, day1, html, pageOf("B")), "A|B", ""},
		{"wget's brackets", response("<"+a+">", day1, html, pageOf("A")), "A", ""},
		{"what is no page", warcRecord("request", a, day1, "application/http; msgtype=request", "GET /a HTTP/1.1\r\n\r\n") +
			response("http://example.org/x.png", day1, "image/png", "\x89PNG") + response("http://example.org/d", day1, "application/json", `{"title": "x", "text": "y"}`) +
			response("http://example.org/robots.txt", day1, "text/plain", "User-agent: *") +
			warcRecord("resource", "metadata://gnu.org/software/wget/warc/wget.log", day1, "text/plain", "log") +
			warcRecord("response", "dns:example.org", day1, "text/dns", "20260105") + response(a, day1, html, pageOf("A")), "A", ""},
		{
			"an error page", warcRecord("response", a, day1, "application/http", "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n"+ferryPage), "",
			"none of its records is a page to read",
		},
		{"HTTP/2", strings.Replace(response(a, day1, html, pageOf("A")), "HTTP/1.1 200 OK", "HTTP/2 200   ", 1), "A", ""},
		{"a length that takes the next record in", longer(response(a, day1, html, pageOf("A")), 40) + response(b, day1, html, pageOf("B")), "A|B", "a record states a length"},
		{"a length past the end", longer(response(a, day1, html, pageOf("A")), 1<<50) + response(b, day1, html, pageOf("B")), "A|B", "a record states a length"},
		{"a record within a page", response(a, day1, html, pageOf("A")+"<pre>\r\n"+response(b, day1, "text/plain", "x")+"</pre>") + response(b, day1, html, pageOf("B")), "A|B", ""},
		{"a list of links", response(a, day1, html, listing) + response(b, day1, html, pageOf("B")), "B", ""},
		{"chunked", response(a, day1, html, chunked, "Transfer-Encoding: chunked"), "A", ""},
		{"chunked in two", response(a, day1, html, fmt.Sprintf("%x\r\n%s\r\n%x;x=y\r\n%s\r\n0\r\n\r\n", half, pageOf("A")[:half], len(pageOf("A"))-half, pageOf("A")[half:]),
			"Transfer-Encoding: chunked"), "A", ""},
		{
			"stored without its chunks", response(a, day1, "text/plain", "12\r\nStories you must read, all of them together.", "Transfer-Encoding: chunked"),
			"Stories you must read, all of them together", "",
		},
		{"gzip", response(a, day1, html, gzipOf(t, pageOf("A")), "Content-Encoding: gzip"), "A", ""},
		{"gzip of two members", response(a, day1, html, gzipOf(t, pageOf("A")[:half])+gzipOf(t, pageOf("A")[half:]), "Content-Encoding: gzip"), "A", ""},
		{"said to be gzip", response(a, day1, html, pageOf("A"), "Content-Encoding: gzip"), "A", ""},
		{"said to be Brotli", response(a, day1, html, pageOf("A"), "Content-Encoding: br"), "A", ""},
		{"Brotli", response(a, day1, html, "\x0b\x02\x80hello\x03", "Content-Encoding: br"), "", "http://example.org/a: encoded in a way that is not read: Brotli"},
		{"the newest stands", response(a, day2, html, pageOf("New")) + response(a, day1, html, pageOf("Old")), "New", ""},
		{"captured again, unchanged", response(a, day1, html, pageOf("A")) + response(a, day2, html, pageOf("A")) + response("https://example.org/a", day1, html, pageOf("A")), "A", ""},
		{"revisit", response(a, day1, html, pageOf("A")) + warcRecord("revisit", a, day2, "application/http; msgtype=response",
			"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 500\r\n\r\n", "WARC-Refers-To-Target-URI: "+a), "A", ""},
		{"text of a page", warcRecord("conversion", a, day1, "text/plain", thawText), "The slow thaw", ""},
		{"text of a page that is there", warcRecord("conversion", a, day1, "text/plain", thawText) + response(a, day1, html, pageOf("A")), "A", ""},
		{"resource", warcRecord("resource", a, day1, "text/html; charset=utf-8", pageOf("A")), "A", ""},
		{"resource of a program", warcRecord("resource", "urn:pageinfo:"+a, day1, "text/html", pageOf("A")) + response(a, day1, html, pageOf("B")), "B", ""},
		{"a body without a header", warcRecord("response", a, day1, "application/http", pageOf("A")), "A", ""},
		{"a body under its own type", warcRecord("response", a, day1, "text/html; charset=utf-8", pageOf("A")), "A", ""},
		{"without type", warcRecord("response", a, day1, "application/http", "HTTP/1.0 200 OK\r\n\r\n"+pageOf("A")), "A", ""},
		{"line feeds alone", fmt.Sprintf("WARC/1.0\nWARC-Type: response\nWARC-Target-URI: %s\nContent-Length: %d\n\n%s\n\n", a, len(plain), plain), "A", ""},
		{"empty page", response(a, day1, html, "<html></html>") + response(b, day1, html, pageOf("B")), "B", ""},
		{"old version", strings.Replace(response(a, day1, html, pageOf("A")), "WARC/1.0", "WARC/0.18", 1), "A", ""},
		{
			"wrong length", strings.Replace(response(a, day1, html, pageOf("A")), "Content-Length: ", "Content-Length: -", 1) + response(b, day1, html, pageOf("B")), "B",
			"length that is not its own",
		},
		{
			"length too short", warcInfo[:strings.Index(warcInfo, "14")] + "3" + warcInfo[strings.Index(warcInfo, "14")+2:] + response(b, day1, html, pageOf("B")), "B",
			"length that is not its own",
		},
		{"an address of bytes", response("http://example.org/caf\xe9 \x00", day1, html, pageOf("A")), "A", ""},
		{"no records", warcInfo, "", "none of its records is a page to read"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, titles, told := readFile(t, "a.warc", tt.content)
			if titles != tt.titles {
				t.Errorf("read %q, want %q", titles, tt.titles)
			}
			if tt.told == "" && len(told) > 0 || tt.told != "" && (len(told) == 0 || !holdsOne(told[0], tt.told)) {
				t.Errorf("told %q, want %q", told, tt.told)
			}
		})
	}
}

// holdsOne reports whether a text holds one of the texts that bars part.
func holdsOne(s, wanted string) bool {
	for w := range strings.SplitSeq(wanted, "|") {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// Where nothing says when a page was published, that it was captured does not.
func TestWARCFields(t *testing.T) {
	content := gzipOf(t, warcInfo) + gzipOf(t, response("http://example.org/a?b=c", day1, "text/html", "<meta charset=windows-1252>"+pageOf("Caf\xe9")))
	articles, _, told := readFile(t, "a.warc.gz", content)
	if len(articles) != 1 || len(told) > 0 {
		t.Fatalf("%d articles, %q", len(articles), told)
	}
	a := articles[0]
	if a.Title != "Café" || a.URL != "http://example.org/a?b=c" || !a.Published.IsZero() || a.Source != "example.org" {
		t.Errorf("%+v", a)
	}
	if !strings.HasSuffix(a.Key, "a.warc.gz#http://example.org/a?b=c") {
		t.Errorf("key %q", a.Key)
	}
}

// What is there of a file that is cut is read.
func TestWARCCut(t *testing.T) {
	whole := response("http://example.org/a", day1, "text/html", pageOf("A")) + response("http://example.org/b", day1, "text/html", pageOf("B"))
	_, titles, told := readFile(t, "a.warc", whole[:len(whole)-100])
	if titles != "A|B" || len(told) != 2 || !strings.Contains(told[0], "only the beginning") || !strings.Contains(told[1], "cut short") {
		t.Errorf("%q, %q", titles, told)
	}
}

// Of a stream that cannot be looked through the first capture is read, and it is
// told that there are others.
func TestWARCStream(t *testing.T) {
	articles, errs := parse(t, "warc", []byte(response("http://example.org/a", day1, "text/html", pageOf("Old"))+response("http://example.org/a", day2, "text/html", pageOf("New"))))
	if len(articles) != 1 || articles[0].Title != "Old" || len(errs) != 1 {
		t.Errorf("%d articles, %v", len(articles), errs)
	}
}

func TestARC(t *testing.T) {
	block := "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + pageOf("A")
	head1 := "1 0 Test\nURL IP-address Archive-date Content-type Archive-length\n"
	head2 := "2 0 Test\nURL IP-address Archive-date Content-type Result-code Checksum Location Offset Filename Archive-length\n"
	for _, tt := range []struct{ name, content, titles string }{
		{"version 1", fmt.Sprintf("filedesc://a.arc 0.0.0.0 20260105000000 text/plain %d\n%s\nhttp://example.org/a 192.0.2.1 20260105000000 text/html %d\n%s\n", len(head1), head1, len(block), block), "A"},
		{"version 2", fmt.Sprintf("filedesc://a.arc 0.0.0.0 20260105000000 text/plain 200 - - 0 a.arc %d\n%s\nhttp://example.org/a 192.0.2.1 20260105000000 text/html 200 XYZ - 99 a.arc %d\n%s\n", len(head2), head2, len(block), block), "A"},
		{"a blank in the address", fmt.Sprintf("filedesc://a.arc 0.0.0.0 20260105000000 text/plain %d\n%s\nhttp://example.org/a b 192.0.2.1 20260105000000 text/html %d\n%s\n", len(head1), head1, len(block), block), "A"},
		{"a length that is none", fmt.Sprintf("filedesc://a.arc 0.0.0.0 20260105000000 text/plain %d\n%s\nhttp://example.org/x 192.0.2.1 20260105000000 text/html -1\n\nhttp://example.org/a 192.0.2.1 20260105000000 text/html %d\n%s\n", len(head1), head1, len(block), block), "A"},
	} {
		if _, titles, told := readFile(t, "a.arc", tt.content); titles != tt.titles {
			t.Errorf("%s: %q, %q", tt.name, titles, told)
		}
	}
}

func TestWACZ(t *testing.T) {
	untitled := strings.NewReplacer("<title>A</title>", "", "<h1>A</h1>", "").Replace(pageOf("A"))
	warc := warcInfo + response("http://example.org/a", day1, "text/html", untitled) + response("http://example.org/b", day1, "text/html", pageOf("B"))
	pages := packed{"pages/pages.jsonl", `{"format": "json-pages-1.0", "id": "pages", "hasText": true}` + "\n" + `{"url": "http://example.org/a", "title": "From the list"}` + "\n"}
	for _, tt := range []struct {
		name    string
		members []packed
		titles  string
		told    int
	}{
		{"compressed", []packed{{"archive/data.warc.gz", gzipOf(t, warc)}, pages}, "From the list|B", 0},
		{"not compressed", []packed{{"archive/data.warc", warc}}, "The first boat left the harbour at six on Monday, with forty people and a dog on board|B", 0},
		{"in two files", []packed{{"archive/2.warc", response("http://example.org/b", day2, "text/html", pageOf("New"))}, {"archive/1.warc", warc}, pages}, "From the list|New", 0},
		{"without pages", []packed{{"datapackage.json", "{}"}}, "", 1},
		{"of several", []packed{{"datapackage.json", "{}"}, {"1.wacz", zipOf(t, packed{"archive/data.warc", warc}, pages)}}, "From the list|B", 0},
	} {
		_, titles, told := readFile(t, "a.wacz", zipOf(t, tt.members...))
		if titles != tt.titles || len(told) != tt.told {
			t.Errorf("%s: %q, %q", tt.name, titles, told)
		}
	}
	if _, titles, _ := readFile(t, "a.zip", zipOf(t, packed{"archive/data.warc", warc}, pages)); titles != "From the list|B" {
		t.Errorf("under another name: %q", titles)
	}
}

func FuzzWARC(f *testing.F) {
	s := warcInfo + response("http://example.org/a", day1, "text/html", "2\r\n<p\r\n0\r\n\r\n", "Transfer-Encoding: chunked", "Content-Encoding: deflate")
	fuzz(f, "warc", s, s[:len(s)/2], warcRecord("conversion", "http://example.org/a", day1, "text/plain", "A\n\nb"))
}

func FuzzARC(f *testing.F) {
	fuzz(f, "arc", "filedesc://a 0.0.0.0 20260105000000 text/plain 70\n1 0 Test\nURL IP-address Archive-date Content-type Archive-length\n\nhttp://e.org/a 1.1.1.1 20260105000000 text/html 4\n<p>a\n")
}

func FuzzWACZ(f *testing.F) {
	fuzz(f, "wacz", zipOf(f, packed{"archive/a.warc", response("http://example.org/a", day1, "text/html", "<p>a")}, packed{"pages/pages.jsonl", "{}\n{\"url\": 1}\n"}))
}
