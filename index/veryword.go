package index

import (
	"context"
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

func hasCapital(s string) bool {
	for _, r := range s {
		if unicode.IsUpper(r) {
			return true
		}
	}
	return false
}

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
	freqs, err := v.snap.DocFreq(v.ctx, stem)
	if err != nil || freqs[0] == 0 {
		v.err = err
		return false
	}
	if !name && folded == stem && freqs[0] > shortList {
		return false // the commonest form of most words, and not worth asking
	}
	fields := []match.Field{match.Body, match.Title}
	if !name {
		fields = fields[:1]
	}
	n, err := v.docFreq(folded, fields)
	if v.err = err; err != nil || n == 0 || n >= freqs[0] {
		return false
	}
	times := otherForms
	if !name {
		times = rareForm
	}
	return n*times <= freqs[0] || freqs[0] <= shortList
}

// docFreq returns in how many articles a word stands as written, in the first of the
// fields that has it.
func (v *veryWords) docFreq(word string, fields []match.Field) (int, error) {
	for _, f := range fields {
		counts, _, err := v.snap.Terms(v.ctx, f, match.TermPattern{Kind: match.Exact, Text: word}, 1)
		if err != nil {
			return 0, err
		}
		if len(counts) > 0 {
			return counts[0].Count, nil
		}
	}
	return 0, nil
}

// weighsMore serves match.Context: whether a stem has other forms in the index.
func (v *veryWords) weighsMore(folded, stem string) bool {
	if v.err != nil {
		return false
	}
	freqs, err := v.snap.DocFreq(v.ctx, stem)
	if err != nil {
		v.err = err
		return false
	}
	n, err := v.docFreq(folded, []match.Field{match.Body, match.Title})
	v.err = err
	return err == nil && n > 0 && n < freqs[0]
}
