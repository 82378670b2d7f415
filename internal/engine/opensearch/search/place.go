package search

import (
	"context"
	"slices"

	"github.com/newsq/newsq/internal/engine/opensearch/schema"
	"github.com/newsq/newsq/internal/match"
)

// place is a span of so many tokens, wherever it is. Spans of several lengths are never
// joined at once: where a long one overlaps a short one behind its start, the server goes
// on from the end of the long one, and passes over what the short one is near.
type place struct {
	query query
	words int
}

// standing is what the server knows of where a match.Span stands in a field.
type standing struct {
	// places are its stretches, if it is exact. Otherwise each of its stretches starts and
	// ends with some of them, and may not be there for all of them; with none, nothing is
	// known of where it stands.
	places []place
	exact  bool
	// present matches the articles with it in the field, and others where it is not
	// exact.
	present query
}

// nowhere is what has no words in a view.
func nowhere() standing { return standing{exact: true, present: matchNone()} }

// isNowhere reports whether there is surely none.
func (s *standing) isNowhere() bool { return s.exact && len(s.places) == 0 }

// span returns the places as one span.
func (s *standing) span() query { return spanOfPlaces(s.places) }

func spanOfPlaces(places []place) query {
	of := make([]query, len(places))
	for i := range places {
		of[i] = places[i].query
	}
	return spanOr(of...)
}

// standing returns where a span stands in field f, all of its tokens with marks beside
// those that it asks for; but what it avoids.
func (c *compiler) standing(ctx context.Context, f match.Field, s match.Span, marks string) (standing, error) {
	switch s := s.(type) {
	case match.SpanWords:
		return c.wordsStanding(ctx, f, withMarks(s, marks))
	case match.SpanOr:
		of, err := c.standings(ctx, f, s, marks)
		return anyStanding(f, of), err
	case match.SpanNear:
		of, err := c.standings(ctx, f, s.Of, marks)
		return nearStanding(f, s, of), err
	case match.SpanNotNear:
		return c.notNearStanding(ctx, f, s, marks)
	}
	return nowhere(), nil
}

func (c *compiler) standings(ctx context.Context, f match.Field, spans []match.Span, marks string) ([]standing, error) {
	of := make([]standing, len(spans))
	for i, s := range spans {
		var err error
		if of[i], err = c.standing(ctx, f, s, marks); err != nil {
			return nil, err
		}
	}
	return of, nil
}

func (c *compiler) wordsStanding(ctx context.Context, f match.Field, phrases []match.Phrase) (standing, error) {
	of := make([]standing, len(phrases))
	for i, p := range phrases {
		s, err := c.phraseStanding(ctx, f, p)
		if err != nil {
			return standing{}, err
		}
		of[i] = s
	}
	return anyStanding(f, of), nil
}

// phraseStanding returns where a phrase without slop stands.
func (c *compiler) phraseStanding(ctx context.Context, f match.Field, p match.Phrase) (standing, error) {
	parts, exact, err := c.phraseParts(ctx, f, p.Terms)
	switch {
	case err != nil:
		return standing{}, err
	case !exact && len(parts) == 0:
		return standing{present: exists(schema.WordField(f))}, nil
	case len(parts) == 0:
		return nowhere(), nil
	case !exact:
		return standing{present: spanNear(0, parts...)}, nil
	}
	places := []place{{query: spanNear(0, parts...), words: len(p.Terms)}}
	return standing{places: places, exact: true, present: places[0].query}, nil
}

// anyStanding is where any of some spans stands.
func anyStanding(f match.Field, of []standing) standing {
	all := standing{exact: true}
	known := true
	var present []query
	byWords := map[int][]place{}
	for i := range of {
		s := &of[i]
		if s.isNowhere() {
			continue
		}
		all.exact = all.exact && s.exact
		known = known && len(s.places) > 0
		present = append(present, s.present)
		for _, p := range s.places {
			byWords[p.words] = append(byWords[p.words], p)
		}
	}
	all.present = anyOf(present...)
	if known {
		for _, n := range sortedKeys(byWords) {
			all.places = append(all.places, place{query: spanOfPlaces(byWords[n]), words: n})
		}
	}
	return all
}

