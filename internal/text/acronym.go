package text

import (
	"unicode"
	"unicode/utf8"
)

// acronymEnd returns where an acronym with full stops that starts at start
// ends, or 0 if none does: at least two single letters, each but the last
// with a full stop; initials with spaces between; or a degree and the like. A possessive
// ending behind it belongs to it.
func acronymEnd(s string, start, limit int) int {
	letters, end := 0, 0
	i := start
	for {
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
		end = initialsEnd(s, start, limit)
	}
	if _, c, _ := classAt(s, i); c == letter {
		end = max(end, degreeEnd(s, start, limit))
	}
	if end == 0 {
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

// maxInitials bounds the initials of one name.
const maxInitials = 6

// initialsEnd returns where initials that stand apart end, such as J. R. R., or 0
// where fewer than two start at start: single letters, each with a full stop, and
// at most the end of one line between them. They are one word, as they are when
// written together; so are e. g. and a. m. All of them may be doubled capitals.
func initialsEnd(s string, start, limit int) int {
	end, doubled := 0, doubledAt(s, start)
	for i, n := start, 0; n < maxInitials; n++ {
		after := initialEnd(s, i, doubled)
		if after == 0 || after-start > limit || doubledAt(s, i) != doubled {
			break
		}
		if n > 0 {
			end = after
		}
		if i = nextInitial(s, after); i == 0 {
			break
		}
	}
	return end
}

// initialEnd returns the end of the initial at i with its full stop, 0 if none
// stands there by itself. Doubled, it is two capitals, as of EE. UU.
func initialEnd(s string, i int, doubled bool) int {
	_, c, n := classAt(s, i)
	if c != letter {
		return 0
	}
	if doubled {
		n *= 2
	}
	i = skipMarks(s, i+n)
	if i == len(s) || s[i] != '.' || !endsWord(s, i+1) {
		return 0
	}
	return i + 1
}

// doubledAt reports whether a capital stands twice at i, with a full stop.
func doubledAt(s string, i int) bool {
	return i+2 < len(s) && s[i+2] == '.' && isDoubled(s[i:i+2])
}

// nextInitial returns where what follows an initial behind a space starts, or 0.
func nextInitial(s string, i int) int {
	start, lines := i, 0
	for i < len(s) && i-start < 8 {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == '\n':
			if lines++; lines > 1 {
				return 0
			}
		case !unicode.IsSpace(r) && classOf(r) != ignorable:
			if i == start {
				return 0
			}
			return i
		}
		i += n
	}
	return 0
}

// maxDegree bounds the parts of a degree.
const maxDegree = 5

// degreeEnd returns where a degree that is written with full stops ends, or 0 if
// none starts at start: Ph.D., M.Sc., LL.B, B.Vet.Med., and likewise W.Va. At least
// one part is a single letter, or doubled for the plural (EE.UU.), and the others are
// short for branches of learning and the like, so that a sentence that goes on
// without a space is not taken for one.
func degreeEnd(s string, start, limit int) int {
	single, capitals := false, true
	var parts [maxDegree]string
	n := 0
	for i := start; n < maxDegree; {
		end := lettersEnd(s, i)
		part := s[i:end]
		if r, size := utf8.DecodeRuneInString(part); size == len(part) || isDoubled(part) {
			single = true
		} else {
			capitals = capitals && unicode.IsUpper(r)
		}
		if end == i || end-start > limit {
			return 0
		}
		parts[n] = part
		n++
		stop := end < len(s) && s[end] == '.'
		if stop && lettersEnd(s, end+1) > end+1 && !pluralEnds(s, end+1) {
			i = end + 1
			continue
		}
		if n < 2 || !single || !isDegree(parts[:n], capitals) || !standsAlone(s, end) {
			return 0
		}
		if stop {
			end++
			if pluralEnds(s, end) {
				end++
			}
		}
		return end
	}
	return 0
}

// pluralEnds reports whether an s that ends a word stands at i: Ph.D.s.
func pluralEnds(s string, i int) bool { return i < len(s) && s[i] == 's' && endsWord(s, i+1) }

// lettersEnd returns the end of the letters at i, as far as a part of a degree may
// have them.
func lettersEnd(s string, i int) int {
	for range len("pharm.") {
		_, c, n := classAt(s, i)
		if c != letter {
			return i
		}
		i += n
	}
	return i
}

// isDegree reports whether the parts that are no single letters are those of a
// degree. x.com is none: in small letters, those that end names of hosts are not
// taken for parts.
func isDegree(parts []string, capitals bool) bool {
	for _, part := range parts {
		if utf8.RuneCountInString(part) == 1 || isDoubled(part) {
			continue
		}
		switch Fold(part) {
		case "ph", "sc", "ll", "phil", "litt", "psy", "pharm", "chr":
		case "va", "mex", "dak", // states behind a W. or an N.
			"res", "jur",
			"ag", "agr", "arch", "bus", "ch", "chem", "com", "comm", "div", "econ", "ed", "eng", "ing", "lit",
			"math", "med", "min", "mus", "nat", "phys", "rer", "sci", "stat", "surg", "tech", "th", "theol", "vet":
			if !capitals {
				return false
			}
		default:
			return false
		}
	}
	return true
}
