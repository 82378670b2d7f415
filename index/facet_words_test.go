package index

import (
	"slices"
	"testing"

	"github.com/newsq/newsq/internal/engine"
)

// A filter by words keeps what a field of the query would find.
func TestValuesWith(t *testing.T) {
	var known []engine.Count
	for _, v := range []string{"CNN", "CNN (Web News)", "CNNMoney", "Ada Okoye", "Ben Okoye", "Okoye", "Émile Rey"} {
		known = append(known, engine.Count{Value: v})
	}
	author, _ := engine.FacetAuthor.Type()
	for _, c := range []struct {
		value string
		want  []string
	}{
		{"cnn", []string{"CNN (Web News)"}}, // CNN itself is resolved as a whole value
		{"web news", []string{"CNN (Web News)"}},
		{"okoye", []string{"Ada Okoye", "Ben Okoye"}},
		{"Okoye, Ada", []string{"Ada Okoye"}},
		{"emile", []string{"Émile Rey"}},
		{"Ada Rey", nil},
		{"Oko", nil},
		{"", nil},
		{"!", nil},
	} {
		if got := valuesWith(author, c.value, known, true); !slices.Equal(got, c.want) {
			t.Errorf("%q: %q, want %q", c.value, got, c.want)
		}
	}
	if got := valuesWith(author, "Okoye, Ada", known, false); got != nil {
		t.Errorf("with a value of the very words, another order finds %q", got)
	}
	topic, _ := engine.FacetTopic.Type()
	if got := valuesWith(topic, "korea", []engine.Count{{Value: "regions/korea"}}, true); got != nil {
		t.Errorf("a topic is found by a word of it: %q", got)
	}
}
