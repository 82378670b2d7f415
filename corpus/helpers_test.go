package corpus

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/newsq/newsq/corpus/internal/record"
)

// tree writes files into a new folder and returns it. A name that ends in a
// slash is a folder.
func tree(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		folder := filepath.Dir(path)
		if strings.HasSuffix(name, "/") {
			folder = path
		}
		if err := os.MkdirAll(folder, 0o755); err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(name, "/") {
			continue
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// collect reads all of a source. What is said of the reading rather than of the
// article is checked here, and left out of what it returns.
func collect(t testing.TB, src Source) (articles []Article, errs []error) {
	t.Helper()
	ctx := context.Background()
	for e, err := range src.Entries(ctx) {
		if err != nil {
			errs = append(errs, err)
			continue
		}
		if !src.Covers(e.Key) && e.Key != defaultStdin {
			t.Errorf("the source yields %q and doesn't cover it", e.Key)
		}
		for a, err := range e.Articles(ctx) {
			if err != nil {
				errs = append(errs, err)
				continue
			}
			if err := sound(&a); err != nil {
				t.Errorf("%s: %v", a.Key, err)
			}
			if _, ok := src.(*Files); ok && a.Form == "" {
				t.Errorf("%s has no form", a.Key)
			}
			a.Form = ""
			articles = append(articles, a)
		}
	}
	return articles, errs
}

// open is Options.Open for tests.
func open(t testing.TB, o Options, paths ...string) *Files {
	t.Helper()
	f, err := o.Open(paths...)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// parse reads a text in a format, as from standard input.
func parse(t testing.TB, format string, content []byte) (articles []Article, errs []error) {
	t.Helper()
	return collect(t, open(t, Options{Stdin: bytes.NewReader(content), Format: format}, "-"))
}

// parseOne is parse for a text that is one article and has no faults.
func parseOne(t testing.TB, format, content string) Article {
	t.Helper()
	articles, errs := parse(t, format, []byte(content))
	if len(articles) != 1 || len(errs) > 0 {
		t.Fatalf("%d articles and errors %v in %q", len(articles), errs, content)
	}
	return articles[0]
}

// outline writes an article's sections as "heading: first words | ...".
func outline(a Article) string {
	if len(a.Sections) == 0 {
		return firstWords(a.Body)
	}
	var parts []string
	for _, s := range a.Sections {
		parts = append(parts, s.Heading+": "+firstWords(a.Body[s.Start:s.End]))
	}
	return strings.Join(parts, " | ")
}

func firstWords(s string) string {
	words := strings.Fields(s)
	return strings.Join(words[:min(2, len(words))], " ")
}

// sound checks what Article promises.
func sound(a *Article) error {
	if a.ID == "" || a.Key == "" {
		return fmt.Errorf("id %q, key %q", a.ID, a.Key)
	}
	texts := []string{a.ID, a.Title, a.Summary, a.Body, a.Source, a.Language, a.URL}
	for _, s := range a.Sections {
		texts = append(texts, s.Heading)
	}
	for _, list := range [][]string{a.Authors, a.Places, a.People, a.Organizations} {
		texts = append(texts, list...)
		if len(list) > record.MaxValues {
			return fmt.Errorf("a list of %d values", len(list))
		}
	}
	for _, topic := range a.Topics {
		if texts = append(texts, topic.Path); topic.Path != TopicPath(topic.Path) || topic.Path == "" {
			return fmt.Errorf("topic %q is not canonical", topic.Path)
		}
	}
	for _, s := range texts {
		if !utf8.ValidString(s) {
			return fmt.Errorf("invalid UTF-8 in %q", s)
		}
		if i := strings.IndexFunc(s, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }); i >= 0 {
			return fmt.Errorf("control character at byte %d of %q", i, s)
		}
	}
	if a.Body != strings.Trim(a.Body, " \t\n") || strings.Contains(a.Body, "\n\n\n") {
		return fmt.Errorf("blank lines other than single ones between paragraphs: %q", a.Body)
	}
	if y := a.Published.Year(); !a.Published.IsZero() && (y < 1000 || y > 9999) {
		return fmt.Errorf("published in %d", y)
	}
	return tiles(a)
}

// tiles checks that sections tile the body, and start at paragraphs.
func tiles(a *Article) error {
	at := 0
	for _, s := range a.Sections {
		if s.Start != at || s.End < s.Start || s.Level < 0 || s.Level > 6 {
			return fmt.Errorf("section %+v doesn't start at %d", s, at)
		}
		if s.Start > 0 && s.Start < len(a.Body) && !strings.HasSuffix(a.Body[:s.Start], "\n\n") {
			return fmt.Errorf("section %+v starts within a paragraph", s)
		}
		if s.Heading == "" && s.Start > 0 {
			return fmt.Errorf("section %+v has no heading", s)
		}
		at = s.End
	}
	if len(a.Sections) > 0 && at != len(a.Body) {
		return fmt.Errorf("the sections end at %d of %d", at, len(a.Body))
	}
	return nil
}
