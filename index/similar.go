package index

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/match"
)

// SimilarQuery says to which article similar ones are looked for, among what, and how to
// show them. Either ID or Article is set.
type SimilarQuery struct {
	// ID is that of an article of the index, or a unique prefix of one.
	ID string
	// Article is one that the index need not have, such as one that was just read. It is
	// not changed.
	Article *corpus.Article
	// Earlier and Later keep what was published before the article, or after it; of an
	// article of which the day alone is known, before or after that day. Others of which
	// the day alone is known count as of its start. At most one is set, and the article
	// has a date.
	Earlier, Later bool

	// Filters, Since to AsOf and Location are those of a Query.
	Filters              []Filter
	Since, Until         time.Time
	SinceDate, UntilDate string
	AsOf                 string
	Location             *time.Location
	// Rank is RankWords for the strongest words alone, RankBlend for words and meaning;
	// RankDefault is RankBlend where the index has vectors. ErrNoVectors: RankBlend was
	// asked for, and there are none.
	Rank Ranking
	// Limit is the number of hits; 0 means 10, and 200 is the most.
	Limit int
	// Passages is the number of snippets a hit; 0 means 2, negative none, and 20 is the
	// most. They are chosen for the words that the two articles have in common.
	Passages int
	Explain  bool // asks for the parts of each score
	// IDsOnly returns hits with the ID of their article and without the Article.
	IDsOnly bool
	// IncludeEmbargoed finds articles under embargo like others.
	IncludeEmbargoed bool
}

// SimilarResults are the articles that are similar to one. They stay valid after Close.
type SimilarResults struct {
	// Article is the one that was asked about.
	Article corpus.Article
	// Hits are the most similar articles first, without the article itself, without
	// copies of it, without copies of hits before them, and without articles that have
	// hardly anything in common with it. The score by words is that of
	// a search for any of Terms, each boosted by its Weight; Score is made of it and of
	// the cosine between the vectors of both articles as Blend says, which names the
	// words that add most to the cosine.
	Hits []Hit
	// Copies were left out; what comes behind the hits was not looked at.
	Copies   []SimilarCopy
	RankedBy Ranking // RankWords or RankBlend
	// Terms are the words of the article that were looked for, the strongest first, 25 at
	// most. Words that stand in many articles of its outlet and in few others, such as
	// those of captions and credits, are left out, unless its title has them.
	Terms    []SimilarTerm
	Warnings []string
	Took     time.Duration
}

// SimilarTerm is a word of an article by which others are found.
type SimilarTerm struct {
	Stem     string
	Articles int // that have it
	// Weight is by how often the article has the word, 1 for the one that it has most
	// often. How rare a word is counts besides, as in all searches.
	Weight float64
}

// SimilarCopy is an article that was left out as a copy.
type SimilarCopy struct {
	ID string
	Of string // the article that was asked about, empty where that has no id, or a hit
}

// maxSimilar is the most hits that can be asked for. They are chosen from some hundred
// candidates, and each is compared with those before it.
const maxSimilar = 200

