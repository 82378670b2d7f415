package maintain

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/opensearch/schema"
	"github.com/newsq/newsq/internal/engine/opensearch/store"
	"github.com/newsq/newsq/internal/engine/opensearch/transport"
)

// Status says how the index and its servers are. What the servers don't tell, because
// they may not be asked or are too busy, is named in the status.
func (a Archive) Status(ctx context.Context) (*engine.Status, error) {
	s := &statusReader{Archive: a, Status: engine.Status{Alias: a.Alias}}
	if err := s.readCluster(ctx); err != nil {
		return nil, fmt.Errorf("ask for the state of the servers: %w", err)
	}
	s.readNodes(ctx)
	s.readLimits(ctx)
	c, err := a.catalog(ctx)
	if err != nil {
		return nil, err
	}
	if err := s.readIndex(ctx, c); err != nil {
		return nil, err
	}
	return &s.Status, ctx.Err()
}

// statusReader gathers a status.
type statusReader struct {
	Archive
	engine.Status
}

// get asks a server, and notes what it does not tell.
func (s *statusReader) get(ctx context.Context, what, path string, query url.Values, into any) bool {
	err := s.Client.Do(ctx, &transport.Request{Method: http.MethodGet, Path: path, Query: query}, into)
	if err != nil {
		s.doesNotTell(what, err)
	}
	return err == nil
}

func (s *statusReader) doesNotTell(what string, err error) {
	s.Unknown = append(s.Unknown, what+": "+reasonOf(err))
}

func (s *statusReader) warn(format string, args ...any) {
	s.Warnings = append(s.Warnings, fmt.Sprintf(format, args...))
}

// readCluster asks what it is that answers. That nobody does is an error.
func (s *statusReader) readCluster(ctx context.Context) error {
	v, err := s.Client.Version(ctx)
	switch {
	case isForbidden(err):
		s.doesNotTell("version of the cluster", err)
	case err != nil:
		return err
	default:
		s.Cluster, s.Version = v.Cluster, v.Number
		if why := v.Unsupported(); why != "" {
			s.warn("%s", why)
		}
	}
	var health struct{ Status string }
	if s.get(ctx, "health of the cluster", "/_cluster/health", nil, &health) {
		s.Health = health.Status
	}
	return nil
}

// readNodes asks for the servers and their disks.
func (s *statusReader) readNodes(ctx context.Context) {
	var answer struct {
		Nodes map[string]struct {
			Name    string
			Version string
			JVM     struct {
				Mem struct {
					Heap int64 `json:"heap_max_in_bytes"`
				}
			}
		}
	}
	only := url.Values{"filter_path": {"nodes.*.name,nodes.*.version,nodes.*.jvm.mem.heap_max_in_bytes"}}
	if !s.get(ctx, "the servers", "/_nodes/jvm", only, &answer) {
		return
	}
	disks := s.readDisks(ctx)
	for id, n := range answer.Nodes {
		d := disks[id]
		s.Nodes = append(s.Nodes, engine.NodeStatus{Name: n.Name, Version: n.Version, Heap: n.JVM.Mem.Heap, DiskTotal: d.Total, DiskFree: d.Free})
	}
	slices.SortFunc(s.Nodes, func(x, y engine.NodeStatus) int { return strings.Compare(x.Name, y.Name) })
	if len(s.Nodes) == 1 {
		s.warn("there is one server: when its disk is lost, the index is")
	}
	for _, n := range s.Nodes {
		if n.Version != s.Nodes[0].Version {
			s.warn("the servers are of several versions: %s is of %s, %s of %s", s.Nodes[0].Name, s.Nodes[0].Version, n.Name, n.Version)
		}
	}
}

// disk is the room on a server.
type disk struct {
	Total int64 `json:"total_in_bytes"`
	Free  int64 `json:"available_in_bytes"`
}

func (s *statusReader) readDisks(ctx context.Context) map[string]disk {
	var answer struct {
		Nodes map[string]struct{ FS struct{ Total disk } }
	}
	disks := map[string]disk{}
	if s.get(ctx, "room on the disks", "/_nodes/stats/fs", url.Values{"filter_path": {"nodes.*.fs.total"}}, &answer) {
		for id, n := range answer.Nodes {
			disks[id] = n.FS.Total
		}
	}
	return disks
}

