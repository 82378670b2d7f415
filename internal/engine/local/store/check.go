package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/gofrs/flock"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local/reader"
	"github.com/newsq/newsq/internal/engine/local/schema"
	"github.com/newsq/newsq/internal/engine/local/segment"
	"github.com/newsq/newsq/internal/fsutil"
)

// Report is what a check found, and from what the index can be restored.
type Report struct {
	engine.CheckReport
	// Source is the folder of a whole state of the index, from which it can be
	// restored; empty if there is none. Last says that nothing that was
	// acknowledged is missing from it, as far as can be known.
	RestoreFrom string
	Complete    bool
}

// checker goes over an index.
type checker struct {
	dir    string
	report Report
	files  []checkedFile
	err    error // of ctx
}

// checkedFile is a segment file that was read. Generations share files by hard
// links, and each is read once.
type checkedFile struct {
	info     os.FileInfo
	err      error
	articles *roaring.Bitmap // the documents that store an article
}

// Check reads every file of the index in dir and holds it to its checksums, each
// generation to its manifest, and the numbers of articles to what is stored.
// Small files without checksums are held to what newsq writes. What people keep with
// the index, aliases.yaml and topics.yaml, is theirs to change.
// It changes nothing. The error is of ctx, or that there is no index at all.
func Check(ctx context.Context, dir string) (*Report, error) {
	if _, err := os.Stat(dir); err != nil {
		return nil, fmt.Errorf("check index: %w in %s", engine.ErrNoIndex, dir)
	}
	c := &checker{dir: dir}
	if err := c.header(); err != nil {
		return nil, err
	}
	p := c.pointer()
	numbers, err := generationNumbers(dir)
	if err != nil {
		return nil, fmt.Errorf("check index: %w", err)
	}
	writerBatchID := c.writerStore(ctx)
	if writerBatchID != "" {
		c.report.RestoreFrom, c.report.Complete = filepath.Join(dir, writerFolder), true
	}
	slices.Sort(numbers)
	for _, n := range slices.Backward(numbers) {
		c.generation(ctx, n, p, writerBatchID)
	}
	c.currentGeneration(p, numbers)
	if c.report.Schema < schema.Version {
		c.report.RestoreFrom = "" // no file of it fits this version
	}
	c.foreignFiles()
	return &c.report, c.err
}

func (c *checker) damage(path string, err error) {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		c.err = err
		return
	}
	if slices.ContainsFunc(c.report.Damage, func(d engine.Damage) bool { return d.Path == path }) {
		return // it was named
	}
	c.report.Damage = append(c.report.Damage, engine.Damage{Path: path, Err: err})
}

func (c *checker) note(format string, args ...any) {
	c.report.Notes = append(c.report.Notes, fmt.Sprintf(format, args...))
}

func (c *checker) count(path string) {
	if info, err := os.Stat(path); err == nil {
		c.report.Files++
		c.report.Bytes += info.Size()
	}
}

// header reads newsq.json. An index of a later schema can't be checked.
func (c *checker) header() error {
	path := filepath.Join(c.dir, headerName)
	c.count(path)
	c.count(filepath.Join(c.dir, pointerName))
	c.report.Schema = schema.Version
	switch err := readHeader(c.dir); {
	case err == nil:
		c.headerBytes(path)
	case errors.Is(err, engine.ErrOutdated):
		b, _ := os.ReadFile(path)
		var h header
		_ = json.Unmarshal(b, &h) // readHeader did
		c.report.Schema = h.Schema
		c.note("it has schema %d, and this newsq writes schema %d", h.Schema, schema.Version)
		c.headerBytes(path)
	case errors.Is(err, engine.ErrDamaged), c.hasWriterStore():
		c.damage(path, err)
	default:
		return err
	}
	return nil
}

func (c *checker) hasWriterStore() bool {
	_, err := os.Stat(filepath.Join(c.dir, writerFolder, scorchFolder))
	return err == nil
}

