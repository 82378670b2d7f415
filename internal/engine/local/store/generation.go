package store

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"

	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"
	segment "github.com/blevesearch/scorch_segment_api/v2"
	"github.com/gofrs/flock"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local/reader"
	"github.com/newsq/newsq/internal/engine/local/schema"
	"github.com/newsq/newsq/internal/fsutil"
)

// batchIDKey is the internal value in which each batch keeps its id. The key is from
// a time when the id was called a sequence, as is its name in a manifest.
const batchIDKey = "newsq.sequence"

// noBatchID stands in the place of the id before the first batch.
const noBatchID = "-"

// newBatchID makes the id of a batch. It is random, so that two writers of one
// history never agree by chance: the ids alone tell whether a generation holds what
// the writer store holds.
func newBatchID() []byte {
	var b [8]byte
	rand.Read(b[:]) // never fails: see crypto/rand
	return []byte(hex.EncodeToString(b[:]))
}

// batchID returns the id of the last batch that r holds, or noBatchID.
func batchID(r index.IndexReader) string {
	if s, ok := r.(*scorch.IndexSnapshot); ok {
		if id := s.Internal()[batchIDKey]; len(id) > 0 {
			return string(id)
		}
	}
	return noBatchID
}

// Generation is one published state of the index, open for reading. It is
// closed when the last of those who hold it lets go.
type Generation struct {
	Number  uint64
	batchID string
	View    *reader.View
	refs    atomic.Int32
	close   func() error
}

func newGeneration(number uint64, batchID string, states []reader.SegmentState, close func() error) (*Generation, error) {
	v, err := reader.NewView(states)
	if err != nil {
		return nil, errors.Join(err, close())
	}
	g := &Generation{Number: number, batchID: batchID, View: v, close: close}
	g.refs.Store(1)
	return g, nil
}

func (g *Generation) Release() error {
	if g.refs.Add(-1) == 0 {
		return g.close()
	}
	return nil
}

// pointer is the content of CURRENT: which generation is current, and the
// id of the last batch in it.
type pointer struct {
	number  uint64
	batchID string
}

func (p pointer) name() string { return fmt.Sprintf("%012d", p.number) }

// encode returns the pointer as CURRENT has it.
func (p pointer) encode() string { return p.name() + " " + p.batchID + "\n" }

// readPointer reads CURRENT; fs.ErrNotExist where nothing was published yet.
func readPointer(dir string) (pointer, error) {
	path := filepath.Join(dir, pointerName)
	b, err := os.ReadFile(path)
	if err != nil {
		return pointer{}, err
	}
	return parsePointer(path, b)
}

// parsePointer is readPointer of what the file at path holds.
func parsePointer(path string, b []byte) (pointer, error) {
	name, batchID, ok := strings.Cut(strings.TrimSuffix(string(b), "\n"), " ")
	n, err := strconv.ParseUint(name, 10, 64)
	if !ok || err != nil || n == 0 || batchID == "" {
		return pointer{}, fmt.Errorf("%w: %s does not name a generation", engine.ErrDamaged, path)
	}
	return pointer{n, batchID}, nil
}

// maxRefreshTries bounds how often a reader looks again for a generation that
// was replaced while it opened it. Each try needs another publication in the
// same moment.
const maxRefreshTries = 20

// refreshIfChanged is refresh, unless CURRENT is the very file that was read last: it
// is replaced by each publication, never changed.
func (s *Store) refreshIfChanged() error {
	file, err := fsutil.StatFile(filepath.Join(s.dir, pointerName))
	if err == nil && file.Same(s.pointerState) {
		return nil
	}
	s.pointerState = fsutil.FileState{}
	if refreshErr := s.refresh(); refreshErr != nil {
		return refreshErr
	}
	if err == nil { // what was read is this file or a later one
		s.pointerState = file
	}
	return nil
}

