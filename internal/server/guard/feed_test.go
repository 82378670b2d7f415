package guard_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"github.com/newsq/newsq/internal/server/guard"
)

// The key to a feed opens that feed, for reading, and nothing else.
func TestFeedKey(t *testing.T) {
	token, err := guard.NewToken("a-token-that-is-long")
	if err != nil {
		t.Fatal(err)
	}
	other, err := guard.NewToken("another-token-as-long")
	if err != nil {
		t.Fatal(err)
	}
	h := token.Handler(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	key := token.FeedKey("/saved/größe.atom")
	const path = "/saved/gr%C3%B6%C3%9Fe.atom?key="
	for _, test := range []struct {
		method, address string
		status          int
	}{
		{http.MethodGet, path + key, http.StatusOK},
		{http.MethodHead, path + key, http.StatusOK},
		{http.MethodPost, path + key, http.StatusUnauthorized},
		{http.MethodGet, path, http.StatusUnauthorized},
		{http.MethodGet, path + key + "x", http.StatusUnauthorized},
		{http.MethodGet, path + other.FeedKey("/saved/größe.atom"), http.StatusUnauthorized},
		{http.MethodGet, "/saved/rates.atom?key=" + key, http.StatusUnauthorized},
		{http.MethodGet, "/?key=" + token.FeedKey("/"), http.StatusUnauthorized},
	} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), test.method, test.address, nil))
		if w.Code != test.status {
			t.Errorf("%s %s: %d, want %d", test.method, test.address, w.Code, test.status)
		}
	}
}

func TestWithoutKey(t *testing.T) {
	for address, want := range map[string]string{
		"/saved/a.atom?key=secret": "/saved/a.atom?key=-", "/saved/a.atom?k%65y=secret": "/saved/a.atom?key=-", "/?q=key": "/?q=key",
	} {
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		if got := guard.WithoutKey(u); got != want {
			t.Errorf("%s is logged as %s, want %s", address, got, want)
		}
	}
}
