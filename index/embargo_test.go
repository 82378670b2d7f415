package index_test

import (
	"errors"
	"testing"
	"time"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

// embargoed makes an article with a word of its own that is under embargo.
func embargoed(id string, until time.Time) corpus.Article {
	a := sent(id, 1, 1, corpus.Handling{Embargoed: true, EmbargoedUntil: until})
	a.Title, a.Source, a.Body = "Quarterly zirconium figures", "Secret Desk", "The harbour sells zirconium."
	return a
}

// Before the time has come, nothing tells of an article under embargo, and then it is
// there without a sync.
func TestEmbargo(t *testing.T) {
	dir := t.TempDir()
	ix := open(t, dir, &index.Options{Topics: noRules(t)})
	soon := time.Now().Add(3 * time.Second)
	syncWire(t, ix, wire{
		"a": {sent("free", 1, 1, corpus.Handling{})},
		"b": {embargoed("soon", soon)},
		"c": {embargoed("unknown", time.Time{})},
		"d": {sent("withheld", 1, 1, corpus.Handling{Status: corpus.Withheld})},
		"e": {embargoed("past", time.Now().Add(-time.Hour))},
	})
	check := func(ix *index.Index, when string, q index.Query, want, ofDesk int) {
		t.Helper()
		q.Text, q.Facets, q.ExactTotal = "harbour", []string{index.FacetSource}, true
		res, err := ix.Search(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		facets := 0
		for _, v := range res.Facets[0].Values {
			facets += v.Count
		}
		if res.Total != want || len(res.Hits) != want || facets != ofDesk {
			t.Errorf("%s: %d of %d, %d of the desk, want %d and %d", when, len(res.Hits), res.Total, facets, want, ofDesk)
		}
	}
	check(ix, "before", index.Query{}, 2, 1)
	check(ix, "by date", index.Query{Sort: index.Newest}, 2, 1)
	check(ix, "before, with all", index.Query{IncludeEmbargoed: true}, 5, 3)
	if n, err := ix.Len(t.Context()); n != 2 || err != nil {
		t.Errorf("%d articles, %v", n, err)
	}
	if s, err := ix.Suggest(t.Context(), "zirc", 5); err != nil || len(s) != 1 || s[0].Articles != 1 {
		t.Errorf("suggested %v, %v", s, err)
	}
	var hidden *index.EmbargoedError
	if _, err := ix.Get(t.Context(), "soon"); !errors.As(err, &hidden) || !hidden.Until.Equal(soon) {
		t.Errorf("by its id: %v", err)
	}
	if _, err := ix.Get(t.Context(), "unkn"); !errors.As(err, &hidden) || !hidden.Until.IsZero() {
		t.Errorf("by a prefix: %v", err)
	}
	if _, err := ix.Get(t.Context(), "past"); err != nil {
		t.Error(err)
	}
	if s, err := ix.Stats(t.Context()); err != nil || s.Embargoed != 3 || s.Articles != 2 || s.WithTime+s.WithDay+s.Undated != 2 || s.Tokens > 24 {
		t.Errorf("%+v, %v", s, err)
	}
	if n, err := ix.DeleteMatching(t.Context(), index.Query{Text: "id:soon"}); n != 0 || err != nil {
		t.Errorf("removed %d, %v", n, err)
	}
	time.Sleep(time.Until(soon))
	check(ix, "after", index.Query{}, 3, 2)
	if s, err := ix.Suggest(t.Context(), "zirc", 5); err != nil || len(s) != 1 || s[0].Articles != 2 {
		t.Errorf("suggested %v, %v", s, err)
	}
	if err := ix.Close(); err != nil {
		t.Fatal(err)
	}
	ix = open(t, dir, &index.Options{ReadOnly: true, IncludeEmbargoed: true})
	check(ix, "opened for all", index.Query{}, 5, 3)
	if _, err := ix.Get(t.Context(), "unknown"); err != nil {
		t.Error(err)
	}
}
