package neardup

import "golang.org/x/sys/cpu"

// wide is whether the processor has AVX2, and so computes eight hash functions at a
// time.
var wide = cpu.X86.HasAVX2

// minimizeWide is minimizePlain. There is at least one hash.
//
//go:noescape
func minimizeWide(minima, multipliers, xors *[lanes]uint32, hashes []uint32)