// writerStore checks the writer store, unless a writer is at work in it. It returns
// the batch id of one that is whole.
func (c *checker) writerStore(ctx context.Context) (batchID string) {
	l := flock.New(filepath.Join(c.dir, lockName), flock.SetFlag(os.O_RDONLY))
	if ok, err := l.TryRLock(); err == nil && !ok {
		c.note("a writer is at work, whose own files were not checked")
		return ""
	}
	defer func() { _ = l.Close() }()
	c.noteContent(filepath.Join(c.dir, lockName))
	before := len(c.report.Damage)
	writerDir := filepath.Join(c.dir, writerFolder)
	r := c.root(writerDir)
	if r == nil {
		return ""
	}
	c.bleveMeta(writerDir)
	scorchDir := filepath.Join(writerDir, scorchFolder)
	c.segments(ctx, scorchDir, r)
	c.unreferencedSegments(ctx, scorchDir, r)
	if len(c.report.Damage) > before {
		return ""
	}
	return r.batchID()
}

// segments checks the segments of a root and returns the number of articles
// that they store, those deleted left out.
func (c *checker) segments(ctx context.Context, scorchDir string, r *rootState) int {
	articles := 0
	for _, s := range r.segments {
		f := c.segment(ctx, filepath.Join(scorchDir, s.file))
		if f.articles != nil {
			articles += int(f.articles.GetCardinality())
			if s.deleted != nil {
				articles -= int(f.articles.AndCardinality(s.deleted))
			}
		}
	}
	return articles
}

// segment checks a segment file, once.
func (c *checker) segment(ctx context.Context, path string) checkedFile {
	info, err := os.Stat(path)
	if err != nil {
		c.damage(path, err)
		return checkedFile{}
	}
	for _, f := range c.files {
		if os.SameFile(f.info, info) {
			return f
		}
	}
	c.report.Files++
	c.report.Bytes += info.Size()
	f := checkedFile{info: info}
	f.articles, f.err = readSegment(ctx, path)
	c.files = append(c.files, f)
	if f.err != nil {
		c.damage(path, f.err)
	}
	return f
}

