package index_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

// hasTopicFrom reports whether an article has a topic or one below it, by one of some
// origins; "" is any topic.
func hasTopicFrom(a *corpus.Article, path string, origins []corpus.Origin) bool {
	return slices.ContainsFunc(a.Topics, func(t corpus.Topic) bool {
		return (len(origins) == 0 || slices.Contains(origins, t.Origin)) && (path == "" || t.Path == path || strings.HasPrefix(t.Path, path+"/"))
	})
}

// originIndex is an index with topics of all origins: some articles have one by a rule, and
// learned as well.
func originIndex(t *testing.T, at places) (*index.Index, []corpus.Article) {
	ix := open(t, at.location(t), &index.Options{Topics: rulesOf(t, "wheat", "pier")})
	rules, err := index.ParseTopics(strings.NewReader("topics: {sea: {query: pier}, land/grain: {query: silo}, sea/ferries: {query: vessel}}"), "mine.yaml")
	if err != nil {
		t.Fatal(err)
	}
	add(t, ix, labelledArticles(20)...)
	if _, err := ix.TrainTopics(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	apply(t, ix, rules)
	var all []corpus.Article
	for hit, err := range ix.All(t.Context(), index.Query{Passages: -1}) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, *hit.Article)
	}
	return ix, all
}

// Filters, queries, facets, the tree and hits go by the topics of the origins that count.
func TestTopicsFrom(t *testing.T) { topicsFrom(t, folders{}) }

func topicsFrom(t *testing.T, at places) {
	ix, all := originIndex(t, at)
	if !slices.ContainsFunc(all, func(a corpus.Article) bool { return len(a.Topics) > len(a.TopicPaths()) }) {
		t.Fatal("no article has a topic by a rule and learned")
	}
	for _, origins := range [][]corpus.Origin{nil, {corpus.Stated}, {corpus.ByRule}, {corpus.Learned}, {corpus.Stated, corpus.Learned}, {corpus.ByRule, corpus.Learned}} {
		tree, err := ix.TopicTree(t.Context(), index.Query{TopicsFrom: origins})
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range []string{"sea", "sea/ferries", "land", "land/grain"} {
			want := 0
			for i := range all {
				if hasTopicFrom(&all[i], path, origins) {
					want++
				}
			}
			for name, q := range map[string]index.Query{
				"filter": {Filters: []index.Filter{{Facet: index.FacetTopic, Values: []string{path}}}},
				"query":  {Text: "topic:" + path},
				"not":    {Text: "NOT topic:" + path},
			} {
				q.TopicsFrom, q.ExactTotal = origins, true
				if name == "not" {
					if got := search(t, ix, q).Total; got != len(all)-want {
						t.Errorf("%v, not %s: %d, want %d", origins, path, got, len(all)-want)
					}
					continue
				}
				if got := search(t, ix, q).Total; got != want {
					t.Errorf("%v, %s %s: %d, want %d", origins, name, path, got, want)
				}
			}
			at := slices.IndexFunc(tree.Topics, func(n index.TopicNode) bool { return n.Topic == path })
			if want == 0 != (at < 0) || at >= 0 && tree.Topics[at].Articles != want {
				t.Errorf("%v, %s: the tree has %+v, want %d", origins, path, tree.Topics, want)
			}
		}
		checkTopicFacet(t, ix, all, origins)
	}
}

// checkTopicFacet holds the counts of topics, and those that hits have.
func checkTopicFacet(t *testing.T, ix *index.Index, all []corpus.Article, origins []corpus.Origin) {
	want := map[string]int{}
	for i := range all {
		kept := corpus.Article{}
		for _, topic := range all[i].Topics {
			if len(origins) == 0 || slices.Contains(origins, topic.Origin) {
				kept.Topics = append(kept.Topics, topic)
			}
		}
		for _, path := range kept.TopicPaths() {
			want[path]++
		}
	}
	got := map[string]int{}
	res := search(t, ix, index.Query{TopicsFrom: origins, Facets: []string{"topic"}, FacetLimit: -1, Limit: 100})
	for _, v := range res.Facets[0].Values {
		got[v.Value] = v.Count
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("%v: counts (-want +got):\n%s", origins, d)
	}
	for _, h := range res.Hits {
		for _, topic := range h.Article.Topics {
			if len(origins) > 0 && !slices.Contains(origins, topic.Origin) {
				t.Fatalf("%v: a hit has %+v", origins, topic)
			}
		}
	}
}

func TestParseOrigins(t *testing.T) {
	got, err := index.ParseOrigins([]string{"Stated", " rule", "stated"})
	if err != nil || fmt.Sprint(got) != "[stated rule]" {
		t.Errorf("origins are %v, error %v", got, err)
	}
	if _, err := index.ParseOrigins([]string{"guessed"}); err == nil || !strings.Contains(err.Error(), "there are stated, rule and learned") {
		t.Errorf("the error is %v", err)
	}
	ix := open(t, t.TempDir(), nil)
	if _, err := ix.Search(t.Context(), index.Query{TopicsFrom: []corpus.Origin{"guessed"}}); err == nil {
		t.Error("an unknown origin is taken")
	}
}
