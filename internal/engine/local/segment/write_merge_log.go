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

// Inputs returns what the segment in a file was merged of. Where that was a merged segment
// itself and has says no to it, what this one was merged of stands in its place, as far as
// it is known. ok is false if nothing is known of the file.
func (l *MergeLog) Inputs(file string, has func(in *MergeInput) bool) (inputs []MergeInput, ok bool) {
	merge, ok := l.find(file)
	for i := range merge.Inputs {
		inputs = l.appendInputs(inputs, &merge.Inputs[i], has)
	}
	return inputs, ok
}

// appendInputs appends an input, or what stands in its place.
func (l *MergeLog) appendInputs(dst []MergeInput, in *MergeInput, has func(in *MergeInput) bool) []MergeInput {
	var of Merge
	if in.File != "" && !has(in) {
		of, _ = l.find(in.File)
	}
	kept := uint64(0)
	for i := range of.Inputs {
		kept += of.Inputs[i].kept()
	}
	if of.Inputs == nil || kept != uint64(in.Docs) {
		return append(dst, *in)
	}
	at := uint32(0)
	for _, inner := range of.Inputs {
		inner.Drops, at = inner.dropsWith(in.Drops, at)
		dst = l.appendInputs(dst, &inner, has)
	}
	return dst
}

// kept returns the number of documents that were not dropped.
func (in *MergeInput) kept() uint64 {
	if in.Drops == nil {
		return uint64(in.Docs)
	}
	return uint64(in.Docs) - in.Drops.GetCardinality()
}

// dropsWith returns the drops with those of the segment that was merged of the input and
// others, in which the input's documents start at a number. next is where they end.
func (in *MergeInput) dropsWith(later *roaring.Bitmap, at uint32) (drops *roaring.Bitmap, next uint32) {
	if later == nil {
		return in.Drops, at + uint32(in.kept())
	}
	drops = roaring.New()
	for doc := range in.Docs {
		if in.Drops != nil && in.Drops.Contains(doc) {
			drops.Add(doc)
			continue
		}
		if later.Contains(at) {
			drops.Add(doc)
		}
		at++
	}
	return drops, at
}

// find returns the merge that made a file. ok is false if it is not known.
func (l *MergeLog) find(file string) (merge Merge, ok bool) {
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