// refresh makes the current generation e.current. A writer reads its own
// store; a reader opens the generation's folder.
func (s *Store) refresh() error {
	for try := 0; ; try++ {
		p, err := readPointer(s.dir)
		if errors.Is(err, fs.ErrNotExist) {
			return s.errNoPointer()
		}
		if err != nil {
			return fmt.Errorf("open index: %w", err)
		}
		if s.current != nil && s.current.Number == p.number && s.current.batchID == p.batchID {
			return nil
		}
		g, err := s.openGeneration(p)
		if errors.Is(err, fs.ErrNotExist) {
			if now, readErr := readPointer(s.dir); readErr == nil && now != p && try < maxRefreshTries {
				continue // replaced meanwhile
			}
			err = fmt.Errorf("%w: %w", engine.ErrDamaged, err)
		}
		if err != nil {
			return fmt.Errorf("open generation %s: %w", p.name(), err)
		}
		old := s.current
		s.current = g
		if old != nil {
			return old.Release()
		}
		return nil
	}
}

// errNoPointer says what it means that CURRENT is not there.
func (s *Store) errNoPointer() error {
	numbers, err := generationNumbers(s.dir)
	if err != nil {
		return fmt.Errorf("open index: %w", err)
	}
	if len(numbers) > 0 {
		return fmt.Errorf("open index: %w: %s is missing", engine.ErrDamaged, filepath.Join(s.dir, pointerName))
	}
	return fmt.Errorf("open index: %w in %s: nothing was published yet; run newsq index to finish", engine.ErrNoIndex, s.dir)
}

func (s *Store) openGeneration(p pointer) (_ *Generation, err error) {
	defer reader.Guard(&err)()
	if s.scorch != nil {
		r, err := s.writerSnapshot()
		if err != nil {
			return nil, err
		}
		states, err := segmentStates(r)
		if err != nil {
			return nil, errors.Join(err, r.Close())
		}
		return newGeneration(p.number, batchID(r), states, r.Close)
	}
	dir := filepath.Join(s.dir, generationsFolder, p.name())
	lock, err := lockGeneration(dir)
	if err != nil {
		return nil, err
	}
	m, content, err := verifyGeneration(dir)
	if err == nil && m.BatchID != p.batchID {
		err = fmt.Errorf("%w: %s and CURRENT name different states", engine.ErrDamaged, filepath.Join(dir, manifestName))
	}
	if err != nil {
		return nil, errors.Join(err, lock.Close())
	}
	root, states, err := openSegments(filepath.Join(dir, scorchFolder), content)
	if err != nil {
		return nil, errors.Join(err, lock.Close())
	}
	g, err := newGeneration(p.number, root.batchID(), states, func() error {
		return errors.Join(closeSegments(states), lock.Close())
	})
	if err != nil {
		return nil, err
	}
	if g.View.Articles != m.Articles || g.batchID != m.BatchID {
		err := fmt.Errorf("%w: %s holds %d articles of %d", engine.ErrDamaged, dir, g.View.Articles, m.Articles)
		return nil, errors.Join(err, g.Release())
	}
	if m.Length > 0 {
		g.View.TotalLength = func() (uint64, error) { return m.Length, nil }
	}
	return g, nil
}

// verifyGeneration holds the generation in dir to its manifest. It returns
// what the root of its store holds, too.
func verifyGeneration(dir string) (m *manifest, root []byte, err error) {
	if m, err = readManifest(dir); err != nil {
		return nil, nil, err
	}
	root, err = m.verify(dir)
	return m, root, err
}

// checkPublished reports what keeps readers from the generation that is current.
func (s *Store) checkPublished() error {
	p, err := readPointer(s.dir)
	if err != nil {
		return err
	}
	dir := filepath.Join(s.dir, generationsFolder, p.name())
	m, _, err := verifyGeneration(dir)
	if err != nil {
		return err
	}
	if m.BatchID != p.batchID {
		return fmt.Errorf("%w: %s", engine.ErrDamaged, dir)
	}
	_, err = os.Stat(filepath.Join(dir, generationLockName))
	return err
}

