package text

import "unicode/utf8"

// Prefilter tells by their first two letters which words may be looked for. It
// accepts every word that was added, and some others. The zero Prefilter accepts
// none.
type Prefilter struct {
	// secondBytes has, for the first byte of a word, the bits of second bytes,
	// both without what tells capitals from small letters.
	secondBytes [32]uint32
}

const allSecondBytes = 1<<32 - 1

// AddWord adds a folded word.
func (p *Prefilter) AddWord(word string) { p.AddPrefix(word[:min(len(word), 2)]) }

// AddPrefix adds the folded words that begin with prefix; all if it is empty.
func (p *Prefilter) AddPrefix(prefix string) {
	switch len(prefix) {
	case 0:
		for i := range p.secondBytes {
			p.secondBytes[i] = allSecondBytes
		}
	case 1:
		p.secondBytes[prefix[0]&31] = allSecondBytes
	default:
		p.secondBytes[prefix[0]&31] |= 1 << (prefix[1] & 31)
	}
}

// accepts reports whether the word that s begins with may be looked for. Case makes
// no difference, nor does what follows a word of one letter.
func (p *Prefilter) accepts(s string) bool {
	second := byte(0)
	if len(s) > 1 {
		second = s[1]
	}
	return p.secondBytes[s[0]&31]&(1<<(second&31)) != 0
}

// PositionedToken is a token and its position: the number of tokens of the text
// before it.
type PositionedToken struct {
	Token
	Position int
	WordEnd  int // where Word ends in the text: beyond End where it is a pair of characters
}

// VariantWord is a variant, and the place of the words that it is a form of.
type VariantWord struct {
	Span
	Word     string
	Position int // of the token at which it stands
}

// Filter appends those words of s to dst that p accepts, and those of their
// variants to variants. It is [Tokenizer.Words] for when few of them are looked
// for. The others are neither folded nor kept, and only counted.
func (tk *Tokenizer) Filter(dst []PositionedToken, variants []VariantWord, s string, p *Prefilter) ([]PositionedToken, []VariantWord) {
	position, linked := 0, 0 // linked is where the last word with hyphens ends
	for i := 0; i < len(s); {
		if b := s[i]; b < utf8.RuneSelf {
			if !asciiWord[b] {
				i++
				continue
			}
			if end := fastPlainEnd(s, i); end > 0 {
				if p.accepts(s[i:]) {
					_, lower := plainEnd(s, i)
					dst = append(dst, PositionedToken{tk.plainToken(s, i, end, lower, false), position, end})
				}
				if end > linked && linkAt(s, end) > 0 || mayVaryPlain(s[i:end]) {
					variants, linked = tk.filterVariants(variants, s, i, position, linked, p)
				}
				position++
				i = end
				continue
			}
		}
		if _, _, n := plainPair(s, i); n > 0 && !p.accepts(s[i:]) {
			position++
			i += n
			continue
		}
		start := i
		var t Token
		var wordEnd int
		if t, wordEnd, i = tk.tokenAt(s, i, false); t.Word != "" {
			if p.accepts(t.Word) {
				dst = append(dst, PositionedToken{t, position, wordEnd})
			}
			if i > linked && linkAt(s, i) > 0 || mayVary(t.Word) || isPluralOfCapitals(s[start:i]) {
				variants, linked = tk.filterVariants(variants, s, start, position, linked, p)
			}
			position++
		}
	}
	return dst, variants
}

// filterVariants appends those variants to dst that p accepts, of the word that
// starts at i and, unless it ends before linked, of the word with hyphens that
// begins with it. It returns the end of that.
func (tk *Tokenizer) filterVariants(dst []VariantWord, s string, i, position, linked int, p *Prefilter) ([]VariantWord, int) {
	t, _, end := tk.tokenAt(s, i, true)
	tokens := []Token{t}
	if end > linked {
		for next := linkAt(s, end); next > 0; next = linkAt(s, end) {
			if t, _, end = tk.tokenAt(s, next, true); t.Word != "" && len(tokens) <= maxParts {
				tokens = append(tokens, t)
			}
		}
	}
	for _, v := range tk.Variants(nil, s, tokens) {
		if v.First == 0 && p.accepts(v.Word) {
			dst = append(dst, VariantWord{Span{tokens[v.First].Start, tokens[v.Last].End}, v.Word, position + v.At})
		}
	}
	return dst, max(linked, end)
}

// fastPlainEnd is the end that plainEnd returns, in less time.
func fastPlainEnd(s string, start int) int {
	end := start + 1
	for end < len(s) && asciiWord[s[end]] {
		end++
	}
	if end-start > maxWord {
		return 0
	}
	if end == len(s) || s[end] == ' ' {
		return end
	}
	end, _ = plainEnd(s, start)
	return end
}

// asciiWord are the bytes that isASCIIWord accepts.
var asciiWord = [256]bool{
	'0': true, '1': true, '2': true, '3': true, '4': true, '5': true, '6': true, '7': true, '8': true, '9': true,
	'A': true, 'B': true, 'C': true, 'D': true, 'E': true, 'F': true, 'G': true, 'H': true, 'I': true, 'J': true, 'K': true, 'L': true, 'M': true,
	'N': true, 'O': true, 'P': true, 'Q': true, 'R': true, 'S': true, 'T': true, 'U': true, 'V': true, 'W': true, 'X': true, 'Y': true, 'Z': true,
	'a': true, 'b': true, 'c': true, 'd': true, 'e': true, 'f': true, 'g': true, 'h': true, 'i': true, 'j': true, 'k': true, 'l': true, 'm': true,
	'n': true, 'o': true, 'p': true, 'q': true, 'r': true, 's': true, 't': true, 'u': true, 'v': true, 'w': true, 'x': true, 'y': true, 'z': true,
}
