package match

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/query"
)

// German, Dutch, the Nordic languages and Finnish write compounds as one word. Whoever
// asks for Gesetz Klimaschutz wants the Klimaschutzgesetz as well, and an article has the
// Streit um Verschlüsselung where the query has Verschlüsselungsstreit.

// Compound is another reading of one or two words of a query: as the parts of the one, or
// as the compound of the two.
type Compound struct {
	words []query.Word // as they are in the query: one that is parted, or two that are joined
	// Parts are the words that are looked for instead: two for one, one for two.
	Parts []string
	// Tag is that of the language in which they are a compound.
	Tag string
	// stems are those of Parts.
	stems []string
	// whole are the stems in all languages of the word that is parted. A word that articles
	// have is not: what is none in Dutch may be one in German.
	whole []string
}

const (
	// minPart is how many letters a part has at least. Shorter ones are endings of many
	// words.
	minPart = 4
	// maxCompound is how many letters a compound has at most, of which each may be where
	// it is parted.
	maxCompound = 40
	// maxCompoundWords is how many words a query has at most of which some are read
	// otherwise: each reading is looked up in the index.
	maxCompoundWords = 12
	// compoundFactor is what another reading counts, of the words as they are asked for.
	// On known items in six languages, .3, .5 and .8 differ little.
	compoundFactor = 0.5
)

// Compounds returns the other readings of the words of n, which stand side by side or are
// all of it, in the languages of articles.
func Compounds(n query.Node, languages []analysis.Analyzer) (list []Compound) {
	words := sideBySideIn(n)
	if len(words) > maxCompoundWords {
		return nil
	}
	for _, a := range languages {
		links := analysis.CompoundLinks(a)
		if links == nil {
			continue
		}
		in := compounding{a, links}
		for i, n := range words {
			w, ok := in.word(n)
			if !ok {
				continue
			}
			if i+1 < len(words) {
				if next, ok := in.word(words[i+1]); ok {
					list = append(in.joined(list, w, next, w, next), in.joined(nil, w, next, next, w)...)
				}
			}
			list = in.parted(list, w, stemsIn(languages, w.Text))
		}
	}
	return list
}

// stemsIn returns the stems of a word in each of some languages.
func stemsIn(languages []analysis.Analyzer, s string) (stems []string) {
	for _, a := range languages {
		for _, t := range a.Tokens(s) {
			if t.Stem != "" {
				stems = append(stems, t.Stem)
			}
		}
	}
	return stems
}

// sideBySideIn returns the nodes that stand side by side in n.
func sideBySideIn(n query.Node) []query.Node {
	switch n := n.(type) {
	case query.And:
		if n.Bare {
			return n.Operands
		}
	case query.Word:
		return []query.Node{n}
	}
	return nil
}

// compounding is a language that writes compounds as one word, with what may stand
// between their parts.
type compounding struct {
	analysis.Analyzer
	links []string
}

// word returns n if it is a single word of letters that may be part of a compound, or one.
func (c compounding) word(n query.Node) (query.Word, bool) {
	w, ok := n.(query.Word)
	length := utf8.RuneCountInString(w.Text)
	if !ok || w.Exact || w.Languages != "" || length < minPart || length > maxCompound {
		return w, false
	}
	return w, c.stem(w.Text) != ""
}

// stem returns the stem of a word of letters; nothing for others and stop words.
func (c compounding) stem(s string) string {
	if strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) }) {
		return ""
	}
	if tokens := withoutLast(c.Tokens(s)); len(tokens) == 1 {
		return tokens[0].Stem
	}
	return ""
}

// joined adds to list the compounds of first and second, by which a and b, as they stand
// in the query, may be read.
func (c compounding) joined(list []Compound, a, b, first, second query.Word) []Compound {
	for _, link := range c.links {
		s := strings.ToLower(first.Text) + link + strings.ToLower(second.Text)
		stem := c.stem(s)
		if stem != "" && utf8.RuneCountInString(s) <= maxCompound {
			list = append(list, Compound{words: []query.Word{a, b}, Parts: []string{s}, Tag: c.Tag(), stems: []string{stem}})
		}
	}
	return list
}

