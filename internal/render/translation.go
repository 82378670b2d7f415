package render

import (
	"io"
	"strings"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/wire"
)

// TranslationJSON writes what a query of another language is in newsq's.
func TranslationJSON(w io.Writer, s index.Syntax, query string, t *index.Translation) error {
	return wire.Write(w, wire.NewTranslation(s, query, t))
}

// TranslationNotes returns the notes on a translation of query, a line each: the words
// that it is about, and the note. What several words have in common is one line.
func TranslationNotes(query string, t *index.Translation) []string {
	var texts []string
	about := map[string][]string{}
	for _, n := range t.Notes {
		words := clipped(strings.Join(strings.Fields(query[n.Start:n.End]), " "))
		if _, known := about[n.Text]; !known {
			texts = append(texts, n.Text)
		}
		about[n.Text] = append(about[n.Text], words)
	}
	lines := make([]string, len(texts))
	for i, text := range texts {
		lines[i] = firstOf(about[text]) + ": " + text
	}
	return lines
}

// clipped returns the start of words that are too long for a line of their own.
func clipped(s string) string {
	const most = 40
	for i := range s {
		if i >= most {
			return s[:i] + "…"
		}
	}
	return s
}

// firstOf returns some of words, with a count of the others.
func firstOf(words []string) string {
	const shown = 4
	if len(words) <= shown {
		return strings.Join(words, ", ")
	}
	return strings.Join(words[:shown], ", ") + " and " + Count(len(words)-shown, "more", "more")
}
