package transport

import (
	"cmp"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/newsq/newsq/internal/engine"
)

// Config says how to reach a cluster. What is zero has a default.
type Config struct {
	// Addresses are base URLs of nodes, such as https://host:9200.
	Addresses []string
	Access    engine.Access
	// Timeout bounds a request with all repetitions, and Attempt each of these.
	Timeout, Attempt time.Duration
	// BulkTimeout bounds the time in which a bulk request gets no further, and
	// BulkAttempt that of one answer.
	BulkTimeout, BulkAttempt time.Duration
	// BulkBytes is how much goes into one bulk request.
	BulkBytes int
	// MaxAnswer bounds an answer, in bytes, unpacked.
	MaxAnswer int64

	// How a node is watched that lets one wait, see Client.watch: after how long it is
	// pinged first, how often then, and how long it may take to answer that.
	watchAfter, watchEvery, ping time.Duration
}

// The defaults of Config.
const (
	defaultTimeout = time.Minute
	// defaultAttempt is for nodes that hang in a way that Client.watch doesn't see.
	defaultAttempt = 30 * time.Second
	// defaultBulkTimeout outlasts the restart of a cluster, 47 s at the slowest seen.
	defaultBulkTimeout = 3 * time.Minute
	defaultBulkAttempt = time.Minute
	// defaultBulkBytes: more is no faster, and takes more of a node's memory.
	defaultBulkBytes = 2 << 20
	// defaultMaxAnswer has room for a thousand long articles.
	defaultMaxAnswer = 256 << 20

	defaultWatchAfter = 2 * time.Second
	defaultWatchEvery = 3 * time.Second
	// defaultPing is longer than a node that is well is silent to collect garbage.
	defaultPing = 3 * time.Second
)

// withDefaults fills in what is zero.
func (c Config) withDefaults() Config {
	set := func(d *time.Duration, to time.Duration) {
		if *d <= 0 {
			*d = to
		}
	}
	set(&c.Timeout, defaultTimeout)
	set(&c.Attempt, defaultAttempt)
	set(&c.BulkTimeout, defaultBulkTimeout)
	set(&c.BulkAttempt, defaultBulkAttempt)
	set(&c.watchAfter, defaultWatchAfter)
	set(&c.watchEvery, defaultWatchEvery)
	set(&c.ping, defaultPing)
	c.BulkBytes = min(cmp.Or(c.BulkBytes, defaultBulkBytes), maxBulkBytes)
	c.MaxAnswer = cmp.Or(c.MaxAnswer, defaultMaxAnswer)
	return c
}

// New returns a client. It sends nothing yet.
func New(c Config) (*Client, error) {
	c = c.withDefaults()
	if len(c.Addresses) == 0 {
		return nil, errors.New("no address of a server")
	}
	secret, err := newCredentials(c.Access)
	if err != nil {
		return nil, err
	}
	addresses := make([]*url.URL, len(c.Addresses))
	for i, a := range c.Addresses {
		u, err := parseAddress(a)
		if err != nil {
			return nil, err
		}
		if secret.header != nil && u.Scheme == "http" && !isLoopback(u.Hostname()) && !c.Access.PlainHTTP {
			return nil, fmt.Errorf("%s: credentials would be sent readable for everyone in between: "+
				"write https://, or set NEWSQ_ENGINE_PLAIN_HTTP=1 where the network is trusted", u.Host)
		}
		addresses[i] = u
	}
	security, err := tlsConfig(c.Access)
	if err != nil {
		return nil, err
	}
	client := &Client{config: c, secret: secret, http: httpClient(security), nodes: newNodes(addresses)}
	client.config.Access = engine.Access{} // what is needed of it is in secret
	client.bulkBytes.Store(int64(c.BulkBytes))
	return client, nil
}

// parseAddress returns the base URL of a node. Its errors don't repeat it: it may hold
// a password.
func parseAddress(a string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimRight(a, "/"))
	switch {
	case err != nil || u.Host == "":
		return nil, errors.New("the address of a server is none: write https://HOST:9200")
	case u.User != nil:
		return nil, fmt.Errorf("the address of %s holds a user: set NEWSQ_ENGINE_USER and NEWSQ_ENGINE_PASSWORD_FILE", u.Host)
	case u.Scheme != "http" && u.Scheme != "https":
		return nil, fmt.Errorf("the address of %s must begin with https:// or http://", u.Host)
	}
	return u, nil
}

// isLoopback reports whether a host is this machine.
func isLoopback(host string) bool {
	return host == "localhost" || net.ParseIP(host).IsLoopback()
}

