package store

import (
	"context"
	"errors"
	"hash/crc32"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/newsq/newsq/internal/embed"
	"github.com/newsq/newsq/internal/engine/local/learn"
	"github.com/newsq/newsq/internal/engine/local/reader"
	"github.com/newsq/newsq/internal/engine/local/segment"
	"github.com/newsq/newsq/internal/engine/local/store/boltcheck"
	"github.com/newsq/newsq/internal/engine/local/vectors"
	"github.com/newsq/newsq/internal/fsutil"
)

// Vectors lie beside segments: a file for each segment and model, and the model itself.
// The writer makes them in work/vectors, each whole and durable before it has its name. A
// generation has hard links to those of its segments, or none at all, and its manifest
// names them.
//
// The model of the current generation is the present one. Publish folds in the articles of
// segments that have no vectors by it, such as those of new batches and of merges, most
// of them before it holds off writers and readers. What a crash leaves in work/vectors
// is used if it is of the present model and of the very segment, and else removed.
//
// Vectors by a model from outside can't be computed anew. Their files have the keys of the
// texts that were sent, and those of a new segment are taken from where these lie: the
// files of other segments, and a log of those that came since (see embed.go).
//
// Nothing else depends on these files: without them, or with damaged ones, an index
// opens and is searched by words. Check names the damage, and Learn makes them anew.

const (
	modelExt   = ".model"
	vectorsExt = ".vec"
	pendingExt = ".pending" // the log of vectors that are in no such file yet
	// modelPrefix is how much of a model's id is in the names of files.
	modelPrefix = 16
)

// modelFileName is the name of the file of a model.
func modelFileName(id string) string { return shortModel(id) + modelExt }

// vectorFileName is the name of the file with the vectors of a segment.
func vectorFileName(segmentFile, id string) string {
	return strings.TrimSuffix(segmentFile, segmentExt) + "-" + shortModel(id) + vectorsExt
}

func shortModel(id string) string { return id[:min(len(id), modelPrefix)] }

// presentModel is the model by which a writer folds in what it publishes. It is not
// changed.
type presentModel struct {
	id      string
	learned learnedState
	// load reads the model when it is needed first.
	load func() (modelFile, error)
}

// modelFile is what the file of a model has: one that was learned, or the description of
// one from outside. The other is nil.
type modelFile struct {
	learned *embed.Model
	outside *embed.Outside
}

func (m modelFile) id() string {
	if m.outside != nil {
		return m.outside.ID()
	}
	return m.learned.ID()
}

func (m modelFile) since() time.Time {
	if m.outside != nil {
		return time.UnixMicro(m.outside.Since).UTC()
	}
	return m.learned.Trained()
}

// learnedState is what is known of a model without reading it.
type learnedState struct {
	Time    time.Time `json:"time"`    // when it was trained
	Trained int       `json:"trained"` // articles that it was trained on
	Terms   int       `json:"terms"`   // that it knows
	// What the index had then; 0 where that isn't known any more.
	Articles int    `json:"articles,omitempty"`
	Tokens   uint64 `json:"tokens,omitempty"`
	Unknown  uint64 `json:"unknown,omitempty"`
	// Outside says that the model is one from outside.
	Outside bool `json:"outside,omitempty"`
}

func newLearnedState(m modelFile) learnedState {
	if m.outside != nil {
		return learnedState{Time: m.since(), Outside: true}
	}
	return learnedState{Time: m.since(), Trained: m.learned.Articles(), Terms: m.learned.Terms()}
}

// readModel reads the model in a file. The error says which file it is, and wraps
// engine.ErrDamaged when it is not as it was written.
func readModel(path string) (m modelFile, err error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return m, err
	}
	if embed.IsOutside(b) {
		m.outside, err = embed.DecodeOutside(b)
	} else {
		m.learned, err = embed.Decode(b)
	}
	if err != nil {
		return modelFile{}, damagedFile(path, err)
	}
	return m, nil
}

// findModel finds the present model when an index is opened for writing: that of the
// current generation. Where there is no generation, as in an index that was restored, it
// is the one that lies in the writer's folder, the latest if there are several. A model
// that can't be read is left out.
func (s *Store) findModel() error {
	dir := s.vectorsDir()
	if p, err := readPointer(s.dir); err == nil {
		generation := filepath.Join(s.dir, generationsFolder, p.name())
		m, err := readManifest(generation)
		if err != nil || m.Model == "" {
			return nil //nolint:nilerr // who opens the generation says what is wrong
		}
		name := modelFileName(m.Model)
		if path := filepath.Join(generation, vectorsFolder, name); !exists(filepath.Join(dir, name)) && exists(path) {
			if err := errors.Join(fsutil.MakeDir(dir), linkInto(dir, path)); err != nil {
				return err
			}
		}
		s.model = newPresentModel(filepath.Join(dir, name), m.Model, m.Learned)
		return nil
	}
	path, m, err := latestModel(dir)
	if path != "" {
		s.model = newPresentModel(path, m.id(), newLearnedState(m))
	}
	return err
}

