// Package boltcheck reads a file of bbolt and checks all that bbolt relies on.
//
// Scorch keeps its root in such a file. bbolt maps the file into memory and trusts
// what is in it: a file that was cut short is a memory fault, which ends the
// process, and a wrong page number is a panic. So the file is read here first,
// page by page from plain memory, and only a file that passes is opened by bbolt.
//
// # The format
//
// A file is pages of one size. A page starts with its number (u64), its flags
// (u16), the number of its elements (u16), and the number of pages that it overflows
// into (u32); elements follow. Integers have the byte order of the machine.
//
// Pages 0 and 1 are meta pages, each with a checksum. Of those that are whole, the
// one of the later transaction counts; it names the root page of the tree and the
// page of the freelist. The tree has branch pages, of which each element has a page
// number and that page's first key, and leaf pages, of which each element has a
// key and a value. A value may be a bucket: a tree of its own, or, when it is
// small, a leaf that lies within the value.
package boltcheck

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"hash/fnv"

	"github.com/newsq/newsq/internal/engine"
)

const (
	magic        = 0xED0CDAED
	version      = 2
	pageHeader   = 16
	elementSize  = 16 // bytes of an element, in branches and in leaves
	metaSize     = 64
	bucketHeader = 16

	branchPage   = 0x01
	leafPage     = 0x02
	freelistPage = 0x10

	bucketElement = 0x01
	noFreelist    = ^uint64(0)
	// maxDepth bounds the recursion. Buckets and branches of a root never nest as
	// deep.
	maxDepth = 64
)

// CRCTable is CRC-32C, which processors compute at memory speed.
var CRCTable = crc32.MakeTable(crc32.Castagnoli)

// Meta is the content of a meta page.
type Meta struct {
	pageSize              uint64
	root, freelist, pages uint64
	TxID                  uint64
}

// Bucket is the content of a bucket. A key is in Values or in Buckets.
type Bucket struct {
	Keys    []string // all keys, in order
	Values  map[string][]byte
	Buckets map[string]*Bucket
}

// File is a file of bbolt that was read.
type File struct {
	path     string
	data     []byte
	Meta     Meta
	visited  map[uint64]bool // the pages that were read
	Checksum uint32          // CRC-32C of the meta and of the visited pages, in that order
}

// Damaged makes an error that wraps engine.ErrDamaged and names the file.
func (f *File) Damaged(format string, args ...any) error {
	return fmt.Errorf("%w: %s: %s", engine.ErrDamaged, f.path, fmt.Sprintf(format, args...))
}

// Read reads data, the content of the file at path, and returns the file and its
// topmost bucket. An error wraps engine.ErrDamaged; without one, bbolt can open the
// file. What is returned shares no memory with data, but for f itself.
func Read(path string, data []byte) (*File, *Bucket, error) {
	f := &File{path: path, data: data, visited: map[uint64]bool{}}
	if err := f.readMeta(); err != nil {
		return nil, nil, err
	}
	top := newBucket()
	if err := f.readTree(f.Meta.root, top, 0); err != nil {
		return nil, nil, err
	}
	if err := f.checkFreelist(); err != nil {
		return nil, nil, err
	}
	return f, top, nil
}

func newBucket() *Bucket {
	return &Bucket{Values: map[string][]byte{}, Buckets: map[string]*Bucket{}}
}

// readMeta finds the meta page that counts.
func (f *File) readMeta() error {
	found := false
	// The second meta page lies one page size from the start. That size stands in
	// the meta pages alone, and the first may be damaged: so each possible size is
	// tried.
	for _, offset := range []int{0, 1 << 10, 1 << 11, 1 << 12, 1 << 13, 1 << 14, 1 << 15, 1 << 16} {
		m, ok := f.metaAt(offset)
		if !ok || offset != 0 && uint64(offset) != m.pageSize || found && m.TxID < f.Meta.TxID {
			continue
		}
		f.Meta, found = m, true
		f.Checksum = crc32.Checksum(f.data[offset+pageHeader:offset+pageHeader+metaSize], CRCTable)
	}
	switch size := uint64(len(f.data)); {
	case !found:
		return f.Damaged("it has no valid head in %d bytes", size)
	case f.Meta.pages > size/f.Meta.pageSize:
		return f.Damaged("%d bytes are too few for its %d pages of %d", size, f.Meta.pages, f.Meta.pageSize)
	}
	return nil
}

func (f *File) metaAt(offset int) (m Meta, ok bool) {
	if len(f.data) < offset+pageHeader+metaSize {
		return m, false
	}
	b, ne := f.data[offset+pageHeader:], binary.NativeEndian // as bbolt writes it
	h := fnv.New64a()
	_, _ = h.Write(b[:metaSize-8])
	if ne.Uint32(b) != magic || ne.Uint32(b[4:]) != version || ne.Uint64(b[metaSize-8:]) != h.Sum64() {
		return m, false
	}
	m = Meta{
		pageSize: uint64(ne.Uint32(b[8:])), root: ne.Uint64(b[16:]),
		freelist: ne.Uint64(b[32:]), pages: ne.Uint64(b[40:]), TxID: ne.Uint64(b[48:]),
	}
	return m, m.pageSize >= 1<<10
}

// page is a page together with those that it overflows into.
type page struct {
	flags uint16
	count int
	b     []byte
}

