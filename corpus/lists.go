package corpus

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/newsq/newsq/corpus/internal/layout"
	"github.com/newsq/newsq/corpus/internal/record"
)

// What parts a list that is written as one text: the first of these rows of
// which a character occurs in it.
var (
	nameSeparators = []string{";；؛", "|｜", "、"}
	listSeparators = append(slices.Clip(nameSeparators), ",，،")
)

// values returns the values of a field. Each that is no element of a list may
// be a list itself, which is parted.
func values(rec *record.Record, f record.Field, separators []string) []string {
	found := rec.Values(f)
	texts := make([]string, 0, len(found))
	for i := range found {
		switch s := found[i].Text; {
		case rec.IsFinal(f):
			texts = append(texts, s)
		case found[i].Element:
			texts = append(texts, layout.DecodeEntities(s))
		default: // an entity ends with a separator, so it is decoded before
			texts = append(texts, partList(layout.DecodeEntities(s), separators)...)
		}
	}
	return texts
}

// partList parts a list at the first separators that occur in it. It may stand
// in brackets with its values in quotes, as programs print lists, or be of hash
// tags.
func partList(s string, separators []string) []string {
	s = strings.TrimSpace(s)
	if inner, ok := printedList(s); ok {
		return inner
	}
	if words := strings.Fields(s); len(words) > 1 && !slices.ContainsFunc(words, func(w string) bool { return w[0] != '#' }) {
		for i := range words {
			words[i] = strings.Trim(words[i], "#,;")
		}
		return words
	}
	for _, set := range separators {
		if strings.ContainsAny(s, set) {
			parts := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(set, r) })
			return parts[:min(len(parts), record.MaxValues+1)]
		}
	}
	return []string{s}
}

// printedList returns the values of a list such as ['a', 'b, c'] or {a,b}.
func printedList(s string) (values []string, ok bool) {
	if len(s) < 2 || s[0] != '[' && s[0] != '{' || s[len(s)-1] != s[0]+2 {
		return nil, false
	}
	var value strings.Builder
	quote := rune(0)
	end := func() {
		if v := strings.TrimSpace(value.String()); v != "" && len(values) <= record.MaxValues {
			values = append(values, v)
		}
		value.Reset()
	}
	for _, r := range s[1 : len(s)-1] {
		switch {
		case r == quote:
			quote = 0
		case quote == 0 && (r == '"' || r == '\'') && strings.TrimSpace(value.String()) == "":
			quote = r
		case quote == 0 && r == ',':
			end()
		default:
			value.WriteRune(r)
		}
	}
	end()
	return values, quote == 0
}

// addTopics adds the topics that the source states. A sentence is none.
func (a *Article) addTopics(rec *record.Record) {
	for _, v := range rec.Values(record.Topics) {
		parts := []string{v.Text}
		if !rec.IsFinal(record.Topics) {
			if parts[0] = layout.DecodeEntities(v.Text); !v.Element {
				parts = partList(parts[0], listSeparators)
			}
			parts = partJoined(parts)
		}
		if layout.IsSentence(v.Text) && slices.ContainsFunc(parts, layout.IsLongName) {
			rec.Tell(record.Topics, v, record.ErrNotUnderstood)
			continue
		}
		for _, s := range parts {
			if layout.IsSentence(s) {
				rec.Tell(record.Topics, v, record.ErrNotUnderstood)
			} else {
				a.addTopic(s)
			}
		}
	}
}

// partJoined parts those of the topics that are lists themselves, with commas and
// no space behind them: a page states "Ports,Ferries" as one keyword beside others.
func partJoined(topics []string) []string {
	var parts []string
	for _, s := range topics {
		if isJoined(s) {
			parts = append(parts, strings.Split(s, ",")...)
		} else {
			parts = append(parts, s)
		}
	}
	return parts[:min(len(parts), record.MaxValues+1)]
}

// isJoined reports whether a text has commas and each stands between letters.
func isJoined(s string) bool {
	pieces := strings.Split(s, ",")
	for i, p := range pieces {
		first, _ := utf8.DecodeRuneInString(p)
		last, _ := utf8.DecodeLastRuneInString(p)
		if i > 0 && !unicode.IsLetter(first) || i+1 < len(pieces) && !unicode.IsLetter(last) {
			return false
		}
	}
	return len(pieces) > 1
}

// addTopic adds a topic, unless it is there or the list is full.
func (a *Article) addTopic(name string) {
	path := TopicPath(label(name, record.MaxLabel))
	if path == "" || len(a.Topics) >= record.MaxValues {
		return
	}
	if !slices.ContainsFunc(a.Topics, func(t Topic) bool { return t.Path == path }) {
		a.Topics = append(a.Topics, Topic{Path: path, Origin: Stated})
	}
}
