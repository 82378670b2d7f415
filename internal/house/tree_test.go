package house

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"sync"
	"testing"
)

// root is the top of the checkout, seen from this package's folder, where its
// tests run.
const root = "../.."

// textFile is a text file of the project.
type textFile struct {
	path string // from the top, with forward slashes
	text []byte
}

// goFile is a file of Go code outside of testdata.
type goFile struct {
	textFile
	files  *token.FileSet
	syntax *ast.File
}

func (f *goFile) isTest() bool { return strings.HasSuffix(f.path, "_test.go") }

// at returns a place as a person would look it up.
func (f *goFile) at(p token.Pos) string { return f.files.Position(p).String() }

// line returns the line of a place, from 1.
func (f *goFile) line(p token.Pos) int { return f.files.Position(p).Line }

// left is what a build or a run leaves in a checkout and git ignores.
func left(name string) bool {
	return slices.Contains([]string{".git", ".newsq", "newsq", "newsq.exe", "go.work", "go.work.sum"}, name) ||
		slices.Contains([]string{".test", ".prof"}, path.Ext(name))
}

// maxText is the size, in bytes, above which a file is not looked into.
const maxText = 4 << 20

// tree reads the project once for all rules.
var tree = sync.OnceValues(func() ([]textFile, error) {
	var files []textFile
	top := os.DirFS(root)
	err := fs.WalkDir(top, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && name != "." && (d.Name() == ".git" || path.Dir(name) == "." && left(name)):
			return fs.SkipDir
		case !d.Type().IsRegular() || path.Dir(name) == "." && left(name):
			return nil
		}
		if info, err := d.Info(); err != nil || info.Size() > maxText {
			return err
		}
		text, err := fs.ReadFile(top, name)
		if err != nil {
			return err
		}
		if !slices.Contains(text[:min(len(text), 8000)], 0) { // git's own test of what is text
			files = append(files, textFile{name, text})
		}
		return nil
	})
	return files, err
})

// textFiles returns the text files of the project.
func textFiles(t *testing.T) []textFile {
	t.Helper()
	files, err := tree()
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// modules returns the folders below the top that are Go modules of their own,
// each with a slash at its end.
func modules(t *testing.T) []string {
	t.Helper()
	var folders []string
	for _, f := range textFiles(t) {
		if dir, name := path.Split(f.path); name == "go.mod" && dir != "" {
			folders = append(folders, dir)
		}
	}
	return folders
}

// goFiles returns the Go files of the project's module, parsed. Modules of
// their own, such as those of the peers that newsq is measured beside, are
// built apart from it and follow its layers in nothing.
func goFiles(t *testing.T) []*goFile {
	t.Helper()
	var files []*goFile
	others := modules(t)
	for _, f := range textFiles(t) {
		foreign := slices.ContainsFunc(others, func(dir string) bool { return strings.HasPrefix(f.path, dir) })
		if path.Ext(f.path) != ".go" || strings.Contains(f.path, "testdata/") || foreign {
			continue
		}
		set := token.NewFileSet()
		syntax, err := parser.ParseFile(set, f.path, f.text, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, &goFile{textFile: f, files: set, syntax: syntax})
	}
	return files
}

// allows reports whether one of the lines from first to last, counted from 1,
// gives a reason to break a rule.
func (f *textFile) allows(first, last int) bool {
	lines := bytes.Split(f.text, []byte("\n"))
	for n := max(first, 1); n <= min(last, len(lines)); n++ {
		if directive(string(lines[n-1])) {
			return true
		}
	}
	return false
}

// directive reports whether a line holds the directive with a reason, which
// takes two words at least.
func directive(line string) bool {
	_, reason, ok := strings.Cut(line, "//house:allow ")
	return ok && len(strings.Fields(reason)) >= 2
}

func TestDirective(t *testing.T) {
	for line, want := range map[string]bool{
		"\tpanic(s) //house:allow s is a constant of ours": true,
		"//house:allow s is a constant of ours":            true,
		"panic(s) //house:allow":                           false,
		"panic(s) //house:allow it":                        false,
		"panic(s) // s is a constant of ours":              false,
	} {
		if got := directive(line); got != want {
			t.Errorf("directive(%q) = %v", line, got)
		}
	}
}
