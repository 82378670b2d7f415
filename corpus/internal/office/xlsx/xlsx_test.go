package xlsx

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/reader/readertest"
	"github.com/newsq/newsq/corpus/internal/record"
)

// archive returns a zip archive of these files.
func archive(t testing.TB, files ...string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		w, err := z.Create(files[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(files[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

const styles = `<styleSheet><numFmts count="2"><numFmt numFmtId="164" formatCode="dd/mm/yy;@"/><numFmt numFmtId="165" formatCode="&quot;day &quot;0.00"/></numFmts>
<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="22"/><xf numFmtId="165"/><xf numFmtId="20"/></cellXfs></styleSheet>`

// book returns a workbook with these rows in its first sheet, and more files.
func book(t testing.TB, rows string, more ...string) string {
	t.Helper()
	return archive(t, append([]string{
		"[Content_Types].xml", "<Types/>",
		"xl/workbook.xml", `<workbook xmlns:r="x"><workbookPr/><sheets><sheet name="News" sheetId="1" r:id="rId1"/><sheet name="Chart" sheetId="2" r:id="rId2"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Target="/xl/worksheets/sheet2.xml"/></Relationships>`,
		"xl/styles.xml", styles,
		"xl/sharedStrings.xml", `<sst><si><t>Title</t></si><si><t>Text</t></si><si><t>Date</t></si><si><r><t xml:space="preserve">A new </t></r><r><rPr><b/></rPr><t>ferry</t></r><rPh><t>ふ</t></rPh></si><si><t>It sails._x000D_
Twice.</t></si></sst>`,
		"xl/worksheets/sheet1.xml", `<worksheet><dimension ref="A1:C3"/><sheetData>` + rows + `</sheetData><hyperlinks><hyperlink ref="A2" r:id="rId1"/></hyperlinks></worksheet>`,
		"xl/worksheets/sheet2.xml", `<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row></sheetData></worksheet>`,
	}, more...)...)
}

const head = `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c></row>`

func TestRead(t *testing.T) {
	content := book(t, head+`<row r="2"><c r="A2" t="s"><v>3</v></c><c r="B2" t="s"><v>4</v></c><c r="C2" s="1"><v>46027</v></c></row>
<row r="3"/><row r="5"><c r="A5" t="inlineStr"><is><t>A bridge</t></is></c><c r="C5" s="2"><v>46027.4375</v></c></row>
<row r="6"><c r="A6" t="str"><f>HYPERLINK("http://example.org/c","x")</f><v>A pier</v></c><c r="B6" t="e"><v>#N/A</v></c><c r="C6" t="d"><v>2026-01-07</v></c></row>`,
		"xl/worksheets/_rels/sheet1.xml.rels", `<Relationships><Relationship Id="rId1" Target="http://example.org/a" TargetMode="External"/></Relationships>`)
	if !Recognize(reader.NewHead("a", []byte(content), true)) {
		t.Error("not recognized")
	}
	records, faults := readertest.Read(t, Read, "a.xlsx", content)
	if len(faults) != 0 || len(records) != 3 {
		t.Fatalf("got %d records, faults %v", len(records), faults)
	}
	for i, want := range []struct{ title, text, date, url, place string }{
		{"A new ferry", "It sails.\nTwice.", "2026-01-05", "http://example.org/a", "2"},
		{"A bridge", "", "2026-01-05 10:30:00", "", "5"},
		{"A pier", "", "2026-01-07", "http://example.org/c", "6"},
	} {
		r := &records[i]
		if r.First(record.Title) != want.title || r.Text() != want.text || r.First(record.Published) != want.date || r.First(record.URL) != want.url || r.Place != want.place {
			t.Errorf("%d: got %q, %q, %q, %q, %q", i, r.First(record.Title), r.Text(), r.First(record.Published), r.First(record.URL), r.Place)
		}
	}
}

func TestSheets(t *testing.T) {
	content := archive(t, "xl/workbook.xml", `<workbook><workbookPr date1904="1"/><sheets><sheet name="Notes" r:id="rId9"/><sheet name="A"/><sheet name="B"/></sheets></workbook>`,
		"xl/worksheets/sheet1.xml", `<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>`,
		"xl/worksheets/sheet2.xml", `<worksheet><sheetData><row><c t="str"><v>Titre</v></c><c t="str"><v>Date</v></c></row><row><c t="str"><v>Un</v></c><c s="1"><v>44565</v></c></row></sheetData></worksheet>`,
		"xl/worksheets/sheet3.xml", `<worksheet><sheetData><row><c t="str"><v>Titel</v></c></row><row><c t="str"><v>Zwei</v></c></row></sheetData></worksheet>`,
		"xl/styles.xml", styles)
	records, faults := readertest.Read(t, Read, "a.xlsx", content)
	if len(faults) != 0 || len(records) != 2 {
		t.Fatalf("got %d records, faults %v", len(records), faults)
	}
	if a, b := &records[0], &records[1]; a.First(record.Published) != "2026-01-05" || a.Place != "A!2" || b.First(record.Title) != "Zwei" || b.Place != "B!2" || b.Number != 2 {
		t.Errorf("got %q at %q, %q at %q, number %d", a.First(record.Published), a.Place, b.First(record.Title), b.Place, b.Number)
	}
}

func TestDateFormats(t *testing.T) {
	for code, want := range map[string]bool{
		"dd/mm/yy;@": true, "yyyy\\-mm\\-dd": true, "[$-409]mmmm d": true, "h:mm": true, "[h]:mm": true, "General": false, "0.00": false,
		`"day "0`: false, `[Red]#,##0`: false, "@": false, `0\d`: false,
	} {
		if got := isDateFormat(code); got != want {
			t.Errorf("%q: got %v", code, got)
		}
	}
}

func TestHostile(t *testing.T) {
	for name, content := range map[string]string{
		"no zip":           "PK\x03\x04",
		"no workbook":      archive(t, "a", "b"),
		"a far column":     book(t, head+`<row><c r="ZZZZZZZZ1" t="str"><v>x</v></c><c r="XFD2" t="str"><v>x</v></c></row>`),
		"a missing text":   book(t, head+`<row><c r="A2" t="s"><v>99</v></c><c r="B2" t="s"><v>-1</v></c></row>`),
		"odd numbers":      book(t, head+`<row><c r="C2" s="1"><v>1e300</v></c><c r="C3" s="99"><v>NaN</v></c></row>`),
		"texts too large":  book(t, head, "xl/sharedstrings.XML", "<sst>"+strings.Repeat("<si><t>"+strings.Repeat("x", 1000)+"</t></si>", 5000)+"</sst>"),
		"not closed":       book(t, head+`<row><c r="A2" t="inlineStr"><is><t>x`),
		"many rows, empty": book(t, strings.Repeat("<row/>", 10000)),
	} {
		records, faults := readertest.Read(t, Read, "a.xlsx", content)
		if len(records) == 0 && len(faults) == 0 {
			t.Errorf("%s: nothing was read, and nothing told", name)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(head + `<row r="2"><c r="A2" t="s"><v>3</v></c></row>`)
	f.Add(fmt.Sprintf(`<row><c t="str"><v>title</v></c></row>%s`, `<row><c s="1"><v>1.5</v></c></row>`))
	f.Fuzz(func(t *testing.T, rows string) { readertest.Read(t, Read, "a.xlsx", book(t, rows)) })
}
