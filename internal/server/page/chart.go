package page

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/dustin/go-humanize"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/render"
	"github.com/newsq/newsq/internal/server/ask"
)

// chartView is how many articles there are of each time. A bar is 1 wide, and the drawing
// is stretched to the width of the page.
type chartView struct {
	Unit  string // month, say: what a bar is
	Path  string // of all bars, as SVG has it
	N     int    // bars, those of no height among them
	Bars  []bar
	Ticks []tick
	// For the script: the address without dates, the first bar, what a bar is, and how
	// many of these.
	Any, First, Step string
	Each             int
}

// The height of the highest bar and of a bar at least, in pixels.
const (
	chartHeight = 56
	minBar      = 2
)

// bar is a time with the number of its articles.
type bar struct {
	X           int
	Href, Label string
}

// tick is a name below the bars.
type tick struct {
	X, Text, Href, Label string
	End                  bool // the text ends there, or it would reach beyond the chart
}

// The most bars, and the most ticks, that can be told apart on a narrow screen.
const (
	maxBars  = 150
	maxTicks = 10
	// fewMonths is the number of months below which days are shown.
	fewMonths = 3
)

// span is a number of units of time that the bars of a chart stand for.
type span struct {
	unit  string
	first time.Time
	n     int                             // bars
	each  int                             // units in a bar
	next  func(time.Time, int) time.Time  // so many bars later
	form  string                          // of dates in addresses, in layouts of package time
	name  string                          // of a bar
	tick  func(t time.Time, i int) string // the name below it; empty for none
}

// chart returns the chart of the dates of what was found, and how many articles have none.
// It is nil where there is nothing to compare. q is what found res, with counts of months.
func (p *page) chart(ctx context.Context, r *ask.Request, q index.Query, res *index.Results) (*chartView, string, error) {
	counts := countsOf(res, index.FacetMonth)
	dated := 0
	for _, v := range counts {
		dated += v.Count
	}
	undated := ""
	if n := res.Total - dated; n > 0 && res.Exact && dated > 0 {
		undated = render.Count(n, "article", "articles") + " without a date"
	}
	first, last, ok := bounds(counts, "2006-01")
	if !ok {
		return nil, "", nil
	}
	months := monthsBetween(first, last) + 1
	if months < fewMonths {
		q.Limit, q.Cursor, q.NoNear, q.Facets = -1, "", true, []string{index.FacetDay}
		if res.Relaxed {
			q.Match = index.MatchAny
		}
		days, err := p.Index.Search(ctx, q)
		if err != nil {
			return nil, "", err
		}
		counts = countsOf(days, index.FacetDay)
		if first, last, ok = bounds(counts, "2006-01-02"); !ok || first.Equal(last) {
			return nil, undated, nil
		}
		n := int(last.Sub(first).Hours()/24) + 1
		return newChart(r, span{
			unit: "day", each: 1, first: first, n: n, form: "2006-01-02", name: "2 January 2006",
			next: func(t time.Time, n int) time.Time { return t.AddDate(0, 0, n) },
			tick: every(n, "2 Jan"),
		}, counts), undated, nil
	}
	return newChart(r, monthsOrYears(first, last, months), counts), undated, nil
}

// monthsOrYears returns the bars for a number of months: months, or years where these would
// be too many, several at a time if need be.
func monthsOrYears(first, last time.Time, months int) span {
	if months <= maxBars {
		s := span{
			unit: "month", each: 1, first: first, n: months, form: "2006-01", name: "Jan 2006",
			next: func(t time.Time, n int) time.Time { return t.AddDate(0, n, 0) },
		}
		if months <= 2*maxTicks {
			s.tick = every(months, "Jan 2006")
			return s
		}
		years := last.Year() - first.Year() + 1
		step := (years + maxTicks - 1) / maxTicks
		s.tick = func(t time.Time, i int) string {
			if t.Month() == time.January && (last.Year()-t.Year())%step == 0 {
				return t.Format("2006")
			}
			return ""
		}
		return s
	}
	step := 1
	for _, step = range []int{1, 2, 5, 10, 20, 50, 100, 1000} {
		if last.Year()/step-first.Year()/step < maxBars {
			break
		}
	}
	from := time.Date(first.Year()/step*step, 1, 1, 0, 0, 0, 0, time.UTC)
	n := last.Year()/step - first.Year()/step + 1
	s := span{
		unit: "year", each: step, first: from, n: n, form: "2006", name: "2006",
		next: func(t time.Time, n int) time.Time { return t.AddDate(n*step, 0, 0) },
		tick: every(n, "2006"),
	}
	return s
}

