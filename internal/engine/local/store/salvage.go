package store

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local/schema"
	"github.com/newsq/newsq/internal/engine/local/segment"
)

// Salvage reads the articles of an index that may be damaged or of an older schema. It
// needs nothing of a segment but the articles that it stores, and changes no file.
type Salvage struct {
	// Losses are the articles and files that could not be read. They are complete
	// when All has ended.
	Losses []engine.Loss
	// DeletionsUnknown says that the root of the writer store, which has the
	// deletions, or a segment could not be read: articles that were deleted may
	// come back.
	DeletionsUnknown bool

	segments []segmentFile
	seen     map[string]bool
	notes    []notePlace
}

// notePlace is where a note is stored, whose key and place in the file are known.
type notePlace struct {
	key  string
	file string
	doc  int
}

// segmentFile is a segment to read, with the documents that are deleted in it.
type segmentFile struct {
	path string
	rootSegment
}

// NewSalvage finds the segments to read in dir, the newest articles first. The root of
// the writer store names them. Where it can't be read, the root of the newest
// generation that has one does; then the segments that this root doesn't name, which
// may be newer, come before those that it names.
func NewSalvage(dir string) (*Salvage, error) {
	s := &Salvage{seen: map[string]bool{}}
	scorchDirs, err := findScorchDirs(dir)
	if err != nil {
		return nil, err
	}
	var root *rootState
	for i, scorchDir := range scorchDirs {
		if root, err = readRoot(scorchDir); err == nil && root != nil {
			s.DeletionsUnknown = i > 0
			break
		}
		root = nil
	}
	named := map[string]bool{}
	if root != nil {
		for _, seg := range slices.Backward(root.segments) {
			named[seg.file] = true
			s.segments = append(s.segments, segmentFile{bestCopy(scorchDirs, seg.file), seg})
		}
	}
	if root != nil && !s.DeletionsUnknown {
		return s, nil
	}
	s.DeletionsUnknown = true
	unnamed, err := findUnnamed(scorchDirs, named)
	if err != nil {
		return nil, err
	}
	s.segments = append(unnamed, s.segments...)
	return s, nil
}

// findUnnamed returns the segments whose names are not in named, newest first.
func findUnnamed(scorchDirs []string, named map[string]bool) ([]segmentFile, error) {
	var unnamed []segmentFile
	for _, scorchDir := range scorchDirs {
		names, err := os.ReadDir(scorchDir)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		for _, n := range names {
			if isSegmentName(n.Name()) && !named[n.Name()] {
				named[n.Name()] = true
				unnamed = append(unnamed, segmentFile{filepath.Join(scorchDir, n.Name()), rootSegment{file: n.Name()}})
			}
		}
	}
	// Scorch numbers segments as it makes them.
	slices.SortFunc(unnamed, func(a, b segmentFile) int { return cmp.Compare(segmentNumber(b.file), segmentNumber(a.file)) })
	return unnamed, nil
}

// segmentNumber returns the number that is a segment's name.
func segmentNumber(name string) uint64 {
	n, _ := strconv.ParseUint(strings.TrimSuffix(name, segmentExt), 16, 64)
	return n
}

// findScorchDirs returns the scorch stores of an index: that of the writer, and then those
// of the generations, newest first. A backup has one.
func findScorchDirs(dir string) ([]string, error) {
	if backup := filepath.Join(dir, scorchFolder); exists(backup) {
		return []string{backup}, nil
	}
	scorchDirs := []string{filepath.Join(dir, writerFolder, scorchFolder)}
	numbers, err := generationNumbers(dir)
	slices.Sort(numbers)
	for _, n := range slices.Backward(numbers) {
		scorchDirs = append(scorchDirs, filepath.Join(dir, generationsFolder, pointer{number: n}.name(), scorchFolder))
	}
	return scorchDirs, err
}

// bestCopy returns the path of a segment in the first store where it is whole, or else
// in the first store that has it. Files of one name have one content.
func bestCopy(scorchDirs []string, name string) string {
	damaged := ""
	for _, scorchDir := range scorchDirs {
		path := filepath.Join(scorchDir, name)
		r, err := segment.OpenSalvage(path)
		if err != nil {
			continue
		}
		whole := r.Verify() == nil
		if r.Close() == nil && whole {
			return path
		}
		if damaged == "" {
			damaged = path
		}
	}
	return cmp.Or(damaged, filepath.Join(scorchDirs[0], name))
}

