package index_test

import (
	"errors"
	"fmt"
	"iter"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

func TestTryTopics(t *testing.T) {
	rules, err := index.ParseTopics(strings.NewReader("topics:\n  weather: {query: hailstorm}\n  transport/ferries: {query: ferry}\n"), "test")
	if err != nil {
		t.Fatal(err)
	}
	articles := func(fail error) iter.Seq2[corpus.Article, error] {
		return func(yield func(corpus.Article, error) bool) {
			for i := range 5 {
				if !yield(corpus.Article{ID: fmt.Sprint(i), Title: "A ferry leaves"}, nil) {
					return
				}
			}
			if yield(corpus.Article{ID: "5", Title: "A train leaves"}, nil) && fail != nil {
				yield(corpus.Article{}, fail)
			}
		}
	}
	got, err := rules.Try(articles(nil))
	if err != nil {
		t.Fatal(err)
	}
	ferry := func(id string) corpus.Article { return corpus.Article{ID: id, Title: "A ferry leaves"} }
	want := &index.TopicTrial{Articles: 6, Rules: []index.RuleTrial{
		{Topic: "transport/ferries", Label: "Ferries", Articles: 5, Examples: []corpus.Article{ferry("0"), ferry("1"), ferry("2")}},
		{Topic: "weather", Label: "Weather"},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	broken := errors.New("broken")
	if _, err := rules.Try(articles(broken)); !errors.Is(err, broken) {
		t.Errorf("error %v, want %v", err, broken)
	}
}
