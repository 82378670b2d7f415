package segment

import (
	"bytes"
	"encoding/binary"
	"fmt"
)

// vellum's format, version 1: a header and a footer of 16 bytes each; between
// them the states, each told by where its last byte is, and read from there
// backwards.
const (
	fstFrameSize     = 16 // of header and of footer
	fstVersion       = 1
	fstFinalLeaf     = 0 // the state that is final and leads nowhere
	fstDeadEnd       = 1 // the one that isn't final either
	fstOneTransition = 1 << 7
	fstTargetBefore  = 1 << 6 // of a state of one transition: it leads to the one before
	fstFinal         = 1 << 6 // of others
	fstLowBits       = 1<<6 - 1
)

// fstCommonLabels are the bytes that a state of one transition has in its head, as
// their place here and one.
const fstCommonLabels = "te/oasripcnw.hlm-du012g=:bf3y5&_4v9678k%?xCDASFIBEjPTzRNM+LOqHG"

func littleEndian(b []byte) (v uint64) {
	for i, c := range b {
		v |= uint64(c) << (8 * i)
	}
	return v
}

// fstGet looks a term up as vellum's FST.Get does. It has what it reads checked
// state by state: to check a whole dictionary takes longer than to look up all
// words of a query.
func (f *field) fstGet(term []byte) (value uint64, ok bool, err error) {
	fst := f.fst
	damaged := func() (uint64, bool, error) {
		return 0, false, fmt.Errorf("%w: dictionary of %s", ErrDamaged, f.name)
	}
	if len(fst) < 2*fstFrameSize {
		return damaged()
	}
	end := uint64(len(fst) - fstFrameSize)
	if err := f.seg.verifyBytes(fst[end:]); err != nil {
		return 0, false, err
	}
	for state := binary.LittleEndian.Uint64(fst[end+8:]); ; {
		if state == fstFinalLeaf || state == fstDeadEnd {
			return value, state == fstFinalLeaf && len(term) == 0, nil
		}
		if state < fstFrameSize || state >= end {
			return damaged()
		}
		if err := f.seg.verifyBytes(fst[max(fstFrameSize, state-3) : state+1]); err != nil { // what the sizes stand in
			return 0, false, err
		}
		head, low := fst[state], state // low is the least byte read
		if head&fstOneTransition != 0 {
			if len(term) == 0 {
				return 0, false, nil
			}
			label := byte(0)
			if index := head & fstLowBits; index > 0 {
				label = fstCommonLabels[index-1]
			} else {
				low--
				label = fst[low]
			}
			if label != term[0] {
				return 0, false, nil
			}
			term = term[1:]
			low--
			if head&fstTargetBefore != 0 {
				state = low
				continue
			}
			targetSize, outputSize := uint64(fst[low]>>4), uint64(fst[low]&15)
			if targetSize > 8 || outputSize > 8 || low < fstFrameSize+targetSize+outputSize {
				return damaged()
			}
			b := fst[low-targetSize-outputSize : low]
			if err := f.seg.verifyBytes(b); err != nil {
				return 0, false, err
			}
			value += littleEndian(b[:outputSize])
			low -= targetSize + outputSize
			if state, ok = fstTarget(low, littleEndian(b[outputSize:])); !ok {
				return damaged()
			}
			continue
		}
		numTransitions := uint64(head & fstLowBits)
		if numTransitions == 0 {
			low--
			if numTransitions = uint64(fst[low]); numTransitions == 1 {
				numTransitions = 256
			}
		}
		low--
		targetSize, outputSize := uint64(fst[low]>>4), uint64(fst[low]&15)
		final := uint64(0) // bytes of the value of a term that ends here
		if head&fstFinal != 0 {
			final = outputSize
		}
		size := numTransitions*(1+targetSize+outputSize) + final
		if targetSize > 8 || outputSize > 8 || low < fstFrameSize+size {
			return damaged()
		}
		b := fst[low-size : low] // value, outs, tos, bytes
		if err := f.seg.verifyBytes(b); err != nil {
			return 0, false, err
		}
		low -= size
		if len(term) == 0 {
			return value + littleEndian(b[:final]), head&fstFinal != 0, nil
		}
		outputs, targets := b[final:], b[final+numTransitions*outputSize:]
		i := bytes.IndexByte(targets[numTransitions*targetSize:], term[0])
		if i < 0 {
			return 0, false, nil
		}
		term = term[1:]
		value += littleEndian(outputs[uint64(i)*outputSize:][:outputSize])
		if state, ok = fstTarget(low, littleEndian(targets[uint64(i)*targetSize:][:targetSize])); !ok {
			return damaged()
		}
	}
}

// fstTarget returns the state at a distance before another; no distance stands for
// the empty state.
func fstTarget(from, distance uint64) (uint64, bool) {
	if distance == 0 {
		return fstFinalLeaf, true
	}
	return from - distance, distance <= from
}
