package dialect

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/newsq/newsq/internal/query"
)

// Names of newsq's fields that need more than their name.
const (
	capsField   = "caps"
	lengthField = "words"
)

// isText reports whether a field is a part of the text.
func isText(name string) bool {
	return name == "title" || name == "heading" || name == "body" || name == "summary"
}

// isWordly reports whether s has a letter or digit.
func isWordly(s string) bool {
	return strings.ContainsFunc(s, func(c rune) bool { return unicode.IsLetter(c) || unicode.IsNumber(c) })
}

// trimmed returns a word without the punctuation around it.
func trimmed(s string) string {
	s = strings.TrimLeft(s, ",;:.'’‘")
	return strings.TrimRight(s, ",;:'’‘")
}

// trimmedIn is trimmed, but that the comma in a name within quotation marks stays: it
// says that the last name stands first.
func trimmedIn(s string, quoted bool) string {
	out := trimmed(s)
	if quoted && isWordly(out) && !strings.ContainsAny(out, "*?!$[") && strings.HasSuffix(s, out+",") {
		return out + ","
	}
	return out
}

// withoutBounds returns a pattern without the signs for at most n characters.
func withoutBounds(pattern string) string {
	for {
		head, rest, ok := strings.Cut(pattern, "*{")
		_, tail, closed := strings.Cut(rest, "}")
		if !ok || !closed {
			return pattern
		}
		pattern = head + tail
	}
}

// leaf returns the node of a word in which * stands for any characters, *{n} for at most
// n, and ? for one; exact asks for the very word. It is nil for what has no letter.
func (r *reader) leaf(t token, text string, exact bool) query.Node {
	switch {
	case len(text) > maxWord:
		r.fail(t.start, fmt.Sprintf("word longer than %d bytes", maxWord), "shorten it")
		return nil
	case text == "*":
		return query.All{}
	case !isWordly(withoutBounds(text)):
		if text != "" {
			r.note(t, "%s is left out, as it has no letter or digit", text)
		}
		return nil
	}
	head := strings.TrimRight(text, "*")
	switch {
	case !strings.ContainsAny(text, "*?"):
		return query.Word{Text: text, Exact: exact}
	case !strings.ContainsAny(head, "*?"):
		return query.Prefix{Text: head}
	}
	for strings.Contains(text, "**") {
		text = strings.ReplaceAll(text, "**", "*")
	}
	return query.Wildcard{Pattern: text}
}

// phrase returns the node of leaves that stand side by side: a phrase of words as they
// are written where they are such, else a chain.
func phrase(leaves []query.Node) query.Node {
	var kept []query.Node
	for _, n := range leaves {
		if n != nil {
			kept = append(kept, n)
		}
	}
	if len(kept) == 0 {
		return nil
	}
	last := len(kept) - 1
	if w, ok := kept[last].(query.Word); ok { // a comma belongs between words
		w.Text = strings.TrimRight(w.Text, ",")
		kept[last] = w
	}
	if last == 0 {
		return kept[0]
	}
	if text := exactText(kept); text != "" {
		return query.Phrase{Text: text}
	}
	if p, ok := kept[last].(query.Prefix); ok {
		if head := exactText(kept[:last]); head != "" {
			return query.Phrase{Text: head + " " + p.Text + "*"}
		}
	}
	return query.Near{Operands: kept, Distance: 1, Ordered: true}
}

// exactText returns the words of nodes that are all words as they are written; else it is
// empty.
func exactText(of []query.Node) string {
	var words []string
	for _, n := range of {
		if !isExact(n) {
			return ""
		}
		words = append(words, textOf(n))
	}
	return strings.Join(words, " ")
}

// isExact reports whether n is one or more words as they are written.
func isExact(n query.Node) bool {
	switch n := n.(type) {
	case query.Word:
		return n.Exact
	case query.Phrase:
		return n.Slop == 0 && !strings.HasSuffix(n.Text, "*")
	}
	return false
}

// textOf returns the words of a word, a phrase, or a chain of words side by side; empty
// for other nodes.
func textOf(n query.Node) string {
	switch n := n.(type) {
	case query.Word:
		return n.Text
	case query.Phrase:
		return n.Text
	case query.Near:
		if !n.Ordered || n.Distance != 1 {
			return ""
		}
		var words []string
		for _, sub := range n.Operands {
			text := textOf(sub)
			if text == "" {
				return ""
			}
			words = append(words, text)
		}
		return strings.Join(words, " ")
	}
	return ""
}

