//go:build opensearch

package opensearch_test

import (
	"crypto/sha256"
	"flag"
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/newsq/newsq/internal/engine/enginetest"
	"github.com/newsq/newsq/internal/engine/opensearch"
	"github.com/newsq/newsq/internal/engine/opensearch/clustertest"
)

// checks is the number of random checks of each kind, a fifth with -short, unless
// -rapid.checks says another: an index takes a good part of a second to make.
const checks = "50"

var all = flag.Bool("all", false, "run the suite on three nodes too, which takes longer than go test's usual timeout")

func TestMain(m *testing.M) {
	if err := flag.Set("rapid.checks", checks); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(clustertest.Run(m))
}

func TestSuite(t *testing.T) {
	runSuite(t, clustertest.Addresses(t))
}

// TestSuiteOfThree has a replica of each index, which answers some of the searches, and
// nodes that search each shard by several threads unless an index says no.
func TestSuiteOfThree(t *testing.T) {
	if !*all {
		t.Skip("skipped: wants -all")
	}
	c := clustertest.Start(t, clustertest.Config{Nodes: 3, Settings: map[string]string{
		"search.concurrent_segment_search.mode": "all",
		"search.concurrent.max_slice_count":     "4",
	}})
	runSuite(t, c.Addresses())
}

// runSuite runs the suite on a server. Scores are of single precision there.
func runSuite(t *testing.T, addresses []string) {
	enginetest.Run(t, enginetest.Target{
		Driver:    opensearch.Driver{},
		Location:  func(dir string) string { return locationOf(addresses, dir) },
		Remove:    removeIndex,
		Backup:    func(t *testing.T, dir string) string { return snapshotOf(t, addresses[0], dir) },
		Tolerance: 1e-6,
	})
}

// snapshotOf is the place of a backup of tests, named after something: in a repository of
// its own, which is removed after the test.
func snapshotOf(t *testing.T, address, name string) string {
	repository := fmt.Sprintf("suite-%x", sha256.Sum256([]byte(name)))
	at := address + "/_snapshot/" + repository
	if status, err := send(http.MethodPut, at, `{"type":"fs","settings":{"location":"`+repository+`"}}`); err != nil || status != http.StatusOK {
		t.Skipf("skipped: the server has no folder for snapshots, see path.repo: status %d, %v", status, err)
	}
	t.Cleanup(func() {
		for _, what := range []string{at + "/backup", at} {
			if status, err := send(http.MethodDelete, what, ""); err != nil || status != http.StatusOK {
				t.Errorf("removing %s: status %d, %v", what, status, err)
			}
		}
	})
	return repository + "/backup"
}

// send sends a request to a server.
func send(method, address, body string) (status int, err error) {
	r, err := http.NewRequest(method, address, strings.NewReader(body))
	if err != nil {
		return 0, err
	}
	r.Header.Set("Content-Type", "application/json")
	a, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, err
	}
	return a.StatusCode, a.Body.Close()
}

// locationOf is the location of an index of tests, named after something.
func locationOf(addresses []string, name string) string {
	hosts := strings.ReplaceAll(strings.Join(addresses, ","), "http://", "")
	return fmt.Sprintf("http://%s/suite-%x", hosts, sha256.Sum256([]byte(name)))
}

// removeIndex removes all that belongs to the index at a location.
func removeIndex(location string) error {
	addresses, name, _ := strings.Cut(location, "/suite-")
	address, _, _ := strings.Cut(addresses, ",")
	status, err := send(http.MethodDelete, address+"/suite-"+name+"-*?expand_wildcards=all", "")
	if err == nil && status != http.StatusOK {
		err = fmt.Errorf("removing %s: status %d", location, status)
	}
	return err
}
