package index

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/match"
	"github.com/newsq/newsq/internal/query"
	"github.com/newsq/newsq/internal/text"
)

// Complete returns what a query may become whose last part is being typed. Each
// begins with what was typed, letter by letter, as a shell wants it: a completion of
// "Deterr" is "Deterrence".
//
// A value behind the name of a field becomes one of the field's values; topics,
// sources, authors, places, people, organizations and languages have values that can
// be listed. A name of several words is written as
// one, Harbour-Review, or goes on in the quotation marks that were typed, and is ended
// by them. Any other part becomes a field's name with its colon, or a word of the
// articles, as with Suggest, which ends the quotation that it stands in. Articles is 0 for a field's name, and else the number of
// articles with the value or for the query.
func (ix *Index) Complete(ctx context.Context, typed string) ([]Suggestion, error) {
	part := query.TypingOf(typed)
	if part.Field != "" {
		return ix.completeValue(ctx, typed, part)
	}
	var found []Suggestion
	word := typed[part.Value:]
	for _, name := range fieldNames() {
		if goesOn, ok := continued(word, name); ok && word != "" && part.Close == "" {
			found = append(found, Suggestion{Text: typed[:part.Value] + goesOn + ":"})
		}
	}
	words, err := ix.Suggest(ctx, typed, 0)
	if len(words) == 0 {
		return found, err
	}
	tokens := text.Words(typed)
	last := tokens[len(tokens)-1].Start
	for _, s := range words {
		if goesOn, ok := continued(typed[last:], s.Text[last:]); ok {
			found = append(found, Suggestion{Text: typed[:last] + goesOn + part.Close, Articles: s.Articles})
		}
	}
	return found, nil
}

// fieldNames returns the names that may stand before a colon in a query.
func fieldNames() []string {
	var names []string
	for _, f := range query.Fields() {
		names = append(names, f.Name)
	}
	return append(names, "since", "after", "before", "until")
}

// Suggestion is a query that begins as what was typed.
type Suggestion struct {
	Text     string
	Articles int // that match it
}

// maxSuggestions bounds what Suggest looks at and returns.
const maxSuggestions = 50

// Suggest completes the last word of what was typed so far, and returns
// queries that find something, at most limit; 0 means 10. Words that follow
// the one before them in articles come first, so that "north k" leads to
// "north korea"; then those that find most.
func (ix *Index) Suggest(ctx context.Context, typed string, limit int) (_ []Suggestion, err error) {
	snap, err := ix.engine.Snapshot(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, snap.Close(ctx)) }()
	limit = min(orDefault(limit, defaultLimit), maxSuggestions)
	tokens := text.Words(typed)
	if len(tokens) == 0 || tokens[len(tokens)-1].End != len(typed) {
		return nil, nil // nothing typed, or a space: every word could follow
	}
	last := tokens[len(tokens)-1]
	words, _, err := snap.Terms(ctx, match.Text, match.TermPattern{Kind: match.Prefix, Text: last.Word}, maxSuggestions)
	if err != nil {
		return nil, err
	}
	var found []suggested
	stems, analyzer := map[string]bool{}, analyzerOf("")
	// A quotation is of words as they are written.
	quoted := query.TypingOf(typed).Close != ""
	for _, w := range words {
		stem := analyzer.Stem(w.Value)
		if stems[stem] && !quoted {
			continue // the same query: the most frequent form stands for all
		}
		stems[stem] = true
		s := suggested{Suggestion: Suggestion{Text: typed[:last.Start] + w.Value}}
		if err := s.count(ctx, snap, tokens[:len(tokens)-1], w.Value); err != nil {
			return nil, err
		}
		if s.Articles > 0 {
			found = append(found, s)
		}
	}
	slices.SortStableFunc(found, func(a, b suggested) int {
		return cmp.Or(cmp.Compare(b.adjacent, a.adjacent), cmp.Compare(b.Articles, a.Articles))
	})
	var out []Suggestion
	for _, s := range found[:min(limit, len(found))] {
		out = append(out, s.Suggestion)
	}
	return out, nil
}

// suggested is a suggestion on its way.
type suggested struct {
	Suggestion
	adjacent int // articles in which the last word follows the one before it
}

func (s *suggested) count(ctx context.Context, snap engine.Snapshot, before []text.Token, word string) error {
	q := Query{Text: s.Text, Lenient: true}
	r, err := q.parse(nil)
	if err != nil {
		return err
	}
	plans := []match.Plan{r.plan}
	if n := len(before); n > 0 {
		plans = append(plans, match.Phrase{Terms: []match.TermPattern{
			{Kind: match.Exact, Text: before[n-1].Word}, {Kind: match.Exact, Text: word},
		}})
	}
	for i, n := range []*int{&s.Articles, &s.adjacent}[:len(plans)] {
		found, err := snap.Search(ctx, &engine.Request{Plan: plans[i]})
		if err != nil {
			return err
		}
		*n = found.Total
	}
	return nil
}
