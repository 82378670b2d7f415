package corpus

import (
	"strings"
	"testing"
)

func TestIgnore(t *testing.T) {
	for _, tt := range []struct {
		rules string
		path  string // relative to the folder of the rules; a slash at the end makes it a folder
		want  verdict
	}{
		{"", "a.txt", unsaid},
		{"a.txt", "a.txt", ignored},
		{"a.txt", "deep/down/a.txt", ignored},
		{"/a.txt", "a.txt", ignored},
		{"/a.txt", "deep/a.txt", unsaid},
		{"deep/a.txt", "deep/a.txt", ignored},
		{"deep/a.txt", "x/deep/a.txt", unsaid},
		{"**/deep/a.txt", "x/y/deep/a.txt", ignored},
		{"x/**", "x/", unsaid},
		{"x/**", "x/y/a.txt", ignored},
		{"x/**/a.txt", "x/a.txt", ignored},
		{"x/**/a.txt", "x/y/z/a.txt", ignored},
		{"x/**/y/**/z", "x/1/y/2/3/z", ignored},
		{"x/**/y/**/z", "x/1/2/z", unsaid},
		{"*.txt", "a.txt", ignored},
		{"x/*.txt", "x/y/a.txt", unsaid},
		{"?.txt", "ab.txt", unsaid},
		{"[!a].txt", "a.txt", unsaid},
		{"[!a].txt", "b.txt", ignored},
		{"drafts/", "drafts", unsaid},
		{"drafts/", "drafts/", ignored},
		{"*.txt\n!a.txt", "a.txt", kept},
		{"!a.txt\n*.txt", "a.txt", ignored},
		{"# a.txt", "a.txt", unsaid},
		{`\#a`, "#a", ignored},
		{`\!a`, "!a", ignored},
		{"a.txt   ", "a.txt", ignored},
		{"a.txt\r", "a.txt", ignored},
		{"/", "a.txt", unsaid},
		// A byte order mark is no part of the first line, and of no other.
		{"\ufeffa.txt", "a.txt", ignored},
		{"\ufeffa.txt\r\nb.txt\r\n", "a.txt", ignored},
		{"\ufeffa.txt\r\nb.txt\r\n", "deep/b.txt", ignored},
		{"\ufeffdrafts/\n", "drafts/", ignored},
		{"\ufeff/a.txt\n", "a.txt", ignored},
		{"\ufeff# a.txt\nb.txt", "a.txt", unsaid},
		{"\ufeff*.txt\n!a.txt", "b.txt", ignored},
		{"\ufeff!a.txt", "a.txt", kept},
		{"\ufeff\na.txt", "a.txt", ignored},
		{"b.txt\n\ufeffa.txt", "a.txt", unsaid},
		{"\xff\xfea\x00.\x00*\x00\r\x00\n\x00b\x00", "a.txt", ignored},
		{"\xfe\xff\x00a\x00\n\x00b", "b", ignored},
		{"\xff.txt", "\xff.txt", ignored},
		{strings.Repeat("**/", 200) + "z", strings.Repeat("a/", 200) + "y", unsaid},
		{strings.Repeat("*a", 40) + "b", strings.Repeat("a", 200), unsaid},
	} {
		rules, _, err := parseIgnore(tt.rules)
		if err != nil {
			t.Errorf("%q: %v", tt.rules, err)
		}
		ig := &ignoreRules{dir: "/x/y", rules: rules}
		path, isDir := strings.CutSuffix(tt.path, "/")
		if got := ig.verdict("/x/y/"+path, isDir); got != tt.want {
			t.Errorf("%q says %d of %s, want %d", tt.rules, got, tt.path, tt.want)
		}
	}
}

func TestIgnoreDeeperGoesFirst(t *testing.T) {
	above := &ignoreRules{dir: "/x", rules: mustIgnore(t, "*.txt")}
	below := &ignoreRules{parent: above, dir: "/x/y", rules: mustIgnore(t, "!a.txt")}
	for path, want := range map[string]verdict{"/x/y/a.txt": kept, "/x/y/b.txt": ignored} {
		if got := below.verdict(path, false); got != want {
			t.Errorf("%s: %d, want %d", path, got, want)
		}
	}
}

func mustIgnore(t *testing.T, s string) []ignoreRule {
	t.Helper()
	rules, _, err := parseIgnore(s)
	if err != nil {
		t.Fatal(err)
	}
	return rules
}

func TestIgnoreFault(t *testing.T) {
	rules, line, err := parseIgnore("a\n[b\nc\n")
	if len(rules) != 2 || line != 2 || err == nil {
		t.Errorf("%d rules, line %d: %v", len(rules), line, err)
	}
}
