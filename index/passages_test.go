package index_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

func TestPassages(t *testing.T) {
	ix := open(t, t.TempDir(), &index.Options{Topics: noRules(t), NoLearn: true})
	printed := "Officials in the capital said on Monday that the fleet had left the strait because the grain ships were late."
	articles := []corpus.Article{
		{ID: "a", Title: "The fleet", Body: "Nobody was there to see it.\n\n" + printed},
		{ID: "b", Title: "Fleet leaves", Body: printed + "\n\nIt rained all day in the mountains and nobody came."},
		{ID: "c", Title: "Bread", Body: "The price of grain rose in the capital, bakers said at the market."},
		{ID: "d", Title: "Nothing", Body: "A choir sang in the old town hall."},
	}
	for i := range 12 {
		articles = append(articles, corpus.Article{ID: fmt.Sprintf("other%d", i), Body: fmt.Sprintf("Ship number %d was painted white by men of the town.", i)})
	}
	if err := ix.Add(t.Context(), articles...); err != nil {
		t.Fatal(err)
	}
	passages := func(q index.Query, skip int) *index.PassageResults {
		t.Helper()
		res, err := ix.Passages(t.Context(), q, skip)
		if err != nil {
			t.Fatal(err)
		}
		return res
	}
	q := index.Query{Text: "why did the fleet leave the strait: grain?"}
	res := passages(q, 0)
	best := res.Passages[0]
	if best.Snippet.Text != printed || len(best.AlsoIn) != 1 || best.Score < .5 || strings.Join(best.Words, " ") != "fleet strait grain" {
		t.Errorf("best: %+v", best)
	}
	if ids := []string{best.Article.ID, best.AlsoIn[0]}; !slices.Contains(ids, "a") || !slices.Contains(ids, "b") {
		t.Errorf("it is in %v", ids)
	}
	last := 1.0
	for i, p := range res.Passages {
		if p.Rank != i+1 || p.Score > last || p.Score < 0 {
			t.Errorf("passage %d has rank %d and score %v after %v", i, p.Rank, p.Score, last)
		}
		last = p.Score
		if from := p.Article.Body[p.Snippet.Start:]; !strings.HasPrefix(from, p.Snippet.Text) {
			t.Errorf("%q is not what stands at byte %d", p.Snippet.Text, p.Snippet.Start)
		}
		if p.Article.ID == "d" {
			t.Error("an article without any word")
		}
	}
	if res.Articles != 3 || res.Read != 3 || !res.Exact || res.More != 0 {
		t.Errorf("of %d articles, %d read, %d more", res.Articles, res.Read, res.More)
	}

	// All passages come once, whatever the size of the pages.
	q.Text = "ship grain"
	whole := passages(index.Query{Text: q.Text, Limit: 50}, 0)
	q.Limit = 4
	var paged []index.Passage
	for {
		page := passages(q, len(paged))
		paged = append(paged, page.Passages...)
		if page.More == 0 {
			break
		}
	}
	if len(paged) != len(whole.Passages) || len(paged) < 10 {
		t.Fatalf("%d in pages, %d at once", len(paged), len(whole.Passages))
	}
	for i := range paged {
		if paged[i].Rank != whole.Passages[i].Rank || paged[i].Article.ID != whole.Passages[i].Article.ID {
			t.Errorf("passage %d in pages is of %s, at once of %s", i, paged[i].Article.ID, whole.Passages[i].Article.ID)
		}
	}
	if res := passages(q, 1000); len(res.Passages) != 0 || res.More != 0 {
		t.Errorf("behind the end: %+v", res)
	}
	if _, err := ix.Passages(t.Context(), index.Query{Limit: 51}, 0); err == nil {
		t.Error("51 passages")
	}
}
