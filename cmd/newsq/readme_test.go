package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/newsq/newsq/corpus/sample"
)

// shellWords splits a line as a shell does: blanks part words, except in quotation
// marks, and # begins a comment.
func shellWords(line string) []string {
	var words []string
	word, begun, quote := "", false, rune(0)
	for _, r := range line + " " {
		switch {
		case quote != 0 && r == quote:
			quote = 0
		case quote != 0:
			word += string(r)
		case r == '\'' || r == '"':
			quote, begun = r, true
		case r == '#' && !begun:
			return words
		case r == ' ':
			if begun {
				words = append(words, word)
			}
			word, begun = "", false
		default:
			word, begun = word+string(r), true
		}
	}
	return words
}

// sampleIndex makes an index of the sample articles, which commands find.
func sampleIndex(t *testing.T) {
	for _, name := range []string{"HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"} {
		t.Setenv(name, t.TempDir())
	}
	t.Setenv("TZ", "UTC")
	t.Setenv("COLUMNS", "")
	dir := t.TempDir()
	t.Setenv("NEWSQ_INDEX", filepath.Join(dir, "index"))
	articles := filepath.Join(dir, "articles")
	if err := sample.Write(articles); err != nil {
		t.Fatal(err)
	}
	if _, talk, code := command(t, "index", "-q", articles); code != exitDone {
		t.Fatal(talk)
	}
}

func command(t *testing.T, args ...string) (out, talk string, code int) {
	var stdout, stderr strings.Builder
	code = run(t.Context(), args, strings.NewReader(""), &stdout, &stderr)
	return stdout.String(), stderr.String(), code
}

// exampleText is where examples are that a reader may try on the samples.
func exampleText(t *testing.T) string {
	b, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	text := string(b)
	for _, c := range commands(testRoot()) {
		text += "\n" + c.Example
	}
	return text
}

var (
	session  = regexp.MustCompile("(?s)```\n\\$ newsq ([^\n]*)\n(.*?)```")
	examples = regexp.MustCompile("(?m)^ *(?:`)?newsq (search|suggest|topics|show|stats) [^\n`|>]*$")
	inProse  = regexp.MustCompile("`newsq ((?:show|suggest) [a-z][^`]*)`")
)

// What the README shows of a search is what a reader gets, ids included.
func TestReadmeShowsWhatIsPrinted(t *testing.T) {
	sampleIndex(t)
	found := session.FindAllStringSubmatch(exampleText(t), -1)
	if len(found) == 0 {
		t.Fatal("no session in README.md")
	}
	for _, m := range found {
		out, talk, _ := command(t, shellWords(m[1])...)
		if out != m[2] || talk != "" {
			t.Errorf("newsq %s prints\n%s%s\nREADME.md has\n%s", m[1], out, talk, m[2])
		}
	}
}

// Each search and each id in the README and in the help finds something among the
// samples.
func TestExamplesFindSomething(t *testing.T) {
	sampleIndex(t)
	text := exampleText(t)
	var lines []string
	for _, line := range examples.FindAllString(text, -1) {
		lines = append(lines, strings.TrimPrefix(strings.TrimLeft(line, " `"), "newsq "))
	}
	for _, m := range inProse.FindAllStringSubmatch(text, -1) {
		lines = append(lines, m[1])
	}
	tried := 0
	for _, line := range lines {
		args := shellWords(line)
		if strings.Contains(line, "FILE") || strings.Contains(line, ".yaml") || strings.Contains(line, "$") || strings.Contains(line, "https://") {
			continue // of files and clusters that a reader does not have
		}
		if strings.HasPrefix(line, "topics train") {
			continue // the samples are fewer than it learns from
		}
		tried++
		if _, talk, code := command(t, args...); code != exitDone || strings.Contains(talk, "warning:") || strings.Contains(talk, "note:") {
			t.Errorf("newsq %s ends with %d: %s", line, code, talk)
		}
	}
	if tried < 15 {
		t.Errorf("only %d examples were tried: %q", tried, lines)
	}
}
