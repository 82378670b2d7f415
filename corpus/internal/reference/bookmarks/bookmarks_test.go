package bookmarks

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/reader/readertest"
)

func TestRead(t *testing.T) {
	for _, tt := range []struct {
		name, in, want string
		recognize      func(*reader.Head) bool
	}{
		{
			"a browser's: folders, notes, icons, nothing closed",
			"<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<META HTTP-EQUIV=\"Content-Type\" CONTENT=\"text/html; charset=UTF-8\">\n<TITLE>Bookmarks</TITLE>\n<H1>Bookmarks</H1>\n<DL><p>\n    <DT><H3 ADD_DATE=\"1\">Ports</H3>\n    <DL><p>\n        <DT><A HREF=\"https://example.org/1\" ADD_DATE=\"1767603600\" ICON=\"data:image/png;base64,AAAA\" TAGS=\"ports,tolls\">Ferries\n sail &amp; rest</A>\n        <DD>They sail &lt;again&gt;.\nSee <a href=\"https://example.org/x\">here</a>.\n        <DT><A HREF=\"https://example.org/2\">B</A>\n    </DL><p>\n    <HR>\n    <DT><A HREF=\"https://example.org/3\"></A>\n</DL>\n",
			"place: https://example.org/1\ntitle: Ferries sail & rest\nsummary: They sail <again>.\\nSee here.\npublished: 1767603600\ntopics: ports,tolls\nurl: https://example.org/1\n\nplace: https://example.org/2\ntitle: B\nurl: https://example.org/2\nlink: yes\n\nplace: https://example.org/3\ntitle: https://example.org/3\nurl: https://example.org/3\nlink: yes\n",
			Recognize,
		},
		{
			"a description in an attribute, small letters, the same address twice",
			"<!doctype netscape-bookmark-file-1>\n<dl><p><dt><a href=\"https://example.org/1\" description=\"They sail.\" add_date=\"1767603600\">A</a><dt><a href=\"https://example.org/1\">A</a></dl>",
			"place: https://example.org/1\ntitle: A\nsummary: They sail.\npublished: 1767603600\nurl: https://example.org/1\n\nplace: 2\ntitle: A\nurl: https://example.org/1\nlink: yes\n",
			Recognize,
		},
		{
			"Pocket",
			"<!DOCTYPE html>\n<html><!--So long and thanks for all the fish--><head><title>Pocket Export</title></head><body><h1>Unread</h1><ul>\n<li><a href=\"https://example.org/1\" time_added=\"1767603600\" tags=\"\">A</a></li>\n</ul><h1>Read Archive</h1><ul></ul></body></html>",
			"place: https://example.org/1\ntitle: A\npublished: 1767603600\nurl: https://example.org/1\nlink: yes\n",
			RecognizePocket,
		},
		{
			"Instapaper",
			"<!DOCTYPE html>\n<html><head><title>Instapaper: Export</title></head><body><h1>Unread</h1><ol><li><a href=\"https://example.org/1\">A</a></ol></body></html>",
			"place: https://example.org/1\ntitle: A\nurl: https://example.org/1\nlink: yes\n",
			RecognizeInstapaper,
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			recs, faults := readertest.Read(t, Read, "a.html", tt.in)
			if d := cmp.Diff(tt.want, readertest.Show(recs)); d != "" || len(faults) > 0 {
				t.Errorf("%v, -want +got:\n%s", faults, d)
			}
			if !tt.recognize(readertest.Head("a.html", tt.in)) {
				t.Error("it is not recognized")
			}
		})
	}
}

func TestRecognize(t *testing.T) {
	page := readertest.Head("a.html", "<!DOCTYPE html><title>How to read a Pocket Export</title><p>Netscape-Bookmark-file-1")
	if Recognize(page) || RecognizePocket(page) || RecognizeInstapaper(page) {
		t.Error("a page is taken for bookmarks")
	}
}

// Lines are counted as they stand.
func TestLines(t *testing.T) {
	recs, _ := readertest.Read(t, Read, "a.html", "<dl>\n\n<dt><a href=x>A</a>\n<dt><a href=y>B</a>")
	if len(recs) != 2 || recs[0].Line != 3 || recs[1].Line != 4 {
		t.Errorf("got %d records: %s", len(recs), readertest.Show(recs))
	}
}

func FuzzRead(f *testing.F) {
	readertest.Fuzz(f, Read, "a.html", "<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><p><DT><A HREF=\"https://example.org\" ADD_DATE=1 TAGS=a>A</A><DD>b<br>c</DL>", "<dt><a><dd><a>", strings.Repeat("<dl><dt>", 20))
}

func TestReadPosts(t *testing.T) {
	const in = `<?xml version="1.0" encoding="UTF-8"?>
<posts user="ada"><post href="https://example.org/1" time="2026-01-05T10:00:00Z" description="A &amp; B" extended="They sail." tag="ports tolls" hash="x"/><post href="https://example.org/2" description="" extended="" tag=""/><post/></posts>`
	const want = "place: https://example.org/1\ntitle: A & B\nsummary: They sail.\npublished: 2026-01-05T10:00:00Z\ntopics: ports | tolls\nurl: https://example.org/1\n\nplace: https://example.org/2\ntitle: https://example.org/2\nurl: https://example.org/2\nlink: yes\n"
	recs, faults := readertest.Read(t, ReadPosts, "a.xml", in)
	if d := cmp.Diff(want, readertest.Show(recs)); d != "" || len(faults) > 0 {
		t.Errorf("%v, -want +got:\n%s", faults, d)
	}
	if !RecognizePosts(readertest.Head("a.xml", in)) || RecognizePosts(readertest.Head("a.xml", "<posts><post id=\"1\"><title>A</title></post></posts>")) {
		t.Error("recognized wrongly")
	}
}

func FuzzReadPosts(f *testing.F) {
	readertest.Fuzz(f, ReadPosts, "a.xml", "<posts><post href=\"a\" tag=\"b c\"/><post>", "<post description=x/>")
}
