package nexis

import (
	"archive/zip"
	"bytes"
	"fmt"
	"html"
	"strings"
	"testing"

	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/reader/readertest"
)

// pageHead is the beginning of a download as a page.
const pageHead = `<HTML>
<HEAD>
<STYLE TYPE="text/css"><!--
.c0 { text-align: center; }
.c1 { text-align: center; margin-top: 0em; margin-bottom: 0em; }
.c2 { font-family: Arial; font-size: 10pt; font-weight: normal; }
.c6 { font-family: Arial; font-size: 14pt; font-style: normal; font-weight: bold; color: #000000; }
.c7 { font-family: Arial; font-size: 10pt; font-weight: bold; }
--></STYLE>
<TITLE>&nbsp;</TITLE></HEAD>
<BODY>
<DIV CLASS="c5"><P CLASS="c6"><SPAN CLASS="c27">Download Request: Selected Items: 1-2<BR>Terms: ferry</SPAN></P></DIV>
`

// pageArticle is one whose hits are marked, with a logo, a title of two lines, and
// paragraphs that are parted by line breaks.
const pageArticle = `<A NAME="DOC_ID_0_0"></A><!-- Hide XML section from browser
<DOC NUMBER=1>
<DOCFULL> -->
<BR><DIV CLASS="c0"><P CLASS="c1"><SPAN CLASS="c2">2001 of 2146 DOCUMENTS</SPAN></P>
</DIV>
<BR><DIV CLASS="c0"><BR><P CLASS="c1"><style> .resize { width:auto; } </style><IMG SRC="https://www.example.com/logo" ALT="https://www.example.com/logo"><BR><SPAN CLASS="c2">Example Herald</SPAN></P>
</DIV>
<BR><DIV CLASS="c3"><P CLASS="c1"><SPAN CLASS="c4">March</SPAN><SPAN CLASS="c2"> 14, 2013 Thursday 11:21 AM GMT</SPAN><SPAN CLASS="c2">&nbsp;<BR>City Final Edition</SPAN></P>
</DIV>
<BR><DIV CLASS="c4"><P CLASS="c5"><SPAN CLASS="c6">Ferries return;<BR>The strait is open</SPAN></P>
</DIV>
<BR><DIV CLASS="c4"><P CLASS="c5"><SPAN CLASS="c7">BYLINE: </SPAN><SPAN CLASS="c2">By ANN ROE</SPAN></P>
</DIV>
<BR><DIV CLASS="c4"><P CLASS="c5"><SPAN CLASS="c7">LENGTH: </SPAN><SPAN CLASS="c2">24 words</SPAN></P>
</DIV>
<BR><DIV CLASS="c4"><P CLASS="c5"><SPAN CLASS="c7">DATELINE: </SPAN><SPAN CLASS="c2">NORTHPORT, March 14 2013</SPAN></P>
</DIV>
<BR><DIV CLASS="c4"><P CLASS="c8"><SPAN CLASS="c2">The fer</SPAN><SPAN CLASS="c4">ries</SPAN><SPAN CLASS="c2"> are back.</SPAN><SPAN CLASS="c2">&nbsp;</SPAN></P>
<P CLASS="c8"><SPAN CLASS="c2">A list:<BR>&nbsp;<BR>North pier<BR>South pier</SPAN></P>
<P CLASS="c8"></P>
<TABLE CLASS="c11"><TR><TD><P>Pier</P></TD><TD><P>Ferries</P></TD></TR><TR><TD><P>North</P></TD><TD><P>4</P></TD></TR></TABLE>
</DIV>
<BR><DIV CLASS="c4"><P CLASS="c5"><SPAN CLASS="c7">LOAD-DATE: </SPAN><SPAN CLASS="c2">March 15, 2013</SPAN></P>
</DIV>
<BR><DIV CLASS="c4"><P CLASS="c5"><SPAN CLASS="c7">LANGUAGE: </SPAN><SPAN CLASS="c2">ENGLISH</SPAN></P>
</DIV>
<BR><DIV CLASS="c4"><P CLASS="c5"><SPAN CLASS="c7"> CORRECTION:<BR></SPAN></P>
<P CLASS="c8"><SPAN CLASS="c2">There are four ferries, not five.</SPAN></P>
</DIV>
<BR><DIV CLASS="c4"><P CLASS="c5"><SPAN CLASS="c7">GRAPHIC: </SPAN><SPAN CLASS="c2">Table (source: the port)</SPAN></P>
</DIV>
<BR><DIV CLASS="c0"><BR><P CLASS="c1"><SPAN CLASS="c2">Copyright 2013 Example Herald<BR>All Rights Reserved</SPAN></P>
</DIV>
<!-- Hide XML section from browser
</DOCFULL>
</DOC> -->
`

