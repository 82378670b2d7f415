package export

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/fsutil"
	"github.com/newsq/newsq/internal/wire"
)

// The files of a folder of evidence. Paths in it have forward slashes.
//
//   - manifest.json says what was asked, of which state of which index, when, and by
//     which newsq: a [Manifest].
//   - hits.jsonl has a line for each hit, in order: an [EvidenceHit], with the file of
//     its article and its passages, each with its place in the text and its SHA-256.
//   - articles/000001.json and so on are the articles as they are stored, in the form
//     of a line of an export as JSON Lines.
//   - index.html shows all of it to a person.
//   - SHA256SUMS has the SHA-256 of each of these files, in the form that sha256sum
//     writes and checks. Its own SHA-256 stands for the whole folder: who notes it
//     elsewhere can show later that nothing was changed.
const (
	manifestFile = "manifest.json"
	hitsFile     = "hits.jsonl"
	articlesDir  = "articles"
	pageFile     = "index.html"
	sumsFile     = "SHA256SUMS"
)

// manifestType is the field "type" of a manifest, and manifestFormat its form.
const (
	manifestType   = "newsq evidence"
	manifestFormat = 1
)

// Manifest says what a folder of evidence is of.
type Manifest struct {
	Format  int       `json:"format"`
	Type    string    `json:"type"` // "newsq evidence"
	Newsq   string    `json:"newsq"`
	Made    time.Time `json:"made"`
	Query   string    `json:"query"`      // as it was typed
	ReadAs  string    `json:"read_as"`    // as it was understood
	Relaxed bool      `json:"relaxed"`    // no article had all words, these have some
	Aliases []Alias   `json:"aliases"`    // other names that were looked for
	Flags   []string  `json:"conditions"` // filters, dates and order beside the query
	// Generation and Identity tell the state of the index, and Searched how many
	// articles it had.
	Generation uint64 `json:"generation"`
	Identity   string `json:"identity,omitempty"`
	Searched   int    `json:"searched"`
	Articles   int    `json:"articles"` // that were found, and are here
}

// Alias is another name of a word that was looked for.
type Alias struct {
	From string `json:"from"`
	To   string `json:"to"`
}

// EvidenceHit is a hit: what is at its place, with sums.
type EvidenceHit struct {
	Rank  int     `json:"rank"`
	ID    string  `json:"id"`
	Title string  `json:"title"`
	Score float64 `json:"score"`
	File  string  `json:"file"`
	// SHA256 is that of the article's record without what tells where it stands in the
	// index, and TextSHA256 that of its text alone.
	SHA256     string            `json:"sha256"`
	TextSHA256 string            `json:"text_sha256"`
	Passages   []EvidencePassage `json:"passages"`
}

// EvidencePassage is a passage: the bytes [Start, End) of a field of its article.
type EvidencePassage struct {
	Field   string       `json:"field"` // body or summary
	Section string       `json:"section,omitempty"`
	Page    string       `json:"page,omitempty"`
	Start   int          `json:"start"`
	End     int          `json:"end"`
	Text    string       `json:"text"`
	Matches []index.Span `json:"matches"` // in Text
	SHA256  string       `json:"sha256"`  // of Text
}

// EvidenceOptions say what a folder says of itself.
type EvidenceOptions struct {
	Newsq    string   // the version
	Flags    []string // conditions beside the text of the query, for people
	Made     time.Time
	Location *time.Location // of times on the page; nil for UTC
}

// EvidenceReport says what was written. SHA256 is that of SHA256SUMS.
type EvidenceReport struct {
	Articles, Passages int
	Files              int
	Bytes              int64
	SHA256             string
}

// WriteEvidence writes all that q finds to a new folder, with sums by which anyone can
// tell later whether it was changed. The folder is there when it is whole; its error is
// fs.ErrExist where there is one already. All of it is from one state of the index,
// and what the index holds back, such as articles under embargo, is not in it.
func WriteEvidence(dir string, q index.Query, found *index.Found, o *EvidenceOptions) (r EvidenceReport, err error) {
	err = newFolder(dir, func(beside string) error {
		w := &evidence{dir: beside}
		err := w.write(q, found, o)
		r = w.report
		return err
	})
	return r, err
}

// evidence writes a folder.
type evidence struct {
	dir    string
	sums   *bufio.Writer
	report EvidenceReport
}

