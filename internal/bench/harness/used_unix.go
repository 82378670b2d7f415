//go:build unix

package harness

import (
	"syscall"
	"time"
)

// used returns the processor time of this process so far, and its largest
// resident memory in bytes as Linux counts it.
func used() (cpu time.Duration, rss int64) {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0, 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano()), int64(u.Maxrss) * 1024
}
