package search

import (
	"fmt"
	"time"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/opensearch/schema"
	"github.com/newsq/newsq/internal/match"
)

// facetField returns the field in which the values of a facet are counted, and the one
// by which it is filtered, which has all that lie above them as well. Both are empty
// for periods.
func facetField(f engine.Facet) (counted, filtered string) {
	switch f {
	case engine.FacetTopic:
		return schema.FieldTopic, schema.FieldTopicUp
	case engine.FacetSource:
		return schema.FieldSource, schema.FieldSource
	case engine.FacetAuthor:
		return schema.FieldAuthor, schema.FieldAuthor
	case engine.FacetPlace:
		return schema.FieldPlace, schema.FieldPlace
	case engine.FacetPerson:
		return schema.FieldPerson, schema.FieldPerson
	case engine.FacetOrg:
		return schema.FieldOrg, schema.FieldOrg
	case engine.FacetLang:
		return schema.FieldLang, schema.FieldLangUp
	case engine.FacetMyTag:
		return schema.FieldMyTag, schema.FieldMyTagUp
	case engine.FacetTopicBy:
		return schema.FieldTopicBy, schema.FieldTopicBy
	case engine.FacetRights:
		return schema.FieldRights, schema.FieldRights
	case engine.FacetStory:
		return schema.FieldStory, schema.FieldStory
	}
	return "", ""
}

// filterQuery returns the query for articles that a filter keeps.
func filterQuery(f engine.Filter, loc *time.Location) (query, error) {
	holding, err := holdingQuery(f, loc)
	if err != nil || !f.Not {
		return holding, err
	}
	return not(holding), nil
}

// holdingQuery returns the query for articles that hold any of a filter's values.
func holdingQuery(f engine.Filter, loc *time.Location) (query, error) {
	t, ok := f.Facet.Type()
	if !ok {
		return nil, fmt.Errorf("filter by unknown facet %q", f.Facet)
	}
	if !t.IsPeriod() {
		_, field := facetField(f.Facet)
		return terms(field, append([]string{}, f.Values...)), nil
	}
	of := make([]query, len(f.Values))
	for i, v := range f.Values {
		from, to, err := t.Period(v, loc)
		if err != nil {
			return nil, fmt.Errorf("filter by %s: %q is not of its form", t.Name, v)
		}
		of[i] = datesQuery(match.Dates{From: from, To: to})
	}
	return anyOf(of...), nil
}