// writeManifest describes the generation that lies in dir.
func (s *Store) writeManifest(dir, batchID string) error {
	root, err := readRoot(filepath.Join(dir, scorchFolder))
	if err != nil || root == nil {
		return errors.Join(err, errors.New("the copy of the root is empty"))
	}
	names := []string{metaName, boltPath}
	for _, seg := range root.segments {
		names = append(names, scorchFolder+"/"+seg.file)
	}
	m := &manifest{Format: manifestFormat, Schema: schema.Version, BatchID: batchID}
	if err := errors.Join(s.countArticles(m), m.add(dir, names)); err != nil {
		return err
	}
	b, err := m.encode()
	if err != nil {
		return err
	}
	return fsutil.ReplaceFile(filepath.Join(dir, manifestName), b)
}

// countArticles counts and measures the articles of the store, which must not have
// changed since the state with m's batch id was copied: publishMu holds off
// writers.
func (s *Store) countArticles(m *manifest) error {
	r, err := s.writerSnapshot()
	if err != nil {
		return err
	}
	defer r.Close()
	if batchID(r) != m.BatchID {
		return errors.New("the store changed while it was copied")
	}
	states, err := segmentStates(r)
	if err != nil {
		return err
	}
	v, err := reader.NewView(states)
	if err != nil {
		return err
	}
	m.Articles = v.Articles
	m.Length, err = v.TotalLength()
	return errors.Join(err, v.Damaged())
}

func (s *Store) writerSnapshot() (*scorch.IndexSnapshot, error) { return scorchSnapshot(s.scorch) }

func scorchSnapshot(s *scorch.Scorch) (*scorch.IndexSnapshot, error) {
	r, err := s.Reader()
	if err != nil {
		return nil, err
	}
	snap, ok := r.(*scorch.IndexSnapshot)
	if !ok {
		return nil, errors.Join(fmt.Errorf("unexpected reader type %T", r), r.Close())
	}
	return snap, nil
}

// lockGeneration takes a shared lock, so that the writer leaves the
// generation where it is. fs.ErrNotExist when it is being removed.
func lockGeneration(dir string) (*flock.Flock, error) {
	l := flock.New(filepath.Join(dir, generationLockName), flock.SetFlag(os.O_RDONLY))
	ok, err := l.TryRLock()
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, fmt.Errorf("%s is being removed: %w", dir, fs.ErrNotExist)
	}
	return l, nil
}

// Publish implements engine.Engine.
func (s *Store) Publish(ctx context.Context) error {
	if s.readOnly {
		return fmt.Errorf("publish: %w", engine.ErrReadOnly)
	}
	s.publishMu.Lock()
	defer s.publishMu.Unlock()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return engine.ErrClosed
	}
	if err := s.failStop.failure(); err != nil {
		return err
	}
	if !s.unpublished && s.current != nil {
		return nil
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	next, err := s.publishNext()
	if err != nil {
		err = fmt.Errorf("publish generation %s: %w", next.name(), reader.Damage(err))
		s.failStop.fail(err)
		return err
	}
	s.unpublished = false
	if err := s.refresh(); err != nil {
		return err
	}
	s.removeUnusedGenerations(next)
	return nil
}

// publishNext writes the next generation and makes it the current one.
func (s *Store) publishNext() (pointer, error) {
	next, err := s.nextPointer()
	if err != nil {
		return next, err
	}
	if err := s.writeGeneration(&next); err != nil {
		return next, err
	}
	return next, fsutil.ReplaceFile(filepath.Join(s.dir, pointerName), []byte(next.encode()))
}

// nextPointer numbers the next generation. Where CURRENT was lost, it goes on
// from the generations that are there.
func (s *Store) nextPointer() (pointer, error) {
	p, err := readPointer(s.dir)
	if errors.Is(err, fs.ErrNotExist) {
		var numbers []uint64
		if numbers, err = generationNumbers(s.dir); len(numbers) > 0 {
			p.number = slices.Max(numbers)
		}
	}
	return pointer{number: p.number + 1}, err
}

