//go:build !linux

package segment

// dropPages does nothing where there is no such call, or no plain one.
func (s *Segment) dropPages([]byte) {}
