package tagger

import "unicode"

// Words and features are known by hashes. A collision costs little, as features are many.

const (
	hashStart = 0xcbf29ce484222325 // FNV-1a
	hashPrime = 0x100000001b3
)

// describe returns the token s[start:end].
func describe(s string, start, end int) token {
	t := token{start: int32(start), end: int32(end), exact: hashStart, lower: hashStart}
	for i := start; i < end; i++ {
		b := s[i]
		if b >= 0x80 {
			t.describeWide(s[i:end], i == start)
			break
		}
		t.addASCII(b, i == start)
	}
	t.class = t.classOf(s[start:end])
	return t
}

// addASCII adds a byte to the hashes and properties of a token.
func (t *token) addASCII(b byte, first bool) {
	low := b
	switch {
	case b-'a' < 26:
		t.form |= hasLower
	case b-'A' < 26:
		if first {
			t.form |= startsUpper
		} else if t.form&hasLower != 0 {
			t.form |= innerUpper
		}
		t.form |= hasUpper
		low |= 0x20
	case b-'0' < 10:
		t.form |= hasDigit
		b, low = '0', '0'
	case b == '-':
		t.form |= hasHyphen
	case b == '.':
		t.form |= hasDot
	case b == '\'' || b == '`':
		t.form |= hasApostrophe
		b, low = '\'', '\''
	}
	t.exact = (t.exact ^ uint64(b)) * hashPrime
	t.lower = (t.lower ^ uint64(low)) * hashPrime
}

// describeWide adds what follows from the first letter beyond ASCII.
func (t *token) describeWide(s string, first bool) {
	for _, r := range s {
		switch {
		case r < 0x80:
			t.addASCII(byte(r), first)
			first = false
			continue
		case r == '’' || r == '‘':
			t.addASCII('\'', first)
			first = false
			continue
		case r == '“' || r == '”':
			t.addASCII('"', first)
			first = false
			continue
		case unicode.IsUpper(r):
			if first {
				t.form |= startsUpper
			}
			t.form |= hasUpper
		case unicode.IsLetter(r):
			t.form |= hasLower
		}
		first = false
		t.form |= beyondASCII
		t.exact = (t.exact ^ uint64(r)) * hashPrime
		t.lower = (t.lower ^ uint64(unicode.ToLower(r))) * hashPrime
	}
}

// classOf returns the class of a token of which the form is known.
func (t *token) classOf(word string) class {
	f := t.form
	switch {
	case f&(hasUpper|hasLower|hasDigit) == 0:
		t.form |= isSign
		return classSign
	case f&(hasUpper|hasLower) == 0:
		return classNumber
	case f&hasUpper == 0:
		return classLower
	case len(word) == 1 || len(word) == 2 && word[1] == '.':
		return classInitial
	case f&hasHyphen != 0 && lowerAfterHyphen(word):
		return classHyphenLow
	case f&hasHyphen != 0:
		return classHyphen
	case f&hasDigit != 0:
		return classAlnum
	case f&hasDot != 0 && f&hasLower == 0:
		return classDotted
	case f&hasLower == 0:
		return classUpper
	case f&startsUpper != 0 && f&innerUpper == 0:
		return classCapital
	}
	return classMixed
}

// lowerAfterHyphen reports whether the last part of a word with hyphens begins with a
// small letter.
func lowerAfterHyphen(word string) bool {
	for i := len(word) - 1; i > 0; i-- {
		if word[i-1] == '-' {
			return word[i]-'a' < 26
		}
	}
	return false
}

// hashWord returns the hash that [token] has for a word in lower case.
func hashWord(word string) uint64 {
	h := uint64(hashStart)
	for _, r := range word {
		h = (h ^ uint64(unicode.ToLower(r))) * hashPrime
	}
	return h
}

// feature returns the hash of a feature from its template and what it is of. It is above 0.
func feature(template uint32, of uint64) uint32 {
	h := (of ^ uint64(template)*0x9e3779b97f4a7c15) * 0xff51afd7ed558ccd
	h ^= h >> 32
	return max(uint32(h*0xc4ceb9fe1a85ec53>>32), 1)
}

// pair joins two hashes, in this order.
func pair(a, b uint64) uint64 { return (a^a>>29)*0xbf58476d1ce4e5b9 + b }
