package text

import (
	"math/bits"
	"strings"
)

// commonWords finds the common words of languages. Nearly all words of a text are
// short or none of these, which takes one or two looks at a table of numbers.
type commonWords struct {
	// keys has the shortKey of each short word and, of each longer one, that of
	// its last maxShort letters, at the slot of its hash or at one of the slots that
	// follow. A free slot is 0. At most half of the slots are taken.
	keys  []uint64
	shift uint // of the hash
	// short has the word of each slot; for the end of a longer word the zero word,
	// unless it is a short word, too.
	short []commonWord
	long  map[string]commonWord // others, and words beyond ASCII
	count int                   // of all words
}

// commonWord is a word of some languages.
type commonWord struct {
	id int    // counting from 0
	in uint64 // the set of languages, by their places in languages
}

// newCommonWords makes the table of all words.
func newCommonWords(all map[string]commonWord) *commonWords {
	shift := uint(64 - bits.Len(uint(2*len(all))))
	size := 1 << (64 - shift)
	w := &commonWords{
		keys: make([]uint64, size), shift: shift, short: make([]commonWord, size),
		long: make(map[string]commonWord), count: len(all),
	}
	for word, known := range all {
		if key, ok := shortKey(word); ok {
			slot, _ := w.find(key)
			w.keys[slot], w.short[slot] = key, known
			continue
		}
		w.long[word] = known
		if key, ok := shortKey(word[max(0, len(word)-maxShort):]); ok {
			slot, _ := w.find(key)
			w.keys[slot] = key
		}
	}
	return w
}

// find returns the slot of a key, or the free one where it would be.
func (w *commonWords) find(key uint64) (slot int, found bool) {
	const factor = 0x9e3779b97f4a7c15 // 2^64 divided by the golden ratio
	for i := key * factor >> w.shift; ; i++ {
		i &= uint64(len(w.keys) - 1)
		if w.keys[i] == key {
			return int(i), true
		}
		if w.keys[i] == 0 {
			return int(i), false
		}
	}
}

// ofKey returns the word of a shortKey, the zero word if it is not common.
func (w *commonWords) ofKey(key uint64) commonWord {
	if slot, ok := w.find(key); ok {
		return w.short[slot]
	}
	return commonWord{}
}

// ofLong returns a word of more than maxShort ASCII letters, in any case; key is that
// of its last letters, in lower case.
func (w *commonWords) ofLong(word string, key uint64) commonWord {
	if _, ok := w.find(key); !ok {
		return commonWord{}
	}
	return w.long[strings.ToLower(word)]
}

// of returns a word in lower case, the zero word if it is not common.
func (w *commonWords) of(word string) commonWord {
	if key, ok := shortKey(word); ok {
		return w.ofKey(key)
	}
	return w.long[word]
}

// maxShort is the length of words that are looked up by their bytes as a number.
const maxShort = 8

// shortKey returns the bytes of a short word of ASCII letters.
func shortKey(word string) (key uint64, ok bool) {
	if len(word) > maxShort {
		return 0, false
	}
	for i := range len(word) {
		if !isASCIILetter(word[i]) {
			return 0, false
		}
		key = key<<8 | uint64(word[i])
	}
	return key, key != 0
}

// wordsByText returns the common words of all languages.
func wordsByText() map[string]commonWord {
	all := make(map[string]commonWord)
	for i, l := range languages {
		for word := range strings.FieldsSeq(arabicForms.Replace(l.words)) {
			known, ok := all[word]
			if !ok {
				known.id = len(all)
			}
			known.in |= 1 << i
			all[word] = known
		}
	}
	return all
}