// mapped returns n with f applied to what asks for words: words, patterns, phrases, and
// chains of words side by side. f may return nil for what is left out.
func mapped(n query.Node, f func(query.Node) query.Node) query.Node {
	each := func(of []query.Node) []query.Node {
		out := make([]query.Node, 0, len(of))
		for _, n := range of {
			if n = mapped(n, f); n != nil {
				out = append(out, n)
			}
		}
		return out
	}
	switch n := n.(type) {
	case query.And:
		return and(each(n.Operands)...)
	case query.Or:
		return or(each(n.Operands)...)
	case query.Not:
		return not(mapped(n.Operand, f))
	case query.Near:
		if textOf(n) != "" {
			return f(n)
		}
		n.Operands = each(n.Operands)
		if len(n.Operands) < 2 {
			return and(n.Operands...)
		}
		return n
	case query.NotNear:
		a, b := mapped(n.Operand, f), mapped(n.Avoid, f)
		if a == nil || b == nil {
			return a
		}
		n.Operand, n.Avoid = a, b
		return n
	case query.AtLeast:
		if n.Operand = mapped(n.Operand, f); n.Operand == nil {
			return nil
		}
		return n
	case query.Lead:
		if n.Operand = mapped(n.Operand, f); n.Operand == nil {
			return nil
		}
		return n
	case query.Field:
		if n.Operand = mapped(n.Operand, f); n.Operand == nil {
			return nil
		}
		return n
	case query.Boost:
		if n.Operand = mapped(n.Operand, f); n.Operand == nil {
			return nil
		}
		return n
	case query.Range, query.All, nil:
		return n
	}
	return f(n)
}

// lowered returns n with its words in small letters, but for those that are looked for
// with their capitals.
func lowered(n query.Node) query.Node {
	return mapped(n, func(n query.Node) query.Node {
		switch n := n.(type) {
		case query.Word:
			n.Text = strings.ToLower(n.Text)
			return n
		case query.Prefix:
			n.Text = strings.ToLower(n.Text)
			return n
		case query.Wildcard:
			n.Pattern = strings.ToLower(n.Pattern)
			return n
		case query.Fuzzy:
			n.Text = strings.ToLower(n.Text)
			return n
		case query.Phrase:
			n.Text = strings.ToLower(n.Text)
			return n
		case query.Near:
			of := make([]query.Node, len(n.Operands))
			for i, sub := range n.Operands {
				of[i] = lowered(sub)
			}
			n.Operands = of
			return n
		}
		return n
	})
}

// casing says which capitals words must have.
type casing uint8

const (
	someCapitals casing = iota
	allCapitals
	noCapitals
)

// cased returns n with its words looked for with capitals of a kind.
func (r *reader) cased(t token, n query.Node, c casing) query.Node {
	if text := textOf(n); text != "" {
		return query.Field{Name: capsField, Operand: c.words(text, isPhrase(n))}
	}
	if x, ok := n.(query.Or); ok {
		var of []query.Node
		for _, sub := range x.Operands {
			text := textOf(sub)
			if text == "" {
				of = nil
				break
			}
			of = append(of, c.words(text, isPhrase(sub)))
		}
		if of != nil {
			return query.Field{Name: capsField, Operand: or(of...)}
		}
	}
	return mapped(n, func(n query.Node) query.Node {
		if text := textOf(n); text != "" {
			return query.Field{Name: capsField, Operand: c.words(text, isPhrase(n))}
		}
		r.note(t, "newsq knows the capitals of whole words alone: %s is looked for whatever its capitals", n)
		return n
	})
}

func isPhrase(n query.Node) bool {
	_, word := n.(query.Word)
	return !word
}

// words returns the node of words as they are written with such capitals.
func (c casing) words(text string, isPhrase bool) query.Node {
	node := func(s string) query.Node {
		if isPhrase {
			return query.Phrase{Text: s}
		}
		return query.Word{Text: s}
	}
	switch c {
	case allCapitals:
		return node(strings.ToUpper(text))
	case noCapitals:
		return node(strings.ToLower(text))
	}
	title, upper := initials(text), strings.ToUpper(text)
	if title == upper {
		return node(upper)
	}
	return or(node(title), node(upper))
}

// initials returns text with each word's first letter as a capital and the others small.
func initials(text string) string {
	words := strings.Fields(strings.ToLower(text))
	for i, word := range words {
		runes := []rune(word)
		runes[0] = unicode.ToUpper(runes[0])
		words[i] = string(runes)
	}
	return strings.Join(words, " ")
}
