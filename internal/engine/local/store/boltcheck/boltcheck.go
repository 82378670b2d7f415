// Package boltcheck reads a file of bbolt page by page and trusts nothing in it,
// before bbolt maps the file and believes it all.
package boltcheck

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"hash/fnv"

	"github.com/newsq/newsq/internal/engine"
)

// Scorch keeps its root in a file of bbolt, which maps the file and believes
// it: one cut short is a memory fault that ends the process, and a page number
// gone wrong is a panic. So the file is read here first, page by page and
// without a mapping, and only what came out whole is opened.
//
// bbolt's file is pages of one size. A page is u64 its number, u16 flags, u16
// count, u32 how many more pages it goes on over, and elements. Pages 0 and 1
// are the metas, each with a checksum; the one with the higher transaction that is
// whole counts. From there a tree of branches and leaves leads to all keys;
// a value may be a bucket, which is a tree of its own or lies inline.

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
	// boltDepth is more than buckets and branches of a root ever nest.
	maxDepth = 64
)

// CRCTable is CRC-32C, which processors compute at memory speed.
var CRCTable = crc32.MakeTable(crc32.Castagnoli)

// Meta is what a meta page says.
type Meta struct {
	pageSize              uint64
	root, freelist, pages uint64
	TxID                  uint64
}

// Bucket is the content of a bucket.
type Bucket struct {
	Keys    []string // of both, in order
	Values  map[string][]byte
	Buckets map[string]*Bucket
}

// File reads a file of bbolt.
type File struct {
	path     string
	data     []byte
	Meta     Meta
	seen     map[uint64]bool // pages that the trees lead to
	Checksum uint32          // of these and of the meta, in the order they were met
}

func (f *File) Damaged(format string, args ...any) error {
	return fmt.Errorf("%w: %s: %s", engine.ErrDamaged, f.path, fmt.Sprintf(format, args...))
}

// Read reads all that the file at path holds, and checks all that bbolt
// relies on.
func Read(path string, data []byte) (*File, *Bucket, error) {
	f := &File{path: path, data: data, seen: map[uint64]bool{}}
	if err := f.readMeta(); err != nil {
		return nil, nil, err
	}
	root := newBucket()
	if err := f.tree(f.Meta.root, root, 0); err != nil {
		return nil, nil, err
	}
	if err := f.checkFreelist(); err != nil {
		return nil, nil, err
	}
	return f, root, nil
}

func newBucket() *Bucket {
	return &Bucket{Values: map[string][]byte{}, Buckets: map[string]*Bucket{}}
}

// readMeta finds the meta that counts.
func (f *File) readMeta() error {
	found := false
	// The second meta stands where the second page starts, and the size of a
	// page is known from a meta alone.
	for _, at := range []int{0, 1 << 10, 1 << 11, 1 << 12, 1 << 13, 1 << 14, 1 << 15, 1 << 16} {
		m, ok := f.metaAt(at)
		if !ok || at != 0 && uint64(at) != m.pageSize || found && m.TxID < f.Meta.TxID {
			continue
		}
		f.Meta, found = m, true
		f.Checksum = crc32.Checksum(f.data[at+pageHeader:at+pageHeader+metaSize], CRCTable)
	}
	switch size := uint64(len(f.data)); {
	case !found:
		return f.Damaged("it has no valid head in %d bytes", size)
	case f.Meta.pages > size/f.Meta.pageSize:
		return f.Damaged("%d bytes are too few for its %d pages of %d", size, f.Meta.pages, f.Meta.pageSize)
	}
	return nil
}

