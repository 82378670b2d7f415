package corpus

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
)

// paper is a web server with a feed and its pages.
type paper struct {
	mu    sync.Mutex
	items []string // titles, the newest first
	asked []string // what was asked for
	sent  int      // feeds that were sent
}

func (p *paper) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.asked = append(p.asked, r.URL.Path)
	tag := fmt.Sprintf(`"%d"`, len(p.items))
	switch {
	case r.URL.Path == "/feed" && r.Header.Get("If-None-Match") == tag:
		w.WriteHeader(http.StatusNotModified)
	case r.URL.Path == "/feed":
		p.sent++
		w.Header().Set("ETag", tag)
		w.Header().Set("Content-Type", "application/rss+xml")
		io.WriteString(w, `<rss version="2.0"><channel><title>The Coast</title>`)
		for _, title := range p.items[:min(len(p.items), 2)] {
			fmt.Fprintf(w, "<item><title>%[1]s</title><guid isPermaLink=\"true\">http://%[2]s/%[1]s</guid><description>In short, %[1]s.</description></item>", title, r.Host)
		}
		io.WriteString(w, "</channel></rss>")
	case r.URL.Path == "/all.jsonl":
		io.WriteString(w, "{\"title\": \"A\"}\n{\"title\": \"B\"}\n")
	case r.URL.Path == "/robots.txt":
		io.WriteString(w, "User-agent: *\nDisallow: /Closed\n")
	case r.URL.Path == "/gone":
		w.WriteHeader(http.StatusGone)
	default:
		fmt.Fprintf(w, "<html><head><title>%[1]s</title></head><body><article><h1>%[1]s</h1><p>%[2]s</p><p>%[2]s</p></article></body></html>",
			strings.Trim(r.URL.Path, "/"), strings.Repeat("The whole story of the ships of Vessem and its harbour. ", 20))
	}
}

// reread reads a source as a sync does that knows these stamps, and notes those that
// it sees.
func reread(t *testing.T, src *Files, stamps map[string]string) (articles []Article, errs []error) {
	t.Helper()
	src.Know(func(key string) (string, bool) { s, ok := stamps[key]; return s, ok })
	for e, err := range src.Entries(t.Context()) {
		if err != nil {
			errs = append(errs, err)
			continue
		}
		if stamps[e.Key] == e.Stamp {
			continue
		}
		stamps[e.Key] = e.Stamp
		for a, err := range e.Articles(context.Background()) {
			if err != nil {
				errs = append(errs, err)
			} else {
				articles = append(articles, a)
			}
		}
	}
	return articles, errs
}

func titlesOf(articles []Article) (titles []string) {
	for _, a := range articles {
		titles = append(titles, a.Title)
	}
	return titles
}

// A feed is asked for only what changed, and what it has dropped has not vanished.
func TestFeedAtAddress(t *testing.T) {
	p := &paper{items: []string{"Ships", "Ports"}}
	server := httptest.NewServer(p)
	defer server.Close()
	src := open(t, Options{}, server.URL+"/feed")
	stamps := map[string]string{}
	articles, errs := reread(t, src, stamps)
	if got := titlesOf(articles); !slices.Equal(got, []string{"Ships", "Ports"}) || len(errs) > 0 {
		t.Fatal(got, errs)
	}
	if a := articles[0]; a.Source != "The Coast" || a.URL != server.URL+"/Ships" || !strings.HasPrefix(a.Key, server.URL+"/feed#") {
		t.Errorf("%+v", a)
	}
	if articles, errs = reread(t, src, stamps); len(articles)+len(errs) > 0 || p.sent != 1 {
		t.Error(articles, errs, p.sent)
	}
	p.items = append([]string{"Pilots"}, p.items...)
	if articles, errs = reread(t, src, stamps); !slices.Equal(titlesOf(articles), []string{"Pilots"}) || len(errs) > 0 {
		t.Error(articles, errs)
	}
	for key := range stamps {
		if src.Covers(key) != (key == server.URL+"/feed") {
			t.Errorf("Covers(%s) is %v", key, src.Covers(key))
		}
	}
}

func TestFullText(t *testing.T) {
	p := &paper{items: []string{"Ships", "Closed"}}
	server := httptest.NewServer(p)
	defer server.Close()
	src := open(t, Options{FullText: true}, server.URL+"/feed")
	stamps := map[string]string{}
	articles, errs := reread(t, src, stamps)
	if len(articles) != 2 || !strings.Contains(articles[0].Body, "The whole story") || strings.Contains(articles[1].Body, "The whole story") {
		t.Errorf("%+v", articles)
	}
	if len(errs) != 1 || !errors.Is(errs[0], ErrPartial) || !strings.Contains(errs[0].Error(), "robots.txt") {
		t.Error(errs)
	}
	if slices.Contains(p.asked, "/Closed") {
		t.Error("a page was fetched that robots.txt closes")
	}
}

func TestFileAtAddress(t *testing.T) {
	server := httptest.NewServer(&paper{items: []string{"Ships"}})
	defer server.Close()
	src := open(t, Options{}, server.URL+"/all.jsonl", server.URL+"/gone", server.URL+"/Harbour")
	stamps := map[string]string{}
	articles, errs := reread(t, src, stamps)
	if got := titlesOf(articles); !slices.Equal(got, []string{"A", "B", "Harbour"}) {
		t.Error(got)
	}
	if len(errs) != 1 || !strings.Contains(errs[0].Error(), "410 Gone (look for its new address)") {
		t.Error(errs)
	}
	if articles, _ = reread(t, src, stamps); len(articles) > 0 {
		t.Error("what did not change was read again", titlesOf(articles))
	}
}

func TestAddress(t *testing.T) {
	for given, want := range map[string]string{
		"https://Example.org": "https://example.org/", "HTTP://example.org:8080/A?b=C#d": "http://example.org:8080/A?b=C",
	} {
		if !isAddress(given) {
			t.Errorf("%s is no address", given)
		}
		if got, err := addressKey(given); err != nil || got != want {
			t.Errorf("%s: %s, %v", given, got, err)
		}
	}
	for _, path := range []string{"a/b", "C:\\x", "ftp://example.org/x", "-", ""} {
		if isAddress(path) {
			t.Errorf("%s is an address", path)
		}
	}
	if _, err := Open("https://"); err == nil {
		t.Error("an address without a host was taken")
	}
}
