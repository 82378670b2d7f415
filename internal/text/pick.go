package text

import "unicode/utf8"

// Picker knows by their first two letters which words are looked for. It is
// quick, and lets through some that are not. The zero Picker picks none.
type Picker struct {
	// seconds has, for the first byte of a word, the bits of second bytes,
	// both without what tells capitals from small letters.
	seconds [32]uint32
}

const everySecond = 1<<32 - 1

// AddWord adds a folded word.
func (p *Picker) AddWord(word string) { p.AddPrefix(word[:min(len(word), 2)]) }

// AddPrefix adds the folded words that begin with prefix; all if it is empty.
func (p *Picker) AddPrefix(prefix string) {
	switch len(prefix) {
	case 0:
		for i := range p.seconds {
			p.seconds[i] = everySecond
		}
	case 1:
		p.seconds[prefix[0]&31] = everySecond
	default:
		p.seconds[prefix[0]&31] |= 1 << (prefix[1] & 31)
	}
}

// has reports whether the word that s begins with may be looked for. Case makes
// no difference, nor does what follows a word of one letter.
func (p *Picker) has(s string) bool {
	second := byte(0)
	if len(s) > 1 {
		second = s[1]
	}
	return p.seconds[s[0]&31]&(1<<(second&31)) != 0
}

// Picked is a token with its number among those of its text.
type Picked struct {
	Token
	Number int
}

// Pick appends those words of s to dst that p picks. It is [Tokenizer.Words]
// for when few of them are looked for: the others are passed over, not folded
// and not kept.
func (tk *Tokenizer) Pick(dst []Picked, s string, p *Picker) []Picked {
	number := 0
	for i := 0; i < len(s); {
		if b := s[i]; b < utf8.RuneSelf {
			if !asciiWord[b] {
				i++
				continue
			}
			if end := pickEnd(s, i); end > 0 {
				if p.has(s[i:]) {
					_, lower := plainEnd(s, i)
					dst = append(dst, Picked{tk.plain(s, i, end, lower, false), number})
				}
				number++
				i = end
				continue
			}
		}
		var t Token
		if t, i = tk.slow(s, i, false); t.Word != "" {
			if p.has(t.Word) {
				dst = append(dst, Picked{t, number})
			}
			number++
		}
	}
	return dst
}

// pickEnd is the end that plainEnd returns, in less time.
func pickEnd(s string, start int) int {
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