func (w *evidence) write(q index.Query, found *index.Found, o *EvidenceOptions) error {
	if err := os.Mkdir(filepath.Join(w.dir, articlesDir), 0o755); err != nil {
		return err
	}
	var sum [sha256.Size]byte
	err := fsutil.WriteFile(filepath.Join(w.dir, sumsFile), 0o666, func(out io.Writer) error {
		h := sha256.New()
		w.sums = bufio.NewWriter(io.MultiWriter(out, h))
		if err := w.writeHits(q, found, o); err != nil {
			return err
		}
		if err := w.sums.Flush(); err != nil {
			return err
		}
		h.Sum(sum[:0])
		return nil
	})
	if err != nil {
		return err
	}
	w.report.Files++
	w.report.SHA256 = hex.EncodeToString(sum[:])
	for _, dir := range []string{articlesDir, "."} {
		if err := fsutil.SyncDir(filepath.Join(w.dir, dir)); err != nil {
			return err
		}
	}
	return nil
}

// writeHits writes everything but the sums, whose lines it adds.
func (w *evidence) writeHits(q index.Query, found *index.Found, o *EvidenceOptions) error {
	about := &About{Query: q.Text, Made: o.Made, Location: o.Location}
	err := w.file(pageFile, func(pageOut io.Writer) error {
		return w.file(hitsFile, func(hitsOut io.Writer) error {
			page, err := newPageWriter(bufio.NewWriterSize(pageOut, 256<<10), about)
			if err != nil {
				return err
			}
			defer page.clean()
			for h, err := range found.Hits {
				if err == nil {
					err = w.hit(hitsOut, &h)
				}
				if err == nil {
					err = page.add(&h)
				}
				if err != nil {
					return err
				}
			}
			if err := page.close(); err != nil {
				return err
			}
			return page.out.Flush()
		})
	})
	if err != nil {
		return err
	}
	m := newManifest(q, found, o)
	m.Articles = w.report.Articles
	return w.file(manifestFile, func(out io.Writer) error {
		enc := json.NewEncoder(out)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		return enc.Encode(m)
	})
}

func newManifest(q index.Query, found *index.Found, o *EvidenceOptions) *Manifest {
	m := &Manifest{
		Format: manifestFormat, Type: manifestType, Newsq: o.Newsq, Made: o.Made.UTC(), Query: q.Text, ReadAs: found.Query, Relaxed: found.Relaxed,
		Flags: append([]string{}, o.Flags...), Aliases: []Alias{}, Generation: found.State.Generation, Identity: found.State.Identity, Searched: found.State.Articles,
	}
	for _, a := range found.Aliases {
		m.Aliases = append(m.Aliases, Alias{a.From, a.To})
	}
	return m
}

// file writes a file of the folder and adds its sum.
func (w *evidence) file(name string, write func(io.Writer) error) error {
	h, count := sha256.New(), &counter{}
	err := fsutil.WriteFile(filepath.Join(w.dir, filepath.FromSlash(name)), 0o666, func(out io.Writer) error {
		b := bufio.NewWriterSize(out, 64<<10)
		count.w = io.MultiWriter(b, h)
		if err := write(count); err != nil {
			return err
		}
		return b.Flush()
	})
	if err != nil {
		return err
	}
	w.report.Files++
	w.report.Bytes += count.n
	_, err = fmt.Fprintf(w.sums, "%x  %s\n", h.Sum(nil), name)
	return err
}

// hit writes an article and its line among the hits.
func (w *evidence) hit(hits io.Writer, h *index.Hit) error {
	w.report.Articles++
	handed := *h.Article
	handed.Annotations = nil // tags and notes of readers are for them, and evidence is handed on
	a := &handed
	line := EvidenceHit{
		Rank: h.Rank, ID: a.ID, Title: a.Title, Score: h.Score, File: fmt.Sprintf("%s/%06d.json", articlesDir, h.Rank),
		TextSHA256: textSum(a.Body), Passages: []EvidencePassage{},
	}
	var err error
	if line.SHA256, err = articleSum(a); err != nil {
		return err
	}
	for _, s := range h.Snippets {
		w.report.Passages++
		line.Passages = append(line.Passages, EvidencePassage{
			Field: s.Field, Section: s.Section, Page: s.Page, Start: s.Start, End: s.Start + len(s.Text), Text: s.Text,
			Matches: append([]index.Span{}, s.Matches...), SHA256: textSum(s.Text),
		})
	}
	if err := w.file(line.File, func(out io.Writer) error { return wire.Write(out, wire.NewRecord(a)) }); err != nil {
		return err
	}
	return wire.Write(hits, line)
}
