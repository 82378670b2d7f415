package local

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
// are the metas, each with a sum; the one with the higher transaction that is
// whole counts. From there a tree of branches and leaves leads to all keys;
// a value may be a bucket, which is a tree of its own or lies inline.

const (
	boltMagic      = 0xED0CDAED
	boltVersion    = 2
	boltPageHeader = 16
	boltElement    = 16 // bytes of an element, in branches and in leaves
	boltMetaSize   = 64
	boltBucketHead = 16

	boltBranch   = 0x01
	boltLeaf     = 0x02
	boltFreelist = 0x10

	boltIsBucket   = 0x01
	boltNoFreelist = ^uint64(0)
	// boltDepth is more than buckets and branches of a root ever nest.
	boltDepth = 64
)

// crcTable is CRC-32C, which processors compute at memory speed.
var crcTable = crc32.MakeTable(crc32.Castagnoli)

// boltMeta is what a meta page says.
type boltMeta struct {
	pageSize              uint64
	root, freelist, pages uint64
	txid                  uint64
}

// boltBucket is the content of a bucket.
type boltBucket struct {
	keys    []string // of both, in order
	values  map[string][]byte
	buckets map[string]*boltBucket
}

// boltFile reads a file of bbolt.
type boltFile struct {
	path string
	data []byte
	meta boltMeta
	seen map[uint64]bool // pages that the trees lead to
	sum  uint32          // of these and of the meta, in the order they were met
}

func (f *boltFile) damaged(format string, args ...any) error {
	return fmt.Errorf("%w: %s: %s", engine.ErrDamaged, f.path, fmt.Sprintf(format, args...))
}

// readBolt reads all that the file at path holds, and checks all that bbolt
// relies on.
func readBolt(path string, data []byte) (*boltFile, *boltBucket, error) {
	f := &boltFile{path: path, data: data, seen: map[uint64]bool{}}
	if err := f.readMeta(); err != nil {
		return nil, nil, err
	}
	root := newBoltBucket()
	if err := f.tree(f.meta.root, root, 0); err != nil {
		return nil, nil, err
	}
	if err := f.checkFreelist(); err != nil {
		return nil, nil, err
	}
	return f, root, nil
}

func newBoltBucket() *boltBucket {
	return &boltBucket{values: map[string][]byte{}, buckets: map[string]*boltBucket{}}
}

// readMeta finds the meta that counts.
func (f *boltFile) readMeta() error {
	found := false
	// The second meta stands where the second page starts, and the size of a
	// page is known from a meta alone.
	for _, at := range []int{0, 1 << 10, 1 << 11, 1 << 12, 1 << 13, 1 << 14, 1 << 15, 1 << 16} {
		m, ok := f.metaAt(at)
		if !ok || at != 0 && uint64(at) != m.pageSize || found && m.txid < f.meta.txid {
			continue
		}
		f.meta, found = m, true
		f.sum = crc32.Checksum(f.data[at+boltPageHeader:at+boltPageHeader+boltMetaSize], crcTable)
	}
	switch size := uint64(len(f.data)); {
	case !found:
		return f.damaged("it has no valid head in %d bytes", size)
	case f.meta.pages > size/f.meta.pageSize:
		return f.damaged("%d bytes are too few for its %d pages of %d", size, f.meta.pages, f.meta.pageSize)
	}
	return nil
}

