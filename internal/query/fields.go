package query

import (
	"strconv"
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
		{"lead", nil, "words within the first 50 of the text; lead/100: within as many as you say"},
		{"caps", nil, "words with the capitals that you write: caps:AIDS"},
		{"author", nil, "names of the authors"},
		{"said", nil, "words within one quotation"},
		{"by", nil, "who says it: the speaker of the quotation that said: asks for; by itself the author, or the speaker of any"},
		{"is", nil, "kind of a sentence: forecast, recommendation or caveat; words beside it are of that sentence"},
		{"source", nil, "name of the outlet"},
		{"topic", []string{"topics", "tag"}, "topics, each with those below it"},
		{"lang", []string{"language"}, "language, such as en or pt-BR"},
		{"date", []string{"on", "year"}, "day of publication"},
		{"added", nil, "when it came into the index, with ranges as date has them"},
		{"words", nil, "number of its words: words:>1000, words:500..800"},
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
	lead  int    // of lead/100: the number of words, 0 where none is written
}

// The fields that need no more than a name here.
const (
	leadField   = "lead"
	capsField   = "caps"
	kindField   = "is"
	lengthField = "words"
)

// isDate reports whether values are dates.
func (f prefix) isDate() bool { return f.field == "date" || f.field == "added" }

// isRange reports whether values are dates or numbers, of which there are ranges.
func (f prefix) isRange() bool { return f.isDate() || f.field == lengthField }

// isLiteral reports whether a value is taken as it stands, up to white space.
func (f prefix) isLiteral() bool {
	return f.field == "id" || f.field == "path" || f.field == "url"
}

// isWhole reports whether values are compared whole rather than by words.
func (f prefix) isWhole() bool {
	switch f.field {
	case "id", "topic", "mytag", "lang", "rights", kindField:
		return true
	}
	return false
}

// isWordOfProse reports whether the name of a field, or a word that is nearly the same, often
// stands before a colon in text: "note: this was changed", "vote: no", "he said: no", "in other words: no".
func (f prefix) isWordOfProse() bool {
	switch f.field {
	case "note", "said", "by", leadField, capsField, kindField, lengthField:
		return true
	}
	return false
}

// holdsCase reports whether caps: may stand within the parentheses of a field: it is of the
// texts, whose words are kept as they are written.
func (f prefix) holdsCase() bool { return isContent(f.field) || f.field == leadField }

// isName reports whether what a field names has places in the text, so that it may stand
// beside NEAR.
func isName(field string) bool { return field == "person" || field == "org" || field == "place" }

// prefixes returns every word that may stand before a colon.
func prefixes() []prefix {
	all := []prefix{
		{word: "since", field: "date", bound: boundSince},
		{word: "after", field: "date", bound: boundAfter},
		{word: "before", field: "date", bound: boundBefore},
		{word: "until", field: "date", bound: boundUntil},
	}
	for _, f := range Fields() {
		all = append(all, prefix{word: f.Name, field: f.Name})
		for _, alias := range f.Aliases {
			all = append(all, prefix{word: alias, field: f.Name})
		}
	}
	return all
}

// maxLead is the most words that lead: can be asked to look at.
const maxLead = 10_000

// lookup returns what word means before a colon. A number of words behind lead that can't
// be looked at is -1.
func lookup(word string) (prefix, bool) {
	word = strings.ToLower(word)
	if number, ok := strings.CutPrefix(word, leadField+"/"); ok {
		n, err := strconv.Atoi(number)
		if err != nil || n < 1 || n > maxLead {
			n = -1
		}
		return prefix{word: word, field: leadField, lead: n}, isNumber(number)
	}
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