// generationNumbers returns the numbers of the generations in an index.
func generationNumbers(dir string) (numbers []uint64, err error) {
	names, err := os.ReadDir(filepath.Join(dir, generationsFolder))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	for _, n := range names {
		if number, err := strconv.ParseUint(n.Name(), 10, 64); err == nil {
			numbers = append(numbers, number)
		}
	}
	return numbers, nil
}

// writeGeneration makes the folder of generation p from what the writer store holds, and
// sets p's batch id. It is renamed into place when it is whole and durable.
func (s *Store) writeGeneration(p *pointer) (err error) {
	parent := filepath.Join(s.dir, generationsFolder)
	tmp := filepath.Join(parent, "tmp-"+p.name())
	if err := os.RemoveAll(tmp); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Join(tmp, scorchFolder), 0o755); err != nil {
		return err
	}
	if err := s.failStop.failure(); err != nil {
		return err
	}
	c, ok := s.scorch.CopyReader().(*scorch.IndexSnapshot)
	if !ok || c == nil {
		return errors.New("store is closed")
	}
	if err := checkPersisted(c); err != nil {
		return errors.Join(err, c.CloseCopyReader())
	}
	err = c.CopyTo(linkDirectory{from: filepath.Join(s.dir, writerFolder), to: tmp})
	p.batchID = batchID(c)
	if err = errors.Join(err, c.CloseCopyReader()); err != nil {
		return err
	}
	if err := writeBleveMeta(tmp); err != nil {
		return err
	}
	if err := fsutil.ReplaceFile(filepath.Join(tmp, generationLockName), nil); err != nil {
		return err
	}
	if err := s.writeManifest(tmp, p.batchID); err != nil {
		return err
	}
	if err := errors.Join(fsutil.SyncDir(filepath.Join(tmp, scorchFolder)), fsutil.SyncDir(tmp)); err != nil {
		return err
	}
	final := filepath.Join(parent, p.name())
	if err := os.RemoveAll(final); err != nil { // left by a publication that was cut short
		return err
	}
	if err := os.Rename(tmp, final); err != nil {
		return err
	}
	return fsutil.SyncDir(parent)
}

// checkPersisted holds after every Write that succeeded. After one that failed,
// say on a full disk, the store may hold a segment that is still in memory.
func checkPersisted(r *scorch.IndexSnapshot) error {
	for _, s := range r.Segments() {
		if _, ok := s.Segment().(segment.PersistedSegment); !ok {
			return errors.New("a batch that failed is still in memory; close the index and open it again")
		}
	}
	return nil
}

// removeUnusedGenerations removes the generations that nobody holds. It is housekeeping: a
// folder that cannot go now goes the next time.
func (s *Store) removeUnusedGenerations(current pointer) {
	parent := filepath.Join(s.dir, generationsFolder)
	names, err := os.ReadDir(parent)
	if err != nil {
		return
	}
	for _, n := range names {
		dir := filepath.Join(parent, n.Name())
		if strings.HasPrefix(n.Name(), "old-") || strings.HasPrefix(n.Name(), "tmp-") {
			_ = os.RemoveAll(dir)
			continue
		}
		if n.Name() == current.name() {
			continue
		}
		l := flock.New(filepath.Join(dir, generationLockName), flock.SetFlag(os.O_RDWR))
		if ok, err := l.TryLock(); err != nil || !ok {
			continue
		}
		// Renamed first, so that a reader finds it whole or not at all.
		renamed := filepath.Join(parent, "old-"+n.Name())
		err := os.Rename(dir, renamed)
		_ = l.Close()
		if err == nil {
			_ = os.RemoveAll(renamed)
		}
	}
}

// Hold returns the current generation; read-only, it looks first whether there
// is a newer one. The caller releases it.
func (s *Store) Hold() (*Generation, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil, engine.ErrClosed
	}
	if s.readOnly {
		if err := s.refreshIfChanged(); err != nil {
			return nil, err
		}
	}
	s.current.refs.Add(1)
	return s.current, nil
}
