package index

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/newsq/newsq/internal/burst"
	"github.com/newsq/newsq/internal/engine"
)

// TimelineQuery says of what a timeline is, and how it is cut.
type TimelineQuery struct {
	// Query says which articles are counted. Of its fields those count that say so: Text to
	// TopicsFrom, NoAliases and IncludeEmbargoed. It is never relaxed. Rank is that of the
	// best articles of bursts.
	Query
	// Per is the length of a bucket; PerAny chooses the shortest of which there are at most
	// 53, a year of weeks, and no more than articles that match, unless these are fewer than
	// 12.
	Per Per
	// By splits the counts by the values of a facet, such as FacetSource; empty for not at
	// all. Where filters keep values of it, these are split alone, and those below them.
	By string
	// Largest is how many values are told apart, the most frequent ones; 0 means 5, and 20
	// is the most.
	Largest int
	// BurstPer is the length of time in which bursts are looked for; PerAny is days where
	// buckets are days, and else weeks.
	BurstPer Per
	// Scale is how many times the usual share of all articles that of a burst is, above 1; 0
	// means 2. Gamma is how much evidence its start takes: a hundred weeks ask for odds of
	// 100 to the power of Gamma. 0 means 1; a negative one is none. See package burst.
	Scale, Gamma float64
	// Bursts is how many bursts are described, those of the greatest weight; 0 means 10,
	// negative none, and 50 is the most.
	Bursts int
}

// The bounds of a TimelineQuery, and what it has where it doesn't say.
const (
	usualBuckets   = 53   // a year of weeks; more lines are no longer seen at a glance
	fewestBuckets  = 12   // a year of months, of however few articles
	maxBuckets     = 4000 // eleven years of days
	defaultLargest = 5
	defaultBursts  = 10
	maxBursts      = 50
	maxScale       = 1000
	maxGamma       = 1000
)

// MaxSeries is the most series that a timeline is split into.
const MaxSeries = 20

// FewArticles is the number of articles in all below which a bucket is marked as having
// few: by one article more or less its share then changes by 5 % and more.
const FewArticles = 20

// Timeline is how many articles a query finds over time. It stays valid after Close.
type Timeline struct {
	Per Per
	// Buckets follow each other without a gap, so that there are some without articles. They
	// go from the first to the last one that has an article of the query, or FewArticles of
	// all that they are compared with.
	Buckets []Bucket
	// Total is the number of articles that match, and All that of those which they are
	// compared with: all that the filters and dates keep, without Text; where there is no
	// Text, all of the index that the dates keep.
	Total, All int
	// Undated are those of them without a date, which are in no bucket.
	Undated, UndatedAll int
	// Series are those of TimelineQuery.By, the largest first, and Others the articles with
	// none of their values; nil where none are left. An article with several values is in
	// the series of each.
	Series []Series
	Others *Series
	// More is how many further values Others has.
	More int
	// Bursts are in order of time. MoreBursts were found beside them, of less weight.
	Bursts     []Burst
	MoreBursts int
	BurstPer   Per
	// DidYouMean is that of Results, of a query that nothing matches.
	DidYouMean string
	Warnings   []string
	Took       time.Duration
}

// Bucket is a length of time.
type Bucket struct {
	Label    string    // see Per.Label
	From, To time.Time // [From, To), in the Location of the query
	Count    int       // articles that match
	All      int       // articles that they are compared with
	Few      bool      // All is less than FewArticles
	Burst    bool      // a burst falls into it, or a part of one
}

// PerThousand is how many of a thousand articles match; 0 where there are none.
func (b *Bucket) PerThousand() float64 { return perThousand(b.Count, b.All) }

func perThousand(n, of int) float64 {
	if of == 0 {
		return 0
	}
	return 1000 * float64(n) / float64(of)
}

// Series is the part of a timeline with a value of a facet.
type Series struct {
	Value  string
	Counts []int // by bucket: articles that match and have the value
	All    []int // articles with the value, of those of Bucket.All
	Total  int   // articles that match and have the value, those without a date among them
}

