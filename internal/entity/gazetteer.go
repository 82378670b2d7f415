package entity

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/alias"
	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/text"
)

// gazetteer has the names of a language, other than English, that package alias knows, and
// finds them in texts. It is immutable.
//
// In languages that inflect names, a word of a name is told by its stem, else by itself and
// its genitive. In those that write no blanks, a name is told by its characters. A
// name of one word has to be written with a capital where the language has them.
type gazetteer struct {
	analyzer  analysis.Analyzer
	writing   writing
	entries   map[string][]entry // by the first key, or by the first two characters
	givenName bool               // whether persons are told by given names, see personAt
	particles bool               // whether particles are joined to names, as in Korean
}

// entry is a name of a gazetteer.
type entry struct {
	text    string   // as the list has it, for languages without blanks
	words   []string // folded
	stems   []string // what the words are told by
	exact   bool     // told by the words alone
	acronym bool     // in capitals
	short   bool     // a part of a person's name by which the person is known alone
	name    string   // across articles
	kind    corpus.EntityKind
}

// writing says how a language writes and bends names.
type writing struct {
	spaced  bool // with blanks between words
	cased   bool // names with a capital
	inflect bool // with endings, or with particles joined to them
	latin   bool
	nouns   bool // all nouns with a capital
	es      bool // the genitive has an s and no apostrophe
}

// writingOf returns how the language of a tag writes.
func writingOf(tag string) writing {
	switch tag {
	case "zh", "ja", "th":
		return writing{}
	case "ar", "fa", "he", "hi", "ko":
		return writing{spaced: true, inflect: true}
	case "ru", "uk", "el":
		return writing{spaced: true, cased: true, inflect: true}
	case "bg":
		return writing{spaced: true, cased: true}
	case "sr", "pl", "cs", "fi", "hu", "tr", "ro":
		return writing{spaced: true, cased: true, inflect: true, latin: true}
	case "de":
		return writing{spaced: true, cased: true, latin: true, nouns: true, es: true}
	case "da", "no", "sv", "nl":
		return writing{spaced: true, cased: true, latin: true, es: true}
	}
	return writing{spaced: true, cased: true, latin: true}
}

// newGazetteer makes the gazetteer of a language. canonical gives the names across articles.
func newGazetteer(a analysis.Analyzer, canonical Canonical) *gazetteer {
	tag := a.Tags()[0]
	g := &gazetteer{analyzer: a, writing: writingOf(tag), entries: make(map[string][]entry)}
	g.givenName = g.writing.latin && tag != "hu" // where the family name comes first
	g.particles = tag == "ko"
	for n := range alias.WorldNames(tag) {
		if e, ok := g.entry(n, canonical); ok {
			key := g.keyOf(&e)
			g.entries[key] = append(g.entries[key], e)
		}
	}
	for _, list := range g.entries {
		slices.SortStableFunc(list, func(a, b entry) int { return len(b.text) - len(a.text) })
	}
	return g
}

// entry makes the entry of a name; ok is false for one that is too often another word.
func (g *gazetteer) entry(n alias.WorldName, canonical Canonical) (e entry, ok bool) {
	kind := kindOf(n.Kind)
	if isNoEntity(n.Of) || kind == "" {
		return e, false
	}
	e = entry{text: n.Text, exact: n.Exact || !g.writing.inflect, short: n.Short, name: n.Of, kind: kind}
	if known, k, ok := canonical(n.Of); ok && (k == "" || k == kind) {
		e.name = known
	}
	if !g.writing.spaced {
		return e, utf8.RuneCountInString(n.Text) >= 2
	}
	first, _ := utf8.DecodeRuneInString(n.Text)
	if g.writing.cased && !unicode.IsUpper(first) {
		return e, false // is no name in the language, such as coronavirus
	}
	e.acronym = isAcronym(n.Text)
	for _, t := range g.analyzer.Tokens(n.Text) {
		e.words = append(e.words, t.Word)
		e.stems = append(e.stems, stemOf(&t))
	}
	if len(e.words) == 0 || len(e.words) == 1 && alias.IsOtherWord(e.words[0]) {
		return e, false
	}
	return e, g.writing.cased || g.particles || len(e.words) > 1 || utf8.RuneCountInString(e.words[0]) > 2
}

