//go:build !unix

package server

import "time"

// cpuTime returns 0, for not known.
func cpuTime() time.Duration { return 0 }
