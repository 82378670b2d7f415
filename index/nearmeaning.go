package index

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/newsq/newsq/internal/embed"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/match"
)

// The bounds of what is near in meaning.
const (
	// minNearCosine is how near an article must be to be shown. Of the twelve nearest to
	// each of 22 queries on allsides, read by their titles, those below are mostly about
	// something else: "violin concerto" and "sourdough recipe", of which nothing is known,
	// have none above. Passages of it say what a query is near to, which is not always what
	// was meant: "housing crash" is near to crashes.
	minNearCosine = .6
	// markedTerms is how many words, those nearest to the query in meaning, are marked in
	// passages, and minTermCosine how near they must be.
	markedTerms   = 30
	minTermCosine = .5
)

// The warnings of a search that was asked for what is near in meaning and can't tell it.
const (
	warnNothingMeant = "no word of the query has a meaning that the index has learned, so that nothing is near to it"
	warnNearDamaged  = "what is near in meaning can't be told: %v; learn anew to mend it"
	warnNearUnmeant  = "what is near in meaning can't be told: %v"
	warnNearTooBroad = "what is near in meaning was not looked for, as the query is too broad"
)

// addNearMeaning fills in Results.NearMeaning: where that was asked for, or a short query
// finds nothing. found is the page.
func addNearMeaning(ctx context.Context, snap engine.Snapshot, q *Query, r *parsedQuery, o *order, req *engine.Request, found *engine.Response, res *Results) error {
	instead := res.Total == 0 && q.Match != MatchStrict && !q.NoNear && !q.IDsOnly
	limit := min(orDefault(q.Limit, defaultLimit), maxNear)
	if !q.NearMeaning && !instead || limit == 0 {
		return nil
	}
	m, err := q.nearMeaning(ctx, snap, r, o)
	if err == nil && (m == nil || !q.NearMeaning && m.length() > maxNearWords) {
		if q.NearMeaning {
			res.Warnings = append(res.Warnings, warnNothingMeant)
		}
		return nil
	}
	if err == nil {
		err = m.addNear(ctx, snap, q, r, o, req, found, res, limit)
	}
	switch {
	case !q.NearMeaning && (errors.Is(err, ErrNoVectors) || errors.Is(err, ErrDamaged) || errors.Is(err, ErrTooBroad) || isUnmeant(err)):
		return nil // nobody asked
	case errors.Is(err, ErrDamaged):
		res.Warnings = append(res.Warnings, fmt.Sprintf(warnNearDamaged, err))
		return nil
	case isUnmeant(err):
		res.Warnings = append(res.Warnings, fmt.Sprintf(warnNearUnmeant, err))
		return nil
	case errors.Is(err, ErrTooBroad):
		res.Warnings = append(res.Warnings, warnNearTooBroad)
		return nil
	}
	return err
}

// nearMeaning returns what q means, whatever its hits are ordered by; nil where nothing is
// known of its words. ErrNoVectors: there are none.
func (q *Query) nearMeaning(ctx context.Context, snap engine.Snapshot, r *parsedQuery, o *order) (*meaning, error) {
	if o.meaning != nil {
		return o.meaning, nil
	}
	wanting := *q
	wanting.Rank = RankBlend
	return newMeaning(ctx, snap, &wanting, r)
}

// addNear fills in Results.NearMeaning.
func (m *meaning) addNear(ctx context.Context, snap engine.Snapshot, q *Query, r *parsedQuery, o *order, req *engine.Request, found *engine.Response, res *Results, limit int) error {
	vector, err := m.meant(ctx, o, found)
	if err != nil {
		return err
	}
	near, err := m.vectors.Nearest(ctx, vector, &engine.NearestRequest{
		Filters: req.Filters, Location: req.Location, Exclude: notNear(r.plan), Limit: limit + len(res.Near),
	})
	if err != nil {
		return err
	}
	var hits []engine.Hit
	var cosines []float64
	for _, h := range near {
		listed := slices.ContainsFunc(res.Near, func(n Hit) bool { return n.ID == h.ID })
		if h.Cosine >= m.minNear() && !listed && len(hits) < limit {
			hits, cosines = append(hits, h.Hit), append(cosines, h.Cosine)
		}
	}
	if len(hits) == 0 {
		return nil
	}
	plain, marked := *q, *r
	plain.Explain = false
	if marked.plan, err = m.markedPlan(ctx, r.plan, vector); err != nil {
		return err
	}
	res.NearMeaning, err = presentHits(ctx, snap, &plain, &marked, hits, 0)
	for i := range res.NearMeaning {
		res.NearMeaning[i].Cosine = cosines[i]
	}
	return err
}

