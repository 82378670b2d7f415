package index

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/match"
	"github.com/newsq/newsq/internal/query"
	"github.com/newsq/newsq/internal/text"
)

const (
	// maxHitsToMend is the number of articles that a query finds at most for
	// another spelling to be looked for.
	maxHitsToMend = 3
	// minFrequencyRatio is how many times more frequent another spelling must be
	// than a word that occurs: a rare name is not a mistake. A word in more than
	// maxRareDocFreq articles is never one.
	minFrequencyRatio = 50
	maxRareDocFreq    = 10
	// maxRareWords is how many rare words a misspelt query may have. One with more
	// is in another language, or no text.
	maxRareWords = 8
	// minMisspelt is the length of the shortest word that is mended. Nearly
	// every word of three letters is one edit from another.
	minMisspelt = 4
	// minTwoEdits is the length from which two edits are tried, after one
	// edit led nowhere.
	minTwoEdits = 5
	// maxSpellings is the number of candidates looked at for a word.
	maxSpellings = 20
)

// didYouMean returns the query with its misspelt words mended, if that finds
// more than the strict query did; else "".
func didYouMean(ctx context.Context, snap engine.Snapshot, q *Query, r *parsedQuery, req *engine.Request, found int) (string, error) {
	if found > maxHitsToMend || q.Text == "" {
		return "", nil
	}
	rare, err := rareWords(ctx, r.context.Analyzer, snap, wordSpans(r.written, q.Text), q.Text)
	if err != nil || len(rare) > maxRareWords {
		return "", err
	}
	mended := q.Text
	var spans []text.Span // of misspelt words, with what is to stand there
	var words []string
	for _, s := range rare {
		better, err := betterSpelling(ctx, r.context.Analyzer, snap, text.Fold(q.Text[s.Start:s.End]))
		if err != nil {
			return "", err
		}
		if better != "" {
			spans, words = append(spans, s), append(words, better)
		}
	}
	for i := len(spans) - 1; i >= 0; i-- {
		mended = mended[:spans[i].Start] + words[i] + mended[spans[i].End:]
	}
	if len(spans) == 0 {
		return "", nil
	}
	other := *q
	other.Text = mended
	mendedQuery, err := other.parse(nil)
	if err != nil {
		return "", nil // mending broke the syntax: no proposal then
	}
	again := *req
	again.Plan, again.Limit, again.Facets, again.After = mendedQuery.plan, 0, nil, nil
	res, err := snap.Search(ctx, &again)
	if errors.Is(err, engine.ErrTooBroad) {
		return "", nil
	}
	if err != nil || res.Total <= found {
		return "", err
	}
	return mended, nil
}

// rareWords returns those of spans where words stand that may be misspelt.
func rareWords(ctx context.Context, a analysis.Analyzer, snap engine.Snapshot, spans []text.Span, s string) ([]text.Span, error) {
	var found []text.Span
	for _, span := range spans {
		w := text.Fold(s[span.Start:span.End])
		if utf8.RuneCountInString(w) < minMisspelt || a.IsStop(w) || strings.ContainsAny(w, "0123456789") {
			continue
		}
		freqs, err := snap.DocFreq(ctx, a.Stem(w))
		if err != nil {
			return nil, err
		}
		if freqs[0] <= maxRareDocFreq {
			found = append(found, span)
		}
	}
	return found, nil
}

// wordSpans returns where in the query's text there are words that are looked
// for in articles' texts, in order.
func wordSpans(tree query.Node, s string) []text.Span {
	var spans []text.Span
	query.Walk(tree, func(n query.Node) bool {
		switch n := n.(type) {
		case query.Not, query.Range:
			return false
		case query.Field:
			return slices.Contains([]string{"title", "heading", "body", "summary"}, n.Name)
		case query.Word, query.Phrase:
			start, end := n.Pos()
			for _, t := range text.Words(s[start:end]) {
				spans = append(spans, text.Span{Start: start + t.Start, End: start + t.End})
			}
		}
		return true
	})
	slices.SortFunc(spans, func(a, b text.Span) int { return cmp.Compare(a.Start, b.Start) })
	return slices.Compact(spans)
}

// betterSpelling returns a word near w, a rare one, that is much more
// frequent; "" when there is none.
func betterSpelling(ctx context.Context, a analysis.Analyzer, snap engine.Snapshot, w string) (string, error) {
	length := utf8.RuneCountInString(w)
	own, err := snap.DocFreq(ctx, a.Stem(w))
	if err != nil {
		return "", err
	}
	for distance := 1; distance <= 2 && (distance == 1 || length >= minTwoEdits && own[0] == 0); distance++ {
		near, _, err := snap.Terms(ctx, match.Text, match.TermPattern{Kind: match.Fuzzy, Text: w, Distance: distance}, maxSpellings)
		if err != nil {
			return "", err
		}
		near = slices.DeleteFunc(near, func(c engine.Count) bool { return c.Value == w || c.Count <= minFrequencyRatio*own[0] })
		if len(near) > 0 {
			return bestSpelling(w, near), nil
		}
	}
	return "", nil
}

// bestSpelling chooses the most frequent candidate, those first that begin as
// w does: the first letter is seldom the wrong one.
func bestSpelling(w string, near []engine.Count) string {
	first, _ := utf8.DecodeRuneInString(w)
	begins := func(c engine.Count) bool { return strings.HasPrefix(c.Value, string(first)) }
	best := slices.MaxFunc(near, func(a, b engine.Count) int {
		switch {
		case begins(a) && !begins(b):
			return 1
		case begins(b) && !begins(a):
			return -1
		}
		return cmp.Compare(a.Count, b.Count)
	})
	return best.Value
}
