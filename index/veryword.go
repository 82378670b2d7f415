package index

import (
	"context"
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
}

// newVeryWords reads what tells names in a query, whose tree is n.
func newVeryWords(ctx context.Context, snap engine.Snapshot, n query.Node) *veryWords {
	v := &veryWords{ctx: ctx, snap: snap}
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
	all := v.stemFreq(stem)
	n := v.wordFreq(folded, inBodyOrTitle[:])
	return n > 0 && n < all
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
