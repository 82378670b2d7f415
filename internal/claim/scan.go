package claim

import (
	"unicode"
	"unicode/utf8"

	"github.com/newsq/newsq/internal/text"
)

// word is a word of a sentence as patterns see it.
type word struct {
	id    uint16 // of one that patterns name; 0 for all others
	shape shape
}

// shape says how a word is written and what it ends in.
type shape uint8

const (
	capital    shape = 1 << iota // its first letter is one
	past                         // it ends as participles do: -ed, -en
	progress                     // it ends in -ing
	possessive                   // it ends in 's
	digits                       // it begins with a digit
	afterMark                    // a comma, a dash or another mark parts it from the word before
)

// scan appends the words of a sentence to dst. A word is a run of letters and digits, with
// the apostrophes and hyphens within it: won't, must-see. An apostrophe is read as ' however
// it is typed.
func scan(dst []word, sentence string, known *wordTable) []word {
	mark := false
	for i := 0; i < len(sentence); {
		b := sentence[i]
		if lower[b] == 0 && b < utf8.RuneSelf {
			mark = mark || b != ' ' && b != '\n'
			i++
			continue
		}
		w, next := plainWord(sentence, i, known)
		if next == i {
			w, next = readWord(sentence, i, known)
		}
		if next == i { // a mark beyond ASCII
			_, size := utf8.DecodeRuneInString(sentence[i:])
			mark, i = true, i+size
			continue
		}
		if mark {
			w.shape |= afterMark
		}
		dst = append(dst, w)
		mark, i = false, next
	}
	return dst
}

// plainWord is readWord for most words: those of up to 16 letters and digits of ASCII, with
// nothing behind them that might belong to them. It returns i for any other.
func plainWord(s string, i int, known *wordTable) (w word, next int) {
	low, high, n := text.PlainWord(s, i)
	next = i + n
	if n == 0 || next < len(s) && (s[next] == '\'' || s[next] == '-' || s[next] >= utf8.RuneSelf) {
		return w, i
	}
	switch first := s[i]; {
	case first-'A' < 26:
		w.shape = capital
	case first-'0' < 10:
		w.shape = digits
	}
	if n > 2 {
		w.shape |= ending(s[next-2]|0x20, s[next-1]|0x20, n) // in lower case, if they are letters
	}
	w.id = *known.slot(low, high)
	return w, next
}

// readWord reads the word at i, and returns where it ends: at i if there is none.
func readWord(s string, i int, known *wordTable) (w word, next int) {
	h := hashStart
	before, last := byte(0), byte(0)
	for next = i; next < len(s); {
		b, size := lower[s[next]], 1
		if b == 0 {
			if b, size = withinWord(s, next, i); size == 0 {
				break
			}
		}
		h = hashNext(h, b)
		before, last = last, b
		next += size
	}
	if next == i {
		return w, i
	}
	first := s[i]
	switch {
	case first-'A' < 26 || first >= utf8.RuneSelf && isCapital(s[i:]):
		w.shape = capital
	case first-'0' < 10:
		w.shape = digits
	}
	w.shape |= ending(before, last, next-i)
	w.id = known.id(h)
	return w, next
}

// withinWord reads what is no letter of ASCII at i of a word that starts at start: a letter
// beyond ASCII as a byte that no pattern has, an apostrophe as ', a hyphen, and else nothing.
func withinWord(s string, i, start int) (b byte, size int) {
	if b = s[i]; b < utf8.RuneSelf {
		if b != '\'' && b != '-' || i == start || i+1 == len(s) || lower[s[i+1]] == 0 && s[i+1] < utf8.RuneSelf {
			return 0, 0
		}
		return b, 1
	}
	r, size := utf8.DecodeRuneInString(s[i:])
	switch {
	case r == '’' && i > start && i+size < len(s) && lower[s[i+size]] != 0:
		return '\'', size
	case unicode.IsLetter(r) || unicode.IsMark(r):
		return 0xff, size
	}
	return 0, 0
}

// lower has of each letter and digit of ASCII the letter in lower case, and 0 of other bytes.
var lower = func() (table [256]byte) {
	for b := range byte(utf8.RuneSelf) {
		switch {
		case b-'a' < 26 || b-'0' < 10:
			table[b] = b
		case b-'A' < 26:
			table[b] = b + 'a' - 'A'
		}
	}
	return table
}()

func isCapital(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

// ending returns what the last two of n letters say.
func ending(before, last byte, n int) shape {
	switch {
	case n < 3:
		return 0
	case before == 'e' && (last == 'd' || last == 'n') && n > 3:
		return past
	case before == 'n' && last == 'g' && n > 4:
		return progress
	case before == '\'' && last == 's':
		return possessive
	}
	return 0
}
