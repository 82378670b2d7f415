package text

import (
	"cmp"
	"encoding/binary"
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/newsq/newsq/internal/termsort"
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

	words, stems idTable
	texts        texts
	// writtenWords has the words of forms that are not plain.
	writtenWords map[string]writtenWord
	// joinedIDs has the variants of words with hyphens by the ids of their tokens,
	// see joinedVariants. It holds no pointers, which would be followed by each
	// garbage collection.
	joinedIDs map[joinedKey]joinedIDs
	tokenizer Tokenizer // without a language: stems are the lexicon's own
	// variantIDs are the variants of writtenWords.
	variantIDs []uint32

	// frequent has slots of words, each where the word seen last of those that
	// share it was put. Most words of a text are found here, without waiting for the
	// memory of a large table. It is nil while words is smaller.
	frequent *[frequentSlots]plainSlot
}

// frequentSlots is a power of two. The slots take 192 KB, which the second cache of
// most processors holds with room to spare.
const frequentSlots = 8192

// writtenWord is a word as it is written. The ids of its variants are those of
// Lexicon.variantIDs from first to end.
type writtenWord struct{ id, first, end uint32 }

// joinedKey and joinedIDs are 1 + the ids of the tokens of a word with hyphens and of
// its forms, and 0 behind the last.
type (
	joinedKey [maxParts]uint32
	joinedIDs [maxJoinedForms]uint32
)

// TokenVariant is a [Variant] of a token, which is told by its index. ID is the id
// of the variant as a word.
type TokenVariant struct {
	At int
	ID uint32
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

// LexiconID is the identity of a lexicon, with the order of its words and stems for
// those who have asked for it.
type LexiconID struct{ words, stems termsort.Order }

// SortedWords returns the words of the vocabulary by their ids, in the order of
// their bytes. Words that the lexicon has met later may be among them, with ids beyond
// Words.
func (v *Vocabulary) SortedWords() []termsort.Term { return v.Lexicon.words.Of(v.Words) }

// SortedStems is SortedWords for stems.
func (v *Vocabulary) SortedStems() []termsort.Term { return v.Lexicon.stems.Of(v.Stems) }

// maxLexicon is the number of words at which a lexicon is full: those of some
// thousand articles, which are found again in most that follow.
const maxLexicon = 1 << 17

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
	return max(len(l.vocabulary.Words), len(l.writtenWords), len(l.joinedIDs)) >= maxLexicon
}

// Append appends the id of each token of s to dst, and the variants of these, in
// the order of their tokens, to variants.
func (l *Lexicon) Append(dst []uint32, variants []TokenVariant, s string) ([]uint32, []TokenVariant) {
	dst, variants, _ = l.AppendStarts(dst, variants, nil, s)
	return dst, variants
}

// AppendStarts is Append that appends the offset of each token in s to starts, too.
func (l *Lexicon) AppendStarts(dst []uint32, variants []TokenVariant, starts []uint32, s string) ([]uint32, []TokenVariant, []uint32) {
	const none = -1
	linked, before := none, len(variants) // the first token of a word with hyphens, and how many variants there were before it
	for i := 0; i < len(s); {
		b := s[i]
		if b < utf8.RuneSelf && !isASCIIWord(b) {
			i++
			continue
		}
		start, count := uint32(i), len(dst)
		if first, second, n := plainPair(s, i); b >= utf8.RuneSelf && n > 0 {
			dst = append(dst, l.plainID(pairKey(first, second), 0, s[i:i+2*n]))
			i += n
		} else if low, high, n := PlainWord(s, i); n > 0 && endsPlainly(s, i, i+n) && !mayVaryPlain(s[i:i+n]) {
			dst = append(dst, l.plainID(low, high, s[i:i+n]))
			i += n
		} else {
			dst, variants, i = l.appendAt(dst, variants, s, i)
		}
		if len(dst) == count {
			continue
		}
		starts = append(starts, start)
		switch isLinked := linkAt(s, i) > 0; {
		case isLinked && linked == none:
			linked = count
		case !isLinked && linked != none:
			variants = l.joinedVariants(variants, before, dst, linked)
			linked = none
		}
		if linked == none {
			before = len(variants)
		}
	}
	return dst, variants, starts
}

