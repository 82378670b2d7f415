package index

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/text"
)

// Where the passages of a question are looked for: in enough articles that the best
// passage is among them, and in few enough to be read at once.
const (
	passageArticles     = 40
	defaultOfOneArticle = 3
	maxPassageLimit     = 50
)

// samePassage is the share of the words of two passages, each once, that both have where
// they say the same.
const samePassage = .9

// Passage is a passage of an article that answers a question.
type Passage struct {
	Rank    int // from 1, over all passages
	Article corpus.Article
	Snippet Snippet
	// Score is between 0 and 1: how much of the question the passage shows, Snippet.Score,
	// times a number from .5 to 1 that is greater the better its article is.
	Score float64
	// Words are those of the passage that were looked for, as it has them, each once.
	Words []string
	// AlsoIn are the ids of other articles that have the same passage, such as other
	// printings of one report: it is no second witness.
	AlsoIn []string
}

// PassageResults are the passages that answer a question best. They stay valid after Close.
type PassageResults struct {
	Passages []Passage
	// More is the number of passages behind these.
	More int
	// Articles is the number of articles with any word of the question, a lower bound unless
	// Exact, and Read how many of these were read for passages, the best ones.
	Articles, Read int
	Exact          bool
	Aliases        []AliasUse // as in Results
	Warnings       []string
	Took           time.Duration
}

// Passages returns the passages that answer a question, across articles: from those that
// are best for any of its words. Limit of q is the number of passages, 0 means 10 and 50 is
// the most, and Passages how many may be of one article, 0 means 3. Skip is how many of the
// best to leave out, as they were seen before. Of q, Match, Cursor, Facets, Sort and IDsOnly
// are not used. Its errors are those of Search.
func (ix *Index) Passages(ctx context.Context, q Query, skip int) (*PassageResults, error) {
	limit := orDefault(q.Limit, defaultLimit)
	if limit > maxPassageLimit {
		return nil, fmt.Errorf("limit %d is more than %d passages", limit, maxPassageLimit)
	}
	q.Match, q.Cursor, q.Facets, q.Sort, q.IDsOnly, q.NoNear = MatchAny, "", nil, Relevance, false, true
	q.Limit, q.Passages = passageArticles, cmp.Or(q.Passages, defaultOfOneArticle)
	res, err := ix.Search(ctx, q)
	if err != nil {
		return nil, err
	}
	all := eachOnce(passagesOf(res.Hits))
	for i := range all {
		all[i].Rank = i + 1
	}
	all = all[min(max(skip, 0), len(all)):]
	shown := all[:min(limit, len(all))]
	return &PassageResults{
		Passages: shown, More: len(all) - len(shown),
		Articles: res.Total, Read: len(res.Hits), Exact: res.Exact, Aliases: res.Aliases, Warnings: res.Warnings, Took: res.Took,
	}, nil
}

// passagesOf returns the passages of hits, the best first.
func passagesOf(hits []Hit) []Passage {
	var all []Passage
	best := 0.0
	for i := range hits {
		best = max(best, hits[i].Score)
	}
	for i := range hits {
		factor := .5
		if best > 0 {
			factor += .5 * hits[i].Score / best
		}
		for _, s := range hits[i].Snippets {
			all = append(all, Passage{Article: hits[i].Article, Snippet: s, Score: s.Score * factor, Words: markedWords(&s)})
		}
	}
	slices.SortStableFunc(all, func(a, b Passage) int { return cmp.Compare(b.Score, a.Score) })
	return all
}

// markedWords returns what is marked in a passage, each word or phrase once.
func markedWords(s *Snippet) []string {
	var words, folded []string
	for _, m := range s.Matches {
		w := s.Text[m.Start:m.End]
		if f := foldValue(w); !slices.Contains(folded, f) {
			words, folded = append(words, w), append(folded, f)
		}
	}
	return words
}

// eachOnce returns the passages without those that say the same as a better one of another
// article, which names that article.
func eachOnce(all []Passage) []Passage {
	var kept []Passage
	var words [][]string
	for _, p := range all {
		w := passageWords(p.Snippet.Text)
		same := slices.IndexFunc(words, func(of []string) bool { return sameWords(of, w) })
		switch {
		case same < 0:
			kept, words = append(kept, p), append(words, w)
		case kept[same].Article.ID != p.Article.ID && !slices.Contains(kept[same].AlsoIn, p.Article.ID):
			kept[same].AlsoIn = append(kept[same].AlsoIn, p.Article.ID)
		}
	}
	return kept
}

// passageWords returns the words of a passage, each once, in order.
func passageWords(s string) []string {
	var words []string
	for _, t := range text.Words(s) {
		words = append(words, t.Word)
	}
	slices.Sort(words)
	return slices.Compact(words)
}

// sameWords reports whether two lists of words, each in order, are nearly the same.
func sameWords(a, b []string) bool {
	common, all := 0, 0
	for len(a) > 0 && len(b) > 0 {
		c := cmp.Compare(a[0], b[0])
		if all++; c == 0 {
			common++
		}
		if c <= 0 {
			a = a[1:]
		}
		if c >= 0 {
			b = b[1:]
		}
	}
	all += len(a) + len(b)
	return float64(common) >= samePassage*float64(all)
}
