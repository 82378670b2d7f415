package match

import (
	"slices"
	"strings"
	"unicode"

	"github.com/newsq/newsq/internal/query"
)

// isQuestionWord reports whether a folded word is one by which people ask, rather
// than what they ask about: an article on tariffs answers "tariffs impact" in
// other words. English comes first; of other languages there are those that are
// no English words. Many more are stop words.
func isQuestionWord(folded string) bool {
	switch folded {
	case "who", "whom", "versus", "vs", "explain", "explained", "explains", "explanation",
		"impact", "impacts", "effect", "effects", "cause", "causes", "consequence", "consequences",
		"implication", "implications", "reason", "reasons", "repercussion", "repercussions",
		"ramification", "ramifications", "affect", "affects", "affected", "affecting",

		"warum", "wieso", "weshalb", "wer", "auswirkung", "auswirkungen", "folgen", "ursache", "ursachen",
		"pourquoi", "quoi", "quel", "quelle", "quels", "quelles", "effets", "raisons",
		"quien", "quienes", "consecuencia", "consecuencias", "efectos", "causas", "impacto",
		"quem", "consequencia", "consequencias", "efeitos", "impactos",
		"perche", "conseguenza", "conseguenze", "effetti",
		"waarom", "gevolgen", "oorzaak", "oorzaken",
		"varfor", "hvorfor", "hvordan", "miksi", "dlaczego", "skutki", "przyczyny", "neden", "nicin", "nasil",
		"почему", "зачем", "кто", "последствия", "причины", "чому", "наслідки",
		"لماذا", "كيف", "چرا", "چگونه", "למה", "מדוע":
		return true
	}
	return false
}

// isQuestionPair is isQuestionWord for two words side by side. Either word alone
// may be what is asked about, as in lead poisoning.
func isQuestionPair(first, second string) bool {
	switch first {
	case "lead", "leads", "led", "leading":
		return second == "to"
	case "role", "roles":
		return second == "of" || second == "in"
	case "result", "results":
		return second == "of"
	case "happens", "happen", "happened":
		return second == "to" || second == "in" || second == "with" || second == "when" || second == "if"
	case "difference", "differences", "relationship":
		return second == "between"
	}
	return false
}

// isOpener reports whether a word asks when it begins a query: will North Korea
// disarm.
func isOpener(folded string) bool {
	switch folded {
	case "will", "can", "may", "might", "must":
		return true
	}
	return false
}

// Questions returns the words of a query that ask rather than say what about:
// why, versus, consequences. They stand by themselves, side by side with other
// words that say it; where there are no such, there are no questions either.
// What a person asks for in particular is never one of them: quotations, =words,
// +words, words in fields, between operators or in capitals, such as WHO. With
// Context.Questions they are optional.
func Questions(c Context, n query.Node) []query.Node {
	_, asked := lowerer{context: c}.splitQuestions(n)
	return asked
}

// splitQuestions returns n without the words that ask, and these.
func (l lowerer) splitQuestions(n query.Node) (about query.Node, asked []query.Node) {
	and, ok := n.(query.And)
	if !ok || !and.Bare || len(and.Operands) < 2 {
		return n, nil
	}
	words := make([]string, len(and.Operands))
	for i, m := range and.Operands {
		words[i] = l.plainWord(m)
	}
	var rest []query.Node
	for i := 0; i < len(words); i++ {
		n := questionAt(words, i)
		if n == 0 {
			rest = append(rest, and.Operands[i])
			continue
		}
		asked = append(asked, and.Operands[i:i+n]...)
		i += n - 1
	}
	says := func(n query.Node) bool { return asksForWords(n, Text) && !IsStopWord(l.context.Analyzer, n) }
	if len(asked) == 0 || !slices.ContainsFunc(rest, says) {
		return n, nil
	}
	and.Operands = rest
	return and, slices.DeleteFunc(asked, func(n query.Node) bool { return IsStopWord(l.context.Analyzer, n) })
}

// plainWord returns the folded word of a Word that may ask; "" for other nodes.
func (l lowerer) plainWord(n query.Node) string {
	w, ok := n.(query.Word)
	if !ok || w.Exact {
		return ""
	}
	tokens := l.context.Analyzer.Words(w.Text)
	capitals := strings.ToUpper(w.Text) == w.Text && strings.IndexFunc(w.Text, unicode.IsUpper) >= 0
	if len(tokens) != 1 || capitals {
		return ""
	}
	return tokens[0].Word
}

// questionAt returns how many words from the i-th on ask.
func questionAt(words []string, i int) int {
	switch {
	case i+1 < len(words) && isQuestionPair(words[i], words[i+1]):
		return 2
	case isQuestionWord(words[i]), i == 0 && isOpener(words[i]):
		return 1
	}
	return 0
}