// every names some of n bars, as many as there is room for.
func every(n int, form string) func(time.Time, int) string {
	step := (n + maxTicks - 1) / maxTicks
	return func(t time.Time, i int) string {
		if i%step != 0 {
			return ""
		}
		return t.Format(form)
	}
}

// newChart counts articles by the bars of a span, and draws them.
func newChart(r *ask.Request, s span, counts []index.FacetValue) *chartView {
	sums := make([]int, s.n)
	at := make(map[string]int, s.n) // what a period of the counts belongs to
	for i := range s.n {
		for t := s.next(s.first, i); t.Before(s.next(s.first, i+1)); t = t.AddDate(0, 1, 0) {
			at[t.Format("2006-01")] = i
			if s.unit == "day" {
				at[t.Format(s.form)] = i
				break
			}
		}
	}
	highest := 1
	for _, v := range counts {
		if i, ok := at[v.Value]; ok {
			sums[i] += v.Count
			highest = max(highest, sums[i])
		}
	}
	dates := func(since, until string) string {
		c := r.Clone()
		c.Cursor, c.Since, c.Until = "", since, until
		return searchAddress(c)
	}
	chart := &chartView{
		Unit: s.unit, Step: s.unit, Each: s.each, Any: dates("", ""), First: s.first.Format(s.form), N: s.n,
	}
	if s.each > 1 {
		chart.Unit = strconv.Itoa(s.each) + " years"
	}
	var path strings.Builder
	for i, n := range sums {
		from, to := s.next(s.first, i), s.next(s.first, i+1).AddDate(0, 0, -1)
		since, until := from.Format(s.form), to.Format(s.form)
		name := from.Format(s.name)
		if until != since {
			name += "–" + to.Format(s.name)
		}
		b := bar{X: i, Href: dates(since, until), Label: name + ": " + humanize.Comma(int64(n))}
		if n > 0 {
			height := max(minBar, n*chartHeight/highest)
			fmt.Fprintf(&path, "M%d %dv-%dh.9v%d", i, chartHeight, height, height)
			chart.Bars = append(chart.Bars, b)
		}
		if text := s.tick(from, i); text != "" {
			chart.Ticks = append(chart.Ticks, newTick(text, from, b, s, counts, dates))
		}
	}
	chart.Path = path.String()
	return chart
}

// newTick returns the tick at a bar. Where it names a year, it is a link to all of it.
func newTick(text string, from time.Time, b bar, s span, counts []index.FacetValue, dates func(since, until string) string) tick {
	t := tick{X: percent(b.X, s.n), Text: text, Href: b.Href, Label: b.Label}
	if t.End = b.X*20 >= s.n*19; t.End {
		t.X = "100%"
	}
	if s.unit == "month" && text == from.Format("2006") {
		n := 0
		for _, v := range counts {
			if len(v.Value) > len(text) && v.Value[:len(text)] == text {
				n += v.Count
			}
		}
		t.Href, t.Label = dates(text, text), text+": "+render.Count(n, "article", "articles")
	}
	return t
}

// percent is i of n, to a hundredth.
func percent(i, n int) string {
	return strconv.FormatFloat(float64(i)*100/float64(n), 'f', 2, 64) + "%"
}

// countsOf returns the values of a facet.
func countsOf(res *index.Results, facet string) []index.FacetValue {
	for _, f := range res.Facets {
		if f.Name == facet {
			return f.Values
		}
	}
	return nil
}

// bounds returns the first and the last of some periods.
func bounds(counts []index.FacetValue, form string) (first, last time.Time, ok bool) {
	for _, v := range counts {
		t, err := time.Parse(form, v.Value)
		if err != nil || v.Count == 0 {
			continue
		}
		if !ok || t.Before(first) {
			first = t
		}
		if !ok || t.After(last) {
			last = t
		}
		ok = true
	}
	return first, last, ok
}

func monthsBetween(a, b time.Time) int {
	return (b.Year()-a.Year())*12 + int(b.Month()) - int(a.Month())
}
