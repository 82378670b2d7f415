package index

import (
	"context"
	"hash/fnv"
	"io"
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
	headline bool // all words have capitals
	err      error
	// decided is what was said of each word so far, and fixed that no other is to be
	// asked of the index: pages go on with what the first one found.
	decided map[uint32]bool
	fixed   bool
}

// The questions that are answered of a word.
const (
	asksFirst = "first"
	asksMore  = "more"
)

// answerKey is the key of an answer: a hash of the question and what it is about.
func answerKey(about ...string) uint32 {
	h := fnv.New32a()
	for _, s := range about {
		_, _ = io.WriteString(h, s)
		_, _ = h.Write([]byte{0})
	}
	return h.Sum32()
}

// decide answers a question of a word, the first time by what answer reads.
func (v *veryWords) decide(key uint32, answer func() bool) bool {
	yes, known := v.decided[key]
	if !known && !v.fixed {
		yes = answer()
		v.decided[key] = yes
	}
	return yes
}

// given returns the keys of the answers that were yes, in ascending order.
func (v *veryWords) given() []uint32 {
	keys := make([]uint32, 0)
	for key, yes := range v.decided {
		if yes {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return keys
}

// fix has the answers with these keys be yes, and all others no.
func (v *veryWords) fix(given []uint32) {
	v.fixed = true
	for _, key := range given {
		v.decided[key] = true
	}
}

// newVeryWords reads what tells names in a query, whose tree is n.
func newVeryWords(ctx context.Context, snap engine.Snapshot, n query.Node) *veryWords {
	v := &veryWords{ctx: ctx, snap: snap, decided: map[uint32]bool{}}
	capitals := 0
	query.Walk(n, func(n query.Node) bool {
		switch n := n.(type) {
		case query.Word:
			v.words++
			if hasCapital(n.Text) {
				capitals++
			}
		case query.Prefix, query.Wildcard, query.Fuzzy, query.Regex, query.Phrase:
			v.words++
		case query.Field:
			return n.Name == "title" || n.Name == "heading" || n.Name == "body"
		}
		return true
	})
	v.headline = v.words >= minTitle && capitals == v.words
	return v
}

func hasCapital(s string) bool { return strings.ContainsFunc(s, unicode.IsUpper) }

// comesFirst serves match.Context. What it reads of the index is little, and only for
// words that may be such.
func (v *veryWords) comesFirst(written, folded, stem string) bool {
	name := hasCapital(written) && !v.headline
	if !name && v.words > 1 || v.err != nil {
		return false
	}
	return v.decide(answerKey(asksFirst, written, folded, stem), func() bool {
		return v.isRareForm(name, folded, stem)
	})
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
	return v.decide(answerKey(asksMore, folded, stem), func() bool {
		all := v.stemFreq(stem)
		n := v.wordFreq(folded, inBodyOrTitle[:])
		return n > 0 && n < all
	})
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
