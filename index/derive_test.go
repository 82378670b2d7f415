package index_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

// rulesOf returns rules that give the topic economy by a query, and asia by
// another.
func rulesOf(t *testing.T, economy, asia string) *index.TopicRules {
	t.Helper()
	r, err := index.ParseTopics(strings.NewReader(fmt.Sprintf("topics: {economy: {query: %s}, asia: {query: %s}}", economy, asia)), "mine.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// topicsOf returns the topics of an article, each with its origin.
func topicsOf(t *testing.T, ix *index.Index, id string) string {
	t.Helper()
	a, err := ix.Get(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	var s []string
	for _, topic := range a.Topics {
		s = append(s, topic.Path+" "+string(topic.Origin))
	}
	return strings.Join(s, ", ")
}

func apply(t *testing.T, ix *index.Index, r *index.TopicRules) index.ApplyTopicsReport {
	t.Helper()
	report, err := ix.ApplyTopics(t.Context(), r, nil)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// Applied rules change the topics by rule of all articles, whatever they came
// from, and no others. A sync after it reads nothing.
func TestApplyTopics(t *testing.T) {
	dir := t.TempDir()
	ix := open(t, dir, &index.Options{Topics: rulesOf(t, "rates", "korea")})
	s := newShelf()
	s.entries["shelf/a"] = entry{stamp: "1", articles: []corpus.Article{
		{ID: "1", Title: "Rates", Topics: stated("Economy", "prices")},
		{ID: "2", Title: "Rates in Korea"},
	}}
	if _, err := ix.Sync(t.Context(), s, nil); err != nil {
		t.Fatal(err)
	}
	add(t, ix, corpus.Article{ID: "3", Title: "Korea", Topics: []corpus.Topic{{Path: "peace", Origin: corpus.Learned}}})
	before := search(t, ix, index.Query{Facets: []string{"topic"}})

	report := apply(t, ix, rulesOf(t, "korea", "rates"))
	want := index.ApplyTopicsReport{Articles: 3, Changed: 3, Topics: []index.TopicChange{{Topic: "asia", Gained: 1, Lost: 1}, {Topic: "economy", Gained: 1}}, Rules: []string{"asia", "economy"}}
	if diff := cmp.Diff(want, report, cmpopts.IgnoreFields(want, "Took")); diff != "" {
		t.Errorf("report (-want +got):\n%s", diff)
	}
	for id, want := range map[string]string{
		"1": "economy stated, prices stated, asia rule",
		"2": "asia rule, economy rule", // now by the other's words
		"3": "economy rule",            // that it was learned, only the index says
	} {
		if got := topicsOf(t, ix, id); got != want {
			t.Errorf("topics of %s: %s, want %s", id, got, want)
		}
	}
	after := search(t, ix, index.Query{Text: "topic:economy", Facets: []string{"topic"}})
	if before.Total != 3 || after.Total != 3 {
		t.Errorf("%d articles before, %d on the economy after", before.Total, after.Total)
	}

	// It is the rules that make the difference, and the index keeps them.
	if report := apply(t, ix, rulesOf(t, "korea", "rates")); report.Changed != 0 || len(report.Topics) != 0 {
		t.Errorf("the same rules again: %+v", report)
	}
	clear(s.opened)
	changes, err := ix.Sync(t.Context(), s, nil)
	if err != nil || len(s.opened) > 0 || changes.Unchanged != 2 || changes.Retagged > 0 {
		t.Errorf("a sync afterwards opened %v: %+v, %v", s.opened, changes, err)
	}
	// An article of an entry that is read again is still the same one.
	e := s.entries["shelf/a"]
	e.stamp, e.articles = "2", append(e.articles, corpus.Article{ID: "4", Title: "Korea"})
	s.entries["shelf/a"] = e
	changes, err = ix.Sync(t.Context(), s, nil)
	if err != nil || changes.Unchanged != 2 || changes.Added != 1 || changes.Updated != 0 {
		t.Errorf("a sync of one more: %+v, %v", changes, err)
	}
	if got := topicsOf(t, ix, "4"); got != "economy rule" {
		t.Errorf("topics of a new article: %s", got)
	}
	if err := ix.Close(); err != nil {
		t.Fatal(err)
	}
	read := open(t, dir, &index.Options{ReadOnly: true})
	if _, err := read.ApplyTopics(t.Context(), index.StarterTopics(), nil); !errors.Is(err, index.ErrReadOnly) {
		t.Errorf("opened read-only: %v", err)
	}
	clear(s.opened)
	again := open(t, dir, nil)
	if changes, err := again.Sync(t.Context(), s, nil); err != nil || len(s.opened) > 0 || changes.Unchanged != 3 {
		t.Errorf("opened again: %+v, %v, %d read", changes, err, len(s.opened))
	}
}

// A sync applies rules that changed since, also to articles that it doesn't
// cover, and reads no source for it.
func TestSyncAppliesChangedRules(t *testing.T) {
	dir := t.TempDir()
	s := newShelf()
	s.entries["shelf/a"] = entry{stamp: "1", articles: []corpus.Article{{ID: "1", Title: "Rates"}, {ID: "2", Title: "Weather"}}}
	ix := open(t, dir, &index.Options{Topics: rulesOf(t, "rates", "korea")})
	add(t, ix, corpus.Article{ID: "3", Title: "Rates"})
	if _, err := ix.Sync(t.Context(), s, nil); err != nil {
		t.Fatal(err)
	}
	if err := ix.Close(); err != nil {
		t.Fatal(err)
	}
	ix = open(t, dir, &index.Options{Topics: rulesOf(t, "weather", "korea")})
	clear(s.opened)
	changes, err := ix.Sync(t.Context(), s, nil)
	if err != nil || len(s.opened) > 0 || changes.Retagged != 3 || changes.Updated != 2 || changes.Unchanged != 0 {
		t.Errorf("%+v, %v, %d read", changes, err, len(s.opened))
	}
	for id, want := range map[string]string{"1": "", "2": "economy rule", "3": ""} {
		if got := topicsOf(t, ix, id); got != want {
			t.Errorf("topics of %s: %q, want %q", id, got, want)
		}
	}
}

// endingContext ends when it has been asked so many times whether it has.
type endingContext struct {
	context.Context
	left *atomic.Int64
}

func (c endingContext) Err() error {
	if c.left.Add(-1) < 0 {
		return context.Canceled
	}
	return c.Context.Err()
}

// What is interrupted leaves all as it was for readers, and the next sync goes on
// with the rules that the index has then, be they the old ones.
func TestApplyTopicsInterrupted(t *testing.T) {
	first, second := rulesOf(t, "rates", "korea"), rulesOf(t, "korea", "rates")
	const n = 2000
	s := newShelf()
	articles := make([]corpus.Article, n)
	for i := range articles {
		articles[i] = corpus.Article{ID: fmt.Sprint(i), Title: "Rates", Body: strings.Repeat("Rates rose again. ", 60)}
	}
	s.entries["shelf/a"] = entry{stamp: "1", articles: articles}
	for _, tt := range []struct {
		checks int64
		next   *index.TopicRules
		want   string
	}{{0, second, "asia"}, {1500, second, "asia"}, {1500, first, "economy"}} {
		dir := t.TempDir()
		ix := open(t, dir, &index.Options{Topics: first, Memory: 16 << 20})
		syncTo(t, ix, s, false)
		byTopic := func(topic string) int {
			return search(t, ix, index.Query{Text: "topic:" + topic, Match: index.MatchStrict, ExactTotal: true}).Total
		}
		ctx := endingContext{t.Context(), new(atomic.Int64)}
		ctx.left.Store(tt.checks)
		if _, err := ix.ApplyTopics(ctx, second, nil); !errors.Is(err, context.Canceled) {
			t.Fatalf("interrupted: %v", err)
		}
		if got := byTopic("economy"); got != n {
			t.Errorf("after an interrupt %d articles have the old topic, want %d", got, n)
		}
		if err := ix.Close(); err != nil {
			t.Fatal(err)
		}
		ix = open(t, dir, &index.Options{Topics: tt.next})
		if done := byTopic("asia"); done == n || (done > 0) != (tt.checks > 0) {
			t.Errorf("%d articles were done before the interrupt", done)
		}
		clear(s.opened)
		if got := syncTo(t, ix, s, false); got.Updated+got.Unchanged != n || len(s.opened) > 0 {
			t.Errorf("the sync that goes on: %+v, read %v", got, s.opened)
		}
		if got := byTopic(tt.want); got != n || byTopic("economy")+byTopic("asia") != n {
			t.Errorf("%d with the topic %s, want %d", got, tt.want, n)
		}
	}
}

// Stamps once ended in the fingerprint of the rules. Such an entry isn't read
// again.
func TestStampsOfOlderVersions(t *testing.T) {
	ix := open(t, t.TempDir(), &index.Options{Topics: noRules(t)})
	s := newShelf()
	for stamp, reads := range map[string]int{"1 0123456789abcdef": 0, "1 0123456789abcde": 1, "1 0123456789abcdeg": 1, "2 0123456789abcdef": 1} {
		s.entries["shelf/a"] = entry{stamp: stamp, articles: []corpus.Article{{ID: "1"}}}
		syncTo(t, ix, s, false)
		s.entries["shelf/a"] = entry{stamp: "1", articles: []corpus.Article{{ID: "1"}}}
		clear(s.opened)
		syncTo(t, ix, s, false)
		if got := s.opened["shelf/a"]; got != reads {
			t.Errorf("read %d times after the stamp %q, want %d", got, stamp, reads)
		}
	}
}
