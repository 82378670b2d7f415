package learn

import (
	"github.com/RoaringBitmap/roaring/v2"

	"github.com/newsq/newsq/internal/embed"
	"github.com/newsq/newsq/internal/engine/local/vectors"
)

// MergedVectors are the vectors of a segment that was merged into another one. The
// documents of all those segments follow each other there, without what was dropped.
type MergedVectors struct {
	File  *vectors.File // nil where there is none that can be used
	Docs  uint32        // documents of the segment
	Drops *roaring.Bitmap
}

// copies says where the vectors of a merged segment's documents are. A nil one has none.
type copies struct {
	files []*vectors.File
	from  []copySource // by document
}

// copySource is a document of an input. The zero value is none.
type copySource struct{ file, doc uint32 } // 1 + index in files

// findCopies finds the vectors that can be copied. It returns nil if there are none, or if
// the documents are not those of the merge. A file is verified first, and left out when it
// is damaged: what it had is folded in.
func findCopies(docs int, merged []MergedVectors) *copies {
	c := &copies{from: make([]copySource, 0, docs)}
	for _, m := range merged {
		file := uint32(0)
		if m.File != nil && m.File.Docs == int(m.Docs) && m.File.Dims == embed.Dims {
			if _, err := m.File.Column(0, m.File.Rows); err == nil {
				c.files = append(c.files, m.File)
				file = uint32(len(c.files))
			}
		}
		for doc := range m.Docs {
			if m.Drops != nil && m.Drops.Contains(doc) {
				continue
			}
			source := copySource{}
			if file > 0 {
				if v, err := m.File.At(doc); err == nil && v != nil {
					source = copySource{file, doc}
				}
			}
			c.from = append(c.from, source)
		}
	}
	if len(c.files) == 0 || len(c.from) != docs {
		return nil
	}
	return c
}

// has reports whether the vector of a document can be copied.
func (c *copies) has(doc uint32) bool { return c.from[doc].file != 0 }

// at returns the vector of a document to copy; nil where there is none.
func (c *copies) at(doc uint32) (embed.Vector, error) {
	if c == nil || c.from[doc].file == 0 {
		return nil, nil
	}
	return c.files[c.from[doc].file-1].At(c.from[doc].doc)
}
