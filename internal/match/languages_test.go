package match

import (
	"testing"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/query"
)

// A word with languages is looked for by its stem in these alone, by itself and beside NEAR.
func TestWordLanguages(t *testing.T) {
	turkish := analysis.Of("tr")
	c := Context{Analyzer: analysis.Of("en"), Others: []analysis.Analyzer{turkish}}
	stem := turkish.Stem("moskova")
	moscow := query.Word{Text: "Moskova", Languages: "tr"}
	for _, tt := range []struct {
		node query.Node
		want Plan
	}{
		{moscow, Stem{Field: Text, Stem: stem}},
		{query.Word{Text: "Moskova", Languages: "az,tr"}, Stem{Field: Text, Stem: stem}},
		{
			query.Near{Operands: []query.Node{moscow, moscow}, Distance: 1, Ordered: true},
			Near{Field: Text, Distance: 1, Ordered: true, Operands: [][]Phrase{{sameStem(stem)}, {sameStem(stem)}}},
		},
	} {
		p, err := Lower(tt.node, c)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := show(p), show(tt.want); got != want {
			t.Errorf("%s is %s, want %s", tt.node, got, want)
		}
	}
}
