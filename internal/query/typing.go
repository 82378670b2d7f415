package query

import (
	"strings"
	"unicode/utf8"
)

// Typing is the part of a query that is being typed: its last word, value or
// quotation.
type Typing struct {
	Start int    // where it begins, with the name of its field; behind - + = and (
	Field string // name of the field that it is a value of, as in Fields; else empty
	Value int    // where the word or the value begins, behind a quotation mark
	// Close is the mark that ends the quotation that is still open; empty outside of
	// one.
	Close string
}

// TypingOf returns what is being typed at the end of a text. Nothing is typed yet
// where Value is the end of the text.
func TypingOf(text string) Typing {
	typed := plainOf(text)
	t := typingOf(typed.text)
	t.Start, t.Value = typed.place(t.Start), typed.place(t.Value)
	return t
}

func typingOf(text string) Typing {
	p := parser{text: text}
	var t Typing
	start := func(at int) { t = Typing{Start: at, Value: at} }
	for i := 0; i < len(text); {
		r, size := p.at(i)
		switch {
		case isQuote(r) && i == t.Value:
			end := p.closingQuote(i+size, closers(r))
			if end < 0 {
				end = p.closingQuote(i+size, quotationMarks)
			}
			if end < 0 {
				closer, _ := utf8.DecodeRuneInString(closers(r))
				t.Value, t.Close = i+size, string(closer)
				return t
			}
			_, size = p.at(end)
			i = end
			start(end + size)
		case r == ' ', r == '(', r == ')', r == '|':
			start(i + size)
		case strings.ContainsRune("-+=", r) && i == t.Start:
			start(i + size)
		case r == ':' && t.Field == "":
			if f, known := lookup(text[t.Start:i]); known {
				t.Field, t.Value = f.field, i+size
			}
		}
		i += size
	}
	return t
}