// Similar returns the articles that are most like one, by the words that tell most about
// it and by what it means, without its copies. Its errors are those of Get for the ID and
// those of Search, or tell what is wrong with the SimilarQuery.
func (ix *Index) Similar(ctx context.Context, q SimilarQuery) (res *SimilarResults, err error) {
	start := time.Now()
	if err := q.check(); err != nil {
		return nil, err
	}
	among, err := q.among().resolved()
	if err != nil {
		return nil, err
	}
	again, err := ix.read(ctx, among.now(), q.IncludeEmbargoed, func(snap engine.Snapshot) error {
		a, place, err := ix.subject(ctx, snap, &q)
		if err != nil {
			return err
		}
		res, err = similarTo(ctx, &similarity{snap: snap, subject: a, place: place, counts: newTermCounts(a)}, &q, &among)
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

// check refuses what cannot be asked for.
func (q *SimilarQuery) check() error {
	switch {
	case q.ID == "" && q.Article == nil:
		return errors.New("similar to what? neither an id nor an article was given")
	case q.ID != "" && q.Article != nil:
		return errors.New("similar to what? both an id and an article were given")
	case q.Earlier && q.Later:
		return errors.New("nothing is both earlier and later than an article")
	case q.Limit < 0 || q.Limit > maxSimilar:
		return fmt.Errorf("limit %d is not between 0 and %d", q.Limit, maxSimilar)
	}
	return q.among().check()
}

// among returns q as a search without words.
func (q *SimilarQuery) among() *Query {
	return &Query{
		Filters: q.Filters, Since: q.Since, Until: q.Until, SinceDate: q.SinceDate, UntilDate: q.UntilDate, AsOf: q.AsOf, Location: q.Location,
		Rank: q.Rank, Limit: q.Limit, Passages: q.Passages, Explain: q.Explain, IDsOnly: q.IDsOnly, NoAliases: true, NoNear: true,
		IncludeEmbargoed: q.IncludeEmbargoed,
	}
}

// subject returns the article that is asked about, and its place in the snapshot; none
// where it isn't taken from there.
func (ix *Index) subject(ctx context.Context, snap engine.Snapshot, q *SimilarQuery) (*corpus.Article, engine.Place, error) {
	if q.Article != nil {
		a := *q.Article
		if err := checkArticle(&a); err != nil {
			return nil, "", fmt.Errorf("similar: %w", err)
		}
		return &a, "", nil
	}
	full, err := resolve(ctx, snap, q.ID)
	if errors.Is(err, ErrNotFound) {
		err = ix.embargoedError(ctx, q.ID, absentError(ctx, snap, q.ID, err))
	}
	if err != nil {
		return nil, "", err
	}
	found, err := snap.Search(ctx, &engine.Request{Plan: match.Value{Field: match.ID, Value: full}, Order: engine.Newest, Limit: 1})
	if err != nil {
		return nil, "", err
	}
	if len(found.Hits) == 0 {
		return nil, "", fmt.Errorf("article %q: %w", full, ErrNotFound)
	}
	a, err := snap.Load(ctx, &found.Hits[0])
	return &a, found.Hits[0].Place, err
}

// similarTo finds what is similar to the subject of s, among what a search without words
// finds.
func similarTo(ctx context.Context, s *similarity, q *SimilarQuery, among *Query) (*SimilarResults, error) {
	dates, err := q.dates(among, s.subject)
	if err != nil {
		return nil, err
	}
	s.dates = dates
	filters, warnings, err := resolveFilters(ctx, s.snap, q.Filters, among.TopicsFrom, among.location())
	if err != nil {
		return nil, err
	}
	s.filters, s.location = filters, among.location()
	if warnings, err = s.warnUndated(ctx, among, warnings); err != nil {
		return nil, err
	}
	if err := s.choose(ctx); err != nil {
		return nil, err
	}
	if warning, err := s.mean(ctx, q.Rank); err != nil {
		return nil, err
	} else if warning != "" {
		warnings = append(warnings, warning)
	}
	if err := s.find(ctx, orDefault(q.Limit, defaultLimit)); err != nil {
		return nil, err
	}
	res := &SimilarResults{Article: *s.subject, Copies: s.copies, RankedBy: s.rankedBy(), Terms: s.publicTerms(), Warnings: warnings}
	res.Hits, err = s.present(ctx, among)
	return res, err
}

// dates returns the range of dates in which articles are looked for.
func (q *SimilarQuery) dates(among *Query, a *corpus.Article) (match.Dates, error) {
	d := match.Dates{From: among.Since, To: among.Until}
	if !among.asOf.IsZero() && (d.To.IsZero() || among.asOf.Before(d.To)) {
		d.To = among.asOf
	}
	if !q.Earlier && !q.Later {
		return d, nil
	}
	if a.Published.IsZero() {
		name := "the article"
		if a.ID != "" {
			name = fmt.Sprintf("article %q", a.ID)
		}
		return d, fmt.Errorf("%s has no date, so that nothing is known to be earlier or later", name)
	}
	first, next := a.Published, a.Published.Add(time.Microsecond) // dates are kept to the microsecond
	if match.IsDayAlone(first) {
		// The day is that day wherever it is asked for.
		y, m, day := first.UTC().Date()
		first, next = time.Date(y, m, day, 0, 0, 0, 0, among.location()), time.Date(y, m, day+1, 0, 0, 0, 0, among.location())
	}
	if q.Earlier && (d.To.IsZero() || first.Before(d.To)) {
		d.To = first
	}
	if q.Later && next.After(d.From) {
		d.From = next
	}
	return d, nil
}

// mean finds what the article means. It returns a warning where vectors are damaged and
// no blend was asked for.
func (s *similarity) mean(ctx context.Context, rank Ranking) (warning string, err error) {
	if rank == RankWords {
		return "", nil
	}
	vectors, model, err := vectorsOf(ctx, s.snap)
	switch {
	case err != nil && rank == RankDefault && errors.Is(err, ErrDamaged):
		return fmt.Sprintf(warnNoMeaning, err), nil
	case err != nil:
		return "", err
	case model == nil && rank == RankBlend:
		return "", ErrNoVectors
	case model == nil:
		return "", nil
	}
	s.vectors, s.model = vectors, model
	if s.vector, err = s.subjectVector(ctx); err != nil {
		return "", err
	}
	if s.vector.IsZero() {
		s.vectors = nil // no word of it is known
	}
	return "", nil
}
