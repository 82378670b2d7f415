package match

import (
	"regexp/syntax"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/newsq/newsq/internal/text"
)

// The analyzer parts words at * and ?, so these pass through it as letters:
// two of phonetic script that no word uses and that fold to themselves.
const (
	anyRun = "ʬ" // stands for *
	anyOne = "ʭ" // stands for ?
)

// phraseSlots returns a slot for each word of s, with * for any run of
// characters: a word that ends in it is a prefix, it alone is any word.
// Question marks are punctuation.
func (l lowerer) phraseSlots(s string) []Slot {
	return l.slotsOf(strings.ReplaceAll(s, "*", anyRun))
}

// patternSlots is phraseSlots with ? for any one character.
func (l lowerer) patternSlots(s string) []Slot {
	return l.slotsOf(strings.NewReplacer("*", anyRun, "?", anyOne).Replace(s))
}

// exactSlots returns a slot for each word of s, as written and folded.
func (l lowerer) exactSlots(s string) []Slot { return exact(l.c.Analyzer.Words(s)) }

func exact(tokens []text.Token) []Slot {
	slots := make([]Slot, len(tokens))
	for i, t := range tokens {
		slots[i] = Slot{Kind: Exact, Text: t.Word}
	}
	return slots
}

func (l lowerer) slotsOf(masked string) []Slot {
	slots := l.exactSlots(masked)
	for i, s := range slots {
		if strings.Contains(s.Text, anyRun) || strings.Contains(s.Text, anyOne) {
			slots[i] = wildcardSlot(strings.NewReplacer(anyRun, "*", anyOne, "?").Replace(s.Text))
		}
	}
	return trimAny(slots)
}

// trimAny returns slots without those at either end that any word fits: there
// is hardly a place where no word stands beside a phrase. Where there are no
// others, one is left: some word at all.
func trimAny(slots []Slot) []Slot {
	isAny := func(s Slot) bool { return s.Kind == Any }
	for len(slots) > 1 && isAny(slots[0]) {
		slots = slots[1:]
	}
	for len(slots) > 1 && isAny(slots[len(slots)-1]) {
		slots = slots[:len(slots)-1]
	}
	return slots
}

// wildcardSlot returns the simplest slot that a pattern with * and ? means.
func wildcardSlot(pattern string) Slot {
	for strings.Contains(pattern, "**") {
		pattern = strings.ReplaceAll(pattern, "**", "*")
	}
	switch first := strings.IndexAny(pattern, "*?"); {
	case pattern == "*":
		return Slot{Kind: Any}
	case pattern[first:] == "*":
		return Slot{Kind: Prefix, Text: pattern[:first]}
	default:
		return Slot{Kind: Wildcard, Text: pattern}
	}
}

// fuzzySlots returns a fuzzy slot for each word of s.
func (l lowerer) fuzzySlots(s string, distance int) []Slot {
	slots := l.exactSlots(s)
	for i := range slots {
		slots[i].Kind, slots[i].Distance = Fuzzy, distance
	}
	return slots
}

// foldRegex folds the letters of a regular expression that stand for
// themselves, so that /Kim.*/ finds words, which are folded. What isn't a
// letter of the word stays: escapes, names of classes, flags. Where folding
// spoils the expression, such as the range [Z-a], it is returned as it is.
func foldRegex(pattern string) string {
	var b strings.Builder
	for rest := pattern; rest != ""; {
		if n := syntaxLen(rest); n > 0 {
			b.WriteString(rest[:n])
			rest = rest[n:]
			continue
		}
		r, n := utf8.DecodeRuneInString(rest)
		if unicode.IsLetter(r) {
			b.WriteString(text.Fold(rest[:n]))
		} else {
			b.WriteString(rest[:n])
		}
		rest = rest[n:]
	}
	if _, err := syntax.Parse(b.String(), syntax.Perl); err != nil {
		return pattern
	}
	return b.String()
}

// syntaxLen returns the length of the escape, named class or group opening
// that a regular expression starts with, or 0.
func syntaxLen(re string) int {
	upTo := func(end string) int {
		if i := strings.Index(re, end); i >= 0 {
			return i + len(end)
		}
		return len(re)
	}
	switch {
	case strings.HasPrefix(re, `\p{`), strings.HasPrefix(re, `\P{`), strings.HasPrefix(re, `\x{`):
		return upTo("}")
	case strings.HasPrefix(re, `\p`), strings.HasPrefix(re, `\P`):
		return min(len(re), len(`\pL`))
	case strings.HasPrefix(re, `\`):
		_, n := utf8.DecodeRuneInString(re[1:])
		return 1 + n
	case strings.HasPrefix(re, "[:"):
		return upTo(":]")
	case strings.HasPrefix(re, "(?"):
		if i := strings.IndexAny(re, ":)>"); i >= 0 {
			return i + 1
		}
		return len(re)
	}
	return 0
}