// PerThousand is that of a bucket, among the articles with the value.
func (s *Series) PerThousand(bucket int) float64 { return perThousand(s.Counts[bucket], s.All[bucket]) }

// Burst is a time in which a far greater share of all articles match than usual. Bursts are
// those of Kleinberg's model; see package burst.
type Burst struct {
	From, To time.Time // [From, To), as in Bucket
	Weight   float64   // by how much the model prefers it, as the logarithm of odds
	Count    int       // articles that match
	All      int       // articles that they are compared with
	// Peak is where in the burst most articles match: a length of BurstPer, the first of
	// several.
	Peak Bucket
	// Words are the most telling words or phrases of its articles against the other articles
	// that match, three at most, without those of the query. They are from Read of its
	// articles, the best 100, and from those of the other bursts and the best 500 of no burst.
	Words []string
	Read  int
	// Best is the best article of Peak for the query, or, where it has no words, for Words.
	Best *Hit
}

// Timeline counts the articles that a query finds over time. Its errors are those of Search,
// or tell what is wrong with the TimelineQuery.
func (ix *Index) Timeline(ctx context.Context, tq TimelineQuery) (t *Timeline, err error) {
	start := time.Now()
	if err := tq.check(); err != nil {
		return nil, err
	}
	q, err := tq.Query.resolved()
	if err != nil {
		return nil, err
	}
	q.Cursor, q.Facets, q.IDsOnly, q.Explain, q.Sort = "", nil, false, false, Relevance
	q.NoNear, q.NearMeaning = true, false
	aliases, err := ix.aliasesFor(&q)
	if err != nil {
		return nil, err
	}
	ix.lend(&q)
	tq.Query = q
	again, err := ix.read(ctx, q.now(), q.IncludeEmbargoed, func(snap engine.Snapshot) (err error) {
		t, err = timelineOf(ctx, snap, &tq, aliases)
		return err
	})
	if err != nil {
		return nil, publicError(err)
	}
	if again {
		t.Warnings = append(t.Warnings, warnAgain)
	}
	t.Took = time.Since(start)
	return t, nil
}

// Title says what is counted: the text of the query, or its filters.
func (tq *TimelineQuery) Title() string {
	if text := strings.TrimSpace(tq.Text); text != "" {
		return text
	}
	var kept []string
	for _, f := range tq.Filters {
		s := f.Facet + " " + strings.Join(f.Values, ", ")
		if f.Not {
			s = "not " + s
		}
		kept = append(kept, s)
	}
	if len(kept) == 0 {
		return "all articles"
	}
	return strings.Join(kept, "; ")
}

// check refuses what cannot be asked for, and fills in what isn't said.
func (tq *TimelineQuery) check() error {
	if tq.Scale == 0 {
		tq.Scale = burst.DefaultScale
	}
	if tq.Gamma == 0 {
		tq.Gamma = burst.DefaultGamma
	}
	tq.Gamma = max(tq.Gamma, 0)
	switch {
	case tq.Per > PerYear || tq.BurstPer > PerYear:
		return fmt.Errorf("unknown length of time %d", max(tq.Per, tq.BurstPer))
	case tq.Largest < 0 || tq.Largest > MaxSeries:
		return fmt.Errorf("%d values are not between 1 and %d", tq.Largest, MaxSeries)
	case tq.Bursts > maxBursts:
		return fmt.Errorf("%d bursts are more than %d", tq.Bursts, maxBursts)
	case !(tq.Scale > 1 && tq.Scale <= maxScale): // not a number is refused too
		return fmt.Errorf("the scale %g of bursts is not above 1 and at most %d", tq.Scale, maxScale)
	case !(tq.Gamma <= maxGamma):
		return fmt.Errorf("the gamma %g of bursts is above %d", tq.Gamma, maxGamma)
	}
	if tq.By != "" {
		f, err := facetNamed(tq.By)
		if err != nil {
			return err
		}
		if f.IsPeriod() {
			return fmt.Errorf("a timeline can't be split by %s, as it is cut by time anyway", tq.By)
		}
	}
	return tq.Query.check()
}
