package engine

import (
	"cmp"
	"slices"
	"time"

	"github.com/newsq/newsq/internal/query"
)

// Facet names a countable property of articles.
type Facet string

// The facets.
const (
	FacetTopic  Facet = "topic"
	FacetSource Facet = "source"
	FacetAuthor Facet = "author"
	FacetPlace  Facet = "place"
	FacetPerson Facet = "person" // of those that an article is about
	FacetOrg    Facet = "org"
	FacetLang   Facet = "lang"  // "pt-br", in the form of match.LangTag
	FacetYear   Facet = "year"  // "2026"
	FacetMonth  Facet = "month" // "2026-03"
	FacetDay    Facet = "day"   // "2026-03-05"
	// FacetRights is what is known of the terms of use, see match.RightsStated: to filter
	// by, as people don't see it counted.
	FacetRights Facet = "rights"
	// FacetMyTag are the tags that readers gave.
	FacetMyTag Facet = "mytag"
	// FacetStory is that of Doc.Story. It is for package index: people don't see it.
	FacetStory Facet = "story"
	// FacetTopicBy are topics with their origins, see enrich.TopicValues. It is for package
	// index likewise.
	FacetTopicBy Facet = "topicby"
)

// FacetType says what the values of a facet are.
type FacetType struct {
	Name Facet
	// Separator parts the levels of a value. A value that is filtered by takes in
	// those below it, which go on behind a separator. Empty where values have no
	// levels.
	Separator string
	// Layout is the form of values that are periods of time, see time.Format, and
	// Years, Months and Days are how long a period is. Empty for other facets.
	Layout              string
	Years, Months, Days int
	// Hidden says that people don't see the facet.
	Hidden bool
}

// facetTypes is the table of facets, in the order in which people see them. Each
// engine says for each row where it keeps the values.
var facetTypes = [...]FacetType{
	{Name: FacetTopic, Separator: "/"},
	{Name: FacetSource},
	{Name: FacetAuthor},
	{Name: FacetPlace},
	{Name: FacetPerson},
	{Name: FacetOrg},
	{Name: FacetLang, Separator: "-"},
	{Name: FacetMyTag, Separator: "/"},
	{Name: FacetYear, Layout: "2006", Years: 1},
	{Name: FacetMonth, Layout: "2006-01", Months: 1},
	{Name: FacetDay, Layout: time.DateOnly, Days: 1},
	{Name: FacetRights, Hidden: true},
	{Name: FacetStory, Hidden: true},
	{Name: FacetTopicBy, Hidden: true},
}

// Facets returns the types of the facets that people see, in the order in which they
// see them.
func Facets() []FacetType {
	return slices.DeleteFunc(slices.Clone(facetTypes[:]), func(t FacetType) bool { return t.Hidden })
}

// Type returns the type of a facet; false when there is no such facet.
func (f Facet) Type() (FacetType, bool) {
	for _, t := range facetTypes {
		if t.Name == f {
			return t, true
		}
	}
	return FacetType{}, false
}

// IsPeriod reports whether the values are periods of time.
func (t FacetType) IsPeriod() bool { return t.Layout != "" }

// SortCounts returns counts as Response has them: periods newest first, values of other
// facets the most frequent first, then by value.
func (t FacetType) SortCounts(counts map[string]int) []Count {
	if t.IsPeriod() {
		return sortCounts(counts, func(a, b Count) int { return cmp.Compare(b.Value, a.Value) })
	}
	return SortCounts(counts)
}

// SortCounts returns counts, the most frequent first, then by value.
func SortCounts(counts map[string]int) []Count {
	return sortCounts(counts, func(a, b Count) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value))
	})
}

func sortCounts(counts map[string]int, compare func(a, b Count) int) []Count {
	list := make([]Count, 0, len(counts))
	for v, n := range counts {
		list = append(list, Count{Value: v, Count: n})
	}
	slices.SortFunc(list, compare)
	return list
}

// Period returns the time, [from, to), of a value in a location; nil is UTC.
func (t FacetType) Period(value string, loc *time.Location) (from, to time.Time, err error) {
	day, err := time.Parse(t.Layout, value)
	if err != nil {
		return from, to, err
	}
	if loc == nil {
		loc = time.UTC
	}
	from = query.StartOfDay(day.Year(), day.Month(), day.Day(), loc)
	to = query.StartOfDay(day.Year()+t.Years, day.Month()+time.Month(t.Months), day.Day()+t.Days, loc)
	return from, to, nil
}
