package tagger

// packed are the weights of a feature by label, those of the first pass before those of the
// second: a byte each, with 128 added, eight in a number.
type packed [packedWords]uint64

const packedWords = (2*labels + 7) / 8

func (p *packed) set(l int, w int8) {
	shift := l % 8 * 8
	p[l/8] = p[l/8]&^(255<<shift) | uint64(uint8(w)^128)<<shift
}

func (p *packed) at(l int) int8 { return int8(uint8(p[l/8]>>(l%8*8)) ^ 128) }

// sums adds up packed weights, four in one addition: bytes with an even number in even, the
// others in odd, in 16 bits each, which suffice for maxAdded features.
type sums struct {
	even, odd [packedWords]uint64
	added     int32
}

const (
	everyOther = 0x00ff00ff00ff00ff
	maxAdded   = 65535 / 255
)

func (s *sums) add(p *packed) {
	for i, w := range p {
		s.even[i] += w & everyOther
		s.odd[i] += w >> 8 & everyOther
	}
	s.added++
}

// rows returns the sums for both passes.
func (s *sums) rows() (first, second row) {
	for l := range labels {
		first[l], second[l] = s.at(l), s.at(labels+l)
	}
	return first, second
}

// addSecond adds the sums for the second pass to a row.
func (s *sums) addSecond(to *row) {
	for l := range to {
		to[l] += s.at(labels + l)
	}
}

func (s *sums) at(l int) int32 {
	from := &s.even
	if l%2 == 1 {
		from = &s.odd
	}
	return int32(from[l/8]>>(l%8/2*16)&0xffff) - 128*s.added
}
