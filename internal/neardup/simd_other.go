//go:build !amd64

package neardup

const wide = false

func minimizeWide(_, _, _ *[lanes]uint32, _ []uint32) {}
