package enrich_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/enrich"
	"github.com/newsq/newsq/internal/match"
)

// fixed is a stage that derives the same topics of every article.
type fixed struct {
	name, version string
	origin        corpus.Origin
	topics        []string
}

func (f fixed) Name() string            { return f.name }
func (f fixed) Version() string         { return f.version }
func (fixed) Fields() []match.Field     { return []match.Field{match.Topic} }
func (f fixed) Origin() corpus.Origin   { return f.origin }
func (f fixed) Deriver() enrich.Deriver { return f }

func (f fixed) Derive(*corpus.Article, *match.Encoded) []enrich.Value {
	var values []enrich.Value
	for _, t := range f.topics {
		values = append(values, enrich.Value{Field: match.Topic, Value: t, Reason: "because"})
	}
	return values
}

func TestPipeline(t *testing.T) {
	p := enrich.NewPipeline(
		fixed{"rules", "1", corpus.ByRule, []string{"asia", "economy"}},
		fixed{"model", "7", corpus.Learned, []string{"peace"}},
	)
	topics := []corpus.Topic{
		{Path: "economy", Origin: corpus.Stated},
		{Path: "war", Origin: corpus.ByRule},
		{Path: "peace", Origin: corpus.Learned},
		{Path: "sport"},
	}
	given := p.Given(topics)
	if want := []corpus.Topic{topics[0], topics[3]}; !slices.Equal(given, want) {
		t.Errorf("an article came with %v, want %v", given, want)
	}
	got := p.Deriver().Derive(&corpus.Article{Topics: given}, nil)
	want := []enrich.Value{
		{Field: match.Topic, Value: "asia", Origin: corpus.ByRule, Reason: "because", Version: "1"},
		{Field: match.Topic, Value: "peace", Origin: corpus.Learned, Reason: "because", Version: "7"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("what is stated is not derived (-want +got):\n%s", diff)
	}
	rules := enrich.NewPipeline(fixed{name: "rules", origin: corpus.ByRule})
	if given := rules.Given(topics); len(given) != 3 {
		t.Errorf("what no stage derived is taken away: %v", given)
	}
}

func TestPipelineVersion(t *testing.T) {
	seen := map[string]bool{}
	for _, stages := range [][]enrich.Stage{
		nil,
		{fixed{name: "a", version: "1"}},
		{fixed{name: "a", version: "2"}},
		{fixed{name: "a1", version: ""}},
		{fixed{name: "a", version: "1"}, fixed{name: "b", version: "1"}},
		{fixed{name: "b", version: "1"}, fixed{name: "a", version: "1"}},
	} {
		v := enrich.NewPipeline(stages...).Version()
		if seen[v] || v != enrich.NewPipeline(stages...).Version() {
			t.Errorf("version %s of %v is that of others, or changes", v, stages)
		}
		seen[v] = true
	}
}
