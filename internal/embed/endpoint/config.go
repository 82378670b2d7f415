package endpoint

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/url"
	"strings"
	"time"

	"github.com/newsq/newsq/internal/embed"
)

// Key is what proves to a server who asks. However it is printed, it is left out.
type Key string

// String says whether there is a key.
func (k Key) String() string {
	if k == "" {
		return "no key"
	}
	return "a key"
}

// Format writes String for every verb.
func (k Key) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, k.String()) }

// MarshalJSON returns String.
func (k Key) MarshalJSON() ([]byte, error) { return json.Marshal(k.String()) }

// MarshalText returns String.
func (k Key) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// LogValue returns String.
func (k Key) LogValue() slog.Value { return slog.StringValue(k.String()) }

// Config says which endpoint is asked, and how.
type Config struct {
	// URL is that of the API, without /embeddings, such as https://host/v1.
	URL   string
	Model string
	// Dims asks for vectors of so many dimensions; 0 leaves it to the model.
	Dims int
	Key  Key
	// PlainHTTP lets texts and the key go over http:// to a machine other than this one.
	PlainHTTP bool
	// PerMinute bounds the requests of a minute; 0 doesn't.
	PerMinute int
	// Timeout is for one request with texts of articles; 0 means a minute.
	Timeout time.Duration
	// QueryTimeout is for the request of a query, which a person waits for; 0 means 2 s.
	QueryTimeout time.Duration
}

const (
	defaultTimeout      = time.Minute
	defaultQueryTimeout = 2 * time.Second
)

// check returns the URL to which requests go.
func (c *Config) check() (*url.URL, error) {
	u, err := url.Parse(c.URL)
	switch {
	case err != nil:
		return nil, errors.New("the URL of the embeddings cannot be read: it must be such as https://host/v1")
	case u.User != nil:
		return nil, errors.New("the URL of the embeddings has a user or a password in it: leave them out, a key has a place of its own")
	case u.Scheme != "http" && u.Scheme != "https" || u.Host == "":
		return nil, fmt.Errorf("the URL of the embeddings is %q: it must be such as https://host/v1", c.URL)
	case u.RawQuery != "" || u.Fragment != "":
		return nil, errors.New("the URL of the embeddings has a ? or a # in it: it must be such as https://host/v1")
	case u.Scheme == "http" && !c.PlainHTTP && !isLoopback(u.Hostname()):
		return nil, fmt.Errorf("texts would go to %s over http://, where others can read them: use https://, or allow plain HTTP", u.Host)
	case strings.TrimSpace(c.Model) == "":
		return nil, fmt.Errorf("which model of %s makes the embeddings? none is named", u.Host)
	case c.Dims != 0 && (c.Dims < embed.MinDims || c.Dims > embed.MaxDims):
		return nil, fmt.Errorf("embeddings of %d dimensions: there may be %d to %d", c.Dims, embed.MinDims, embed.MaxDims)
	case c.PerMinute < 0 || c.Timeout < 0 || c.QueryTimeout < 0:
		return nil, errors.New("rates and times of embeddings must not be negative")
	case strings.ContainsFunc(string(c.Key), func(r rune) bool { return r <= ' ' || r > '~' }):
		return nil, errors.New("the key of the embeddings has a character in it that keys don't have")
	}
	u.Path = strings.TrimRight(u.Path, "/")
	return u, nil
}

// isLoopback reports whether a host is this machine.
func isLoopback(host string) bool {
	return host == "localhost" || net.ParseIP(host).IsLoopback()
}
