package query

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// MaxGap is the most characters that *{n} can be asked for: endings and the middles of
// words are shorter.
const MaxGap = 20

// pattern is the pattern of a wildcard as it is put together.
type pattern struct {
	text    []byte
	stars   int // where the run of * at the end of text begins, or -1
	bounded int // how many *{n} there are
	run     int // of these in the run at the end
}

func (b *pattern) add(s string) {
	b.text, b.stars, b.run = append(b.text, s...), -1, 0
}

// addStar adds a * for any run of characters, or for at most as many as gap says. Beside
// one without bounds no other says anything.
func (b *pattern) addStar(gap int) {
	if b.stars < 0 {
		b.stars = len(b.text)
	}
	switch {
	case string(b.text[b.stars:]) == "*":
	case gap == 0:
		b.text = append(b.text[:b.stars], '*')
		b.bounded, b.run = b.bounded-b.run, 0
	default:
		b.text = append(b.text, "*{"+strconv.Itoa(gap)+"}"...)
		b.bounded, b.run = b.bounded+1, b.run+1
	}
}

// isPlain reports whether no text in the pattern reads as *{n}.
func (b *pattern) isPlain() bool {
	n := 0
	for i := range b.text {
		if boundedStar(string(b.text[i:])) > 0 {
			n++
		}
	}
	return n == b.bounded
}

func (w word) wildcard() (Node, error) {
	b := pattern{stars: -1}
	letters := false
	for i := 0; i < len(w.chars); i++ {
		switch c := w.chars[i]; {
		case c.literal && (c.r == '*' || c.r == '?'):
			return w.noWildcard(c)
		case c.is('*'):
			gap, n, err := w.gap(i + 1)
			if err != nil {
				return nil, err
			}
			b.addStar(gap)
			i += n
		case c.is('?'):
			b.add("?")
		default:
			letters = letters || isWordly(c.r)
			b.add(w.p.text[c.start:c.end])
		}
	}
	text := string(b.text)
	switch {
	case !letters:
		return noise{Word{At: w.At, Text: text}}, nil
	case !b.isPlain():
		brace := slices.IndexFunc(w.chars, func(c char) bool { return c.r == '{' })
		return w.noWildcard(w.chars[brace])
	case strings.IndexAny(text, "*?") == len(text)-1 && text[len(text)-1] == '*':
		return Prefix{At: w.At, Text: text[:len(text)-1]}, nil
	}
	return Wildcard{At: w.At, Pattern: text}, nil
}

// noWildcard reports the character c of a wildcard, of which a pattern has no way to hold
// the sign itself.
func (w word) noWildcard(c char) (Node, error) {
	return Word{At: w.At, Text: w.p.between(w.chars)}, w.p.fault(c.start, fmt.Sprintf("%c as text beside wildcards", c.r),
		"remove it: words hold no such sign", "took all as text")
}

// gap returns the number of characters that a * in front of the i-th character is bounded
// to, as in *{3}, and how many characters that takes; 0 where there is no bound.
func (w word) gap(i int) (gap, n int, err error) {
	if i == len(w.chars) || !w.chars[i].is('{') {
		return 0, 0, nil
	}
	end := i + 1
	for end < len(w.chars) && isDigit(w.chars[end].r) && !w.chars[end].literal {
		end++
	}
	if end == i+1 || end == len(w.chars) || !w.chars[end].is('}') {
		return 0, 0, nil
	}
	digits := w.p.between(w.chars[i+1 : end])
	gap, err = strconv.Atoi(digits)
	if err != nil || gap < 1 || gap > MaxGap {
		gap = MaxGap
		err = w.p.fault(w.chars[i].start, fmt.Sprintf("*{%s} for a number of characters", digits),
			fmt.Sprintf("write *{1} to *{%d}, or * alone for any number", MaxGap), fmt.Sprintf("took *{%d}", MaxGap))
	}
	return gap, end + 1 - i, err
}

// boundedStar returns the length of the *{n} that s begins with, or 0.
func boundedStar(s string) int {
	number, ok := strings.CutPrefix(s, "*{")
	digits := len(number) - len(strings.TrimLeft(number, "0123456789"))
	if !ok || digits == 0 || digits == len(number) || number[digits] != '}' {
		return 0
	}
	return len("*{") + digits + len("}")
}
