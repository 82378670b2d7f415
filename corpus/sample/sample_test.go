package sample

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/klauspost/compress/zstd"
	"go.yaml.in/yaml/v3"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// sampleArticle is what these tests need to know of an article. It is read
// without package corpus, so that a fault there cannot hide one here.
type sampleArticle struct {
	key    string // file, and number of the record if it holds several
	text   string // the whole of what a person reads
	date   string // as stated; empty where nothing is
	topics []string
}

// record is an article as a JSON object or as the front matter of Markdown.
type record struct {
	ID        string   `json:"id" yaml:"id"`
	Title     string   `json:"title" yaml:"title"`
	Source    string   `json:"source" yaml:"source"`
	Author    string   `json:"author" yaml:"author"`
	Authors   []string `json:"authors" yaml:"authors"`
	Date      string   `json:"date" yaml:"date"`
	Published string   `json:"published" yaml:"published"`
	Lang      string   `json:"lang" yaml:"lang"`
	Language  string   `json:"language" yaml:"language"`
	Topics    []string `json:"topics" yaml:"topics"`
	Text      string   `json:"text" yaml:"-"`
	Body      string   `json:"body" yaml:"-"`
}

func (r record) article(key string) (sampleArticle, error) {
	a := sampleArticle{key: key, text: r.Text + r.Body, date: r.Date + r.Published, topics: r.Topics}
	if r.Title == "" || r.Source == "" || r.Author == "" && len(r.Authors) == 0 || r.Lang+r.Language == "" || a.date == "" {
		return a, errors.New("title, source, author, language or date is missing")
	}
	return a, nil
}

