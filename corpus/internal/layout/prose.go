package layout

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Bounds of prose: how many words a text has at least, or letters where words
// are written without blanks.
const (
	minProseWords   = 5
	minProseLetters = 12
)

// maxProseLook is how much of a text is looked at to tell whether it is prose,
// in bytes.
const maxProseLook = 2 << 10

// IsProse reports whether a text reads as prose, rather than as a name, an
// address, a number or code.
func IsProse(s string) bool {
	if len(s) > maxProseLook {
		s = s[:maxProseLook]
	}
	if strings.IndexByte(s, '<') >= 0 {
		s = WithoutTags(s)
	}
	words, letters, others, wide := 0, 0, 0, 0
	inWord := false
	for _, r := range s {
		switch {
		case unicode.IsLetter(r) || unicode.Is(unicode.M, r):
			letters++
			if r >= 0x0e00 && isUnspaced(r) {
				wide++
			}
			if !inWord {
				words++
			}
			inWord = true
		case r == '\'' || r == '’' || r == '-':
		case unicode.IsSpace(r):
			inWord = false
		default:
			others++
		}
	}
	if wide >= minProseLetters {
		return true
	}
	return words >= minProseWords && letters >= 3*others && letters >= 4*words/2
}

// isUnspaced reports whether r is of a script whose words are not parted by
// blanks.
func isUnspaced(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// IsSentence reports whether s is a sentence, which is no name of a topic.
func IsSentence(s string) bool {
	s = strings.TrimSpace(s)
	if len(s) > maxTopic || len(strings.Fields(s)) > maxTopicWords {
		return true
	}
	if !EndsSentence(s) {
		return false
	}
	if r, _ := utf8.DecodeLastRuneInString(s); r == '。' || r == '！' || r == '？' {
		return utf8.RuneCountInString(s) >= minProseLetters/2
	}
	words := strings.Fields(s)
	if len(words) < minProseWords {
		return false
	}
	// "The Bank of New York Mellon Corp." is a name.
	last := strings.Trim(words[len(words)-1], ".!?…\"'”’)")
	first, _ := utf8.DecodeRuneInString(last)
	return len(words) > 2*minProseWords || len(last) > maxAbbreviation || unicode.IsLower(first)
}

// IsLongName reports whether s has as many words as a sentence.
func IsLongName(s string) bool { return len(strings.Fields(s)) >= minProseWords }

// Bounds of a topic: the longest in bytes and in words, and the longest word,
// in bytes, whose stop may be that of an abbreviation.
const (
	maxTopic        = 250
	maxTopicWords   = 20
	maxAbbreviation = 4
)

// WithoutTags returns s without what stands in angle brackets.
func WithoutTags(s string) string {
	var b strings.Builder
	for {
		n := strings.IndexByte(s, '<')
		if n < 0 {
			b.WriteString(s)
			return b.String()
		}
		b.WriteString(s[:n])
		end := strings.IndexByte(s[n:], '>')
		if end < 0 {
			return b.String()
		}
		b.WriteByte(' ')
		s = s[n+end+1:]
	}
}

// EndsSentence reports whether a text ends with a stop.
func EndsSentence(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s, " \t\n\"'”’»)]"))
	return strings.ContainsRune(".!?…。！？।؟۔", r)
}
