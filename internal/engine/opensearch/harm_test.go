//go:build opensearch

package opensearch_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/opensearch"
	"github.com/newsq/newsq/internal/engine/opensearch/clustertest"
	"github.com/newsq/newsq/internal/match"
)

// TestHarm writes and searches while nodes fail. What was acknowledged is there
// afterwards, and no answer was a part of the articles.
func TestHarm(t *testing.T) {
	if !*all {
		t.Skip("skipped: wants -all")
	}
	c := clustertest.Start(t, clustertest.Config{Nodes: 3})
	for n := range 3 {
		t.Run(fmt.Sprint("kill node ", n), func(t *testing.T) {
			underHarm(t, c, func() error {
				return errors.Join(c.Kill(n), c.Restart(n), c.Wait(t.Context(), 3, "green"))
			})
		})
	}
	t.Run("pause the manager", func(t *testing.T) {
		n := manager(t, c)
		underHarm(t, c, func() error {
			err := c.Pause(n)
			<-time.After(time.Minute) // it is the time that the others have to do without it
			return errors.Join(err, c.Resume(n), c.Wait(t.Context(), 3, "green"))
		})
	})
	t.Run("kill all", func(t *testing.T) {
		underHarm(t, c, func() error {
			var errs []error
			for n := range 3 {
				errs = append(errs, c.Kill(n))
			}
			for n := range 3 {
				errs = append(errs, c.Restart(n))
			}
			return errors.Join(append(errs, c.Wait(t.Context(), 3, "green"))...)
		})
	})
}

// manager returns the number of the node that manages a cluster.
func manager(t *testing.T, c *clustertest.Cluster) (n int) {
	t.Helper()
	a, err := http.Get(c.Addresses()[0] + "/_cat/cluster_manager?h=node")
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

// harmed is an index that is written and read while nodes fail.
type harmed struct {
	location     string
	acknowledged atomic.Int64 // articles
	failed       atomic.Int64 // writes and searches that told an error
}

// batchSize is the number of articles in a batch, and so in what a generation has more
// than the one before.
const batchSize = 50

// underHarm does harm while others write and read, and checks what is left.
func underHarm(t *testing.T, c *clustertest.Cluster, harm func() error) {
	h := &harmed{location: locationOf(c.Addresses(), t.Name())}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	started := make(chan struct{})
	var workers sync.WaitGroup
	workers.Go(func() {
		if err := h.write(ctx, started); err != nil {
			t.Errorf("writer: %v", err)
		}
	})
	<-started
	workers.Go(func() {
		if err := h.read(ctx); err != nil {
			t.Errorf("reader: %v", err)
		}
	})
	if err := harm(); err != nil {
		t.Errorf("harm: %v", err)
	}
	stop()
	workers.Wait()
	h.check(t)
	t.Logf("%d articles acknowledged, %d operations failed", h.acknowledged.Load(), h.failed.Load())
	if err := removeIndex(h.location); err != nil {
		t.Error(err)
	}
}

// write writes batches until the context ends, each until it is acknowledged. An engine
// whose operation failed is opened anew, as a program would be started again.
func (h *harmed) write(ctx context.Context, started chan<- struct{}) error {
	var e engine.Engine
	defer func() {
		if e != nil {
			_ = e.Close(context.WithoutCancel(ctx)) // with a node that may be gone
		}
	}()
	encoder := match.NewEncoder(analysis.Of)
	for n := 0; ctx.Err() == nil; {
		var err error
		if e == nil {
			if e, err = (opensearch.Driver{}).Open(ctx, h.location, engine.Options{LockWait: 2 * time.Minute}); err != nil {
				h.failed.Add(1)
				e = nil
				continue
			}
		}
		err = e.Write(ctx, batchOf(encoder, n))
		if err == nil {
			err = e.Publish(ctx)
		}
		if err != nil && ctx.Err() == nil {
			h.failed.Add(1)
			_ = e.Close(ctx) // what failed was told
			e = nil
			continue
		}
		if err != nil {
			return nil
		}
		if n++; n == 1 {
			close(started)
		}
		h.acknowledged.Store(int64(n * batchSize))
	}
	return nil
}

// batchOf makes the articles of a batch, which are one entry.
func batchOf(encoder *match.Encoder, n int) *engine.Batch {
	key := fmt.Sprintf("entry%06d", n)
	b := &engine.Batch{PutEntries: []engine.Entry{{Key: key, Stamp: "s"}}}
	for i := range batchSize {
		a := corpus.Article{ID: fmt.Sprintf("id%08d", n*batchSize+i), Title: "korea", Body: strings.Repeat("sanctions ", 20)}
		b.Put = append(b.Put, engine.Doc{
			Article: a, Entry: key, Version: "1",
			Text: encoder.Encode(match.Input{ID: a.ID, Title: a.Title, Body: []string{a.Body}}),
		})
	}
	return b
}

// read searches until the context ends. An answer is whole or an error.
func (h *harmed) read(ctx context.Context) error {
	e, err := opensearch.Driver{}.Open(ctx, h.location, engine.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	defer e.Close(context.WithoutCancel(ctx))
	for ctx.Err() == nil {
		before := h.acknowledged.Load()
		snap, err := e.Snapshot(ctx)
		if err != nil {
			h.failed.Add(1)
			continue
		}
		found, err := snap.Search(ctx, &engine.Request{Plan: match.Stem{Field: match.Text, Stem: "korea"}, ExactTotal: true, Limit: 10})
		switch {
		case err != nil:
			h.failed.Add(1)
		case found.Total != snap.Len() || found.Total%batchSize != 0 || int64(found.Total) < before:
			return fmt.Errorf("%d articles found of %d; %d had been acknowledged", found.Total, snap.Len(), before)
		}
		_ = snap.Close(ctx) // its node may be gone
	}
	return nil
}

// check counts what is left when all is well again.
func (h *harmed) check(t *testing.T) {
	t.Helper()
	e, err := opensearch.Driver{}.Open(t.Context(), h.location, engine.Options{LockWait: 2 * time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close(context.Background())
	if err := e.Publish(t.Context()); err != nil {
		t.Fatal(err)
	}
	snap, err := e.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer snap.Close(context.Background())
	there := map[string]bool{}
	for id, err := range snap.IDs(t.Context(), "") {
		if err != nil {
			t.Fatal(err)
		}
		there[id] = true
	}
	for n := range h.acknowledged.Load() {
		if id := fmt.Sprintf("id%08d", n); !there[id] {
			t.Errorf("%s was acknowledged and is missing", id)
		}
	}
	for entry, err := range snap.Entries(t.Context()) {
		if err != nil || entry.Stamp != "" && entry.Articles != batchSize {
			t.Errorf("entry %s has %d articles: %v", entry.Key, entry.Articles, err)
		}
	}
}
