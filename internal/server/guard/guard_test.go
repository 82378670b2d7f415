package guard

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/newsq/newsq/internal/server/problem"
)

func TestTurns(t *testing.T) {
	turns := NewTurns(1, 1, time.Hour)
	first, err := turns.Take(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var wait sync.WaitGroup
	wait.Go(func() {
		release, err := turns.Take(t.Context())
		if err != nil {
			t.Error(err)
			return
		}
		release()
	})
	for turns.Waiting() == 0 {
		time.Sleep(time.Millisecond)
	}
	_, err = turns.Take(t.Context())
	var p *problem.Problem
	if !errors.As(err, &p) || p.Type != problem.Busy || turns.Shed() != 1 {
		t.Errorf("one too many: %v, shed %d", err, turns.Shed())
	}
	w := httptest.NewRecorder()
	p.Write(w, httptest.NewRequest(http.MethodGet, "/", nil))
	if w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") == "" {
		t.Errorf("%d %v", w.Code, w.Header())
	}
	first()
	wait.Wait()
	// Nobody waits for longer than the bound, or than who asks.
	turns = NewTurns(1, 5, time.Millisecond)
	if _, err = turns.Take(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err = turns.Take(t.Context()); !errors.As(err, &p) || p.Type != problem.Busy {
		t.Errorf("waited: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	turns = NewTurns(1, 5, time.Hour)
	if _, err = turns.Take(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err = turns.Take(ctx); !errors.Is(err, context.Canceled) || turns.Waiting() != 0 {
		t.Errorf("given up: %v, %d wait", err, turns.Waiting())
	}
}

const secret = "0123456789abcdef"

func guarded(t *testing.T) http.Handler {
	t.Helper()
	token, err := NewToken(secret)
	if err != nil {
		t.Fatal(err)
	}
	return Headers(SameOrigin(token.Handler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte("inside")) }), "/livez")))
}

func TestBrowserLogsIn(t *testing.T) {
	h := guarded(t)
	do := func(method, path, body string, headers ...string) *http.Response {
		t.Helper()
		r := httptest.NewRequestWithContext(t.Context(), method, path, strings.NewReader(body))
		r.Header.Set("Accept", "text/html")
		if body != "" {
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		}
		for i := 0; i < len(headers); i += 2 {
			r.Header.Set(headers[i], headers[i+1])
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w.Result()
	}
	res := do("GET", "/?q=oil", "")
	if res.StatusCode != http.StatusSeeOther || res.Header.Get("Location") != "/login?next=%2F%3Fq%3Doil" {
		t.Fatalf("%s %v", res.Status, res.Header)
	}
	res = do("GET", "/login?next=%2F%3Fq%3Doil", "")
	if csp := res.Header.Get("Content-Security-Policy"); res.StatusCode != http.StatusOK || !strings.Contains(csp, "default-src 'none'") || !strings.Contains(csp, "style-src 'sha256-") || strings.Contains(csp, "unsafe") {
		t.Errorf("%s %v", res.Status, res.Header)
	}
	res = do("POST", "/login", url.Values{"token": {secret + "x"}, "next": {"/?q=oil"}}.Encode())
	if res.StatusCode != http.StatusUnauthorized || len(res.Cookies()) != 0 {
		t.Errorf("a wrong token: %s %v", res.Status, res.Header)
	}
	if res := do("POST", "/login", url.Values{"token": {secret}}.Encode(), "Sec-Fetch-Site", "cross-site"); res.StatusCode != http.StatusForbidden {
		t.Errorf("from another site: %s", res.Status)
	}
	res = do("POST", "/login", url.Values{"token": {secret}, "next": {"/?q=oil"}}.Encode())
	if res.StatusCode != http.StatusSeeOther || res.Header.Get("Location") != "/?q=oil" || len(res.Cookies()) != 1 {
		t.Fatalf("%s %v", res.Status, res.Header)
	}
	c := res.Cookies()[0]
	if !c.HttpOnly || c.SameSite != http.SameSiteStrictMode || c.Secure || strings.Contains(c.Value, secret) {
		t.Errorf("cookie %s", c.Raw)
	}
	if res := do("GET", "/", "", "Cookie", c.Name+"="+c.Value); res.StatusCode != http.StatusOK {
		t.Errorf("with the cookie: %s", res.Status)
	}
	if res := do("GET", "/", "", "Cookie", c.Name+"="+c.Value[1:]); res.StatusCode == http.StatusOK {
		t.Errorf("with another cookie: %s", res.Status)
	}
	// A link on another site leads in, as the browser asks once more by itself.
	res = do("GET", "/?q=a%26b", "", "Sec-Fetch-Site", "cross-site")
	b := make([]byte, 1000)
	n, _ := res.Body.Read(b)
	if res.StatusCode != http.StatusOK || !strings.Contains(string(b[:n]), `url=/?q=a%26b"`) {
		t.Errorf("%s %s", res.Status, b[:n])
	}
	if res := do("POST", "/logout", "", "Cookie", c.Name+"="+c.Value); len(res.Cookies()) != 1 || res.Cookies()[0].MaxAge >= 0 {
		t.Errorf("%v", res.Header)
	}
}

func TestCookieOverTLSIsSecure(t *testing.T) {
	s := httptest.NewTLSServer(guarded(t))
	defer s.Close()
	c := s.Client()
	c.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	res, err := c.PostForm(s.URL+"/login", url.Values{"token": {secret}})
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	if len(res.Cookies()) != 1 || !res.Cookies()[0].Secure {
		t.Errorf("%s %v", res.Status, res.Header)
	}
}

func TestLocalPath(t *testing.T) {
	for s, want := range map[string]string{
		"/": "/", "/?q=a": "/?q=a", "/article/x?q=a#b": "/article/x?q=a#b",
		"": "/", "//evil.example/": "/", "/\\evil.example": "/", "https://evil.example/": "/", "javascript:alert(1)": "/", "/login": "/", "/a\r\nb": "/", "evil": "/",
	} {
		if got := localPath(s); got != want {
			t.Errorf("%q: %q", s, got)
		}
	}
}

func TestNewTokenRefuses(t *testing.T) {
	for _, token := range []string{"", "short", "with a blank in the middle", "ünïcödé-ünïcödé-ünïcödé"} {
		if _, err := NewToken(token); err == nil {
			t.Errorf("%q is taken", token)
		}
	}
}
