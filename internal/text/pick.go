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
func (p *Picker) AddWord(word string) { p.seconds[word[0]&31] |= 1 << secondOf(word) }

// AddStem adds the words that have a stem.
func (p *Picker) AddStem(stem string) {
	switch {
	case len(stem) == 1, stem == "die", stem == "lie", stem == "tie": // of dying, lying, tying
		p.seconds[stem[0]&31] = everySecond
	default:
		p.AddWord(stem)
	}
}

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
		p.AddWord(prefix)
	}
}

// has reports whether word may be looked for. Case makes no difference.
func (p *Picker) has(word string) bool { return p.seconds[word[0]&31]>>secondOf(word)&1 != 0 }

// secondOf returns the bit of a word's second byte.
func secondOf(word string) byte {
	if len(word) == 1 {
		return 0
	}
	return word[1] & 31
}

// Picked is a token with its number among those of its text.
type Picked struct {
	Token
	Number int
}

// Pick appends those words of s to dst that p picks. It is [Analyzer.Words]
// for when few of them are looked for: the others are passed over, not folded
// and not kept.
func (a *Analyzer) Pick(dst []Picked, s string, p *Picker) []Picked {
	number := 0
	for i := 0; i < len(s); {
		if b := s[i]; b < utf8.RuneSelf {
			if !isASCIIWord(b) {
				i++
				continue
			}
			if end, lower := plainEnd(s, i); end > 0 {
				if p.has(s[i:end]) {
					dst = append(dst, Picked{a.plain(s, i, end, lower, false), number})
				}
				number++
				i = end
				continue
			}
		}
		var t Token
		if t, i = a.slow(s, i, false); t.Word != "" {
			if p.has(t.Word) {
				dst = append(dst, Picked{t, number})
			}
			number++
		}
	}
	return dst
}
