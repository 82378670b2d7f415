package corpus

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/zstd"

	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/internal/leaktest"
)

func TestMain(m *testing.M) { os.Exit(leaktest.Run(m)) }

// walk reads a source and lists the files that articles came from, and the
// errors, relative to a folder.
func walk(t *testing.T, dir string, src Source) (files, faults []string) {
	t.Helper()
	articles, errs := collect(t, src)
	for _, a := range articles {
		files = append(files, strings.TrimPrefix(a.Key, keyOf(dir)+"/"))
	}
	for _, err := range errs {
		faults = append(faults, filepath.ToSlash(strings.ReplaceAll(err.Error(), dir+string(filepath.Separator), "")))
	}
	return files, faults
}

func TestWalk(t *testing.T) {
	dir := tree(t, map[string]string{
		"b.txt":               "Prices fell.",
		"a/2.md":              "Prices fell.",
		"a/1.TXT":             "Prices fell.",
		"a/notes":             "No extension, but text.",
		"a/program":           "\x7fELF\x00\x00\x00",
		"a/photo.jpg":         "\xff\xd8\xff",
		"a/Vol. 3":            "What follows the dot is no extension.",
		".hidden/x.txt":       "Not to be read.",
		"node_modules/x.txt":  "Not to be read.",
		"drafts/x.txt":        "Not to be read.",
		"drafts/.newsqignore": "not even looked at",
		"c/keep.txt":          "Prices fell.",
		"c/drop.txt":          "Not to be read.",
		"c/.newsqignore":      "*\n!keep.txt\n[x",
		".newsqignore":        "drafts/\n",
		"empty/":              "",
		"zero.txt":            "",
	})
	files, faults := walk(t, dir, open(t, Options{}, dir))
	want := []string{"a/1.TXT", "a/2.md", "a/Vol. 3", "a/notes", "b.txt", "c/keep.txt"}
	if diff := cmp.Diff(want, files); diff != "" {
		t.Error(diff)
	}
	wantFaults := []string{
		"a/photo.jpg: unknown format .jpg",
		"a/program: unknown format: it is not text, and nothing that newsq knows (newsq formats lists what it reads)",
		`c/.newsqignore:3: malformed pattern "[x" (the line is passed over)`,
		"zero.txt: it is empty",
	}
	if diff := cmp.Diff(wantFaults, faults); diff != "" {
		t.Error(diff)
	}
}

func TestRoots(t *testing.T) {
	dir := tree(t, map[string]string{
		"a/x.txt": "Prices fell.", "a/y.txt": "Prices fell.", "a/.odd": "Prices fell.", "a/z.dat": "Prices fell.", "pics/p.png": "x",
	})
	at := func(names ...string) []string {
		for i := range names {
			names[i] = filepath.Join(dir, names[i])
		}
		return names
	}
	// What is given twice is read once; what is given by name is read
	// whatever its name; the rest of a folder is as ever.
	src := open(t, Options{}, at("a/.odd", "a", "a/z.dat", "a", "a/y.txt")...)
	files, faults := walk(t, dir, src)
	if diff := cmp.Diff([]string{"a/.odd", "a/x.txt", "a/z.dat", "a/y.txt"}, files); diff != "" {
		t.Error(diff)
	}
	if len(faults) != 0 {
		t.Error(faults)
	}
	for key, want := range map[string]bool{
		"a/x.txt": true, "a/gone.txt": true, "a/b/c.txt": true, "b/x.txt": false, "ab.txt": false, "": false,
	} {
		if got := src.Covers(keyOf(filepath.Join(dir, filepath.FromSlash(key)))); got != want {
			t.Errorf("Covers(%s) is %v", key, got)
		}
	}
	if all := open(t, Options{}, "/"); !all.Covers(keyOf(dir)) {
		t.Error("the root of the file system doesn't cover", dir)
	}
	if src.Covers("stdin") {
		t.Error("a source without standard input covers it")
	}
	_, faults = walk(t, dir, open(t, Options{}, at("pics")...))
	if len(faults) != 2 || !strings.Contains(faults[1], "holds nothing to read") {
		t.Error(faults)
	}
}

func TestOpenErrors(t *testing.T) {
	dir := tree(t, map[string]string{"analyses/x.txt": "Prices fell."})
	_, err := Open(filepath.Join(dir, "analises"))
	var re *ReadError
	if !errors.As(err, &re) || !errors.Is(err, fs.ErrNotExist) || re.Hint != "did you mean analyses?" {
		t.Errorf("%v", err)
	}
	if _, err = Open(filepath.Join(dir, "elsewhere")); !errors.As(err, &re) || re.Hint != "" {
		t.Errorf("%v", err)
	}
	for _, o := range []Options{{MaxFile: -1}, {MaxLine: -1}, {Format: "colour"}} {
		if _, err := o.Open(dir); err == nil {
			t.Errorf("%+v was taken", o)
		}
	}
	for _, paths := range [][]string{nil, {""}} {
		if _, err := Open(paths...); err == nil {
			t.Errorf("%q was taken", paths)
		}
	}
}

