package corpus

import (
	"encoding/base64"
	"encoding/binary"
	"strings"
	"testing"
	"unicode/utf16"
)

// mhtmlOf is a page as a browser saves it, with a frame.
func mhtmlOf(header, page string) string {
	return header + "MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"----B----\"\r\n\r\n\r\n------B----\r\n" +
		"Content-Type: text/html\r\nContent-ID: <frame-1@mhtml.blink>\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: http://example.org/a\r\n\r\n" +
		strings.ReplaceAll(page, "=", "=3D") + "\r\n------B----\r\nContent-Type: text/html\r\nContent-Location: cid:frame-2@mhtml.blink\r\n\r\n<p>An advertisement.\r\n" +
		"------B----\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0K\r\n------B------\r\n"
}

func TestSavedPages(t *testing.T) {
	latin := strings.Replace(pageOf("Caf=E9"), "<head>", "<head><meta charset=windows-1252>", 1)
	plist := `<?xml version="1.0"?><!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "x"><plist version="1.0"><dict><key>WebMainResource</key><dict>` +
		`<key>WebResourceData</key><data>` + base64.StdEncoding.EncodeToString([]byte(ferryPage)) + `</data><key>WebResourceMIMEType</key><string>text/html</string>` +
		`<key>WebResourceURL</key><string>http://example.org/a</string></dict></dict></plist>`
	rdf := `<?xml version="1.0"?><RDF:RDF xmlns:MAF="http://maf.mozdev.org/metadata/rdf#" xmlns:RDF="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><RDF:Description RDF:about="urn:root">` +
		`<MAF:originalurl RDF:resource="http://example.org/a"/><MAF:title RDF:resource="T"/><MAF:indexfilename RDF:resource="index.html"/></RDF:Description></RDF:RDF>`
	after := func(tag, add string) string { return strings.Replace(ferryPage, tag, tag+add, 1) }
	single := zipOf(t, packed{"index.html", after("<html>", "<!--\n Page saved with SingleFile \n url: http://example.org/a \n-->")},
		packed{"stylesheet_0.css", "p{}"}, packed{"images/0.png", "\x89PNG"}, packed{"manifest.json", `{"title": "x"}`}, packed{"frames/0/index.html", pageOf("An advert")})
	for _, tt := range []struct{ name, file, content, title string }{
		{"Chromium", "a.mhtml", mhtmlOf("From: <Saved by Blink>\r\nSnapshot-Content-Location: http://example.org/a\r\nSubject: x\r\nDate: Sun, 29 Nov 2026 05:23:29 +0000\r\n", ferryPage), ""},
		{"under another name", "a.txt", mhtmlOf("From: <Saved by Blink>\r\nSnapshot-Content-Location: http://example.org/a\r\nSubject: x\r\n", ferryPage), ""},
		{"the page's own set", "a.mhtml", strings.ReplaceAll(mhtmlOf("From: <Saved by Blink>\r\nSnapshot-Content-Location: http://example.org/a\r\nSubject: x\r\n", latin), "=3DE9", "=E9"), "Café"},
		{"Internet Explorer", "a.mht", mhtmlOf("From: \"Saved by Windows Internet Explorer 7\"\r\nSubject: x\r\nDate: Sun, 29 Nov 2026 05:23:29 +0000\r\n", ferryPage), ""},
		{"Firefox", "a.mht", "From: <Saved by Mozilla 5.0>\r\nSubject: x\r\nDate: Fri Mar 10 2006 13:40:00 GMT+0100\r\nMIME-Version: 1.0\r\nContent-Location: http://example.org/a\r\n" +
			"Content-Type: multipart/related; boundary=B\r\n\r\n--B\r\nContent-Type: multipart/alternative; boundary=C\r\n\r\n--C\r\nContent-Type: text/html; charset=x-user-defined\r\n" +
			"Content-Location: http://example.org/a\r\n\r\n" + ferryPage + "\r\n--C--\r\n--B--\r\n", ""},
		{"an empty part first", "a.mht", "From: <Saved by x>\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=B\r\n\r\n--B\r\nContent-Type: text/html\r\n\r\n\r\n--B\r\n" +
			"Content-Type: text/html\r\nContent-Location: http://example.org/a\r\n\r\n" + ferryPage + "\r\n--B--\r\n", ""},
		{"SingleFile", "a.html", strings.Replace(ferryPage, "<html>", "<!DOCTYPE html> <html lang=en><!--\n Page saved with SingleFile \n url: http://example.org/a \n saved date: Sun Nov 29 2026 05:23:52 GMT+0000\n-->", 1), ""},
		{"SingleFile, older", "a.html", after("<html>", "<!--\n Archive processed by SingleFile \n url: http://example.org/a \n saved date: Sun Nov 29 2026\n-->"), ""},
		{"SingleFile, zip", "a.zip", single, ""},
		{"SingleFile that unpacks itself", "a.html", "<!doctype html><html data-sfz><meta charset=utf-8><title>x</title><body hidden><!--" + single + "--><script>x()</script></html>", ""},
		{"Wayback Machine", "a.html", after("<head>", `<script>__wm.wombat("http://example.org/a","20200105100000","https://web.archive.org/");</script>`) +
			"<!-- BEGIN WAYBACK TOOLBAR INSERT --><p>12 captures, advert, 05 Jan 2020</p><!-- END WAYBACK TOOLBAR INSERT -->", ""},
		{"HTTrack", "a.html", after("<html>", "\n<!-- Mirrored from example.org/a by HTTrack Website Copier/3.x [XR&CO'2014], Sun, 29 Nov 2026 05:23:25 GMT -->\n"), ""},
		{"a browser", "a.html", "<!DOCTYPE html>\n<!-- saved from url=(0020)http://example.org/a -->\n" + ferryPage, ""},
		{"monolith", "a.html", "<!-- Saved from http://example.org/a at 2026-01-05T10:00:00Z using monolith v2.8.3 -->\n" + ferryPage, ""},
		{"Save Page WE", "a.html", after("<head>", `<meta name="savepage-url" content="http://example.org/a"><meta name="savepage-date" content="Mon Jan 05 2026">`), ""},
		{"WebScrapBook", "a.html", strings.Replace(ferryPage, "<html>", `<html data-scrapbook-source="http://example.org/a" data-scrapbook-create="20260105100000000">`, 1), ""},
		{"HTZ", "a.htz", zipOf(t, packed{"a.bmp", "BM"}, packed{"index.html", strings.Replace(ferryPage, "<html>", `<html data-scrapbook-source="http://example.org/a">`, 1)}), ""},
		{"MAFF", "a.maff", zipOf(t, packed{"123/index.html", ferryPage}, packed{"123/index.rdf", rdf}), ""},
		{"Safari, XML", "a.webarchive", plist, ""},
		{"Safari", "a.webarchive", binaryArchive(ferryPage, "http://example.org/a"), ""},
	} {
		articles, _, told := readFile(t, tt.file, tt.content)
		if len(articles) != 1 || len(told) > 0 {
			t.Errorf("%s: %d articles, %q", tt.name, len(articles), told)
			continue
		}
		a := articles[0]
		if tt.title == "" {
			tt.title = "Ferries sail again"
		}
		if a.Title != tt.title || a.URL != "http://example.org/a" || !a.Published.IsZero() || a.Source != "example.org" || strings.Contains(a.Body, "advert") {
			t.Errorf("%s: %+v", tt.name, a)
		}
	}
}

