package quotation

import (
	"encoding/binary"
	"strings"
	"sync"
)

// entry is what is known of a word by itself.
type entry struct {
	low, high uint64 // its key, see keyOf
	class     class
	gender    class // of the given name that it is
}

// dictionary has all that is known of words. Every word of an article is looked up,
// so places are found by an index that the first cache of a processor holds, and few
// of the words that are not known need a look at an entry.
type dictionary struct {
	index   [dictionarySlots]uint16 // 1 + the place in entries; 0 is free
	entries []entry
}

// dictionarySlots is a power of two, some four times the number of words.
const dictionarySlots = 8192

// maxKey is the length of a key. No word that is known is longer.
const maxKey = 16

// keyOf returns the key of a word in lower case, as [text.PlainWord] does; ok is false
// for a word that is too long to be known.
func keyOf(lower []byte) (low, high uint64, ok bool) {
	if len(lower) > maxKey {
		return 0, 0, false
	}
	var b [maxKey]byte
	copy(b[:], lower)
	return binary.LittleEndian.Uint64(b[:8]), binary.LittleEndian.Uint64(b[8:]), true
}

// find returns what is known of the word of a key.
func (d *dictionary) find(low, high uint64) (class, gender class) {
	for i := slotOf(low, high); d.index[i] != 0; i = (i + 1) % dictionarySlots {
		if e := &d.entries[d.index[i]-1]; e.low == low && e.high == high {
			return e.class, e.gender
		}
	}
	return 0, 0
}

// slotOf returns the slot from which on a key is sought: the top bits of a product with
// the factor of the finalizer of MurmurHash3, in which each bit of the key has a part.
func slotOf(low, high uint64) uint64 {
	const factor, slotBits = 0xff51afd7ed558ccd, 13
	return ((low ^ high*factor) * factor) >> (64 - slotBits)
}

// of returns what is known of a word in lower case.
func (d *dictionary) of(lower []byte) (class, gender class) {
	low, high, ok := keyOf(lower)
	if !ok {
		return 0, 0
	}
	return d.find(low, high)
}

// add returns the entry of a word in lower case, which is added if it isn't there.
func (d *dictionary) add(word string) *entry {
	low, high, ok := keyOf([]byte(word))
	if !ok {
		panic("word that is too long for the dictionary: " + word) //house:allow the words are part of the program
	}
	i := slotOf(low, high)
	for ; d.index[i] != 0; i = (i + 1) % dictionarySlots {
		if e := &d.entries[d.index[i]-1]; e.low == low && e.high == high {
			return e
		}
	}
	d.entries = append(d.entries, entry{low: low, high: high})
	d.index[i] = uint16(len(d.entries))
	return &d.entries[len(d.entries)-1]
}

// known returns the dictionary of all lists.
var known = sync.OnceValue(func() *dictionary {
	d := &dictionary{}
	for _, l := range lists {
		for word := range strings.FieldsSeq(l.words) {
			d.add(word).class |= l.class
		}
	}
	for _, l := range givenNames {
		for word := range strings.FieldsSeq(l.words) {
			d.add(word).gender |= l.class // of both: neither is known
		}
	}
	return d
})
