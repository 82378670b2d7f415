package page

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/newsq/newsq/corpus"
)

func TestSyntaxError(t *testing.T) {
	h := New(Options{Index: samples(t)})
	for _, tt := range []struct{ q, at, mend string }{
		{"(oil gas", "(oil", "oil gas"},
		{`"oil`, `"oil`, `"oil"`},
		{"oil OR", "OR", "oil"},
		{"%C3%A9t%C3%A9 %28gas", "(gas", "été gas"},
		{"oil autor:okoye gas", "autor:okoye", "oil author:okoye gas"},
	} {
		a := get(t, h, "/?q="+strings.ReplaceAll(tt.q, " ", "+")+"&topic=energy")
		if a.Code != http.StatusBadRequest || a.texts("h1")[0] != "This query cannot be read" {
			t.Errorf("%s: status %d, %q", tt.q, a.Code, a.texts("h1"))
			continue
		}
		if got := a.texts("strong.at"); len(got) != 1 || got[0] != tt.at {
			t.Errorf("%s: the place is %q", tt.q, got)
		}
		if got := a.texts("a.proposal"); len(got) == 0 || got[0] != tt.mend {
			t.Errorf("%s: mends %q", tt.q, got)
		} else if next := get(t, h, a.link(got[0])); next.Code != http.StatusOK || !strings.Contains(a.link(got[0]), "topic=energy") {
			t.Errorf("%s: %s leads to %d", tt.q, got, next.Code)
		}
	}
}

func TestProblems(t *testing.T) {
	h := New(Options{Index: indexOf(t, corpus.Article{ID: "ab1", Title: "Oil"}, corpus.Article{ID: "ab2", Title: "Gas"})})
	for _, tt := range []struct {
		address string
		status  int
		says    string
		link    string // that is there, with its address
		to      string
	}{
		{"/nowhere", 404, "There is nothing at", "What is in the index", "/"},
		{"/a/zebra", 404, "There is no article of this id", "", ""},
		{"/a/ab", 409, "Several articles", "Gas (ab2)", "/a/ab2"},
		{"/?q=oil&sorted=newest", 400, "there is no such parameter", "without it", "/?q=oil"},
		{"/?q=oil&sort=newst", 400, "sort=newest", "without it", "/?q=oil"},
		{"/?q=oil&rank=blend", 422, "vectors", "by words alone", "/?q=oil"},
		{"/a/ab1?limt=1", 400, "limit", "without it", "/a/ab1"},
	} {
		a := get(t, h, tt.address)
		if a.Code != tt.status || !strings.Contains(textOf(a.elements("main")[0]), tt.says) {
			t.Errorf("%s: status %d, %q", tt.address, a.Code, textOf(a.elements("main")[0]))
		}
		if tt.link != "" && a.link(tt.link) != tt.to {
			t.Errorf("%s: %q leads to %q", tt.address, tt.link, a.link(tt.link))
		}
	}
	w := httptest.NewRecorder()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/?q=oil", nil)
	r.Header.Set("Accept", "text/html")
	h.ServeHTTP(w, r)
	if w.Code != http.StatusMethodNotAllowed || w.Header().Get("Allow") != "GET, HEAD" {
		t.Errorf("POST: %d", w.Code)
	}
}

func TestNothingFound(t *testing.T) {
	h := New(Options{Index: indexOf(t,
		corpus.Article{ID: "a", Title: "Oil", Body: "The price of oil.", Source: "The Ledger"},
		corpus.Article{ID: "b", Title: "Gas", Body: "The price of gas.", Source: "The Post"},
	)})
	a := get(t, h, "/?q=%22oil%22+%22zebra%22&match=strict")
	if got := textOf(a.elements("main")[0]); !strings.Contains(got, "None of 2 articles matches") || !strings.Contains(got, "No article has \"zebra\"") {
		t.Errorf("%q", got)
	}
	if got := a.link("1 article"); got != "/?q=%22oil%22&match=strict" {
		t.Errorf("without the word: %q", got)
	}
	a = get(t, h, "/?q=oil&source=%3DThe+Post")
	if got := a.link("1 article"); got != "/?q=oil" {
		t.Errorf("without the filter: %q, %q", got, textOf(a.elements("main")[0]))
	}
	a = get(t, h, "/?q=oil+gas+zebra")
	if got := textOf(a.elements("main")[0]); !strings.Contains(got, "No article has all the words") || !strings.Contains(got, "without “gas”, “zebra”") {
		t.Errorf("relaxed: %q", got)
	}
}