// readAll reads every sample article.
func readAll(t *testing.T) []sampleArticle {
	t.Helper()
	var all []sampleArticle
	err := fs.WalkDir(FS(), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, plainName, err := readFile(name)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if !utf8.Valid(data) {
			return fmt.Errorf("%s: not UTF-8", name)
		}
		articles, err := parse(plainName, data)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		all = append(all, articles...)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// readFile returns a file's content, decompressed, and its name without the
// extension that says how it was compressed.
func readFile(name string) ([]byte, string, error) {
	data, err := fs.ReadFile(FS(), name)
	if err != nil {
		return nil, "", err
	}
	ext := path.Ext(name)
	plainName := strings.TrimSuffix(name, ext)
	switch ext {
	case ".gz":
		r, err := gzip.NewReader(bytes.NewReader(data))
		if err != nil {
			return nil, "", err
		}
		data, err = io.ReadAll(r)
		return data, plainName, err
	case ".zst":
		r, err := zstd.NewReader(bytes.NewReader(data))
		if err != nil {
			return nil, "", err
		}
		defer r.Close()
		data, err = io.ReadAll(r)
		return data, plainName, err
	}
	return data, name, nil
}

func parse(name string, data []byte) ([]sampleArticle, error) {
	switch ext := path.Ext(name); ext {
	case ".txt":
		return []sampleArticle{{key: name, text: string(data)}}, nil
	case ".md":
		return parseMarkdown(name, data)
	case ".html":
		return parsePage(name, data)
	case ".json", ".jsonl":
		return parseJSON(name, data)
	default:
		return nil, fmt.Errorf("unexpected extension %q", ext)
	}
}

func parseMarkdown(name string, data []byte) ([]sampleArticle, error) {
	rest, ok := strings.CutPrefix(string(data), "---\n")
	front, body, closed := strings.Cut(rest, "\n---\n")
	if !ok || !closed {
		return nil, errors.New("no front matter")
	}
	var r record
	if err := yaml.Unmarshal([]byte(front), &r); err != nil {
		return nil, err
	}
	r.Text = body
	a, err := r.article(name)
	return []sampleArticle{a}, err
}

// parseJSON reads an object, an array of objects, or one object a line.
func parseJSON(name string, data []byte) ([]sampleArticle, error) {
	var records []record
	if bytes.HasPrefix(data, []byte("[")) {
		if err := json.Unmarshal(data, &records); err != nil {
			return nil, err
		}
	} else {
		for dec := json.NewDecoder(bytes.NewReader(data)); dec.More(); {
			var r record
			if err := dec.Decode(&r); err != nil {
				return nil, err
			}
			records = append(records, r)
		}
	}
	var articles []sampleArticle
	ids := map[string]bool{}
	for i, r := range records {
		a, err := r.article(fmt.Sprintf("%s#%d", name, i+1))
		if err != nil {
			return nil, fmt.Errorf("record %d: %w", i+1, err)
		}
		if r.ID == "" || ids[r.ID] {
			return nil, fmt.Errorf("record %d: id %q is empty or taken", i+1, r.ID)
		}
		ids[r.ID] = true
		articles = append(articles, a)
	}
	return articles, nil
}

var pageDate = regexp.MustCompile(`(?:"datePublished": ?"|article:published_time" content=")([^"]+)"`)

// parsePage takes the paragraphs and headings within a page's article element,
// and the date that its head states.
func parsePage(name string, data []byte) ([]sampleArticle, error) {
	doc, err := html.Parse(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	a := sampleArticle{key: name}
	if m := pageDate.FindSubmatch(data); m != nil {
		a.date = string(m[1])
	} else {
		return nil, errors.New("no date")
	}
	for n := range doc.Descendants() {
		switch n.DataAtom {
		case atom.Article:
			a.text = textOf(n)
		case atom.Script:
			if n.FirstChild != nil && !json.Valid([]byte(n.FirstChild.Data)) {
				return nil, errors.New("JSON-LD is not valid JSON")
			}
		}
	}
	return []sampleArticle{a}, nil
}

func textOf(article *html.Node) string {
	var b strings.Builder
	for n := range article.Descendants() {
		switch {
		case n.Type == html.TextNode:
			b.WriteString(n.Data)
		case n.DataAtom == atom.P || n.DataAtom == atom.H2:
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// firstSentence returns the first sentence of the first line that is long
// enough to be prose rather than a title or a byline.
func firstSentence(text string) string {
	for line := range strings.Lines(text) {
		if len(strings.Fields(line)) > 15 {
			sentence, _, _ := strings.Cut(line, ". ")
			return strings.TrimSpace(sentence)
		}
	}
	return ""
}

func TestArticles(t *testing.T) {
	all := readAll(t)
	if len(all) < 40 {
		t.Errorf("%d articles, want at least 40", len(all))
	}
	first := time.Date(2019, 1, 1, 0, 0, 0, 0, time.UTC)
	end := time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)
	sentences := map[string]string{}
	withTopic := 0
	for _, a := range all {
		if n := len(strings.Fields(a.text)); n < 250 || n > 620 {
			t.Errorf("%s: %d words, want 250 to 620", a.key, n)
		}
		if a.date != "" {
			date, err := time.Parse(time.DateOnly, a.date[:min(len(a.date), len(time.DateOnly))])
			if err != nil || date.Before(first) || !date.Before(end) {
				t.Errorf("%s: date %q, want one from 2019 to 2026", a.key, a.date)
			}
		}
		s := firstSentence(a.text)
		if other, taken := sentences[s]; taken || s == "" {
			t.Errorf("%s: first sentence %q is empty or that of %q", a.key, s, other)
		}
		sentences[s] = a.key
		if len(a.topics) > 0 {
			withTopic++
		}
	}
	// Both kinds must be there: topics to filter by, and work for rules.
	if share := float64(withTopic) / float64(len(all)); share < 0.5 || share > 0.8 {
		t.Errorf("%d of %d articles state topics, want half to four fifths", withTopic, len(all))
	}
}

// TestFirstQueries sees to it that the queries which newcomers are shown have
// something to find, and something to leave out.
func TestFirstQueries(t *testing.T) {
	all := readAll(t)
	count := func(match func(text string, a sampleArticle) bool) int {
		n := 0
		for _, a := range all {
			if match(strings.ToLower(a.text), a) {
				n++
			}
		}
		return n
	}
	word := func(text, w string) bool {
		return regexp.MustCompile(`\b` + w + `\b`).MatchString(text)
	}
	tests := []struct {
		query     string
		match     func(text string, a sampleArticle) bool
		low, high int
	}{
		{`deterrence`, func(text string, _ sampleArticle) bool { return word(text, "deterrence") }, 10, 20},
		{`"interest rates"`, func(text string, _ sampleArticle) bool { return word(text, "interest rates") }, 8, 20},
		{`"interest rates" topic:economy/central_banks`, func(text string, a sampleArticle) bool {
			return word(text, "interest rates") && strings.Contains(strings.Join(a.topics, " "), "economy/central_banks")
		}, 4, 7},
		{`sanctions`, func(text string, _ sampleArticle) bool { return word(text, "sanction(s|ed|ing)?") }, 9, 16},
		{`sanctions -oil`, func(text string, _ sampleArticle) bool {
			return word(text, "sanction(s|ed|ing)?") && !word(text, "oil")
		}, 7, 14},
	}
	for _, tt := range tests {
		if n := count(tt.match); n < tt.low || n > tt.high {
			t.Errorf("%s: %d articles, want %d to %d", tt.query, n, tt.low, tt.high)
		}
	}
}

// TestSize keeps the binary small.
func TestSize(t *testing.T) {
	const limit = 400_000
	total := int64(0)
	for name, data := range contents(t, FS()) {
		if strings.HasPrefix(path.Base(name), ".") {
			t.Errorf("%s: hidden files are not articles", name)
		}
		total += int64(len(data))
	}
	if total > limit {
		t.Errorf("%d bytes, want at most %d", total, limit)
	}
}

func contents(t *testing.T, fsys fs.FS) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(fsys, name)
		files[name] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestWrite(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "folder")
	if err := Write(dir); err != nil {
		t.Fatal(err)
	}
	want := contents(t, FS())
	got := contents(t, os.DirFS(dir))
	if len(got) != len(want) {
		t.Errorf("%d files, want %d", len(got), len(want))
	}
	for name := range want {
		if got[name] != want[name] {
			t.Errorf("%s: differs from the embedded one", name)
		}
	}
}

func TestWriteAgain(t *testing.T) {
	dir := t.TempDir()
	if err := Write(dir); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "when-the-patron-falls.txt")
	old := time.Date(2020, 2, 3, 4, 5, 6, 0, time.UTC)
	if err := os.Chtimes(file, old, old); err != nil {
		t.Fatal(err)
	}
	if err := Write(dir); err != nil {
		t.Fatalf("a second time: %v", err)
	}
	info, err := os.Stat(file)
	if err != nil {
		t.Fatal(err)
	}
	if !info.ModTime().Equal(old) {
		t.Errorf("an unchanged file was written again at %v", info.ModTime())
	}

	if err := os.WriteFile(file, []byte("mine"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := Write(dir); !errors.Is(err, fs.ErrExist) {
		t.Errorf("over a file of other content: %v, want fs.ErrExist", err)
	}
	if data, err := os.ReadFile(file); err != nil || string(data) != "mine" {
		t.Errorf("a file of other content was overwritten: %q, %v", data, err)
	}
}