// readSegment reads all of a segment, and returns which of its documents store
// an article.
func readSegment(ctx context.Context, path string) (_ *roaring.Bitmap, err error) {
	defer reader.Guard(&err)()
	f, err := segment.OpenSalvage(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if err := f.Verify(); err != nil {
		return nil, err
	}
	articles := roaring.New()
	docs, _ := f.NumDocs()
	for doc := range docs {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		id, err := f.ID(doc)
		if err != nil {
			return nil, err
		}
		if strings.HasPrefix(id, "\x00") {
			continue
		}
		value, err := f.LastValue(doc)
		if err != nil {
			return nil, err
		}
		a, err := decodeArticle(value)
		if err != nil || a.Article.ID != id {
			return nil, fmt.Errorf("%w: what is stored of article %q is another, or none", engine.ErrDamaged, id)
		}
		articles.Add(uint32(doc))
	}
	return articles, checkArticleTerms(f.Version(), path, articles)
}

// checkArticleTerms holds the articles that a segment stores to those that it finds.
func checkArticleTerms(version uint32, path string, stored *roaring.Bitmap) error {
	if version != segment.Version {
		return nil // nothing is searched in it any more
	}
	opened, err := segment.Plugin{}.Open(path)
	if err != nil {
		return err
	}
	defer opened.Close()
	raw, _ := segment.Unwrap(opened)
	seg := &reader.Segment{Raw: raw, Docs: int(raw.Count())}
	found, err := seg.TermSet(schema.FieldKind, schema.KindArticle)
	if err != nil {
		return err
	}
	if !slices.Equal(found, seg.FromBitmap(stored)) {
		return fmt.Errorf("%w: it stores %d articles and finds %d", engine.ErrDamaged, stored.GetCardinality(), found.Count())
	}
	return nil
}

// generation checks a generation. writerBatchID is that of the writer store if
// that is whole.
func (c *checker) generation(ctx context.Context, n uint64, current pointer, writerBatchID string) {
	dir := filepath.Join(c.dir, generationsFolder, pointer{number: n}.name())
	lock, err := lockGeneration(dir)
	if err == nil {
		defer func() { _ = lock.Close() }()
	} else if _, statErr := os.Stat(dir); statErr != nil {
		return // removed meanwhile
	} else {
		c.damage(filepath.Join(dir, generationLockName), err)
	}
	c.noteContent(filepath.Join(dir, generationLockName))
	c.count(filepath.Join(dir, scorchFolder, boltName))
	c.count(filepath.Join(dir, manifestName))
	before := len(c.report.Damage)
	m := c.manifest(dir)
	r, err := readRoot(filepath.Join(dir, scorchFolder))
	if err != nil || r == nil {
		if len(c.report.Damage) == before {
			c.damage(dir, errors.Join(err, errors.New("its root is empty")))
		}
		return
	}
	articles := c.segments(ctx, filepath.Join(dir, scorchFolder), r)
	if n == current.number {
		c.report.Articles = articles
		switch {
		case r.batchID() == current.batchID:
		case r.batchID() == m.BatchID:
			c.damage(filepath.Join(c.dir, pointerName), fmt.Errorf("%w: it names another state than %s holds", engine.ErrDamaged, dir))
		default:
			c.damage(dir, fmt.Errorf("%w: it is not the state that CURRENT names", engine.ErrDamaged))
		}
	}
	whole := c.segmentsWhole(filepath.Join(dir, scorchFolder), r)
	if m.Articles >= 0 && articles != m.Articles && whole {
		c.damage(dir, fmt.Errorf("%w: it stores %d articles of %d", engine.ErrDamaged, articles, m.Articles))
	}
	if len(c.report.Damage) == before && c.report.RestoreFrom == "" && whole {
		c.report.RestoreFrom, c.report.Complete = dir, c.hasAllBatches(r)
	}
}

// segmentsWhole reports whether all segments of a store's root were found whole, there
// or, as the same file, in another store.
func (c *checker) segmentsWhole(scorchDir string, r *rootState) bool {
	for _, s := range r.segments {
		info, err := os.Stat(filepath.Join(scorchDir, s.file))
		if err != nil || slices.ContainsFunc(c.files, func(f checkedFile) bool { return f.err != nil && os.SameFile(f.info, info) }) {
			return false
		}
	}
	return true
}

// hasAllBatches reports whether the writer store has nothing that a generation's
// root doesn't: the same state by its root, or by the mark of the writer that
// closed it last; where neither says, no segment that this doesn't name.
func (c *checker) hasAllBatches(r *rootState) bool {
	writerDir := filepath.Join(c.dir, writerFolder)
	scorchDir := filepath.Join(writerDir, scorchFolder)
	if writerRoot, err := readRoot(scorchDir); err == nil && writerRoot != nil {
		return writerRoot.batchID() == r.batchID()
	}
	if s, err := readCleanMark(writerDir); err == nil && s.batchID != uncleanBatchID {
		return s.batchID == r.batchID()
	}
	names, err := os.ReadDir(scorchDir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return false
	}
	for _, n := range names {
		if isSegmentName(n.Name()) && !slices.ContainsFunc(r.segments, func(s rootSegment) bool { return s.file == n.Name() }) {
			return false
		}
	}
	return true
}

// foreignFiles notes what lies in the index and is not newsq's.
func (c *checker) foreignFiles() {
	names, err := os.ReadDir(c.dir)
	if err != nil {
		c.damage(c.dir, err)
	}
	for _, n := range names {
		if !isIndexFile(n.Name()) {
			c.note("%s is no file of newsq", filepath.Join(c.dir, n.Name()))
		}
	}
}

// Restore makes a new index in dir, which must not be there, from a whole state
// of another: the folder of a writer's store, of a generation or of a backup.
// With links the two share the files that never change.
func Restore(ctx context.Context, from, dir string, links bool) (err error) {
	root, err := readRoot(filepath.Join(from, scorchFolder))
	if err != nil || root == nil {
		return errors.Join(err, fmt.Errorf("%s holds no state of an index", from))
	}
	scorchDir := filepath.Join(dir, writerFolder, scorchFolder)
	if err := fsutil.MakeDir(scorchDir); err != nil {
		return err
	}
	for _, seg := range root.segments {
		source, target := filepath.Join(from, scorchFolder, seg.file), filepath.Join(scorchDir, seg.file)
		if links && os.Link(source, target) == nil {
			continue
		}
		if err := fsutil.CopyFile(source, target); err != nil {
			return err
		}
	}
	if err := fsutil.CopyFile(filepath.Join(from, scorchFolder, boltName), filepath.Join(scorchDir, boltName)); err != nil {
		return err
	}
	if err := errors.Join(fsutil.SyncDir(scorchDir), ensureHeader(dir)); err != nil {
		return err
	}
	s, err := Open(ctx, dir, engine.Options{}) // publishes it
	if err != nil {
		return err
	}
	return s.Close()
}
