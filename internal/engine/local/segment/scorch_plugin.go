package segment

import (
	"errors"
	"fmt"
	"io"
	"os"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"
	"github.com/blevesearch/mmap-go"
	api "github.com/blevesearch/scorch_segment_api/v2"
)

// Type and Version name the format to scorch, by the keys forceSegmentType and
// forceSegmentVersion of an index's configuration.
const (
	Type    = "newsq"
	Version = 2
)

// Plugin makes, opens and merges segments for scorch. Of the configuration it
// uses [SamplesKey].
type Plugin struct{}

var _ scorch.SegmentPlugin = Plugin{}

// Register makes the format known to scorch, beside bleve's own, which stays
// the default. Scorch's register has no lock: call it before an index is
// opened, and not while another one is. Calls after the first do nothing.
func Register() { register() }

var register = sync.OnceFunc(func() { scorch.RegisterSegmentPlugin(Plugin{}, false) })

// Type implements scorch.SegmentPlugin.
func (Plugin) Type() string { return Type }

// Version implements scorch.SegmentPlugin.
func (Plugin) Version() uint32 { return Version }

// ErrDocuments is wrapped by the error about documents that cannot be put into
// a segment. Nothing else has happened then.
var ErrDocuments = errors.New("make segment")

// New makes a segment in memory and returns its size in bytes.
func (p Plugin) New(docs []index.Document) (api.Segment, uint64, error) {
	return p.NewUsing(docs, nil)
}

// NewUsing is New.
func (Plugin) NewUsing(docs []index.Document, config map[string]any) (api.Segment, uint64, error) {
	// A segment is about as large as the text that it is made of; room that
	// is not used was never touched.
	size := uint64(0)
	for _, d := range docs {
		size += d.NumPlainTextBytes()
	}
	b := make(buffer, 0, size+size/8)
	n, err := build(docs, newWriter(&b, nil), sharedDictOf(config))
	if err != nil {
		return nil, 0, fmt.Errorf("%w: %w", ErrDocuments, err)
	}
	s, err := parse(b)
	if err != nil {
		return nil, 0, fmt.Errorf("make segment: %w", err)
	}
	return &memorySegment{s}, n, nil
}

// buffer grows as it is written to.
type buffer []byte

func (b *buffer) Write(p []byte) (int, error) {
	*b = append(*b, p...)
	return len(p), nil
}

// Probe opens the segment in a file and closes it, and returns the number of
// its documents. Of an earlier version it looks at what all have alike.
func Probe(path string) (docs uint64, err error) {
	s, err := openFile(path)
	if errors.Is(err, ErrVersion) {
		return probeSalvage(path)
	}
	if err != nil {
		return 0, fmt.Errorf("open segment %s: %w", path, err)
	}
	return s.Count(), s.Close()
}

// Open maps the segment in a file.
func (p Plugin) Open(path string) (api.Segment, error) { return p.OpenUsing(path, nil) }

// OpenUsing is Open.
func (Plugin) OpenUsing(path string, config map[string]any) (api.Segment, error) {
	s, err := OpenFile(path)
	if err != nil {
		return nil, err
	}
	sharedDictOf(config).adopt(s)
	return &fileSegment{s, path}, nil
}

// OpenFile maps the segment in a file, for one who reads it without scorch.
func OpenFile(path string) (*Segment, error) {
	s, err := openFile(path)
	if err != nil {
		return nil, fmt.Errorf("open segment %s: %w", path, err)
	}
	return s, nil
}

// mapFile maps a file that may be a segment.
func mapFile(path string) (*os.File, mmap.MMap, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, err
	}
	info, err := f.Stat()
	if err == nil && info.Size() < headerSize+trailerSize {
		err = fmt.Errorf("%w: %d bytes are too few", ErrDamaged, info.Size()) // and cannot be mapped, if none
	}
	if err != nil {
		f.Close()
		return nil, nil, err
	}
	mapping, err := mmap.Map(f, mmap.RDONLY, 0)
	if err != nil {
		f.Close()
		return nil, nil, fmt.Errorf("map: %w", err)
	}
	return f, mapping, nil
}

func openFile(path string) (*Segment, error) {
	f, mapping, err := mapFile(path)
	if err != nil {
		return nil, err
	}
	s, err := parse(mapping)
	if err == nil {
		s.verifier, err = newPageVerifier(mapping, s.sections)
	}
	if err != nil {
		_ = mapping.Unmap()
		f.Close()
		return nil, err
	}
	s.mapping, s.file = mapping, f
	return s, nil
}

// Merge writes the documents of segments, but for those dropped, to a new
// segment at path, in their order.
func (p Plugin) Merge(segments []api.Segment, drops []*roaring.Bitmap, path string,
	closeCh chan struct{}, report api.StatsReporter,
) ([][]uint64, uint64, error) {
	return p.MergeUsing(segments, drops, path, closeCh, report, nil)
}

// MergeUsing is Merge.
func (Plugin) MergeUsing(segments []api.Segment, drops []*roaring.Bitmap, path string,
	closeCh chan struct{}, report api.StatsReporter, config map[string]any,
) ([][]uint64, uint64, error) {
	m := &merger{close: closeCh, sharedDict: sharedDictOf(config)}
	for i, s := range segments {
		seg, ok := Unwrap(s)
		if !ok {
			return nil, 0, fmt.Errorf("merge segments: %T is of another format", s)
		}
		m.add(seg, drops[i])
	}
	var n uint64
	err := writeFile(path, func(w io.Writer) (err error) {
		n, err = m.write(newWriter(w, report))
		return err
	})
	if err != nil {
		if err == api.ErrClosed { //nolint:errorlint // scorch compares it so
			return nil, 0, err
		}
		return nil, 0, fmt.Errorf("merge segments to %s: %w", path, err)
	}
	return m.newDocs, n, nil
}

// memorySegment is a segment that has no file yet.
type memorySegment struct{ *Segment }

var _ api.UnpersistedSegment = (*memorySegment)(nil)

// Persist writes the segment to a file, which is on the disk when it returns.
func (s *memorySegment) Persist(path string) error {
	err := writeFile(path, func(w io.Writer) error {
		_, err := w.Write(s.data)
		return err
	})
	if err != nil {
		return fmt.Errorf("write segment %s: %w", path, err)
	}
	return nil
}

// WriteTo writes the segment to w.
func (s *memorySegment) WriteTo(w io.Writer) (int64, error) {
	n, err := w.Write(s.data)
	return int64(n), err
}

// fileSegment is a segment in a file.
type fileSegment struct {
	*Segment
	path string
}

var _ api.PersistedSegment = (*fileSegment)(nil)

// Path returns the name of the file, as it was opened.
func (s *fileSegment) Path() string { return s.path }
