package query

import (
	"fmt"
	"strconv"
)

// maxLength is the most words that words: can be asked for, which no article has.
const maxLength = 10_000_000

// bounds returns what the ranges of a field lie between.
func (f prefix) bounds() string {
	if f.field == lengthField {
		return "number"
	}
	return "date"
}

// sample returns a value of a field that has ranges.
func (f prefix) sample() string {
	if f.field == lengthField {
		return "500"
	}
	return "2024"
}

// checkedLength is checked for numbers of words.
func (p *parser) checkedLength(n Range, low, high dateText) (Node, error) {
	for _, bound := range []dateText{low, high} {
		if _, ok := wordCount(bound.text); bound.text != "" && !ok {
			return noise{}, p.fault(bound.start, "no such number of words as "+bound.text,
				fmt.Sprintf("write words:>1000, words:500..800 or words:<300, with whole numbers up to %d", maxLength), "ignored it")
		}
	}
	least, most := LengthRange(n)
	if most < 0 || least <= most {
		return n, nil
	}
	if n.OpenLow || n.OpenHi || n.Low == "" {
		return noise{}, p.fault(low.start, "no number of words lies there", "write words:500..800", "ignored it")
	}
	n.Low, n.High = n.High, n.Low
	return n, p.fault(low.start, fmt.Sprintf("range from %s back to %s", n.High, n.Low), fmt.Sprintf("write %s..%s", n.Low, n.High), "swapped them")
}

// wordCount reads a number of words.
func wordCount(s string) (int, bool) {
	if s == "" || !isDigit(rune(s[0])) {
		return 0, false
	}
	n, err := strconv.Atoi(s)
	return n, err == nil && n <= maxLength
}

// LengthRange returns the numbers of words, from least to most, that a Range of the field
// words stands for; most is -1 where it is open. Where most is less than least there are none.
func LengthRange(r Range) (least, most int) {
	most = -1
	if n, ok := wordCount(r.Low); ok {
		if least = n; r.OpenLow {
			least++
		}
	}
	if n, ok := wordCount(r.High); ok {
		most = n
		switch {
		case r.OpenHi && n == 0:
			return 1, 0
		case r.OpenHi:
			most--
		}
	}
	return least, most
}