func TestSymlinks(t *testing.T) {
	outside := tree(t, map[string]string{"o.txt": "Prices fell.", "sub/p.txt": "Prices fell."})
	dir := tree(t, map[string]string{"a/x.txt": "Prices fell.", ".store/blob": "Prices fell."})
	link := func(target, name string) {
		t.Helper()
		if err := os.Symlink(target, filepath.Join(dir, name)); err != nil {
			t.Skip(err)
		}
	}
	link("..", "a/up")
	link("a", "again")
	link("a/x.txt", "again.txt")
	link(".store/blob", "stored.txt")
	link("nowhere", "broken.txt")
	link(outside, "out")
	link(outside, "out2")
	if err := os.Symlink(outside, filepath.Join(outside, "sub", "loop")); err != nil {
		t.Fatal(err)
	}
	files, faults := walk(t, dir, open(t, Options{}, dir))
	if diff := cmp.Diff([]string{"a/x.txt", "out/o.txt", "out/sub/p.txt", "stored.txt"}, files); diff != "" {
		t.Error(diff)
	}
	var led []string
	for _, f := range faults {
		name, what, _ := strings.Cut(f, ": ")
		led = append(led, name+" "+strings.Fields(what)[2])
	}
	if diff := cmp.Diff([]string{"a/up leads", "broken.txt leads", "out/sub/loop leads", "out2 leads"}, led); diff != "" {
		t.Error(diff, faults)
	}
	files, faults = walk(t, dir, open(t, Options{NoFollow: true}, dir))
	if len(files) != 1 || len(faults) != 0 {
		t.Error(files, faults)
	}
	// A link that is given is followed in any case.
	if files, _ := walk(t, dir, open(t, Options{NoFollow: true}, filepath.Join(dir, "out"))); len(files) != 2 {
		t.Error(files)
	}
}

func TestStamp(t *testing.T) {
	dir := tree(t, map[string]string{"x.txt": "Prices fell."})
	stamp := func(o Options) string {
		for e, err := range open(t, o, dir).Entries(context.Background()) {
			if err != nil {
				t.Fatal(err)
			}
			return e.Stamp
		}
		return ""
	}
	first := stamp(Options{})
	if first == "" || first != stamp(Options{Stdin: strings.NewReader("")}) {
		t.Errorf("stamp %q is not stable", first)
	}
	if first == stamp(Options{Map: map[string]string{"a": "title"}}) {
		t.Error("the stamp doesn't tell of the mapping")
	}
	if err := os.Chtimes(filepath.Join(dir, "x.txt"), time.Time{}, time.Unix(1, 1)); err != nil {
		t.Fatal(err)
	}
	if first == stamp(Options{}) {
		t.Error("the stamp doesn't tell of the time")
	}
}

// An index knows its files by their stamps: a stamp that changes with newsq
// alone, and not with the version of a reader, makes it read all of them again. The
// stamps below change with each format that joins, and with each version.
func TestStampStays(t *testing.T) {
	at := time.Date(2026, 3, 5, 12, 0, 0, 0, time.UTC)
	for name, version := range map[string]string{
		"a": "72d15563e318", "a.txt": "da1efbb09157", "a.md.gz": "bf6b36646322",
		"a.html": "b5653deb7d76", "a.json": "bf6b36646322", "a.jsonl": "bf6b36646322",
	} {
		dir := tree(t, map[string]string{name: "Hello"})
		if err := os.Chtimes(filepath.Join(dir, name), at, at); err != nil {
			t.Fatal(err)
		}
		for e, err := range open(t, Options{}, dir).Entries(t.Context()) {
			if want := "5.1772712000000000000." + version; err != nil || e.Stamp != want {
				t.Errorf("%s: stamp %s, want %s; error %v", name, e.Stamp, want, err)
			}
		}
	}
}

func TestVanished(t *testing.T) {
	dir := tree(t, map[string]string{"x.txt": "Prices fell.", "y.txt": "Prices fell."})
	src := open(t, Options{}, dir)
	read := 0
	for e, err := range src.Entries(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		os.Remove(filepath.FromSlash(e.Key))
		for _, err := range e.Articles(context.Background()) {
			var re *ReadError
			if read++; !errors.As(err, &re) || !errors.Is(err, fs.ErrNotExist) {
				t.Error(err)
			}
		}
	}
	if read != 2 {
		t.Errorf("%d errors", read)
	}
	os.RemoveAll(dir)
	if _, errs := collect(t, src); len(errs) != 1 || !errors.Is(errs[0], fs.ErrNotExist) {
		t.Error(errs)
	}
}