// All yields the articles, each id once, in its latest version. An error ends it. A
// Salvage is read once, by one goroutine.
func (s *Salvage) All(ctx context.Context) iter.Seq2[engine.StoredArticle, error] {
	return func(yield func(engine.StoredArticle, error) bool) {
		var torn []*segment.SalvageReader // read last: of what they hold, others may have later versions
		defer func() {
			for _, r := range torn {
				_ = r.Close()
			}
		}()
		for _, file := range s.segments {
			r, err := segment.OpenSalvage(file.path)
			if err != nil {
				s.Losses = append(s.Losses, engine.Loss{File: file.path, Err: err})
				continue
			}
			docs, ok := r.NumDocs()
			if !ok {
				s.Losses = append(s.Losses, engine.Loss{File: file.path, Err: r.Verify()})
				s.DeletionsUnknown = true
				torn = append(torn, r)
				continue
			}
			more := s.yieldSegment(ctx, r, &file, docs, yield)
			if err := r.Close(); err != nil && more {
				more = yield(engine.StoredArticle{}, err)
			}
			if !more {
				return
			}
		}
		for _, r := range torn {
			for value := range r.Scan() {
				if a, err := decodeArticle(value); err == nil && !s.yieldNew(a, yield) {
					return
				}
			}
		}
		s.dropRecovered()
	}
}

// yieldSegment yields the live articles of a segment.
func (s *Salvage) yieldSegment(ctx context.Context, r *segment.SalvageReader, file *segmentFile, docs int, yield func(engine.StoredArticle, error) bool) bool {
	for doc := range docs {
		if file.deleted != nil && file.deleted.Contains(uint32(doc)) {
			continue
		}
		if err := ctx.Err(); err != nil {
			yield(engine.StoredArticle{}, err)
			return false
		}
		id, idErr := r.ID(doc)
		if key, isNote := schema.NoteKey(id); idErr == nil && isNote {
			s.addNote(file, doc, key)
			continue
		}
		if idErr == nil && strings.HasPrefix(id, "\x00") {
			continue // the record of an entry, which is read anew
		}
		value, err := r.LastValue(doc)
		var a engine.StoredArticle
		if err == nil && value == nil && idErr != nil {
			continue // likewise
		}
		if err == nil {
			a, err = decodeArticle(value)
		}
		if err != nil {
			if idErr != nil {
				id = ""
			}
			s.Losses = append(s.Losses, engine.Loss{File: file.path, ID: id, Err: err})
			continue
		}
		if !s.yieldNew(a, yield) {
			return false
		}
	}
	return true
}

// addNote notes where a note is stored, to be read later.
func (s *Salvage) addNote(file *segmentFile, doc int, key string) {
	if id := schema.NoteID(key); !s.seen[id] {
		s.seen[id] = true
		s.notes = append(s.notes, notePlace{key: key, file: file.path, doc: doc})
	}
}

// Notes yields the notes, each key once, in its latest version, when All has ended.
// What can't be read is among the Losses.
func (s *Salvage) Notes(ctx context.Context) iter.Seq2[engine.Note, error] {
	return func(yield func(engine.Note, error) bool) {
		var r *segment.SalvageReader
		path := ""
		defer func() {
			if r != nil {
				_ = r.Close()
			}
		}()
		for _, at := range s.notes {
			if err := ctx.Err(); err != nil {
				yield(engine.Note{}, err)
				return
			}
			if r == nil || at.file != path {
				if r != nil {
					_ = r.Close()
				}
				var err error
				if r, err = segment.OpenSalvage(at.file); err != nil {
					s.Losses = append(s.Losses, engine.Loss{File: at.file, Err: err})
					r = nil
					continue
				}
				path = at.file
			}
			n, err := readNote(r, at)
			if err != nil {
				s.Losses = append(s.Losses, engine.Loss{File: at.file, Err: err})
				continue
			}
			if !yield(n, nil) {
				return
			}
		}
	}
}

func readNote(r *segment.SalvageReader, at notePlace) (n engine.Note, err error) {
	n.Key = at.key
	value, err := r.LastValue(at.doc)
	if err == nil {
		n.Entry, n.Value, err = schema.DecodeNote(value)
	}
	return n, err
}

// yieldNew yields an article unless a later version of it was yielded before.
func (s *Salvage) yieldNew(a engine.StoredArticle, yield func(engine.StoredArticle, error) bool) bool {
	if s.seen[a.Article.ID] {
		return true
	}
	s.seen[a.Article.ID] = true
	return yield(a, nil)
}

// dropRecovered takes off the losses the articles that were read elsewhere.
func (s *Salvage) dropRecovered() {
	s.Losses = slices.DeleteFunc(s.Losses, func(l engine.Loss) bool { return l.ID != "" && s.seen[l.ID] })
}

func decodeArticle(value []byte) (engine.StoredArticle, error) {
	var stored schema.Stored
	if err := schema.DecodeStored(value, &stored); err != nil {
		return engine.StoredArticle{}, err
	}
	if stored.Article.ID == "" {
		return engine.StoredArticle{}, errors.New("an article without an id")
	}
	return engine.StoredArticle{Article: stored.Article, Entry: stored.Entry}, nil
}