// nearStanding is where spans stand near each other: at all places of any of them.
func nearStanding(f match.Field, n match.SpanNear, of []standing) standing {
	if len(of) == 0 || slices.ContainsFunc(of, func(s standing) bool { return s.isNowhere() }) {
		return nowhere()
	}
	if len(of) == 1 {
		return of[0]
	}
	if n.Unit == match.InWords && n.Distance < 1 {
		return nowhere()
	}
	all := anyStanding(f, of)
	all.exact, all.present = false, closeBy(f, n, of)
	return all
}

// closeBy matches what has each span, and near the next one, somewhere.
func closeBy(f match.Field, n match.SpanNear, of []standing) query {
	var all []query
	for i := range of {
		all = append(all, of[i].present)
		if i+1 == len(of) || len(of[i].places) == 0 || len(of[i+1].places) == 0 {
			continue
		}
		if joined := spanOr(joins(f, n, of[i].places, of[i+1].places)...); words(joined) <= maxJoined/2 {
			all = append(all, joined)
		}
	}
	return allOf(all...)
}

// notNearStanding is where a span stands without another near it, if there is a query for
// it, and where it stands otherwise. Tokens of what is avoided need no marks.
func (c *compiler) notNearStanding(ctx context.Context, f match.Field, n match.SpanNotNear, marks string) (standing, error) {
	of, err := c.standing(ctx, f, n.Of, marks)
	if err != nil || of.isNowhere() {
		return of, err
	}
	avoid, err := c.standing(ctx, f, n.Avoid, "")
	if err != nil || avoid.isNowhere() {
		return of, err
	}
	if n.Unit != match.InWords && schema.MarkField(f) == "" { // a run is one unit
		n.Unit, n.Distance = match.InWords, schema.PositionGap-1
	}
	inUnits := n.Unit != match.InWords
	if !of.exact || !avoid.exact || inUnits && !partInUnits(n.Of, of.places) || n.Distance >= schema.PositionGap {
		of.exact = false
		return of, nil
	}
	places := make([]place, len(of.places))
	for i, p := range of.places {
		if places[i] = p.without(f, n, avoid.places); words(places[i].query) > maxJoined {
			of.exact = false
			return of, nil
		}
	}
	of.places = places
	of.present = of.span()
	return of, nil
}

// partInUnits reports whether places of a span can be parted in those within a unit and
// those over a border: where each is a word, or all are a phrase that doesn't overlap itself.
func partInUnits(s match.Span, places []place) bool {
	if !slices.ContainsFunc(places, func(p place) bool { return p.words > 1 }) {
		return true
	}
	words, ok := flattened(s).(match.SpanWords)
	if !ok || len(words) != 1 {
		return false
	}
	phrase := exactSpan{terms: words[0].Terms}
	return phrase.isApart()
}

// without is a place with none of some others near it. In units see partInUnits.
func (p place) without(f match.Field, n match.SpanNotNear, avoid []place) place {
	near := spanOfPlaces(avoid)
	before, behind := max(n.Distance, 0), max(n.Distance, 0)
	switch {
	case n.Unit != match.InWords && n.Ordered:
		before, behind = 0, 0
		near = spanOr(append(joins(f, match.SpanNear{Unit: n.Unit, Ordered: true}, []place{p}, avoid), near)...)
	case n.Unit != match.InWords && p.words > 1:
		within := query{"span_within": query{"little": p.query, "big": unitSpan(f, n.Unit)}}
		over := spanNot(p.query, within)
		inUnit := spanNot(p.query, spanOr(unitWith(f, n.Unit, near), near, over))
		return place{query: spanOr(inUnit, spanNot(over, near)), words: p.words}
	case n.Unit != match.InWords:
		before, behind, near = 0, 0, spanOr(unitWith(f, n.Unit, near), near)
	case n.Ordered:
		before = 0
	}
	return place{query: query{"span_not": query{"include": p.query, "exclude": near, "pre": before, "post": behind}}, words: p.words}
}
