package transport

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/newsq/newsq/internal/engine"
)

// serveTLS starts a server that is not ready for TLS to fail in silence.
func serveTLS(t *testing.T) *httptest.Server {
	t.Helper()
	s := newTLSServer(nil)
	t.Cleanup(s.Close)
	return s
}

// newTLSServer returns a server that answers {}, and wants what set says.
func newTLSServer(set func(*tls.Config)) *httptest.Server {
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte("{}"))
	}))
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.TLS = &tls.Config{}
	if set != nil {
		set(s.TLS)
	}
	s.StartTLS()
	return s
}

// writePEM writes a block to a file and returns its name.
func writePEM(t *testing.T, kind string, der []byte) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "x.pem")
	if err := os.WriteFile(name, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestTLS(t *testing.T) {
	plain := serveTLS(t)
	authorities := writePEM(t, "CERTIFICATE", plain.Certificate().Raw)
	key, err := x509.MarshalPKCS8PrivateKey(plain.TLS.Certificates[0].PrivateKey)
	if err != nil {
		t.Fatal(err)
	}
	keyFile := writePEM(t, "PRIVATE KEY", key)
	wants := newTLSServer(func(c *tls.Config) { c.ClientAuth = tls.RequireAnyClientCert })
	t.Cleanup(wants.Close)
	old := newTLSServer(func(c *tls.Config) { c.MaxVersion = tls.VersionTLS11 })
	t.Cleanup(old.Close)
	for _, tt := range []struct {
		name, address string
		access        engine.Access
		err           string // "" for none
	}{
		{"own authority", plain.URL, engine.Access{CAFile: authorities}, ""},
		{"with a user", plain.URL, engine.Access{CAFile: authorities, User: "jo", Password: "s3cret"}, ""},
		{"unknown authority", plain.URL, engine.Access{}, caVariable},
		{"another name", strings.Replace(plain.URL, "127.0.0.1", "localhost", 1), engine.Access{CAFile: authorities}, "localhost"},
		{"certificate", wants.URL, engine.Access{CAFile: authorities, CertFile: authorities, KeyFile: keyFile}, ""},
		{"no certificate", wants.URL, engine.Access{CAFile: authorities}, certVariable},
		{"TLS 1.1", old.URL, engine.Access{CAFile: authorities}, "older than TLS 1.2"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, err := New(Config{Addresses: []string{tt.address}, Access: tt.access, Timeout: time.Minute})
			if err != nil {
				t.Fatal(err)
			}
			defer c.Close()
			err = c.Do(t.Context(), &Request{Method: "GET", Path: "/"}, nil)
			if (err == nil) != (tt.err == "") || err != nil && !strings.Contains(err.Error(), tt.err) {
				t.Errorf("%v, want %q", err, tt.err)
			}
		})
	}
	if _, err := New(Config{Addresses: []string{plain.URL}, Access: engine.Access{CertFile: authorities, KeyFile: authorities}}); err == nil || !strings.Contains(err.Error(), authorities) {
		t.Errorf("no key in the file of the key: %v", err)
	}
}
