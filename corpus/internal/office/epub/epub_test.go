package epub

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/reader/readertest"
	"github.com/newsq/newsq/corpus/internal/record"
)

const prose = "<p>The port of Vessem was closed on Monday after a storm, and ships waited outside for two days before they could unload their freight.</p>"

// archive returns a zip archive, whose first file is not compressed.
func archive(t testing.TB, files ...string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	files = append([]string{"mimetype", "application/epub+zip"}, files...)
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

const container = `<container><rootfiles><rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>`

// bookOf returns a book with metadata and chapters: names and bodies.
func bookOf(t testing.TB, metadata string, chapters ...string) string {
	t.Helper()
	var manifest, spine strings.Builder
	files := []string{"META-INF/container.xml", container}
	for i := 0; i+1 < len(chapters); i += 2 {
		fmt.Fprintf(&manifest, `<item id="i%d" href="%s" media-type="application/xhtml+xml"/>`, i, chapters[i])
		fmt.Fprintf(&spine, `<itemref idref="i%d"/>`, i)
		files = append(files, "OEBPS/"+strings.ReplaceAll(chapters[i], "%20", " "), `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title/><style>p{}</style></head>`+chapters[i+1]+`</html>`)
	}
	files = append(files, "OEBPS/nav.xhtml", `<html><body><nav epub:type="toc"><a href="text/b.xhtml#x">Named in the contents</a></nav><nav epub:type="landmarks"><a href="text/a.xhtml">no</a></nav></body></html>`,
		"OEBPS/content.opf", `<package unique-identifier="id"><metadata>`+metadata+`</metadata><manifest><item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>`+
			manifest.String()+`</manifest><spine>`+spine.String()+`</spine></package>`)
	return archive(t, files...)
}

const bookMeta = `<dc:title id="t">The Ports</dc:title><meta refines="#t" property="title-type">main</meta><dc:title id="s">A History</dc:title><meta refines="#s" property="title-type">subtitle</meta>` +
	`<dc:creator id="c">Ada Okoye</dc:creator><meta refines="#c" property="role">aut</meta><dc:creator opf:role="ill">Jan de Wit</dc:creator><dc:publisher>Harbour Press</dc:publisher>` +
	`<dc:identifier>isbn:1</dc:identifier><dc:identifier id="id">urn:uuid:1</dc:identifier><dc:date>2026-01-02</dc:date><meta property="dcterms:modified">2026-01-03T00:00:00Z</meta>` +
	`<dc:language>en</dc:language><dc:subject>Trade, foreign</dc:subject><dc:rights>CC0</dc:rights>`

func TestBook(t *testing.T) {
	content := bookOf(
		t, bookMeta,
		"text/cover.xhtml", `<body><img src="c.jpg" alt="Cover"/></body>`,
		"text/front.xhtml", `<body epub:type="frontmatter"><section epub:type="titlepage"><h1>The Ports</h1></section></body>`,
		"text/a.xhtml", `<body><section><h1>Ice</h1><script/>`+prose+`</section></body>`,
		"text/b.xhtml", `<body>`+prose+`<a id="x"/>`+prose+`</body>`,
		"text/c%20d.xhtml", `<body><h2>Wind</h2>`+prose+`</body>`,
		"text/copyright.xhtml", `<body><p>All rights reserved.</p></body>`,
	)
	if !Recognize(reader.NewHead("x.zip", []byte(content), true)) {
		t.Error("it is not recognized by its content")
	}
	recs, faults := readertest.Read(t, Read, "a.epub", content)
	if len(recs) != 1 || len(faults) > 0 {
		t.Fatalf("%d records, %v", len(recs), faults)
	}
	r := &recs[0]
	var headings []string
	for _, b := range r.Blocks {
		if b.Heading {
			headings = append(headings, fmt.Sprint(b.Level, b.Text))
		}
	}
	if got := strings.Join(headings, "|"); got != "1Ice|1Named in the contents|2Wind" || len(r.Blocks) != 7 {
		t.Errorf("headings are %q: %+v", got, r.Blocks)
	}
	if !r.IsFile || r.First(record.Title) != "The Ports" || len(r.Values(record.Authors)) != 1 || r.First(record.Source) != "Harbour Press" || r.First(record.ID) != "urn:uuid:1" ||
		r.First(record.Published) != "2026-01-02" || len(r.Values(record.Topics)) != 1 || r.Handling == nil || r.Handling.Rights != "CC0" {
		t.Errorf("%+v", r)
	}
}

func TestDigest(t *testing.T) {
	german := "<p>Der Hafen von Vessem war am Montag nach einem Sturm geschlossen, und die Schiffe warteten zwei Tage draußen, bevor sie entladen werden konnten.</p>"
	content := bookOf(
		t, `<dc:title>Saved</dc:title><dc:date>2026-11-29</dc:date><dc:language>en</dc:language>`,
		"a.xhtml", `<body><h1>Ports in winter</h1><p><em>Ada Okoye, 2024-04-28</em></p>`+prose+`</body>`,
		"b.xhtml", `<body><h1>Häfen</h1><p>By Jan de Wit</p>`+german+german+`</body>`,
		"c.xhtml", `<body><h1>Cranes</h1>`+prose+`</body>`,
	)
	recs, faults := readertest.Read(t, Read, "a.epub", content)
	if len(recs) != 3 || len(faults) > 0 {
		t.Fatalf("%d records, %v", len(recs), faults)
	}
	a, b, c := &recs[0], &recs[1], &recs[2]
	if a.First(record.Title) != "Ports in winter" || a.First(record.Authors) != "Ada Okoye" || a.Published.Time.Format("2006-01-02") != "2024-04-28" || len(a.Blocks) != 1 ||
		a.First(record.Source) != "Saved" || a.Place != "OEBPS/a.xhtml" || a.Number != 1 || a.First(record.Language) != "en" || a.IsFile {
		t.Errorf("%+v", a)
	}
	if b.First(record.Authors) != "Jan de Wit" || b.First(record.Published) != "2026-11-29" || b.First(record.Language) != "" {
		t.Errorf("%+v", b)
	}
	if c.First(record.Title) != "Cranes" || len(c.Values(record.Authors)) != 0 {
		t.Errorf("%+v", c)
	}
}

// News that calibre fetched has a folder for each section, with an overview.
func TestCalibre(t *testing.T) {
	content := bookOf(
		t, `<dc:title>The Daily Harbour [Fri, 02 Jan 2026]</dc:title><meta name="calibre:publication_type" content="periodical:The Daily Harbour:1"/>`,
		"index.html", `<body><ul><li><a href="feed_0/index.html">World</a></li></ul></body>`,
		"feed_0/index.html", `<body><h2>World</h2><ul><li><a href="article_0/index.html">Ports in winter</a></li></ul></body>`,
		"feed_0/article_0/index.html", `<body><h1>Ports in winter</h1>`+prose+`</body>`,
		"feed_0/article_1/index.html", `<body><h1>Cranes</h1>`+prose+`</body>`,
	)
	recs, _ := readertest.Read(t, Read, "a.epub", content)
	var titles []string
	for i := range recs {
		titles = append(titles, recs[i].First(record.Title))
	}
	if got := strings.Join(titles, "|"); !strings.HasSuffix(got, "Ports in winter|Cranes") || len(titles) > 3 {
		t.Errorf("titles are %q", got)
	}
}

// An old book has its contents in a file of their own form.
func TestNCX(t *testing.T) {
	content := archive(t, "META-INF/container.xml", container, "OEBPS/toc.ncx", `<ncx><navMap><navPoint><navLabel><text>Part one</text></navLabel><content src="a.html#p"/><navPoint><navLabel><text>no</text></navLabel><content src="a.html#q"/></navPoint></navPoint></navMap></ncx>`,
		"OEBPS/A.html", `<html><body>`+prose+`</body></html>`,
		"OEBPS/content.opf", `<package><metadata><dc-metadata><dc:Title>The Ports</dc:Title></dc-metadata></metadata><manifest><item id="n" href="toc.ncx" media-type="application/x-dtbncx+xml"/><item id="a" href="a.html" media-type="text/x-oeb1-document"/></manifest><spine toc="n"><itemref idref="a"/></spine></package>`)
	recs, faults := readertest.Read(t, Read, "a.epub", content)
	if len(recs) != 1 || recs[0].Blocks[0].Text != "Part one" || recs[0].First(record.Title) != "The Ports" {
		t.Errorf("%+v, %v", recs, faults)
	}
}

// Names in a book lead nowhere out of it, and what is broken is told.
func TestHostile(t *testing.T) {
	for name, content := range map[string]string{
		"leads out":  archive(t, "META-INF/container.xml", `<container><rootfiles><rootfile full-path="../../../etc/passwd"/></rootfiles></container>`),
		"no package": archive(t, "META-INF/container.xml", container),
		"no spine":   archive(t, "META-INF/container.xml", container, "OEBPS/content.opf", `<package><manifest/></package>`),
		"itself":     archive(t, "META-INF/container.xml", container, "OEBPS/content.opf", `<package><manifest><item id="a" href="content.opf"/></manifest><spine><itemref idref="a"/><itemref idref="a"/></spine></package>`),
		"not whole":  bookOf(t, bookMeta, "a.xhtml", "<body>"+prose+"</body>")[:400],
	} {
		recs, faults := readertest.Read(t, Read, "a.epub", content)
		if len(recs) != 0 || len(faults) != 1 {
			t.Errorf("%s: %d records, %v", name, len(recs), faults)
		}
	}
	escaped := bookOf(t, bookMeta, "../../../../up.xhtml", "<body>"+prose+"</body>", "a.xhtml", "<body><h1>In</h1>"+prose+"</body>")
	if recs, _ := readertest.Read(t, Read, "a.epub", escaped); len(recs) != 1 {
		t.Errorf("%d records of a book with a name that leads out", len(recs))
	}
	locked := archive(t, "META-INF/container.xml", container, "META-INF/encryption.xml", `<encryption><EncryptedData><CipherData><CipherReference URI="OEBPS/a.xhtml"/></CipherData></EncryptedData></encryption>`,
		"OEBPS/content.opf", `<package><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>`, "OEBPS/a.xhtml", "\x00\x01")
	_, faults := readertest.Read(t, Read, "a.epub", locked)
	if len(faults) != 1 || !errors.Is(faults[0], errProtected) {
		t.Errorf("a protected book: %v", faults)
	}
	large := bookOf(t, bookMeta, "a.xhtml", "<body>"+prose+"</body>", "b.xhtml", "<body>"+strings.Repeat(prose, 40_000)+"</body>")
	recs, _ := readertest.Read(t, Read, "a.epub", large)
	if len(recs) != 1 || len(recs[0].Problems) != 1 || !errors.Is(recs[0].Problems[0].Err, reader.ErrTooLarge) {
		t.Errorf("a book that is too large: %d records", len(recs))
	}
}

func TestLine(t *testing.T) {
	for s, want := range map[string]string{
		"Ada Okoye, 2024-04-28": "Ada Okoye 2024-04-28", "By Ada Okoye": "Ada Okoye 0001-01-01", "5 May 2026": " 2026-05-05",
		"Ada Okoye and Jan de Wit, May 5, 2026": "Ada Okoye/Jan de Wit 2026-05-05", "Kyiv, 5 May 2026": " 2026-05-05",
		"The port of Vessem was closed on Monday.": "none", "Ice": "none",
	} {
		got := "none"
		if line, ok := parseLine(s); ok {
			got = strings.Join(line.authors, "/") + " " + line.published.Format("2006-01-02")
		}
		if got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(bookOf(f, bookMeta, "a.xhtml", "<body><h1>A</h1>"+prose+"</body>", "b.xhtml", "<body>"+prose+"</body>")))
	f.Fuzz(func(t *testing.T, content []byte) {
		readertest.Read(t, Read, "a.epub", string(content))
	})
}
