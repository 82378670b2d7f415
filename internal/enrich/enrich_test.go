package enrich_test

import (
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

func (f fixed) Name() string                      { return f.name }
func (f fixed) Version() string                   { return f.version }
func (f fixed) Origin() corpus.Origin             { return f.origin }
func (f fixed) TopicDeriver() enrich.TopicDeriver { return f }

func (f fixed) DeriveTopics(*corpus.Article, *match.Encoded) []corpus.Topic {
	var topics []corpus.Topic
	for _, t := range f.topics {
		topics = append(topics, corpus.Topic{Path: t, Reason: "because"})
	}
	return topics
}

// someone finds one person, and what that person said, in every article.
type someone struct{ name string }

func (s someone) Name() string                    { return "someone" }
func (s someone) Version() string                 { return s.name }
func (s someone) TextDeriver() enrich.TextDeriver { return s }

func (s someone) DeriveText(a *corpus.Article) {
	a.Entities = append(a.Entities, corpus.Entity{Name: s.name, Kind: corpus.Person})
	a.Quotations = append(a.Quotations, corpus.Quotation{Text: "no", Speaker: a.Entities[0].Name})
}

func TestPipeline(t *testing.T) {
	p := enrich.NewPipeline([]enrich.TextStage{someone{"Ada"}, someone{"Ben"}}, []enrich.TopicStage{
		fixed{"rules", "1", corpus.ByRule, []string{"asia", "economy"}},
		fixed{"model", "7", corpus.Learned, []string{"peace"}},
	})
	topics := []corpus.Topic{
		{Path: "economy", Origin: corpus.Stated},
		{Path: "war", Origin: corpus.ByRule},
		{Path: "peace", Origin: corpus.Learned},
		{Path: "sport"},
	}
	a := corpus.Article{Title: "A", Topics: topics, Entities: []corpus.Entity{{Name: "Old"}}, Quotations: []corpus.Quotation{{Text: "old"}}}
	enrich.Given(&a)
	if diff := cmp.Diff(corpus.Article{Title: "A", Topics: []corpus.Topic{topics[0], topics[3]}}, a); diff != "" {
		t.Errorf("what an article came with (-want +got):\n%s", diff)
	}
	if topics[1].Path != "war" {
		t.Error("the list of topics that was given was changed")
	}
	d := p.Deriver(nil)
	d.DeriveText(&a)
	want := corpus.Article{
		Title: "A", Topics: []corpus.Topic{topics[0], topics[3]},
		Entities:   []corpus.Entity{{Name: "Ada", Kind: corpus.Person}, {Name: "Ben", Kind: corpus.Person}},
		Quotations: []corpus.Quotation{{Text: "no", Speaker: "Ada"}, {Text: "no", Speaker: "Ada"}},
	}
	if diff := cmp.Diff(want, a); diff != "" {
		t.Errorf("what the text gave (-want +got):\n%s", diff)
	}
	got := d.DeriveTopics(&a, nil)
	derived := []corpus.Topic{
		{Path: "asia", Origin: corpus.ByRule, Reason: "because"},
		{Path: "peace", Origin: corpus.Learned, Reason: "because"},
	}
	if diff := cmp.Diff(derived, got); diff != "" {
		t.Errorf("what is stated is not derived (-want +got):\n%s", diff)
	}
}

func TestPipelineVersion(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range [][]enrich.TopicStage{
		nil,
		{fixed{name: "a", version: "1"}},
		{fixed{name: "a", version: "2"}},
		{fixed{name: "a1", version: ""}},
		{fixed{name: "a", version: "1"}, fixed{name: "b", version: "1"}},
		{fixed{name: "b", version: "1"}, fixed{name: "a", version: "1"}},
	} {
		for _, texts := range [][]enrich.TextStage{nil, {someone{"1"}}, {someone{"2"}}} {
			v := enrich.NewPipeline(texts, p).Version()
			if seen[v] || v != enrich.NewPipeline(texts, p).Version() {
				t.Errorf("version %s of %v, %v is that of others, or changes", v, texts, p)
			}
			seen[v] = true
		}
	}
}
