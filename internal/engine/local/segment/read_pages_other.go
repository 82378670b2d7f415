//go:build !linux

package segment

// dropPages does nothing on systems without such a call.
func (s *Segment) dropPages([]byte) {}