// readLimits asks for settings of the cluster that bound what can be done.
func (s *statusReader) readLimits(ctx context.Context) {
	l, err := s.limits(ctx)
	if err != nil {
		s.doesNotTell("settings of the cluster", err)
		return
	}
	s.MaxClauses = l.maxClauses
	if l.maxClauses < wantedClauses {
		s.warn("a query may have %d clauses (%s), so that words with many forms are refused as too broad; newsq engine init raises it to %d where it may",
			l.maxClauses, maxClausesSetting, wantedClauses)
	}
	for _, n := range s.Nodes {
		if n.DiskTotal == 0 {
			continue
		}
		used := n.DiskTotal - n.DiskFree
		switch {
		case l.flood.reached(used, n.DiskFree, n.DiskTotal):
			s.warn("the disk of %s is full but for %s: nothing can be written (%s)", n.Name, bytesText(n.DiskFree), l.flood)
		case l.high.reached(used, n.DiskFree, n.DiskTotal):
			s.warn("the disk of %s has %s free: the cluster moves shards away (%s)", n.Name, bytesText(n.DiskFree), l.high)
		case l.low.reached(used, n.DiskFree, n.DiskTotal):
			s.warn("the disk of %s has %s free: the cluster puts no more shards there (%s)", n.Name, bytesText(n.DiskFree), l.low)
		}
	}
}

// readIndex reads what is known of the index that the alias stands for.
func (s *statusReader) readIndex(ctx context.Context, c *catalog) error {
	if c.taken != "" {
		return fmt.Errorf("%w: %s", errTaken, c.taken)
	}
	for _, o := range c.others {
		older := engine.OlderStatus{Index: o.Name, Created: o.Created}
		if n, err := s.size(ctx, o.Name); err == nil {
			older.Bytes = n
		}
		s.Older = append(s.Older, older)
		if !o.isExplained() {
			s.warn("the index %s is there as well: %s", o.Name, o.why())
		}
	}
	if c.current == nil {
		return nil
	}
	i := c.current
	s.Index, s.Shards, s.Replicas, s.Durability = i.Name, i.Shards, i.Replicas, i.Durability
	s.Schema = i.schema()
	s.readHealth(ctx)
	s.readFigures(ctx, i)
	s.readState(ctx)
	s.warnOfPromises(i)
	return nil
}

func (s *statusReader) readHealth(ctx context.Context) {
	var health struct {
		Status string
		Active int `json:"active_shards"`
	}
	if s.get(ctx, "health of the index", transport.Path("_cluster", "health", s.Index), nil, &health) {
		s.IndexHealth, s.InSync = health.Status, health.Active
	}
	if n, err := s.size(ctx, s.Index); err == nil {
		s.Bytes = n
	} else {
		s.doesNotTell("size of the index", err)
	}
}

func (s *statusReader) readFigures(ctx context.Context, i *indexInfo) {
	f, err := s.figures(ctx, i)
	if err != nil {
		s.doesNotTell("articles", err)
		return
	}
	s.Articles, s.Generation = f.articles, f.generation
}

// warnOfPromises says where the index promises less than one may expect.
func (s *statusReader) warnOfPromises(i *indexInfo) {
	if why := i.outdated(); why != nil {
		s.warn("%v", why)
	}
	switch {
	case s.IndexHealth == "red":
		s.warn("a part of the index is missing: searches and writes fail until its server is back")
	case s.IndexHealth == "yellow":
		s.warn("%d of %d copies are there: the cluster makes the others when it has servers for them", s.InSync, i.Shards*(1+i.Replicas))
	}
	if i.Replicas == 0 && len(s.Nodes) > 1 {
		s.warn("the index has no copy: when a server is lost, so is what lies on it")
	}
	if i.Durability == "async" {
		s.warn("index.translog.durability is async: what was written last may be lost with a server, though it was acknowledged")
	}
	if i.Shards > 1 {
		s.warn("the index has %d shards: a search sees each as it was at a moment of its own", i.Shards)
	}
	if i.Threads != schema.OneThread {
		s.warn("a shard may be searched by several threads (%s is %q), which gives articles the scores of others now and then; newsq engine init mends it",
			schema.ThreadsSetting, i.Threads)
	}
	if i.Closed {
		s.warn("the index is closed: POST /%s/_open opens it", i.Name)
	}
}

// errTaken: the name of the archive is that of something else.
var errTaken = errors.New("the name is taken")

// reasonOf says why a server did not tell something.
func reasonOf(err error) string {
	if isForbidden(err) {
		return "the user may not ask for it"
	}
	return err.Error()
}

// readState reads who may write, and what was published.
func (s *statusReader) readState(ctx context.Context) {
	lease, err := store.ReadLease(ctx, s.Client, s.Archive.Alias)
	if err != nil {
		s.doesNotTell("who writes", err)
	} else if lease.Held(time.Now()) {
		s.Writer, s.LeaseEnds = lease.Holder, time.UnixMilli(lease.Expires).UTC()
	}
	state, err := store.ReadState(ctx, s.Client, s.Index)
	if err != nil {
		s.doesNotTell("what was published", err)
		return
	}
	s.Unpublished = state.Written
	if state.Time != 0 {
		s.Published = time.UnixMicro(state.Time).UTC()
	}
}
