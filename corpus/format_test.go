package corpus

import (
	"bytes"
	"context"
	"errors"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/newsq/newsq/internal/extract"
)

// ledger is a format of a program's own: an article a line, its title before
// a bar. A line "bad" is a fault, a line "end" ends the file.
type ledger struct{}

func (ledger) Read(_ context.Context, name string, content io.Reader) iter.Seq2[Article, error] {
	return func(yield func(Article, error) bool) {
		b, err := io.ReadAll(content)
		if err != nil {
			yield(Article{}, err)
			return
		}
		for i, line := range strings.Split(strings.TrimSpace(string(b)), "\n")[1:] {
			title, body, _ := strings.Cut(line, "|")
			a, err := Article{Title: title, Body: body}, error(nil)
			switch title {
			case "bad":
				err = &ReadError{Line: i + 2, Err: errors.New("a bad line")}
			case "end":
				err = errors.New("cannot go on with " + filepath.Base(name))
			}
			if !yield(a, err) {
				return
			}
		}
	}
}

func ledgerFormat() Format {
	return Format{
		Name: "ledger", Extensions: []string{".ledger"}, Types: []string{"text/x-ledger"}, Version: 1, Reader: ledger{},
		Recognize: func(head []byte) bool { return bytes.HasPrefix(head, []byte("\x00ledger\n")) },
	}
}

