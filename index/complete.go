package index

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

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
// sources, authors, places, people, organizations, languages and kinds of sentences have
// values that can be listed. A name of several words is written as one, Harbour-Review, or goes on
// in the quotation marks that were typed, and is ended by them. Any other part
// becomes a field's name with its colon, or a word of the articles, as with Suggest,
// which ends the quotation that it stands in. Articles is 0 for a field's name, and
// else the number of articles with the value or for the query.
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

// maxBefore is how many words of a quotation count for what may follow.
const maxBefore = 6

// Suggest completes the last word of what was typed so far, and returns
// queries that find something, at most limit; 0 means 10. Words that follow
// the one before them in articles come first, so that "north k" leads to
// "north korea"; then those that find most. Within a quotation that is being typed,
// those come first with which it finds most. Words are as articles have them most
// often, with their accents, and in small letters where nothing else was typed.
func (ix *Index) Suggest(ctx context.Context, typed string, limit int) (_ []Suggestion, err error) {
	snap, err := ix.snapshot(ctx, time.Now(), false)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, snap.Close(ctx)) }()
	limit = min(orDefault(limit, defaultLimit), maxSuggestions)
	c, ok := newCompletion(typed)
	if !ok {
		return nil, nil // nothing typed, or a space: every word could follow
	}
	found, err := c.candidates(ctx, snap)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(found, func(a, b suggested) int {
		if c.quoted {
			return cmp.Compare(b.Articles, a.Articles)
		}
		return cmp.Or(cmp.Compare(b.adjacent, a.adjacent), cmp.Compare(b.Articles, a.Articles))
	})
	found = found[:min(limit, len(found))]
	err = inParallel(len(found), func() func(i int) error {
		return func(i int) error {
			form, err := writtenForm(ctx, snap, found[i].word)
			found[i].Text = c.typed[:c.last.Start] + asTyped(form, c.typed[c.last.Start:])
			return err
		}
	})
	var out []Suggestion
	for _, s := range found {
		out = append(out, s.Suggestion)
	}
	return out, err
}

// completion is what was typed, to be completed.
type completion struct {
	typed  string
	last   text.Token // the word that is being typed
	before []string   // the words that what follows depends on: one, or those of the quotation
	quoted bool       // within a quotation
}

func newCompletion(typed string) (c completion, ok bool) {
	tokens := text.Words(typed)
	if len(tokens) == 0 || tokens[len(tokens)-1].End != len(typed) {
		return c, false
	}
	c = completion{typed: typed, last: tokens[len(tokens)-1]}
	tokens = tokens[:len(tokens)-1]
	from := max(0, len(tokens)-1)
	if part := query.TypingOf(typed); part.Close != "" {
		c.quoted = true
		from = len(tokens)
		for from > 0 && tokens[from-1].Start >= part.Value && len(tokens)-from < maxBefore {
			from--
		}
	}
	for _, t := range tokens[from:] {
		c.before = append(c.before, t.Word)
	}
	return c, true
}

// suggested is a suggestion on its way.
type suggested struct {
	Suggestion
	word     string // the last, folded
	adjacent int    // articles in which the last word follows the one before it
}

// candidates returns the words that what was typed may be completed to, and that
// find something.
func (c *completion) candidates(ctx context.Context, snap engine.Snapshot) ([]suggested, error) {
	list, more, err := snap.Terms(ctx, match.Text, match.TermPattern{Kind: match.Prefix, Text: c.last.Word}, maxSuggestions)
	if err != nil {
		return nil, err
	}
	var words []string
	if more > 0 && len(c.before) > 0 { // what follows here may be rare elsewhere
		if words, err = wordsAfter(ctx, snap, c.before, c.last.Word); err != nil {
			return nil, err
		}
	}
	for _, w := range list {
		words = append(words, w.Value)
	}
	var found []suggested
	stems, analyzer := map[string]bool{}, analyzerOf("")
	for i, w := range words {
		stem := analyzer.Stem(w)
		if c.quoted {
			stem = w // a quotation asks for the very word
		}
		if stems[stem] || i >= 2*maxSuggestions {
			continue // the same query: the most frequent form stands for all
		}
		stems[stem] = true
		s := suggested{word: w}
		if err := s.count(ctx, snap, c); err != nil {
			return nil, err
		}
		if s.Articles > 0 {
			found = append(found, s)
		}
	}
	return found, nil
}

// count counts the articles of the whole query, and of the words side by side.
func (s *suggested) count(ctx context.Context, snap engine.Snapshot, c *completion) error {
	whole := c.typed[:c.last.Start] + s.word
	if c.quoted {
		whole += `"`
	}
	q := Query{Text: whole, Lenient: true}
	if err := q.setLanguages(ctx, snap); err != nil {
		return err
	}
	r, err := q.parse(nil)
	if err != nil {
		return err
	}
	plans := []match.Plan{r.plan}
	if n := len(c.before); n > 0 && !c.quoted {
		plans = append(plans, match.Phrase{Terms: []match.TermPattern{
			{Kind: match.Exact, Text: c.before[n-1]}, {Kind: match.Exact, Text: s.word},
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
