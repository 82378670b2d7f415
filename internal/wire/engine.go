package wire

import (
	"time"

	"github.com/newsq/newsq/index"
)

// CopyReport is what copying an index came to: newsq copy --json.
type CopyReport struct {
	Format   int     `json:"format"`
	Articles int     `json:"articles"`          // in both indexes
	Copied   int     `json:"copied"`            // of these, those that were not there yet
	Removed  int     `json:"removed,omitempty"` // that the source has not
	Notes    int     `json:"notes"`             // versions that don't stand, and what is known of those taken back
	Sources  int     `json:"sources"`           // files that the next sync need not read
	Settings int     `json:"settings"`
	TookMS   float64 `json:"took_ms"`
}

// NewCopyReport returns the form of what copying an index came to.
func NewCopyReport(c *index.CopyReport) CopyReport {
	return CopyReport{
		Format: Format, Articles: c.Articles, Copied: c.Copied, Removed: c.Removed, Notes: c.Notes,
		Sources: c.Sources, Settings: c.Settings, TookMS: milliseconds(c.Took),
	}
}

// InitPlan is what has to be done, or was done, so that there is an index on servers:
// newsq engine init --json.
type InitPlan struct {
	Format int      `json:"format"`
	Done   bool     `json:"done"` // the steps were done
	Steps  []string `json:"steps"`
	Notes  []string `json:"notes"`
}

// NewInitPlan returns the form of a plan.
func NewInitPlan(p *index.InitPlan, done bool) InitPlan {
	return InitPlan{Format: Format, Done: done, Steps: each(p.Steps, same), Notes: each(p.Notes, same)}
}

func same(s string) string { return s }

// EngineStatus is how an index on servers is: newsq engine status --json.
type EngineStatus struct {
	Format  int      `json:"format"`
	Cluster string   `json:"cluster"`
	Version string   `json:"version"`
	Health  string   `json:"health"`
	Servers []Server `json:"servers"`

	Name        string       `json:"name"`
	Index       string       `json:"index,omitempty"`
	IndexHealth string       `json:"index_health,omitempty"`
	Older       []OlderIndex `json:"older"`

	Schema      int       `json:"schema"`
	Shards      int       `json:"shards"`
	Replicas    int       `json:"replicas"`
	InSync      int       `json:"in_sync"` // copies of all shards
	Durability  string    `json:"durability,omitempty"`
	Articles    int       `json:"articles"`
	Generation  uint64    `json:"generation"`
	Published   time.Time `json:"published,omitzero"`
	Bytes       int64     `json:"bytes"`
	Unpublished bool      `json:"unpublished"`
	Writer      string    `json:"writer,omitempty"`
	LeaseEnds   time.Time `json:"lease_ends,omitzero"`

	MaxClauses int      `json:"max_clauses,omitempty"`
	Warnings   []string `json:"warnings"`
	Unknown    []string `json:"unknown"`
}

// Server is a server of a cluster.
type Server struct {
	Name      string `json:"name"`
	Version   string `json:"version"`
	Heap      int64  `json:"heap_bytes"`
	DiskTotal int64  `json:"disk_bytes"`
	DiskFree  int64  `json:"free_bytes"`
}

// OlderIndex is an index that another one has replaced.
type OlderIndex struct {
	Index   string    `json:"index"`
	Created time.Time `json:"created,omitzero"`
	Bytes   int64     `json:"bytes"`
}

// NewEngineStatus returns the form of the status of an index on servers.
func NewEngineStatus(s *index.ServerStatus) EngineStatus {
	return EngineStatus{
		Format: Format, Cluster: s.Cluster, Version: s.Version, Health: s.Health,
		Servers: each(s.Servers, func(n index.Server) Server { return Server(n) }),
		Name:    s.Name, Index: s.Index, IndexHealth: s.IndexHealth,
		Older:  each(s.Older, func(o index.OlderIndex) OlderIndex { return OlderIndex(o) }),
		Schema: s.Schema, Shards: s.Shards, Replicas: s.Replicas, InSync: s.InSync, Durability: s.Durability,
		Articles: s.Articles, Generation: s.Generation, Published: s.Published.UTC(), Bytes: s.Bytes,
		Unpublished: s.Unpublished, Writer: s.Writer, LeaseEnds: s.LeaseEnds.UTC(),
		MaxClauses: s.MaxClauses, Warnings: each(s.Warnings, same), Unknown: each(s.Unknown, same),
	}
}
