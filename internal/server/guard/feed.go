package guard

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"
)

// Feed readers send no headers, so that the address of a feed has a key to this feed alone.
const (
	// FeedEnding is what the paths of feeds end with.
	FeedEnding = ".atom"
	// FeedParameter is the parameter with the key.
	FeedParameter = "key"
)

// FeedKey returns the key to the feed at a path. Nobody can tell the token from it, and
// another token makes it void.
func (t *Token) FeedKey(path string) string {
	mac := hmac.New(sha256.New, t.sum[:])
	mac.Write([]byte("newsq: feed at " + path))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

// opensFeed reports whether a request asks for a feed and has the key to it.
func (t *Token) opensFeed(r *http.Request) bool {
	if r.Method != http.MethodGet && r.Method != http.MethodHead || !strings.HasSuffix(r.URL.Path, FeedEnding) {
		return false
	}
	key := r.URL.Query().Get(FeedParameter)
	return subtle.ConstantTimeCompare([]byte(key), []byte(t.FeedKey(r.URL.Path))) == 1
}

// WithoutKey returns an address as a log may have it.
func WithoutKey(u *url.URL) string {
	if !u.Query().Has(FeedParameter) {
		return u.RequestURI()
	}
	bare := *u
	bare.RawQuery = FeedParameter + "=-"
	return bare.RequestURI()
}
