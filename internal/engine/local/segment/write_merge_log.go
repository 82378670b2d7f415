package segment

import (
	"path/filepath"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
	api "github.com/blevesearch/scorch_segment_api/v2"
)

// MergeLogKey is the key of a *[MergeLog] in the configuration of segments,
// which scorch hands to the plugin.
const MergeLogKey = "newsq.mergeLog"

// MergeLog remembers what the latest segments were merged of, so that what was
// made from the documents of the inputs need not be made again. A nil one
// remembers nothing. It is safe for concurrent use.
type MergeLog struct {
	mu     sync.Mutex
	merges []Merge // the oldest first
}

// maxLoggedMerges bounds a log. Between two generations there are rarely more
// merges; those that are forgotten cost time only.
const maxLoggedMerges = 256

// Merge is what a segment was merged of. The documents of the inputs follow
// each other in it, without those that were dropped.
type Merge struct {
	File   string // name of the merged file, without its folder
	Inputs []MergeInput
}

// MergeInput is a segment that was merged.
type MergeInput struct {
	File    string // name of its file, without its folder; empty for one in memory
	Bytes   int64  // size of the file
	Trailer []byte // the last bytes of the file, which tell it from all others
	Docs    uint32
	Drops   *roaring.Bitmap // nil for none
}

// Find returns what the segment in a file was merged of. ok is false if that is
// not known.
func (l *MergeLog) Find(file string) (merge Merge, ok bool) {
	if l == nil {
		return Merge{}, false
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, m := range l.merges {
		if m.File == file {
			return m, true
		}
	}
	return Merge{}, false
}

// add remembers a merge.
func (l *MergeLog) add(path string, segments []api.Segment, drops []*roaring.Bitmap) {
	if l == nil {
		return
	}
	merge := Merge{File: filepath.Base(path)}
	for i, s := range segments {
		seg, ok := Unwrap(s)
		if !ok {
			return
		}
		in := MergeInput{Docs: seg.docs}
		if f, ok := s.(*fileSegment); ok {
			in.File, in.Bytes = filepath.Base(f.path), int64(len(seg.data))
			in.Trailer = append(in.Trailer, seg.data[len(seg.data)-trailerSize:]...)
		}
		if drops[i] != nil {
			in.Drops = drops[i].Clone()
		}
		merge.Inputs = append(merge.Inputs, in)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.merges = append(l.merges, merge); len(l.merges) > maxLoggedMerges {
		l.merges = append(l.merges[:0], l.merges[1:]...)
	}
}
