package segment

import (
	"bytes"
	"encoding/binary"
	"fmt"

	"github.com/blevesearch/vellum"
)

// The format of vellum, version 1, is a header and a footer of 16 bytes each, and
// the states between them. A state is addressed by its last byte, and read from
// there backwards.
const (
	fstFrameSize     = 16 // size of the header, and of the footer
	fstVersion       = 1
	fstFinalLeaf     = 0 // address of the state that is final and has no transitions
	fstDeadEnd       = 1 // address of the state that is not final and has no transitions
	fstOneTransition = 1 << 7
	fstTargetBefore  = 1 << 6 // of a state of one transition: its target is the state before it
	fstFinal         = 1 << 6 // of a state of any other number of transitions
	fstLowBits       = 1<<6 - 1
)

// fstCommonLabels are labels that a state of one transition keeps in its first
// byte, as 1 + their index here.
const fstCommonLabels = "te/oasripcnw.hlm-du012g=:bf3y5&_4v9678k%?xCDASFIBEjPTzRNM+LOqHG"

// littleEndian returns the integer that is packed in at most eight bytes.
func littleEndian(b []byte) (v uint64) {
	for i, c := range b {
		v |= uint64(c) << (8 * i)
	}
	return v
}

// fstGet does what the Get of a vellum FST does, and verifies what it reads
// state by state. To verify a whole FST takes longer than to get all words of
// a query. It is one loop of three forms of states, so that nothing is passed
// on between functions.
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
		if err := f.seg.verifyBytes(fst[max(fstFrameSize, state-3) : state+1]); err != nil { // the bytes that tell the sizes
			return 0, false, err
		}
		head, low := fst[state], state // low is the lowest address read
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
		final := uint64(0) // bytes of the output of a term that ends here
		if head&fstFinal != 0 {
			final = outputSize
		}
		size := numTransitions*(1+targetSize+outputSize) + final
		if targetSize > 8 || outputSize > 8 || low < fstFrameSize+size {
			return damaged()
		}
		b := fst[low-size : low] // final output, outputs, targets, labels
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

// fstTarget returns the state that lies a distance before another. Distance 0
// stands for fstFinalLeaf.
func fstTarget(from, distance uint64) (uint64, bool) {
	if distance == 0 {
		return fstFinalLeaf, true
	}
	return from - distance, distance <= from
}

// fstMinSize is the size of an FST without terms.
const fstMinSize = 32

// recoverFST turns a panic of vellum into an error. Vellum trusts the bytes of an
// FST, and indexes slices by what it reads of them.
func recoverFST(err *error) {
	if r := recover(); r != nil {
		*err = fmt.Errorf("%w: dictionary: %v", ErrDamaged, r)
	}
}

// openFST verifies and opens the FST of a field that has terms.
func (s *Segment) openFST(f *field) (fst *vellum.FST, err error) {
	if err := s.verifyBytes(f.fst); err != nil {
		return nil, err
	}
	defer recoverFST(&err)
	if len(f.fst) < fstMinSize {
		return nil, fmt.Errorf("%w: dictionary of %s", ErrDamaged, f.name)
	}
	fst, err = vellum.Load(f.fst)
	if err != nil {
		return nil, fmt.Errorf("%w: dictionary of %s: %w", ErrDamaged, f.name, err)
	}
	if uint64(fst.Len()) != f.terms {
		return nil, fmt.Errorf("%w: dictionary of %s has %d terms, not %d", ErrDamaged, f.name, fst.Len(), f.terms)
	}
	return fst, nil
}

// termValue returns the value of a term in the term dictionary. ok is false if
// the field does not have the term.
func (f *field) termValue(term []byte) (value uint64, ok bool, err error) {
	if f.terms == 0 {
		return 0, false, nil
	}
	return f.fstGet(term)
}
