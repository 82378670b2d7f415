package export

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
	"golang.org/x/net/html"

	"github.com/newsq/newsq/index"
)

// A folder has a document for each article, to which its list leads.
func TestFolder(t *testing.T) {
	for _, f := range []Format{Markdown, HTML} {
		dir := filepath.Join(t.TempDir(), "notes")
		r, err := WriteFolder(dir+"/", f, each(hostile(), nil), &About{Query: "a <b>", Made: made})
		if err != nil || r.Articles != 2 || r.Bytes == 0 {
			t.Fatalf("%s: %+v %v", f, r, err)
		}
		list := readText(t, filepath.Join(dir, "index."+string(f)))
		files, err := filepath.Glob(filepath.Join(dir, "*"))
		if err != nil || len(files) != 3 {
			t.Errorf("%s: %v %v", f, files, err)
		}
		for _, path := range files {
			name := filepath.Base(path)
			if !strings.HasPrefix(name, "index.") && !strings.Contains(list, name) {
				t.Errorf("%s: the list has no %s", f, name)
			}
			if content := readText(t, path); f == HTML && strings.Contains(content, "<script>") {
				t.Errorf("%s has a script", name)
			} else if f == HTML {
				if _, err := html.Parse(strings.NewReader(content)); err != nil {
					t.Error(err)
				}
			}
		}
		if _, err := WriteFolder(dir, f, each(hostile(), nil), &About{}); !errors.Is(err, fs.ErrExist) {
			t.Errorf("%s: a folder was written over: %v", f, err)
		}
	}
}

// Documents of Markdown have properties, which are YAML whatever is in them.
func TestFolderProperties(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "notes")
	hits := hostile()[:1]
	hits[0].Article.Title += " 'a' \"b\" \\ : # {x} \u2028 ---"
	if _, err := WriteFolder(dir, Markdown, each(hits, nil), &About{}); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*_*.md"))
	if err != nil || len(files) != 1 {
		t.Fatal(files, err)
	}
	_, rest, _ := strings.Cut(readText(t, files[0]), "---\n")
	properties, _, ok := strings.Cut(rest, "\n---\n")
	var got struct {
		Title, Source, Published, ID, URL string
		Authors                           []string
	}
	err = yaml.Unmarshal([]byte(properties), &got)
	a := hits[0].Article
	if err != nil || !ok || got.Title != a.Title || got.Source != a.Source || len(got.Authors) != 2 || got.Authors[0] != "+A" || got.Published != "2024-03" || got.ID != a.ID || got.URL != "" {
		t.Errorf("%+v %v\n%s", got, err, properties)
	}
}

// Nothing is left where hits end with an error.
func TestFolderFails(t *testing.T) {
	parent := t.TempDir()
	_, err := WriteFolder(filepath.Join(parent, "notes"), HTML, each(hostile(), errLast), &About{})
	left, _ := os.ReadDir(parent)
	if !errors.Is(err, errLast) || len(left) > 0 {
		t.Errorf("%v, and there is %v", err, left)
	}
	if _, err := WriteFolder(filepath.Join(parent, "notes"), CSV, each([]index.Hit{}, nil), &About{}); err == nil {
		t.Error("a folder of csv")
	}
}

var errLast = errors.New("the last one")

func readText(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
