// Package ending takes endings off words by tables, as stemmers of many
// languages do.
package ending

import (
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// Table is a list of rules, as text: lines of a number and of rules, as in
//
//	2  nisse>nis oes>ao
//	3  en es markt>markt
//
// A rule is an ending, and behind > what stands for it in the stem; nothing where
// the ending is taken off, all of it where it stays. The number is how many letters
// stand before the ending at least. Of the rules that fit a word the one with the
// longest ending is applied, and no other. [Table.Problem] says what is wrong with a
// table.
//
// The text is read when the table is first asked, so a table costs nothing before.
type Table struct {
	Rules string

	once   sync.Once
	byLast [64][]rule // by the last byte of the ending, modulo 64, the longest first
}

type rule struct {
	from, to string
	min      int
}

// read reads the text. What is no rule is left out.
func (t *Table) read() {
	for line := range strings.Lines(t.Rules) {
		number, rules, _ := strings.Cut(strings.TrimSpace(line), " ")
		least, err := strconv.Atoi(number)
		if err != nil {
			continue
		}
		for r := range strings.FieldsSeq(rules) {
			from, to, _ := strings.Cut(r, ">")
			if !areLetters(from) {
				continue
			}
			last := from[len(from)-1] % 64
			t.byLast[last] = append(t.byLast[last], rule{from, to, least})
		}
	}
	for _, rules := range t.byLast {
		slices.SortStableFunc(rules, func(a, b rule) int { return len(b.from) - len(a.from) })
	}
}

// Apply returns a word with its ending replaced by the rule that fits; the word
// itself where none does. It allocates only where something
// stands for the ending that the ending doesn't start with.
func (t *Table) Apply(word string) string {
	t.once.Do(t.read)
	if word == "" {
		return word
	}
	rules := t.byLast[word[len(word)-1]%64]
	for i := range rules {
		r := &rules[i]
		rest := len(word) - len(r.from)
		if rest < r.min || word[rest:] != r.from || !HasLetters(word[:rest], r.min) {
			continue
		}
		if strings.HasPrefix(r.from, r.to) {
			return word[:rest+len(r.to)]
		}
		return word[:rest] + r.to
	}
	return word
}

// Kept returns how many bytes of a stem, which Apply returned, start every word
// of that stem. The others may stand for an ending. It is at most the length of
// the stem.
func (t *Table) Kept(stem string) int {
	t.once.Do(t.read)
	n := len(stem)
	for _, rules := range t.byLast {
		for i := range rules {
			r := &rules[i]
			if rest, ok := strings.CutSuffix(stem, r.to); ok && HasLetters(rest, r.min) {
				n = min(n, len(rest)+shared(r.from, r.to))
			}
		}
	}
	return n
}

// Problem returns what is wrong with a table: what is no rule, leaves nothing of a
// word, makes it longer, or is there twice. It returns "" where all is well.
func (t *Table) Problem() string {
	t.once.Do(t.read)
	count := 0
	for _, rules := range t.byLast {
		for i, r := range rules {
			switch {
			case r.min < 0 || r.min == 0 && r.to == "" || len(r.to) > len(r.from) || r.to != "" && !areLetters(r.to):
				return r.from + " is no rule"
			case slices.ContainsFunc(rules[:i], func(before rule) bool { return before.from == r.from }):
				return r.from + " is there twice"
			}
			count++
		}
	}
	fields := 0
	for f := range strings.FieldsSeq(t.Rules) {
		if f[0]-'0' >= 10 {
			fields++
		}
	}
	if count != fields {
		return "what is read is less than what is there"
	}
	return ""
}

// Forms is a list of words with stems that no rule gives them, as text: lines of a
// stem, a colon, and its words.
//
//	geb: gab gaben gegeben
//
// The text is read when the list is first asked.
type Forms struct {
	Words string

	once sync.Once
	stem map[string]string
}

func (f *Forms) read() {
	f.stem = make(map[string]string)
	for line := range strings.Lines(f.Words) {
		stem, words, _ := strings.Cut(strings.TrimSpace(line), ":")
		for w := range strings.FieldsSeq(words) {
			f.stem[w] = stem
		}
	}
}

// Stem returns the stem of a word of the list; "" for any other.
func (f *Forms) Stem(word string) string {
	f.once.Do(f.read)
	return f.stem[word]
}

// Kept returns how many bytes of a stem start every word of the list that has
// this stem; all of them where none has.
func (f *Forms) Kept(stem string) int {
	f.once.Do(f.read)
	n := len(stem)
	for word, of := range f.stem {
		if of == stem {
			n = min(n, shared(stem, word))
		}
	}
	return n
}

// Problem returns what is wrong with a list: what Doubles says, or a stem that
// starts with another letter than its word. It returns "" where all is well.
func (f *Forms) Problem() string {
	if why := f.Doubles(); why != "" {
		return why
	}
	for word, stem := range f.stem {
		if shared(word, stem) == 0 {
			return word + " begins otherwise than its stem"
		}
	}
	return ""
}

// Doubles is Problem for a language whose words may have prefixes: it says whether
// a word is there twice, or without a stem.
func (f *Forms) Doubles() string {
	f.once.Do(f.read)
	words := 0
	for w := range strings.FieldsSeq(f.Words) {
		if !strings.HasSuffix(w, ":") {
			words++
		}
	}
	if words != len(f.stem) {
		return "a word is there twice, or without a stem"
	}
	for word, stem := range f.stem {
		if stem == "" {
			return word + " has no stem"
		}
	}
	return ""
}

// areLetters reports whether s is of letters alone, and of marks that belong to
// them in Indic scripts.
func areLetters(s string) bool {
	for _, r := range s {
		if !unicode.IsLetter(r) && !unicode.IsMark(r) {
			return false
		}
	}
	return s != ""
}

// HasLetters reports whether s has n letters at least.
func HasLetters(s string, n int) bool {
	if len(s) < n {
		return false
	}
	for i := 0; i < len(s) && n > 0; i++ {
		if utf8.RuneStart(s[i]) {
			n--
		}
	}
	return n <= 0
}

// IsLetters reports whether a word is of the letters a to z alone: folded words of
// languages in the Latin script are, but for names and numbers.
func IsLetters(word string) bool {
	for i := 0; i < len(word); i++ {
		if word[i]-'a' >= 26 {
			return false
		}
	}
	return word != ""
}

// IsVowel reports whether a letter is one of a, e, i, o, u and y.
func IsVowel(b byte) bool {
	switch b {
	case 'a', 'e', 'i', 'o', 'u', 'y':
		return true
	}
	return false
}

// Undoubled returns a stem without the last of two like letters at its end, if it
// is one of those given: bakk, of bakken, as bak. A stem of three letters or fewer
// is left alone.
func Undoubled(stem, letters string) string {
	if n := len(stem); n > 3 && stem[n-1] == stem[n-2] && strings.IndexByte(letters, stem[n-1]) >= 0 {
		return stem[:n-1]
	}
	return stem
}

// Consonants are the letters that are doubled behind a short vowel.
const Consonants = "bcdfghjklmnpqrstvwxz"

// shared returns how many bytes a and b have in common at their start, in whole
// letters.
func shared(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	for n > 0 && (n < len(a) && !utf8.RuneStart(a[n]) || n < len(b) && !utf8.RuneStart(b[n])) {
		n--
	}
	return n
}
