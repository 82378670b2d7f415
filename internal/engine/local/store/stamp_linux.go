package store

import (
	"io/fs"
	"syscall"
)

// stamp tells a file from one that takes its place, and from itself changed.
type stamp struct {
	dev, ino uint64
	size     int64
	sec, ns  int64
}

// stampOf is os.Stat for those who look each time they are asked something.
func stampOf(path string) (stamp, error) {
	var st syscall.Stat_t
	for {
		switch err := syscall.Stat(path, &st); err {
		case nil:
			return stamp{uint64(st.Dev), st.Ino, st.Size, int64(st.Mtim.Sec), int64(st.Mtim.Nsec)}, nil
		case syscall.EINTR:
		default:
			return stamp{}, &fs.PathError{Op: "stat", Path: path, Err: err}
		}
	}
}

func (s stamp) same(t stamp) bool { return s == t && s != stamp{} }
