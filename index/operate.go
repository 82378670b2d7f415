package index

import (
	"context"
	"fmt"
	"time"

	"github.com/newsq/newsq/internal/engine"
)

// InitOptions says what an index on servers is made with; nil means the zero
// InitOptions.
type InitOptions struct {
	// Shards is in how many parts the index is; 0 means 1, which is best for what fits.
	// Of more than one, a search during a sync may see each part as of a moment of its
	// own.
	Shards int
	// Replicas is how many copies there are of each part beside the first; nil means
	// one where there are two servers or more.
	Replicas *int
}

// InitPlan is what has to be done so that there is an index.
type InitPlan struct {
	Steps []string // in order; empty when all is there
	Notes []string // what is there already, or is not as one may expect
	apply func(ctx context.Context) error
}

// Apply does the steps. It ends at the first that fails; a plan can be made and
// applied again.
func (p *InitPlan) Apply(ctx context.Context) error { return p.apply(ctx) }

// PlanInit says what has to be done so that there is an index at a location on servers.
// [Open] makes an index as well where there is none; this is to see and choose before.
// An index in a folder needs no preparation, and is ErrUnsupported.
func PlanInit(ctx context.Context, location string, o *InitOptions) (*InitPlan, error) {
	op, at, err := operatorOf(location)
	if err != nil {
		return nil, err
	}
	var eo engine.InitOptions
	if o != nil {
		eo = engine.InitOptions(*o)
	}
	p, err := op.PlanInit(ctx, at, eo)
	if err != nil {
		return nil, fmt.Errorf("prepare index: %w", err)
	}
	return &InitPlan{Steps: p.Steps, Notes: p.Notes, apply: p.Apply}, nil
}

// operatorOf is driverOf for those who run the servers of an index.
func operatorOf(location string) (engine.Operator, string, error) {
	d, at, err := driverOf(location)
	if err != nil {
		return nil, "", err
	}
	op, ok := d.(engine.Operator)
	if !ok {
		return nil, "", fmt.Errorf("this kind of index needs no preparation: %w", ErrUnsupported)
	}
	return op, at, nil
}

// ServerStatus is how an index on servers is, and how they are.
type ServerStatus struct {
	Cluster string
	Version string // of what runs on the servers
	Health  string // of the cluster: green, yellow or red
	Servers []Server

	Name        string // of the index, in its location
	Index       string // what the name stands for; empty without an index
	IndexHealth string
	Older       []OlderIndex // that the name stood for before, not yet removed

	Schema     int
	Shards     int
	Replicas   int // copies of each shard beside the first, as promised
	InSync     int // copies of all shards that are there, the first ones too
	Durability string
	Articles   int
	Generation uint64
	Published  time.Time // the last generation
	Bytes      int64     // with all copies
	// Unpublished says that something was written after the last generation.
	Unpublished bool
	// Writer holds the right to write, until LeaseEnds unless it renews that; empty for
	// nobody.
	Writer    string
	LeaseEnds time.Time

	MaxClauses int      // that a query may have
	Warnings   []string // what promises less than one may expect
	Unknown    []string // what the servers did not tell, and why
}

// Server is one of the servers that an index lies on.
type Server struct {
	Name      string
	Version   string
	Heap      int64 // bytes that it may use
	DiskTotal int64 // bytes
	DiskFree  int64
}

// OlderIndex is an index that another one has replaced.
type OlderIndex struct {
	Index   string
	Created time.Time
	Bytes   int64
}

// StatusOf says how the index at a location on servers is, and how these are. It asks
// for little and works with few rights. An index in a folder is ErrUnsupported.
func StatusOf(ctx context.Context, location string) (*ServerStatus, error) {
	op, at, err := operatorOf(location)
	if err != nil {
		return nil, err
	}
	s, err := op.Status(ctx, at)
	if err != nil {
		return nil, fmt.Errorf("status of index: %w", err)
	}
	out := &ServerStatus{
		Cluster: s.Cluster, Version: s.Version, Health: s.Health,
		Name: s.Alias, Index: s.Index, IndexHealth: s.IndexHealth,
		Schema: s.Schema, Shards: s.Shards, Replicas: s.Replicas, InSync: s.InSync, Durability: s.Durability,
		Articles: s.Articles, Generation: s.Generation, Published: s.Published, Bytes: s.Bytes,
		Unpublished: s.Unpublished, Writer: s.Writer, LeaseEnds: s.LeaseEnds,
		MaxClauses: s.MaxClauses, Warnings: s.Warnings, Unknown: s.Unknown,
	}
	for _, n := range s.Nodes {
		out.Servers = append(out.Servers, Server(n))
	}
	for _, o := range s.Older {
		out.Older = append(out.Older, OlderIndex(o))
	}
	return out, nil
}
