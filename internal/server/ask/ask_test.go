package ask

import (
	"errors"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/config"
)

func TestReadAsQuery(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	normal := func(change func(*index.Query)) index.Query {
		q := index.Query{Facets: []string{"topic"}, FacetLimit: 10, Limit: 10, Passages: 2, ExactTotal: true, Location: time.UTC}
		if change != nil {
			change(&q)
		}
		return q
	}
	for _, tt := range []struct {
		address string
		want    index.Query
	}{
		{"", normal(nil)},
		{"q=&since=&topic=&limit=", normal(nil)}, // a form that nobody filled in
		{"q=oil+%22interest+rates%22", normal(func(q *index.Query) { q.Text = `oil "interest rates"` })},
		{"match=any&no-aliases=1&lenient=true&explain=on&no-near=true&estimate=true", normal(func(q *index.Query) {
			q.Match, q.NoAliases, q.Lenient, q.Explain, q.NoNear, q.ExactTotal = index.MatchAny, true, true, true, true, false
		})},
		{"match=all&explain=false&sort=relevance&rank=default", normal(nil)},
		{"sort=oldest&rank=blend&recency=90d", normal(func(q *index.Query) {
			q.Sort, q.Rank, q.Recency = index.Oldest, index.RankBlend, 90*24*time.Hour
		})},
		{"limit=0&passages=0&facet-limit=0", normal(func(q *index.Query) { q.Limit, q.Passages, q.FacetLimit = -1, -1, -1 })},
		{"facet=none", normal(func(q *index.Query) { q.Facets = nil })},
		{"facet=source,year&facet=language", normal(func(q *index.Query) { q.Facets = []string{"source", "year", "lang"} })},
		{"source=okoye&source=%3DMeridian+Review&not-source=a&topic=economy&source=b&language=pt", normal(func(q *index.Query) {
			q.Filters = []index.Filter{
				{Facet: "topic", Values: []string{"economy"}},
				{Facet: "source", Values: []string{"okoye", "b"}, Words: true},
				{Facet: "source", Values: []string{"Meridian Review"}},
				{Facet: "source", Values: []string{"a"}, Words: true, Not: true},
				{Facet: "lang", Values: []string{"pt"}},
			}
		})},
		{"since=2w&until=2024-03&timezone=Europe%2FBerlin", normal(func(q *index.Query) {
			q.SinceDate, q.UntilDate, q.Location = "2w", "2024-03", berlin
		})},
	} {
		r, err := Read(tt.address, Search())
		if err != nil {
			t.Errorf("%s: %v", tt.address, err)
			continue
		}
		got := r.Query(time.UTC)
		if diff := cmp.Diff(tt.want, got, cmpopts.IgnoreUnexported(index.Query{}), cmp.Comparer(func(a, b *time.Location) bool { return a.String() == b.String() })); diff != "" {
			t.Errorf("%s: %s", tt.address, diff)
		}
	}
}

