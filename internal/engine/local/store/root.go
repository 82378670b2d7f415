package store

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"github.com/newsq/newsq/internal/engine/local/segment"
	"github.com/newsq/newsq/internal/engine/local/store/boltcheck"
)

// rootState is the newest state that scorch's root.bolt names: the segments, and which
// of their documents are deleted.
type rootState struct {
	txid           uint64 // of bbolt
	checksum       uint32 // of all that bbolt would read
	segmentVersion uint32 // of the segments
	segmentType    string // of the segments
	internal       map[string][]byte
	segments       []rootSegment
	documents      uint64 // in these, without those that are deleted; counted by checkSegments
}

// rootSegment is a segment as the root names it.
type rootSegment struct {
	file    string // in the store
	deleted *roaring.Bitmap
}

// batchID returns the id of the last batch, or noBatchID.
func (r *rootState) batchID() string {
	if id := r.internal[batchIDKey]; len(id) > 0 {
		return string(id)
	}
	return noBatchID
}

// readRoot reads the root of a scorch store; nil when it is empty. The error wraps
// fs.ErrNotExist when there is no file, and engine.ErrDamaged when it can't be trusted.
func readRoot(scorchDir string) (*rootState, error) {
	path := filepath.Join(scorchDir, boltName)
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return parseRoot(path, data)
}

// parseRoot reads the root from data, which is the content of the file at path.
func parseRoot(path string, data []byte) (*rootState, error) {
	f, top, err := boltcheck.Read(path, data)
	if err != nil {
		return nil, err
	}
	snapshots := top.Buckets["s"]
	if snapshots == nil || len(snapshots.Keys) == 0 {
		return nil, nil
	}
	s := snapshots.Buckets[snapshots.Keys[len(snapshots.Keys)-1]]
	if s == nil || s.Buckets["m"] == nil {
		return nil, f.Damaged("its newest snapshot says nothing")
	}
	r := &rootState{txid: f.Meta.TxID, checksum: f.Checksum, internal: map[string][]byte{}}
	r.segmentType = string(s.Buckets["m"].Values["type"])
	if v := s.Buckets["m"].Values["version"]; len(v) >= 4 {
		r.segmentVersion = binary.BigEndian.Uint32(v)
	}
	if r.segmentType != segment.Type || r.segmentVersion == 0 {
		return nil, f.Damaged("segments of type %q, version %d", r.segmentType, r.segmentVersion)
	}
	if i := s.Buckets["i"]; i != nil {
		r.internal = i.Values
	}
	r.segments, err = parseSegments(f, s)
	if err != nil {
		return nil, err
	}
	return r, nil
}

// parseSegments reads the segments of a snapshot of scorch. Its keys but for "m", the
// meta, and "i", internal values, are those of segments.
func parseSegments(f *boltcheck.File, s *boltcheck.Bucket) (segments []rootSegment, err error) {
	for _, key := range s.Keys {
		if key == "m" || key == "i" {
			continue
		}
		b := s.Buckets[key]
		if b == nil || !isSegmentName(string(b.Values["p"])) {
			return nil, f.Damaged("a segment without a name")
		}
		seg := rootSegment{file: string(b.Values["p"])}
		if d := b.Values["d"]; d != nil {
			seg.deleted = roaring.New()
			if n, err := seg.deleted.ReadFrom(bytes.NewReader(d)); err != nil || n != int64(len(d)) || seg.deleted.Validate() != nil {
				return nil, f.Damaged("the deletions of segment %s", seg.file)
			}
		}
		segments = append(segments, seg)
	}
	return segments, nil
}

// segmentExt is the end of the names that scorch gives to segment files.
const segmentExt = ".zap"

// isSegmentName reports whether a name is one that scorch gives to segments:
// hexadecimal digits and the ending.
func isSegmentName(name string) bool {
	digits, ok := strings.CutSuffix(name, segmentExt)
	return ok && digits != "" && strings.Trim(digits, "0123456789abcdef") == ""
}

// hasSegments reports whether a scorch store holds any segment file.
func hasSegments(scorchDir string) (bool, error) {
	names, err := os.ReadDir(scorchDir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return false, err
	}
	for _, n := range names {
		if isSegmentName(n.Name()) {
			return true, nil
		}
	}
	return false, nil
}
