package enrich_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/enrich"
)

func TestTopicValues(t *testing.T) {
	got := enrich.TopicValues([]corpus.Topic{
		{Path: "asia/korea", Origin: corpus.Stated},
		{Path: "asia", Origin: corpus.ByRule},
		{Path: "trade", Origin: corpus.ByRule},
		{Path: "trade", Origin: corpus.Learned},
	})
	want := []string{"b1/asia/korea", "b3/asia", "b6/trade", "b7/", "d1/asia/korea", "d2/asia", "d6/trade"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("values (-want +got):\n%s", diff)
	}
	if got := enrich.TopicValues(nil); got != nil {
		t.Errorf("an article without topics has %v", got)
	}
}

// hasBelow reports by definition whether an article has a topic or one below it, by any of
// some origins.
func hasBelow(topics []corpus.Topic, path string, origins []corpus.Origin) bool {
	return slices.ContainsFunc(topics, func(t corpus.Topic) bool {
		return slices.Contains(origins, t.Origin) && (path == "" || t.Path == path || strings.HasPrefix(t.Path, path+"/"))
	})
}

// Counts and values say what the topics of the articles say.
func TestTopicCounts(t *testing.T) {
	paths := []string{"", "asia", "asia/korea", "asia/korea/north", "trade", "trade-war"}
	rapid.Check(t, func(t *rapid.T) {
		topic := rapid.Custom(func(t *rapid.T) corpus.Topic {
			return corpus.Topic{Path: rapid.SampledFrom(paths[1:]).Draw(t, "path"), Origin: rapid.SampledFrom(enrich.Origins()).Draw(t, "origin")}
		})
		articles := rapid.SliceOfN(rapid.SliceOfN(topic, 0, 4), 1, 6).Draw(t, "articles")
		origins := rapid.SliceOfNDistinct(rapid.SampledFrom(enrich.Origins()), 1, 3, rapid.ID[corpus.Origin]).Draw(t, "origins")
		counter := enrich.NewTopicCounter(origins)
		for _, topics := range articles {
			values := enrich.TopicValues(topics)
			for _, v := range values {
				counter.Add(v, 1)
			}
			for _, path := range paths {
				found := slices.ContainsFunc(enrich.ValuesBelow(path, origins), func(v string) bool { return slices.Contains(values, v) })
				if want := hasBelow(topics, path, origins); found != want {
					t.Fatalf("%v by %v: found is %v, want %v", topics, origins, found, want)
				}
			}
		}
		got := map[string]enrich.TopicCount{}
		for _, c := range counter.Counts() {
			got[c.Path] = c
		}
		for _, path := range paths {
			want := enrich.TopicCount{Path: path}
			for _, topics := range articles {
				if hasBelow(topics, path, origins) {
					want.Below++
				}
				if slices.ContainsFunc(topics, func(t corpus.Topic) bool { return t.Path == path && slices.Contains(origins, t.Origin) }) {
					want.Own++
				}
				for _, o := range origins {
					if hasBelow(topics, path, []corpus.Origin{o}) {
						if want.ByOrigin == nil {
							want.ByOrigin = map[corpus.Origin]int{}
						}
						want.ByOrigin[o]++
					}
				}
			}
			if want.Below == 0 {
				if _, ok := got[path]; ok {
					t.Fatalf("%q, which no article has, is counted: %+v", path, got[path])
				}
				continue
			}
			if diff := cmp.Diff(want, got[path]); diff != "" {
				t.Fatalf("%q by %v (-want +got):\n%s", path, origins, diff)
			}
		}
	})
}

func TestTopicCountsAreATree(t *testing.T) {
	counter := enrich.NewTopicCounter(enrich.Origins())
	for _, path := range []string{"trade-war", "trade/steel", "trade", "asia"} {
		for _, v := range enrich.TopicValues([]corpus.Topic{{Path: path, Origin: corpus.Stated}}) {
			counter.Add(v, 1)
		}
	}
	counter.Add("junk", 1)
	var got []string
	for _, c := range counter.Counts() {
		got = append(got, c.Path)
	}
	if want := []string{"", "asia", "trade", "trade/steel", "trade-war"}; !slices.Equal(got, want) {
		t.Errorf("topics are in the order %q, want %q", got, want)
	}
}
