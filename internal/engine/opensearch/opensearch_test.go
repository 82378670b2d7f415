//go:build opensearch

package opensearch_test

import (
	"crypto/sha256"
	"errors"
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

// checks is the number of random checks of each kind, unless -rapid.checks says
// another: an index takes a good part of a second to make.
const checks = "20"

var all = flag.Bool("all", false, "run the suite on three nodes too, and harm them, which takes longer than go test's usual timeout")

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
// each shard searched by several threads.
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
		Tolerance: 1e-6,
	})
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
	r, err := http.NewRequest(http.MethodDelete, address+"/suite-"+name+"-*?expand_wildcards=all", nil)
	if err != nil {
		return err
	}
	a, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	err = a.Body.Close()
	if a.StatusCode != http.StatusOK {
		err = errors.Join(err, fmt.Errorf("removing %s: %s", location, a.Status))
	}
	return err
}