func stemOf(t *text.Token) string {
	if t.Stem == "" {
		return t.Word
	}
	return t.Stem
}

// isNoEntity reports whether a thing that aliases list among organizations is none.
func isNoEntity(name string) bool {
	switch name {
	case "coronavirus", "climate change", "Brexit", "Olympic Games", "World Cup":
		return true
	}
	return false
}

func (g *gazetteer) keyOf(e *entry) string {
	switch {
	case !g.writing.spaced:
		return firstTwo(e.text)
	case e.exact:
		return e.words[0]
	}
	return e.stems[0]
}

// firstTwo returns the first two characters of s; all of a shorter one.
func firstTwo(s string) string {
	n := 0
	for range 2 {
		_, size := utf8.DecodeRuneInString(s[n:])
		n += size
	}
	return s[:n]
}

// find appends the names in a text, in order and apart from each other.
func (g *gazetteer) find(spans []Span, s string) []Span {
	if !g.writing.spaced {
		return g.findCharacters(spans, s)
	}
	tokens := g.analyzer.Tokens(s)
	words := tokensOf{s, tokens}
	found := len(spans)
	for i := 0; i < len(tokens); {
		span, n := g.nameAt(&words, i)
		if n == 0 {
			span, n = g.personAt(&words, i)
		}
		if n == 0 {
			i++
			continue
		}
		spans = append(spans, span)
		i += n
	}
	return g.addFamilyNames(spans, found, &words)
}

// findCharacters is find for a language without blanks.
func (g *gazetteer) findCharacters(spans []Span, s string) []Span {
	for i := 0; i < len(s); {
		_, size := utf8.DecodeRuneInString(s[i:])
		if size > 1 {
			at := slices.IndexFunc(g.entries[firstTwo(s[i:])], func(e entry) bool { return strings.HasPrefix(s[i:], e.text) })
			if at >= 0 {
				e := &g.entries[firstTwo(s[i:])][at]
				spans = append(spans, Span{i, i + len(e.text), e.kind, e.name})
				size = len(e.text)
			}
		}
		i += size
	}
	return spans
}

// tokensOf is a text and its tokens.
type tokensOf struct {
	text   string
	tokens []text.Token
}

// written returns a token as the text has it.
func (w *tokensOf) written(i int) string { return w.text[w.tokens[i].Start:w.tokens[i].End] }

// isUpper reports whether a token begins with a capital.
func (w *tokensOf) isUpper(i int) bool {
	return i >= 0 && i < len(w.tokens) && isTitleCase(w.written(i))
}

// follows reports whether nothing but a blank or a hyphen is between a token and the one before.
func (w *tokensOf) follows(i int) bool {
	if i <= 0 || i >= len(w.tokens) {
		return false
	}
	switch w.text[w.tokens[i-1].End:w.tokens[i].Start] {
	case " ", "-", "\u00a0", "\u200c":
		return true
	case ". ":
		return utf8.RuneCountInString(w.written(i-1)) == 1 // an initial
	}
	return false
}

// nameAt returns the longest name of the list that starts at a token, and the number of its
// tokens; 0 for none.
func (g *gazetteer) nameAt(w *tokensOf, i int) (Span, int) {
	t := &w.tokens[i]
	if g.writing.cased && !w.isUpper(i) {
		return Span{}, 0
	}
	keys := [...]string{t.Word, stemOf(t), ""}
	if base, ok := strings.CutSuffix(t.Word, "s"); ok && g.writing.es {
		keys[2] = base
	}
	var best *entry
	for _, key := range keys {
		list := g.entries[key]
		for k := range list {
			if e := &list[k]; (best == nil || len(e.words) > len(best.words)) && g.isAt(e, w, i) {
				best = e
			}
		}
	}
	if best == nil {
		return Span{}, 0
	}
	n := len(best.words)
	return Span{t.Start, g.endOf(best, w, i+n-1), best.kind, best.name}, n
}

