package fsutil

import (
	"io/fs"
	"syscall"
)

// FileState is what tells a file from another one under its name, and from
// itself after a change. The zero FileState is that of no file.
type FileState struct {
	dev, ino uint64
	size     int64
	sec, ns  int64
}

// StatFile returns the state of a file. It is called for each search, so it
// asks the system directly: os.Stat allocates memory.
func StatFile(path string) (FileState, error) {
	var st syscall.Stat_t
	for {
		switch err := syscall.Stat(path, &st); err {
		case nil:
			return FileState{uint64(st.Dev), st.Ino, st.Size, int64(st.Mtim.Sec), int64(st.Mtim.Nsec)}, nil
		case syscall.EINTR:
		default:
			return FileState{}, &fs.PathError{Op: "stat", Path: path, Err: err}
		}
	}
}

// Same reports whether both are the state of the same file, unchanged.
func (s FileState) Same(t FileState) bool { return s == t && s != FileState{} }
