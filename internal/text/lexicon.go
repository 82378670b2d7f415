package text

import (
	"encoding/binary"
	"hash/maphash"
	"math/bits"
	"strings"
	"unicode/utf8"
)

// Lexicon cuts text into tokens as a [Tokenizer] does, and gives each the id of
// its word. The ids of words count from 0 in the order in which words are first
// seen, and so do the ids of stems. Text that is indexed is kept as token ids,
// which take four bytes each and are counted without looking a word up again.
//
// A Lexicon serves one goroutine at a time. It keeps every word that it has
// seen: see [Lexicon.Full].
type Lexicon struct {
	language   Language
	vocabulary Vocabulary

	ids     map[string]uint32 // by word
	stemIDs map[string]uint32 // by stem
	// writtenIDs has the ids of forms that are not plain, and of the few
	// plain ones for which plain has no room.
	writtenIDs map[string]uint32
	tokenizer  Tokenizer // without a language: stems are the lexicon's own

	// plain has the ids of words of at most 16 ASCII letters and digits,
	// by the word itself, which is a key of two numbers. It has a power of
	// two slots, at most half of them taken, and is probed from a key's hash
	// on.
	plain []plainSlot
	taken int
	seed  uint64 // so that nobody can write a text whose words collide
}

// plainSlot holds a word in lower case, the first byte lowest, filled up with
// zeroes. It is free when low is 0.
type plainSlot struct {
	low, high uint64
	id        uint32
}

// NewLexicon returns a lexicon of texts in l.
func NewLexicon(l Language) *Lexicon { return &Lexicon{language: l} }

// Vocabulary is what the ids of a lexicon stand for. It doesn't change
// when the lexicon goes on to other words, and may be read by any goroutine.
type Vocabulary struct {
	// Lexicon is the same in the vocabularies of one lexicon, in which an id
	// stands for one word, and differs from that of any other lexicon.
	Lexicon *LexiconID
	// Words has each word by its id.
	Words []string
	// StemOf has for each word 1 + the id of its stem; 0 for a stop word,
	// which has none.
	StemOf []uint32
	// Stems has each stem by its id.
	Stems []string
}

// LexiconID is the identity of a lexicon.
type LexiconID struct{ _ byte }

// maxLexicon is the number of words at which a lexicon is full: those of some
// thousand articles, which are found again in most that follow.
const maxLexicon = 1 << 17

// maxSlots bounds the slots of plain that are looked at for a word. With half
// of the slots taken, hardly any word needs more than a dozen.
const maxSlots = 64

// Vocabulary returns what the ids given so far stand for. Those of a
// lexicon share their memory.
func (l *Lexicon) Vocabulary() Vocabulary {
	v := &l.vocabulary
	if v.Lexicon == nil {
		v.Lexicon = new(LexiconID)
	}
	return Vocabulary{
		Lexicon: v.Lexicon,
		Words:   v.Words[:len(v.Words):len(v.Words)],
		StemOf:  v.StemOf[:len(v.StemOf):len(v.StemOf)],
		Stems:   v.Stems[:len(v.Stems):len(v.Stems)],
	}
}

// Full reports whether the lexicon holds so many words that it should make
// place for a new one.
func (l *Lexicon) Full() bool {
	return len(l.vocabulary.Words) >= maxLexicon || len(l.writtenIDs) >= maxLexicon
}

// Append appends the id of each token of s to dst.
func (l *Lexicon) Append(dst []uint32, s string) []uint32 {
	for i := 0; i < len(s); {
		b := s[i]
		if b < utf8.RuneSelf && !isASCIIWord(b) {
			i++
			continue
		}
		if low, high, n := plainWord(s, i); n > 0 && endsPlainly(s, i+n) {
			dst = append(dst, l.plainID(low, high, s[i:i+n]))
			i += n
			continue
		}
		dst, i = l.appendAt(dst, s, i)
	}
	return dst
}

// appendAt appends the id of the token that starts at i, if one does, and
// returns where to go on. It is what Append means, for any text.
func (l *Lexicon) appendAt(dst []uint32, s string, i int) (_ []uint32, next int) {
	_, c, n := classAt(s, i)
	var end int
	switch {
	case c.inWord():
		end = wordEnd(s, i, maxWord)
	case c == solo || c == emoji:
		end = soloEnd(s, i, n)
	default:
		return dst, i + n
	}
	if n, ok := l.writtenIDs[s[i:end]]; ok {
		return append(dst, n), end
	}
	t, next := l.tokenizer.tokenAt(s, i, false)
	if t.Word != "" {
		dst = append(dst, l.writtenID(s[t.Start:t.End], t.Word))
	}
	return dst, next
}

// plainWord returns the run of ASCII letters and digits that starts at i, in
// lower case, and its length; 0 if that is above 16 or none.
func plainWord(s string, i int) (low, high uint64, n int) {
	if len(s)-i >= 16 {
		low, high = load64(s[i:]), load64(s[i+8:])
	} else {
		var tail [16]byte
		copy(tail[:], s[i:])
		low, high = binary.LittleEndian.Uint64(tail[:8]), binary.LittleEndian.Uint64(tail[8:])
	}
	if n = wordBytes(low); n < 8 {
		low &= 1<<(8*n) - 1
		return lower8(low), 0, n
	}
	k := wordBytes(high)
	if k == 8 && i+16 < len(s) && isASCIIWord(s[i+16]) {
		return 0, 0, 0
	}
	if k < 8 {
		high &= 1<<(8*k) - 1
	}
	return lower8(low), lower8(high), 8 + k
}