func TestReadRefuses(t *testing.T) {
	for _, tt := range []struct{ address, parameter, says, hint string }{
		{"limt=5", "limt", "no such parameter", "did you mean limit?"},
		{"language5=x", "language5", "no such parameter", ""},
		{"q=a&q=b", "q", "more than once", ""},
		{"limit=-1", "limit", "from 0 to 1000", ""},
		{"limit=5000", "limit", "from 0 to 1000", "application/x-ndjson"},
		{"limit=ten", "limit", `not "ten"`, ""},
		{"sort=newst", "sort", "must be one of relevance, newest, oldest, added", "did you mean sort=newest?"},
		{"explain=yes", "explain", "true or false", ""},
		{"facet=sources", "facet", `no facet "sources"`, "did you mean facet=source?"},
		{"facet=none,topic", "facet", "none", ""},
		{"source=%3D", "source", "no name", ""},
		{"since=soon", "since", "", ""},
		{"until=2024-13", "until", "", ""},
		{"recency=5", "recency", "", ""},
		{"timezone=Mars", "timezone", `no time zone "Mars"`, "Europe/Berlin"},
		{"timezone=../../etc/passwd", "timezone", "no time zone", ""},
		{"q=%zz", "q", "encoded", "%25"},
		{"%zz=1", "", "encoded", ""},
		{"q=%ff%fe", "q", "UTF-8", ""},
		{"%ff=1", "", "UTF-8", ""},
		{"q=" + strings.Repeat("a", maxValue+1), "q", "bytes long", ""},
		{"cursor=" + strings.Repeat("a", maxCursor+1), "cursor", "bytes long", ""},
		{strings.Repeat("topic=a&", MaxParameters), "", "parameters", ""},
		{strings.Repeat("x", 5000) + "=1", config.Clip(strings.Repeat("x", 5000), maxClip), "no such parameter", ""},
	} {
		_, err := Read(tt.address, Search())
		var e *Error
		if !errors.As(err, &e) {
			t.Errorf("%.60s: %v", tt.address, err)
			continue
		}
		if e.Parameter != tt.parameter || !strings.Contains(e.Msg, tt.says) || !strings.Contains(e.Hint, tt.hint) {
			t.Errorf("%.60s: %q, hint %q", tt.address, e, e.Hint)
		}
		if len(e.Error()) > 300 {
			t.Errorf("%.60s: the message has %d bytes", tt.address, len(e.Error()))
		}
	}
	// What another place takes is told from what none takes.
	if _, err := Read("limit=5", Selection()); err == nil || !strings.Contains(err.Error(), "of no use here") {
		t.Errorf("limit where there are no hits: %v", err)
	}
}

// What is not asked for of contrasts is left to the library, and what is written is read.
func TestReadContrasts(t *testing.T) {
	for _, tt := range []struct {
		address    string
		parameters []Parameter
		want       Request
	}{
		{"", Compare(), Request{}},
		{"by=year&of=2016&of=2017%7C2018&sides=3&limit=5", Compare(), Request{SplitBy: "year", Of: []string{"2016", "2017|2018"}, Sides: 3, Told: 5}},
		{"limit=25", Words(), Request{Told: 25}},
		{"by=person&of=ledger&min-articles=5&limit=500", Gaps(), Request{SplitBy: "person", Of: []string{"ledger"}, MinArticles: 5, Told: 500}},
	} {
		r, err := Read(tt.address, tt.parameters)
		if err != nil {
			t.Errorf("%s: %v", tt.address, err)
			continue
		}
		got := Request{SplitBy: r.SplitBy, Of: r.Of, Sides: r.Sides, MinArticles: r.MinArticles, Told: r.Told}
		if diff := cmp.Diff(tt.want, got, cmpopts.IgnoreUnexported(Request{})); diff != "" {
			t.Errorf("%s: %s", tt.address, diff)
		}
		again := make(url.Values)
		for _, p := range tt.parameters {
			for _, v := range p.write(&r) {
				again.Add(p.Name, v)
			}
		}
		read, err := Read(again.Encode(), tt.parameters)
		if diff := cmp.Diff(r, read, cmp.AllowUnexported(Request{})); err != nil || diff != "" {
			t.Errorf("%s is written as %s: %v %s", tt.address, again.Encode(), err, diff)
		}
	}
}

