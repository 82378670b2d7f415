package snippet

import (
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/newsq/newsq/internal/text"
)

// Furniture is what stands on a page beside the text and was saved with it: captions
// and credits of pictures, links to other articles, buttons, advertisements. It says
// nothing about the article, so that passages of it come last. It is known by signs
// that pages have in common, and by the phrases below; no page is known by name.

// markFurniture marks the units that are furniture, of s[start:end], a paragraph of a
// section, or more. A caption is known by the credit at its end.
func (c *Cutter) markFurniture(units []unit, s string, start, end int) {
	whole := strings.TrimSpace(s[start:end])
	caption := len(whole) <= maxCaption && !strings.Contains(whole, blankLine) && endsInCredit(whole)
	alone := len(whole) <= maxLabel && isLabel(whole)
	for i := range units {
		units[i].furniture = caption || alone || c.isFurniture(s[units[i].Start:units[i].End], s)
	}
}

const (
	// maxCaption is the length of the longest caption, in bytes.
	maxCaption = 500
	// maxCall is the length of the longest call to do something.
	maxCall = 250
	// maxLabel is the length of the longest label.
	maxLabel = 40
	// minCapitals is how many words and letters a line in capitals has at least; what
	// is shorter may be names.
	minCapitalWords, minCapitalLetters = 4, 16
)

// isFurniture reports whether a sentence of a section by itself is furniture. In a
// section that is all in capitals these say nothing.
func (c *Cutter) isFurniture(s, section string) bool {
	return startsAsFurniture(s) || isButton(s) ||
		len(s) <= maxCall && holdsFurniture(s) ||
		strings.Count(s, " | ") > 1 ||
		inCapitals(s) && (len(section) <= maxCaption || !inCapitals(section)) ||
		inParentheses(s)
}

// inCapitals reports whether s is all in capitals, as links to other articles are.
func inCapitals(s string) bool {
	upper, lower := 0, 0
	for _, r := range s {
		switch {
		case unicode.IsUpper(r):
			upper++
		case unicode.IsLower(r):
			lower++
		}
		if lower > 3 && lower > upper {
			return false
		}
	}
	return upper >= minCapitalLetters && upper > 20*lower && len(strings.Fields(s)) >= minCapitalWords
}

// inParentheses reports whether all of s stands in parentheses and is no sentence:
// (PHOTOS: The week in pictures). A full stop on either side makes it one.
func inParentheses(s string) bool {
	inner, ok := strings.CutPrefix(s, "(")
	end := strings.LastIndexByte(inner, ')')
	if !ok || end < 0 || strings.ContainsAny(inner[:end], "()") || strings.Trim(inner[end+1:], " .") != "" || len(s) > maxCall {
		return false
	}
	stopped := inner[end+1:] != ""
	inner = strings.TrimSpace(inner[:end])
	stopped = stopped || strings.ContainsRune(sentenceEnds, lastRune(strings.TrimRight(inner, `"'”’»`)))
	return inner != "" && !stopped || startsAsFurniture(inner)
}

// sentenceEnds are the signs that end a sentence.
const sentenceEnds = ".!?…。！？؟।"

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

// credit is the end of a caption: a photographer and an agency, or what is said of
// them in parentheses. An agency alone in parentheses ends a report as well.
var credit = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i:\((?:ap|afp|epa|reuters|getty|dpa|upi|pa|photo|file photo|image|foto|picture|courtesy|credit)[ /:][^()]{2,80}\)\.?$)|` +
		`\p{Lu}[\p{L}.'-]+ ?/ ?\p{Lu}[\p{L}-]*(?: \p{Lu}[\p{L}-]+){0,3}\)?$|` +
		`(?i:\b(?:getty images|via getty|ap photo)\)?\.?|\b(?:file photo|shutterstock|alamy)\)?)$`)
})

// maxCredit is how much of the end of a sentence is looked at for a credit.
const maxCredit = 120

// endsInCredit reports whether a sentence ends as a caption does.
func endsInCredit(s string) bool {
	if len(s) > maxCredit {
		s = s[len(s)-maxCredit:]
	}
	// Most sentences have nothing of the kind, and are told by that.
	if !strings.ContainsAny(s, "/(") && !strings.Contains(s, "etty") && !strings.Contains(s, "hoto") && !strings.Contains(s, "lamy") && !strings.Contains(s, "hutterstock") {
		return false
	}
	return credit().MatchString(s)
}

// isButton reports whether s begins with what stands on a button, in capitals, and
// goes on as a caption: CLOSE The bridge at night.
func isButton(s string) bool {
	word, rest, _ := strings.Cut(s, " ")
	switch word {
	case "CLOSE", "PLAY", "PAUSE", "WATCH", "VIDEO", "VIDEOS", "PHOTO", "PHOTOS", "GALLERY", "SHARE", "LISTEN", "EXPAND", "ENLARGE", "DOWNLOAD":
		next := []rune(rest + "  ")
		return unicode.IsUpper(next[0]) && !unicode.IsUpper(next[1]) || rest == ""
	}
	return false
}

// startsAsFurniture reports whether s begins with one of the phrases of furniture.
func startsAsFurniture(s string) bool {
	s = strings.TrimLeftFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '©' && r != '@' })
	const longest = 64
	head := s
	if len(head) > longest {
		head = head[:longest]
		for !utf8.RuneStart(s[len(head)]) {
			head = head[:len(head)-1]
		}
	}
	head = text.Fold(head)
	word := head
	if i := strings.IndexAny(head, " :：|/=»"); i > 0 {
		word = head[:i]
	}
	for _, phrase := range phrasesByWord()[word] {
		rest, ok := strings.CutPrefix(head, phrase.words)
		if !ok {
			continue
		}
		next, size := utf8.DecodeRuneInString(strings.TrimLeft(rest, " "))
		bordered := rest == "" || !unicode.IsLetter([]rune(rest)[0]) && !unicode.IsDigit([]rune(rest)[0])
		switch {
		case !bordered:
		case !phrase.label, size == 0, strings.ContainsRune(":：|»>→/=►▶", next):
			return true
		}
	}
	return false
}

// isLabel reports whether a paragraph is no more than a label or a date, as those
// above and below texts are.
func isLabel(s string) bool {
	if strings.ContainsRune(sentenceEnds+":;,”\"»", lastRune(s)) {
		return false
	}
	first, _ := utf8.DecodeRuneInString(s)
	// Other scripts may have no signs at the ends of sentences.
	return unicode.In(first, unicode.Latin, unicode.Cyrillic, unicode.Greek) && len(strings.Fields(s)) <= 4
}

// holdsFurniture reports whether a short text holds a phrase that only furniture has.
func holdsFurniture(s string) bool {
	for i := range len(s) {
		if i > 0 && s[i-1] != ' ' && s[i-1] != '(' {
			continue
		}
		for _, phrase := range innerPhrases[s[i]|0x20] {
			if len(s)-i >= len(phrase) && strings.EqualFold(s[i:i+len(phrase)], phrase) {
				return true
			}
		}
	}
	return false
}