// load64 returns the first eight bytes of s; the compiler makes it one load.
func load64(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// wordBytes returns how many of the eight bytes in x, from the lowest on, are
// ASCII letters or digits.
func wordBytes(x uint64) int {
	const (
		each = 0x0101010101010101
		top  = 0x80 * each
	)
	// A sum has its top bit set where the byte is at least some letter; no
	// sum reaches the next byte, as all bytes are below 0x80.
	d := x &^ top
	l := d | 0x20*each
	letter := (l + (0x80-'a')*each) &^ (l + (0x80-'z'-1)*each)
	digit := (d + (0x80-'0')*each) &^ (d + (0x80-'9'-1)*each)
	return bits.TrailingZeros64(^((letter|digit)&^x)&top) / 8
}

// lower8 brings eight letters and digits to lower case: only letters have the
// bit 0x40.
func lower8(x uint64) uint64 { return x | x&0x4040404040404040>>1 }

// endsPlainly reports whether a run of ASCII letters and digits that ends at
// i is a whole word by what follows it. It is wordEnd for most words.
func endsPlainly(s string, i int) bool {
	if i >= len(s) {
		return true
	}
	switch b := s[i]; {
	case b == ' ':
		return true
	case b >= utf8.RuneSelf:
		_, c, _ := classAt(s, i)
		return c == separator // a dash or quotation mark, mostly
	case b == '+' || b == '#':
		return false
	case b == '.' || b == ',' || b == ':' || b == '\'' || b == '&':
		return i+1 >= len(s) || !isASCIIWord(s[i+1]) && s[i+1] < utf8.RuneSelf
	}
	return true
}

// plainID returns the id of a word, given its key and itself as it
// was written.
func (l *Lexicon) plainID(low, high uint64, written string) uint32 {
	if len(l.plain) == 0 {
		l.grow()
	}
	mask := uint64(len(l.plain) - 1)
	at := l.hash(low, high)
	for range maxSlots {
		slot := &l.plain[at&mask]
		if slot.low == low && slot.high == high {
			return slot.id
		}
		if slot.low == 0 {
			id := l.id(strings.ToLower(written))
			*slot = plainSlot{low, high, id}
			if l.taken++; 2*l.taken > len(l.plain) {
				l.grow()
			}
			return id
		}
		at++
	}
	return l.writtenID(written, strings.ToLower(written))
}

func (l *Lexicon) hash(low, high uint64) uint64 {
	const factor = 0xff51afd7ed558ccd // of the finalizer of MurmurHash3
	hi, lo := bits.Mul64(low^l.seed, factor^high)
	return (hi ^ lo) * factor >> 20
}

// grow makes room for twice as many words. A word that finds no free slot is
// left to written.
func (l *Lexicon) grow() {
	if l.seed == 0 {
		l.seed = maphash.String(maphash.MakeSeed(), "") | 1
	}
	old := l.plain
	l.plain = make([]plainSlot, max(64, 2*len(old)))
	l.taken = 0
	mask := uint64(len(l.plain) - 1)
	for _, s := range old {
		if s.low == 0 {
			continue
		}
		at := l.hash(s.low, s.high)
		for range maxSlots {
			if slot := &l.plain[at&mask]; slot.low == 0 {
				*slot = s
				l.taken++
				break
			}
			at++
		}
	}
}

// writtenID returns the id of a word that is looked up as it was
// written.
func (l *Lexicon) writtenID(written, word string) uint32 {
	if n, ok := l.writtenIDs[written]; ok {
		return n
	}
	n := l.id(word)
	if l.writtenIDs == nil {
		l.writtenIDs = make(map[string]uint32)
	}
	// A form comes from a text, which it must not hold on to.
	l.writtenIDs[strings.Clone(written)] = n
	return n
}

// id returns the id of a word.
func (l *Lexicon) id(word string) uint32 {
	if n, ok := l.ids[word]; ok {
		return n
	}
	if l.ids == nil {
		l.ids, l.stemIDs = make(map[string]uint32), make(map[string]uint32)
	}
	v := &l.vocabulary
	n := uint32(len(v.Words))
	word = strings.Clone(word)
	l.ids[word] = n
	v.Words = append(v.Words, word)
	stem := uint32(0)
	if !l.language.IsStop(word) {
		stem = 1 + l.stemID(l.language.Stem(word))
	}
	v.StemOf = append(v.StemOf, stem)
	return n
}

func (l *Lexicon) stemID(stem string) uint32 {
	n, ok := l.stemIDs[stem]
	if !ok {
		n = uint32(len(l.vocabulary.Stems))
		l.stemIDs[stem] = n
		l.vocabulary.Stems = append(l.vocabulary.Stems, stem)
	}
	return n
}