const pageWant = `
title: Ferries return; The strait is open
authors: By ANN ROE
source: Example Herald
published: March 14, 2013 Thursday 11:21 AM GMT
language: en
places: NORTHPORT
notice: There are four ferries, not five.
rights: Copyright 2013 Example Herald All Rights Reserved
- The ferries are back.
- A list:
- North pier / South pier
- Pier	Ferries / North	4
`

func TestHTML(t *testing.T) {
	// Each document may say that it is the first, and may not say so in its text.
	second := strings.Replace(pageArticle, `<SPAN CLASS="c2">2001 of 2146 DOCUMENTS</SPAN>`, "", 1)
	check(t, ReadHTML, pageHead+pageArticle+second+"</BODY></HTML>", pageWant, pageWant)
}

// Without a style sheet the order tells.
func TestHTMLWithoutStyles(t *testing.T) {
	content := "<html><body>" + pageArticle
	records, _ := readertest.Read(t, ReadHTML, "x.html", content)
	if got := shown(&records[0]); got != strings.TrimLeft(pageWant, "\n") {
		t.Errorf("got\n%s", got)
	}
}

// A document without a title, and one that the database could not show.
func TestHTMLErrors(t *testing.T) {
	noTitle := strings.Replace(pageArticle, "Ferries return;<BR>The strait is open", "", 1)
	refused := "<!-- <DOC NUMBER=1>\n<DOCFULL> --><DIV><P>We are sorry but there is an error in this document and it is not possible to display it.</P></DIV><!-- </DOCFULL></DOC> -->"
	records, faults := readertest.Read(t, ReadHTML, "x.html", pageHead+noTitle+refused)
	if len(records) != 1 || len(faults) != 1 || !strings.Contains(faults[0].Error(), "could not display") {
		t.Fatalf("%d articles, %v", len(records), faults)
	}
	if got := shown(&records[0]); got != strings.Replace(pageWant, "\ntitle: Ferries return; The strait is open\n", "", 1) {
		t.Errorf("got\n%s", got)
	}
}

func TestIsHTML(t *testing.T) {
	for s, want := range map[string]bool{
		pageHead + pageArticle: true,
		"<html><body><p>1 of 2 DOCUMENTS</p><p>LENGTH: 3 words</p></body></html>": false,
	} {
		if got := IsHTML(reader.NewHead("x.html", []byte(s), true)); got != want {
			t.Errorf("IsHTML(%.40q) = %v", s, got)
		}
	}
}

// line is a paragraph of a document.
type line struct {
	text     string
	centred  bool
	bookmark string
}

// document is a download since 2018: a list of titles, then the articles. A label
// ends with a no-break space, and a line break may stand before a label.
var document = []line{
	{text: "Date and Time: Wednesday, December 19, 2018 7:08:00 PM JST"},
	{text: "Job Number: 79564983"},
	{text: "Documents (2)"},
	{text: "1. Ferries return"},
	{text: "Client/Matter: -None-"},
	{text: "Search Terms: ferry"},
	{text: "Content Type"},
	{text: "Narrowed by"},
	{text: "News"},
	{text: "Sources: Example Herald"},
	{text: "2. Ferries leave"},
	{text: "Client/Matter: -None-"},
	{},
	{bookmark: "Bookmark_1"},
	{text: "Ferries return", centred: true},
	{text: "Example Herald", centred: true},
	{text: "May 2, 2002, Thursday,, FINAL EDITION", centred: true},
	{},
	{text: "\nCopyright 2002 Example Company, Inc. All Rights Reserved"},
	{text: "Section:\u00a0MONEY;; COVER STORY; Pg. 1B"},
	{text: "Length:\u00a0190 words"},
	{text: "Byline:\u00a0Ann Roe, Example Herald"},
	{text: "Highlight:\u00a0The strait is open"},
	{text: "Dateline:\u00a0NORTHPORT"},
	{text: "Body", bookmark: "Body"},
	{},
	{text: "NORTHPORT -- The ferries are back, said Length: the man of that name."},
	{text: "Classification of ferries"},
	{text: strings.Repeat("They run again. ", 60)},
	{text: "\nGraphic"},
	{},
	{text: " "},
	{text: "PHOTO, B/W; a ferry"},
	{text: "Classification", bookmark: "Classification"},
	{},
	{text: "Language:\u00a0ENGLISH"},
	{text: "\nPublication-Type:\u00a0Newspaper"},
	{text: "\nSubject:\u00a0FERRIES (93%); PORTS (90%)"},
	{text: "\nOrganization:\u00a0PORT AUTHORITY (84%)"},
	{text: "\nGeographic:\u00a0NORTHPORT (79%)"},
	{text: "\nLoad-Date:\u00a0April 18, 2007"},
	{},
	{text: "\nEnd of Document"},
	{},
	{bookmark: "Bookmark_2"},
	{text: "Ferries leave", centred: true},
	{text: "Example Times Online", centred: true},
	{text: "July 1, 2019 Monday 9:20 AM GMT", centred: true},
	{},
	{text: "Length:\u00a03 words"},
	{text: "Body"},
	{text: "ABSTRACT"},
	{text: "They left."},
	{text: "FULL TEXT"},
	{text: "The ferries left."},
	{text: "\nEnd of Document"},
}

