//go:build !unix

package harness

import (
	"os"
	"time"
)

// used is known on Unix alone.
func used() (cpu time.Duration, rss int64) { return 0, 0 }

// PeakMemory is known on Unix alone.
func PeakMemory(*os.ProcessState) int64 { return 0 }
