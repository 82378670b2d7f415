//go:build !linux

package harness

import "time"

// processorTime is what getrusage tells, in whatever steps.
func processorTime() time.Duration {
	cpu, _ := used()
	return cpu
}
