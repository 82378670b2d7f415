package index_test

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

// outletsWithGaps returns articles of three outlets: 40 each on oil, and 20 on a strike, of
// which the second has none and the third one.
func outletsWithGaps() []corpus.Article {
	var all []corpus.Article
	put := func(outlet, topic string, n int) {
		for i := range n {
			all = append(all, corpus.Article{
				ID: fmt.Sprintf("%.1s-%s-%d", outlet, strings.ReplaceAll(topic, "/", "-"), i), Source: outlet, Topics: stated(topic), People: []string{topic},
				Title: fmt.Sprintf("%s %d", topic, i), Body: fmt.Sprintf("About %s number%dx.", topic, i), Published: day("2020-01-01").AddDate(0, 0, i),
			})
		}
	}
	for _, o := range []string{"Meridian Review", "Northern Ledger", "Port Daily"} {
		put(o, "economy/oil", 40)
	}
	put("Meridian Review", "labour/strike", 20)
	put("Port Daily", "labour/strike", 1)
	put("Small Gazette", "labour/strike", 5)
	return all
}

func TestGaps(t *testing.T) {
	ix := open(t, t.TempDir(), &index.Options{Topics: noRules(t)})
	add(t, ix, outletsWithGaps()...)
	res, err := ix.Gaps(t.Context(), index.Query{Location: time.UTC}, nil)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, g := range res.Gaps {
		got = append(got, fmt.Sprintf("%s: %s %d of %.2f, by %s %d, %s", g.Outlet, g.Value, g.Observed, g.Expected, g.Outlets[0].Value, g.Outlets[0].Count, g.Example.ID))
	}
	// Expected are 40 * 26/106, and 41 * 25/105.
	want := []string{
		"Northern Ledger: labour/strike 0 of 9.81, by Meridian Review 20, M-labour-strike-19",
		"Port Daily: labour/strike 1 of 9.76, by Meridian Review 20, M-labour-strike-19",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if len(res.Outlets) != 3 || res.TooSmall != 1 || res.Articles != 146 || res.Values != 2 {
		t.Errorf("%d outlets, %d too small, %d articles, %d values", len(res.Outlets), res.TooSmall, res.Articles, res.Values)
	}
	// C(106, 26) / C(146, 26)
	p := 1.
	for i := range 26 {
		p *= float64(106-i) / float64(146-i)
	}
	if math.Abs(res.Gaps[0].P/p-1) > 1e-9 || res.Gaps[0].Q < res.Gaps[0].P {
		t.Errorf("p = %v, want %v; q = %v", res.Gaps[0].P, p, res.Gaps[0].Q)
	}
}

func TestGapsAmong(t *testing.T) {
	ix := open(t, t.TempDir(), &index.Options{Topics: noRules(t)})
	add(t, ix, outletsWithGaps()...)
	for _, tt := range []struct {
		name string
		q    index.Query
		o    index.GapsOptions
		want []string
		more int
	}{
		{"people", index.Query{}, index.GapsOptions{By: "person"}, []string{"Northern Ledger labour/strike", "Port Daily labour/strike"}, 0},
		{"one outlet", index.Query{}, index.GapsOptions{Outlets: []string{"port"}}, []string{"Port Daily labour/strike"}, 0},
		{"the first", index.Query{}, index.GapsOptions{Limit: 1}, []string{"Northern Ledger labour/strike"}, 1},
		{"a query", index.Query{Text: "oil"}, index.GapsOptions{}, nil, 0},
		{"a short time", index.Query{UntilDate: "2020-01-03"}, index.GapsOptions{MinArticles: 2}, nil, 0},
		{"large ones only", index.Query{}, index.GapsOptions{MinArticles: 41}, []string{"Port Daily labour/strike"}, 0},
		// Among these, nothing else is known of the topics of others.
		{"an outlet alone", index.Query{Filters: []index.Filter{{Facet: "source", Values: []string{"Port Daily"}}}}, index.GapsOptions{}, nil, 0},
		{"a topic alone", index.Query{Filters: []index.Filter{{Facet: "topic", Values: []string{"economy"}}}}, index.GapsOptions{}, nil, 0},
		{"by a rule", index.Query{TopicsFrom: []corpus.Origin{corpus.ByRule}}, index.GapsOptions{}, nil, 0},
		{"as stated", index.Query{TopicsFrom: []corpus.Origin{corpus.Stated}}, index.GapsOptions{Limit: 1}, []string{"Northern Ledger labour/strike"}, 1},
	} {
		tt.q.Location = time.UTC
		res, err := ix.Gaps(t.Context(), tt.q, &tt.o)
		if err != nil {
			t.Fatalf("%s: %v", tt.name, err)
		}
		var got []string
		for _, g := range res.Gaps {
			got = append(got, g.Outlet+" "+g.Value)
		}
		if diff := cmp.Diff(tt.want, got); diff != "" || res.More != tt.more {
			t.Errorf("%s: %d more; %s", tt.name, res.More, diff)
		}
	}
	for _, o := range []index.GapsOptions{{By: "source"}, {By: "colour"}, {Limit: -1}, {MinArticles: -1}, {Limit: index.MaxGaps + 1}} {
		if _, err := ix.Gaps(t.Context(), index.Query{}, &o); err == nil {
			t.Errorf("%+v: no error", o)
		}
	}
}
