package corpus

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"
)

// packed is a member of an archive that a test makes.
type packed struct{ name, content string }

// zipOf makes a zip archive.
func zipOf(t testing.TB, files ...packed) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range files {
		part, err := w.Create(f.name)
		if err == nil {
			_, err = io.WriteString(part, f.content)
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

// tarOf makes a tar archive.
func tarOf(t testing.TB, files ...packed) string {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for _, f := range files {
		err := w.WriteHeader(&tar.Header{Name: f.name, Mode: 0o644, Size: int64(len(f.content))})
		if err == nil {
			_, err = io.WriteString(w, f.content)
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

func gzipOf(t testing.TB, s string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := io.WriteString(w, s); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

const (
	ferryPage = "<html><head><title>Ferries sail again</title></head><body><article><h1>Ferries sail again</h1><p>" +
		"The first boat left the harbour at six on Monday, with forty people and a dog on board, after two weeks of storm.</p><p>" +
		"The company said that it would add a boat on Fridays until the end of the summer, as it had promised.</p></article></body></html>"
	thawText  = "The slow thaw\n\nThe ice went out late this year, and the nets stayed dry until May, the fishers said.\n"
	thawLines = `{"title": "Thaw one", "text": "The ice went out late."}` + "\n" + `{"title": "Thaw two", "text": "The nets stayed dry."}` + "\n"
)

// readFile reads a file of this name and returns the titles of its articles and
// what was told.
func readFile(t *testing.T, name, content string) (articles []Article, titles string, told []string) {
	t.Helper()
	dir := tree(t, map[string]string{name: content})
	articles, errs := collect(t, open(t, Options{}, filepath.Join(dir, filepath.FromSlash(name))))
	var list []string
	for i := range articles {
		list = append(list, articles[i].Title)
	}
	for _, err := range errs {
		told = append(told, strings.TrimPrefix(err.Error(), dir+string(filepath.Separator)))
	}
	return articles, strings.Join(list, "|"), told
}

func TestArchives(t *testing.T) {
	page, text, lines := packed{"pages/ferries.html", ferryPage}, packed{"thaw.txt", thawText}, packed{"all.jsonl", thawLines}
	const three = "Ferries sail again|The slow thaw|Thaw one|Thaw two"
	for _, tt := range []struct{ name, file, content, titles, told string }{
		{"zip", "a.zip", zipOf(t, page, text, lines), three, ""},
		{"zip without its extension", "a", zipOf(t, page, text, lines), three, ""},
		{"tar", "a.tar", tarOf(t, page, text, lines), three, ""},
		{"tar.gz", "a.tar.gz", gzipOf(t, tarOf(t, page, text, lines)), three, ""},
		{"tgz", "a.tgz", gzipOf(t, tarOf(t, page, text, lines)), three, ""},
		{"a picture is told", "a.zip", zipOf(t, page, packed{"a.jpg", "\xff\xd8\xff\xe0\x00\x10JFIF"}), "Ferries sail again", "a.zip/a.jpg: unknown format .jpg"},
		{"hidden names", "a.zip", zipOf(t, page, packed{".x.txt", thawText}, packed{"__MACOSX/pages/._ferries.html", "\x00\x05\x16\x07"},
			packed{"node_modules/a.txt", thawText}), "Ferries sail again", ""},
		{"compressed member", "a.zip", zipOf(t, packed{"all.jsonl.gz", gzipOf(t, thawLines)}), "Thaw one|Thaw two", ""},
		{"zip in zip", "a.zip", zipOf(t, packed{"b.zip", zipOf(t, text)}), "The slow thaw", ""},
		{
			"too deep", "a.zip", zipOf(t, packed{"b.zip", zipOf(t, packed{"c.zip", zipOf(t, packed{"d.zip", zipOf(t, text)})})}), "",
			"a.zip/b.zip/c.zip/d.zip: too large: archives nested deeper than 3",
		},
		{"nothing", "a.zip", zipOf(t), "", "a.zip: it holds no files to read"},
		{"folders only", "a.zip", zipOf(t, packed{"a/", ""}), "", "a.zip: it holds no files to read"},
		{"an empty member", "a.zip", zipOf(t, text, packed{"b.txt", ""}), "The slow thaw", "a.zip/b.txt: it is empty"},
		{"out of the archive", "a.zip", zipOf(t, packed{"../b.txt", thawText}, text), "The slow thaw", "a.zip: ../b.txt: its name leads out"},
		{"absolute", "a.tar", tarOf(t, packed{"/etc/b.txt", thawText}, text), "The slow thaw", "a.tar: /etc/b.txt: its name leads out"},
		{"twice in a zip", "a.zip", zipOf(t, packed{"thaw.txt", ferryPage}, text), "The slow thaw", "a.zip: thaw.txt: another file of this name follows"},
		{"twice in a tar", "a.tar", tarOf(t, text, text), "The slow thaw|The slow thaw", ""},
		{"7z", "a.7z", "7z\xbc\xaf\x27\x1c\x00\x04" + strings.Repeat("\x01\x02", 50), "", "a.7z: 7z archives are not read"},
		{"RAR", "a.rar", "Rar!\x1a\x07\x01\x00" + strings.Repeat("\x01\x02", 50), "", "a.rar: RAR archives are not read"},
		{"Outlook", "a.pst", "!BDN\x00\x01\x02\x03" + strings.Repeat("\x01\x02", 50), "", "a.pst: data files of Outlook are not read"},
		{"a text called RAR", "a.rar", "Some text that is no archive.", "", "a.rar: it is no 7z or RAR archive"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, titles, told := readFile(t, tt.file, tt.content)
			if titles != tt.titles {
				t.Errorf("read %q, want %q", titles, tt.titles)
			}
			if tt.told == "" && len(told) > 0 || tt.told != "" && (len(told) != 1 || !strings.HasPrefix(told[0], tt.told)) {
				t.Errorf("told %q, want %q", told, tt.told)
			}
		})
	}
}

// What is in an archive has the path of the archive, and a key of its own.
func TestArchiveKeys(t *testing.T) {
	articles, _, _ := readFile(t, "a.zip", zipOf(t, packed{"x/one.txt", thawText}, packed{"all.jsonl", thawLines}))
	var keys []string
	for i := range articles {
		_, key, _ := strings.Cut(articles[i].Key, "a.zip")
		keys = append(keys, key)
		if filepath.Base(articles[i].Path) != "a.zip" {
			t.Errorf("path %q", articles[i].Path)
		}
	}
	if got := strings.Join(keys, " "); got != "#x/one.txt #all.jsonl#1 #all.jsonl#2" {
		t.Errorf("keys %q", got)
	}
}

// An archive that comes through a pipe goes on after a stream in it has ended.
func TestArchiveFromStream(t *testing.T) {
	many := strings.Repeat(thawLines, 5000)
	articles, errs := parse(t, "tar", []byte(tarOf(t, packed{"a.jsonl", many}, packed{"thaw.txt", thawText})))
	if len(errs) > 0 || len(articles) != 10_001 {
		t.Errorf("%d articles, %v", len(articles), errs)
	}
}

func TestArchiveLinks(t *testing.T) {
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for _, h := range []tar.Header{
		{Name: "link", Typeflag: tar.TypeSymlink, Linkname: "/etc/passwd"},
		{Name: "pipe", Typeflag: tar.TypeFifo},
		{Name: "dir/", Typeflag: tar.TypeDir},
	} {
		if err := w.WriteHeader(&h); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	_, titles, told := readFile(t, "a.tar", b.String())
	if titles != "" || len(told) != 2 || !strings.Contains(told[0], "link or a device") {
		t.Errorf("%q, %q", titles, told)
	}
	var z bytes.Buffer
	zw := zip.NewWriter(&z)
	h := zip.FileHeader{Name: "link"}
	h.SetMode(os.ModeSymlink | 0o777)
	part, err := zw.CreateHeader(&h)
	if err == nil {
		_, err = io.WriteString(part, "/etc/passwd")
	}
	if err != nil || zw.Close() != nil {
		t.Fatal(err)
	}
	if _, titles, told := readFile(t, "a.zip", z.String()); titles != "" || len(told) != 1 || !strings.Contains(told[0], "link or a device") {
		t.Errorf("%q, %q", titles, told)
	}
}

func TestEncryptedMember(t *testing.T) {
	b := []byte(zipOf(t, packed{"a.txt", thawText}, packed{"b.txt", thawText}))
	at := bytes.Index(b, []byte("PK\x01\x02"))
	b[at+8] |= 1 // the flag in the directory
	_, titles, told := readFile(t, "a.zip", string(b))
	if titles != "The slow thaw" || len(told) != 1 || !strings.HasPrefix(told[0], "a.zip: a.txt: it is encrypted") {
		t.Errorf("%q, %q", titles, told)
	}
}

// What is readable in a cut archive is read, and the rest is told.
func TestCutArchives(t *testing.T) {
	members := []packed{{"a.txt", thawText}, {"b.html", ferryPage}, {"c.txt", strings.Repeat(thawText, 30)}}
	z := zipOf(t, members...)
	cut := z[:strings.Index(z, "PK\x01\x02")]
	for _, tt := range []struct {
		name, file, content, titles string
		told                        int
	}{
		{"zip without directory", "a.zip", cut, "The slow thaw|Ferries sail again|The slow thaw", 1},
		{"zip cut in a member", "a.zip", cut[:len(cut)-40], "The slow thaw|Ferries sail again", 2},
		{"zip cut in a header", "a.zip", cut[:20], "", 1},
		{"tar cut in a member", "a.tar", tarOf(t, members...)[:3*512+200], "The slow thaw", 2},
		{"tar with a broken header", "a.tar", tarOf(t, members[0]) + strings.Repeat("x", 1024), "The slow thaw", 0},
	} {
		_, titles, told := readFile(t, tt.file, tt.content)
		if titles != tt.titles || len(told) != tt.told {
			t.Errorf("%s: %q, told %q", tt.name, titles, told)
		}
	}
}

// A member that unpacks to far more than it holds is not read, and others are.
func TestBomb(t *testing.T) {
	bomb := packed{"bomb.txt", strings.Repeat("a", 8<<20)}
	_, titles, told := readFile(t, "a.zip", zipOf(t, bomb, packed{"thaw.txt", thawText}))
	if titles != "The slow thaw" || len(told) != 1 || !strings.HasPrefix(told[0], "a.zip/bomb.txt: too large: it unpacks to far more") {
		t.Errorf("%q, %q", titles, told)
	}
}

// A member whose bytes are not those that were packed is named.
func TestDamagedMember(t *testing.T) {
	b := []byte(zipOf(t, packed{"a.txt", thawText}, packed{"b.txt", ferryPage}))
	b[45] ^= 0xff
	_, _, told := readFile(t, "a.zip", string(b))
	if len(told) == 0 || !strings.HasPrefix(told[0], "a.zip/a.txt: ") {
		t.Errorf("told %q", told)
	}
}

func FuzzZip(f *testing.F) {
	z := zipOf(f, packed{"a.txt", thawText}, packed{"b/c.html", ferryPage}, packed{"d.zip", zipOf(f, packed{"e.txt", "x"})})
	fuzz(f, "zip", z, z[:len(z)/2], zipOf(f), "PK\x03\x04")
}

func FuzzTar(f *testing.F) {
	s := tarOf(f, packed{"a.txt", thawText}, packed{"b/c.html", ferryPage})
	fuzz(f, "tar", s, s[:700], strings.Repeat("\x00", 1024))
}
