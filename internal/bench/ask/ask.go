// Package ask says how newsq is asked what a query of a benchmark asks.
package ask

import (
	"strings"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/bench/harness"
)

// counted is how far hits are counted where their number need not be known: to no more than
// are returned, as Lucene is asked to.
const counted = 10

// Query returns a query of a file as newsq takes it. It ranks by words alone, as the
// peers do: a blend with meaning would score a hundred times as many hits.
func Query(q *harness.Query) index.Query {
	iq := index.Query{Match: index.MatchStrict, NoAliases: true, Rank: index.RankWords}
	switch q.Mode {
	case harness.Any:
		iq.Text = strings.Join(q.Words, " OR ")
	case harness.All:
		iq.Text = strings.Join(q.Words, " ")
	case harness.Phrase:
		iq.Text = `"` + strings.Join(q.Words, " ") + `"`
	case harness.Prefix:
		iq.Text = q.Words[0] + "*"
	}
	if q.Topic != "" {
		iq.Filters = []index.Filter{{Facet: "topic", Values: []string{q.Topic}}}
	}
	if q.Facet {
		iq.Facets = []string{"topic"}
	}
	if q.Newest {
		iq.Sort = index.Newest
	}
	iq.ExactTotal, iq.CountTo = q.Exact(), counted
	return iq
}
