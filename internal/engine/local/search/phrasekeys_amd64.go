package search

import "slices"

// matchPart is matchKeys as far as both lists have eight keys left. It returns how far it
// came in them.
func matchPart(dst, keys, others []uint32, distance uint32) (_ []uint32, i, j int) {
	if !wide || len(keys) < 8 || len(others) < 8 {
		return dst, 0, 0
	}
	// Each step goes eight keys further in one of the lists, and writes up to eight.
	dst = slices.Grow(dst, len(keys)+len(others)+8)
	n, at, other := matchWide(&dst[len(dst):cap(dst)][0], keys, others, distance, &membersOf)
	return dst[:len(dst)+int(n)], int(at), int(other)
}

// matchWide is matchPart. dst is behind what is kept. It writes up to seven keys beyond
// the n that it found. No key may be among others twice.
//
//go:noescape
func matchWide(dst *uint32, keys, others []uint32, distance uint32, membersOf *[256][8]uint8) (n, i, j uint)