// credentials are what a request proves with who asks. Secrets stand in closures alone,
// which no way of printing a client looks into.
type credentials struct {
	kind   string                // for a person; empty for none
	header func() string         // of Authorization; nil for none
	scrub  func(s string) string // takes secrets out of a text from outside
}

// newCredentials makes credentials of an access.
func newCredentials(a engine.Access) (credentials, error) {
	none := credentials{scrub: func(s string) string { return s }}
	switch {
	case a.APIKey != "" && (a.User != "" || a.Password != ""):
		return none, errors.New("both an API key and a user or password are given: leave out one of them")
	case (a.User == "") != (a.Password == ""):
		return none, errors.New("a user needs a password, and a password a user: see NEWSQ_ENGINE_USER and NEWSQ_ENGINE_PASSWORD_FILE")
	case strings.Contains(a.User, ":"):
		return none, errors.New("the name of a user cannot hold a colon")
	case hasControls(a.APIKey + a.User + a.Password):
		return none, errors.New("the user, password or API key has a control character, such as the end of a line")
	case a.APIKey != "":
		return secretHeader("API key", "ApiKey "+a.APIKey, a.APIKey), nil
	case a.User != "":
		basic := base64.StdEncoding.EncodeToString([]byte(a.User + ":" + a.Password))
		return secretHeader("user and password", "Basic "+basic, basic, a.Password), nil
	}
	return none, nil
}

// secretHeader returns credentials with a header, of which parts are secret.
func secretHeader(kind, header string, parts ...string) credentials {
	hide := make([]string, 0, 2*len(parts))
	for _, p := range parts {
		hide = append(hide, p, "***")
	}
	return credentials{
		kind:   kind,
		header: func() string { return header },
		scrub:  strings.NewReplacer(hide...).Replace,
	}
}

func hasControls(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r == 0x7f })
}

// tlsConfig returns what HTTPS is spoken with.
func tlsConfig(a engine.Access) (*tls.Config, error) {
	c := &tls.Config{MinVersion: tls.VersionTLS12}
	if a.CAFile != "" {
		pem, err := os.ReadFile(a.CAFile)
		if err != nil {
			return nil, fmt.Errorf(caVariable+": %w", err)
		}
		c.RootCAs = x509.NewCertPool()
		if !c.RootCAs.AppendCertsFromPEM(pem) {
			return nil, fmt.Errorf("%s: %s has no certificate in PEM", caVariable, a.CAFile)
		}
	}
	if (a.CertFile == "") != (a.KeyFile == "") {
		return nil, errors.New("a certificate needs its key, and a key its certificate: see NEWSQ_ENGINE_CERT and NEWSQ_ENGINE_KEY")
	}
	if a.CertFile != "" {
		pair, err := tls.LoadX509KeyPair(a.CertFile, a.KeyFile)
		if err != nil {
			return nil, fmt.Errorf("%s %s with %s %s: %w", certVariable, a.CertFile, keyVariable, a.KeyFile, err)
		}
		c.Certificates = []tls.Certificate{pair}
	}
	return c, nil
}

// Bounds of connections.
const (
	dialTimeout     = 5 * time.Second
	idleConnections = 16 // for each node
	idleTimeout     = 90 * time.Second
	maxHeader       = 64 << 10
)

// httpClient returns a client that follows no redirect, as credentials would go along,
// and that asks a proxy for no address on this machine.
func httpClient(security *tls.Config) *http.Client {
	return &http.Client{
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			Proxy:                  proxy,
			DialContext:            (&net.Dialer{Timeout: dialTimeout}).DialContext,
			TLSClientConfig:        security,
			TLSHandshakeTimeout:    dialTimeout,
			MaxIdleConnsPerHost:    idleConnections,
			IdleConnTimeout:        idleTimeout,
			MaxResponseHeaderBytes: maxHeader,
			// To compress an answer takes a node longer than to send it: words of
			// articles, 13 MB, came in half of the time.
			DisableCompression: true,
		},
	}
}

// proxy returns the proxy that the environment names for a request.
func proxy(r *http.Request) (*url.URL, error) {
	if isLoopback(r.URL.Hostname()) {
		return nil, nil
	}
	u, err := http.ProxyFromEnvironment(r)
	if err != nil { // it repeats the address of the proxy, which may hold a password
		return nil, errors.New("the environment's HTTP_PROXY or HTTPS_PROXY is no address of a proxy")
	}
	return u, nil
}