func (f *boltFile) metaAt(at int) (m boltMeta, ok bool) {
	if len(f.data) < at+boltPageHeader+boltMetaSize {
		return m, false
	}
	b, ne := f.data[at+boltPageHeader:], binary.NativeEndian // as bbolt writes it
	h := fnv.New64a()
	_, _ = h.Write(b[:boltMetaSize-8])
	if ne.Uint32(b) != boltMagic || ne.Uint32(b[4:]) != boltVersion || ne.Uint64(b[boltMetaSize-8:]) != h.Sum64() {
		return m, false
	}
	m = boltMeta{
		pageSize: uint64(ne.Uint32(b[8:])), root: ne.Uint64(b[16:]),
		freelist: ne.Uint64(b[32:]), pages: ne.Uint64(b[40:]), txid: ne.Uint64(b[48:]),
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
func (f *boltFile) page(id uint64) (boltPage, error) {
	ne := binary.NativeEndian
	if id < 2 || id >= f.meta.pages {
		return boltPage{}, f.damaged("page %d of %d", id, f.meta.pages)
	}
	head := f.data[id*f.meta.pageSize:]
	more := uint64(ne.Uint32(head[12:]))
	if ne.Uint64(head) != id || more >= f.meta.pages-id {
		return boltPage{}, f.damaged("page %d does not know itself", id)
	}
	for p := id; p <= id+more; p++ {
		if f.seen[p] {
			return boltPage{}, f.damaged("page %d is used twice", p)
		}
		f.seen[p] = true
	}
	b := head[:(more+1)*f.meta.pageSize]
	f.sum = crc32.Update(f.sum, crcTable, b)
	return boltPage{ne.Uint16(head[8:]), int(ne.Uint16(head[10:])), b}, nil
}

// tree reads the tree that starts at a page into a bucket.
func (f *boltFile) tree(id uint64, into *boltBucket, depth int) error {
	if depth > boltDepth {
		return f.damaged("page %d lies too deep", id)
	}
	p, err := f.page(id)
	if err != nil {
		return err
	}
	switch p.flags {
	case boltLeaf:
		return f.leaf(p, into, depth)
	case boltBranch:
		ne := binary.NativeEndian
		if p.count == 0 || boltPageHeader+p.count*boltElement > len(p.b) {
			return f.damaged("branch %d", id)
		}
		for i := range p.count {
			e := p.b[boltPageHeader+i*boltElement:]
			// The keys of a branch lead bbolt to where others are.
			key, ok := cutAt(e, ne.Uint32(e), ne.Uint32(e[4:]))
			before := len(into.keys)
			if !ok {
				return f.damaged("branch %d", id)
			}
			if err := f.tree(ne.Uint64(e[8:]), into, depth+1); err != nil {
				return err
			}
			if before == len(into.keys) || into.keys[before] != string(key) {
				return f.damaged("branch %d", id)
			}
		}
		return nil
	}
	return f.damaged("page %d is of an unknown kind", id)
}

// cutAt returns the bytes at a distance from where b starts.
func cutAt(b []byte, at, n uint32) ([]byte, bool) {
	if uint64(at)+uint64(n) > uint64(len(b)) {
		return nil, false
	}
	return b[at : at+n], true
}

func (f *boltFile) leaf(p boltPage, into *boltBucket, depth int) error {
	ne := binary.NativeEndian
	if boltPageHeader+p.count*boltElement > len(p.b) {
		return f.damaged("a leaf of %d elements", p.count)
	}
	for i := range p.count {
		e := p.b[boltPageHeader+i*boltElement:]
		k, v := ne.Uint32(e[8:]), ne.Uint32(e[12:])
		kv, ok := cutAt(e, ne.Uint32(e[4:]), k)
		value, ok2 := cutAt(e, ne.Uint32(e[4:])+k, v)
		if !ok || !ok2 || k == 0 || ne.Uint32(e[4:])+k < k {
			return f.damaged("element %d of a leaf", i)
		}
		key := string(kv)
		if n := len(into.keys); n > 0 && into.keys[n-1] >= key {
			return f.damaged("keys out of order")
		}
		into.keys = append(into.keys, key)
		switch ne.Uint32(e) {
		case 0:
			into.values[key] = bytes.Clone(value)
		case boltIsBucket:
			b := newBoltBucket()
			into.buckets[key] = b
			if err := f.bucket(value, b, depth); err != nil {
				return err
			}
		default:
			return f.damaged("flags of element %d of a leaf", i)
		}
	}
	return nil
}

// bucket reads the bucket that a value is.
func (f *boltFile) bucket(value []byte, into *boltBucket, depth int) error {
	ne := binary.NativeEndian
	if len(value) < boltBucketHead {
		return f.damaged("a bucket of %d bytes", len(value))
	}
	if root := ne.Uint64(value); root != 0 {
		return f.tree(root, into, depth+1)
	}
	if depth > boltDepth || len(value) < boltBucketHead+boltPageHeader {
		return f.damaged("an inline bucket of %d bytes", len(value))
	}
	b := value[boltBucketHead:]
	if ne.Uint16(b[8:]) != boltLeaf {
		return f.damaged("an inline bucket")
	}
	return f.leaf(boltPage{boltLeaf, int(ne.Uint16(b[10:])), b}, into, depth+1)
}

// checkFreelist holds that no page is both free and in use: bbolt would write
// over it.
func (f *boltFile) checkFreelist() error {
	if f.meta.freelist == boltNoFreelist {
		return nil
	}
	p, err := f.page(f.meta.freelist)
	if err != nil {
		return err
	}
	ne := binary.NativeEndian
	ids, count := p.b[boltPageHeader:], uint64(p.count)
	if count == 0xFFFF { // then the first entry has the number
		count, ids = ne.Uint64(ids), ids[8:]
	}
	if p.flags != boltFreelist || count > uint64(len(ids)/8) {
		return f.damaged("its list of free pages")
	}
	for i := range count {
		if id := ne.Uint64(ids[8*i:]); id < 2 || id >= f.meta.pages || f.seen[id] {
			return f.damaged("page %d is both free and in use, or none", id)
		}
	}
	return nil
}
