//go:build opensearch

package index_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"testing"

	"github.com/newsq/newsq/internal/engine/opensearch/clustertest"
)

// cluster are the places of the engine on OpenSearch: on the server of an address.
type cluster struct{ address string }

// onCluster returns places on a server, or skips the test.
func onCluster(t *testing.T) cluster {
	t.Helper()
	return cluster{clustertest.Any(t)[0]}
}

// send sends a request with a body of JSON, or none, which must succeed.
func (c cluster) send(t *testing.T, method, path, body string) {
	t.Helper()
	// The context of a test has ended when it is cleaned up.
	r, err := http.NewRequestWithContext(context.WithoutCancel(t.Context()), method, c.address+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	if err := answer.Body.Close(); err != nil {
		t.Fatal(err)
	}
	if answer.StatusCode != http.StatusOK {
		t.Fatalf("%s %s: %s", method, path, answer.Status)
	}
}

// location returns the URL of an index, which is removed with the test.
func (c cluster) location(t *testing.T) string {
	t.Helper()
	name := fmt.Sprintf("index-%d", rand.Uint64())
	t.Cleanup(func() {
		list := []string{name + "-state"}
		for i := range 20 { // made again some times
			list = append(list, fmt.Sprintf("%s-%d", name, i+1))
		}
		c.send(t, http.MethodDelete, "/"+strings.Join(list, ",")+"?ignore_unavailable=true", "")
	})
	return c.address + "/" + name
}

// backup returns the place of a snapshot, in a repository that is removed with the test.
func (c cluster) backup(t *testing.T) string {
	t.Helper()
	name := fmt.Sprintf("index-%d", rand.Uint64())
	c.send(t, http.MethodPut, "/_snapshot/"+name, `{"type":"fs","settings":{"location":"`+name+`"}}`)
	t.Cleanup(func() {
		c.send(t, http.MethodDelete, "/_snapshot/"+name+"/*", "")
		c.send(t, http.MethodDelete, "/_snapshot/"+name, "")
	})
	return name + "/backup"
}

func TestClusterRandomVersions(t *testing.T) { randomVersionsAt(t, 8, onCluster(t)) }

func TestClusterTagsAndNotes(t *testing.T) { tagsAndNotes(t, onCluster(t)) }

func TestClusterTopicsFrom(t *testing.T) { topicsFrom(t, onCluster(t)) }

func TestClusterAnnotationsStay(t *testing.T) { annotationsStay(t, onCluster(t)) }
