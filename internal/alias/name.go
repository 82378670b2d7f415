package alias

import (
	"slices"
	"strings"
	"unicode"

	"github.com/newsq/newsq/internal/analysis"
)

// name is a word or phrase of a table.
type name struct {
	text     string // as the file writes it
	key      string // its words as texts are searched; names with one key are one name
	ordinary bool   // whether other words fold to the same
}

func newName(a analysis.Analyzer, s string) name {
	n := name{text: s, ordinary: true}
	var words []string
	for _, t := range a.Words(s) {
		words = append(words, t.Word)
		n.ordinary = n.ordinary && (a.IsStop(t.Word) || isOrdinary(t.Word))
	}
	n.key = keyOf(words)
	return n
}

// needsCapital reports whether a name is an English word when it is written small.
// Unlike an ordinary name it is looked for in articles, as there it is mostly the name.
func needsCapital(key string) bool { return key == "polish" }

// words returns the words of the name, as texts are searched.
func (n *name) words() []string {
	if n.key == "" {
		return nil
	}
	return strings.Split(n.key, " ")
}

// len returns the number of words.
func (n *name) len() int { return len(n.words()) }

// keyOf joins words: no word holds a space.
func keyOf(words []string) string { return strings.Join(words, " ") }

// holds reports whether every text that holds the name holds each of the asked,
// as a query looks for them.
func (n *name) holds(a analysis.Analyzer, asked []word) bool {
	return !slices.ContainsFunc(asked, func(w word) bool {
		if w.stem != "" {
			return !slices.ContainsFunc(n.words(), func(s string) bool { return !a.IsStop(s) && a.Stem(s) == w.stem })
		}
		return !n.contains(keyOf(w.words))
	})
}

// contains reports whether the words of a key stand in the name, side by side.
func (n *name) contains(key string) bool { return strings.Contains(" "+n.key+" ", " "+key+" ") }

// writtenAs reports whether written, which folds to an ordinary word, is
// written as a name: in capitals, with full stops, or as one of names.
func writtenAs(written string, names []string) bool {
	plain := withoutStops(written)
	capitals := strings.ContainsFunc(plain, unicode.IsUpper) && !strings.ContainsFunc(plain, unicode.IsLower)
	dotted := strings.Contains(strings.TrimRight(written, "."), ".")
	return capitals || dotted || slices.ContainsFunc(names, func(n string) bool { return withoutStops(n) == plain })
}

func withoutStops(s string) string { return strings.ReplaceAll(s, ".", "") }

// word is one word of a query, as the person wrote it.
type word struct {
	text  string
	words []string // as texts are searched; of U.S.-led there are two
	stem  string   // what is looked for; empty where it is several words or a stop word
}

func newWord(a analysis.Analyzer, s string) word {
	n := newName(a, s)
	w := word{text: s, words: n.words()}
	if len(w.words) == 1 && !a.IsStop(w.words[0]) {
		w.stem = a.Stem(w.words[0])
	}
	return w
}

// isStop reports whether a query, where other words stand beside it, doesn't
// look for the word.
func (w *word) isStop(a analysis.Analyzer) bool {
	return !slices.ContainsFunc(w.words, func(s string) bool { return !a.IsStop(s) })
}

// isOrdinary reports whether a folded word, no stop word, is met in texts as
// something else than the name or acronym of that spelling: words of English, abbreviations,
// particles of foreign names, and syllables such as those of Kim Jong Un and
// Port-au-Prince.
func isOrdinary(folded string) bool {
	switch folded {
	case "us", "who", "un", "may", "can", "will", "all", "any", "one", "two", "new", "now", "out", "up", "off",
		"go", "get", "got", "let", "put", "set", "see", "say", "met", "won", "win", "run", "ran", "hit", "cut",
		// Acronyms that are English words.
		"act", "acts", "age", "aid", "aids", "arm", "arms", "art", "bar", "bat", "bit", "cap", "car", "care", "cat",
		"cop", "cops", "dart", "dot", "ear", "era", "fast", "fat", "fed", "feds", "fit", "gap", "gas", "gun", "hud",
		"ice", "ion", "lead", "mad", "map", "mark", "mod", "oil", "pact", "pal", "pet", "pow", "quad", "rap", "rate",
		"red", "rest", "sad", "safe", "salt", "sea", "seal", "sec", "self", "snap", "star", "start", "stem", "swift", "tag",
		"tan", "tap", "tip", "vat", "war", "wasp",
		// Names that are words too.
		"alphabet", "apple", "bill", "house", "left", "meta", "right", "target", "visa",
		// Abbreviations, measures and Roman numerals.
		"ap", "bis", "cis", "co", "dr", "ev", "ex", "ft", "hr", "ii", "iii", "iv", "lb", "mi", "mr", "ms", "mt", "oz",
		"pa", "pm", "pp", "pt", "rd", "sq", "st", "va", "vs", "rbi", "rss",
		// Parts of words and of foreign names.
		"al", "au", "ben", "bin", "da", "das", "de", "del", "den", "der", "des", "di", "do", "doe", "dos", "du", "el",
		"en", "es", "et", "eta", "ibn", "il", "ira", "jong", "kim", "la", "las", "le", "les", "lo", "los", "ons", "ot",
		"re", "san", "sur", "van", "von":
		return true
	}
	return false
}