// latestModel returns the model in a folder that was trained last, of those that can be
// read; an empty path if there is none.
func latestModel(dir string) (path string, latest modelFile, err error) {
	paths, err := filepath.Glob(filepath.Join(dir, "*"+modelExt))
	for _, p := range paths {
		if m, err := readModel(p); err == nil && (path == "" || m.since().After(latest.since())) {
			path, latest = p, m
		}
	}
	return path, latest, err
}

// vectorsDir returns the folder in which the writer makes vectors.
func (s *Store) vectorsDir() string { return filepath.Join(s.dir, writerFolder, vectorsFolder) }

// newPresentModel returns a model that is read from a file when it is needed first.
func newPresentModel(path, id string, learned learnedState) *presentModel {
	return &presentModel{id, learned, sync.OnceValues(func() (modelFile, error) {
		m, err := readModel(path)
		if err == nil && m.id() != id {
			err = damagedFile(path, errors.New("it is another model"))
		}
		return m, err
	})}
}

// linkInto links a file to a folder, or copies it where links fail. The name is durable
// only after fsutil.SyncDir.
func linkInto(dir, path string) error {
	to := filepath.Join(dir, filepath.Base(path))
	if os.Link(path, to) == nil {
		return nil
	}
	return fsutil.CopyFile(path, to)
}

// foldWritten folds in what was written since the last time, before Publish holds off
// writers and readers. A model that can't be read is given up: what is published has no
// vectors then, until it is learned again.
func (s *Store) foldWritten(ctx context.Context) error {
	s.publishMu.RLock()
	model, due := s.model, s.unpublished
	s.publishMu.RUnlock()
	if s.readOnly || model == nil || !due || s.isClosed() || s.failStop.failure() != nil {
		return nil // Publish says what is wrong
	}
	return s.foldSegments(ctx, model, false, nil)
}

// foldSegments makes the vectors of all segments that the writer store has now, and calls
// progress, if not nil, after each. With anew it makes those again that are there.
func (s *Store) foldSegments(ctx context.Context, model *presentModel, anew bool, progress func(done, total int)) (err error) {
	defer reader.Guard(&err)()
	r, err := s.writerSnapshot()
	if err != nil {
		return err
	}
	defer r.Close()
	segments := r.Segments()
	for i, state := range segments {
		if progress != nil {
			progress(i, len(segments))
		}
		seg, ok := segment.Unwrap(state.Segment())
		file, persisted := state.Segment().(interface{ Path() string })
		if !ok || !persisted {
			continue // it is in memory still: Publish folds it in
		}
		_, err := s.foldSegment(ctx, model, seg, file.Path(), anew)
		if err != nil && exists(file.Path()) {
			return err
		}
		// A merge has put another segment in the place of one that is gone: scorch removes
		// files that a snapshot still has. Publish folds in the other one.
	}
	return nil
}

// foldSegment makes the vectors of a segment, which lies in a file, unless they are there.
// It returns the path of their file; empty where the model can't be read.
func (s *Store) foldSegment(ctx context.Context, model *presentModel, seg *segment.Segment, file string, anew bool) (string, error) {
	s.foldMu.Lock()
	defer s.foldMu.Unlock()
	dir := s.vectorsDir()
	path := filepath.Join(dir, vectorFileName(filepath.Base(file), model.id))
	id, err := segmentID(file)
	if err != nil {
		return "", err
	}
	if !anew && hasVectors(path, model.id, id) && (!model.learned.Outside || !s.canComplete(path, model.id)) {
		return path, nil
	}
	m, err := model.load()
	if err != nil {
		return "", nil //nolint:nilerr // see foldWritten
	}
	if err := fsutil.MakeDir(dir); err != nil {
		return "", err
	}
	if m.outside != nil {
		b, closeBank := s.openBank(model.id)
		err := learn.Gather(ctx, seg, m.outside, id, b, path)
		return path, errors.Join(err, closeBank())
	}
	var merged []learn.MergedVectors
	if !anew {
		merged = s.mergedVectors(filepath.Base(file), model.id)
	}
	err = learn.Fold(ctx, seg, m.learned, id, path, merged)
	for _, from := range merged {
		if from.File != nil {
			err = errors.Join(err, from.File.Close())
		}
	}
	return path, err
}

