package page

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/newsq/newsq/corpus"
)

// dispatch is a text that is long enough to be known as a copy.
const dispatch = "The oil ministry said on Monday that exports from the northern fields had fallen by a tenth since spring. " +
	"Officials blamed a pipeline that was shut for repairs after a leak near the border. " +
	"Traders had expected a smaller loss, and prices rose within the hour to their highest since March. " +
	"The minister promised that the line would be open again before the end of the month."

func TestCopies(t *testing.T) {
	day := time.Date(2024, 3, 5, 8, 0, 0, 0, time.UTC)
	var articles []corpus.Article
	for i, outlet := range []string{"Ledger", "Post", "Courier"} {
		a := corpus.Article{ID: fmt.Sprint("copy", i), Title: "Oil exports fall by a tenth", Body: dispatch, Source: outlet, Published: day.Add(time.Duration(i) * time.Hour)}
		if i == 1 {
			a.Body += " The opposition <b>called</b> for an inquiry."
		}
		articles = append(articles, a)
	}
	articles = append(articles, corpus.Article{ID: "other", Title: "Gas", Body: "Gas is no oil.", Published: day})
	h := New(Options{Index: indexOf(t, articles...)})
	found := get(t, h, "/?q=oil")
	if got := found.texts("h1")[0]; got != "4 articles in 2 stories" {
		t.Errorf("heading %q", got)
	}
	copies := found.texts("p.copies")
	if len(copies) != 1 || !strings.HasPrefix(copies[0], "and 2 more: ") {
		t.Fatalf("copies %q", copies)
	}
	each := get(t, h, found.link("Show each"))
	if n := len(each.elements("li.hit")); n != 4 || each.link("Show a story once") != "/?q=oil" {
		t.Errorf("%d hits, once at %q", n, each.link("Show a story once"))
	}
	address, place, _ := strings.Cut(found.link("and 2 more"), "#")
	if place != "copies" {
		t.Errorf("copies are at %q", place)
	}
	a := get(t, h, "/a/copy0?q=oil")
	if !strings.HasPrefix(address, "/a/copy") || a.texts("ul.related")[0] == "" {
		t.Fatalf("copies at %q: %q", address, a.texts("ul.related"))
	}
	if got := a.texts("ins"); !slices.Equal(got, []string{"The opposition <b>called</b> for an inquiry."}) {
		t.Errorf("new sentences %q", got)
	}
	if got := a.link("Oil exports"); !strings.HasSuffix(got, "?q=oil") {
		t.Errorf("a copy is at %q", got)
	}
}

func TestRelated(t *testing.T) {
	h := New(Options{Index: samples(t)})
	found := get(t, h, "/?q=sanctions")
	a := get(t, h, attribute(links(found.elements("li.hit")[0])[0], "href"))
	for _, s := range a.elements("section") {
		if attribute(s, "id") == "related" {
			if n := len(links(s)); n == 0 || n > maxRelated {
				t.Errorf("%d related articles", n)
			}
			return
		}
	}
	t.Error("nothing is related")
}
