package claim

import "github.com/newsq/newsq/internal/text"

// wordTable gives the ids of known words by their hashes. A word of a text whose hash is that
// of a known one is taken for it: of 64 bits, that is next to never, and then a sentence is of
// a wrong kind.
//
// Words of up to 16 letters and digits alone, which most are, are found by these instead: by
// an index that the first cache of a processor holds.
type wordTable struct {
	slots []wordSlot
	index []uint16    // ids of such words; 0 is free
	keys  [][2]uint64 // of words by id, as text.PlainWord makes them
}

type wordSlot struct {
	hash uint64
	id   uint16 // 0 where the slot is free
}

// The hash is FNV-1a (Fowler, Noll, Vo), byte by byte as words are read.
const (
	hashStart uint64 = 14695981039346656037
	hashPrime uint64 = 1099511628211
)

func hashNext(h uint64, b byte) uint64 { return (h ^ uint64(b)) * hashPrime }

// newWordTable returns the table of words with their ids.
func newWordTable(ids map[string]uint16) *wordTable {
	size := 16
	for size < 4*len(ids) { // most words of a text are not known, and meet a free slot at once
		size *= 2
	}
	t := &wordTable{slots: make([]wordSlot, size), index: make([]uint16, size), keys: make([][2]uint64, len(ids)+1)}
	for w, id := range ids {
		h := hashStart
		for i := range len(w) {
			h = hashNext(h, w[i])
		}
		i := int(h) & (size - 1)
		for t.slots[i].id != 0 {
			i = (i + 1) & (size - 1)
		}
		t.slots[i] = wordSlot{h, id}
		if low, high, n := text.PlainWord(w, 0); n == len(w) {
			t.keys[id] = [2]uint64{low, high}
			*t.slot(low, high) = id
		}
	}
	return t
}

// slot returns the place in index of a word, given its key: where its id is, or a free one.
func (t *wordTable) slot(low, high uint64) *uint16 {
	const factor = 0xff51afd7ed558ccd // of the finalizer of MurmurHash3
	mask := len(t.index) - 1
	h := (low ^ high*factor) * factor
	for i := int(h>>32) & mask; ; i = (i + 1) & mask {
		slot := &t.index[i]
		if k := &t.keys[*slot]; *slot == 0 || k[0] == low && k[1] == high {
			return slot
		}
	}
}

// id returns the id of the word with a hash; 0 if none is known.
func (t *wordTable) id(h uint64) uint16 {
	mask := len(t.slots) - 1
	for i := int(h) & mask; t.slots[i].id != 0; i = (i + 1) & mask {
		if t.slots[i].hash == h {
			return t.slots[i].id
		}
	}
	return 0
}