// readPage reads a page. Each page may be read once: in a sound file, one thing
// leads to it.
func (f *File) readPage(id uint64) (page, error) {
	ne := binary.NativeEndian
	if id < 2 || id >= f.Meta.pages {
		return page{}, f.Damaged("page %d of %d", id, f.Meta.pages)
	}
	head := f.data[id*f.Meta.pageSize:]
	overflow := uint64(ne.Uint32(head[12:]))
	if ne.Uint64(head) != id || overflow >= f.Meta.pages-id {
		return page{}, f.Damaged("page %d does not know itself", id)
	}
	for p := id; p <= id+overflow; p++ {
		if f.visited[p] {
			return page{}, f.Damaged("page %d is used twice", p)
		}
		f.visited[p] = true
	}
	b := head[:(overflow+1)*f.Meta.pageSize]
	f.Checksum = crc32.Update(f.Checksum, CRCTable, b)
	return page{ne.Uint16(head[8:]), int(ne.Uint16(head[10:])), b}, nil
}

// readTree reads the tree that starts at a page into a bucket.
func (f *File) readTree(id uint64, into *Bucket, depth int) error {
	if depth > maxDepth {
		return f.Damaged("page %d lies too deep", id)
	}
	p, err := f.readPage(id)
	if err != nil {
		return err
	}
	switch p.flags {
	case leafPage:
		return f.readLeaf(p, into, depth)
	case branchPage:
		ne := binary.NativeEndian
		if p.count == 0 || pageHeader+p.count*elementSize > len(p.b) {
			return f.Damaged("branch %d", id)
		}
		for i := range p.count {
			element := p.b[pageHeader+i*elementSize:]
			// bbolt finds keys by those of a branch, so each must be the first
			// key of its page.
			key, ok := sliceAt(element, ne.Uint32(element), ne.Uint32(element[4:]))
			before := len(into.Keys)
			if !ok {
				return f.Damaged("branch %d", id)
			}
			if err := f.readTree(ne.Uint64(element[8:]), into, depth+1); err != nil {
				return err
			}
			if before == len(into.Keys) || into.Keys[before] != string(key) {
				return f.Damaged("branch %d", id)
			}
		}
		return nil
	}
	return f.Damaged("page %d is of an unknown kind", id)
}

// sliceAt returns n bytes of b from an offset on; ok is false where b is too short.
func sliceAt(b []byte, offset, n uint32) ([]byte, bool) {
	if uint64(offset)+uint64(n) > uint64(len(b)) {
		return nil, false
	}
	return b[offset : offset+n], true
}

// readLeaf reads the elements of a leaf page into a bucket.
func (f *File) readLeaf(p page, into *Bucket, depth int) error {
	ne := binary.NativeEndian
	if pageHeader+p.count*elementSize > len(p.b) {
		return f.Damaged("a leaf of %d elements", p.count)
	}
	for i := range p.count {
		element := p.b[pageHeader+i*elementSize:]
		keySize, valueSize := ne.Uint32(element[8:]), ne.Uint32(element[12:])
		keyBytes, keyOK := sliceAt(element, ne.Uint32(element[4:]), keySize)
		value, valueOK := sliceAt(element, ne.Uint32(element[4:])+keySize, valueSize)
		if !keyOK || !valueOK || keySize == 0 || ne.Uint32(element[4:])+keySize < keySize {
			return f.Damaged("element %d of a leaf", i)
		}
		key := string(keyBytes)
		if n := len(into.Keys); n > 0 && into.Keys[n-1] >= key {
			return f.Damaged("keys out of order")
		}
		into.Keys = append(into.Keys, key)
		switch ne.Uint32(element) {
		case 0:
			into.Values[key] = bytes.Clone(value)
		case bucketElement:
			nested := newBucket()
			into.Buckets[key] = nested
			if err := f.readBucket(value, nested, depth); err != nil {
				return err
			}
		default:
			return f.Damaged("flags of element %d of a leaf", i)
		}
	}
	return nil
}

// readBucket reads a value that is a bucket.
func (f *File) readBucket(value []byte, into *Bucket, depth int) error {
	ne := binary.NativeEndian
	if len(value) < bucketHeader {
		return f.Damaged("a bucket of %d bytes", len(value))
	}
	if root := ne.Uint64(value); root != 0 {
		return f.readTree(root, into, depth+1)
	}
	if depth > maxDepth || len(value) < bucketHeader+pageHeader {
		return f.Damaged("an inline bucket of %d bytes", len(value))
	}
	b := value[bucketHeader:]
	if ne.Uint16(b[8:]) != leafPage {
		return f.Damaged("an inline bucket")
	}
	return f.readLeaf(page{leafPage, int(ne.Uint16(b[10:])), b}, into, depth+1)
}

// checkFreelist checks that no page is both free and in use: bbolt would write over
// it. All trees must have been read.
func (f *File) checkFreelist() error {
	if f.Meta.freelist == noFreelist {
		return nil
	}
	p, err := f.readPage(f.Meta.freelist)
	if err != nil {
		return err
	}
	ne := binary.NativeEndian
	ids, count := p.b[pageHeader:], uint64(p.count)
	if count == 0xFFFF { // the first entry is the count then
		count, ids = ne.Uint64(ids), ids[8:]
	}
	if p.flags != freelistPage || count > uint64(len(ids)/8) {
		return f.Damaged("its list of free pages")
	}
	for i := range count {
		if id := ne.Uint64(ids[8*i:]); id < 2 || id >= f.Meta.pages || f.visited[id] {
			return f.Damaged("page %d is both free and in use, or none", id)
		}
	}
	return nil
}