// endOf returns where a name ends whose last word is a token: before an ending behind an
// apostrophe, a genitive s, or a particle of Korean.
func (g *gazetteer) endOf(e *entry, w *tokensOf, last int) int {
	s := w.written(last)
	if g.particles || g.writing.es {
		if words := strings.Fields(e.text); strings.HasPrefix(s, words[len(words)-1]) {
			return w.tokens[last].Start + len(words[len(words)-1])
		}
	}
	if at := strings.IndexAny(s, "'’"); at > 0 && !strings.ContainsAny(e.text, "'’") {
		return w.tokens[last].Start + at
	}
	return w.tokens[last].End
}

// isAt reports whether a name starts at a token.
func (g *gazetteer) isAt(e *entry, w *tokensOf, i int) bool {
	if i+len(e.words) > len(w.tokens) {
		return false
	}
	for k := range e.words {
		if k > 0 && !w.follows(i+k) || !g.isWord(e, k, &w.tokens[i+k]) {
			return false
		}
		if g.writing.cased && isTitleCase(wordOfName(e.text, k)) && !w.isUpper(i+k) {
			return false
		}
	}
	if e.acronym {
		s := w.written(i)
		base, _, _ := strings.Cut(strings.ReplaceAll(s, "’", "'"), "'")
		return strings.ReplaceAll(base, ".", "") == strings.ReplaceAll(e.text, ".", "")
	}
	return !e.short || !g.isPartOfName(w, i)
}

// wordOfName returns a word of a name, by its number; empty where words are cut otherwise.
func wordOfName(s string, k int) string {
	words := strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || isHyphen(r) })
	if k < len(words) {
		return words[k]
	}
	return ""
}

// isWord reports whether a token is the k-th word of a name.
func (g *gazetteer) isWord(e *entry, k int, t *text.Token) bool {
	word := e.words[k]
	switch {
	case t.Word == word:
		return true
	case e.acronym:
		base, _, ok := strings.Cut(t.Word, "'")
		return ok && base == word
	case e.exact:
		return g.writing.es && k == len(e.words)-1 && t.Word == word+"s"
	}
	if stemOf(t) != e.stems[k] {
		return false
	}
	// Stems of words that are not forms of each other may be the same: of a state and its
	// people. These differ in more than an ending.
	return !g.writing.cased || commonRunes(t.Word, word) >= utf8.RuneCountInString(word)-maxEnding
}

// maxEnding is how many letters of a name its ending may replace: Россия, России.
const maxEnding = 2

// commonRunes returns the number of characters with which both words begin.
func commonRunes(a, b string) int {
	n := 0
	for a != "" && b != "" {
		r, size := utf8.DecodeRuneInString(a)
		if s, _ := utf8.DecodeRuneInString(b); s != r {
			break
		}
		a, b = a[size:], b[size:]
		n++
	}
	return n
}

// isPartOfName reports whether a family name at a token belongs to another given name than
// that of who is known by it: Melania Trump.
func (g *gazetteer) isPartOfName(w *tokensOf, i int) bool {
	if !g.writing.cased || !w.follows(i) || !w.isUpper(i-1) {
		return false
	}
	if g.writing.nouns || genderOfGiven(w.tokens[i-1].Word) != unknownGender {
		return genderOfGiven(w.tokens[i-1].Word) != unknownGender
	}
	return !isForeignTitle(w.tokens[i-1].Word) && !w.startsSentence(i-1)
}

// startsSentence reports whether a token is the first of its sentence, as far as the
// character before it tells.
func (w *tokensOf) startsSentence(i int) bool {
	if i == 0 {
		return true
	}
	between := w.text[w.tokens[i-1].End:w.tokens[i].Start]
	return strings.ContainsAny(between, ".!?\n:\"“”«»„")
}

// isForeignTitle reports whether a folded word is the title before a name in one of the
// languages that write it with a capital at times.
func isForeignTitle(word string) bool {
	switch word {
	case "president", "presidente", "presidenta", "presidentti", "prezydent", "prezident", "predsednik", "președintele",
		"presedintele", "premier", "ministre", "ministro", "senador", "senator", "baskan", "bay", "sayin", "presiden",
		"herr", "frau", "monsieur", "madame", "senor", "senora", "signor", "signora", "президент", "президента",
		"президентом", "президенту", "премьер", "министр", "сенатор", "председник", "пан", "пани", "президентът":
		return true
	}
	return false
}
