package guard

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/newsq/newsq/internal/server/problem"
)

// Token lets those in who have a token: programs by the header Authorization, people by a
// form that gives their browser a cookie.
type Token struct {
	sum    [sha256.Size]byte // of the token
	cookie string            // what the cookie holds; nobody can tell the token from it
}

// MinToken is the least length of a token, in bytes, so that nobody guesses it.
const MinToken = 16

// NewToken returns the guard of a token.
func NewToken(token string) (*Token, error) {
	token = strings.TrimSpace(token)
	if len(token) < MinToken {
		return nil, fmt.Errorf("the token has %d characters, and needs %d", len(token), MinToken)
	}
	if strings.ContainsFunc(token, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return nil, errors.New("the token must be letters, digits and signs without blanks, as it goes into a header")
	}
	mac := hmac.New(sha256.New, []byte(token))
	mac.Write([]byte("newsq: cookie of a browser"))
	return &Token{sum: sha256.Sum256([]byte(token)), cookie: base64.RawURLEncoding.EncodeToString(mac.Sum(nil))}, nil
}

const (
	cookieName = "newsq"
	cookieTime = 30 * 24 * time.Hour
	loginPath  = "/login"
	logoutPath = "/logout"
)

// Handler asks for the token before next. What lies at the paths of open is for everybody.
func (t *Token) Handler(next http.Handler, open ...string) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+loginPath, func(w http.ResponseWriter, r *http.Request) {
		writeLogin(w, r, r.URL.Query().Get("next"), http.StatusOK)
	})
	mux.HandleFunc("POST "+loginPath, t.login)
	mux.HandleFunc("POST "+logoutPath, func(w http.ResponseWriter, r *http.Request) {
		http.SetCookie(w, t.newCookie(r, "", -1))
		http.Redirect(w, r, loginPath, http.StatusSeeOther)
	})
	for _, path := range open {
		mux.Handle(path, next)
	}
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		switch {
		case t.has(r), t.opensFeed(r):
			next.ServeHTTP(w, r)
		case wantsPage(r):
			askBrowser(w, r)
		default:
			w.Header().Set("WWW-Authenticate", `Bearer realm="newsq"`)
			problem.New(problem.Token, "this server answers those who have its token", "send it in the header  Authorization: Bearer TOKEN").Write(w, r)
		}
	})
	return mux
}

// has reports whether a request has the token, or the cookie that stands for it.
func (t *Token) has(r *http.Request) bool {
	if scheme, token, ok := strings.Cut(r.Header.Get("Authorization"), " "); ok && strings.EqualFold(scheme, "Bearer") {
		return t.is(strings.TrimSpace(token))
	}
	c, err := r.Cookie(cookieName)
	return err == nil && subtle.ConstantTimeCompare([]byte(c.Value), []byte(t.cookie)) == 1
}

// is compares in a time that doesn't depend on where a wrong token differs, or how long it
// is.
func (t *Token) is(token string) bool {
	sum := sha256.Sum256([]byte(token))
	return subtle.ConstantTimeCompare(sum[:], t.sum[:]) == 1
}

func (t *Token) newCookie(r *http.Request, value string, age int) *http.Cookie {
	return &http.Cookie{
		Name: cookieName, Value: value, Path: "/", MaxAge: age,
		HttpOnly: true, SameSite: http.SameSiteStrictMode,
		// Whoever makes the header up makes the cookie stricter for himself.
		Secure: r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https",
	}
}

// login takes the form.
func (t *Token) login(w http.ResponseWriter, r *http.Request) {
	next := localPath(r.PostFormValue("next"))
	if !t.is(strings.TrimSpace(r.PostFormValue("token"))) {
		writeLogin(w, r, next, http.StatusUnauthorized)
		return
	}
	http.SetCookie(w, t.newCookie(r, t.cookie, int(cookieTime.Seconds())))
	http.Redirect(w, r, next, http.StatusSeeOther)
}

// wantsPage reports whether a browser asks for a page.
func wantsPage(r *http.Request) bool {
	return (r.Method == http.MethodGet || r.Method == http.MethodHead) && strings.Contains(r.Header.Get("Accept"), "text/html")
}

// askBrowser sends a browser to the form. One that follows another site's link leaves its
// cookie at home, as that is for our own pages alone: it is asked to come again by itself.
func askBrowser(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Sec-Fetch-Site") == "cross-site" {
		w.Header().Set("Cache-Control", "no-store")
		writeAgain(w, r.URL.RequestURI())
		return
	}
	http.Redirect(w, r, loginPath+"?next="+url.QueryEscape(localPath(r.URL.RequestURI())), http.StatusSeeOther)
}

// localPath returns a path of this server, and / for whatever leads elsewhere.
func localPath(s string) string {
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "" || u.Host != "" || u.User != nil || !strings.HasPrefix(s, "/") || strings.HasPrefix(s, "//") ||
		strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r == '\\' }) || strings.HasPrefix(u.Path, loginPath) {
		return "/"
	}
	return s
}