// Archives of several pages, and what of a mirror is no article.
func TestSavedFolders(t *testing.T) {
	list := "<html>\n<!-- Mirrored from example.org/ by HTTrack Website Copier/3.x [XR&CO'2014], x -->\n<h1>All</h1><ul><li><a href=a>One</a><li><a href=b>Two</a><li><a href=c>Three</a></ul></html>"
	for _, tt := range []struct{ name, file, content, titles, told string }{
		{"MAFF of two", "a.maff", zipOf(t, packed{"1/index.html", pageOf("A")}, packed{"1/index.rdf", "<RDF/>"}, packed{"2/index.html", pageOf("B")}, packed{"2/index.rdf", "<RDF/>"}), "A|B", ""},
		{"HTZ with a redirect", "a.htz", zipOf(t, packed{"index.html", `<html><head><meta http-equiv="refresh" content="0; url=./b.html"></head></html>`}, packed{"b.html", pageOf("B")}), "B", ""},
		{"HTZ without a page", "a.htz", zipOf(t, packed{"a.bmp", "BM"}), "", "a.htz: it holds no index.html"},
		{"a list of links", "index.html", list, "", "index.html: a list of links, and no article"},
		{"HTTrack's index", "index.html", "<html><head><title>Local index - HTTrack Website Copier</title></head><body><p>Index</p></body></html>", "", "index.html: unknown format: HTTrack's own file"},
		{"HTTrack's index, Spanish", "index.html", "<html><head><title>Indice local - HTTrack</title></head><body><p>HTTrack Website Copier - Open Source offline browser</p></body></html>", "", "index.html: unknown format: HTTrack's own file"},
		{"HTTrack's page for one that has moved", "old.html", "<HTML>\n<!-- Created by HTTrack Website Copier/3.49-2 [XR&CO'2014] -->\n<!-- Mirrored from example.org/old by HTTrack Website Copier/3.x [XR&CO'2014], x -->\n" +
			`<HEAD><META HTTP-EQUIV="Refresh" CONTENT="0; URL=new.html"><TITLE>Page has moved</TITLE></HEAD><BODY><A HREF="new.html"><h3>Click here...</h3></A></BODY></HTML>`, "", "old.html: unknown format: HTTrack's own file"},
		{"HTTrack's log", "hts-log.txt", "HTTrack3.49-4+libhtsjava.so.2 launched on Sun, 29 Nov 2026 05:23:12 at http://example.org/\n\nInformation\n", "", "hts-log.txt: unknown format: HTTrack's own file"},
		{"HTTrack's cookies", "cookies.txt", "# HTTrack Website Copier Cookie File\n# This file format\n", "", "cookies.txt: unknown format: HTTrack's own file"},
		{"HTTrack's cache", "new.zip", zipOf(t, packed{"http://example.org/a", ferryPage}), "", "new.zip: unknown format: HTTrack's own file"},
		{"no property list", "a.webarchive", "bplist00 and then nothing that could be one, for long enough", "", "a.webarchive: damaged"},
		{"no page in a message", "a.mhtml", "Subject: x\n\nText\n", "", "a.mhtml: it holds no page"},
	} {
		_, titles, told := readFile(t, tt.file, tt.content)
		if titles != tt.titles || tt.told == "" && len(told) > 0 || tt.told != "" && (len(told) != 1 || !strings.HasPrefix(told[0], tt.told)) {
			t.Errorf("%s: %q, told %q", tt.name, titles, told)
		}
	}
}

