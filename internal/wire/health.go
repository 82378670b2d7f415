package wire

import "github.com/newsq/newsq/index"

// Health says whether an index can be read: newsq serve, /api/v1/health.
type Health struct {
	Format     int    `json:"format"`
	Status     string `json:"status"` // ok, or failed
	Generation uint64 `json:"generation"`
	Articles   int    `json:"articles"`
}

// NewHealth returns the form of a state of an index; err says that it could not be read.
func NewHealth(s index.State, err error) Health {
	h := Health{Format: Format, Status: "ok", Generation: s.Generation, Articles: s.Articles}
	if err != nil {
		h.Status = "failed"
	}
	return h
}
