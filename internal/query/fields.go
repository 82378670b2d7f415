package query

import (
	"strings"

	"github.com/newsq/newsq/internal/editdist"
)

// FieldInfo describes a field of the language.
type FieldInfo struct {
	Name    string   // as Field.Name and Range.Name have it
	Aliases []string // other prefixes with the same meaning
	About   string   // what it holds, for people
}

// Fields returns the fields of the language, in the order in which to show
// them. The prefixes since, after, before and until stand for bounds of date.
func Fields() []FieldInfo {
	return []FieldInfo{
		{"title", []string{"headline"}, "words of the title"},
		{"heading", nil, "words of the headings of sections"},
		{"body", nil, "words of the text"},
		{"summary", nil, "words of the summary"},
		{"author", nil, "names of the authors"},
		{"said", nil, "words within one quotation"},
		{"by", nil, "who says it: the speaker of the quotation that said: asks for; by itself the author, or the speaker of any"},
		{"source", nil, "name of the outlet"},
		{"topic", []string{"topics", "tag"}, "topics, each with those below it"},
		{"lang", []string{"language"}, "language, such as en or pt-BR"},
		{"date", []string{"on", "year"}, "day of publication"},
		{"added", nil, "when it came into the index, with ranges as date has them"},
		{"place", nil, "names of places"},
		{"person", nil, "names of people"},
		{"org", nil, "names of organizations"},
		{"mytag", []string{"mytags"}, "tags of your own, each with those below it"},
		{"note", []string{"notes"}, "words of your own notes"},
		{"rights", nil, "terms of use: no-ai where programs must not learn from it, stated"},
		{"id", nil, "id of the article, or the start of one"},
		{"path", nil, "file it was read from"},
		{"url", nil, "address on the web"},
	}
}

// bound says which end of a range a prefix stands for.
type bound uint8

const (
	boundNone   bound = iota // date:
	boundSince               // from the start of a date
	boundAfter               // from the end of a date
	boundBefore              // up to the start of a date
	boundUntil               // up to the end of a date
)

// prefix is what a word before a colon means.
type prefix struct {
	word  string // as written, in lower case
	field string // canonical name; empty outside every field
	bound bound  // of date
}

// isDate reports whether values are dates.
func (f prefix) isDate() bool { return f.field == "date" || f.field == "added" }

// isLiteral reports whether a value is taken as it stands, up to white space.
func (f prefix) isLiteral() bool {
	return f.field == "id" || f.field == "path" || f.field == "url"
}

// isWhole reports whether values are compared whole rather than by words.
func (f prefix) isWhole() bool {
	return f.field == "id" || f.field == "topic" || f.field == "mytag" || f.field == "lang" || f.field == "rights"
}

// isWordOfProse reports whether the name of a field, or a word that is nearly the same, often
// stands before a colon in text: "note: this was changed", "vote: no", "he said: no".
func (f prefix) isWordOfProse() bool {
	return f.field == "note" || f.field == "said" || f.field == "by"
}

// isName reports whether what a field names has places in the text, so that it may stand
// beside NEAR.
func isName(field string) bool { return field == "person" || field == "org" || field == "place" }

// prefixes returns every word that may stand before a colon.
func prefixes() []prefix {
	all := []prefix{
		{"since", "date", boundSince},
		{"after", "date", boundAfter},
		{"before", "date", boundBefore},
		{"until", "date", boundUntil},
	}
	for _, f := range Fields() {
		all = append(all, prefix{word: f.Name, field: f.Name})
		for _, alias := range f.Aliases {
			all = append(all, prefix{word: alias, field: f.Name})
		}
	}
	return all
}

// lookup returns what word means before a colon.
func lookup(word string) (prefix, bool) {
	word = strings.ToLower(word)
	for _, f := range prefixes() {
		if f.word == word {
			return f, true
		}
	}
	return prefix{}, false
}

// nearest returns the prefix that word is likely a slip of. Words of fewer
// than four letters have too many neighbours to tell; from seven letters on,
// two slips are granted.
func nearest(word string) (string, bool) {
	word = strings.ToLower(word)
	found, least := "", 3
	for _, f := range prefixes() {
		granted := 1
		switch {
		case len(f.word) < 4, f.isWordOfProse():
			continue
		case len(f.word) >= 7:
			granted = 2
		}
		if d := editdist.Distance([]byte(word), []byte(f.word), granted); d <= granted && d < least {
			found, least = f.word, d
		}
	}
	return found, found != ""
}
