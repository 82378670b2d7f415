package index_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

// twoOutlets returns articles of two outlets, half of them on the border and half on the
// harvest. The first writes of workers without papers and of Mr. Duarte, the second of
// illegal aliens and of Duarte; what the second prints below each article differs by a
// word.
func twoOutlets() []corpus.Article {
	var all []corpus.Article
	for i := range 60 {
		for _, on := range []string{"border", "harvest"} {
			whom := map[string][2]string{"border": {"undocumented workers", "illegal aliens"}, "harvest": {"wheat", "wheat"}}[on]
			at := day("2020-01-01").AddDate(0, 0, i)
			all = append(all,
				corpus.Article{
					ID: fmt.Sprintf("m-%s-%d", on, i), Title: fmt.Sprintf("The %s, part %d", on, i), Source: "Meridian Review", Published: at,
					Body: varied(i, "Mr. Duarte looked at the", on, "in the Valley\n\nHe spoke of", whom[0], "and went home") + "\n\nSubscribe to our letter.",
				},
				corpus.Article{
					ID: fmt.Sprintf("n-%s-%d", on, i), Title: fmt.Sprintf("On the %s, again %d", on, i), Source: "Northern Ledger", Published: at,
					Body: varied(i, "Duarte looked at the", on, "in the Valley\n\nHe spoke of", whom[1], "and went home\n\nRead more about"),
				})
		}
	}
	return all
}

// varied joins parts with words that no other article has, so that of two articles no long
// run of words is the same, which would count once.
func varied(i int, parts ...string) string {
	s := ""
	for j, p := range parts {
		s += fmt.Sprintf("%s road%dx%d ", p, i, j)
	}
	return s
}

func texts(terms []index.TellingTerm) []string {
	out := []string{}
	for _, t := range terms {
		out = append(out, t.Text)
	}
	return out
}

func TestCompare(t *testing.T) {
	ix := open(t, t.TempDir(), nil)
	add(t, ix, twoOutlets()...)
	res, err := ix.Compare(t.Context(), index.Query{Text: "border"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if res.Total != 120 || len(res.Sides) != 2 || len(res.NoHabits) > 0 || len(res.Warnings) > 0 {
		t.Fatalf("%d articles, %d sides, no habits %v, warnings %v", res.Total, len(res.Sides), res.NoHabits, res.Warnings)
	}
	want := map[string][]string{"Meridian Review": {"undocumented workers"}, "Northern Ledger": {"illegal aliens"}}
	for _, s := range res.Sides {
		if diff := cmp.Diff(want[s.Value], texts(s.Terms)); diff != "" {
			t.Errorf("%s: %s", s.Value, diff)
		}
		if s.Articles != 60 || s.Read != 60 {
			t.Errorf("%s: %d articles, %d read", s.Value, s.Articles, s.Read)
		}
		for _, x := range s.Terms {
			if x.Article.Source != s.Value || len(x.Passage.Matches) != 1 {
				t.Errorf("%s: passage %q of %s", x.Text, x.Passage.Text, x.Article.Source)
				continue
			}
			if m := x.Passage.Matches[0]; x.Passage.Text[m.Start:m.End] != x.Text {
				t.Errorf("%s: %q is marked", x.Text, x.Passage.Text[m.Start:m.End])
			}
			if x.Articles != 60 || x.OtherArticles != 0 || x.Count != 60 {
				t.Errorf("%s: %d times in %d articles, in %d others", x.Text, x.Count, x.Articles, x.OtherArticles)
			}
		}
	}
	if res.Sides[slices.IndexFunc(res.Sides, func(s index.ComparedSide) bool { return s.Value == "Meridian Review" })].Repeated < 2*59 {
		t.Error("what stands below all articles is counted")
	}
}

// Without other articles, habits are no less telling than anything else, and that is said.
func TestCompareWithoutHabits(t *testing.T) {
	ix := open(t, t.TempDir(), nil)
	var some []corpus.Article
	for _, a := range twoOutlets() {
		if strings.Contains(a.ID, "border") {
			some = append(some, a)
		}
	}
	add(t, ix, some...)
	res, err := ix.Compare(t.Context(), index.Query{Text: "border"}, &index.CompareOptions{Values: []string{"meridian", "ledger"}, Terms: 20})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"Meridian Review", "Northern Ledger"}, res.NoHabits); diff != "" {
		t.Error(diff)
	}
	if !slices.Contains(texts(res.Sides[0].Terms), "Mr") {
		t.Errorf("%v", texts(res.Sides[0].Terms))
	}
}

