package segment

import (
	"encoding/binary"
	"math"
)

// Impact is a pair that bounds postings from above: a frequency that none of
// them exceeds and a norm that none of them is below. A block has several.
// Each of its postings is bounded by at least one of them, so a score that
// grows with the frequency and falls with the norm is at most the best score
// of the block's impacts.
type Impact struct {
	Freq uint32
	Norm uint32 // length of the field in the document, in tokens
}

// maxImpacts is how many pairs are kept of a block, a group or a list. Four
// bound a block of 128 postings nearly as closely as all pairs do, for at most
// one bit a posting.
const maxImpacts = 4

// allImpactsSize is the size of impacts that are not cut: those of lists and
// groups.
const allImpactsSize = maxImpacts * impactPairSize

const (
	impactPairSize = 3
	// saturatedFreq stands for this frequency or a greater one. Scores hardly
	// grow beyond it.
	saturatedFreq = math.MaxUint8
)

// frontier holds the pairs that no other pair dominates: a pair is dominated
// by one with at least its frequency and at most its norm. They are ordered by
// falling frequency, and so by falling norm.
type frontier []Impact

// add takes in a pair unless one dominates it, and drops those that it
// dominates.
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
	// From i on, frequencies are lower than p's. f[i-1] has at least p's
	// frequency, and a greater norm.
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

// addAll takes in a pair for each posting, as add does one by one. Most
// frequencies are low: of those, the least norm of each frequency is found
// first, without a branch that the processor cannot foresee.
func (f frontier) addAll(freqs, norms []uint32) frontier {
	const lowFreqs = 16
	var leastNorm [lowFreqs]uint32
	for i := range leastNorm {
		leastNorm[i] = math.MaxUint32
	}
	var seen uint32 // a bit for each low frequency
	for i, norm := range norms[:len(freqs)] {
		if freq := freqs[i]; freq < lowFreqs {
			leastNorm[freq] = min(leastNorm[freq], norm)
			seen |= 1 << freq
		} else {
			f = f.add(Impact{freq, norm})
		}
	}
	for freq := uint32(lowFreqs - 1); freq > 0; freq-- {
		if seen>>freq&1 != 0 {
			f = f.add(Impact{freq, leastNorm[freq]})
		}
	}
	return f
}

// reduce joins neighbours until maxImpacts pairs are left. It starts with
// those whose common bound is the least worse than their own.
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

// appendImpacts encodes the pairs of f, at most maxImpacts, and fills up with
// pairs of frequency 0.
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

// decodeImpacts appends the pairs of b to dst. It stops at the first of
// frequency 0.
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

// Saturation is how a posting list is bounded: Base and PerLength say what a
// frequency is set against, which is Base + PerLength*norm.
type Saturation struct{ Base, PerLength float64 }

// of returns what a frequency comes to: freq/(freq + Base + PerLength*norm).
// It is less than 1, grows with the frequency and falls with the norm.
func (s Saturation) of(p Impact) float64 {
	tf := float64(p.Freq)
	return tf / (tf + s.Base + s.PerLength*float64(p.Norm))
}

// Max returns the highest saturation that impacts allow, 0 if there are none.
func (s Saturation) Max(impacts []Impact) float64 {
	highest := 0.0
	for _, p := range impacts {
		highest = max(highest, s.of(p))
	}
	return highest
}
