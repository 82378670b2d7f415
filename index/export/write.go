package export

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"time"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/cite"
	"github.com/newsq/newsq/internal/fsutil"
)

// About is what an export says of itself, and how it is written.
type About struct {
	// Query is what was asked for, as it was typed; empty for all articles.
	Query string
	// Total is how many hits there will be, so that what cannot be written is refused
	// at once; 0 when it is not known.
	Total int
	// Made is the time of the export, and Location the zone of the times that
	// documents show; nil for UTC.
	Made     time.Time
	Location *time.Location
	// Accessed is the day on which a person looked at the addresses, for citations;
	// zero for none.
	Accessed time.Time
	// NoText leaves the texts of articles out of documents, but for their passages.
	NoText bool
	// Notes adds what readers wrote about articles by hand, tags and notes, to JSON Lines
	// and tables. Else they are left out, as what is exported is often handed on.
	Notes bool
}

func (o *About) location() *time.Location {
	if o.Location == nil {
		return time.UTC
	}
	return o.Location
}

// title is that of a document.
func (o *About) title() string {
	if o.Query == "" {
		return "All articles"
	}
	return o.Query
}

// Report says what was written.
type Report struct {
	Articles int
	Bytes    int64
}

// writer writes one format. After an error nothing more is asked of it but clean.
type writer interface {
	add(h *index.Hit) error
	close() error // ends the file; the stream behind it stays open
	clean()       // removes temporary files
}

// Write writes hits to w as they come. The first error among them ends it; what
// was written is then no whole file.
func Write(w io.Writer, f Format, hits iter.Seq2[index.Hit, error], about *About) (r Report, err error) {
	count := &counter{w: w}
	out := bufio.NewWriterSize(count, 256<<10)
	fw, err := newWriter(out, f, about)
	if err != nil {
		return r, err
	}
	defer fw.clean()
	for h, err := range hits {
		if err == nil {
			err = fw.add(&h)
		}
		if err != nil {
			return r, err
		}
		r.Articles++
	}
	if err := fw.close(); err != nil {
		return r, err
	}
	err = out.Flush()
	r.Bytes = count.n
	return r, err
}

func newWriter(out *bufio.Writer, f Format, about *About) (writer, error) {
	switch f {
	case JSONL:
		return &recordWriter{out, about.Notes}, nil
	case CSV:
		return newTableWriter(out, about.Notes)
	case Markdown:
		return newMarkdownWriter(out, about)
	case HTML:
		return newPageWriter(out, about)
	case RIS, BibTeX, CSL:
		return &citationWriter{out: out, format: f, accessed: cite.DateOf(about.Accessed)}, nil
	case EPUB:
		return newBookWriter(out, about)
	}
	return nil, fmt.Errorf("there is no format %q; there are %s", f, names())
}

// WriteFile is Write to a file, which is there when all of it is: until then the
// bytes stand in a file beside, and an older file stays as it was. Where path names
// a pipe or a device, it is written to.
func WriteFile(path string, f Format, hits iter.Seq2[index.Hit, error], about *About) (r Report, err error) {
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		if info.IsDir() {
			return r, fmt.Errorf("%s is a folder", path)
		}
		out, err := os.OpenFile(path, os.O_WRONLY, 0)
		if err != nil {
			return r, err
		}
		r, err = Write(out, f, hits, about)
		return r, errors.Join(err, out.Close())
	}
	beside := path + fsutil.TempSuffix
	err = fsutil.WriteFile(beside, 0o666, func(w io.Writer) (err error) {
		r, err = Write(w, f, hits, about)
		return err
	})
	if err != nil {
		return r, err
	}
	if err := os.Rename(beside, path); err != nil {
		return r, err
	}
	return r, fsutil.SyncDir(filepath.Dir(path))
}

// counter counts the bytes that pass.
type counter struct {
	w io.Writer
	n int64
}

func (c *counter) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.n += int64(n)
	return n, err
}
