package index

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/match"
	"github.com/newsq/newsq/internal/query"
)

const (
	// otherForms is how many times more frequent a stem must be than the word that
	// was asked for: at least half of the articles that have the stem don't
	// have the word then, as with Billings and bill.
	otherForms = 2
	// rareForm is otherForms for a word in small letters, which is more likely meant in
	// any form: at most one in so many articles of the stem has the word.
	rareForm = 8
	// shortList is the number of articles up to which a name comes before the other forms
	// of its stem in any case: a list of that length is read as a whole.
	shortList = 20
	// minTitle is the number of words from which capitals on all of them are those of
	// a headline, and name nothing.
	minTitle = 4
)

// veryWords says which words of a query come before the other forms of their stem:
// names whose stem is another word, such as Billings and Reading, and a word
// that is all of the query. Others are looked for in any form, as ever.
type veryWords struct {
	ctx      context.Context
	snap     engine.Snapshot
	words    int  // of the query
	capitals int  // of these, how many have one
	headline bool // all words have capitals
	err      error
	// decided is what was said of each word so far, and fixed that no other is to be
	// asked of the index: pages go on with what the first one found.
	decided []saidOfWord
	fixed   bool
}

// saidOfWord is what was said of a word. Its key is that of the question, see answerKey.
type saidOfWord struct {
	key uint32
	yes bool
}

// The questions that are answered of a word.
const (
	asksFirst = "first"
	asksMore  = "more"
)

// answerKey is the key of an answer: a hash (FNV-1a) of the question and what it is about.
func answerKey(about ...string) uint32 {
	const offset, prime = 2166136261, 16777619
	h := uint32(offset)
	for _, s := range about {
		for i := range len(s) {
			h = (h ^ uint32(s[i])) * prime
		}
		h *= prime // a NUL
	}
	return h
}

// known returns the answer of a key; ok is false where there is none and the index is
// to be asked.
func (v *veryWords) known(key uint32) (yes, ok bool) {
	for _, a := range v.decided {
		if a.key == key {
			return a.yes, true
		}
	}
	return false, v.fixed
}

// decide keeps the answer of a key, and returns it.
func (v *veryWords) decide(key uint32, yes bool) bool {
	v.decided = append(v.decided, saidOfWord{key, yes})
	return yes
}

// given returns the keys of the answers that were yes, in ascending order.
func (v *veryWords) given() []uint32 {
	keys := make([]uint32, 0)
	for _, a := range v.decided {
		if a.yes {
			keys = append(keys, a.key)
		}
	}
	slices.Sort(keys)
	return keys
}

// fix has the answers with these keys be yes, and all others no.
func (v *veryWords) fix(given []uint32) {
	v.fixed = true
	for _, key := range given {
		v.decided = append(v.decided, saidOfWord{key, true})
	}
}

// newVeryWords reads what tells names in a query, whose tree is n.
func newVeryWords(ctx context.Context, snap engine.Snapshot, n query.Node) *veryWords {
	v := &veryWords{ctx: ctx, snap: snap}
	if word, ok := n.(query.Word); ok { // as most are
		v.count(word)
	} else {
		query.Walk(n, v.count)
	}
	v.headline = v.words >= minTitle && v.capitals == v.words
	return v
}

// count counts the words of a node, and reports whether those in it count, too.
func (v *veryWords) count(n query.Node) bool {
	switch n := n.(type) {
	case query.Word:
		v.words++
		if hasCapital(n.Text) {
			v.capitals++
		}
	case query.Prefix, query.Wildcard, query.Fuzzy, query.Regex, query.Phrase:
		v.words++
	case query.Field:
		return n.Name == "title" || n.Name == "heading" || n.Name == "body"
	}
	return true
}

func hasCapital(s string) bool { return strings.ContainsFunc(s, unicode.IsUpper) }

// comesFirst serves match.Context. What it reads of the index is little, and only for
// words that may be such.
func (v *veryWords) comesFirst(written, folded, stem string) bool {
	name := hasCapital(written) && !v.headline
	if !name && v.words > 1 || v.err != nil {
		return false
	}
	key := answerKey(asksFirst, written, folded, stem)
	if yes, ok := v.known(key); ok {
		return yes
	}
	return v.decide(key, v.isRareForm(name, folded, stem))
}

// isRareForm reports whether a word is one of few that have its stem.
func (v *veryWords) isRareForm(name bool, folded, stem string) bool {
	if stem == "" { // several tokens with other spellings, of which the index has no count
		return v.words == 1
	}
	all := v.stemFreq(stem)
	if all == 0 || !name && folded == stem && all > shortList { // the commonest form of most words
		return false
	}
	fields, times := inBodyOrTitle[:], otherForms
	if !name {
		fields, times = fields[:1], rareForm
	}
	n := v.wordFreq(folded, fields)
	return n > 0 && n < all && (n*times <= all || all <= shortList)
}

// weighsMore serves match.Context: whether a stem has other forms in the index.
func (v *veryWords) weighsMore(folded, stem string) bool {
	if v.err != nil {
		return false
	}
	key := answerKey(asksMore, folded, stem)
	if yes, ok := v.known(key); ok {
		return yes
	}
	all := v.stemFreq(stem)
	n := v.wordFreq(folded, inBodyOrTitle[:])
	return v.decide(key, n > 0 && n < all)
}

// stemFreq returns in how many articles a stem stands; 0 with v.err set.
func (v *veryWords) stemFreq(stem string) int {
	freqs, err := v.snap.DocFreq(v.ctx, stem)
	if v.err = err; err != nil {
		return 0
	}
	return freqs[0]
}

// inBodyOrTitle are the fields in which a word is counted: the second for words that
// are nowhere in the first.
var inBodyOrTitle = [...]match.Field{match.Body, match.Title}

// wordFreq returns in how many articles a word stands as written, in the first of the
// fields that has it; 0 with v.err set, and where it was set before.
func (v *veryWords) wordFreq(word string, fields []match.Field) int {
	for _, f := range fields {
		if v.err != nil {
			break
		}
		counts, _, err := v.snap.Terms(v.ctx, f, match.TermPattern{Kind: match.Exact, Text: word}, 1)
		if v.err = err; len(counts) > 0 {
			return counts[0].Count
		}
	}
	return 0
}
