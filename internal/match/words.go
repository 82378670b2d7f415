package match

import (
	"fmt"
	"regexp"
	"regexp/syntax"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/newsq/newsq/internal/query"
	"github.com/newsq/newsq/internal/text"
)

// The analyzer parts words at * and ?, so these pass through it as letters:
// three of phonetic script that no word uses and that fold to themselves.
const (
	anyRun    = "ʬ" // stands for *
	anyOne    = "ʭ" // stands for ?
	atMostOne = "ʮ" // stands for *{1}; twice for *{2}
)

// maskBounded returns s with what stands for each *{n}, any of at most n characters.
func maskBounded(s string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(s, "*{")
		digits, after, closed := strings.Cut(rest, "}")
		n, err := strconv.Atoi(digits)
		if !found {
			b.WriteString(s)
			return b.String()
		}
		b.WriteString(before)
		if !closed || err != nil || n < 1 || n > query.MaxGap {
			b.WriteString("*{")
			s = rest
			continue
		}
		b.WriteString(strings.Repeat(atMostOne, n))
		s = after
	}
}

// masks are what stands for signs in a word.
var masks = strings.NewReplacer(anyRun, "", anyOne, "", atMostOne, "", anyCharacter, "")

// phraseTerms returns a term for each word of s, with * for any run of
// characters: a word that ends in it is a prefix, it alone is any word.
// Question marks are punctuation.
func (l lowerer) phraseTerms(s string) []TermPattern {
	return l.termsOf(strings.ReplaceAll(maskBounded(s), "*", anyRun))
}

// patternTerms is phraseTerms with ? for any one character.
func (l lowerer) patternTerms(s string) []TermPattern {
	return l.termsOf(strings.ReplaceAll(maskOne(maskBounded(s)), "*", anyRun))
}

// exactTerms returns a term for each word of s, as written and folded.
func (l lowerer) exactTerms(s string) []TermPattern {
	tokens := l.context.Analyzer.Words(s)
	terms := exact(tokens)
	if l.cased {
		for i := range terms {
			terms[i].Case = CaseOf(masks.Replace(s[tokens[i].Start:tokens[i].End]))
		}
	}
	return terms
}

func (l lowerer) termsOf(masked string) []TermPattern {
	terms := l.exactTerms(masked)
	for i, s := range terms {
		if strings.Contains(s.Text, atMostOne) {
			terms[i] = boundedTerm(s)
		} else if strings.Contains(s.Text, anyRun) || strings.Contains(s.Text, anyOne) || strings.Contains(s.Text, anyCharacter) {
			pattern := strings.NewReplacer(anyRun, "*", anyOne, "?", anyCharacter, "?").Replace(s.Text)
			if s.Kind == Prefix {
				pattern += "*"
			}
			terms[i] = wildcardTerm(pattern)
			if terms[i].Kind != AnyWord {
				terms[i].Case = s.Case
			}
		}
	}
	return trimAny(terms)
}

// trimAny returns terms without those at either end that any word fits: there
// is hardly a place where no word stands beside a phrase. Where there are no
// others, one is left: some word at all.
func trimAny(terms []TermPattern) []TermPattern {
	isAny := func(s TermPattern) bool { return s.Kind == AnyWord }
	for len(terms) > 1 && isAny(terms[0]) {
		terms = terms[1:]
	}
	for len(terms) > 1 && isAny(terms[len(terms)-1]) {
		terms = terms[:len(terms)-1]
	}
	return terms
}

// wildcardTerm returns the simplest term that a pattern with * and ? means.
func wildcardTerm(pattern string) TermPattern {
	for strings.Contains(pattern, "**") {
		pattern = strings.ReplaceAll(pattern, "**", "*")
	}
	switch first := strings.IndexAny(pattern, "*?"); {
	case pattern == "*":
		return TermPattern{Kind: AnyWord}
	case pattern[first:] == "*":
		return TermPattern{Kind: Prefix, Text: pattern[:first]}
	default:
		return TermPattern{Kind: Wildcard, Text: pattern}
	}
}

// boundedTerm returns the regular expression that a masked word with *{n} in it means. One
// of nothing else is any word.
func boundedTerm(s TermPattern) TermPattern {
	if masks.Replace(s.Text) == "" {
		return TermPattern{Kind: AnyWord}
	}
	var b strings.Builder
	for rest := s.Text; rest != ""; {
		n := 0
		for strings.HasPrefix(rest, atMostOne) {
			rest, n = rest[len(atMostOne):], n+1
		}
		if n > 0 {
			fmt.Fprintf(&b, ".{0,%d}", n)
			continue
		}
		r, size := utf8.DecodeRuneInString(rest)
		switch sign := rest[:size]; sign {
		case anyRun:
			b.WriteString(".*")
		case anyOne, anyCharacter:
			b.WriteString(".")
		default:
			b.WriteString(regexp.QuoteMeta(string(r)))
		}
		rest = rest[size:]
	}
	if s.Kind == Prefix {
		b.WriteString(".*")
	}
	return TermPattern{Kind: Regex, Text: b.String(), Case: s.Case}
}

// fuzzyTerms returns a fuzzy term for each word of s.
func (l lowerer) fuzzyTerms(s string, distance int) []TermPattern {
	terms := l.exactTerms(s)
	for i := range terms {
		if text.Characters(terms[i].Text) == 0 { // one character of a pair is half of it
			terms[i].Kind, terms[i].Distance = Fuzzy, distance
		}
	}
	return terms
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
		if unicode.IsLetter(r) || r == '\u200b' || r == '\u2060' || r == '\ufeff' { // copied with the word, and invisible
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
