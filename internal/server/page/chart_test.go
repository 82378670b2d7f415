package page

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/newsq/newsq/corpus"
)

// on returns an article of a day.
func on(day string) corpus.Article {
	at, err := time.Parse(time.DateOnly, day)
	if err != nil {
		panic(err)
	}
	return corpus.Article{ID: "id-" + day, Title: "Oil on " + day, Published: at, PublishedAs: day}
}

func TestChart(t *testing.T) {
	for _, tt := range []struct {
		name  string
		days  []string
		unit  string
		n     int
		first string // the first bar
		tick  string // the address of the last tick
	}{
		{"days", []string{"2024-03-05", "2024-03-05", "2024-03-09", "2024-04-01"}, "day", 28, "/?q=oil&since=2024-03-05&until=2024-03-05", "/?q=oil&since=2024-04-01&until=2024-04-01"},
		{"months", []string{"2023-11-05", "2024-03-09"}, "month", 5, "/?q=oil&since=2023-11&until=2023-11", "/?q=oil&since=2024-03&until=2024-03"},
		{"years as ticks", []string{"2015-11-05", "2024-03-09"}, "month", 101, "/?q=oil&since=2015-11&until=2015-11", "/?q=oil&since=2024&until=2024"},
		{"years", []string{"1990-11-05", "2024-03-09"}, "year", 35, "/?q=oil&since=1990&until=1990", ""},
		{"decades", []string{"1791-11-05", "2024-03-09"}, "2 years", 118, "/?q=oil&since=1790&until=1791", ""},
	} {
		var articles []corpus.Article
		for i, day := range tt.days {
			a := on(day)
			a.ID += fmt.Sprint(i)
			articles = append(articles, a)
		}
		a := get(t, New(Options{Index: indexOf(t, articles...), Zone: time.UTC}), "/?q=oil")
		chart := a.elements("figure.chart")
		if len(chart) != 1 {
			t.Errorf("%s: no chart in %s", tt.name, textOf(a.root))
			continue
		}
		svg := a.elements("svg")[0]
		if got := attribute(svg, "aria-label"); got != "Articles by "+tt.unit || attribute(svg, "data-n") != fmt.Sprint(tt.n) {
			t.Errorf("%s: %s, %s bars", tt.name, got, attribute(svg, "data-n"))
		}
		bars := links(chart[0])
		if got := attribute(bars[0], "href"); got != tt.first {
			t.Errorf("%s: the first bar leads to %s", tt.name, got)
		}
		if got := attribute(bars[len(bars)-1], "href"); tt.tick != "" && got != tt.tick && !strings.HasPrefix(tt.tick, got) {
			t.Errorf("%s: the last tick leads to %s", tt.name, got)
		}
		// What a bar says is what its address finds.
		first := get(t, New(Options{Index: indexOf(t, articles...), Zone: time.UTC}), tt.first)
		if !strings.HasSuffix(textOf(bars[0]), fmt.Sprintf(": %d", count(t, first))) {
			t.Errorf("%s: the bar says %q, and there are %d", tt.name, textOf(bars[0]), count(t, first))
		}
	}
	one := get(t, New(Options{Index: indexOf(t, on("2024-03-05")), Zone: time.UTC}), "/?q=oil")
	if len(one.elements("figure.chart")) != 0 {
		t.Error("a chart of a single day")
	}
	undated := get(t, New(Options{Index: indexOf(t, on("2024-03-05"), corpus.Article{ID: "x", Title: "Oil"})}), "/?q=oil")
	if !strings.Contains(textOf(undated.root), "1 article without a date") {
		t.Error("nothing is said of the article without a date")
	}
}