func TestOwnFormat(t *testing.T) {
	dir := tree(t, map[string]string{
		"a.ledger":             "ledger\nShips|They sail.\nbad|\n  Ports |They wait.\x07\n",
		"b.ledger.gz":          gz(t, "ledger\nShips|They sail.\n"),
		"c":                    "\x00ledger\nShips|They sail.\n",
		"d.ledger":             "ledger\n",
		"e.ledger":             "ledger\nShips|They sail.\nend|\n",
		"2026-02-11-ports.txt": "They wait.",
		"f.other":              "",
	})
	f := open(t, Options{Formats: []Format{ledgerFormat()}}, dir)
	articles, errs := collect(t, f)
	var got []string
	for _, a := range articles {
		got = append(got, strings.TrimPrefix(a.Key, keyOf(dir))+" "+a.Title+": "+a.Body)
	}
	for _, err := range errs {
		got = append(got, strings.ReplaceAll(err.Error(), dir, ""))
	}
	want := []string{
		"/2026-02-11-ports.txt They wait: They wait.",
		"/a.ledger#1 Ships: They sail.",
		"/a.ledger#2 Ports: They wait.",
		"/b.ledger.gz Ships: They sail.",
		"/c Ships: They sail.",
		"/e.ledger#1 Ships: They sail.",
		"/a.ledger:3: a bad line",
		"/d.ledger: no text found",
		"/e.ledger: cannot go on with e.ledger",
		"/f.other: unknown format .other",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// What a program's reader yields is brought into the form of an article.
func TestRecordOf(t *testing.T) {
	day := time.Date(2026, 3, 5, 12, 0, 0, 0, time.FixedZone("", 3600))
	body := "They sail.\n\n\n\nThey wait.\r\n\r\nThey sink."
	a := Article{
		ID: " 7 ", Title: "Ships\nand  ports", Summary: " In short.\x00", Body: body,
		Sections: []Section{{End: 14}, {Heading: "The\nend", Level: 9, Start: 14, End: len(body)}},
		Authors:  []string{"Okoye, Ada, and others", ""}, Source: "The Coast", Published: day, Language: "en_us", GlobalID: true,
		Handling: &Handling{Version: 2, Status: "no status", Replaces: []string{"6"}, Rights: "none", NoAI: true},
		Topics:   []Topic{{Path: "Sea > Ships", Origin: ByRule}}, Places: []string{"Vessem, North"}, URL: "https://coast.example/7",
	}
	rec, err := recordOf(&a)
	if err != nil {
		t.Fatal(err)
	}
	var b builder
	got, err := b.article(rec, "")
	if err != nil {
		t.Fatal(err)
	}
	want := Article{
		ID: "7", Title: "Ships and ports", Summary: "In short.", Body: "They sail.\n\nThey wait.\n\nThey sink.",
		Sections: []Section{{End: 12}, {Heading: "The end", Level: 6, Start: 12, End: 34}},
		Authors:  []string{"Okoye, Ada, and others"}, Source: "The Coast", Published: day.UTC(), Language: "en-US",
		PublishedAs: extract.DateOfTime(day).String(), GlobalID: true,
		Handling: &Handling{Version: 2, Replaces: []string{"6"}, Rights: "none", NoAI: true},
		Topics:   []Topic{{Path: "sea/ships", Origin: Stated}}, Places: []string{"Vessem, North"}, URL: "https://coast.example/7",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for _, sections := range [][]Section{{{Start: 1, End: len(body)}}, {{End: 5}}, {{End: len(body) + 1}}, {{End: 5}, {Start: 6, End: len(body)}}} {
		if _, err := recordOf(&Article{Body: body, Sections: sections}); err == nil {
			t.Errorf("sections %+v were taken", sections)
		}
	}
}

func TestFormatErrors(t *testing.T) {
	for _, change := range []func(*Format){
		func(f *Format) { f.Name = "" },
		func(f *Format) { f.Reader = nil },
		func(f *Format) { f.Extensions = []string{"ledger"} },
		func(f *Format) { f.Extensions = []string{".gz"} },
		func(f *Format) { f.Extensions, f.Types, f.Recognize = nil, nil, nil },
	} {
		f := ledgerFormat()
		change(&f)
		if _, err := (Options{Formats: []Format{f}}).Open("-"); err == nil {
			t.Errorf("the format %+v was taken", f)
		}
	}
}

// To raise the version of one reader changes the stamps of its own files, and
// of those whose content tells the format, and no others.
func TestStampOfReader(t *testing.T) {
	dir := tree(t, map[string]string{"a": "x", "b.txt": "x", "c.jsonl": "{}", "d.ledger": "x"})
	stamps := func(formats ...Format) map[string]string {
		m := map[string]string{}
		for e, err := range open(t, Options{Formats: formats}, filepath.Join(dir, "a"), filepath.Join(dir, "b.txt"),
			filepath.Join(dir, "c.jsonl"), filepath.Join(dir, "d.ledger")).Entries(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			m[filepath.Base(e.Key)] = e.Stamp
		}
		return m
	}
	changed := func(a, b map[string]string) (names string) {
		for _, name := range []string{"a", "b.txt", "c.jsonl", "d.ledger"} {
			if a[name] != b[name] {
				names += name + " "
			}
		}
		return names
	}
	first, raised, silent, text := ledgerFormat(), ledgerFormat(), ledgerFormat(), ledgerFormat()
	raised.Version++
	silent.Recognize = nil
	text.Extensions = []string{".txt"}
	if got := changed(stamps(), stamps(first)); got != "a d.ledger " {
		t.Errorf("a new format changes the stamps of %s", got)
	}
	if got := changed(stamps(first), stamps(raised)); got != "a d.ledger " {
		t.Errorf("another version changes the stamps of %s", got)
	}
	if got := changed(stamps(), stamps(silent)); got != "d.ledger " {
		t.Errorf("a format that content never tells changes the stamps of %s", got)
	}
	if got := changed(stamps(), stamps(text)); got != "a b.txt d.ledger " {
		t.Errorf("a format in the place of another changes the stamps of %s", got)
	}
	// The same of newsq's own.
	for i := range newsqFormats {
		table := append(formatTable(nil), newsqFormats...)
		table[i].version++
		for j := range table {
			before, _ := newsqFormats.stamp(&newsqFormats[j])
			after, _ := table.stamp(&table[j])
			if (before != after) != table[i].mayHold(&table[j]) && i != j {
				t.Errorf("raising %s: the stamp of %s goes from %d to %d", table[i].name, table[j].name, before, after)
			}
		}
	}
}

func TestParse(t *testing.T) {
	for _, tt := range []struct{ name, format, text, keys, err string }{
		{"notes/2026-02-11-ports.txt", "", "They wait.", "notes/2026-02-11-ports.txt", ""},
		{"wire.jsonl.gz", "", gz(t, "{\"title\": \"A\"}\n{\"id\": \"b\", \"title\": \"B\"}\n"), "wire.jsonl.gz#1 wire.jsonl.gz#b", ""},
		{"wire.jsonl", "", "{\"title\": \"A\"}\n{\n", "wire.jsonl#1", "wire.jsonl:2: invalid JSON: it ends too early (each line must hold one JSON object)"},
		{"message", "", `[{"title": "A"}]`, "message#1", ""},
		{"message.txt", "json", `[{"title": "A"}]`, "message.txt#1", ""},
		{"page.html", "", "", "", "page.html: it is empty"},
		{"", "", "They wait.", "#" + DeriveID("They wait\nThey wait."), ""},
		{"", "", strings.Repeat("\x00\x01\x02", 50), "", "text: unknown format: it is not text"},
		{"x.json", "colour", "", "", `corpus: unknown format "colour"`},
	} {
		articles, err := Options{Format: tt.format}.Parse(tt.name, []byte(tt.text))
		var keys []string
		for _, a := range articles {
			keys = append(keys, a.Key)
			if a.Path != "" || sound(&a) != nil {
				t.Errorf("%s: path %q, %v", tt.name, a.Path, sound(&a))
			}
		}
		if got := strings.Join(keys, " "); got != tt.keys {
			t.Errorf("%s: keys %s, want %s", tt.name, got, tt.keys)
		}
		if (err == nil) != (tt.err == "") || err != nil && !strings.HasPrefix(err.Error(), tt.err) {
			t.Errorf("%s: error %v, want %s", tt.name, err, tt.err)
		}
	}
	b, err := os.ReadFile("testdata/analyses/2026-02-11-harbour.txt")
	if err != nil {
		t.Fatal(err)
	}
	articles, err := Parse("harbour.txt", b)
	if err != nil || len(articles) != 1 || len(articles[0].Sections) != 3 {
		t.Errorf("%+v, %v", articles, err)
	}
}