// mergedVectors returns the vectors of the segments that a segment was merged of, as far
// as they are there. Where one of those was merged since the last generation, it has none,
// and those that it was merged of have. The caller closes their files.
func (s *Store) mergedVectors(file, model string) (list []learn.MergedVectors) {
	path := func(in *segment.MergeInput) string {
		return filepath.Join(s.vectorsDir(), vectorFileName(in.File, model))
	}
	inputs, _ := s.merges.Inputs(file, func(in *segment.MergeInput) bool { return exists(path(in)) })
	for i := range inputs {
		in := &inputs[i]
		from := learn.MergedVectors{Docs: in.Docs, Drops: in.Drops}
		id := vectors.SegmentID{Bytes: in.Bytes, Checksum: crc32.Checksum(in.Trailer, boltcheck.CRCTable)}
		if f, err := vectors.Open(path(in)); err == nil {
			if f.Model == model && f.Segment == id {
				from.File = f
			} else {
				_ = f.Close()
			}
		}
		list = append(list, from)
	}
	return list
}

// segmentID returns what tells the segment in a file from others.
func segmentID(path string) (vectors.SegmentID, error) {
	size, trailer, err := readTrailer(path)
	return vectors.SegmentID{Bytes: size, Checksum: crc32.Checksum(trailer, boltcheck.CRCTable)}, err
}

// hasVectors reports whether a file has the vectors of a segment by a model.
func hasVectors(path, model string, id vectors.SegmentID) bool {
	f, err := vectors.Open(path)
	if err != nil {
		return false
	}
	same := f.Model == model && f.Segment == id
	return f.Close() == nil && same
}

// linkVectors puts the model and the vectors of all segments into the folder of a
// generation that is being made, and adds them to its manifest. Where the model can't be
// read, it gives it up. The caller holds publishMu.
func (s *Store) linkVectors(ctx context.Context, dir string, m *manifest, segments []rootSegment) (err error) {
	if s.model == nil {
		return nil
	}
	defer reader.Guard(&err)()
	paths := []string{filepath.Join(s.vectorsDir(), modelFileName(s.model.id))}
	for _, seg := range segments {
		path, err := s.foldLinked(ctx, filepath.Join(dir, scorchFolder, seg.file))
		if err != nil {
			return err
		}
		paths = append(paths, path)
	}
	if slices.Contains(paths, "") || !exists(paths[0]) {
		s.model = nil
		return nil
	}
	to := filepath.Join(dir, vectorsFolder)
	if err := os.Mkdir(to, 0o777); err != nil {
		return err
	}
	for _, path := range paths {
		if err := linkInto(to, path); err != nil {
			return err
		}
		f, err := newManifestFile(dir, vectorsFolder+"/"+filepath.Base(path))
		if err != nil {
			return err
		}
		m.Vectors = append(m.Vectors, f)
	}
	m.Model, m.Learned = s.model.id, s.model.learned
	return fsutil.SyncDir(to)
}

// foldLinked makes the vectors of a segment of a generation that is being made, if they
// were not made before.
func (s *Store) foldLinked(ctx context.Context, file string) (string, error) {
	seg, err := segment.OpenFile(file)
	if err != nil {
		return "", err
	}
	path, err := s.foldSegment(ctx, s.model, seg, file, false)
	return path, errors.Join(err, seg.Close())
}

// removeUnusedVectors removes from the writer's folder what the generation p, which is
// current, doesn't have. It reports no error: what is left is removed the next time.
func (s *Store) removeUnusedVectors(p pointer) {
	names, err := os.ReadDir(s.vectorsDir())
	if err != nil {
		return
	}
	m, err := readManifest(filepath.Join(s.dir, generationsFolder, p.name()))
	if err != nil {
		return
	}
	for _, n := range names {
		used := func(f manifestFile) bool { return f.Name == vectorsFolder+"/"+n.Name() }
		if !slices.ContainsFunc(m.Vectors, used) && filepath.Ext(n.Name()) != pendingExt {
			_ = os.Remove(filepath.Join(s.vectorsDir(), n.Name()))
		}
	}
}

// readVectorInfo returns the info of a file of vectors.
func readVectorInfo(path string) (vectors.Info, error) {
	f, err := vectors.Open(path)
	if err != nil {
		return vectors.Info{}, err
	}
	return f.Info, f.Close()
}
