package search

import (
	"time"

	"github.com/newsq/newsq/internal/engine/opensearch/schema"
	"github.com/newsq/newsq/internal/match"
)

// valueQuery returns the query for articles with a value in a field of whole values.
func valueQuery(p match.Value) query {
	field, levels := valueFields(p.Field)
	value := p.Value
	if p.Field == match.ID {
		value = schema.Key(value)
	}
	switch {
	case field == "":
		return matchNone()
	case p.Prefix && p.Value == "":
		return exists(field)
	case p.Prefix:
		return query{"prefix": query{field: query{"value": value, "rewrite": constantScore}}}
	}
	return term(levels, value)
}

// valueFields returns the field with the values of f, and the one with them and those
// that they stand below; empty for fields of words.
func valueFields(f match.Field) (field, levels string) {
	switch f {
	case match.Topic:
		return schema.FieldTopic, schema.FieldTopicUp
	case match.Lang:
		return schema.FieldLang, schema.FieldLangUp
	case match.ID:
		return schema.FieldID, schema.FieldID
	case match.MyTag:
		return schema.FieldMyTag, schema.FieldMyTagUp
	case match.TopicBy:
		return schema.FieldTopicBy, schema.FieldTopicBy
	case match.Rights:
		return schema.FieldRights, schema.FieldRights
	}
	return "", ""
}

// lengthQuery returns the query for articles of so many words.
func lengthQuery(p match.Length) query {
	bounds := query{"gte": max(p.Min, 0)}
	if p.Max >= 0 {
		bounds["lte"] = p.Max
	}
	return query{"range": query{schema.FieldTokenCount: bounds}}
}

// datesQuery returns the query for articles published within dates: those with a day
// alone by what the clocks of the bounds show, the others by the moment.
func datesQuery(p match.Dates) query {
	if p.Added { // a moment, and never a day alone
		return between(schema.FieldAdded, p.From, p.To)
	}
	from, to := match.WallClock(p.From), match.WallClock(p.To)
	if from.Equal(p.From) && to.Equal(p.To) {
		return between(schema.FieldTime, p.From, p.To)
	}
	dayAlone := term(schema.FieldMidnight, true)
	return anyOf(
		allOf(not(dayAlone), between(schema.FieldTime, p.From, p.To)),
		allOf(dayAlone, between(schema.FieldTime, from, to)),
	)
}

// between returns the query for articles whose time in a field is from or later and before
// to; a zero bound is open.
func between(field string, from, to time.Time) query {
	bounds := query{}
	if !from.IsZero() {
		bounds["gte"] = microsUp(from)
	}
	if !to.IsZero() {
		bounds["lt"] = microsUp(to)
	}
	if len(bounds) == 0 {
		return exists(field)
	}
	return query{"range": query{field: bounds}}
}

// microsUp returns the first microsecond that is not before t.
func microsUp(t time.Time) int64 {
	n := t.UnixMicro()
	if time.UnixMicro(n).Before(t) {
		n++
	}
	return n
}