// joinedVariants adds the variants of the word with hyphens whose tokens are dst
// from first on. Those from before on are of its tokens alone; all of them are put
// in order.
func (l *Lexicon) joinedVariants(variants []TokenVariant, before int, dst []uint32, first int) []TokenVariant {
	tokens := dst[first:]
	if len(tokens) > maxParts {
		return variants
	}
	var key joinedKey
	for i, id := range tokens {
		key[i] = id + 1
	}
	ids, ok := l.joinedIDs[key]
	if !ok {
		ids = l.join(tokens)
		if l.joinedIDs == nil {
			l.joinedIDs = make(map[joinedKey]joinedIDs)
		}
		l.joinedIDs[key] = ids
	}
	ofTokens := len(variants) - before
	for _, id := range ids {
		if id > 0 {
			variants = l.addVariant(variants, before, tokens[0], TokenVariant{first, id - 1})
		}
	}
	if ofTokens > 0 {
		slices.SortStableFunc(variants[before:], func(a, b TokenVariant) int { return cmp.Compare(a.At, b.At) })
	}
	return variants
}

// AddStemsOf adds the stems that words have in another language to variants, in the order
// of their tokens: of the tokens in ids from start on. It returns variants.
func (l *Lexicon) AddStemsOf(variants []TokenVariant, other Language, ids []uint32, start int) []TokenVariant {
	before := len(variants)
	for before > 0 && variants[before-1].At >= start {
		before--
	}
	own := slices.Clone(variants[before:])
	variants = variants[:before]
	for at := start; at < len(ids); at++ {
		ofToken := len(variants)
		for ; len(own) > 0 && own[0].At == at; own = own[1:] {
			variants = append(variants, own[0])
		}
		if word := l.vocabulary.Words[ids[at]]; !other.IsStop(word) {
			// No word has a colon behind a letter, so this is the word in that language alone.
			id := l.idOf(other.Tag()+":"+word, other.Stem(word))
			variants = l.addVariant(variants, ofToken, ids[at], TokenVariant{at, id})
		}
	}
	return variants
}

// join returns the ids of the forms of a word with hyphens.
func (l *Lexicon) join(tokens []uint32) (ids joinedIDs) {
	var words, stems [maxParts]string
	for i, id := range tokens {
		words[i] = l.vocabulary.Words[id]
		if s := l.vocabulary.StemOf[id]; s > 0 {
			stems[i] = l.vocabulary.Stems[s-1]
		}
	}
	for i, form := range joined(l.language, words[:len(tokens)], stems[:len(tokens)]) {
		ids[i] = 1 + l.idOf(form.word, form.stem)
	}
	return ids
}

// addVariant appends v, of a token, unless that has its stem, or another from the
// index before on has it there.
func (l *Lexicon) addVariant(variants []TokenVariant, before int, token uint32, v TokenVariant) []TokenVariant {
	stemOf := l.vocabulary.StemOf
	same := func(w TokenVariant) bool { return w.At == v.At && stemOf[w.ID] == stemOf[v.ID] }
	if stemOf[v.ID] == stemOf[token] || slices.ContainsFunc(variants[before:], same) {
		return variants
	}
	return append(variants, v)
}

// mayVaryPlain is mayVary for a plain word as it is written, and false for the short
// ones with a number, which have no variants.
func mayVaryPlain(word string) bool {
	last := len(word) - 1
	return endsInNumber(word) || word[last] == 's' && last > 1 && word[last-1]-'A' < 26 && isPluralOfCapitals(word)
}

// endsInNumber reports whether a plain word is letters with a number behind them,
// and long enough to have a variant without it.
func endsInNumber(word string) bool {
	return len(word) > 5 && isASCIIDigit(word[len(word)-1]) && isASCIILetter(word[0])
}

// appendAt appends the id of the token that starts at i, if one does, with the
// variants of it alone, and returns where to go on. It is what Append means, for
// any text.
func (l *Lexicon) appendAt(dst []uint32, variants []TokenVariant, s string, i int) (_ []uint32, _ []TokenVariant, next int) {
	end, next := wordAt(s, i)
	if end == 0 {
		return dst, variants, next
	}
	w, ok := l.writtenWords[s[i:end]]
	if !ok {
		t, wordEnd, n := l.tokenizer.tokenAt(s, i, false)
		if t.Word == "" {
			return dst, variants, n
		}
		next = n // the word may be cut shorter
		w = l.writtenWord(s[i:wordEnd], t.Word)
	}
	at := len(dst)
	for _, id := range l.variantIDs[w.first:w.end] {
		variants = append(variants, TokenVariant{at, id})
	}
	return append(dst, w.id), variants, next
}

// PlainWord returns the run of ASCII letters and digits that starts at i, in
// lower case, and its length; 0 if that is above 16 or none.
func PlainWord(s string, i int) (low, high uint64, n int) {
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
	d := x &^ eachTop
	digit := (d + (0x80-'0')*eachByte) &^ (d + (0x80-'9'-1)*eachByte)
	return bits.TrailingZeros64(^((lettersOf(d)|digit)&^x)&eachTop) / 8
}