// parted adds the ways to part w, which has these stems as a whole, to list.
func (c compounding) parted(list []Compound, w query.Word, whole []string) []Compound {
	runes := []rune(strings.ToLower(w.Text))
	for i := minPart; i <= len(runes)-minPart; i++ {
		second := string(runes[i:])
		stem := c.stem(second)
		if stem == "" {
			continue
		}
		for _, link := range c.links {
			first, ok := strings.CutSuffix(string(runes[:i]), link)
			if !ok || utf8.RuneCountInString(first) < minPart {
				continue
			}
			if of := c.stem(first); of != "" {
				list = append(list, Compound{words: []query.Word{w}, Parts: []string{first, second}, Tag: c.Tag(), stems: []string{of, stem}, whole: whole})
			}
		}
	}
	return list
}

// IsParted reports whether the reading is that of one word as two.
func (c Compound) IsParted() bool { return len(c.words) == 1 }

// CompoundStems returns the stems whose frequencies ChooseCompounds wants, each once.
func CompoundStems(list []Compound) (stems []string) {
	for _, c := range list {
		stems = append(append(stems, c.stems...), c.whole...)
	}
	slices.Sort(stems)
	return slices.Compact(stems)
}

// ChooseCompounds returns the readings that articles speak for, by the number of articles
// that have a stem: a word that none has is parted where the product of the numbers of
// both parts is greatest (Koehn and Knight, Empirical Methods for Compound Splitting,
// EACL 2003, take their geometric mean, which orders alike), and two words are joined as
// most articles have them. There is one reading of the same words in each language.
func ChooseCompounds(list []Compound, freq func(stem string) int) (chosen []Compound) {
	var scores []float64 // of chosen
	for _, c := range list {
		score := 1.0
		for _, stem := range c.stems {
			score *= float64(freq(stem))
		}
		if score == 0 || slices.ContainsFunc(c.whole, func(stem string) bool { return freq(stem) > 0 }) {
			continue
		}
		i := slices.IndexFunc(chosen, c.sameWords)
		switch {
		case i < 0:
			chosen, scores = append(chosen, c), append(scores, score)
		case score > scores[i]:
			chosen[i], scores[i] = c, score
		}
	}
	return chosen
}

// sameWords reports whether two readings are of the same words, in one language.
func (c Compound) sameWords(o Compound) bool {
	return c.Tag == o.Tag && slices.Equal(c.words, o.words)
}

// Asked returns the words of the query that are read.
func (c Compound) Asked() string {
	texts := make([]string, len(c.words))
	for i, w := range c.words {
		texts[i] = w.Text
	}
	return strings.Join(texts, " ")
}

// String returns the reading as a query.
func (c Compound) String() string { return strings.Join(c.Parts, " ") }

// WithCompounds returns n with the words of the readings that were chosen joined with
// these by OR, and the readings that it has: words that are joined with others are not
// parted, and a word is joined with one other. The new nodes have the place of the words
// that they stand for.
func WithCompounds(n query.Node, chosen []Compound) (query.Node, []Compound) {
	words := sideBySideIn(n)
	var of []query.Node
	var used []Compound
	for len(words) > 0 {
		count := min(2, len(words))
		readings := readingsOf(chosen, words[:count])
		if len(readings) == 0 {
			count = 1
			readings = readingsOf(chosen, words[:1])
		}
		if len(readings) == 0 {
			of = append(of, words[0])
		} else {
			of = append(of, orReadings(words[:count], readings))
			used = append(used, readings...)
		}
		words = words[count:]
	}
	if len(used) == 0 {
		return n, nil
	}
	start, end := n.Pos()
	return sideBySide(query.At{Start: start, End: end}, of), used
}

// readingsOf returns those of chosen that are of these words.
func readingsOf(chosen []Compound, words []query.Node) (of []Compound) {
	for _, c := range chosen {
		if len(c.words) == len(words) && !slices.ContainsFunc(c.words, func(w query.Word) bool { return !slices.Contains(words, query.Node(w)) }) {
			of = append(of, c)
		}
	}
	return of
}

// orReadings joins words with their readings by OR.
func orReadings(words []query.Node, readings []Compound) query.Node {
	start, _ := words[0].Pos()
	_, end := words[len(words)-1].Pos()
	at := query.At{Start: start, End: end}
	of := []query.Node{sideBySide(at, words)}
	for _, c := range readings {
		parts := make([]query.Node, len(c.Parts))
		for i, part := range c.Parts {
			parts[i] = query.Word{At: at, Text: part, Languages: c.Tag}
		}
		of = append(of, query.Boost{At: at, Operand: sideBySide(at, parts), Factor: compoundFactor})
	}
	return query.And{At: at, Operands: []query.Node{query.Or{At: at, Operands: of}}, Bare: true}
}
