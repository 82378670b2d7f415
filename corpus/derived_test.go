package corpus_test

import (
	"slices"
	"testing"

	"github.com/newsq/newsq/corpus"
)

func TestNames(t *testing.T) {
	a := corpus.Article{
		People: []string{"Ada Okoye", "Jun Lin"},
		Entities: []corpus.Entity{
			{Name: "Rosa Iturbe", Kind: corpus.Person}, {Name: "ADA OKOYE", Kind: corpus.Person}, {Name: "Norway", Kind: corpus.Place},
		},
	}
	for _, c := range []struct {
		kind         corpus.EntityKind
		names, found []string
	}{
		{corpus.Person, []string{"Ada Okoye", "Jun Lin", "Rosa Iturbe"}, []string{"Rosa Iturbe"}},
		{corpus.Place, []string{"Norway"}, []string{"Norway"}},
		{corpus.Organization, nil, nil},
	} {
		if names, found := a.Names(c.kind), a.Found(c.kind); !slices.Equal(names, c.names) || !slices.Equal(found, c.found) {
			t.Errorf("%s: names %q and found %q, want %q and %q", c.kind, names, found, c.names, c.found)
		}
	}
	if len(a.Entities) != 3 || len(a.People) != 2 {
		t.Errorf("the article was changed: %+v", a)
	}
}
