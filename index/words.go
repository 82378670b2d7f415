package index

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/newsq/newsq/internal/contrast"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/match"
)

// WordsResult is what stands out in the articles that match a query.
type WordsResult struct {
	Terms []TellingTerm
	// Articles is how many match, and Read how many of these were counted; Others and
	// OthersRead are those that were compared with. Both are read evenly over the time of
	// publication.
	Articles, Read     int
	Others, OthersRead int
	Words, OtherWords  int // that count
	DidYouMean         string
	Aliases            []AliasUse // as in Results
	Warnings           []string
	Took               time.Duration
}

// Words tells the n words that stand out in the articles that match q, compared with all
// others that its filters and dates let through; where it has no Text, with all others of
// the index. 0 for n means 20, and MaxTelling is the most. How it is counted and bounded, and
// what of q is used, is as Compare has it; the words of the query itself are left out. Both
// are samples of up to 2,500 articles.
func (ix *Index) Words(ctx context.Context, q Query, n int) (*WordsResult, error) {
	start := time.Now()
	if n = orDefault(n, defaultWords); n > MaxTelling {
		return nil, fmt.Errorf("%d words are more than %d", n, MaxTelling)
	}
	var res *WordsResult
	again, err := ix.readMatched(ctx, q, nil, func(m *matched) (err error) {
		res, err = m.words(ctx, n)
		return err
	})
	if err != nil {
		return nil, err
	}
	if again {
		res.Warnings = append(res.Warnings, warnAgain)
	}
	res.Took = time.Since(start)
	return res, nil
}

const defaultWords = 20

func (m *matched) words(ctx context.Context, n int) (*WordsResult, error) {
	res := &WordsResult{DidYouMean: m.found.DidYouMean, Aliases: m.found.Aliases, Warnings: m.found.Warnings}
	matches, total, err := sample(ctx, m.snap, m.request(), maxListed, nil)
	if err != nil {
		return nil, err
	}
	res.Articles = total
	if total == 0 {
		return res, nil
	}
	if total > maxListed {
		res.Warnings = append(res.Warnings, fmt.Sprintf("the oldest %d articles that match were sampled", maxListed))
	}
	own := make(map[string]bool, len(matches))
	for _, h := range matches {
		own[h.ID] = true
	}
	around, err := m.around()
	if err != nil {
		return nil, err
	}
	others, rest, err := sample(ctx, m.snap, around, maxReadOfSide, own)
	if err != nil {
		return nil, err
	}
	res.Others = rest
	v := contrast.NewVocabulary()
	side, err := m.count(ctx, v, evenly(matches, maxReadOfSide))
	if err != nil {
		return nil, err
	}
	other, err := m.count(ctx, v, others)
	if err != nil {
		return nil, err
	}
	res.Read, res.OthersRead, res.Words, res.OtherWords = side.Len(), other.Len(), side.Words(), other.Words()
	con := contrast.Contrast{Side: side, Others: []*contrast.Side{other}}
	res.Terms, err = m.telling(ctx, con.Terms(n, m.r.asksFor()), nil)
	return res, err
}

// around is a request for all articles that those of the query are compared with, and for
// these themselves.
func (m *matched) around() (engine.Request, error) {
	if strings.TrimSpace(m.q.Text) == "" {
		return engine.Request{Plan: m.known(match.All{}), Location: m.q.location()}, nil
	}
	q := *m.q
	q.Text = ""
	r, err := q.parse(nil)
	if err != nil {
		return engine.Request{}, err
	}
	req := m.request()
	req.Plan = r.plan
	return req, nil
}
