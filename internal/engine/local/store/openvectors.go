package store

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"slices"
	"sync"

	"github.com/newsq/newsq/internal/embed"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local/reader"
	"github.com/newsq/newsq/internal/engine/local/vectors"
)

// generationVectors are the vectors of a published generation. They are opened when they
// are asked for first, since most searches need none.
type generationVectors struct {
	dir      string // of the generation
	manifest *manifest
	segments []rootSegment
	open     func() (*reader.Vectors, error)

	mu    sync.Mutex
	files []io.Closer // open
}

// newGenerationVectors returns the vectors of a generation; nil when it has none.
func newGenerationVectors(dir string, m *manifest, segments []rootSegment) *generationVectors {
	if m.Model == "" {
		return nil
	}
	g := &generationVectors{dir: dir, manifest: m, segments: segments}
	g.open = sync.OnceValues(g.openAll)
	return g
}

// openAll opens the vectors of all segments.
func (g *generationVectors) openAll() (_ *reader.Vectors, err error) {
	defer reader.Guard(&err)()
	v := &reader.Vectors{}
	for _, seg := range g.segments {
		f, err := g.openSegment(seg.file)
		if err != nil {
			return nil, err
		}
		v.Files = append(v.Files, f)
	}
	path, err := g.verified(modelFileName(g.manifest.Model))
	if err != nil {
		return nil, err
	}
	read := sync.OnceValues(func() (modelFile, error) {
		m, err := readModel(path)
		if err == nil && m.id() != g.manifest.Model {
			err = damagedFile(path, errors.New("it is another model"))
		}
		return m, err
	})
	v.Model = func() (*embed.Model, error) { return nil, nil }
	v.Terms = func() (*embed.Reader, error) { return nil, nil }
	v.Outside = func() (*embed.Outside, error) { return nil, nil }
	if g.manifest.Learned.Outside {
		v.Outside = func() (*embed.Outside, error) {
			m, err := read()
			return m.outside, err
		}
		return v, nil
	}
	v.Model = func() (*embed.Model, error) {
		m, err := read()
		return m.learned, err
	}
	v.Terms = sync.OnceValues(func() (*embed.Reader, error) { return g.openModel(path) })
	return v, nil
}

// openModel opens the model, to read parts of it.
func (g *generationVectors) openModel(path string) (*embed.Reader, error) {
	r, err := embed.Open(path)
	if errors.Is(err, embed.ErrDamaged) || errors.Is(err, embed.ErrVersion) {
		err = fmt.Errorf("%w: %w", engine.ErrDamaged, err) // it names the file
	}
	if err != nil {
		return nil, err
	}
	g.keep(r)
	if r.ID() != g.manifest.Model {
		return nil, damagedFile(path, errors.New("it is another model"))
	}
	return r, nil
}

// keep has close close what was opened.
func (g *generationVectors) keep(c io.Closer) {
	g.mu.Lock()
	g.files = append(g.files, c)
	g.mu.Unlock()
}

// openSegment opens the vectors of a segment, which belong to it and to the model.
func (g *generationVectors) openSegment(segmentFile string) (*vectors.File, error) {
	path, err := g.verified(vectorFileName(segmentFile, g.manifest.Model))
	if err != nil {
		return nil, err
	}
	f, err := vectors.Open(path)
	if err != nil {
		return nil, err
	}
	g.keep(f)
	at := slices.IndexFunc(g.manifest.Files, func(m manifestFile) bool { return m.Name == scorchFolder+"/"+segmentFile })
	if at < 0 {
		return nil, damagedFile(filepath.Join(g.dir, manifestName), errors.New("it lacks "+segmentFile))
	}
	seg := g.manifest.Files[at]
	if f.Model != g.manifest.Model || f.Segment.Bytes != seg.Bytes || fmt.Sprintf("%08x", f.Segment.Checksum) != seg.Checksum {
		return nil, damagedFile(path, errors.New("it is of another segment or model"))
	}
	return f, nil
}

// verified holds a file to the manifest, and returns its path.
func (g *generationVectors) verified(name string) (string, error) {
	at := slices.IndexFunc(g.manifest.Vectors, func(m manifestFile) bool { return m.Name == vectorsFolder+"/"+name })
	if at < 0 {
		return "", damagedFile(filepath.Join(g.dir, manifestName), errors.New("it lacks "+name))
	}
	f := &g.manifest.Vectors[at]
	_, err := f.verify(g.dir)
	if errors.Is(err, fs.ErrNotExist) {
		err = fmt.Errorf("%w: %w", engine.ErrDamaged, err)
	}
	return f.path(g.dir), err
}

// close closes what was opened.
func (g *generationVectors) close() error {
	if g == nil {
		return nil
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	var errs []error
	for _, f := range g.files {
		errs = append(errs, f.Close())
	}
	g.files = nil
	return errors.Join(errs...)
}

// bytes returns what the vectors and the model take on the disk.
func (g *generationVectors) bytes() (n int64) {
	for _, f := range g.manifest.Vectors {
		n += f.Bytes
	}
	return n
}

// damagedFile returns an error that says which file is damaged.
func damagedFile(path string, err error) error {
	return fmt.Errorf("%w: %s: %w", engine.ErrDamaged, path, err)
}
