package clustertest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
)

// patience is how long nodes may take to start on a busy machine.
const patience = 4 * time.Minute

// Run runs the tests of a package beside a server, and returns their exit code.
func Run(m *testing.M) int {
	if os.Getenv(Variable) != "" {
		return m.Run()
	}
	c, err := New(context.Background(), Config{})
	if errors.Is(err, ErrMissing) {
		if err := os.Setenv(missing, err.Error()); err != nil {
			return failed(err)
		}
		return m.Run()
	}
	if err != nil {
		return failed(err)
	}
	if err := os.Setenv(Variable, strings.Join(c.Addresses(), ",")); err != nil {
		return failed(errors.Join(err, c.Close()))
	}
	code := m.Run()
	if err := c.Close(); err != nil {
		return failed(err)
	}
	return code
}

func failed(err error) int {
	fmt.Fprintln(os.Stderr, "clustertest:", err)
	return 1
}

// Addresses returns the addresses of the server that Run found, or skips the test.
func Addresses(t testing.TB) []string {
	t.Helper()
	list := os.Getenv(Variable)
	if list == "" {
		if why := os.Getenv(missing); why != "" {
			t.Skip("skipped: " + why)
		}
		t.Skip("skipped: no OpenSearch; name its addresses in " + Variable)
	}
	return strings.Split(list, ",")
}

// Start starts a cluster for one test, or skips the test. When the test fails, the ends
// of the nodes' logs are shown.
func Start(t testing.TB, config Config) *Cluster {
	t.Helper()
	c, err := New(context.Background(), config)
	if errors.Is(err, ErrMissing) {
		t.Skip("skipped: " + err.Error())
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if t.Failed() {
			t.Log(c.logs())
		}
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	})
	return c
}

// Any returns the addresses of the server that NEWSQ_OPENSEARCH names, or those of a
// node for this test alone. It is for a package of which few tests ask a server.
func Any(t testing.TB) []string {
	t.Helper()
	if os.Getenv(Variable) != "" {
		return Addresses(t)
	}
	return Start(t, Config{}).Addresses()
}