// drawRequest draws a request as an address may ask for it.
func drawRequest(t *rapid.T) Request {
	r := New()
	some := rapid.StringMatching(`[a-zA-Zé=&+%#?;:/"' -]{0,12}`)
	r.Text, r.Cursor = some.Draw(t, "text"), some.Draw(t, "cursor")
	r.Match = rapid.SampledFrom([]index.Match{0, 1, 2}).Draw(t, "match")
	r.Sort = rapid.SampledFrom([]index.Sort{0, 1, 2}).Draw(t, "sort")
	r.Rank = rapid.SampledFrom([]index.Ranking{0, 1, 2}).Draw(t, "rank")
	r.Copies = rapid.SampledFrom([]index.Copies{0, 1, 2}).Draw(t, "copies")
	dates := rapid.SampledFrom([]string{"", "2w", "2024-03", "monday"})
	r.Since, r.Until = dates.Draw(t, "since"), dates.Draw(t, "until")
	r.Recency = rapid.SampledFrom([]string{"", "90d", "1y"}).Draw(t, "recency")
	r.Limit, r.Passages, r.FacetLimit = rapid.IntRange(0, MaxLimit).Draw(t, "limit"), rapid.IntRange(0, MaxPassages).Draw(t, "passages"), rapid.IntRange(0, MaxFacetLimit).Draw(t, "facet limit")
	for _, b := range []*bool{&r.Estimate, &r.Lenient, &r.NoAliases, &r.NoNear, &r.Explain} {
		*b = rapid.Bool().Draw(t, "flag")
	}
	r.Facets = rapid.SampledFrom([][]string{nil, {NoFacet}, {"source"}, {"year", "topic"}}).Draw(t, "facets")
	if r.Timezone = rapid.SampledFrom([]string{"", "Asia/Tokyo"}).Draw(t, "zone"); r.Timezone != "" {
		r.location, _ = time.LoadLocation(r.Timezone)
	}
	for range rapid.IntRange(0, 6).Draw(t, "filters") {
		k := kind{facet: rapid.SampledFrom(filtered).Draw(t, "facet"), not: rapid.Bool().Draw(t, "not")}
		k.words = !leveled(k.facet) && rapid.Bool().Draw(t, "words")
		value := rapid.StringMatching(`[a-zA-Zé&+%, ]{0,8}[a-z]`).Draw(t, "value")
		if !k.words && rapid.Bool().Draw(t, "=") && !leveled(k.facet) {
			value = "=" + value
		}
		r.add(k, value)
	}
	return r
}

// What is written as an address is read as the same request.
func TestAddressHoldsAll(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := drawRequest(t)
		for _, address := range []string{want.Encode(), want.Values().Encode()} {
			got, err := Read(address, Search())
			if err != nil {
				t.Fatalf("%s: %v", address, err)
			}
			if diff := cmp.Diff(want, got, cmp.AllowUnexported(Request{}), cmp.Comparer(func(a, b *time.Location) bool { return a.String() == b.String() })); diff != "" {
				t.Fatalf("%s: %s", address, diff)
			}
			if again := got.Encode(); address == want.Encode() && again != address {
				t.Fatalf("%s is written as %s", address, again)
			}
		}
	})
}

// Choosing a value twice gives it up, and changes nothing of what it was chosen in.
func TestToggle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := drawRequest(t)
		r.Cursor = ""
		before := r.Encode()
		facet := rapid.SampledFrom(filtered).Draw(t, "facet")
		value := rapid.SampledFrom([]string{"economy", "Meridian Review", "=", "a,b"}).Draw(t, "value")
		if r.Selected(facet, value) {
			t.Skip("it is one of those that were drawn")
		}
		on := r.Toggle(facet, value)
		if !on.Selected(facet, value) || r.Encode() != before {
			t.Fatalf("%s becomes %s", before, on.Encode())
		}
		if read, err := Read(on.Encode(), Search()); err != nil || !read.Selected(facet, value) {
			t.Fatalf("%s: %v", on.Encode(), err)
		}
		if off := on.Toggle(facet, value); off.Encode() != before {
			t.Fatalf("%s becomes %s", before, off.Encode())
		}
	})
}

func TestEmpty(t *testing.T) {
	for address, want := range map[string]bool{"": true, "q=+": true, "limit=5&sort=newest": true, "q=*": false, "since=2w": false, "topic=a": false} {
		if r, err := Read(address, Search()); err != nil || r.Empty() != want {
			t.Errorf("%q: %t, %v", address, r.Empty(), err)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("q=oil&limit=5&source=%3Da&since=2w")
	f.Fuzz(func(t *testing.T, address string) {
		r, err := Read(address, Search())
		if err != nil {
			return
		}
		again, err := Read(r.Encode(), Search())
		if err != nil || again.Encode() != r.Encode() {
			t.Errorf("%q is written as %q, which is read as %q: %v", address, r.Encode(), again.Encode(), err)
		}
	})
}

// Each parameter says what it is for, once.
func TestParametersAreDocumented(t *testing.T) {
	for _, list := range [][]Parameter{Search(), Similar(), Context(), Quotations(), Timeline(), Compare(), Words(), Gaps(), Suggest()} {
		var names []string
		for _, p := range list {
			if p.Doc == "" || p.Kind == "" || slices.Contains(names, p.Name) || url.QueryEscape(p.Name) != p.Name {
				t.Errorf("%+v", p)
			}
			names = append(names, p.Name)
		}
	}
}