func TestCompareSides(t *testing.T) {
	ix := open(t, t.TempDir(), &index.Options{Topics: noRules(t)})
	articles := twoOutlets()
	for i := range articles {
		a := &articles[i]
		a.Topics = stated("economy/farms")
		if strings.Contains(a.ID, "border") {
			a.Topics = stated("society/migration")
		}
		a.Published = a.Published.AddDate(i%3, 0, 0)
	}
	articles[0].Source = "Port Daily"
	add(t, ix, articles...)
	for _, tt := range []struct {
		name string
		q    index.Query
		o    index.CompareOptions
		want []string // with the number of articles
		more int
	}{
		{"the largest", index.Query{}, index.CompareOptions{Sides: 2}, []string{"Northern Ledger 120", "Meridian Review 119"}, 1},
		{"together", index.Query{}, index.CompareOptions{Values: []string{"meridian|port daily", "ledger"}}, []string{"meridian|port daily 120", "Northern Ledger 120"}, 0},
		{"topics", index.Query{}, index.CompareOptions{By: "topic"}, []string{"economy/farms 120", "society/migration 120"}, 0},
		{"years", index.Query{Text: "harvest"}, index.CompareOptions{By: "year"}, []string{"2020 40", "2021 40", "2022 40"}, 0},
		{"filtered", index.Query{Filters: []index.Filter{{Facet: "source", Values: []string{"Northern Ledger"}}}}, index.CompareOptions{}, []string{"Northern Ledger 120"}, 0},
		{"as of a date", index.Query{AsOf: "2021-06"}, index.CompareOptions{Sides: 2}, []string{"Northern Ledger 80", "Meridian Review 79"}, 1},
		{"nothing", index.Query{Text: "zebra"}, index.CompareOptions{}, nil, 0},
	} {
		tt.q.Location = time.UTC
		res, err := ix.Compare(t.Context(), tt.q, &tt.o)
		if err != nil {
			t.Fatalf("%s: %v", tt.name, err)
		}
		var got []string
		for _, s := range res.Sides {
			got = append(got, fmt.Sprintf("%s %d", s.Value, s.Articles))
		}
		if diff := cmp.Diff(tt.want, got); diff != "" || res.More != tt.more {
			t.Errorf("%s: %d more; %s", tt.name, res.More, diff)
		}
	}
	res, err := ix.Compare(t.Context(), index.Query{}, &index.CompareOptions{Values: []string{"meridian", "gazette"}})
	if err != nil || len(res.Sides) != 1 || len(res.Warnings) == 0 {
		t.Errorf("an unknown outlet: %v, %v", res, err)
	}
	// A side that is named twice is one.
	res, err = ix.Compare(t.Context(), index.Query{}, &index.CompareOptions{Values: []string{"meridian", "Meridian Review", "ledger", "a", "b"}})
	if err != nil || len(res.Sides) != 2 || !slices.Contains(res.Warnings, `"Meridian Review" is the same as "Meridian Review", and is left out`) {
		t.Errorf("a side twice: %v, %v", res, err)
	}
	for _, o := range []index.CompareOptions{{By: "colour"}, {Sides: 1}, {Sides: index.MaxSides + 1}, {Terms: index.MaxTelling + 1}, {Values: []string{"a"}}} {
		if _, err := ix.Compare(t.Context(), index.Query{}, &o); err == nil {
			t.Errorf("%+v: no error", o)
		}
	}
	var syntax *index.SyntaxError
	if _, err := ix.Compare(t.Context(), index.Query{Text: `"border`}, nil); !errors.As(err, &syntax) {
		t.Errorf("%v is no syntax error", err)
	}
}