// A page that merely mentions a program is read as any other.
func TestSavedPageRecognized(t *testing.T) {
	for _, s := range []string{
		strings.Replace(ferryPage, "The first boat", "Page saved with SingleFile, mirrored from a by HTTrack: The first boat", 1),
	} {
		files := open(t, Options{}, tree(t, map[string]string{"a.html": s}))
		for e := range files.Entries(t.Context()) {
			for a, err := range e.Articles(t.Context()) {
				if err != nil || a.Form != "HTML" {
					t.Errorf("%q, %v", a.Form, err)
				}
			}
		}
	}
}

// binaryArchive writes a page as Safari does, with a string of each kind.
func binaryArchive(page, address string) string {
	var b []byte
	var offsets []int
	add := func(kind byte, n int, content []byte) {
		offsets = append(offsets, len(b))
		if n < 15 {
			b = append(b, kind<<4|byte(n))
		} else {
			b = binary.BigEndian.AppendUint32(append(b, kind<<4|15, 0x12), uint32(n))
		}
		b = append(b, content...)
	}
	b = append(b, "bplist00"...)
	ascii := func(s string) { add(5, len(s), []byte(s)) }
	add(0xd, 1, []byte{1, 2})              // 0: {1: 2}
	ascii("WebMainResource")               // 1
	add(0xd, 3, []byte{3, 4, 5, 6, 7, 8})  // 2
	ascii("WebResourceData")               // 3
	ascii("WebResourceURL")                // 4
	ascii("WebResourceMIMEType")           // 5
	add(4, len(page), []byte(page))        // 6
	units := utf16.Encode([]rune(address)) // 7
	var wide []byte
	for _, u := range units {
		wide = binary.BigEndian.AppendUint16(wide, u)
	}
	add(6, len(units), wide)
	ascii("text/html") // 8
	table := len(b)
	for _, at := range offsets {
		b = binary.BigEndian.AppendUint16(b, uint16(at))
	}
	b = append(b, 0, 0, 0, 0, 0, 0, 2, 1)
	b = binary.BigEndian.AppendUint64(b, uint64(len(offsets)))
	b = binary.BigEndian.AppendUint64(b, 0)
	return string(binary.BigEndian.AppendUint64(b, uint64(table)))
}

func FuzzMHTML(f *testing.F) {
	fuzz(f, "mhtml", mhtmlOf("From: <Saved by Blink>\r\nSubject: x\r\n", "<p>a"), "Content-Type: multipart/related\n\n--a\nContent-Type: text/html\n\n<p>a")
}

func FuzzWebArchive(f *testing.F) {
	s := binaryArchive("<p>a", "http://example.org/")
	fuzz(f, "webarchive", s, s[:40]+s[60:], "<plist><dict><key>WebMainResource</key><dict><key>WebResourceData</key><data>PHA+YQ==</data></dict></dict></plist>")
}

func FuzzMirror(f *testing.F) {
	fuzz(f, "", "<!-- Saved from http://a at b using monolith -->\n<p>a", "<html><!--\n Page saved with SingleFile \n url: http://a\xff \n--><p>a",
		"<!-- saved from url=(0008)http://a\x00 -->\n<p>a", "<html data-scrapbook-source=http://a\xe9><p>a", "<!-- Mirrored from a by HTTrack --><p>a")
}

func FuzzScrapbook(f *testing.F) {
	fuzz(f, "maff", zipOf(f, packed{"1/index.html", "<p>a"}, packed{"1/index.rdf", "<a><originalurl resource='x'/></a>"}), zipOf(f, packed{"index.html", `<meta http-equiv="refresh" content="0;url=b">`}))
}