const (
	eachByte = 0x0101010101010101
	eachTop  = 0x80 * eachByte
)

// lettersOf returns eight bytes of which those have the top bit set, and no other bit,
// that are ASCII letters in x. All bytes of x are below 0x80.
func lettersOf(x uint64) uint64 {
	// A sum has its top bit set where the byte is at least some letter; no
	// sum reaches the next byte.
	l := x | 0x20*eachByte
	return (l + (0x80-'a')*eachByte) &^ (l + (0x80-'z'-1)*eachByte) & eachTop
}

// lower8 brings eight letters and digits to lower case: only letters have the
// bit 0x40.
func lower8(x uint64) uint64 { return x | x&0x4040404040404040>>1 }

// endsPlainly reports whether a run of ASCII letters and digits from start to i
// is a whole word by what follows it. It is wordEnd for most words.
func endsPlainly(s string, start, i int) bool {
	if i >= len(s) {
		return true
	}
	switch b := s[i]; {
	case b == ' ':
		return true
	case b >= utf8.RuneSelf:
		r, c, _ := classAt(s, i)
		return c == separator && !isInterpunct(r) // a dash or quotation mark, mostly
	case b == '+' || b == '#':
		return false
	case b == '.' && (i-start == 1 || i-start == 2 && s[start] == s[start+1] && s[start]-'A' < 26):
		return false // an initial, which others may follow
	case b == '.' || b == ',' || b == ':' || b == '\'' || b == '`' || b == '&':
		return i+1 >= len(s) || !isASCIIWord(s[i+1]) && s[i+1] < utf8.RuneSelf
	}
	return true
}

// plainID returns the id of a word, given its key and itself as it
// was written.
func (l *Lexicon) plainID(low, high uint64, written string) uint32 {
	hash := l.words.hash(low, high)
	if l.frequent != nil {
		if f := &l.frequent[hash%frequentSlots]; f.low == low && f.high == high {
			return f.id
		}
	}
	slot := l.words.find(hash, low, high)
	if slot == nil || slot.low == 0 {
		return l.id(strings.ToLower(written))
	}
	if l.frequent != nil {
		l.frequent[hash%frequentSlots] = *slot
	} else if len(l.words.plain) > frequentSlots {
		l.frequent = new([frequentSlots]plainSlot)
	}
	return slot.id
}

// writtenWord returns a word that is looked up as it was written.
func (l *Lexicon) writtenWord(written, word string) writtenWord {
	if w, ok := l.writtenWords[written]; ok {
		return w
	}
	w := writtenWord{id: l.id(word), first: uint32(len(l.variantIDs))}
	if mayVary(word) || isPluralOfCapitals(written) {
		var variants []TokenVariant
		eachForm(l.language, written, word, func(form string, _ Asked) {
			if form != "" && !l.language.IsStop(form) {
				variants = l.addVariant(variants, 0, w.id, TokenVariant{ID: l.id(form)})
			}
		})
		for _, v := range variants {
			l.variantIDs = append(l.variantIDs, v.ID)
		}
	}
	w.end = uint32(len(l.variantIDs))
	if l.writtenWords == nil {
		l.writtenWords = make(map[string]writtenWord)
	}
	// A form comes from a text, which it must not hold on to.
	l.writtenWords[l.texts.clone(written)] = w
	return w
}

// id returns the id of a word.
func (l *Lexicon) id(word string) uint32 {
	if n, ok := l.words.id(word); ok {
		return n
	}
	stem := ""
	if !l.language.IsStop(word) {
		stem = l.language.Stem(word)
	}
	return l.add(word, stem)
}

// idOf returns the id of a word whose stem is known; empty for a stop word.
func (l *Lexicon) idOf(word, stem string) uint32 {
	if n, ok := l.words.id(word); ok {
		return n
	}
	return l.add(word, stem)
}

// add adds a word that is not there.
func (l *Lexicon) add(word, stem string) uint32 {
	v := &l.vocabulary
	n := uint32(len(v.Words))
	word = l.texts.clone(word)
	l.words.add(word, n)
	v.Words = append(v.Words, word)
	stemOf := uint32(0)
	if stem != "" {
		if strings.HasPrefix(word, stem) {
			stem = word[:len(stem)] // in the same memory
		}
		stemOf = 1 + l.stemID(stem)
	}
	v.StemOf = append(v.StemOf, stemOf)
	return n
}

func (l *Lexicon) stemID(stem string) uint32 {
	n, ok := l.stems.id(stem)
	if !ok {
		n = uint32(len(l.vocabulary.Stems))
		l.stems.add(stem, n)
		l.vocabulary.Stems = append(l.vocabulary.Stems, stem)
	}
	return n
}
