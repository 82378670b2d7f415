package ooxml

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/newsq/newsq/corpus/internal/paragraph"
	"github.com/newsq/newsq/corpus/internal/reader"
)

// archive returns a zip archive of files.
func archive(t testing.TB, files map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(files[name])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func input(t testing.TB, content []byte, maxFile int64) *reader.Input {
	t.Helper()
	in := &reader.Input{Context: context.Background(), Limits: reader.Limits{MaxFile: maxFile}}
	closing, err := in.Open(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(closing)
	return in
}

const (
	rels = `<Relationships><Relationship Id="rId1" Type="http://x/relationships/officeDocument" Target="word/document.xml"/>` +
		`<Relationship Id="rId2" Type="http://x/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`
	ownRels = `<Relationships><Relationship Id="rId1" Type="http://x/styles" Target="styles.xml"/>` +
		`<Relationship Id="rId2" Type="http://x/footnotes" Target="/word/footnotes.xml"/>` +
		`<Relationship Id="rId3" Type="http://x/hyperlink" Target="http://example.org/" TargetMode="External"/></Relationships>`
	styles = `<w:styles><w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/></w:rPr></w:rPrDefault></w:docDefaults>` +
		`<w:style w:type="paragraph" w:default="1" w:styleId="Standard"><w:name w:val="Normal"/></w:style>` +
		`<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/><w:basedOn w:val="Standard"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="32"/></w:rPr></w:style>` +
		`<w:style w:type="paragraph" w:styleId="Titre2"><w:name w:val="heading 2"/></w:style>` +
		`<w:style w:type="paragraph" w:styleId="Eigen"><w:name w:val="Kapitel"/><w:basedOn w:val="berschrift1"/></w:style>` +
		`<w:style w:type="paragraph" w:styleId="Loop1"><w:name w:val="Loop"/><w:basedOn w:val="Loop2"/></w:style>` +
		`<w:style w:type="paragraph" w:styleId="Loop2"><w:name w:val="Loop 2"/><w:basedOn w:val="Loop1"/></w:style>` +
		`<w:style w:type="character" w:styleId="Fett"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>` +
		`<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/><w:pPr><w:jc w:val="center"/></w:pPr></w:style></w:styles>`
	notes = `<w:footnotes><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>` +
		`<w:footnote w:id="2"><w:p><w:r><w:t>Second in the file.</w:t></w:r></w:p></w:footnote>` +
		`<w:footnote w:id="1"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>A note.</w:t></w:r></w:p></w:footnote></w:footnotes>`
	core = `<cp:coreProperties><dc:title>A &amp; B</dc:title><dc:creator>Ada Okoye</dc:creator><cp:lastModifiedBy>User</cp:lastModifiedBy>` +
		`<cp:keywords>ports; trade</cp:keywords><dc:language>de</dc:language>` +
		`<dcterms:created>2020-06-11T14:32:00Z</dcterms:created><dcterms:modified>nonsense</dcterms:modified></cp:coreProperties>`
)

// docx returns a document with a body.
func docx(t testing.TB, body string) []byte {
	return archive(t, map[string]string{
		"[Content_Types].xml": "<Types/>", "_rels/.rels": rels, "word/_rels/document.xml.rels": ownRels, "word/styles.xml": styles,
		"word/footnotes.xml": notes, "docProps/core.xml": core,
		"word/document.xml": `<?xml version="1.0"?><w:document xmlns:w="x"><w:body>` + body + `<w:sectPr/></w:body></w:document>`,
		"word/header1.xml":  `<w:hdr><w:p><w:r><w:t>HEADER</w:t></w:r></w:p></w:hdr>`,
	})
}

func paragraphs(t testing.TB, d *Document) []paragraph.Paragraph {
	t.Helper()
	var list []paragraph.Paragraph
	for p, err := range d.Paragraphs() {
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, p)
	}
	return list
}

func p(s string) string { return `<w:p><w:r><w:t xml:space="preserve">` + s + `</w:t></w:r></w:p>` }
func r(s string) string { return `<w:r><w:t xml:space="preserve">` + s + `</w:t></w:r>` }

func box(s string) string { return `<w:txbxContent>` + p(s) + `</w:txbxContent>` }

func TestText(t *testing.T) {
	fld := func(kind string) string { return `<w:r><w:fldChar w:fldCharType="` + kind + `"/></w:r>` }
	code := func(s string) string { return `<w:r><w:instrText>` + s + `</w:instrText></w:r>` }
	for _, c := range []struct{ name, in, want string }{
		{"paragraphs", p("One.") + `<w:p/>` + p("Two &lt;b&gt;."), "One.||Two <b>."},
		{"runs", `<w:p>` + r("Har") + `<w:proofErr/>` + r("bour ") + r("closed") + `</w:p>`, "Harbour closed"},
		{"tabs and breaks", `<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:softHyphen/><w:t>d</w:t></w:r></w:p>`, "a\tb\nc-d"},
		{"changes", `<w:p>` + r("a") + `<w:ins>` + r("b") + `</w:ins><w:del><w:r><w:delText>no</w:delText></w:r></w:del><w:moveFrom>` + r("no") + `</w:moveFrom><w:moveTo>` + r("c") + `</w:moveTo></w:p>`, "abc"},
		{"hidden", `<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>no</w:t></w:r><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>yes</w:t></w:r></w:p>`, "yes"},
		{"fields", `<w:p>` + fld("begin") + code(` DATE `) + r("no") + fld("separate") + r("5 May") + fld("end") + r("!") + `</w:p>`, "5 May!"},
		{"field in a code", `<w:p>` + fld("begin") + code(`IF `) + fld("begin") + code(`X`) + fld("separate") + r("no") + fld("end") + fld("separate") + r("yes") + fld("end") + `</w:p>`, "yes"},
		{"field over paragraphs", `<w:p>` + fld("begin") + code(`TOC \o`) + fld("separate") + r("One") + `</w:p><w:p>` + r("Two") + fld("end") + `</w:p>` + p("Three"), "One|Two|Three"},
		{"field that never ends", `<w:p>` + fld("end") + fld("separate") + r("One") + `</w:p>`, "One"},
		{"simple field", `<w:p><w:fldSimple w:instr="AUTHOR">` + r("Ada") + `</w:fldSimple></w:p>`, "Ada"},
		{"comments", `<w:p><w:commentRangeStart w:id="1"/>` + r("a") + `<w:commentRangeEnd w:id="1"/><w:r><w:commentReference w:id="1"/></w:r></w:p>`, "a"},
		{"content controls", `<w:sdt><w:sdtPr><w:alias w:val="x"/></w:sdtPr><w:sdtContent>` + p("a") + `<w:p><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>` + r("Click here") + `</w:sdtContent></w:sdt>` + r("b") + `</w:p></w:sdtContent></w:sdt>`, "a|b"},
		{"notes", `<w:p>` + r("One") + `<w:r><w:footnoteReference w:id="1"/></w:r>` + r(" two.") + `<w:r><w:footnoteReference w:id="2"/><w:footnoteReference w:id="1"/><w:footnoteReference w:id="9"/></w:r></w:p>` + p("Three."), "One two.|Three.|A note.|Second in the file."},
		{"text box once", `<w:p>` + r("a") + `<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>` + box("Box") + `</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>` + box("Box") + `</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>`, "a|Box"},
		{"old text box", `<w:p><w:r><w:pict><v:textbox>` + box("Box") + `</v:textbox></w:pict></w:r>` + r("a") + `</w:p>`, "Box|a"},
		{"words of drawings", `<w:p><w:r><w:drawing><wp:docPr descr="no"/><a:t>no</a:t></w:drawing><w:t>a</w:t></w:r></w:p>`, "a"},
		{"fallback around paragraphs", `<mc:AlternateContent><mc:Choice>` + p("a") + `</mc:Choice><mc:Fallback>` + p("a") + `</mc:Fallback></mc:AlternateContent>`, "a"},
		{"ruby", `<w:p><w:r><w:ruby><w:rt>` + r("とう") + `</w:rt><w:rubyBase>` + r("東") + `</w:rubyBase></w:ruby></w:r>` + r("京") + `</w:p>`, "東京"},
		{"formula", `<w:p>` + r("E=") + `<m:oMath><m:r><m:t>mc</m:t></m:r><m:sSup><m:e><m:r><m:t>2</m:t></m:r></m:e></m:sSup></m:oMath></w:p>`, "E=mc2"},
		{"smart tags", `<w:p><w:smartTag w:element="place">` + r("Kyiv") + `</w:smartTag><w:customXml>` + r(" x") + `</w:customXml><w:bdo w:val="rtl">` + r(" y") + `</w:bdo></w:p>`, "Kyiv x y"},
		{"own prefix", `<ns0:p><ns0:r><ns0:t>a</ns0:t></ns0:r></ns0:p><p><r><t>b</t></r></p>`, "a|b"},
		{"symbol", `<w:p><w:r><w:sym w:font="Symbol" w:char="F0B7"/><w:t> a</w:t><w:sym w:font="Wingdings" w:char="F04A"/></w:r></w:p>`, "• a"},
	} {
		d, err := Open(input(t, docx(t, c.in), 1<<20))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, g := range paragraphs(t, d) {
			got = append(got, g.Text)
		}
		if s := strings.Join(got, "|"); s != c.want {
			t.Errorf("%s: %q, want %q", c.name, s, c.want)
		}
	}
}

func TestForm(t *testing.T) {
	const body = `<w:p><w:pPr><w:pStyle w:val="Titel"/></w:pPr><w:r><w:t>Report</w:t></w:r></w:p>` +
		`<w:p><w:pPr><w:pStyle w:val="berschrift1"/></w:pPr><w:r><w:t>Part</w:t></w:r></w:p>` +
		`<w:p><w:pPr><w:pStyle w:val="Titre2"/></w:pPr><w:r><w:t>Under</w:t></w:r></w:p>` +
		`<w:p><w:pPr><w:pStyle w:val="Eigen"/><w:jc w:val="center"/></w:pPr><w:r><w:rPr><w:b w:val="0"/><w:sz w:val="20"/></w:rPr><w:t>Own</w:t></w:r></w:p>` +
		`<w:p><w:pPr><w:outlineLvl w:val="9"/><w:pStyle w:val="Loop1"/></w:pPr><w:r><w:rPr><w:rStyle w:val="Fett"/></w:rPr><w:t>Strong</w:t></w:r></w:p>` +
		`<w:p><w:pPr><w:pStyle w:val="Unknown"/><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr><w:bookmarkStart w:name="here"/><w:hyperlink r:id="rId3"><w:r><w:t>a</w:t></w:r></w:hyperlink><w:hyperlink w:anchor="there"><w:r><w:t>b</w:t></w:r></w:hyperlink>` +
		`<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "http://example.org/x" \l "y" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>c</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>` +
		`<w:p><w:r><w:br w:type="page"/><w:t>Next</w:t></w:r></w:p>`
	d, err := Open(input(t, docx(t, body), 1<<20))
	if err != nil {
		t.Fatal(err)
	}
	got := paragraphs(t, d)
	want := []paragraph.Paragraph{
		{Text: "Report", Style: "title", Size: 11, Centered: true},
		{Text: "Part", Style: "heading 1", Level: 1, Bold: true, Size: 16},
		{Text: "Under", Style: "heading 2", Level: 2, Size: 11},
		{Text: "Own", Style: "kapitel", Level: 1, Size: 10, Centered: true},
		{Text: "Strong", Style: "loop", Bold: true, Size: 11},
		{
			Text: "abc", Style: "unknown", List: true, Size: 11, Bookmarks: []string{"here"},
			Links: []paragraph.Link{{Text: "a", Target: "http://example.org/"}, {Text: "b", Target: "#there"}, {Text: "c", Target: "http://example.org/x#y"}},
		},
		{Text: "\nNext", Style: "normal", Size: 11, Break: true},
	}
	if len(got) != len(want) {
		t.Fatalf("%d paragraphs, want %d", len(got), len(want))
	}
	for i := range want {
		if g, w := fmt.Sprintf("%+v", got[i]), fmt.Sprintf("%+v", want[i]); g != w {
			t.Errorf("%s\nwant %s", g, w)
		}
	}
	props := d.Properties
	if props.Title != "A & B" || props.Author != "Ada Okoye" || props.LastAuthor != "User" || props.Language != "de" ||
		!slices.Equal(props.Keywords, []string{"ports", "trade"}) ||
		!props.Created.Equal(time.Date(2020, 6, 11, 14, 32, 0, 0, time.UTC)) || !props.Modified.IsZero() {
		t.Errorf("properties are %+v", props)
	}
}

func TestTable(t *testing.T) {
	cell := func(s string) string { return `<w:tc><w:tcPr/>` + s + `</w:tc>` }
	body := p("Before") + `<w:tbl><w:tblPr/><w:tr>` + cell(p("HD")) + cell(p("Two")+p("lines")) + `</w:tr><w:tr><w:trPr><w:del/></w:trPr>` + cell(p("no")) +
		`</w:tr><w:sdt><w:sdtContent><w:tr>` + cell(p("SN")) + cell(`<w:p/><w:tbl><w:tr>`+cell(p("inner"))+`</w:tr></w:tbl>`) + `</w:tr></w:sdtContent></w:sdt></w:tbl>` + p("Between") +
		`<w:tbl><w:tr>` + cell(p("A")) + `</w:tr></w:tbl>`
	d, err := Open(input(t, docx(t, body), 1<<20))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, g := range paragraphs(t, d) {
		got = append(got, fmt.Sprint(g.Text, " ", g.Table, g.Row, g.Cell))
	}
	want := []string{"Before 0 0 0", "HD 1 1 1", "Two 1 1 2", "lines 1 1 2", "SN 1 2 1", " 1 2 2", "inner 1 2 2", "Between 0 0 0", "A 2 1 1"}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestXML(t *testing.T) {
	flat := `<?xml version="1.0"?><?mso-application progid="Word.Document"?><pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">` +
		`<pkg:part pkg:name="/_rels/.rels"><pkg:xmlData>` + rels + `</pkg:xmlData></pkg:part>` +
		`<pkg:part pkg:name="/word/_rels/document.xml.rels"><pkg:xmlData>` + ownRels + `</pkg:xmlData></pkg:part>` +
		`<pkg:part pkg:name="/word/document.xml"><pkg:xmlData><w:document><w:body>` + p("Flat") + `<w:p><w:pPr><w:pStyle w:val="berschrift1"/></w:pPr>` + r("Part") + `</w:p></w:body></w:document></pkg:xmlData></pkg:part>` +
		`<pkg:part pkg:name="/word/styles.xml"><pkg:xmlData>` + styles + `</pkg:xmlData></pkg:part>` +
		`<pkg:part pkg:name="/docProps/core.xml"><pkg:xmlData>` + core + `</pkg:xmlData></pkg:part></pkg:package>`
	old := `<?xml version="1.0"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><o:DocumentProperties><o:Title>A &amp; B</o:Title><o:Author>Ada Okoye</o:Author><o:Created>2004-01-02T03:04:00Z</o:Created></o:DocumentProperties>` +
		styles + `<w:body><wx:sect>` + p("Flat") + `<w:p><w:pPr><w:pStyle w:val="berschrift1"/></w:pPr>` + r("Part") + `<aml:annotation w:type="Word.Deletion"><aml:content>` + r("no") + `</aml:content></aml:annotation></w:p><w:sectPr><w:hdr>` + p("no") + `</w:hdr></w:sectPr></wx:sect></w:body></w:wordDocument>`
	for _, s := range []string{flat, old} {
		if !IsXML(reader.NewHead("a.xml", []byte(s), true)) {
			t.Errorf("%.60s is not recognized", s)
		}
		d, err := OpenXML(input(t, []byte(s), 1<<20))
		if err != nil {
			t.Fatal(err)
		}
		got := paragraphs(t, d)
		if len(got) != 2 || got[0].Text != "Flat" || got[1].Text != "Part" || got[1].Level != 1 || d.Properties.Title != "A & B" || d.Properties.Author != "Ada Okoye" {
			t.Errorf("%+v, %+v", got, d.Properties)
		}
	}
}

func TestIs(t *testing.T) {
	doc := docx(t, p("a"))
	for _, c := range []struct {
		name string
		b    []byte
		want bool
	}{
		{"a", doc, true},
		{"a.docx", doc[:200], true},
		{"a", archive(t, map[string]string{"[Content_Types].xml": "", "xl/workbook.xml": ""}), false},
		{"a.zip", archive(t, map[string]string{"notes/word/a.txt": ""}), false},
		{"a.docx", []byte("PK\x03\x04"), false},
		{"a.docx", nil, false},
	} {
		if got := Is(c.b, c.name); got != c.want {
			t.Errorf("%s of %d bytes: %v", c.name, len(c.b), got)
		}
	}
}

// What is no document, or not whole, or too large, is told.
func TestErrors(t *testing.T) {
	big := docx(t, strings.Repeat(p(strings.Repeat("x", 1000)), 2000))
	d, err := Open(input(t, big, 1<<20))
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, e := range d.Paragraphs() {
		n++
		err = e
	}
	if !errors.Is(err, reader.ErrTooLarge) || n > 1200 {
		t.Errorf("a part that is too large: %d paragraphs, %v", n, err)
	}
	for _, b := range [][]byte{
		archive(t, map[string]string{"[Content_Types].xml": "", "xl/workbook.xml": ""}), big[:len(big)/2],
		{},
		archive(t, map[string]string{"_rels/.rels": `<Relationships><Relationship Type="x/officeDocument" Target="../../etc/passwd"/></Relationships>`}),
	} {
		if _, err := Open(input(t, b, 1<<20)); err == nil {
			t.Errorf("%d bytes were opened", len(b))
		}
	}
}

// Other writers name their parts as they like.
func TestNames(t *testing.T) {
	d, err := Open(input(t, archive(t, map[string]string{
		"_rels/.rels":        `<Relationships><Relationship Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument" Target="/Word/document2.xml"/></Relationships>`,
		`word\document2.xml`: `<w:document><w:body>` + p("a") + `</w:body></w:document>`,
	}), 1<<20))
	if err != nil {
		t.Fatal(err)
	}
	if got := paragraphs(t, d); len(got) != 1 || got[0].Text != "a" {
		t.Errorf("%+v", got)
	}
}

func FuzzParagraphs(f *testing.F) {
	f.Add(p("a") + `<w:tbl><w:tr><w:tc>` + p("b") + `</w:tc></w:tr></w:tbl>`)
	f.Add(`<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:footnoteReference w:id="1"/><w:pict>` + box("c") + `</w:pict></w:r></w:p>`)
	f.Fuzz(func(t *testing.T, body string) {
		d, err := Open(input(t, docx(t, body), 1<<20))
		if err != nil {
			t.Fatal(err)
		}
		for range d.Paragraphs() {
		}
	})
}
