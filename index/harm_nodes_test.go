//go:build opensearch

package index_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/engine/opensearch/clustertest"
)

var harmNodes = flag.Bool("harm", false, "harm nodes and writers of clusters while these are synced and searched, which takes some ten minutes")

// TestOpenSearchHarm harms the nodes of a cluster.
func TestOpenSearchHarm(t *testing.T) {
	if !*harmNodes {
		t.Skip("skipped: wants -harm")
	}
	c := clustertest.Start(t, clustertest.Config{Nodes: 3, Settings: map[string]string{
		"cluster.info.update.interval": "10s", // the least that it takes
	}})
	all := func(ctx context.Context) error { return c.Wait(ctx, 3, "green") }
	for n := range 3 {
		t.Run(fmt.Sprint("kill node ", n), func(t *testing.T) {
			h := newHarmed(t, c.Addresses())
			h.under(func() error {
				// Of an index that was just made the others have no copy yet.
				err := errors.Join(all(t.Context()), c.Kill(n))
				h.await(h.syncs.Load() + 2) // with the two that are left
				return errors.Join(err, c.Restart(n), all(t.Context()))
			})
		})
	}
	t.Run("pause the manager", func(t *testing.T) {
		n := number(t, c, "/_cat/cluster_manager?h=node")
		newHarmed(t, c.Addresses()).under(func() error {
			err := c.Pause(n)
			<-time.After(time.Minute) // it is the time that the others have to do without it
			return errors.Join(err, c.Resume(n), all(t.Context()))
		})
	})
	t.Run("pause the primary", func(t *testing.T) {
		h := newHarmed(t, c.Addresses())
		h.under(func() error {
			err := all(t.Context())
			n := number(t, c, "/_cat/shards/"+h.name()+"-1?h=node&s=prirep") // the primary before its replica
			err = errors.Join(err, c.Pause(n))
			before := h.searches.Load()
			for h.searches.Load() < before+10 && t.Context().Err() == nil { // with the two that are left
				<-time.After(50 * time.Millisecond)
			}
			h.await(h.syncs.Load() + 1)
			return errors.Join(err, c.Resume(n), all(t.Context()))
		})
	})
	t.Run("kill all", func(t *testing.T) {
		newHarmed(t, c.Addresses()).under(func() error {
			var errs []error
			for n := range 3 {
				errs = append(errs, c.Kill(n))
			}
			for n := range 3 {
				errs = append(errs, c.Restart(n))
			}
			return errors.Join(append(errs, all(t.Context()))...)
		})
	})
	t.Run("disk full", func(t *testing.T) { diskFull(t, c) })
	t.Run("writers", func(t *testing.T) { harmWriters(t, c) })
	t.Run("close without a cluster", func(t *testing.T) { closeWithout(t, c) })
}

// number returns the number of the node that stands first in what a cluster says.
func number(t *testing.T, c *clustertest.Cluster, path string) (n int) {
	t.Helper()
	a, err := http.Get(c.Addresses()[0] + path)
	if err != nil {
		t.Fatal(err)
	}
	name, err := io.ReadAll(io.LimitReader(a.Body, 100))
	if err := errors.Join(err, a.Body.Close()); err != nil {
		t.Fatal(err)
	}
	if _, err := fmt.Sscanf(strings.TrimSpace(string(name)), "n%d", &n); err != nil {
		t.Fatal(err)
	}
	return n
}

// diskFull has the cluster take its disks for full: a sync says so and what to do, searches
// go on, and when there is room, so do syncs.
func diskFull(t *testing.T, c *clustertest.Cluster) {
	h := newHarmed(t, c.Addresses())
	// free is how much of each disk must be free. The cluster looks every 10 s, and also
	// takes away what it has forbidden.
	set := func(free string) {
		var marks []string
		for _, of := range []string{"low", "high", "flood_stage"} {
			marks = append(marks, fmt.Sprintf(`"cluster.routing.allocation.disk.watermark.%s":%q`, of, free))
		}
		h.send(http.MethodPut, c.Addresses()[0]+"/_cluster/settings",
			`{"persistent":{"cluster.routing.allocation.disk.threshold_enabled":true,`+strings.Join(marks, ",")+`}}`)
	}
	const more, less = "999999gb", "1mb" // than there is
	h.under(func() error {
		set(more)
		for h.failed.Load() == 0 && t.Context().Err() == nil {
			<-time.After(50 * time.Millisecond) // the cluster looks at its disks from time to time
		}
		before := h.searches.Load()
		for h.searches.Load() == before && t.Context().Err() == nil {
			<-time.After(50 * time.Millisecond)
		}
		set(less)
		h.await(h.syncs.Load() + 1)
		return nil
	})
	h.mu.Lock()
	defer h.mu.Unlock()
	told := false
	for _, text := range h.errors {
		told = told || strings.Contains(text, "make room on the disks of the cluster")
	}
	if !told {
		t.Errorf("nobody was told what to do: %q", h.errors)
	}
}

