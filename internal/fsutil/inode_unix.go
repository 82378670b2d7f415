//go:build unix

package fsutil

import (
	"os"
	"strconv"
	"syscall"
)

// Inode returns the inode number of a file, in decimal; empty when it is not
// known.
func Inode(path string) string {
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
