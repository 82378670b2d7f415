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

// rootState is what scorch's root.bolt says: which segments make up the index,
// and which of their documents are gone.
type rootState struct {
	txid           uint64 // of bbolt
	checksum       uint32 // of all that bbolt would read
	segmentVersion uint32 // of the segments
	segmentType    string // of the segments
	internal       map[string][]byte
	segments       []rootSegment
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

// readRoot reads the newest snapshot of the root of a store; nil where the file
// holds none yet. The error wraps fs.ErrNotExist when there is no file.
func readRoot(scorchDir string) (*rootState, error) {
	path := filepath.Join(scorchDir, boltName)
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return parseRoot(path, data)
}

// parseRoot is readRoot of what the file at path holds.
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
		r.segments = append(r.segments, seg)
	}
	return r, nil
}

// segmentExt is scorch's ending of names of segments, whatever their type.
const segmentExt = ".zap"

// isSegmentName reports whether a name is one that scorch gives to segments:
// hexadecimal digits and the ending.
func isSegmentName(name string) bool {
	digits, ok := strings.CutSuffix(name, segmentExt)
	return ok && digits != "" && strings.Trim(digits, "0123456789abcdef") == ""
}

// hasSegments reports whether a store holds any segment file.
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
