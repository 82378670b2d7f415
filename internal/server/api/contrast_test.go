package api

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/server/problem"
	"github.com/newsq/newsq/internal/wire"
)

// outletsOf makes two outlets that tell of one border in words of their own, and of one
// harvest, which the second leaves out.
func outletsOf(t *testing.T) *index.Index {
	t.Helper()
	day := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	var articles []corpus.Article
	for i := range 40 {
		for _, o := range []struct{ source, word string }{{"Meridian Review", "undocumented"}, {"Northern Ledger", "illegal"}} {
			a := corpus.Article{
				ID: fmt.Sprint(o.word, i), Source: o.source, Published: day.AddDate(0, 0, i), Path: "/srv/a", URL: "file:///srv/a", Topics: []corpus.Topic{{Path: "migration"}},
				Title: fmt.Sprintf("Border in %d", i), Body: fmt.Sprintf("At the border number%d there were %s workers, of whom some%d stayed.", i, o.word, i),
			}
			a.Handling = &corpus.Handling{NoAI: true}
			if i%2 == 0 && o.source == "Meridian Review" {
				a.Topics = []corpus.Topic{{Path: "farms"}}
			}
			articles = append(articles, a)
		}
	}
	r, _ := newIndexOf(t, articles...)
	return r
}

func TestCompare(t *testing.T) {
	h := New(Options{Index: outletsOf(t)})
	for _, address := range []string{"compare?q=border", "compare?q=border&of=meridian&of=gazette|ledger", "compare?q=border&by=source&sides=2&limit=5"} {
		var c wire.Comparison
		if res := get(t, h, Root+address, &c); res.StatusCode != http.StatusOK || len(c.Sides) != 2 || c.Query != "border" || c.By != "source" || c.Articles != 80 {
			t.Errorf("%s: %s, %+v", address, res.Status, c)
			continue
		}
		for _, s := range c.Sides {
			if len(s.Terms) == 0 || s.Articles != 40 {
				t.Errorf("%s: %+v", address, s)
				continue
			}
			want := map[bool]string{true: "undocu", false: "illeg"}[strings.HasPrefix(strings.ToLower(s.Value), "meridian")]
			p := s.Terms[0].Passage
			if !strings.HasPrefix(s.Terms[0].Stems[0], want) || p == nil || p.URL != "" || p.Handling == nil || !p.Handling.NoAI || len(p.Matches) == 0 {
				t.Errorf("%s: %+v", address, s.Terms[0])
			}
		}
	}
}

func TestWords(t *testing.T) {
	h := New(Options{Index: outletsOf(t), ShowPaths: true})
	var w wire.Words
	get(t, h, Root+"words?source=meridian&limit=1", &w)
	if w.Articles != 40 || w.Others != 40 || len(w.Terms) != 1 || !strings.HasPrefix(w.Terms[0].Stems[0], "undocu") || w.Terms[0].Passage.URL == "" {
		t.Errorf("%+v", w)
	}
}

func TestGaps(t *testing.T) {
	h := New(Options{Index: outletsOf(t)})
	var g wire.Gaps
	get(t, h, Root+"gaps?of=ledger&until=2024-12", &g)
	if len(g.Gaps) != 1 || g.By != "topic" || len(g.Outlets) != 1 {
		t.Fatalf("%+v", g)
	}
	x := g.Gaps[0]
	if x.Outlet != "Northern Ledger" || x.Value != "farms" || x.Observed != 0 || x.Expected != 20 || x.Example == nil || x.Example.URL != "" {
		t.Errorf("%+v", x)
	}
	if get(t, h, Root+"gaps?min-articles=41", &g); len(g.Gaps) != 0 || g.TooSmall != 2 {
		t.Errorf("of larger outlets: %+v", g)
	}
}

// What can't be compared is the fault of who asks, and is said so.
func TestContrastsThatCannotBe(t *testing.T) {
	h := New(Options{Index: outletsOf(t)})
	for address, says := range map[string]string{
		"compare?q=border&of=meridian":                   "of",
		"compare?q=border" + strings.Repeat("&of=a", 13): "12 sides",
		"compare?q=border&sides=1":                       "from 2 to 12",
		"compare?q=border&limit=101":                     "from 1 to 100",
		"compare?q=border&limit=0":                       "from 1 to 100",
		"compare?q=border&by=colour":                     "colour",
		"compare?q=border&of=a|&of=b":                    "no name",
		"compare?q=border&passages=2":                    "of no use here",
		"words":                                          "missing",
		"compare":                                        "missing",
		"words?q=border&limit=1000":                      "from 1 to 100",
		"words?q=border&of=a":                            "no such parameter",
		"gaps?by=source":                                 "source",
		"gaps?limit=501":                                 "from 1 to 500",
		"gaps?min-articles=0":                            "from 1",
		"gaps?q=a" + strings.Repeat("&of=a", 41):         "40 outlets",
	} {
		var p problem.Problem
		if get(t, h, Root+address, &p); p.Status != http.StatusBadRequest || p.Type != problem.Parameter || !strings.Contains(p.Detail, says) || strings.Contains(p.Hint, "cursor") {
			t.Errorf("%s: %+v", address, p)
		}
	}
	var p problem.Problem
	if get(t, h, Root+"compare?q=border&by=year&of=2024&of=soon", &p); p.Type != problem.Query || !strings.Contains(p.Detail, "soon") {
		t.Errorf("%+v", p)
	}
	if get(t, h, Root+"compare?q=border+(", &p); p.Type != problem.Syntax || p.Place == nil {
		t.Errorf("%+v", p)
	}
	// Sides that name no outlet, or nothing that can be told apart by time, are said in words.
	for _, address := range []string{"compare?q=border&of=zebra&of=quagga", "compare?q=zebra", "compare?q=border&by=year", "gaps?of=zebra"} {
		var c struct{ Warnings []string }
		if res := get(t, h, Root+address, &c); res.StatusCode != http.StatusOK {
			t.Errorf("%s: %s", address, res.Status)
		}
	}
}

// They take turns, and have tags.
func TestContrastsTakeTurns(t *testing.T) {
	taken, given := 0, 0
	h := New(Options{Index: outletsOf(t), Take: func(context.Context) (func(), error) {
		taken++
		return func() { given++ }, nil
	}})
	addresses := []string{"compare?q=border", "words?q=border", "gaps"}
	for i, address := range addresses {
		var any map[string]any
		res := get(t, h, Root+address, &any)
		if taken != i+1 || given != taken {
			t.Errorf("%s: %d turns taken, %d given back", address, taken, given)
		}
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, Root+address, nil)
		r.Header.Set("If-None-Match", res.Header.Get("ETag"))
		w := httptest.NewRecorder()
		if h.ServeHTTP(w, r); w.Code != http.StatusNotModified || taken != i+1 {
			t.Errorf("%s with its tag: %d, %d turns", address, w.Code, taken)
		}
	}
}
