//go:build !linux

package fsutil

import "os"

// FileState is what tells a file from another one under its name, and from
// itself after a change. The zero FileState is that of no file.
type FileState struct{ info os.FileInfo }

// StatFile returns the state of a file.
func StatFile(path string) (FileState, error) {
	info, err := os.Stat(path)
	return FileState{info}, err
}

// Same reports whether both are the state of the same file, unchanged.
func (s FileState) Same(t FileState) bool {
	return s.info != nil && t.info != nil && os.SameFile(s.info, t.info) &&
		s.info.ModTime().Equal(t.info.ModTime()) && s.info.Size() == t.info.Size()
}
