package vectors

import (
	"encoding/binary"
	"hash/crc32"
	"slices"

	"github.com/newsq/newsq/internal/embed"
)

// scatteredPages is how many pages there are for each vector at least where they lie
// scattered. To touch a page has Linux map the 64 KB around it, and unmap them at the end,
// which takes some ten times as long as to read a page: so eight vectors in 64 KB are too
// many. It is a guess for other systems.
const scatteredPages = 2

// IsScattered reports whether n vectors, wherever they are, are so few that ReadAt takes
// less than At in a process that reads them once.
func (f *File) IsScattered(n int) bool { return int64(n)*scatteredPages*pageSize < f.covered }

// ReadAt is At by reading the file where that was not verified yet, instead of touching
// the mapping. A page is read so once, as in a process that goes on searching the mapping
// takes less. What it returns lies in buf, which grows as needed, or in the file.
func (f *File) ReadAt(doc uint32, buf *[]byte) (embed.Vector, error) {
	row := f.rowOf(doc)
	if row < 0 {
		return nil, nil
	}
	start, end := row*int64(f.stride), (row+1)*int64(f.stride)
	if f.isVerified(start, end) {
		return f.rows[start:end:end], nil
	}
	from := start / pageSize * pageSize
	to := min((end+pageSize-1)/pageSize*pageSize, f.covered)
	b := slices.Grow((*buf)[:0], int(to-from))[:to-from]
	*buf = b
	if n, err := f.file.ReadAt(b, from); err != nil {
		return nil, f.damaged("%d of %d bytes at %d can be read: %v", n, len(b), from, err)
	}
	for at := from; at < to; at += pageSize {
		page := b[at-from : min(at-from+pageSize, to-from)]
		if crc32.Checksum(page, crcTable) != binary.LittleEndian.Uint32(f.checksums[4*(at/pageSize):]) {
			return nil, f.damaged("wrong checksum of bytes %d to %d", at, at+int64(len(page)))
		}
		f.verified[at/pageSize/64].Or(1 << (at / pageSize % 64))
	}
	return codesOf(b[start-from : end-from : end-from]), nil
}

// isVerified reports whether the bytes from offset from up to offset to were verified.
func (f *File) isVerified(from, to int64) bool {
	for page := from / pageSize; page*pageSize < to; page++ {
		if f.verified[page/64].Load()>>(page%64)&1 == 0 {
			return false
		}
	}
	return true
}
