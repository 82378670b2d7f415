package en

import (
	"slices"
	"strings"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"
)

// Stem returns the stem of a folded word: for words of the letters a to z and
// apostrophes, whatever their language, that of Snowball's English stemmer, of
// the regular form in American spelling. bought has the stem of buy, crises that
// of crisis, labour that of labor. Any other word is its own stem, but for the
// plural of a name with a number (F16s). A stem starts with the letter that its
// word starts with.
func (Language) Stem(folded string) string {
	// Shorter words have no ending that could go.
	if len(folded) < 3 {
		return folded
	}
	for i := 0; i < len(folded); i++ {
		if b := folded[i]; b-'a' >= 26 && b != '\'' {
			return singularNumber(folded)
		}
	}
	return regularStem(regular(folded))
}

// regular returns the word that a folded one is a form or a spelling of.
func regular(word string) string {
	i, ok := slices.BinarySearchFunc(forms[:], word, func(f form, word string) int { return strings.Compare(f.word, word) })
	if ok {
		return forms[i].of
	}
	return american(word)
}

// regularStem returns the stem of a regular form in American spelling: that of
// Snowball, and where version 2 joins what has little in common, that of
// version 3 (snowballstem.org, english.sbl of 2025).
func regularStem(word string) string {
	if stem := kept(word); stem != "" {
		return stem
	}
	if s, ok := strings.CutSuffix(strings.TrimSuffix(word, "s"), "ogist"); ok && len(s) > 1 {
		word = s + "ogy"
	}
	for _, p := range kinPrefixes {
		if rest, ok := strings.CutPrefix(word, p.prefix); ok {
			if rest, ok := strings.CutPrefix(snowball(p.model+rest), p.model); ok {
				return p.prefix + rest
			}
		}
	}
	return snowball(word)
}

// kinPrefixes are beginnings of words that Snowball 3 keeps whole, as it keeps
// gener-, commun- and arsen-: an ending goes only behind them, so that
// organization and organ part, and international, internal and internment. The
// model is one of those that version 2 knows, with a like last letter.
var kinPrefixes = [...]struct{ prefix, model string }{
	{"emerg", "arsen"},
	{"inter", "gener"},
	{"later", "gener"},
	{"organ", "arsen"},
	{"univers", "arsen"},
}

// kept returns the stem of words that no rule gets right, else "".
func kept(word string) string {
	switch word {
	case "evening", "evenings":
		return "evening" // Snowball 3: no form of even
	case "past", "pasts":
		return "past"
	case "paste", "pastes", "pasted", "pasting":
		return "paste" // Snowball 3
	case "emerge", "emerges", "emerged", "emerging":
		return "emerg"
	case "universe", "universes":
		return "univers"
	case "added", "adding":
		return "add" // Snowball 3: no form of ad, as in ads; and so on
	case "ebbed", "ebbing":
		return "ebb"
	case "egged", "egging":
		return "egg"
	case "erred", "erring":
		return "err"
	case "offing":
		return "off"
	// Not of Snowball 3, but as bad in news: authorities and authors, a
	// majority and a major, executives and executions, experiments and
	// experience.
	case "authority", "authorities":
		return "authoriti"
	case "majority", "majorities":
		return "majoriti"
	case "minority", "minorities":
		return "minoriti"
	case "executive", "executives":
		return "executive"
	case "experiment", "experiments", "experimented", "experimenting", "experimental", "experimentation":
		return "experiment"
	case "andes":
		return word // Snowball 3: no plural
	case "isis":
		return word // no plural of isi; the other way round the ISI is no ISIS
	case "bys":
		return "by" // of stand-bys; Snowball finds no vowel in it
	}
	// israeli is isra to Snowball, which takes the ending for -ly. Words in
	// -eli are foreign names.
	if s, ok := strings.CutSuffix(word, "eli"); ok && len(s) > 1 {
		return word
	}
	if s, ok := strings.CutSuffix(word, "elis"); ok && len(s) > 1 {
		return s + "eli"
	}
	return ""
}

func snowball(word string) string {
	env := snowballstem.NewEnv(word)
	english.Stem(env)
	if s := env.Current(); s != "" {
		return s
	}
	return word
}

// StemPrefix returns bytes that every word of a stem starts with. Snowball's
// English stemmer keeps the beginning of a word but for the last letter of the
// stem, which it may change: the words of "studi" are studies and study. It
// keeps the first two letters of all words but dying, lying and tying.
// Irregular forms and other spellings have less in common. A word with other
// characters than a to z is its own stem.
func (Language) StemPrefix(stem string) string {
	const kept = 2
	for i := 0; i < len(stem); i++ {
		if b := stem[i]; b-'a' >= 26 && b != '\'' {
			return stem
		}
	}
	prefix := stem
	switch {
	case stem == "die", stem == "lie", stem == "tie":
		prefix = stem[:1]
	case len(stem) > kept:
		prefix = stem[:len(stem)-1]
	}
	prefix = prefix[:min(len(prefix), formsPrefix(stem), spellingPrefix(stem))]
	return prefix
}

// formsPrefix returns the length of what a stem has in common with its
// irregular forms.
func formsPrefix(stem string) int {
	n := len(stem)
	for i := range forms {
		f := &forms[i]
		// A stem keeps the first letters of its word, which rules out nearly all.
		if f.of[0] != stem[0] || sharedPrefix(f.of, stem) < min(2, len(stem)-1) || sharedPrefix(f.word, stem) >= n {
			continue
		}
		if regularStem(f.of) == stem {
			n = min(n, sharedPrefix(f.word, stem))
		}
	}
	return n
}

// spellingPrefix returns the length of what a stem has in common with all
// spellings that american makes it of.
func spellingPrefix(stem string) int {
	n := len(stem)
	if i := strings.LastIndex(stem, "iz"); i > 0 {
		n = i + 1 // realiz, realise
	}
	for i := range roots {
		n = min(n, rootPrefix(stem, "", roots[i].british, roots[i].american))
	}
	for _, affix := range affixes {
		if strings.HasPrefix(stem, affix) {
			for i := range roots {
				n = min(n, rootPrefix(stem, affix, roots[i].british, roots[i].american))
			}
		}
	}
	return n
}

// rootPrefix is spellingPrefix for one root. A stem may be cut within it.
func rootPrefix(stem, affix, british, american string) int {
	rest := stem[len(affix):]
	shared := sharedPrefix(british, american)
	if len(rest) > shared && rest[shared-1] == american[shared-1] && sharedPrefix(rest, american) >= min(len(rest)-1, len(american)) {
		return len(affix) + shared
	}
	return len(stem)
}

func sharedPrefix(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// singularNumber returns a word of letters and digits without the s of its plural:
// F16s, C130Js, 747s. A decade, such as 1990s, is none of its years.
func singularNumber(word string) string {
	isDigit := func(i int) bool { return i >= 0 && word[i]-'0' < 10 }
	s, ok := strings.CutSuffix(word, "s")
	last := len(s) - 1
	if !ok || !isDigit(last) && !(word[0]-'a' < 26 && s[last]-'a' < 26 && isDigit(last-1) && isDigit(last-2)) {
		return word
	}
	if strings.Trim(s, "0123456789") == "" && (len(s) < 2 || s[last] == '0') {
		return word
	}
	return s
}
