package page

import (
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The words at which a text fragment begins and ends. With fewer they would often stand
// elsewhere on the page, and with more they would be lost where the page differs a little
// from what was read of it.
const (
	fragmentWords = 5
	// wholeWords is the most words of a passage that is named as a whole.
	wholeWords = 8
)

// originalAddress returns the address of an article where it was published, which opens at
// a passage of it; empty where it has none on the web.
func originalAddress(address, passage string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	fragment := textFragment(passage)
	if fragment == "" {
		return u.String()
	}
	// The part of an address behind # goes on with what only the browser is told.
	whole := u.String()
	if !strings.Contains(whole, "#") {
		whole += "#"
	}
	return whole + ":~:text=" + fragment
}

// textFragment returns what a text fragment has behind text= for a passage: its first and
// last words, or all of a short one. It is empty for a passage without words.
//
// It follows how browsers look for them: within a block of the page, at borders of words,
// and whatever the case. So the words are of the first and of the last block of the
// passage alone, and those with the number of a footnote are left out, as the number often
// is elsewhere on the page.
func textFragment(passage string) string {
	var blocks [][]string
	for line := range strings.Lines(passage) {
		if words := fragmentUnits(line); len(words) > 0 {
			blocks = append(blocks, words)
		}
	}
	if len(blocks) == 0 {
		return ""
	}
	first, last := blocks[0], blocks[len(blocks)-1]
	if len(blocks) == 1 && len(first) <= wholeWords && !slices.ContainsFunc(first, isFootnote) && !unspaced(first) {
		return encodeFragment(first)
	}
	start, end := head(first), tail(last)
	switch {
	case len(start) == 0 || len(end) == 0:
		return ""
	case len(blocks) == 1 && len(start)+len(end) > len(first): // they would overlap
		return encodeFragment(start)
	case len(blocks) == 1 && len(first) == 1:
		return encodeFragment(first)
	}
	return encodeFragment(start) + "," + encodeFragment(end)
}

// head returns the first words of a block, up to a footnote.
func head(words []string) []string {
	words = words[:min(len(words), fragmentWords)]
	if i := slices.IndexFunc(words, isFootnote); i >= 0 {
		words = words[:i]
	}
	if unspaced(words) {
		words = words[:1]
	}
	return words
}

// tail returns the last words of a block, from behind a footnote on; where that is nothing,
// those that end before it.
func tail(words []string) []string {
	for len(words) > 0 && isFootnote(words[len(words)-1]) {
		words = words[:len(words)-1]
	}
	from := max(0, len(words)-fragmentWords)
	for i := len(words) - 1; i >= from; i-- {
		if isFootnote(words[i]) {
			return words[i+1:]
		}
	}
	if words = words[from:]; unspaced(words) {
		words = words[len(words)-1:]
	}
	return words
}

// unspaced reports whether a unit is of a writing without blanks. What stood between it and
// its neighbours is not known, so that it can only be named alone.
func unspaced(units []string) bool {
	return slices.ContainsFunc(units, func(u string) bool { return strings.ContainsFunc(u, isUnspaced) })
}

// isFootnote reports whether a word ends with the number of a footnote: deal[3], deal³.
func isFootnote(word string) bool {
	r, _ := utf8.DecodeLastRuneInString(word)
	if strings.ContainsRune("⁰¹²³⁴⁵⁶⁷⁸⁹", r) {
		return true
	}
	inside, ok := strings.CutSuffix(word, "]")
	if !ok {
		return false
	}
	i := strings.LastIndexByte(inside, '[')
	return i >= 0 && strings.Trim(inside[i+1:], "0123456789") == ""
}

// fragmentUnits cuts a line into what a fragment may begin and end with: words, and of
// writings without blanks between words, parts between signs such as 、 and 。.
func fragmentUnits(line string) []string {
	var units []string
	for _, word := range strings.FieldsFunc(line, unicode.IsSpace) {
		if !strings.ContainsFunc(word, isUnspaced) {
			units = append(units, word)
			continue
		}
		parts := strings.FieldsFunc(word, func(r rune) bool { return strings.ContainsRune("、。，．！？「」『』（）", r) })
		units = append(units, parts...)
	}
	return units
}

// isUnspaced reports whether a letter is of a writing that has no blanks between words.
func isUnspaced(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// encodeFragment writes words as a part of a text fragment, in which - and , and & have a
// meaning.
func encodeFragment(words []string) string {
	escaped := url.PathEscape(strings.Join(words, " "))
	return strings.NewReplacer("-", "%2D", ",", "%2C", "&", "%26").Replace(escaped)
}
