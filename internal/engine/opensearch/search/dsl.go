package search

import "github.com/newsq/newsq/internal/engine/opensearch/transport"

// query is a query in the JSON of OpenSearch.
type query = transport.Object

func matchAll() query  { return query{"match_all": query{}} }
func matchNone() query { return query{"match_none": query{}} }

func term(field string, value any) query { return query{"term": query{field: value}} }

func terms[T any](field string, values []T) query { return query{"terms": query{field: values}} }

func exists(field string) query { return query{"exists": query{"field": field}} }

// allOf matches what all queries match; everything when there are none.
func allOf(of ...query) query {
	switch len(of) {
	case 0:
		return matchAll()
	case 1:
		return of[0]
	}
	return query{"bool": query{"filter": of}}
}

// anyOf matches what any of the queries matches; nothing when there are none.
func anyOf(of ...query) query {
	switch len(of) {
	case 0:
		return matchNone()
	case 1:
		return of[0]
	}
	return query{"bool": query{"should": of, "minimum_should_match": 1}}
}

// not matches what q does not.
func not(q query) query { return query{"bool": query{"must_not": []query{q}}} }
