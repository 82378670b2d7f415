//go:build !linux

package clustertest

import (
	"fmt"
	"os"
	"os/exec"
)

const (
	terminate = unknown("terminate")
	freeze    = unknown("freeze")
	thaw      = unknown("thaw")
)

// unknown is a signal that this system may not have.
type unknown string

func (u unknown) Signal()        {}
func (u unknown) String() string { return string(u) }

// runFolder is the first thing of a cluster that is made.
func runFolder() (string, error) {
	return "", fmt.Errorf("%w: nodes are started on Linux only; name others in %s", ErrMissing, Variable)
}

func launch(*exec.Cmd, chan<- struct{}) (*os.Process, error) { return nil, ErrMissing }

func makeFolder(dir string) error { return os.MkdirAll(dir, 0o755) }

func ours(string) error { return nil }