var documentWant = []string{`
title: Ferries return
summary: The strait is open
authors: Ann Roe
source: Example Herald
published: May 2, 2002, Thursday,, FINAL EDITION
language: en
topics: FERRIES
topics: PORTS
places: NORTHPORT
places: NORTHPORT
organizations: PORT AUTHORITY
rights: Copyright 2002 Example Company, Inc. All Rights Reserved
- NORTHPORT -- The ferries are back, said Length: the man of that name.
- Classification of ferries
- ` + strings.TrimSpace(strings.Repeat("They run again. ", 60)) + "\n", `
title: Ferries leave
summary: They left.
source: Example Times Online
published: July 1, 2019 Monday 9:20 AM GMT
- The ferries left.
`}

// word returns a document of Word. Bookmarks are left out when marks is false, as
// programs do that save the file again.
func word(t testing.TB, lines []line, marks bool) string {
	t.Helper()
	var xml strings.Builder
	xml.WriteString(`<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`)
	for i, l := range lines {
		xml.WriteString("<w:p>")
		if l.centred {
			xml.WriteString(`<w:pPr><w:jc w:val="center"/></w:pPr>`)
		}
		if l.bookmark != "" && marks {
			fmt.Fprintf(&xml, `<w:bookmarkStart w:id="%d" w:name="%s"/><w:bookmarkEnd w:id="%d"/>`, i, l.bookmark, i)
		}
		text := strings.ReplaceAll(html.EscapeString(l.text), "\n", `</w:t></w:r><w:r><w:br/><w:t xml:space="preserve">`)
		fmt.Fprintf(&xml, `<w:r><w:t xml:space="preserve">%s</w:t></w:r></w:p>`, text)
	}
	xml.WriteString("</w:body></w:document>")
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, part := range [...]struct{ name, content string }{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`},
		{"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`},
		{"word/document.xml", xml.String()},
	} {
		w, err := z.Create(part.name)
		if err == nil {
			_, err = w.Write([]byte(part.content))
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

func TestWord(t *testing.T) {
	check(t, ReadWord, word(t, document, true), documentWant...)
	check(t, ReadWord, word(t, document, false), documentWant...)
	check(t, ReadText, plain(document), documentWant...)
	check(t, ReadRTF, rtf(document), documentWant...)
}

func TestIsWord(t *testing.T) {
	for _, tt := range []struct {
		lines []line
		want  bool
	}{
		{document, true},
		{document[13:], true},
		{[]line{{text: "Bookmark_1", bookmark: "Start"}, {text: "The length of ferries"}, {text: "Copyright 2015"}}, false},
	} {
		for _, marks := range []bool{true, false} {
			if got := IsWord(reader.NewHead("x.docx", []byte(word(t, tt.lines, marks)), true)); got != tt.want {
				t.Errorf("IsWord(%q, %v) = %v", tt.lines[0].text, marks, got)
			}
		}
	}
}

// A long list of titles stands before the first article.
func TestIsWordLongList(t *testing.T) {
	var lines []line
	for i := range 1000 {
		lines = append(lines, line{text: fmt.Sprintf("%d. Ferries return", i)}, line{text: "Client/Matter: -None-"}, line{text: "Search Terms: ferry"})
	}
	content := word(t, append(lines, document[13:]...), true)
	if !IsWord(reader.NewHead("x.docx", []byte(content)[:min(len(content), 64<<10)], false)) {
		t.Error("not recognized")
	}
	check(t, ReadWord, content, documentWant...)
}

// The labels of the newer layout in other languages.
func TestWordLanguages(t *testing.T) {
	for _, labels := range []map[string]string{
		{
			"Length:": "Länge:", "words": "Wörter", "Byline:": "Autor:", "Section:": "Rubrik:", "Body": "Text", "Load-Date:": "Load-Date:", "Language:": "Sprache:",
			"Classification": "Klassifizierung", "Subject:": "Thema:", "End of Document": "Ende des Dokuments", "Graphic": "Grafik",
		},
		{
			"Length:": "Longueur:", "words": "mots", "Byline:": "Auteur:", "Section:": "Rubrique:", "Body": "Corps", "Load-Date:": "Date de chargement:", "Language:": "Langue:",
			"Classification": "Classification", "Subject:": "Sujet:", "End of Document": "Fin du document", "Graphic": "Graphique",
		},
		{
			"Length:": "Longitud:", "words": "palabras", "Byline:": "Autor:", "Section:": "Sección:", "Body": "Cuerpo", "Load-Date:": "Fecha de carga:", "Language:": "Idioma:",
			"Classification": "Clasificación", "Subject:": "Tema:", "End of Document": "Fin del documento", "Graphic": "Gráfico",
		},
	} {
		lines := []line{
			{text: "Ferries return", centred: true},
			{text: "Example Herald", centred: true},
			{text: "27 February 2012", centred: true},
			{},
			{text: "Copyright 2012 Example"},
			{text: "Section: NEWS"},
			{text: "Length: 4 words"},
			{text: "Byline: Ann Roe"},
			{text: "Body"},
			{text: "The ferries are back."},
			{text: "Graphic"},
			{text: "A ferry"},
			{text: "Classification"},
			{text: "Language: ENGLISH"},
			{text: "Subject: FERRIES (90%)"},
			{text: "Load-Date: 28 February 2012"},
			{text: "End of Document"},
		}
		for i := range lines {
			for en, other := range labels {
				if rest, ok := strings.CutPrefix(lines[i].text, en); ok {
					lines[i].text = other + strings.Replace(rest, "words", labels["words"], 1)
					break
				}
			}
		}
		check(t, ReadWord, word(t, lines, true), `
title: Ferries return
authors: Ann Roe
source: Example Herald
published: 27 February 2012
language: en
topics: FERRIES
rights: Copyright 2012 Example
- The ferries are back.
`)
	}
}

// plain returns a document as a program converts it to plain text.
func plain(lines []line) string {
	var b strings.Builder
	for _, l := range lines {
		b.WriteString(l.text + "\n\n")
	}
	return b.String()
}

// rtf returns a document as RTF.
func rtf(lines []line) string {
	var b strings.Builder
	b.WriteString(`{\rtf1\ansi\deff0{\fonttbl{\f0 Arial;}}{\header LexisNexis\par}` + "\n")
	for _, l := range lines {
		b.WriteString(`\pard `)
		if l.centred {
			b.WriteString(`\qc `)
		}
		if l.bookmark != "" {
			fmt.Fprintf(&b, `{\*\bkmkstart %s}{\*\bkmkend %s}`, l.bookmark, l.bookmark)
		}
		b.WriteString(strings.NewReplacer("\u00a0", `\~`, "\n", `\line `).Replace(l.text) + "\\par\n")
	}
	return b.String() + "}"
}

func TestIsRTF(t *testing.T) {
	for s, want := range map[string]bool{
		rtf(document): true,
		`{\rtf1\ansi {\*\LXNComment 1826:520979124} x}`:                           true,
		`{\rtf1\ansi \qc 1 of 161 DOCUMENTS` + "\n" + `\par LENGTH: 3 words\par}`: true,
		`{\rtf1\ansi A word on LexisNexis and its length\par}`:                    false,
	} {
		if got := IsRTF(reader.NewHead("x.doc", []byte(s), true)); got != want {
			t.Errorf("IsRTF(%.60q) = %v", s, got)
		}
	}
}

// A file that is cut short has what is there, and no cover makes an article.
func TestCut(t *testing.T) {
	check(t, ReadText, bare[:strings.Index(bare, "LOAD-DATE")], strings.Replace(strings.Replace(bareWant, "language: en\n", "", 1), "rights: Copyright 2010 Southshore Example Ltd All Rights Reserved\n", "", 1))
	for _, fn := range []reader.Func{ReadText, ReadHTML, ReadRTF} {
		records, faults := readertest.Read(t, fn, "x", cover)
		if len(records) != 0 || len(faults) == 0 {
			t.Errorf("%d articles, %v", len(records), faults)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{cover + classic + bare, bare, "1 of 2 DOCUMENTS\n\nLENGTH: 3 words\n", "Body\n\nEnd of Document\n", plain(document)} {
		f.Add(byte(0), s)
	}
	f.Add(byte(1), pageHead+pageArticle)
	f.Add(byte(1), "<!-- <DOCFULL> --><table><tr><td>a<td>b<!-- </DOCFULL> -->")
	f.Add(byte(2), rtf(document))
	f.Add(byte(3), word(f, document, true))
	readers := []reader.Func{ReadText, ReadHTML, ReadRTF, ReadWord}
	heads := []func(*reader.Head) bool{IsText, IsHTML, IsRTF, IsWord}
	f.Fuzz(func(t *testing.T, kind byte, content string) {
		n := int(kind) % len(readers)
		heads[n](reader.NewHead("x", []byte(content), true))
		readertest.Read(t, readers[n], "x", content)
	})
}
