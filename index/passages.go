package index

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/newsq/newsq/corpus"
)

// Where the passages of a question are looked for: in enough articles that the best
// passage is among them, and in few enough to be read at once.
const (
	passageArticles     = 40
	defaultOfOneArticle = 3
	maxPassageLimit     = 50
)

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
	// AlsoIn are the ids of other articles that have a passage of the same words, such as
	// other printings of one report: it is no second witness.
	AlsoIn []string
	// Copies and Outlets are those of the article's Hit: how many more articles tell the
	// same story with the same words, and some that printed it.
	Copies  int
	Outlets []string
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
// best to leave out, as they were seen before. Copies of q says which of the copies of a
// story are read. Of q, Match, Cursor, Facets, Sort and IDsOnly
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
	all := eachOnce(passagesOf(res.Hits), func(p *Passage) string { return foldValue(p.Snippet.Text) },
		func(p *Passage) (string, *[]string) { return p.Article.ID, &p.AlsoIn })
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
			all = append(all, Passage{
				Article: *hits[i].Article, Snippet: s, Score: s.Score * factor, Words: markedWords(&s),
				Copies: hits[i].Copies, Outlets: hits[i].Outlets,
			})
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

// eachOnce returns values without those that have the same words as one before in another
// article, which names that article. in returns the article of a value, and its list of
// others. The result takes the place of all.
func eachOnce[T any](all []T, words func(*T) string, in func(*T) (id string, others *[]string)) []T {
	kept := all[:0]
	at := make(map[string]int) // of kept, by the words
	for i := range all {
		w := words(&all[i])
		first, same := at[w]
		if !same {
			at[w] = len(kept)
			kept = append(kept, all[i])
			continue
		}
		id, _ := in(&all[i])
		if of, others := in(&kept[first]); of != id && !slices.Contains(*others, id) {
			*others = append(*others, id)
		}
	}
	return kept
}
