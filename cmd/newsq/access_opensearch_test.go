//go:build opensearch

package main

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/newsq/newsq/corpus/sample"
)

// The secrets of the gate, none of which stands in anything that is printed.
const (
	gateUser     = "kim"
	gatePassword = "hush-hush-4711"
)

// gate starts a server before a node that speaks TLS alone, and wants a certificate of
// the client and a user with a password.
func gate(t *testing.T, node string) *httptest.Server {
	t.Helper()
	target, err := url.Parse(node)
	if err != nil {
		t.Fatal(err)
	}
	proxy := httputil.NewSingleHostReverseProxy(target)
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if user, password, _ := r.BasicAuth(); user != gateUser || password != gatePassword {
			http.Error(w, "Unauthorized", http.StatusUnauthorized)
			return
		}
		proxy.ServeHTTP(w, r)
	}))
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.TLS = &tls.Config{ClientAuth: tls.RequireAnyClientCert}
	s.StartTLS()
	t.Cleanup(s.Close)
	return s
}

// secretFile writes a file and returns its name.
func secretFile(t *testing.T, content []byte) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(name, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// All commands go through TLS with a certificate and a password, say what is wrong with
// these, and print no secret.
func TestAccessToACluster(t *testing.T) {
	for _, name := range []string{"HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"} {
		t.Setenv(name, t.TempDir())
	}
	articles := filepath.Join(t.TempDir(), "articles")
	if err := sample.Write(articles); err != nil {
		t.Fatal(err)
	}
	plain := clusterURL(t, "gate")
	cut := strings.LastIndexByte(plain, '/')
	s := gate(t, plain[:cut])
	at := s.URL + plain[cut:]
	key, err := x509.MarshalPKCS8PrivateKey(s.TLS.Certificates[0].PrivateKey)
	if err != nil {
		t.Fatal(err)
	}
	certificate := secretFile(t, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw}))
	keyText := pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: key})
	secrets := []string{gatePassword, "a2ltOmh1c2gtaHVzaC00NzEx", "wrong-0815", strings.Split(string(keyText), "\n")[1]}
	run := func(code int, says string, args ...string) {
		t.Helper()
		out, talk, got := command(t, append(args, "-i", at)...)
		if all := out + talk; got != code || !strings.Contains(all, says) {
			t.Errorf("newsq %s: %d, want %d and %q:\n%s", strings.Join(args, " "), got, code, says, all)
		}
		for _, secret := range secrets {
			if strings.Contains(out+talk, secret) {
				t.Errorf("newsq %s tells the secret %s", strings.Join(args, " "), secret)
			}
		}
	}
	run(exitFailed, "NEWSQ_ENGINE_CA", "search", "rates")
	t.Setenv("NEWSQ_ENGINE_CA", certificate)
	run(exitFailed, "NEWSQ_ENGINE_CERT", "search", "rates")
	t.Setenv("NEWSQ_ENGINE_CERT", certificate)
	t.Setenv("NEWSQ_ENGINE_KEY", secretFile(t, keyText))
	run(exitFailed, "set NEWSQ_ENGINE_USER", "search", "rates")
	t.Setenv("NEWSQ_ENGINE_USER", gateUser)
	t.Setenv("NEWSQ_ENGINE_PASSWORD_FILE", secretFile(t, []byte("wrong-0815\n")))
	run(exitFailed, "doesn't accept the user and password", "index", articles)
	t.Setenv("NEWSQ_ENGINE_PASSWORD_FILE", secretFile(t, []byte(gatePassword+"\n")))
	run(exitFailed, "there is no index", "search", "rates")
	run(exitDone, "create the index", "engine", "init", "--yes")
	run(exitDone, "added", "index", articles)
	run(exitDone, "articles", "search", "deterrence")
	run(exitDone, `"cluster"`, "engine", "status", "--json")
	run(exitDone, "articles", "stats")
	run(exitDone, "", "check")
	run(exitFailed, "repository", "backup", "none/none")
}
