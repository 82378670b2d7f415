package docx

import (
	"archive/zip"
	"bytes"
	"errors"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/reader/readertest"
	"github.com/newsq/newsq/corpus/internal/record"
)

const prose = "The port of Vessem was closed on Monday after a storm, and ships waited outside for two days."

func archive(t testing.TB, files ...string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i+1 < len(files); i += 2 {
		w, err := z.Create(files[i])
		if err == nil {
			_, err = w.Write([]byte(files[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func par(style, s string) string {
	return `<w:p><w:pPr><w:pStyle w:val="` + style + `"/></w:pPr><w:r><w:t>` + s + `</w:t></w:r></w:p>`
}

func word(t testing.TB, body string) string {
	return archive(t, "[Content_Types].xml", "<Types/>", "word/document.xml", "<w:document><w:body>"+body+"</w:body></w:document>",
		"word/_rels/document.xml.rels", `<Relationships><Relationship Id="r1" Type="x/styles" Target="styles.xml"/></Relationships>`,
		"word/styles.xml", `<w:styles><w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style><w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style></w:styles>`,
		"docProps/core.xml", `<cp:coreProperties><dc:title>Ports.docx</dc:title><dc:creator>Ada Okoye</dc:creator><dcterms:created>2026-01-02T03:04:05Z</dcterms:created></cp:coreProperties>`)
}

func TestRead(t *testing.T) {
	content := word(t, par("Titel", "Ports in winter")+par("", prose)+par("berschrift1", "Ice")+par("", prose))
	if h := reader.NewHead("ports", []byte(content), true); !Recognize(h) || RecognizeOther(h) {
		t.Error("it is not recognized by its content")
	}
	recs, faults := readertest.Read(t, Read, "ports.docx", content)
	if len(recs) != 1 || len(faults) > 0 {
		t.Fatalf("%d records, %v", len(recs), faults)
	}
	r := &recs[0]
	if !r.IsFile || r.First(record.Title) != "Ports in winter" || r.First(record.Authors) != "Ada Okoye" || r.Published.Time.Format("2006-01-02") != "2026-01-02" ||
		len(r.Blocks) != 3 || !r.Blocks[1].Heading || r.Blocks[1].Text != "Ice" || r.Blocks[2].Text != prose {
		t.Errorf("%+v", r)
	}
}

// Files named .doc are at times a web page, or text.
func TestOtherContent(t *testing.T) {
	for name, content := range map[string]string{
		"page.doc": `<html><head><title>Ports in winter</title></head><body><p>` + prose + `</p><p>` + prose + `</p></body></html>`,
		"text.doc": "Ports in winter\n\n" + prose + "\n",
	} {
		recs, faults := readertest.Read(t, Read, name, content)
		if len(recs) != 1 || len(faults) > 0 {
			t.Errorf("%s: %d records, %v", name, len(recs), faults)
		}
	}
}

func wideText(s string) string {
	var b strings.Builder
	for _, u := range utf16.Encode([]rune(s)) {
		b.WriteByte(byte(u))
		b.WriteByte(byte(u >> 8))
	}
	return b.String()
}

// What is not read is told, with what to do.
func TestRefused(t *testing.T) {
	ole := "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00\x01", 600)
	for _, c := range []struct{ name, content, err, hint string }{
		{"a.doc", ole + wideText("WordDocument"), "Word 97", "docx"},
		{"a.docx", ole + wideText("EncryptedPackage"), "password", "password"},
		{"a.ppt", ole + wideText("PowerPoint Document"), "slides", "PDF"},
		{"b", ole + wideText("WordDocument"), "Word 97", "docx"},
		{"a.pages", archive(t, "Index/Document.iwa", "x"), "Pages", "export"},
		{"a.pptx", archive(t, "[Content_Types].xml", "", "ppt/slides/slide1.xml", ""), "slides", "PDF"},
	} {
		if h := reader.NewHead(c.name, []byte(c.content), true); !RecognizeOther(h) {
			t.Errorf("%s is not recognized", c.name)
		}
		recs, faults := readertest.Read(t, Refuse, c.name, c.content)
		var f *reader.Fault
		if len(recs) != 0 || len(faults) != 1 || !errors.As(faults[0], &f) || !strings.Contains(f.Error(), c.err) || !strings.Contains(f.Hint, c.hint) {
			t.Errorf("%s: %v", c.name, faults)
		}
	}
	if RecognizeOther(reader.NewHead("slides.zip", []byte(archive(t, "a/[Content_Types].xml", "", "ppt/slides/slide1.xml", "")), true)) {
		t.Error("an archive was taken for slides")
	}
	_, faults := readertest.Read(t, Read, "a.docx", archive(t, "[Content_Types].xml", "", "xl/workbook.xml", ""))
	if len(faults) != 1 {
		t.Errorf("a spreadsheet under the name of a document: %v", faults)
	}
}

// A document whose text breaks off is read in part.
func TestCut(t *testing.T) {
	content := word(t, strings.Repeat(par("", prose), 60_000))
	recs, faults := readertest.Read(t, Read, "a.docx", content)
	if len(recs) != 1 || len(faults) > 0 || len(recs[0].Problems) != 1 || !errors.Is(recs[0].Problems[0].Err, reader.ErrTooLarge) {
		t.Errorf("%d records, %v", len(recs), faults)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(word(f, par("Titel", "Ports")+par("", prose))))
	f.Add([]byte(`<?xml version="1.0"?><w:wordDocument><w:body>` + par("", prose) + `</w:body></w:wordDocument>`))
	f.Add([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))
	f.Fuzz(func(t *testing.T, content []byte) {
		readertest.Read(t, Read, "a.docx", string(content))
	})
}
