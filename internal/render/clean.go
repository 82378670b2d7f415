package render

import (
	"strings"
	"unicode/utf8"

	"github.com/newsq/newsq/index"
)

// Clean returns s fit for one line of a terminal: no control characters, no
// overriding of the writing direction, valid UTF-8.
func Clean(s string) string {
	s, _ = clean(s, nil)
	return s
}

// clean is Clean for text with marked ranges. It moves the ranges along with
// the characters that they mark.
func clean(s string, marks []index.Span) (string, []index.Span) {
	marks = validMarks(marks, len(s))
	if isClean(s) {
		return s, marks
	}
	// A mark has two borders; together they ascend, as marks are in order
	// and apart from each other.
	var b strings.Builder
	b.Grow(len(s))
	moved := make([]index.Span, len(marks))
	done := 0
	moveBorders := func(upTo int) {
		for ; done < 2*len(marks); done++ {
			from, to := &marks[done/2].Start, &moved[done/2].Start
			if done%2 == 1 {
				from, to = &marks[done/2].End, &moved[done/2].End
			}
			if *from > upTo {
				return
			}
			*to = b.Len()
		}
	}
	for i, r := range s {
		moveBorders(i)
		if as := replacement(r); as != unchanged {
			b.WriteString(as)
		} else {
			b.WriteRune(r)
		}
	}
	moveBorders(len(s))
	return b.String(), validMarks(moved, b.Len())
}

// unchanged is what replacement returns for a character that may stay.
const unchanged = "keep"

// replacement returns what stands on the terminal instead of r. A character
// that would steer the terminal is made visible. One that would only mislead
// the eye is left out. Package wire escapes the same characters in JSON.
func replacement(r rune) string {
	switch {
	case r == '\n', r == '\r', r == '\t', r == '\u2028', r == '\u2029':
		return " "
	case r < 0x20, r >= 0x7f && r < 0xa0: // C0, DEL, C1
		return "\ufffd"
	case r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069: // bidi embeddings, overrides, isolates
		return ""
	case r == 0xfeff, r == 0xad: // byte order mark, soft hyphen: terminals disagree on their width
		return ""
	}
	return unchanged
}

// isClean reports whether clean would return s as it is.
func isClean(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < utf8.RuneSelf {
			if replacement(rune(s[i])) != unchanged {
				return false
			}
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && size == 1 || replacement(r) != unchanged {
			return false
		}
		i += size - 1
	}
	return true
}

// validMarks returns the marks that are not empty, lie within a text of n
// bytes, and follow the mark before. It does not change its argument.
func validMarks(marks []index.Span, n int) []index.Span {
	out := make([]index.Span, 0, len(marks))
	end := 0
	for _, m := range marks {
		if m.Start >= end && m.End > m.Start && m.End <= n {
			out = append(out, m)
			end = m.End
		}
	}
	return out
}

// marksWithin returns the parts of marks that lie in [start, end), counted from
// start.
func marksWithin(marks []index.Span, start, end int) []index.Span {
	var out []index.Span
	for _, m := range marks {
		from, to := max(m.Start, start), min(m.End, end)
		if from < to {
			out = append(out, index.Span{Start: from - start, End: to - start})
		}
	}
	return out
}
