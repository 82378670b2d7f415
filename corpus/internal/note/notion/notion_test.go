package notion

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsq/newsq/corpus/internal/reader/readertest"
)

// archiveOf returns a zip archive of members, name and content in turn. Those
// whose name begins with "=" are stored as they are.
func archiveOf(t testing.TB, members ...string) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(members); i += 2 {
		h := &zip.FileHeader{Name: members[i], Method: zip.Deflate}
		if name, ok := strings.CutPrefix(members[i], "="); ok {
			h.Name, h.Method = name, zip.Store
		}
		f, err := w.CreateHeader(h)
		if err == nil {
			_, err = f.Write([]byte(members[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

const (
	a = "196943d6cd28480c90b1f9da4dd2fbf2"
	b = "36ab92dc15bc49119e4f7ecf6a0f26ed"
	c = "fb96c5b7292444918195ff05f1af9eaa"
	d = "39f63cea70da4ca2bb76f09c29c96f9c"
)

func TestRead(t *testing.T) {
	in := archiveOf(
		t,
		"Export-1/Ferries "+a+".md", "# Ferries: a note\n\nThey **sail**.\n\nTo ask: the office.\n",
		"Export-1/Articles "+b+".csv", "Name,URL\nTolls,https://example.org/1\n",
		"Export-1/Articles "+b+"_all.csv", "Name,URL\nTolls,https://example.org/1\n",
		"Export-1/Articles/Tolls "+c+".md", "# Tolls\n\nAuthor: Ada Okoye\nPublished: January 5, 2026\nTags: ports, tolls\nURL: https://example.org/1\nDone: No\n\nThey rise.\n",
		"Export-1/Page "+d+".html", `<html><head><title>x</title><style>p{}</style></head><body><article id="x" class="page sans"><header><h1 class="page-title">A page</h1><p class="page-description">In short.</p><table class="properties"><tbody>`+
			`<tr class="property-row"><th><span class="icon property-icon"></span>Published</th><td><time>@January 5, 2026</time></td></tr><tr><th>Tags</th><td><span class="selected-value select-value-color-blue">ports</span><span class="selected-value">tolls</span></td></tr></tbody></table></header>`+
			`<div class="page-body"><p>They sail.</p><p>And rest.</p></div></article></body></html>`,
		"Export-1/Lonely "+a[1:]+"0.csv", "Name\nx\n",
		"Export-1/index.html", "<html><ul></ul></html>",
		"Export-1/Ferries/photo.png", "not a photo",
		"Export-1/Ferries/", "",
	)
	o := readertest.Run(t, Read, "a.zip", in, nil)
	want := "place: " + a + "\nid: " + a + "\ntitle: Ferries: a note\nblocks: They sail. | To ask: the office.\n\n" +
		"place: " + c + "\nid: " + c + "\ntitle: Tolls\nauthors: Ada Okoye\npublished: January 5, 2026\ntopics: ports | tolls\nurl: https://example.org/1\nblocks: They rise.\n\n" +
		"place: " + d + "\nid: " + d + "\ntitle: A page\nsummary: In short.\nbody: <p>They sail.</p><p>And rest.</p>\npublished: January 5, 2026\ntopics: ports | tolls\n"
	if d := cmp.Diff(want, readertest.Show(o.Records)); d != "" || len(o.Faults) > 0 {
		t.Errorf("%v, -want +got:\n%s", o.Faults, d)
	}
	if len(o.Members) != 2 || !strings.Contains(o.Members[0], "Lonely") || !strings.Contains(o.Members[1], "photo") {
		t.Errorf("members: %q", o.Members)
	}
	if !Recognize(readertest.Head("a.zip", in)) {
		t.Error("it is not recognized")
	}
}

// An export comes in parts, which are archives again, stored or compressed.
func TestParts(t *testing.T) {
	part := archiveOf(t, "Ferries "+a+".md", "# Ferries\n\nThey sail.")
	for _, name := range []string{"=Export-8e3a053e-8b22-4840-b85d-eca809e28228-Part-1.zip", "ExportBlock-8e3a053e-8b22-4840-b85d-eca809e28228-Part-2.zip"} {
		in := archiveOf(t, name, part)
		o := readertest.Run(t, Read, "a.zip", in, nil)
		if len(o.Members) != 1 || !strings.HasSuffix(o.Members[0], part) || len(o.Faults) > 0 {
			t.Errorf("%s: %d members, %v", name, len(o.Members), o.Faults)
		}
		if !Recognize(readertest.Head("a.zip", in)) {
			t.Errorf("%s is not recognized", name)
		}
	}
}

func TestRecognize(t *testing.T) {
	for _, name := range []string{"articles/1.md", "a.html", "Export.zip", "x" + a + ".md", a + ".md", "Photo " + a + ".png", "META-INF/container.xml"} {
		if Recognize(readertest.Head("a.zip", archiveOf(t, name, "x"))) {
			t.Errorf("an archive with %s is taken for Notion's", name)
		}
	}
	if Recognize(readertest.Head("a.zip", "PK\x03\x04\xff\xff")) {
		t.Error("what is cut short is taken for Notion's")
	}
}

// A page beyond the bound is told, and the next is read.
func TestLargePage(t *testing.T) {
	in := archiveOf(t, "A "+a+".md", strings.Repeat("x", 5<<20), "B "+b+".md", "# B\n\nC")
	recs, faults := readertest.Read(t, Read, "a.zip", in)
	if len(recs) != 1 || len(faults) != 1 || !strings.Contains(faults[0].Error(), "too large") {
		t.Errorf("got %s, %v", readertest.Show(recs), faults)
	}
}

func FuzzRead(f *testing.F) {
	readertest.Fuzz(f, Read, "a.zip", archiveOf(f, "A "+a+".md", "# A\n\nB: c\n\nD", "A "+b+".html", "<h1 class=page-title>A</h1><div class=page-body>B"))
}
