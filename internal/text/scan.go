package text

import "strings"

// maxWord bounds a token, as it stands in the text and folded: a longer run,
// which is never a word, becomes several tokens.
const maxWord = 256

// wordEnd returns where the word that starts at start ends, at most limit
// bytes on. A rune of a class that is inWord stands at start.
func wordEnd(s string, start, limit int) int {
	if end := acronymEnd(s, start, limit); end > 0 {
		return end
	}
	last := separator // class of the last rune that was no mark
	base := start     // where the word before that rune ended
	end := start      // behind the last rune that belongs to the word
	for i := start; i < len(s); {
		r, c, n := classAt(s, i)
		if i+n-start > limit {
			if c == mark && base > start {
				return base // a letter keeps its marks
			}
			return end
		}
		switch {
		case c.inWord():
			last = c
			base, end = end, i+n
		case c == mark:
			end = i + n
		case c == ignorable:
		default:
			if next := skipIgnorable(s, i+n); joins(s, r, c, last, next) &&
				!(c == apostrophe && isElided(s[start:i], s[next:])) {
				i = next
				continue
			}
			return suffixEnd(s, start, end, limit, last)
		}
		i += n
	}
	return end
}

// joins reports whether r, of class c, between a rune of class last and the
// one at next holds a word together.
func joins(s string, r rune, c, last class, next int) bool {
	_, after, _ := classAt(s, next)
	switch {
	case c == apostrophe:
		return after == letter
	case r == '&':
		return last == letter && after == letter
	case r == '.' || r == ',' || r == ':':
		return last == digit && after == digit
	}
	return false
}

// suffixEnd takes in what may follow a word without a space: the signs of
// C++ and C#, and a possessive ending behind them.
func suffixEnd(s string, start, end, limit int, last class) int {
	rest := s[end:]
	n := 0
	switch {
	case last == letter && strings.HasPrefix(rest, "++"):
		n = 2
	case end-start == 1 && last == letter && strings.HasPrefix(rest, "#"):
		n = 1
	default:
		return end
	}
	if !endsWord(s, end+n) || strings.HasPrefix(rest[n:], "+") || strings.HasPrefix(rest[n:], "#") {
		return end
	}
	if p := possessiveEnd(s, end+n); p-start <= limit {
		return p
	}
	return end
}

// acronymEnd returns where an acronym with full stops that starts at start
// ends, or 0 if none does: at least two single letters, each but the last
// with a full stop. A possessive ending behind it belongs to it.
func acronymEnd(s string, start, limit int) int {
	letters, end := 0, 0
	for i := start; ; {
		_, c, n := classAt(s, i)
		if c != letter {
			break
		}
		after := skipMarks(s, i+n)
		if after >= start+limit {
			break
		}
		if after < len(s) && s[after] == '.' {
			letters++
			end = after + 1
			i = skipIgnorable(s, end)
			continue
		}
		if letters > 0 && standsAlone(s, after) {
			letters++
			end = after
		}
		break
	}
	if letters < 2 {
		return 0
	}
	if p := possessiveEnd(s, end); p-start <= limit {
		return p
	}
	return end
}

// standsAlone reports whether a letter that ends at i is a word by itself.
func standsAlone(s string, i int) bool {
	r, c, n := classAt(s, i)
	switch {
	case c == apostrophe:
		_, after, _ := classAt(s, skipIgnorable(s, i+n))
		return after != letter || possessiveEnd(s, i) > i
	case r == '&' || r == '+' || r == '#':
		return false
	}
	return endsWord(s, i)
}

// endsWord reports whether what stands at i does not continue a word.
func endsWord(s string, i int) bool {
	_, c, _ := classAt(s, skipIgnorable(s, i))
	return !c.inWord() && c != mark
}

// possessiveEnd returns the end of a possessive ending that starts at i, or
// i if there is none.
func possessiveEnd(s string, i int) int {
	_, c, n := classAt(s, i)
	if c != apostrophe {
		return i
	}
	j := skipIgnorable(s, i+n)
	if j < len(s) && s[j]|0x20 == 's' && endsWord(s, j+1) {
		return j + 1
	}
	return i
}

// skipMarks returns the first place from i on that holds neither a mark nor
// an ignorable rune.
func skipMarks(s string, i int) int {
	for {
		_, c, n := classAt(s, i)
		if c != mark && c != ignorable {
			return i
		}
		i += n
	}
}

// isElided reports whether before is a French or Italian article, pronoun or
// the like that lost its vowel to the word that starts with rest: l'État,
// d'Italia, qu'il, dell'Europa. English words before an apostrophe are not
// among these or are not followed by a vowel: don't, o'clock, c'mon.
func isElided(before, rest string) bool {
	if len(before) > 12 {
		return false
	}
	switch Fold(before) {
	case "c", "d", "j", "l", "m", "n", "s", "t", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu",
		"un", "all", "coll", "dall", "dell", "nell", "sull", "quell", "quest":
	default:
		return false
	}
	_, _, n := classAt(rest, 0)
	first := Fold(rest[:n])
	return first != "" && strings.IndexByte("aeiouyh", first[0]) >= 0
}
