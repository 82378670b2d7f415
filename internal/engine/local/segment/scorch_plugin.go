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

// Type and Version are what the keys forceSegmentType and forceSegmentVersion of
// an index's configuration must have for scorch to use this format.
const (
	Type    = "newsq"
	Version = 2
)

// Plugin makes, opens and merges segments for scorch. In the configuration it
// looks for [SharedDictKey], [ChampionsKey] and [MergeLogKey].
type Plugin struct{}

var _ scorch.SegmentPlugin = Plugin{}

// Register makes the format known to scorch. bleve's own format stays the
// default. Scorch's register has no lock: call this before the first index is
// opened. Calls after the first do nothing.
func Register() { register() }

var register = sync.OnceFunc(func() { scorch.RegisterSegmentPlugin(Plugin{}, false) })

// Type implements scorch.SegmentPlugin.
func (Plugin) Type() string { return Type }

// Version implements scorch.SegmentPlugin.
func (Plugin) Version() uint32 { return Version }

// ErrDocuments is wrapped by the error about documents that cannot be made a
// segment of. Nothing was written then.
var ErrDocuments = errors.New("make segment")

// New makes a segment in memory of documents, and returns its size in bytes.
func (p Plugin) New(docs []index.Document) (api.Segment, uint64, error) {
	return p.NewUsing(docs, nil)
}

// NewUsing is New with the configuration of segments.
func (Plugin) NewUsing(docs []index.Document, config map[string]any) (api.Segment, uint64, error) {
	// A segment is up to half as large again as the text that it is made of: articles
	// of some hundred words, with all that is known of them. Capacity that is not used
	// costs no memory, as it is never written to.
	size := uint64(0)
	for _, d := range docs {
		size += d.NumPlainTextBytes()
	}
	b := make(buffer, 0, size+size/2)
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

// buffer is bytes that grow as they are written to.
type buffer []byte

func (b *buffer) Write(p []byte) (int, error) {
	*b = append(*b, p...)
	return len(p), nil
}

// Probe opens the segment in a file, closes it, and returns the number of its
// documents. Of a segment of an earlier version it verifies only ids and
// stored values.
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

// OpenUsing is Open with the configuration of segments.
func (Plugin) OpenUsing(path string, config map[string]any) (api.Segment, error) {
	s, err := OpenFile(path)
	if err != nil {
		return nil, err
	}
	sharedDictOf(config).adopt(s)
	return &fileSegment{s, path}, nil
}

// OpenFile maps the segment in a file, for those who read it without scorch.
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
		err = fmt.Errorf("%w: %d bytes are too few", ErrDamaged, info.Size()) // an empty file cannot be mapped at all
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

// openFile maps the segment in a file and opens it.
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

// Merge writes a new segment at path. It has the documents of all segments, in
// their order, without those in drops. It returns the new numbers of the
// documents of each segment, and the size of the file.
func (p Plugin) Merge(segments []api.Segment, drops []*roaring.Bitmap, path string,
	closeCh chan struct{}, report api.StatsReporter,
) ([][]uint64, uint64, error) {
	return p.MergeUsing(segments, drops, path, closeCh, report, nil)
}

// MergeUsing is Merge with the configuration of segments.
func (Plugin) MergeUsing(segments []api.Segment, drops []*roaring.Bitmap, path string,
	closeCh chan struct{}, report api.StatsReporter, config map[string]any,
) ([][]uint64, uint64, error) {
	m := &merger{closeCh: closeCh, sharedDict: sharedDictOf(config), champions: championRuleOf(config)}
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
	log, _ := config[MergeLogKey].(*MergeLog)
	log.add(path, segments, drops)
	return m.newDocs, n, nil
}

// memorySegment is a segment that has no file yet.
type memorySegment struct{ *Segment }

var _ api.UnpersistedSegment = (*memorySegment)(nil)

// Persist writes the segment to a file. The file is durable when it returns.
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
