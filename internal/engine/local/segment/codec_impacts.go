package segment

import (
	"encoding/binary"
	"math"
)

// Impact bounds postings: they have at most this frequency and at least this
// length. A score that grows with frequency and falls with length is, for each
// posting of a block, at most that of one of the block's impacts.
type Impact struct {
	Freq uint32
	Norm uint32
}

// maxImpacts is how many pairs are kept. Four bound a block of 128 nearly as
// closely as all pairs do, at one bit a posting.
const maxImpacts = 4

// allImpactsSize is the size of impacts in the file.
const allImpactsSize = maxImpacts * impactPairSize

const (
	impactPairSize = 3
	// saturatedFreq stands for a frequency of that or more: what it adds to a score
	// hardly grows any more.
	saturatedFreq = math.MaxUint8
)

// frontier holds the pairs that no other pair covers, by falling frequency and
// so by falling length.
type frontier []Impact

// add takes in a pair unless one covers it, and drops those that it covers.
func (f frontier) add(p Impact) frontier {
	if p.Freq == 0 {
		return f
	}
	i := 0
	for i < len(f) && f[i].Freq >= p.Freq {
		if f[i].Norm <= p.Norm {
			return f
		}
		i++
	}
	// All from i on have a lower frequency; f[i-1] has at least p's, and is longer.
	if i > 0 && f[i-1].Freq == p.Freq {
		i--
	}
	j := i
	for j < len(f) && f[j].Norm >= p.Norm {
		j++
	}
	if j == i {
		f = append(f, Impact{})
		copy(f[i+1:], f[i:])
	} else {
		f = append(f[:i+1], f[j:]...)
	}
	f[i] = p
	return f
}

// reduce joins pairs until maxImpacts are left: those first that lose the
// least by it.
func (f frontier) reduce() frontier {
	for len(f) > maxImpacts {
		cheapest, minLoss := 0, math.Inf(1)
		for i := range f[:len(f)-1] {
			loss := float64(f[i].Freq) / float64(f[i+1].Freq) * float64(f[i].Norm+1) / float64(f[i+1].Norm+1)
			if loss < minLoss {
				cheapest, minLoss = i, loss
			}
		}
		f[cheapest].Norm = f[cheapest+1].Norm
		f = append(f[:cheapest+1], f[cheapest+2:]...)
	}
	return f
}

// appendImpacts encodes the pairs of f, of which there are at most maxImpacts.
func appendImpacts(b []byte, f frontier) []byte {
	for i := range maxImpacts {
		var p Impact
		if i < len(f) {
			p = f[i]
		}
		b = append(b, byte(min(p.Freq, saturatedFreq)))
		b = binary.LittleEndian.AppendUint16(b, uint16(min(p.Norm, math.MaxUint16)))
	}
	return b
}

// decodeImpacts appends the pairs of b, up to one that stands for none.
func decodeImpacts(dst []Impact, b []byte) []Impact {
	for ; len(b) >= impactPairSize; b = b[impactPairSize:] {
		freq := uint32(b[0])
		if freq == 0 {
			break
		}
		if freq == saturatedFreq {
			freq = math.MaxUint32
		}
		dst = append(dst, Impact{Freq: freq, Norm: uint32(binary.LittleEndian.Uint16(b[1:]))})
	}
	return dst
}