// newsq is the command as a user has it.
func newsq(t *testing.T) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "newsq")
	if out, err := exec.Command("go", "build", "-o", file, "../cmd/newsq").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v: %s", err, out)
	}
	return file
}

// harmWriters kills and stops newsq index.
func harmWriters(t *testing.T, c *clustertest.Cluster) {
	command := newsq(t)
	start := func(t *testing.T, h *harmed, options ...string) (p *exec.Cmd, said *bytes.Buffer) {
		t.Helper()
		said = &bytes.Buffer{}
		p = exec.Command(command, append([]string{"index", "-i", h.location, h.folder}, options...)...)
		p.Stdout, p.Stderr = said, said
		if err := p.Start(); err != nil {
			t.Fatal(err)
		}
		return p, said
	}
	// When a writer is harmed, some of its articles are written, and none are published.
	harmed := func(t *testing.T, signal os.Signal) (h *harmed, p *exec.Cmd, said *bytes.Buffer) {
		t.Helper()
		h = newHarmed(t, c.Addresses())
		h.grow(filesAtOnce)
		h.sync(t.Context())
		h.grow(100)
		before := h.written()
		p, said = start(t, h)
		for h.written() < before+filesAtOnce*inFile && t.Context().Err() == nil {
			<-time.After(10 * time.Millisecond) // it doesn't call
		}
		if err := p.Process.Signal(signal); err != nil {
			t.Fatal(err)
		}
		return h, p, said
	}
	t.Run("kill", func(t *testing.T) {
		t.Parallel()
		h, p, _ := harmed(t, syscall.SIGKILL)
		if err := p.Wait(); err == nil {
			t.Fatal("it had ended before it was killed")
		}
		began := time.Now()
		next, said := start(t, h, "--wait", "2m")
		if err := next.Wait(); err != nil {
			t.Fatalf("%v: %s", err, said)
		}
		t.Logf("the next one took %v: %s", time.Since(began).Round(time.Second), said)
		h.acknowledged.Store(int64(h.files * inFile))
		h.check()
	})
	t.Run("stop", func(t *testing.T) {
		t.Parallel()
		h, p, said := harmed(t, syscall.SIGSTOP)
		next, nextSaid := start(t, h, "--wait", "2m")
		if err := next.Wait(); err != nil {
			t.Fatalf("%v: %s", err, nextSaid)
		}
		h.acknowledged.Store(int64(h.files * inFile))
		before := h.ids()
		if err := p.Process.Signal(syscall.SIGCONT); err != nil {
			t.Fatal(err)
		}
		err := p.Wait()
		if err == nil || strings.Count(said.String(), "taken over by another writer") != 1 {
			t.Errorf("the one that was stopped: %v: %s", err, said)
		}
		t.Logf("the one that was stopped: %s", said)
		if after := h.ids(); len(after) != len(before) {
			t.Errorf("%d articles before it went on, %d after", len(before), len(after))
		}
		h.check()
	})
}

// closeWithout closes what reads and what writes when nobody answers any more.
func closeWithout(t *testing.T, c *clustertest.Cluster) {
	h := newHarmed(t, c.Addresses())
	h.grow(filesAtOnce)
	h.sync(t.Context())
	r, err := index.Open(t.Context(), h.location, &index.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.Search(t.Context(), index.Query{Text: "ferry"}); err != nil {
		t.Fatal(err)
	}
	w, err := index.Open(t.Context(), h.location, nil)
	if err != nil {
		t.Fatal(err)
	}
	for n := range 3 {
		if err := c.Kill(n); err != nil {
			t.Fatal(err)
		}
	}
	began := time.Now()
	var closing sync.WaitGroup
	closing.Go(func() {
		if err := r.Close(); err != nil {
			t.Errorf("what only reads leaves nothing behind: %v", err)
		}
	})
	closing.Go(func() {
		if err := w.Close(); err == nil || !strings.Contains(err.Error(), "ends by itself") {
			t.Errorf("what writes leaves its lease: %v", err)
		}
	})
	closing.Wait()
	t.Logf("closed within %v", time.Since(began).Round(time.Second))
	for n := range 3 {
		if err := c.Restart(n); err != nil {
			t.Fatal(err)
		}
	}
	if err := c.Wait(t.Context(), 3, "green"); err != nil {
		t.Fatal(err)
	}
	h.check()
}

// written returns how many documents were written to an archive, published or not.
func (h *harmed) written() (n int) {
	h.t.Helper()
	address, _, _ := strings.Cut(h.location, ",")
	a, err := http.Get(address + "/" + h.name() + "-1/_stats/indexing?filter_path=_all.primaries.indexing.index_total")
	if err != nil {
		h.t.Fatal(err)
	}
	defer a.Body.Close()
	var s struct {
		All struct {
			Primaries struct {
				Indexing struct {
					Total int `json:"index_total"`
				}
			}
		} `json:"_all"`
	}
	if err := json.NewDecoder(io.LimitReader(a.Body, 1000)).Decode(&s); err != nil {
		h.t.Fatal(err)
	}
	return s.All.Primaries.Indexing.Total
}
