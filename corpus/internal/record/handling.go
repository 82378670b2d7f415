package record

import "time"

// Handling is what the sender of an article said of its use. Its fields are
// those of the article's, see package corpus.
type Handling struct {
	Version        int
	Status         string
	Embargoed      bool
	EmbargoedUntil time.Time
	Replaces       []string
	Withdraws      []string
	Notice         string
	Rights         string
	NoAI           bool
}
