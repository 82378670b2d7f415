package export

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/cite"
	"github.com/newsq/newsq/internal/fsutil"
)

// HasFolders reports whether WriteFolder takes the format.
func (f Format) HasFolders() bool { return f == Markdown || f == HTML }

// WriteFolder writes hits to a new folder: a document for each article and one with the
// list of them, index.md or index.html. A document has the name of the article's key in
// citations, so that it is the same in each export. Documents of Markdown begin with
// properties in YAML, as programs for notes read them. The folder is there when all of it
// is; its error is fs.ErrExist where there is one already.
func WriteFolder(dir string, f Format, hits iter.Seq2[index.Hit, error], about *About) (r Report, err error) {
	if !f.HasFolders() {
		return r, fmt.Errorf("a folder has documents of %s or %s, and not of %q", Markdown, HTML, f)
	}
	err = newFolder(dir, func(beside string) error {
		r, err = writeDocuments(beside, f, hits, about)
		return err
	})
	return r, err
}

// newFolder makes a folder that is there when write has written all of it; write is given
// another name for it.
func newFolder(dir string, write func(beside string) error) error {
	if _, err := os.Lstat(dir); err == nil {
		return fmt.Errorf("%s: %w", dir, fs.ErrExist)
	}
	parent := filepath.Dir(filepath.Clean(dir))
	beside, err := os.MkdirTemp(parent, "."+filepath.Base(filepath.Clean(dir))+"-*")
	if err != nil {
		return err
	}
	err = write(beside)
	if err == nil { // MkdirTemp makes folders that nobody else may read
		err = os.Chmod(beside, 0o755)
	}
	if err == nil {
		err = os.Rename(beside, dir)
	}
	if err != nil {
		return errors.Join(err, os.RemoveAll(beside))
	}
	return fsutil.SyncDir(parent)
}

// writeDocuments writes the documents and their list. They are not made durable one by
// one, which would take longer than all else, as an export can be made again.
func writeDocuments(dir string, f Format, hits iter.Seq2[index.Hit, error], about *About) (r Report, err error) {
	list, err := os.Create(filepath.Join(dir, "index."+string(f)))
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, list.Close()) }()
	count := &counter{w: list}
	out := bufio.NewWriterSize(count, 64<<10)
	begin, entry, document, end := beginList, addToList, writePage, "</ol></nav></body></html>\n"
	if f == Markdown {
		begin, entry, document, end = beginMarkdown, addToMarkdown, writeNote, ""
	}
	begin(out, about)
	var page bytes.Buffer
	for h, err := range hits {
		if err != nil {
			return r, err
		}
		r.Articles++
		it := cite.Of(h.Article, cite.Date{})
		name := it.Key() + "." + string(f)
		entry(out, r.Articles, name, h.Article, about)
		page.Reset()
		document(&page, &h, about)
		if err := os.WriteFile(filepath.Join(dir, name), page.Bytes(), 0o666); err != nil {
			return r, err
		}
		r.Bytes += int64(page.Len())
	}
	if _, err := out.WriteString(end); err != nil {
		return r, err
	}
	err = out.Flush()
	r.Bytes += count.n
	return r, err
}

// writePage writes an article as a page of its own.
func writePage(w *bytes.Buffer, h *index.Hit, about *About) {
	a := h.Article
	t := html.EscapeString(title(a))
	writePageHead(w, t)
	fmt.Fprintf(w, "<article%s><h1>%s</h1>\n", lang(a), t)
	writeArticle(w, h, about, 2)
	fmt.Fprintf(w, "</article>\n<p class=\"about\"><a href=\"index.html\">%s</a></p>\n</body></html>\n", html.EscapeString(about.title()))
}

// writeNote writes an article as a document of Markdown.
func writeNote(w *bytes.Buffer, h *index.Hit, about *About) {
	a := h.Article
	w.WriteString("---\n")
	property(w, "title", a.Title)
	property(w, "source", a.Source)
	property(w, "authors", a.Authors)
	property(w, "published", day(a, about.location()))
	property(w, "url", link(a))
	property(w, "language", a.Language)
	property(w, "topics", a.TopicPaths())
	property(w, "id", a.ID)
	fmt.Fprintf(w, "---\n\n# %s\n\n", markdown(title(a)))
	writeMarkdownArticle(w, h, about, 1)
}

// property writes a line of YAML, in which a value of JSON is one.
func property[T string | []string](w io.Writer, name string, value T) {
	if len(value) == 0 {
		return
	}
	if b, err := json.Marshal(value); err == nil { // texts are always written
		fmt.Fprintf(w, "%s: %s\n", name, b)
	}
}

func addToList(out *bufio.Writer, _ int, address string, a *corpus.Article, about *About) {
	fmt.Fprintf(out, "<li><a href=\"%s\"%s>%s</a>%s</li>\n", address, lang(a), html.EscapeString(title(a)), html.EscapeString(after(" – ", day(a, about.location()))))
}

func addToMarkdown(out *bufio.Writer, n int, address string, a *corpus.Article, about *About) {
	fmt.Fprintf(out, "%d. [%s](%s)%s\n", n, markdown(title(a)), address, markdown(after(" – ", day(a, about.location()))))
}
