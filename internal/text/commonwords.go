package text

import "strings"

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

const (
	// slotBits is for 4,096 slots. The common words of all languages take 1,142 of them.
	slotBits = 12
	// longWords is how many words are long or beyond ASCII.
	longWords = 793
)

// newCommonWords makes the table of the common words of all languages. A command that
// cuts one passage pays for all of it, so no map of all words is made before.
func newCommonWords() *commonWords {
	w := &commonWords{
		keys: make([]uint64, 1<<slotBits), shift: 64 - slotBits, short: make([]commonWord, 1<<slotBits),
		long: make(map[string]commonWord, longWords),
	}
	for i, l := range languages {
		for word := range strings.FieldsSeq(arabicForms.Replace(l.words)) {
			w.add(word, 1<<i)
		}
	}
	return w
}

// add adds a word of a language.
func (w *commonWords) add(word string, in uint64) {
	if key, ok := shortKey(word); ok {
		slot, _ := w.find(key)
		w.keys[slot] = key
		w.join(&w.short[slot], in)
		return
	}
	known := w.long[word]
	w.join(&known, in)
	w.long[word] = known
	if key, ok := shortKey(word[max(0, len(word)-maxShort):]); ok {
		slot, _ := w.find(key)
		w.keys[slot] = key
	}
}

// join adds a language to a word, which is a new one if it has none.
func (w *commonWords) join(word *commonWord, in uint64) {
	if word.in == 0 {
		word.id = w.count
		w.count++
	}
	word.in |= in
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