// minNear is the least cosine of what is near. Models from outside have ranges of their own,
// of which nothing is known: what is nearest is near there.
func (m *meaning) minNear() float64 {
	if m.outside != nil {
		return -1
	}
	return minNearCosine
}

// length returns how many words of the query have a meaning.
func (m *meaning) length() int {
	if m.outside != nil {
		return len(strings.Fields(m.text))
	}
	return len(m.terms)
}

// meant returns the vector of what the query means: with the feedback of its best hits
// where it has hits by relevance.
func (m *meaning) meant(ctx context.Context, o *order, found *engine.Response) (embed.Vector, error) {
	switch {
	case o.listing != nil && o.listing.model == m.id():
		return o.listing.query, nil
	}
	if err := m.resolve(ctx); err != nil {
		return nil, err
	}
	switch {
	case len(found.Hits) == 0 || found.Statistics == "":
		return m.query.Vector(), nil
	}
	best := found.Hits[:min(len(found.Hits), feedbackHits)]
	places := make([]engine.Place, len(best))
	for i := range best {
		places[i] = best[i].Place
	}
	vectors := make([]embed.Vector, len(best))
	if err := m.vectors.Vectors(ctx, places, vectors); err != nil {
		return nil, err
	}
	vector, _ := m.withFeedback(vectors)
	return vector, nil
}

// notNear is a plan of the articles that are not looked for: those that plan matches, and
// those that lack a condition of it.
func notNear(plan match.Plan) match.Plan {
	conditions := conditionsOf(plan)
	if len(conditions) == 0 {
		return plan
	}
	return match.Or{Operands: []match.Plan{plan, match.Not{Operand: match.And{Operands: conditions}}}}
}

// conditionsOf returns the parts of a plan that hold for what is near in meaning, too: what
// it excludes, dates, and fields that are no text.
func conditionsOf(plan match.Plan) (conditions []match.Plan) {
	switch p := plan.(type) {
	case match.And:
		for _, operand := range p.Operands {
			conditions = append(conditions, conditionsOf(operand)...)
		}
	case match.Should:
		return conditionsOf(p.Operand)
	case match.Boost:
		return conditionsOf(p.Operand)
	case match.Not, match.Value, match.Dates, match.Length:
		return []match.Plan{p}
	case match.Or, match.Stem, match.Phrase, match.Near, match.Spans:
		inText := func(l match.Leaf) bool { return l.Field <= match.Body }
		if !slices.ContainsFunc(match.Leaves(p), inText) {
			return []match.Plan{p}
		}
	}
	return conditions
}

// markedPlan is what passages are chosen and marked by: the words of the query, and those
// nearest to it in meaning, which weigh as much less as they are less near.
func (m *meaning) markedPlan(ctx context.Context, plan match.Plan, vector embed.Vector) (match.Plan, error) {
	model, err := m.vectors.Model(ctx)
	if err != nil || model == nil {
		return plan, err // by a model from outside, words have no vectors
	}
	marked := match.Or{Operands: []match.Plan{plan}}
	for _, t := range model.NearestTerms(vector, markedTerms) {
		if t.Cosine >= minTermCosine {
			marked.Operands = append(marked.Operands, match.Boost{Operand: match.Stem{Field: match.Text, Stem: t.Stem}, Factor: t.Cosine})
		}
	}
	return marked, nil
}
