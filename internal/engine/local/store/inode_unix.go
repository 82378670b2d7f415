//go:build unix

package store

import (
	"os"
	"strconv"
	"syscall"
)

// inodeOf returns the number of a file; empty when it is not known.
func inodeOf(path string) string {
	info, err := os.Stat(path)
	if err != nil {
		return ""
	}
	st, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return ""
	}
	return strconv.FormatUint(uint64(st.Ino), 10)
}
