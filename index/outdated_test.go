package index_test

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsq/newsq/index"
)

// An index of an older schema can be checked, and is made again from what it stores
// when it is opened for writing. Read-only it is named as outdated.
func TestOutdated(t *testing.T) {
	for _, c := range []struct {
		fixture string
		want    []string // all ids, in the order of their bytes
		query   string
		found   []string
	}{
		{
			"schema1",
			[]string{"83f0701ab94d", "9e1af53e6838", "b09121ea9374", "d4ef6882f342", "fixture-one", "fixture-two"},
			`"talks went on"`,
			[]string{"fixture-one"},
		},
		{
			"schema2",
			[]string{"4261271be1f2", "gazette-1655", "strait-2026", "undated"},
			`"talks went on"`,
			[]string{"gazette-1655"},
		},
	} {
		t.Run(c.fixture, func(t *testing.T) {
			dir := unzip(t, "testdata/"+c.fixture+".zip")
			if _, err := index.Open(t.Context(), dir, &index.Options{ReadOnly: true}); !errors.Is(err, index.ErrOutdated) {
				t.Fatalf("read-only: %v", err)
			}
			if r, err := index.Check(t.Context(), dir); err != nil || !r.Whole() || r.Articles != len(c.want) {
				t.Fatalf("check: %+v, %v", r, err)
			}
			ix := open(t, dir, nil)
			got := ids(search(t, ix, index.Query{Limit: 10}).Hits)
			slices.Sort(got)
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("articles (-want +got):\n%s", diff)
			}
			if got := ids(search(t, ix, index.Query{Text: c.query}).Hits); !slices.Equal(got, c.found) {
				t.Errorf("%s finds %v", c.query, got)
			}
			if a, err := ix.Get(t.Context(), c.found[0]); err != nil || a.Title == "" || a.Body == "" {
				t.Errorf("article: %+v, %v", a, err)
			}
			if names, _ := filepath.Glob(dir + "?*"); len(names) > 0 {
				t.Errorf("left over: %q", names)
			}
			if err := ix.Close(); err != nil {
				t.Fatal(err)
			}
			if r, err := index.Check(t.Context(), dir); err != nil || !r.Whole() || len(r.Notes) > 0 || r.Articles != len(c.want) {
				t.Errorf("check afterwards: %+v, %v", r, err)
			}
		})
	}
}

// What an index of schema 2 stores comes back to the last field.
func TestOutdatedFields(t *testing.T) {
	ix := open(t, unzip(t, "testdata/schema2.zip"), nil)
	a, err := ix.Get(t.Context(), "strait-2026")
	if err != nil {
		t.Fatal(err)
	}
	got := []string{
		a.Title, a.Source, strings.Join(a.Authors, "|"), strings.Join(a.Places, "|"), strings.Join(a.Organizations, "|"),
		a.Published.Format("2006-01-02T15:04:05Z07:00"), a.Updated.Format("2006-01-02T15:04:05Z07:00"), a.Path,
	}
	want := []string{
		"A strait reopened", "Harbour Review", "Ada Okoye|Lin Wei", "Hormuz|Oman", "Lloyd's",
		"2026-01-13T04:30:00Z", "2026-01-13T08:00:00Z", "/srv/archive/a.jsonl",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestNewerSchema(t *testing.T) {
	dir := unzip(t, "testdata/schema1.zip")
	header := `{"format":"newsq","schema":99,"created":"2030-01-01T00:00:00Z","program":"v9.1.0"}`
	if err := os.WriteFile(filepath.Join(dir, "newsq.json"), []byte(header), 0o644); err != nil {
		t.Fatal(err)
	}
	before := contents(t, dir)
	do := map[string]func() error{
		"open": func() error {
			_, err := index.Open(t.Context(), dir, nil)
			return err
		},
		"read": func() error {
			_, err := index.Open(t.Context(), dir, &index.Options{ReadOnly: true})
			return err
		},
		"check": func() error {
			_, err := index.Check(t.Context(), dir)
			return err
		},
		"repair": func() error {
			_, err := index.Repair(t.Context(), dir, nil)
			return err
		},
		"rebuild": func() error {
			_, err := index.Rebuild(t.Context(), dir, nil)
			return err
		},
	}
	for name, f := range do {
		err := f()
		if !errors.Is(err, index.ErrNewer) || errors.Is(err, index.ErrDamaged) || !strings.Contains(err.Error(), "use newsq v9.1.0 or newer") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if !maps.Equal(before, contents(t, dir)) {
		t.Error("the index was changed")
	}
}

// A number of a later schema that a further byte makes is damage: the checksum of
// the header tells.
func TestNewerSchemaByDamage(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "ix")
	if err := open(t, dir, nil).Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "newsq.json")
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	at := strings.Index(string(b), `"schema":`) + len(`"schema":`)
	if err := os.WriteFile(path, slices.Insert(b, at, '9'), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := index.Open(t.Context(), dir, &index.Options{ReadOnly: true}); !errors.Is(err, index.ErrDamaged) {
		t.Errorf("open: %v", err)
	}
	if !namesFile(t, dir, path) {
		t.Error("a check does not name the header")
	}
}

// contents returns the files in a folder and what they hold.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		files[path] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
