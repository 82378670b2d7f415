//go:build opensearch

package index_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/opensearch"
	"github.com/newsq/newsq/internal/engine/opensearch/clustertest"
	"github.com/newsq/newsq/internal/engine/opensearch/faultproxy"
)

// What is synced: files, each an entry of the corpus.
const (
	filesAtOnce = 8 // that a sync finds new
	inFile      = 25
	sources     = 7
)

// harmed is an archive on a cluster that is harmed.
type harmed struct {
	t                *testing.T
	location, folder string

	files        int          // in the folder
	acknowledged atomic.Int64 // articles of syncs that succeeded
	syncs        atomic.Int64 // that succeeded
	searches     atomic.Int64 // that were answered
	failed       atomic.Int64 // syncs and searches that told an error
	longest      atomic.Int64 // milliseconds between two answers to searches

	mu     sync.Mutex
	errors map[string]string // the first of each kind, for who reads the log
}

func newHarmed(t *testing.T, addresses []string) *harmed {
	hosts := strings.ReplaceAll(strings.Join(addresses, ","), "http://", "")
	h := &harmed{t: t, folder: t.TempDir(), errors: map[string]string{}}
	h.location = fmt.Sprintf("http://%s/harm-%d-%08x", hosts, os.Getpid(), rand.Uint32())
	t.Cleanup(func() {
		address, _, _ := strings.Cut(hosts, ",")
		h.send(http.MethodDelete, "http://"+address+"/"+h.name()+"-*", "")
	})
	return h
}

// name returns that of the archive on the cluster.
func (h *harmed) name() string { return path.Base(h.location) }

// send sends a request to a node, past newsq.
func (h *harmed) send(method, url, body string) {
	h.t.Helper()
	r, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		h.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	a, err := http.DefaultClient.Do(r)
	if err != nil {
		h.t.Fatal(err)
	}
	if a.Body.Close(); a.StatusCode != http.StatusOK {
		h.t.Errorf("%s %s: status %d", method, url, a.StatusCode)
	}
}

// fails notes an error that an operation told.
func (h *harmed) fails(what string, err error) {
	h.failed.Add(1)
	<-time.After(100 * time.Millisecond) // lest the nodes starve of who asks them
	h.mu.Lock()
	defer h.mu.Unlock()
	kind := what
	for _, k := range []error{index.ErrLocked, index.ErrSnapshotGone, index.ErrNoIndex, index.ErrServer} {
		if errors.Is(err, k) {
			kind += ": " + k.Error()
		}
	}
	if h.errors[kind] == "" {
		h.errors[kind] = err.Error()
	}
}

// grow puts new files into the folder.
func (h *harmed) grow(files int) {
	h.t.Helper()
	for range files {
		var lines strings.Builder
		for i := range inFile {
			n := h.files*inFile + i
			fmt.Fprintf(&lines, `{"id":"id%06d","title":"Ferry %d","body":"%s","source":"source %d"}`+"\n",
				n, n, strings.Repeat("The ferry left the harbour late. ", 10+n%50), n%sources)
		}
		name := filepath.Join(h.folder, fmt.Sprintf("file%05d.jsonl", h.files))
		if err := os.WriteFile(name, []byte(lines.String()), 0o600); err != nil {
			h.t.Fatal(err)
		}
		h.files++
	}
}

// syncOnce opens the archive and syncs the folder.
func (h *harmed) syncOnce(ctx context.Context) (r index.SyncReport, err error) {
	ix, err := index.Open(ctx, h.location, &index.Options{LockWait: time.Minute})
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, ix.Close()) }()
	src, err := corpus.Open(h.folder)
	if err != nil {
		return r, err
	}
	return ix.Sync(ctx, src, nil)
}

// sync syncs the folder until that succeeds.
func (h *harmed) sync(ctx context.Context) {
	for ctx.Err() == nil {
		if _, err := h.syncOnce(ctx); err != nil {
			if ctx.Err() == nil {
				h.fails("sync", err)
			}
			continue
		}
		h.syncs.Add(1)
		h.acknowledged.Store(int64(h.files * inFile))
		return
	}
}

// search searches until the context ends, with one open index. Each answer is whole, and
// has all that was acknowledged before.
func (h *harmed) search(ctx context.Context) {
	var ix *index.Index
	last := time.Now()
	for ctx.Err() == nil {
		var err error
		if ix == nil {
			if ix, err = index.Open(ctx, h.location, &index.Options{ReadOnly: true}); err != nil {
				ix = nil
				h.fails("open", err)
				continue
			}
			defer ix.Close()
		}
		before := h.acknowledged.Load()
		res, err := ix.Search(ctx, index.Query{Text: "ferry harbour", Facets: []string{"source"}, FacetLimit: -1, ExactTotal: true})
		if ctx.Err() != nil {
			return
		}
		if err != nil {
			h.fails("search", err)
			continue
		}
		h.searches.Add(1)
		h.longest.Store(max(h.longest.Load(), time.Since(last).Milliseconds()))
		last = time.Now()
		counted := 0
		for _, c := range res.Facets[0].Values {
			counted += c.Count
		}
		if int64(res.Total) < before || !res.Exact || res.Relaxed || counted != res.Total || len(res.Hits) != min(res.Total, 10) {
			h.t.Errorf("%d articles found, exact %v, by source %d, %d hits; %d had been acknowledged", res.Total, res.Exact, counted, len(res.Hits), before)
		}
	}
}

