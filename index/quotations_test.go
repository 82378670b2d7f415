package index_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

// quotedArticles are some articles with quotations.
var quotedArticles = []corpus.Article{
	{ID: "bridge", Title: "The bridge", Source: "Meridian Review", Body: "The council met on Monday.\n\n" +
		"“We will rebuild the bridge by spring,” said Mayor Ana Duarte. “The money for the bridge is there.”\n\n" +
		"“There is no money left in the fund,” Finance Minister Lena Okoye said. The bridge is old."},
	{ID: "again", Title: "The bridge again", Body: "“We will rebuild the bridge by spring,” said Ana Duarte, the mayor."},
	{ID: "port", Title: "The port", Body: "The bridge stays closed. “The port will not wait for spring,” said Tom Reyes."},
}

func TestQuotations(t *testing.T) {
	ix := open(t, t.TempDir(), nil)
	if err := ix.Add(t.Context(), quotedArticles...); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		text string
		by   []string
		want []string // speaker: quotation
	}{
		{"bridge spring", nil, []string{"Ana Duarte: We will rebuild the bridge by spring,"}},
		{"money", nil, []string{"Ana Duarte: The money for the bridge is there.", "Lena Okoye: There is no money left in the fund,"}},
		{"money", []string{"okoye"}, []string{"Lena Okoye: There is no money left in the fund,"}},
		{"", []string{"reyes", "okoye"}, []string{"Tom Reyes: The port will not wait for spring,", "Lena Okoye: There is no money left in the fund,"}},
		{`"money left" OR port`, nil, []string{"Tom Reyes: The port will not wait for spring,", "Lena Okoye: There is no money left in the fund,"}},
		{"council", nil, nil},
		{"money", []string{"reyes"}, nil},
	} {
		res, err := ix.Quotations(t.Context(), index.Query{Text: c.text}, c.by)
		if err != nil {
			t.Fatalf("%s: %v", c.text, err)
		}
		var got []string
		for _, q := range res.Quotations {
			got = append(got, q.Quotation.Speaker+": "+q.Quotation.Text)
			for _, m := range q.Passage.Matches {
				if m.Start < 0 || m.End > len(q.Passage.Text) {
					t.Errorf("%s: a match at %v of %q", c.text, m, q.Passage.Text)
				}
			}
			if at := q.Passage.Start; q.Article.Body[at:at+len(q.Passage.Text)] != q.Passage.Text {
				t.Errorf("%s: the passage isn't at %d", c.text, at)
			}
		}
		slices.Sort(got)
		slices.Sort(c.want)
		if !slices.Equal(got, c.want) {
			t.Errorf("%q by %q:\ngot  %q\nwant %q", c.text, c.by, got, c.want)
		}
	}
}

// TestQuotationsOnce holds that what several articles quote comes once, and that a
// quotation says what it matches.
func TestQuotationsOnce(t *testing.T) {
	ix := open(t, t.TempDir(), nil)
	if err := ix.Add(t.Context(), quotedArticles...); err != nil {
		t.Fatal(err)
	}
	res, err := ix.Quotations(t.Context(), index.Query{Text: "rebuilding"}, nil)
	if err != nil || len(res.Quotations) != 1 || len(res.Quotations[0].AlsoIn) != 1 || res.Articles != 2 {
		t.Fatalf("got %+v, %v", res, err)
	}
	q := res.Quotations[0]
	if m := q.Matches; len(m) != 1 || q.Quotation.Text[m[0].Start:m[0].End] != "rebuild" {
		t.Errorf("matches are %v", m)
	}
}

func TestQuotationsErrors(t *testing.T) {
	ix := open(t, t.TempDir(), nil)
	if err := ix.Add(t.Context(), quotedArticles...); err != nil {
		t.Fatal(err)
	}
	var syntax *index.SyntaxError
	_, err := ix.Quotations(t.Context(), index.Query{Text: "war source:meridian"}, nil)
	if !errors.As(err, &syntax) || syntax.Text != "war source:meridian" || syntax.Offset != 4 {
		t.Errorf("a field within a quotation: %v", err)
	}
	if _, err = ix.Quotations(t.Context(), index.Query{Text: "a) (b"}, nil); !errors.As(err, &syntax) {
		t.Errorf("a bracket: %v", err)
	}
	if _, err = ix.Quotations(t.Context(), index.Query{Limit: 1000}, nil); err == nil {
		t.Error("a limit of 1000 is taken")
	}
	if res, err := ix.Quotations(t.Context(), index.Query{Text: `he said "`, Lenient: true}, nil); err != nil || len(res.Quotations) != 0 {
		t.Errorf("mended: %+v, %v", res, err)
	}
}