func gz(t testing.TB, s string) string {
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

func zst(t testing.TB, s string) string {
	t.Helper()
	w, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	return string(w.EncodeAll([]byte(s), nil))
}

func TestBounds(t *testing.T) {
	lines := strings.Repeat(`{"title": "A", "text": "Prices fell."}`+"\n", 50)
	o := Options{MaxFile: 1000, MaxLine: 100}
	for _, tt := range []struct {
		name, file, content string
		articles            int
		err                 string
	}{
		{"a file", "x.txt", strings.Repeat("a ", 500), 1, ""},
		{"one byte more", "x.txt", strings.Repeat("a ", 500) + "a", 0, "too large: more than 1000 bytes"},
		{"after decompression", "x.txt.gz", gz(t, strings.Repeat("a", 1e6)), 0, "too large"},
		{"the same with zstd", "x.txt.zst", zst(t, strings.Repeat("a", 1e6)), 0, "too large"},
		{"lines, however many", "x.jsonl", lines, 50, ""},
		{"compressed lines", "x.jsonl.gz", gz(t, lines), 50, ""},
		{"compressed, whatever the name says", "x.jsonl", zst(t, lines), 50, ""},
		{"a long line is left out", "x.jsonl", lines + `{"title": "` + strings.Repeat("A", 100) + `"}` + "\n" + lines, 100, "x.jsonl:51: too large: a line of more than 100 bytes"},
		{"lines without end", "x.jsonl", lines + strings.Repeat("A", 2*reader.BufferSize), 50, "this is not JSON Lines"},
		{"a file cut short", "x.jsonl.gz", gz(t, lines)[:60], -1, "the file is cut short"},
		{"a damaged file", "x.txt.gz", gz(t, "abc")[:12] + "xxxx" + gz(t, "abc")[16:], 0, ""},
		{"no more than the mark of gzip", "x.txt.gz", "\x1f\x8b", 0, "cut short"},
		{"an empty file", "x.txt.gz", gz(t, ""), 0, "it is empty"},
		{"white space", "x.txt", " \n\t\n", 0, "no text found"},
		{"not text", "x.txt", "abc\x00\x01\x02\x00\xff\xfe\x00", 0, "it holds no text"},
		{"not text, by its name JSON", "x.jsonl", "abc\x00\x01\x02\x00\xff\xfe\x00", 0, "invalid JSON"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := tree(t, map[string]string{tt.file: tt.content})
			articles, errs := collect(t, open(t, o, dir))
			if tt.articles >= 0 && len(articles) != tt.articles {
				t.Errorf("%d articles, want %d", len(articles), tt.articles)
			}
			if all := errors.Join(errs...); tt.err != "" && (all == nil || !strings.Contains(all.Error(), tt.err)) ||
				tt.err == "" && tt.articles > 0 && all != nil {
				t.Errorf("errors %v, want %q", all, tt.err)
			}
		})
	}
}

func TestStdin(t *testing.T) {
	for _, tt := range []struct{ name, format, text, title string }{
		{"text", "", "The slow thaw\n\n" + long, "The slow thaw"},
		{"Markdown by its front matter", "", "---\ntitle: The slow thaw\n---\n\n" + long, "The slow thaw"},
		{"Markdown by its heading", "", "# The slow *thaw*\n\n" + long, "The slow thaw"},
		{"a web page", "", "<!DOCTYPE html><title>The slow thaw</title><p>" + long + "<p>" + long, "The slow thaw"},
		{"JSON", "", "{\n  \"title\": \"The slow thaw\"\n}", "The slow thaw"},
		{"JSON Lines, compressed", "", gz(t, `{"title": "The slow thaw"}`+"\n"), "The slow thaw"},
		{"UTF-16", "", "\xff\xfeT\x00h\x00e\x00 \x00s\x00l\x00o\x00w\x00 \x00t\x00h\x00a\x00w\x00\n\x00\n\x00H\x00m\x00.\x00", "The slow thaw"},
		{"JSON Lines in UTF-16", "jsonl", "\xff\xfe{\x00\"\x00h\x00e\x00a\x00d\x00\"\x00:\x00\"\x00O\x00\"\x00}\x00", "O"},
		{"JSON Lines with the mark of UTF-8", "application/x-ndjson; charset=utf-8", "\xef\xbb\xbf{\"title\": \"The slow thaw\"}", "The slow thaw"},
		{"text that looks like JSON", ".txt", `{"title": "x"}`, `{"title": "x"}`},
		{"a bracket is no JSON", "", "[Photo: a ship]\n\nThe slow thaw.", "The slow thaw"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if a := parseOne(t, tt.format, tt.text); a.Title != tt.title || a.Path != "" || !strings.HasPrefix(a.Key, "stdin#") {
				t.Errorf("%+v", a)
			}
		})
	}
	// Two texts that come one after the other are two articles.
	if a, b := parseOne(t, "txt", "Prices fell."), parseOne(t, "txt", "Wages fell."); a.ID == b.ID {
		t.Error("two texts share the id", a.ID)
	}
	src := open(t, Options{Stdin: strings.NewReader("Prices fell.")}, "-")
	collect(t, src)
	if _, errs := collect(t, src); len(errs) != 1 {
		t.Error("standard input was read twice:", errs)
	}
}