// under syncs and searches while harm is done, and holds what is left to what was
// acknowledged.
func (h *harmed) under(harm func() error) {
	h.t.Helper()
	h.grow(filesAtOnce)
	h.sync(h.t.Context())
	ctx, stop := context.WithCancel(h.t.Context())
	var workers sync.WaitGroup
	workers.Go(func() {
		for ctx.Err() == nil {
			h.grow(filesAtOnce)
			h.sync(ctx)
		}
	})
	workers.Go(func() { h.search(ctx) })
	if err := harm(); err != nil {
		h.t.Errorf("harm: %v", err)
	}
	stop()
	workers.Wait()
	h.check()
}

// await waits until so many syncs have succeeded.
func (h *harmed) await(syncs int64) {
	for h.syncs.Load() < syncs && h.t.Context().Err() == nil {
		<-time.After(50 * time.Millisecond) // they don't call when they are done
	}
}

// check counts what is there: all that was acknowledged at first, and then, as nothing
// harms any more, all that is in the folder.
func (h *harmed) check() {
	h.t.Helper()
	acknowledged := int(h.acknowledged.Load())
	ids, missing := h.ids(), 0
	for n := range acknowledged {
		if _, ok := slices.BinarySearch(ids, fmt.Sprintf("id%06d", n)); !ok {
			h.t.Errorf("id%06d was acknowledged and is missing", n)
			missing++
		}
	}
	if _, err := h.syncOnce(h.t.Context()); err != nil {
		h.t.Errorf("sync of what is left: %v", err)
	}
	if got := len(h.ids()); got != h.files*inFile {
		h.t.Errorf("%d articles in the end of %d", got, h.files*inFile)
	}
	r, err := h.syncOnce(h.t.Context())
	if err != nil || r.Unchanged != h.files*inFile || r.Added+r.Updated > 0 {
		h.t.Errorf("a sync of nothing new: %+v, %v", r, err)
	}
	if found, err := index.Check(h.t.Context(), h.location); err != nil || !found.Whole() {
		h.t.Errorf("check: %+v, %v", found, err)
	}
	h.t.Logf("%d articles acknowledged of %d in %d syncs, %d missing; %d searches answered, %d ms apart at most; %d operations failed",
		acknowledged, h.files*inFile, h.syncs.Load(), missing, h.searches.Load(), h.longest.Load(), h.failed.Load())
	for kind, text := range h.errors {
		h.t.Logf("%s: %s", kind, text)
	}
}

// ids returns the ids of all articles that the archive shows, and holds the records of
// entries to them.
func (h *harmed) ids() (ids []string) {
	h.t.Helper()
	e, err := opensearch.Driver{}.Open(h.t.Context(), h.location, engine.Options{LockWait: 2 * time.Minute})
	if err != nil {
		h.t.Fatal(err)
	}
	defer e.Close(context.Background())
	if err := e.Publish(h.t.Context()); err != nil {
		h.t.Fatal(err)
	}
	snap, err := e.Snapshot(h.t.Context())
	if err != nil {
		h.t.Fatal(err)
	}
	defer snap.Close(context.Background())
	for id, err := range snap.IDs(h.t.Context(), "") {
		if err != nil {
			h.t.Fatal(err)
		}
		ids = append(ids, id)
	}
	for entry, err := range snap.Entries(h.t.Context()) {
		if err != nil || strings.HasSuffix(entry.Key, ".jsonl") && entry.Stamp != "" && entry.Articles != inFile {
			h.t.Errorf("entry %q is recorded and has %d articles: %v", entry.Key, entry.Articles, err)
		}
	}
	return ids
}

// fewer is a number of times, a third with -short.
func fewer(n int64) int64 {
	if testing.Short() {
		return n / 3
	}
	return n
}

// A proxy that does all kinds of harm to one request in eight, of syncs and of searches,
// and to one in three that writes.
func TestOpenSearchThroughFaults(t *testing.T) {
	addresses := clustertest.Any(t)
	faults := []faultproxy.Fault{
		faultproxy.DropAnswer, faultproxy.DropRequest, faultproxy.TooMany, faultproxy.Unavailable,
		faultproxy.CutAnswer, faultproxy.BadJSON, faultproxy.HalfOfBulk, faultproxy.ShortBulk, // the last two of bulk requests
	}
	random := rand.New(rand.NewPCG(1, 2))
	proxy := faultproxy.Start(addresses[0], func(_ int, r *http.Request) faultproxy.Fault {
		few, list := 8, faults[:len(faults)-2]
		if faultproxy.IsBulk(r) {
			few, list = 3, faults
		}
		if random.IntN(few) > 0 {
			return faultproxy.None
		}
		return list[random.IntN(len(list))]
	})
	t.Cleanup(proxy.Close)
	h := newHarmed(t, []string{proxy.URL})
	h.under(func() error {
		h.await(fewer(6))
		proxy.SetRule(func(int, *http.Request) faultproxy.Fault { return faultproxy.None })
		return nil
	})
	for _, f := range faults {
		t.Logf("fault %d was done %d times", f, proxy.Done(f))
	}
}

// An archive that is made again beside itself, several times, and takes its own place
// while it is searched and synced.
func TestOpenSearchRebuiltUnderSearch(t *testing.T) {
	h := newHarmed(t, clustertest.Any(t))
	h.under(func() error {
		for n := range fewer(3) {
			if _, err := index.Rebuild(t.Context(), h.location, &index.RebuildOptions{LockWait: time.Minute}); err != nil {
				return err
			}
			h.await(2*n + 3)
		}
		return nil
	})
	if h.failed.Load() > 0 {
		t.Error("not all syncs and searches succeeded")
	}
}
