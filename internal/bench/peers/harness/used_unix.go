//go:build unix

package harness

import (
	"os"
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

// PeakMemory returns the largest resident memory of a process that has ended, in
// bytes as Linux counts it.
func PeakMemory(p *os.ProcessState) int64 {
	if u, ok := p.SysUsage().(*syscall.Rusage); ok {
		return int64(u.Maxrss) * 1024
	}
	return 0
}
