package claim

// wordTable gives the ids of known words by their hashes. A word of a text whose hash is that
// of a known one is taken for it: of 64 bits, that is next to never, and then a sentence is of
// a wrong kind.
type wordTable struct{ slots []wordSlot }

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
	t := &wordTable{make([]wordSlot, size)}
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
	}
	return t
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
