package server

import (
	"html"
	"log/slog"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/newsq/newsq/index"
)

// Where a token is needed, the page gives the address of a feed with a key, with which a
// reader without the token gets the feed. The key opens nothing else, and no log has it.
func TestFeedWithoutToken(t *testing.T) {
	const token = "0123456789abcdef"
	ix := newIndex(t)
	for _, name := range []string{"oil", "gas"} {
		if err := ix.Save(t.Context(), index.SavedSearch{Name: name, Text: name}); err != nil {
			t.Fatal(err)
		}
	}
	var log lines
	url, stop := start(t, &Options{Index: ix, Token: token, Log: slog.New(slog.NewJSONHandler(&log, nil)), LogRequests: true, LogQueries: true})
	_, page := get(t, http.DefaultClient, url+"/saved", "Authorization", "Bearer "+token)
	found := regexp.MustCompile(`href="(/saved/oil\.atom\?key=([^"&]+))"`).FindStringSubmatch(page)
	if found == nil {
		t.Fatalf("the page has no feed with a key\n%s", page)
	}
	address, key := html.UnescapeString(found[1]), found[2]
	res, feed := get(t, http.DefaultClient, url+address)
	if res.StatusCode != http.StatusOK || !strings.Contains(feed, "The price of &lt;b&gt;oil&lt;/b&gt; fell.") {
		t.Errorf("%s %s", res.Status, feed)
	}
	if !strings.Contains(feed, `href="`+url+html.EscapeString(address)+`"`) {
		t.Errorf("the feed doesn't have its own address %s\n%s", url+address, feed)
	}
	for _, other := range []string{"/saved/oil.atom", "/saved/gas.atom?key=" + key, "/saved/oil?key=" + key, "/api/v1/saved?key=" + key, "/?key=" + key} {
		if res, _ := get(t, http.DefaultClient, url+other); res.StatusCode != http.StatusUnauthorized {
			t.Errorf("%s: %s", other, res.Status)
		}
	}
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	if text := log.String(); strings.Contains(text, key) || !strings.Contains(text, `"kind":"feed"`) {
		t.Errorf("log:\n%s", text)
	}
}
