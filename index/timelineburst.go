package index

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/newsq/newsq/internal/burst"
	"github.com/newsq/newsq/internal/contrast"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/match"
)

// How many articles are read for the telling words of a burst, the best for the query, and
// how many of the other ones: enough for three words, in a time that nobody notices.
const (
	burstArticles = 100
	otherArticles = 500
	burstWords    = 3
)

// warnTooFrequent is the warning of a query that too many articles match for bursts.
const warnTooFrequent = "so many articles match that none of their times stands out; bursts are not told"

// burstFinder finds the bursts of a timeline and describes them.
type burstFinder struct {
	*timeCounter
	read    *parsedQuery
	aliases *Aliases
}

// addBursts finds bursts between two days, marks the buckets of all, and describes those of
// the greatest weight.
func (c *timeCounter) addBursts(ctx context.Context, t *Timeline, r *parsedQuery, aliases *Aliases, first, last time.Time, counts, all dayCounts) error {
	if c.tq.Bursts < 0 || c.bare && len(c.filters) == 0 { // of all articles, all match
		return nil
	}
	per := c.tq.burstLength(t.Per, first, last)
	n := per.many(first, last, maxBuckets)
	relevant, total := per.sums(first, n, counts), per.sums(first, n, all)
	found, ok := burst.Model{Scale: c.tq.Scale, Gamma: c.tq.Gamma}.Find(relevant, total)
	if !ok && t.Total >= FewArticles {
		t.Warnings = append(t.Warnings, warnTooFrequent)
		return nil
	}
	t.BurstPer = per // fewer are no burst in any case
	starts := make([]time.Time, n+1)
	day := t.BurstPer.start(first)
	for i := range starts {
		starts[i], day = startOf(day, c.tq.location()), t.BurstPer.next(day)
	}
	bursts := make([]Burst, len(found))
	for i, b := range found {
		bursts[i] = Burst{From: starts[b.From], To: starts[b.To], Weight: b.Weight}
		peak := b.From
		for k := b.From; k < b.To; k++ {
			bursts[i].Count, bursts[i].All = bursts[i].Count+relevant[k], bursts[i].All+total[k]
			if relevant[k] > relevant[peak] {
				peak = k
			}
		}
		bursts[i].Peak = Bucket{
			Label: t.BurstPer.Label(starts[peak]), From: starts[peak], To: starts[peak+1], Count: relevant[peak], All: total[peak],
			Few: total[peak] < FewArticles, Burst: true,
		}
	}
	t.markBursts(bursts)
	t.keepBursts(bursts, orDefault(c.tq.Bursts, defaultBursts))
	f := &burstFinder{timeCounter: c, read: r, aliases: aliases}
	return f.describe(ctx, t.Bursts)
}

// burstLength returns the length of time in which bursts are looked for: not so short that
// there are too many of it.
func (tq *TimelineQuery) burstLength(bucket Per, first, last time.Time) Per {
	per := tq.BurstPer
	if per == PerAny {
		per = min(bucket, PerWeek)
	}
	for per < PerYear && per.many(first, last, maxBuckets+1) > maxBuckets {
		per++
	}
	return per
}

// markBursts marks the buckets that bursts fall into.
func (t *Timeline) markBursts(bursts []Burst) {
	for i := range t.Buckets {
		b := &t.Buckets[i]
		b.Burst = slices.ContainsFunc(bursts, func(x Burst) bool { return x.From.Before(b.To) && b.From.Before(x.To) })
	}
}

// keepBursts keeps n bursts, those of the greatest weight, in order of time.
func (t *Timeline) keepBursts(bursts []Burst, n int) {
	heaviest := slices.SortedStableFunc(slices.Values(bursts), func(a, b Burst) int { return cmp.Compare(b.Weight, a.Weight) })
	t.Bursts = heaviest[:min(n, len(heaviest))]
	t.MoreBursts = len(bursts) - len(t.Bursts)
	slices.SortFunc(t.Bursts, func(a, b Burst) int { return a.From.Compare(b.From) })
}

// describe finds the telling words and the best articles of bursts.
func (f *burstFinder) describe(ctx context.Context, bursts []Burst) error {
	if len(bursts) == 0 {
		return nil
	}
	vocabulary := contrast.NewVocabulary()
	var sides []*contrast.Side
	var others []match.Plan
	for i := range bursts {
		dates := match.Dates{From: bursts[i].From, To: bursts[i].To}
		texts, err := f.texts(ctx, vocabulary, dates, burstArticles)
		if err != nil {
			return err
		}
		bursts[i].Read = len(texts)
		sides = append(sides, contrast.NewSide(vocabulary, texts))
		others = append(others, match.Not{Operand: dates})
	}
	texts, err := f.texts(ctx, vocabulary, match.And{Operands: others}, otherArticles)
	if err != nil {
		return err
	}
	sides = append(sides, contrast.NewSide(vocabulary, texts))
	asked := f.read.asksFor()
	for i := range bursts {
		rest := slices.Delete(slices.Clone(sides), i, i+1)
		for _, term := range (&contrast.Contrast{Side: sides[i], Others: rest}).Terms(burstWords, asked) {
			bursts[i].Words = append(bursts[i].Words, strings.Join(term.Words, " "))
		}
		if bursts[i].Best, err = f.best(ctx, &bursts[i]); err != nil {
			return err
		}
	}
	return nil
}

// texts reads the best articles that match the query and a plan.
func (f *burstFinder) texts(ctx context.Context, v *contrast.Vocabulary, within match.Plan, limit int) ([]contrast.Text, error) {
	found, err := f.snap.Search(ctx, &engine.Request{
		Plan: match.And{Operands: []match.Plan{f.plan, within}}, Filters: f.filters, Location: f.tq.location(),
		Languages: f.tq.languages.articles, Limit: limit, NoStories: true,
	})
	if err != nil {
		return nil, err
	}
	return readTexts(ctx, f.snap, v, found.Hits)
}

// best returns the best article of the peak of a burst: for the query, or, where it has no
// words, for the words of the burst.
func (f *burstFinder) best(ctx context.Context, b *Burst) (*Hit, error) {
	q := f.tq.Query
	q.Limit, q.Passages, q.ExactTotal, q.Recency = 1, 1, false, 0
	q.SinceDate, q.UntilDate = "", ""
	if q.Since.Before(b.Peak.From) {
		q.Since = b.Peak.From
	}
	if q.Until.IsZero() || b.Peak.To.Before(q.Until) {
		q.Until = b.Peak.To
	}
	if f.bare && len(b.Words) > 0 {
		q.Text, q.Match = `"`+strings.Join(b.Words, `" OR "`)+`"`, MatchStrict
	}
	res, err := search(ctx, f.snap, &q, f.aliases)
	if err != nil || len(res.Hits) == 0 {
		return nil, err
	}
	return &res.Hits[0], nil
}
