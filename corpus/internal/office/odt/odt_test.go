package odt

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"

	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/reader/readertest"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/corpus/internal/xmltree"
)

const (
	prose = "The port of Vessem was closed on Monday after a storm, and ships waited outside for two days."
	auto  = `<office:automatic-styles><style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>` +
		`<style:style style:name="P2" style:family="paragraph" style:parent-style-name="Loop"/>` +
		`<style:style style:name="T1" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>` +
		`<style:style style:name="T2" style:family="text"><style:text-properties text:display="none"/></style:style></office:automatic-styles>`
	styleSheet = `<office:styles><style:style style:name="Title" style:family="paragraph"><style:paragraph-properties fo:text-align="center"/><style:text-properties fo:font-size="28pt"/></style:style>` +
		`<style:style style:name="Loop" style:family="paragraph" style:parent-style-name="Loop"/></office:styles>`
	meta = `<office:meta><dc:title></dc:title><meta:initial-creator>Ada Okoye</meta:initial-creator><dc:creator>User</dc:creator>` +
		`<meta:creation-date>2026-01-02T03:04:05.123</meta:creation-date><dc:date>2026-01-03T03:04:05</dc:date><meta:keyword>ports</meta:keyword><meta:keyword>ice</meta:keyword></office:meta>`
)

func archive(t testing.TB, body string, others ...string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	files := append([]string{
		"mimetype", textType, "content.xml", `<office:document-content>` + auto + `<office:body><office:text>` + body + `</office:text></office:body></office:document-content>`,
		"styles.xml", `<office:document-styles>` + styleSheet + `</office:document-styles>`, "meta.xml", `<office:document-meta>` + meta + `</office:document-meta>`,
	}, others...)
	for i := 0; i+1 < len(files); i += 2 {
		w, err := z.CreateHeader(&zip.FileHeader{Name: files[i], Method: zip.Store})
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

const body = `<text:tracked-changes><text:changed-region><text:deletion><text:p>no</text:p></text:deletion></text:changed-region></text:tracked-changes>` +
	`<text:p text:style-name="P1">Ports in winter</text:p><text:table-of-content><text:index-body><text:p>Ice 3</text:p></text:index-body></text:table-of-content>` +
	`<text:p>` + prose + `</text:p><text:h text:outline-level="2">Ice</text:h><text:p>` + prose + `</text:p>`

func TestRead(t *testing.T) {
	flat := `<?xml version="1.0"?><office:document office:mimetype="` + textType + `">` + meta + styleSheet + auto + `<office:body><office:text>` + body + `</office:text></office:body></office:document>`
	for name, content := range map[string]string{"a.odt": archive(t, body), "a.fodt": flat} {
		if !Recognize(reader.NewHead("a", []byte(content), true)) {
			t.Errorf("%s is not recognized by its content", name)
		}
		recs, faults := readertest.Read(t, Read, name, content)
		if len(recs) != 1 || len(faults) > 0 {
			t.Fatalf("%s: %d records, %v", name, len(recs), faults)
		}
		r := &recs[0]
		if !r.IsFile || r.First(record.Title) != "Ports in winter" || r.First(record.Authors) != "Ada Okoye" || r.Published.Time.Format("2006-01-02") != "2026-01-02" ||
			r.Updated.Time.Format("2006-01-02") != "2026-01-03" || len(r.Values(record.Topics)) != 2 || len(r.Blocks) != 3 || !r.Blocks[1].Heading || r.Blocks[1].Level != 2 {
			t.Errorf("%s: %+v", name, r)
		}
	}
}

func TestText(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"blanks", "<text:p>a\n   b<text:s/>c<text:s text:c=\"2\"/>d<text:tab/>e<text:line-break/> f</text:p>", "a b c  d\te\nf"},
		{"spans and links", `<text:p><text:span text:style-name="T1">a</text:span> <text:a xlink:href="http://example.org/">b</text:a></text:p>`, "a b"},
		{"hidden", `<text:p>a<text:span text:style-name="T2">no</text:span><text:hidden-text>no</text:hidden-text></text:p>`, "a"},
		{"comments", `<text:p>a<office:annotation><text:p>no</text:p></office:annotation>b</text:p>`, "ab"},
		{"notes come last", `<text:p>a<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Note.</text:p></text:note-body></text:note>b</text:p><text:p>c</text:p>`, "ab|c|Note."},
		{"lists", `<text:list><text:list-item><text:p>a</text:p><text:list><text:list-item><text:p>b</text:p></text:list-item></text:list></text:list-item></text:list>`, "a|b"},
		{"tables", `<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table>`, "a|b"},
		{"text boxes", `<text:p>a<draw:frame><draw:text-box><text:p>Box</text:p></draw:text-box></draw:frame></text:p>`, "a|Box"},
		{"pictures", `<text:p>a<draw:frame><draw:image/><svg:desc>no</svg:desc></draw:frame></text:p>`, "a"},
		{"page numbers", `<text:p>a <text:page-number>3</text:page-number></text:p>`, "a"},
		{"ruby", `<text:p><text:ruby><text:ruby-base>東</text:ruby-base><text:ruby-text>とう</text:ruby-text></text:ruby>京</text:p>`, "東京"},
		{"sections", `<text:section><text:p>a</text:p></text:section><text:section text:display="none"><text:p>no</text:p></text:section>`, "a"},
		{"fields", `<text:p>Page <text:user-field-get>b</text:user-field-get><text:date>1 May</text:date></text:p>`, "Page b1 May"},
	} {
		root := xmltree.Parse(`<office:document-content>` + auto + `<office:body><office:text>` + c.in + `</office:text></office:body></office:document-content>`)
		d := &doc{content: root}
		var got []string
		for _, p := range d.paragraphs() {
			got = append(got, p.Text)
		}
		if s := strings.Join(got, "|"); s != c.want {
			t.Errorf("%s: %q, want %q", c.name, s, c.want)
		}
	}
}

func TestErrors(t *testing.T) {
	locked := archive(t, body, "META-INF/manifest.xml", `<manifest:manifest><manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry></manifest:manifest>`)
	for name, content := range map[string]string{"locked": locked, "cut": locked[:len(locked)/2], "no text": archive(t, ""), "spreadsheet": `<?xml version="1.0"?><office:document><office:meta/></office:document>`} {
		recs, faults := readertest.Read(t, Read, "a.odt", content)
		if len(recs) != 0 || len(faults) != 1 {
			t.Errorf("%s: %d records, %v", name, len(recs), faults)
		}
	}
	if Recognize(reader.NewHead("a.ods", []byte(strings.Replace(locked, textType, "application/vnd.oasis.opendocument.calc", 1)), true)) {
		t.Error("a spreadsheet was taken for a text")
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(archive(f, body)))
	f.Add([]byte(`<?xml version="1.0"?><office:document office:mimetype="` + textType + `">` + meta + auto + `<office:body><office:text>` + body + `</office:text></office:body></office:document>`))
	f.Fuzz(func(t *testing.T, content []byte) {
		readertest.Read(t, Read, "a.odt", string(content))
	})
}
