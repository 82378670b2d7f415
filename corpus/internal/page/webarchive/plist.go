package webarchive

import (
	"encoding/binary"
	"unicode/utf16"
)

// dict is a dictionary of a property list. Other values are string, []byte, []any
// and nil.
type dict map[string]any

// A binary property list is its magic, the objects, a table of where each object
// begins, and a trailer of 32 bytes: in its last 26 the sizes of an offset and of
// a reference, the number of objects, the one at the top, and where the table
// begins. An object begins with a byte: its kind in the upper half, its length in
// the lower, where 15 says that an integer with the length follows
// (CFBinaryPList.c).
const (
	magic       = "bplist"
	trailerSize = 32
)

// Bounds of a property list: how deep it may nest, and how many objects are
// followed, which may refer to each other.
const (
	maxDepth   = 16
	maxObjects = 200_000
)

// The kinds of objects that a page has.
const (
	kindInt   = 0x1
	kindData  = 0x4
	kindASCII = 0x5
	kindUTF16 = 0x6
	kindArray = 0xa
	kindDict  = 0xd
)

// plist is a binary property list while it is read.
type plist struct {
	b              []byte
	offsets        []byte // the table
	offset, ref    int    // sizes, in bytes
	count, visited uint64
}

func parseBinary(b []byte) (dict, error) {
	if len(b) < len(magic)+trailerSize {
		return nil, errPlist
	}
	t := b[len(b)-trailerSize:]
	p := &plist{b: b[:len(b)-trailerSize], offset: int(t[6]), ref: int(t[7]), count: binary.BigEndian.Uint64(t[8:])}
	top, table := binary.BigEndian.Uint64(t[16:]), binary.BigEndian.Uint64(t[24:])
	size := uint64(len(p.b))
	if p.offset < 1 || p.offset > 8 || p.ref < 1 || p.ref > 8 || table > size || p.count > (size-table)/uint64(p.offset) {
		return nil, errPlist
	}
	p.offsets = p.b[table:]
	d, ok := p.object(top, 0).(dict)
	if !ok {
		return nil, errPlist
	}
	return d, nil
}

// number reads an integer of big-endian bytes.
func number(b []byte) uint64 {
	var n uint64
	for _, c := range b {
		n = n<<8 | uint64(c)
	}
	return n
}

// object returns an object by its number; nil for one that is none.
func (p *plist) object(i uint64, depth int) any {
	if p.visited++; i >= p.count || depth > maxDepth || p.visited > maxObjects {
		return nil
	}
	at := number(p.offsets[int(i)*p.offset:][:p.offset])
	if at >= uint64(len(p.b)) {
		return nil
	}
	kind, n, rest, ok := header(p.b[at:])
	if !ok {
		return nil
	}
	switch kind {
	case kindData, kindASCII:
		if n > uint64(len(rest)) {
			return nil
		}
		if kind == kindData {
			return rest[:n]
		}
		return string(rest[:n])
	case kindUTF16:
		return wide(rest, n)
	case kindArray:
		return p.array(rest, n, depth)
	case kindDict:
		return p.dict(rest, n, depth)
	}
	return nil
}

// header reads the start of an object: its kind and its length.
func header(b []byte) (kind byte, n uint64, rest []byte, ok bool) {
	kind, n, rest = b[0]>>4, uint64(b[0]&15), b[1:]
	if n < 15 {
		return kind, n, rest, true
	}
	if len(rest) == 0 || rest[0]>>4 != kindInt {
		return 0, 0, nil, false
	}
	size := 1 << (rest[0] & 15)
	if size > 8 || len(rest) < 1+size {
		return 0, 0, nil, false
	}
	return kind, number(rest[1 : 1+size]), rest[1+size:], true
}

// wide returns a string of UTF-16 of n units.
func wide(b []byte, n uint64) any {
	if n > uint64(len(b))/2 {
		return nil
	}
	units := make([]uint16, n)
	for i := range units {
		units[i] = binary.BigEndian.Uint16(b[2*i:])
	}
	return string(utf16.Decode(units))
}

// refs parts references.
func (p *plist) refs(b []byte, n uint64) []uint64 {
	if n > uint64(len(b)/p.ref) {
		return nil
	}
	list := make([]uint64, n)
	for i := range list {
		list[i] = number(b[i*p.ref:][:p.ref])
	}
	return list
}

func (p *plist) array(b []byte, n uint64, depth int) any {
	var list []any
	for _, r := range p.refs(b, n) {
		if p.visited > maxObjects {
			break
		}
		list = append(list, p.object(r, depth+1))
	}
	return list
}

func (p *plist) dict(b []byte, n uint64, depth int) any {
	if n > uint64(len(b)) {
		return nil
	}
	refs := p.refs(b, 2*n)
	d := dict{}
	for i := range len(refs) / 2 {
		if p.visited > maxObjects {
			break
		}
		if key, ok := p.object(refs[i], depth+1).(string); ok {
			d[key] = p.object(refs[len(refs)/2+i], depth+1)
		}
	}
	return d
}
