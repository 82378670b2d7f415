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

	"github.com/gofrs/flock"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local/schema"
)

// Report is what a check found, and from what the index can be restored.
type Report struct {
	engine.CheckReport
	// RestoreFrom is the folder of a whole state of the index, from which it can be
	// restored; empty if there is none. Complete says that this state has all that
	// was acknowledged, as far as can be known.
	RestoreFrom string
	Complete    bool
}

// checker is a check that is under way. Its methods are named for what they check, and
// add what they find to the report.
type checker struct {
	dir    string
	report Report
	files  []checkedFile
	err    error // of ctx
}

// Check reads every file of the index in dir and checks all that can be known of it:
// the checksums of files, the manifest of each generation, and whether the number
// of articles is that of the articles stored. Small files without a checksum must
// have the very bytes that newsq writes. The settings are people's own to change, and
// are not checked.
//
// It changes nothing. The error is that of ctx, or that there is no index at all;
// damage is in the report.
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
	case errors.Is(err, engine.ErrNewer):
		return fmt.Errorf("check index: %w", err)
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
	whole := len(c.report.Damage) == before
	c.writerVectors(ctx, writerDir)
	if !whole {
		return ""
	}
	return r.batchID()
}

// generation checks generation n. writerBatchID is that of the writer store if that is
// whole, else empty.
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
	c.generationVectors(ctx, dir, m)
}

// hasAllBatches reports whether a generation with this root has all that the writer store
// has. The writer store's root tells by its batch id, or else the mark of the writer
// that closed the index last. Where neither can be read, it has all if it names each
// segment that is there.
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

// foreignFiles notes the files in the folder of the index that are not newsq's.
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