func (f *File) metaAt(at int) (m Meta, ok bool) {
	if len(f.data) < at+pageHeader+metaSize {
		return m, false
	}
	b, ne := f.data[at+pageHeader:], binary.NativeEndian // as bbolt writes it
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

// boltPage is a page with those that it goes on over.
type boltPage struct {
	flags uint16
	count int
	b     []byte
}

// page reads a page that nothing else may lead to.
func (f *File) page(id uint64) (boltPage, error) {
	ne := binary.NativeEndian
	if id < 2 || id >= f.Meta.pages {
		return boltPage{}, f.Damaged("page %d of %d", id, f.Meta.pages)
	}
	head := f.data[id*f.Meta.pageSize:]
	more := uint64(ne.Uint32(head[12:]))
	if ne.Uint64(head) != id || more >= f.Meta.pages-id {
		return boltPage{}, f.Damaged("page %d does not know itself", id)
	}
	for p := id; p <= id+more; p++ {
		if f.seen[p] {
			return boltPage{}, f.Damaged("page %d is used twice", p)
		}
		f.seen[p] = true
	}
	b := head[:(more+1)*f.Meta.pageSize]
	f.Checksum = crc32.Update(f.Checksum, CRCTable, b)
	return boltPage{ne.Uint16(head[8:]), int(ne.Uint16(head[10:])), b}, nil
}

// tree reads the tree that starts at a page into a bucket.
func (f *File) tree(id uint64, into *Bucket, depth int) error {
	if depth > maxDepth {
		return f.Damaged("page %d lies too deep", id)
	}
	p, err := f.page(id)
	if err != nil {
		return err
	}
	switch p.flags {
	case leafPage:
		return f.leaf(p, into, depth)
	case branchPage:
		ne := binary.NativeEndian
		if p.count == 0 || pageHeader+p.count*elementSize > len(p.b) {
			return f.Damaged("branch %d", id)
		}
		for i := range p.count {
			e := p.b[pageHeader+i*elementSize:]
			// The keys of a branch lead bbolt to where others are.
			key, ok := cutAt(e, ne.Uint32(e), ne.Uint32(e[4:]))
			before := len(into.Keys)
			if !ok {
				return f.Damaged("branch %d", id)
			}
			if err := f.tree(ne.Uint64(e[8:]), into, depth+1); err != nil {
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

// cutAt returns the bytes at a distance from where b starts.
func cutAt(b []byte, at, n uint32) ([]byte, bool) {
	if uint64(at)+uint64(n) > uint64(len(b)) {
		return nil, false
	}
	return b[at : at+n], true
}

func (f *File) leaf(p boltPage, into *Bucket, depth int) error {
	ne := binary.NativeEndian
	if pageHeader+p.count*elementSize > len(p.b) {
		return f.Damaged("a leaf of %d elements", p.count)
	}
	for i := range p.count {
		e := p.b[pageHeader+i*elementSize:]
		k, v := ne.Uint32(e[8:]), ne.Uint32(e[12:])
		kv, ok := cutAt(e, ne.Uint32(e[4:]), k)
		value, ok2 := cutAt(e, ne.Uint32(e[4:])+k, v)
		if !ok || !ok2 || k == 0 || ne.Uint32(e[4:])+k < k {
			return f.Damaged("element %d of a leaf", i)
		}
		key := string(kv)
		if n := len(into.Keys); n > 0 && into.Keys[n-1] >= key {
			return f.Damaged("keys out of order")
		}
		into.Keys = append(into.Keys, key)
		switch ne.Uint32(e) {
		case 0:
			into.Values[key] = bytes.Clone(value)
		case bucketElement:
			b := newBucket()
			into.Buckets[key] = b
			if err := f.bucket(value, b, depth); err != nil {
				return err
			}
		default:
			return f.Damaged("flags of element %d of a leaf", i)
		}
	}
	return nil
}

// bucket reads the bucket that a value is.
func (f *File) bucket(value []byte, into *Bucket, depth int) error {
	ne := binary.NativeEndian
	if len(value) < bucketHeader {
		return f.Damaged("a bucket of %d bytes", len(value))
	}
	if root := ne.Uint64(value); root != 0 {
		return f.tree(root, into, depth+1)
	}
	if depth > maxDepth || len(value) < bucketHeader+pageHeader {
		return f.Damaged("an inline bucket of %d bytes", len(value))
	}
	b := value[bucketHeader:]
	if ne.Uint16(b[8:]) != leafPage {
		return f.Damaged("an inline bucket")
	}
	return f.leaf(boltPage{leafPage, int(ne.Uint16(b[10:])), b}, into, depth+1)
}

// checkFreelist holds that no page is both free and in use: bbolt would write
// over it.
func (f *File) checkFreelist() error {
	if f.Meta.freelist == noFreelist {
		return nil
	}
	p, err := f.page(f.Meta.freelist)
	if err != nil {
		return err
	}
	ne := binary.NativeEndian
	ids, count := p.b[pageHeader:], uint64(p.count)
	if count == 0xFFFF { // then the first entry has the number
		count, ids = ne.Uint64(ids), ids[8:]
	}
	if p.flags != freelistPage || count > uint64(len(ids)/8) {
		return f.Damaged("its list of free pages")
	}
	for i := range count {
		if id := ne.Uint64(ids[8*i:]); id < 2 || id >= f.Meta.pages || f.seen[id] {
			return f.Damaged("page %d is both free and in use, or none", id)
		}
	}
	return nil
}
