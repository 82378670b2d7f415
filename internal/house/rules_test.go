package house

import (
	"go/ast"
	"go/token"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// topLevel is what lies at the top, beside names that start with a dot.
var topLevel = []string{"LICENSE", "README.md", "cmd", "corpus", "go.mod", "go.sum", "index", "internal"}

// topOptional may lie at the top too: findings has scripts that show how an
// outside library behaves.
var topOptional = []string{"findings"}

func TestTopLevel(t *testing.T) {
	entries, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") && !left(e.Name()) {
			got = append(got, e.Name())
		}
	}
	for _, name := range topLevel {
		if !slices.Contains(got, name) {
			t.Errorf("%s is missing at the top", name)
		}
	}
	for _, name := range got {
		if !slices.Contains(topLevel, name) && !slices.Contains(topOptional, name) {
			allowed := slices.Concat(topLevel, topOptional)
			t.Errorf("%s has no place at the top, which is %s", name, strings.Join(allowed, " "))
		}
	}
}

func TestLicense(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(root, "LICENSE"))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"Apache License", "Version 2.0, January 2004", "END OF TERMS AND CONDITIONS"} {
		if !strings.Contains(string(text), part) {
			t.Errorf("LICENSE lacks %q", part)
		}
	}
}

// A replaced module is not what those who import newsq would build with.
func TestNoReplace(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	if at := regexp.MustCompile(`(?m)^\s*replace\b.*`).Find(text); at != nil {
		t.Errorf("go.mod: %s", at)
	}
}

func TestPackageComments(t *testing.T) {
	comments := make(map[string][]*goFile) // by folder
	for _, f := range goFiles(t) {
		if f.isTest() {
			continue
		}
		folder := path.Dir(f.path)
		if _, ok := comments[folder]; !ok {
			comments[folder] = nil
		}
		if f.syntax.Doc.Text() == "" { // none, or directives alone
			continue
		}
		comments[folder] = append(comments[folder], f)
		name := f.syntax.Name.Name
		start := "Package " + name + " "
		if name == "main" {
			start = "Command " + path.Base(folder) + " "
		}
		if got := f.syntax.Doc.Text(); !strings.HasPrefix(strings.ReplaceAll(got, "\n", " "), start) {
			t.Errorf("%s: the package comment starts with %.30q, not with %q", f.path, got, start)
		}
	}
	for _, folder := range slices.Sorted(maps.Keys(comments)) {
		switch files := comments[folder]; {
		case len(files) == 0:
			t.Errorf("%s has no package comment", folder)
		case len(files) > 1:
			t.Errorf("%s has %d package comments, in %s and %s", folder, len(files), files[0].path, files[1].path)
		}
	}
}

// Names that say nothing about what a package is for.
var emptyNames = words("base common helper helpers lib misc shared tools types util utils")

func TestPackageNames(t *testing.T) {
	for _, f := range goFiles(t) {
		name := f.syntax.Name.Name
		if slices.Contains(emptyNames, name) {
			t.Errorf("%s: package %s has a name without a meaning", f.path, name)
		}
		want := path.Base(path.Dir(f.path))
		if base := strings.TrimSuffix(name, "_test"); base != want && base != "main" {
			t.Errorf("%s: package %s lies in the folder %s", f.path, name, want)
		}
	}
}

// maxLines is the length of a file that a reader can still survey.
const maxLines = 500

func TestFileLength(t *testing.T) {
	for _, f := range goFiles(t) {
		if f.isTest() || f.allows(1, f.line(f.syntax.Package)) {
			continue
		}
		if n := lengthWithoutTables(f); n > maxLines {
			t.Errorf("%s has %d lines beside tables, more than %d", f.path, n, maxLines)
		}
	}
}

// lengthWithoutTables returns the lines of a file without those of its
// package-level variables and constants.
func lengthWithoutTables(f *goFile) int {
	n := f.line(f.syntax.FileEnd)
	for _, d := range f.syntax.Decls {
		if g, ok := d.(*ast.GenDecl); ok && (g.Tok == token.VAR || g.Tok == token.CONST) {
			n -= f.line(g.End()) - f.line(g.Pos())
		}
	}
	return n
}

// Code runs when it is called, fails by an error, and leaves it to main to
// print and to exit.
func TestNoSurprises(t *testing.T) {
	for _, f := range goFiles(t) {
		if f.isTest() {
			continue
		}
		for place, rule := range surprises(f) {
			if n := f.line(place); !f.allows(n-1, n) {
				t.Errorf("%s: %s, without a reason", f.at(place), rule)
			}
		}
	}
}

