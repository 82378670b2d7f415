package text

import (
	"hash/maphash"
	"math/bits"
	"strings"
)

// idTable has the ids of words, each by the word itself.
type idTable struct {
	// plain has those of words of at most 16 ASCII letters and digits in lower
	// case, and of plain pairs of characters, which are keys of two numbers. It has a
	// power of two slots, at most half of them taken, and is probed from a key's
	// hash on.
	plain []plainSlot
	taken int
	seed  uint64 // so that nobody can write a text whose words collide
	// others has all other words, and the few plain ones for which plain had no
	// room; crowded is set if there are such.
	others  map[string]uint32
	crowded bool
}

// plainSlot holds a word in lower case, the first byte lowest, filled up with
// zeroes, or a pair of characters. It is free when low is 0.
type plainSlot struct {
	low, high uint64
	id        uint32
}

// maxSlots bounds the slots of plain that are looked at for a word. With half
// of the slots taken, hardly any word needs more than a dozen.
const maxSlots = 64

// pairKey returns the key of a pair, which no ASCII word has.
func pairKey(first, second rune) uint64 { return isPairKey | uint64(first)<<32 | uint64(second) }

const isPairKey = 1 << 63

// keyOf returns the key of a word; ok is false for one that is not plain.
func keyOf(word string) (low, high uint64, ok bool) {
	if first, second, n := plainPair(word, 0); n > 0 && len(word) == 2*n {
		return pairKey(first, second), 0, true
	}
	low, high, n := PlainWord(word, 0)
	return low, high, n > 0 && n == len(word) && isLowerASCII(word)
}

func isLowerASCII(s string) bool {
	for i := range len(s) {
		if 'A' <= s[i] && s[i] <= 'Z' {
			return false
		}
	}
	return true
}

// id returns the id of a word, if it is there.
func (t *idTable) id(word string) (id uint32, ok bool) {
	if low, high, ok := keyOf(word); ok {
		slot := t.find(t.hash(low, high), low, high)
		if slot != nil && slot.low != 0 {
			return slot.id, true
		}
		if !t.crowded {
			return 0, false
		}
	}
	id, ok = t.others[word]
	return id, ok
}

// add adds a word that is not there. The table keeps the string.
func (t *idTable) add(word string, id uint32) {
	if low, high, ok := keyOf(word); ok {
		if len(t.plain) == 0 {
			t.grow()
		}
		if slot := t.find(t.hash(low, high), low, high); slot != nil {
			*slot = plainSlot{low, high, id}
			if t.taken++; 2*t.taken > len(t.plain) {
				t.grow()
			}
			return
		}
		t.crowded = true
	}
	if t.others == nil {
		t.others = make(map[string]uint32)
	}
	t.others[word] = id
}

// find returns the slot of a key, given its hash, or the free one where it would be;
// nil if there is neither.
func (t *idTable) find(hash, low, high uint64) *plainSlot {
	if len(t.plain) == 0 {
		return nil
	}
	mask := uint64(len(t.plain) - 1)
	for range maxSlots {
		slot := &t.plain[hash&mask]
		if slot.low == low && slot.high == high || slot.low == 0 {
			return slot
		}
		hash++
	}
	return nil
}

func (t *idTable) hash(low, high uint64) uint64 {
	const factor = 0xff51afd7ed558ccd // of the finalizer of MurmurHash3
	hi, lo := bits.Mul64(low^t.seed, factor^high)
	return (hi ^ lo) * factor >> 20
}

// grow makes room for twice as many words. A word that finds no free slot goes
// to others.
func (t *idTable) grow() {
	if t.seed == 0 {
		t.seed = maphash.String(maphash.MakeSeed(), "") | 1
	}
	old := t.plain
	t.plain = make([]plainSlot, max(64, 2*len(old)))
	t.taken = 0
	for _, s := range old {
		if s.low == 0 {
			continue
		}
		if slot := t.find(t.hash(s.low, s.high), s.low, s.high); slot != nil {
			*slot = s
			t.taken++
			continue
		}
		t.crowded = true
		if t.others == nil {
			t.others = make(map[string]uint32)
		}
		t.others[s.word()] = s.id
	}
}

// word returns the word of a slot that is taken.
func (s *plainSlot) word() string {
	if s.low&isPairKey != 0 {
		return string([]rune{rune(s.low &^ isPairKey >> 32), rune(s.low & 0xFFFFFFFF)})
	}
	var b [16]byte
	n := 0
	for ; n < len(b); n++ {
		if b[n] = byte(s.low >> (8 * n)); n >= 8 {
			b[n] = byte(s.high >> (8 * (n - 8)))
		}
		if b[n] == 0 {
			break
		}
	}
	return string(b[:n])
}

// texts keeps the texts of words side by side, so that many are one object for the
// garbage collector.
type texts struct{ chunk strings.Builder }

// textChunk is how many bytes of texts are taken at a time: some thousand words.
const textChunk = 16 << 10

// clone returns a copy of s.
func (t *texts) clone(s string) string {
	if t.chunk.Cap()-t.chunk.Len() < len(s) {
		if len(s) > textChunk/4 {
			return strings.Clone(s)
		}
		t.chunk = strings.Builder{}
		t.chunk.Grow(textChunk)
	}
	start := t.chunk.Len()
	t.chunk.WriteString(s)
	return t.chunk.String()[start:]
}
