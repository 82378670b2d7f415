package index_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

// labelledArticles returns n articles on ferries and n on wheat, by turns, which state their
// topics, and the same number without topics.
func labelledArticles(n int) []corpus.Article {
	words := [][]string{
		strings.Fields("harbour captain vessel anchor deck pier"),
		strings.Fields("wheat barley harvest silo tonnes farm"),
	}
	paths := []string{"sea/ferries", "land/grain"}
	var list []corpus.Article
	for i := range 4 * n {
		own := words[i%2]
		a := corpus.Article{
			ID:    fmt.Sprintf("a%03d", i),
			Title: fmt.Sprintf("The %s and the %s", own[i/2%6], own[(i/2+1)%6]),
			Body:  fmt.Sprintf("Officials said on day %d that the %s was near the %s, and the %s too.", i, own[(i/2+2)%6], own[(i/2+3)%6], own[(i/2+4)%6]),
		}
		if i < 2*n {
			a.Topics = stated(paths[i%2])
		}
		list = append(list, a)
	}
	return list
}

// trainingShelf is a source of labelled articles.
func trainingShelf(n int) *shelf {
	s := newShelf()
	s.entries["shelf/a"] = entry{stamp: fmt.Sprint(n), articles: labelledArticles(n)}
	return s
}

func syncTopics(t *testing.T, ix *index.Index, s *shelf) index.SyncReport {
	t.Helper()
	r, err := ix.Sync(t.Context(), s, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// A sync learns topics once 20 articles state them, and again when they are more by a fifth.
func TestSyncLearnsTopics(t *testing.T) {
	dir := t.TempDir()
	none := rulesOf(t, "nothingatall", "nothingelse")
	ix := open(t, dir, &index.Options{Topics: none})
	if r := syncTopics(t, ix, trainingShelf(19)); r.Topics != nil {
		t.Fatalf("of 19 articles, topics are learned: %+v", r.Topics)
	}
	r := syncTopics(t, ix, trainingShelf(20))
	if r.Topics == nil || len(r.Topics.Topics) != 2 || r.Topics.Labelled != 40 || r.Topics.Changed != 40 {
		t.Fatalf("learned %+v", r.Topics)
	}
	for id, want := range map[string]string{"a000": "sea/ferries stated", "a040": "sea/ferries learned", "a041": "land/grain learned"} {
		if got := topicsOf(t, ix, id); got != want {
			t.Errorf("topics of %s: %s, want %s", id, got, want)
		}
	}
	a, err := ix.Get(t.Context(), "a041")
	if err != nil || a.Topics[0].Probability < .5 || a.Topics[0].Probability > 1 || a.Topics[0].Reason == "" {
		t.Errorf("a learned topic is %+v, error %v", a.Topics, err)
	}
	model := r.Topics.Model
	if r := syncTopics(t, ix, trainingShelf(23)); r.Topics != nil {
		t.Errorf("of three in twenty more, topics are learned anew: %+v", r.Topics)
	}
	// What comes later has topics by the same model, also in an index that is opened anew.
	if err := ix.Close(); err != nil {
		t.Fatal(err)
	}
	ix = open(t, dir, nil)
	add(t, ix, corpus.Article{ID: "late", Title: "Barley", Body: "The harvest is in the silo: tonnes of wheat from each farm."})
	if got := topicsOf(t, ix, "late"); got != "land/grain learned" {
		t.Errorf("topics of an article that came late: %s", got)
	}
	if r := syncTopics(t, ix, trainingShelf(24)); r.Topics == nil || r.Topics.Model == model {
		t.Errorf("of a fifth more, topics are not learned anew: %+v", r.Topics)
	}
	ix = open(t, t.TempDir(), &index.Options{NoLearn: true})
	if r := syncTopics(t, ix, trainingShelf(20)); r.Topics != nil {
		t.Error("topics are learned with NoLearn")
	}
}

// The same articles give the same model, whatever the order in which they came.
func TestTrainTopics(t *testing.T) {
	forwards := open(t, t.TempDir(), &index.Options{NoLearn: true})
	add(t, forwards, labelledArticles(20)...)
	backwards := open(t, t.TempDir(), &index.Options{NoLearn: true})
	articles := labelledArticles(20)
	for i := len(articles) - 1; i >= 0; i-- {
		add(t, backwards, articles[i])
	}
	var models []string
	for _, ix := range []*index.Index{forwards, backwards, forwards} {
		last := 0
		r, err := ix.TrainTopics(t.Context(), &index.TrainTopicsOptions{Progress: func(done, total int) {
			if done < last || total != 100 || done > 100 {
				t.Errorf("%d hundredths of %d after %d", done, total, last)
			}
			last = done
		}})
		if err != nil {
			t.Fatal(err)
		}
		models = append(models, r.Model)
	}
	if models[0] != models[1] || models[0] != models[2] {
		t.Errorf("the same articles give models %v", models)
	}
}

func TestTrainTopicsOfTooFew(t *testing.T) {
	ix := open(t, t.TempDir(), nil)
	if _, err := ix.TrainTopics(t.Context(), nil); !errors.Is(err, index.ErrFewLabels) {
		t.Errorf("of no articles, the error is %v", err)
	}
	add(t, ix, labelledArticles(19)...)
	if _, err := ix.TrainTopics(t.Context(), nil); !errors.Is(err, index.ErrFewLabels) {
		t.Errorf("of 19 articles, the error is %v", err)
	}
	add(t, ix, labelledArticles(20)...)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := ix.TrainTopics(ctx, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v", err)
	}
}

// A model that is damaged keeps nobody from anything, and is made anew.
func TestDamagedTopicModel(t *testing.T) {
	dir := t.TempDir()
	ix := open(t, dir, nil)
	if r := syncTopics(t, ix, trainingShelf(20)); r.Topics == nil {
		t.Fatal("no topics are learned")
	}
	if err := ix.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "topics.model"), []byte("newsq topics"), 0o600); err != nil {
		t.Fatal(err)
	}
	ix = open(t, dir, nil)
	r := syncTopics(t, ix, trainingShelf(20))
	if r.Topics == nil || len(r.Warnings) != 1 || !strings.Contains(r.Warnings[0], "topics.model") {
		t.Errorf("learned %+v, warnings %v", r.Topics, r.Warnings)
	}
	if got := topicsOf(t, ix, "a040"); !strings.Contains(got, "sea/ferries learned") {
		t.Errorf("topics are %s", got)
	}
}
