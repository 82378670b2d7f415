package engine

import (
	"context"
	"time"
)

// Operator is a Driver whose indexes lie on servers that somebody runs: what they are
// made with can be chosen before they are filled, and looked at afterwards.
type Operator interface {
	// PlanInit says what has to be done so that there is an index at location, and
	// does nothing yet. A name that is taken by something else is an error.
	PlanInit(ctx context.Context, location string, o InitOptions) (*InitPlan, error)
	// Status says how an index and its servers are. It works with few rights: what may
	// not be asked is named. A location without an index is no error: then
	// Status.Index is empty.
	Status(ctx context.Context, location string) (*Status, error)
}

// InitOptions says what an index is made with.
type InitOptions struct {
	// Shards is in how many parts the index is; 0 means 1. Of more than one, a
	// snapshot shows each as it was at a moment of its own.
	Shards int
	// Replicas is how many copies of each shard there are beside the first; nil means
	// one where there are two servers or more.
	Replicas *int
}

// InitPlan is what has to be done so that there is an index.
type InitPlan struct {
	Steps []string // one for each thing that is done, in order; empty when all is there
	Notes []string // what is there already, or is not as one may expect
	// Apply does the steps. It ends at the first that fails; the plan can be made and
	// applied again.
	Apply func(ctx context.Context) error
}

// Status is how an index is, and the servers that it lies on.
type Status struct {
	Cluster string
	Version string
	Health  string // of the cluster: green, yellow or red
	// Nodes are the servers; empty when they may not be asked.
	Nodes []NodeStatus

	Alias       string // the name in the location
	Index       string // what it stands for; empty without an index
	IndexHealth string
	Older       []OlderStatus // indexes that it stood for before, not yet removed

	Schema     int
	Shards     int
	Replicas   int // copies of each shard that are promised now, beside the first
	InSync     int // copies of all shards that are there, the first ones too
	Durability string
	Articles   int
	Generation uint64
	Published  time.Time
	Bytes      int64 // with all copies
	// Unpublished says that something was written after the last generation.
	Unpublished bool
	// Writer holds the lease to write, until LeaseEnds unless it renews it; empty for
	// nobody.
	Writer    string
	LeaseEnds time.Time

	MaxClauses int // clauses that a query may have
	// Warnings name, for a person, what promises less than one may expect.
	Warnings []string
	// Unknown names what the servers did not tell, with the reason.
	Unknown []string
}

// NodeStatus is a server.
type NodeStatus struct {
	Name      string
	Version   string
	Heap      int64 // bytes that it may use
	DiskTotal int64 // bytes
	DiskFree  int64
}

// OlderStatus is an index that another one has replaced.
type OlderStatus struct {
	Index   string
	Created time.Time
	Bytes   int64
}