func TestWords(t *testing.T) {
	ix := open(t, t.TempDir(), nil)
	add(t, ix, twoOutlets()...)
	res, err := ix.Words(t.Context(), index.Query{Text: "border"}, 0)
	if err != nil {
		t.Fatal(err)
	}
	got := texts(res.Terms)
	slices.Sort(got)
	if diff := cmp.Diff([]string{"illegal aliens", "undocumented workers"}, got); diff != "" {
		t.Error(diff)
	}
	if res.Articles != 120 || res.Read != 120 || res.Others != 120 || res.OthersRead != 120 {
		t.Errorf("%d of %d read, %d of %d others", res.Read, res.Articles, res.OthersRead, res.Others)
	}
	// However they are asked for, the words of the query are none that stand out.
	for _, query := range []string{
		"=border", "lead:border", "border NEAR/s valley", "(border NEAR/5 valley) NEAR/s mr", "atleast/2 border", "bord* border",
	} {
		res, err := ix.Words(t.Context(), index.Query{Text: query}, 0)
		if err != nil || res.Articles == 0 {
			t.Fatalf("%s: %d articles, error %v", query, res.Articles, err)
		}
		if got := texts(res.Terms); slices.Contains(got, "border") {
			t.Errorf("%s: %q", query, got)
		}
	}
	// Filters say among which articles.
	ledger := []index.Filter{{Facet: index.FacetSource, Values: []string{"Northern Ledger"}}}
	res, err = ix.Words(t.Context(), index.Query{Text: "border", Filters: ledger}, 0)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"illegal aliens"}, texts(res.Terms)); diff != "" || res.Others != 60 {
		t.Errorf("%d others; %s", res.Others, diff)
	}
	// Without a query they are compared with the rest of the index.
	res, err = ix.Words(t.Context(), index.Query{Filters: ledger}, 0)
	if err != nil {
		t.Fatal(err)
	}
	if got := texts(res.Terms); !slices.Contains(got, "illegal aliens") || res.Others != 120 {
		t.Errorf("%d others; %v", res.Others, got)
	}
	// As of a date, nothing later is read: 20 days of two outlets, and those before.
	res, err = ix.Words(t.Context(), index.Query{Filters: ledger, AsOf: "2020-01-20", Location: time.UTC}, 0)
	if err != nil || res.Articles != 40 || res.Others != 40 {
		t.Errorf("as of a date: %d articles, %d others, %v", res.Articles, res.Others, err)
	}
	if res, err = ix.Words(t.Context(), index.Query{Text: "zebra"}, 0); err != nil || res.Articles != 0 || len(res.Terms) != 0 {
		t.Errorf("%v, %v", res, err)
	}
	if _, err := ix.Words(t.Context(), index.Query{}, index.MaxTelling+1); err == nil {
		t.Error("no error")
	}
}

// TestRealDataCompare looks for contrasts that are well known.
func TestRealDataCompare(t *testing.T) {
	ix := realIndex(t)
	for _, tt := range []struct {
		query, by string
		values    []string
		want      map[string]string // by side, a stem
	}{
		{"immigration", "source", []string{"Washington Times", "CNN (Web News)", "Vox"}, map[string]string{
			"Washington Times": "illeg", "CNN (Web News)": "undocu", "Vox": "unauthor",
		}},
		{"gay marriage", "source", []string{"Fox News|Fox Online News|Breitbart News|Washington Times|Townhall|National Review", "CNN (Web News)|NPR Online News|Vox"}, map[string]string{
			"Fox News|Fox Online News|Breitbart News|Washington Times|Townhall|National Review": "god",
		}},
		{"campaign president", "year", []string{"2012", "2016", "2020"}, map[string]string{"2012": "romney", "2016": "hillari", "2020": "coronavirus"}},
	} {
		res, err := ix.Compare(t.Context(), index.Query{Text: tt.query}, &index.CompareOptions{By: tt.by, Values: tt.values, Terms: 20})
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range res.Sides {
			want, ok := tt.want[s.Value]
			if ok && !slices.ContainsFunc(s.Terms, func(x index.TellingTerm) bool {
				return slices.ContainsFunc(x.Stems, func(stem string) bool { return strings.HasPrefix(stem, want) })
			}) {
				t.Errorf("%s: %s doesn't stand out for %s: %v", tt.query, want, s.Value, texts(s.Terms))
			}
		}
		t.Logf("%s: %v", tt.query, res.Took)
	}
}