// A read that waits ends with its context.
func TestCancelStdin(t *testing.T) {
	for _, format := range []string{"txt", "jsonl", ""} {
		r, w := io.Pipe()
		src := open(t, Options{Stdin: r, Format: format}, "-")
		ctx, cancel := context.WithCancel(context.Background())
		go func() {
			_, _ = w.Write(bytes.Repeat([]byte(`{"title": "A"}`+"\n"), 40_000))
			cancel()
		}()
		var last error
		for e := range src.Entries(ctx) {
			for _, err := range e.Articles(ctx) {
				last = err
			}
		}
		if !errors.Is(last, context.Canceled) {
			t.Errorf("%q: %v", format, last)
		}
		w.Close() // lets the waiting read return
	}
}

func TestCancelFiles(t *testing.T) {
	line := `{"title": "A", "text": "` + long + `"}` + "\n"
	dir := tree(t, map[string]string{"x.jsonl": strings.Repeat(line, 20_000), "y.txt": "Prices fell."})
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	n := 0
	var last error
	for e, err := range open(t, Options{}, dir).Entries(ctx) {
		if last = err; err != nil {
			continue
		}
		for _, err := range e.Articles(ctx) {
			if last = err; err != nil {
				continue
			}
			if n++; n == 3 {
				cancel()
			}
		}
	}
	if n != 3 || !errors.Is(last, context.Canceled) {
		t.Errorf("%d articles, then %v", n, last)
	}
}

// Whoever has enough stops reading, and nothing is left behind.
func TestBreak(t *testing.T) {
	line := `{"title": "A", "text": "` + long + `"}` + "\n"
	dir := tree(t, map[string]string{"x.jsonl": strings.Repeat(line, 20_000), "y.json": "[" + strings.TrimSuffix(strings.Repeat(`{"title": "A"},`, 50), ",") + "]"})
	for e := range open(t, Options{}, dir).Entries(context.Background()) {
		n := 0
		for range e.Articles(context.Background()) {
			if n++; n == 2 {
				break
			}
		}
		if n != 2 {
			t.Errorf("%s: %d articles", e.Key, n)
		}
	}
	for range open(t, Options{}, dir).Entries(context.Background()) {
		break
	}
}

// Lines are handed on in their order, however many read them.
func TestOrder(t *testing.T) {
	var b strings.Builder
	for i := range 5000 {
		b.WriteString(`{"title": "` + strings.Repeat("A", i%97+1) + `"}` + "\n")
		if i%1000 == 7 {
			b.WriteString("{broken\n")
		}
	}
	dir := tree(t, map[string]string{"x.ndjson": b.String()})
	articles, errs := collect(t, open(t, Options{}, dir))
	if len(articles) != 5000 || len(errs) != 5 {
		t.Fatalf("%d articles, %d errors", len(articles), len(errs))
	}
	for i, a := range articles {
		if len(a.Title) != i%97+1 {
			t.Fatalf("article %d is %q", i, a.Title)
		}
	}
	var re *ReadError
	if !errors.As(errs[1], &re) || re.Line != 1010 {
		t.Errorf("the second broken line is %v", errs[1])
	}
}

func TestEncodings(t *testing.T) {
	latin := "{\"title\": \"D\xe9j\xe0 vu, toujours le m\xeame d\xe9bat \xe0 l'assembl\xe9e\"}\n"
	articles, errs := parse(t, "jsonl", []byte(latin+latin))
	if len(articles) != 2 || !strings.HasPrefix(articles[0].Title, "Déjà vu") || len(errs) != 1 || !errors.Is(errs[0], ErrPartial) {
		t.Errorf("%+v, %v", articles, errs)
	}
}

func TestFromArticles(t *testing.T) {
	src := FromArticles("letters", Article{Title: "A"}, Article{ID: "b", Key: "k", Title: "B"})
	articles, _ := collect(t, src)
	if len(articles) != 2 || articles[0].Key != "letters#1" || articles[0].ID != DeriveID("letters#1") || articles[1].ID != "b" || articles[1].Key != "k" {
		t.Errorf("%+v", articles)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for _, err := range src.Entries(ctx) {
		if !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	}
}
