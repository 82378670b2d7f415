package pdf

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/newsq/newsq/corpus/internal/paragraph"
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/reader/readertest"
	"github.com/newsq/newsq/corpus/internal/record"
)

// put is a line of a page: where it begins, its size, its font (1 is regular, 2
// bold), and its text.
type put struct {
	x, y, size float64
	font       int
	text       string
}

// file returns a PDF with pages, and what it says of itself.
func fileOf(info string, pages ...[]put) string {
	objects := []string{"", "", `<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>`, `<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>`, "<<" + info + ">>"}
	var kids strings.Builder
	for _, page := range pages {
		var content strings.Builder
		for _, l := range page {
			text := strings.NewReplacer(`\`, `\\`, "(", `\(`, ")", `\)`).Replace(l.text)
			fmt.Fprintf(&content, "BT /F%d %g Tf 1 0 0 1 %g %g Tm (%s) Tj ET\n", l.font, l.size, l.x, l.y, text)
		}
		if len(page) == 0 {
			content.WriteString("0 0 100 100 re f\n") // a picture, so to speak
		}
		objects = append(objects, fmt.Sprintf("<</Length %d>>stream\n%sendstream", content.Len(), content.String()))
		fmt.Fprintf(&kids, "%d 0 R ", len(objects)+1)
		objects = append(objects, fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R/F2 4 0 R>>>>/Contents %d 0 R>>", len(objects)))
	}
	objects[0] = "<</Type/Catalog/Pages 2 0 R/Lang(en)>>"
	objects[1] = fmt.Sprintf("<</Type/Pages/Kids[%s]/Count %d>>", kids.String(), len(pages))
	var b strings.Builder
	b.WriteString("%PDF-1.4\n")
	offsets := make([]int, len(objects))
	for i, o := range objects {
		offsets[i] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, o := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R/Info 5 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, start)
	return b.String()
}

// withPDFium skips a test where PDFium would take too long to compile.
func withPDFium(t testing.TB) {
	t.Helper()
	if testing.Short() {
		t.Skip("PDFium is compiled for some seconds")
	}
}

// column returns lines below each other.
func column(x, y float64, lines ...string) []put {
	var list []put
	for i, s := range lines {
		list = append(list, put{x, y - 12*float64(i), 10, 1, s})
	}
	return list
}

func pageWith(number int, parts ...[]put) []put {
	list := []put{{50, 800, 8, 1, "Harbour Papers"}, {290, 30, 8, 1, fmt.Sprint(number)}}
	for _, p := range parts {
		list = append(list, p...)
	}
	return list
}

func TestRead(t *testing.T) {
	withPDFium(t)
	content := fileOf(
		`/Title(Microsoft Word - ports.doc)/Author(Ada Okoye)/CreationDate(D:20260102030405+01'00')`,
		pageWith(
			1, []put{{50, 760, 20, 1, "Ports in winter"}},
			column(50, 730, "The port of Vessem was closed on Mon-", "day after a storm, and ships waited out-", "side for two days before they could un-", "load. A well-known crane fell.", "Here another paragraph begins."),
			[]put{{50, 660, 14, 2, "Ice and wind"}},
			column(50, 640, "In the first column the ice is told of,", "and it goes on at the top of the second"),
			column(320, 730, "column, where wind and weather follow.", "The crane was well-", "known in all of the town, and everybody", "came to look at it."),
		),
		pageWith(2, column(50, 760, "A second page has its own paragraph, and", "that is all of it, but for the end.")),
	)
	if !Recognize(reader.NewHead("x", []byte(content), true)) {
		t.Error("it is not recognized by its content")
	}
	recs, faults := readertest.Read(t, Read, "a.pdf", content)
	if len(recs) != 1 || len(faults) > 0 {
		t.Fatalf("%d records, %v", len(recs), faults)
	}
	r := &recs[0]
	var got []string
	for _, b := range r.Blocks {
		got = append(got, b.Text)
	}
	want := []string{
		"The port of Vessem was closed on Monday after a storm, and ships waited outside for two days before they could unload. A well-known crane fell.",
		"Here another paragraph begins.",
		"Ice and wind",
		"In the first column the ice is told of, and it goes on at the top of the second column, where wind and weather follow. The crane was well-known in all of the town, and everybody came to look at it.",
		"A second page has its own paragraph, and that is all of it, but for the end.",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("text is\n%s", strings.Join(got, "\n"))
	}
	if !r.IsFile || r.First(record.Title) != "Ports in winter" || r.First(record.Authors) != "Ada Okoye" || !r.Published.Time.Equal(time.Date(2026, 1, 2, 2, 4, 5, 0, time.UTC)) ||
		!r.Blocks[2].Heading || len(r.Problems) > 0 {
		t.Errorf("%+v", r)
	}
}

// A page that a browser printed has the address at its foot.
func TestPrinted(t *testing.T) {
	withPDFium(t)
	page := append([]put{{30, 825, 8, 1, "1/2/26, 10:00 AM"}, {250, 825, 8, 1, "Ports in winter | The Daily Harbour"}, {30, 12, 8, 1, "https://example.org/ports"}, {550, 12, 8, 1, "1/1"}},
		column(50, 700, "Home", "News")...)
	page = append(page, put{50, 640, 20, 2, "Ports in winter"}, put{50, 600, 10, 1, "April 28, 2024"})
	page = append(page, column(50, 560, "The port of Vessem was closed on Monday after a storm, and ships", "waited outside for two days before they could unload their freight.")...)
	recs, faults := readertest.Read(t, Read, "a.pdf", fileOf(`/Title(Ports in winter)/Creator(Chromium)/CreationDate(D:20261129)`, page))
	if len(recs) != 1 || len(faults) > 0 {
		t.Fatalf("%d records, %v", len(recs), faults)
	}
	r := &recs[0]
	if r.First(record.URL) != "https://example.org/ports" || r.First(record.Title) != "Ports in winter" || r.Published.Time.Format("2006-01-02") != "2024-04-28" {
		t.Errorf("%+v", r)
	}
	for _, b := range r.Blocks {
		if strings.Contains(b.Text, "example.org") || strings.Contains(b.Text, "1/1") || b.Text == "Home" {
			t.Errorf("%q is in the text", b.Text)
		}
	}
}

// What is no text, or no PDF, is told with what to do.
func TestErrors(t *testing.T) {
	withPDFium(t)
	for _, c := range []struct{ name, content, hint string }{
		{"pictures", fileOf("", nil, nil), "OCR"},
		{"pictures with a stamp", fileOf("", nil, []put{{50, 50, 8, 1, "Scan 1"}}), "OCR"},
		{"damaged", "%PDF-1.4\nnothing of use", "qpdf"},
		{"cut", fileOf("", column(50, 700, "Text"))[:60], "qpdf"},
	} {
		recs, faults := readertest.Read(t, Read, "a.pdf", c.content)
		var f *reader.Fault
		if len(recs) != 0 || len(faults) != 1 || !errors.As(faults[0], &f) || !strings.Contains(f.Hint, c.hint) {
			t.Errorf("%s: %d records, %v", c.name, len(recs), faults)
		}
	}
	locked := strings.Replace(fileOf("", column(50, 700, "Text")), "/Info 5 0 R", "/Info 5 0 R/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<"+
		strings.Repeat("11", 32)+">/U<"+strings.Repeat("22", 32)+">>>", 1)
	if _, faults := readertest.Read(t, Read, "a.pdf", locked); len(faults) != 1 || !errors.Is(faults[0], errPassword) {
		t.Errorf("a file with a password: %v", faults)
	}
	recs, _ := readertest.Read(t, Read, "a.pdf", fileOf("", column(50, 700, "The port of Vessem was closed on Monday after a storm, and ships waited", "outside for two days before they could unload their freight."), nil))
	if len(recs) != 1 || len(recs[0].Problems) != 1 || !errors.Is(recs[0].Problems[0].Err, record.ErrLeftOut) {
		t.Errorf("a page without a text is not told: %+v", recs)
	}
}

// Reading ends with its context.
func TestCanceled(t *testing.T) {
	withPDFium(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	err := read(ctx, []byte(fileOf("", column(50, 700, "Text"))), func(*file) error { return nil })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	ctx, cancel = context.WithCancel(context.Background())
	err = read(ctx, []byte(fileOf("", column(50, 700, "Text"))), func(f *file) error {
		cancel()
		for range 1000 {
			if err := f.page(1, func(*page) {}); err != nil {
				return err
			}
			time.Sleep(time.Millisecond)
		}
		return nil
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("amid a file: %v", err)
	}
	if recs, _ := readertest.Read(t, Read, "a.pdf", fileOf("", column(50, 700, "A text that is read after others ended."))); len(recs) != 1 {
		t.Errorf("%d records after that", len(recs))
	}
}

// Several files are read at a time.
func TestParallel(t *testing.T) {
	withPDFium(t)
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			text := fmt.Sprintf("This is the text of file number %d, and of no other file at all.", i)
			recs, faults := readertest.Read(t, Read, "a.pdf", fileOf("/Title(A title of its own)", column(50, 700, text, "It has a second line.")))
			if len(recs) != 1 || len(faults) > 0 || !strings.HasPrefix(recs[0].Blocks[0].Text, text) {
				t.Errorf("file %d: %v", i, faults)
			}
		})
	}
	wg.Wait()
}

func TestXMP(t *testing.T) {
	const old = `<x:xmpmeta><dc:title><rdf:Alt><rdf:li>Old</rdf:li></rdf:Alt></dc:title></x:xmpmeta>`
	const last = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF><rdf:Description><dc:title><rdf:Alt><rdf:li xml:lang="x-default">Ports in winter</rdf:li></rdf:Alt></dc:title>` +
		`<dc:creator><rdf:Seq><rdf:li>Ada Okoye</rdf:li></rdf:Seq></dc:creator><xmp:CreateDate>2026-01-02T03:04:05Z</xmp:CreateDate></rdf:Description></rdf:RDF></x:xmpmeta>`
	c := content{xmp: packet([]byte("%PDF" + old + "stream" + last + "endstream")), props: &paragraph.Properties{}}
	c.addXMP()
	if c.props.Title != "Ports in winter" || c.props.Author != "Ada Okoye" || c.props.Created.Format("2006-01-02") != "2026-01-02" {
		t.Errorf("%+v", c.props)
	}
	if packet([]byte("%PDF <x:xmpmeta without end")) != nil {
		t.Error("a packet without an end was taken")
	}
}

func TestTimeOf(t *testing.T) {
	for s, want := range map[string]string{
		"D:20240103093826+01'00'": "2024-01-03T08:38:26Z", "D:20160622124519Z00'00'": "2016-06-22T12:45:19Z", "D:2024": "2024-01-01T00:00:00Z", "20240103": "2024-01-03T00:00:00Z",
		"D:20240103093826-0730": "2024-01-03T17:08:26Z", "": "0001-01-01T00:00:00Z", "D:20241399": "0001-01-01T00:00:00Z", "yesterday": "0001-01-01T00:00:00Z", "D:202": "0001-01-01T00:00:00Z",
	} {
		if got := timeOf(s).UTC().Format(time.RFC3339); got != want {
			t.Errorf("%q: %s, want %s", s, got, want)
		}
	}
}

func FuzzRead(f *testing.F) {
	withPDFium(f)
	f.Add([]byte(fileOf("/Title(T)", pageWith(1, column(50, 700, "A line of text.", "And one more.")))))
	f.Add([]byte("%PDF-1.4\n"))
	f.Fuzz(func(t *testing.T, content []byte) {
		readertest.Read(t, Read, "a.pdf", string(content))
	})
}
