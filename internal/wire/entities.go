package wire

import "github.com/newsq/newsq/index"

// Entities are people, organizations and places with the number of articles that name each:
// newsq entities --json.
type Entities struct {
	Format   int           `json:"format"`
	Query    string        `json:"query"`    // that the articles match; may be empty
	Articles int           `json:"articles"` // that were counted over
	Entities []EntityCount `json:"entities"` // by kind, the most frequent of each first
}

// EntityCount is an entity with the number of articles that name it.
type EntityCount struct {
	Name  string `json:"name"`
	Kind  string `json:"kind"` // "person", "org" or "place"
	Count int    `json:"count"`
}

// NewEntities returns the form of the entities of the articles that match a query.
func NewEntities(query string, articles int, kinds []index.FacetCounts) Entities {
	e := Entities{Format: Format, Query: query, Articles: articles, Entities: []EntityCount{}}
	for _, k := range kinds {
		for _, v := range k.Values {
			e.Entities = append(e.Entities, EntityCount{Name: v.Value, Kind: k.Name, Count: v.Count})
		}
	}
	return e
}
