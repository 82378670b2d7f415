//go:build !unix

package harness

import "time"

// used is known on Unix alone.
func used() (cpu time.Duration, rss int64) { return 0, 0 }