// surprises finds the places that break the rules init, panic, exit, and that
// no regular expression is compiled before main: a few dozen take longer than
// a search.
func surprises(f *goFile) map[token.Pos]string {
	found := make(map[token.Pos]string)
	command := strings.HasPrefix(f.path, "cmd/")
	ast.Inspect(f.syntax, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			if n.Recv == nil && n.Name.Name == "init" {
				found[n.Pos()] = "init"
			}
		case *ast.CallExpr:
			switch name := callee(n); {
			case name == "panic":
				found[n.Pos()] = "panic"
			case !command && slices.Contains(exits, name):
				found[n.Pos()] = "exit"
			}
		}
		return true
	})
	for _, d := range f.syntax.Decls {
		if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.VAR {
			ast.Inspect(g, func(n ast.Node) bool {
				if c, ok := n.(*ast.CallExpr); ok && callee(c) == "regexp.MustCompile" {
					found[c.Pos()] = "regular expression compiled at the start; see sync.OnceValue"
				}
				_, later := n.(*ast.FuncLit)
				return !later
			})
		}
	}
	return found
}

// choosers are the packages that choose the analyzer of a text. All others are
// handed one, so that a text and a query are analysed alike.
var choosers = words("index corpus internal/engine/local internal/engine/opensearch internal/engine/enginetest internal/bench")

func TestAnalyzersAreHandedDown(t *testing.T) {
	for _, f := range goFiles(t) {
		if f.isTest() || slices.Contains(choosers, path.Dir(f.path)) {
			continue
		}
		ast.Inspect(f.syntax, func(n ast.Node) bool {
			if c, ok := n.(*ast.CallExpr); ok && callee(c) == "analysis.Of" {
				t.Errorf("%s: an analyzer is chosen here; take it as an argument", f.at(c.Pos()))
			}
			return true
		})
	}
}

// environs are the packages that read the environment: commands, what tests are set by,
// and index, which hands it to engines. All others take what they need as an argument.
var environs = words("index internal/bench/run internal/text/texttest " +
	"internal/engine/opensearch/clustertest internal/engine/opensearch/clustertest/with")

func TestEnvironmentIsHandedDown(t *testing.T) {
	for _, f := range goFiles(t) {
		if f.isTest() || strings.HasPrefix(f.path, "cmd/") || slices.Contains(environs, path.Dir(f.path)) {
			continue
		}
		ast.Inspect(f.syntax, func(n ast.Node) bool {
			s, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			x, ok := s.X.(*ast.Ident)
			if ok && x.Name == "os" && slices.Contains(words("Getenv LookupEnv Environ ExpandEnv"), s.Sel.Name) {
				t.Errorf("%s: the environment is read here; take what it says as an argument", f.at(s.Pos()))
			}
			return true
		})
	}
}

// exits are the functions that only a command may call.
var exits = words("os.Exit fmt.Print fmt.Printf fmt.Println print println " +
	"log.Print log.Printf log.Println log.Fatal log.Fatalf log.Fatalln log.Panic log.Panicf log.Panicln")

// callee returns the name of a called function: f, or x.f.
func callee(c *ast.CallExpr) string {
	switch f := c.Fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		if x, ok := f.X.(*ast.Ident); ok {
			return x.Name + "." + f.Sel.Name
		}
	}
	return ""
}

// The folder of someone on some machine is nowhere else. It counts where a
// path starts with it, not as part of an address.
var homeFolder = regexp.MustCompile(`(?:^|[\s"'` + "`" + `=:(\[])(/root/\w+|(?:/home/|/Users/|[A-Za-z]:\\Users\\)(\w+))`)

// examplePeople are those whose folders stand in examples.
var examplePeople = words("ada ana me user")

// machinePath returns the first path of some machine in a line, or "".
func machinePath(line string) string {
	for _, m := range homeFolder.FindAllStringSubmatch(line, -1) {
		if !slices.Contains(examplePeople, m[2]) {
			return m[1]
		}
	}
	return ""
}

func TestNoMachinePaths(t *testing.T) {
	for _, f := range textFiles(t) {
		n := 0
		for line := range strings.Lines(string(f.text)) {
			n++
			if at := machinePath(line); at != "" && !f.allows(n-1, n) {
				t.Errorf("%s:%d: the path %s of some machine", f.path, n, at)
			}
		}
	}
}

func TestMachinePath(t *testing.T) {
	// In two parts, or this file would break the rule.
	for _, tt := range []struct{ line, want string }{
		{`open("/` + `home/jo/x.txt")`, "/" + "home/jo"},
		{"see /" + "Users/jo", "/" + "Users/jo"},
		{"cd /" + "root/x/y", "/" + "root/x"},
		{`C:\` + `Users\jo`, `C:\` + `Users\jo`},
		{"from /home/ada/a to /" + "home/jo/a", "/" + "home/jo"},
		{"/home/ada/analyses", ""},
		{"https://example.org/home/jo", ""},
		{"the /home/ folder", ""},
		{"$HOME/analyses", ""},
	} {
		if got := machinePath(tt.line); got != tt.want {
			t.Errorf("%q: %q, want %q", tt.line, got, tt.want)
		}
	}
}
