package segment

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math/bits"
)

// fstBuilder makes the FST of a field: the bytes that vellum's builder makes where
// suffixes are not shared. To share them would save a few percent of an FST, and take
// much of the time of building a segment. Without, a state is written as soon as its last
// term is known, and nothing is kept but the path to the last term. The builder serves one
// field after the other: reset, then insert for each term in order, then finish.
type fstBuilder struct {
	out []byte // the FST so far
	// last is the term that was inserted last, and path has the states on the way to
	// it: path[i] is where its first i bytes lead. None of them is written yet.
	last      []byte
	path      []openState
	lastState uint64 // address of the state written last
	terms     uint64
	// common has for each label 1 + its index in fstCommonLabels, 0 if it is not there.
	common [256]byte
}

// openState is a state to which transitions may be added.
type openState struct {
	final       bool
	finalOutput uint64
	transitions []fstTransition // but for the one by which the path goes on
	output      uint64          // of that one
}

type fstTransition struct {
	output, target uint64
	label          byte
}

var errTermOrder = errors.New("terms are not in order")

func newFSTBuilder() *fstBuilder {
	b := &fstBuilder{path: make([]openState, 1)}
	for i, label := range []byte(fstCommonLabels) {
		b.common[label] = byte(i + 1)
	}
	return b
}

// reset starts an FST.
func (b *fstBuilder) reset() {
	b.out = binary.LittleEndian.AppendUint64(b.out[:0], fstVersion)
	b.out = binary.LittleEndian.AppendUint64(b.out, 0) // its type
	b.last, b.lastState, b.terms = b.last[:0], fstDeadEnd, 0
	b.path[0].reset()
}

func (s *openState) reset() {
	s.final, s.finalOutput, s.transitions, s.output = false, 0, s.transitions[:0], 0
}

// insert adds a term, which comes behind all others so far.
func (b *fstBuilder) insert(term []byte, value uint64) error {
	if b.terms > 0 && bytes.Compare(term, b.last) <= 0 {
		return errTermOrder
	}
	b.terms++
	// What the values of all terms of a transition have in common is its output.
	common := 0
	for common < len(term) && common < len(b.last) && term[common] == b.last[common] {
		s := &b.path[common]
		common++
		if value < s.output {
			b.path[common].addOutput(s.output - value)
			s.output = value
		}
		value -= s.output
	}
	b.freeze(common)
	for len(b.path) <= len(term) {
		b.path = append(b.path, openState{})
	}
	for i := common + 1; i <= len(term); i++ {
		b.path[i].reset()
	}
	b.path[len(term)].final = true
	if common < len(term) {
		b.path[common].output = value
	} else { // the empty term
		b.path[0].finalOutput = value
	}
	b.last = append(b.last[:0], term...)
	return nil
}

// addOutput adds to the values of all terms that the state leads to.
func (s *openState) addOutput(n uint64) {
	if s.final {
		s.finalOutput += n
	}
	for i := range s.transitions {
		s.transitions[i].output += n
	}
	s.output += n // of no meaning where the path ends
}

// freeze writes the states of the path behind the first n bytes.
func (b *fstBuilder) freeze(n int) {
	target := uint64(fstFinalLeaf) // nothing follows the last state of the path, which is final
	for i := len(b.last); i > n; i-- {
		s := &b.path[i]
		if i < len(b.last) {
			s.transitions = append(s.transitions, fstTransition{s.output, target, b.last[i]})
		}
		target = b.write(s)
	}
	if n < len(b.last) {
		s := &b.path[n]
		s.transitions = append(s.transitions, fstTransition{s.output, target, b.last[n]})
	}
}

// write writes a state and returns its address.
func (b *fstBuilder) write(s *openState) uint64 {
	switch {
	case len(s.transitions) == 1 && !s.final:
		b.writeOne(&s.transitions[0])
	case len(s.transitions) == 0 && s.final && s.finalOutput == 0:
		return fstFinalLeaf
	default:
		b.writeMany(s)
	}
	b.lastState = uint64(len(b.out) - 1)
	return b.lastState
}

// writeOne writes a state of one transition that is not final.
func (b *fstBuilder) writeOne(t *fstTransition) {
	head, out := byte(fstOneTransition), b.out
	if t.output == 0 && t.target == b.lastState {
		head |= fstTargetBefore
	} else {
		start, outputSize := uint64(len(out)), 0
		if t.output != 0 {
			outputSize = packedSize(t.output)
			out = appendLittleEndian(out, t.output, outputSize)
		}
		distance := fstDistance(start, t.target)
		targetSize := packedSize(distance)
		out = append(appendLittleEndian(out, distance, targetSize), byte(targetSize<<4|outputSize))
	}
	if common := b.common[t.label]; common > 0 {
		head |= common
	} else {
		out = append(out, t.label)
	}
	b.out = append(out, head)
}

// writeMany writes a state of any number of transitions.
func (b *fstBuilder) writeMany(s *openState) {
	out, start := b.out, uint64(len(b.out))
	outputs, distances := s.finalOutput, uint64(0) // as many bits as the greatest has
	for i := range s.transitions {
		outputs |= s.transitions[i].output
		distances |= fstDistance(start, s.transitions[i].target)
	}
	outputSize, targetSize := 0, 0
	if outputs != 0 {
		outputSize = packedSize(outputs)
		if s.final {
			out = appendLittleEndian(out, s.finalOutput, outputSize)
		}
		for i := len(s.transitions) - 1; i >= 0; i-- {
			out = appendLittleEndian(out, s.transitions[i].output, outputSize)
		}
	}
	if len(s.transitions) > 0 {
		targetSize = packedSize(distances)
	}
	for i := len(s.transitions) - 1; i >= 0; i-- {
		out = appendLittleEndian(out, fstDistance(start, s.transitions[i].target), targetSize)
	}
	for i := len(s.transitions) - 1; i >= 0; i-- {
		out = append(out, s.transitions[i].label)
	}
	out = append(out, byte(targetSize<<4|outputSize))
	head := byte(0)
	switch n := len(s.transitions); {
	case n <= fstLowBits:
		head = byte(n)
		if n == 0 {
			out = append(out, 0)
		}
	case n == 256:
		out = append(out, 1) // which a state of one transition has in its head
	default:
		out = append(out, byte(n))
	}
	if s.final {
		head |= fstFinal
	}
	b.out = append(out, head)
}

// finish ends the FST and returns it. It is valid until reset.
func (b *fstBuilder) finish() []byte {
	b.freeze(0)
	root := b.write(&b.path[0])
	b.out = binary.LittleEndian.AppendUint64(b.out, b.terms)
	b.out = binary.LittleEndian.AppendUint64(b.out, root)
	return b.out
}

// fstDistance is how far a target lies before a state that starts at an offset. It is the
// inverse of fstTarget.
func fstDistance(start, target uint64) uint64 {
	if target == fstFinalLeaf {
		return 0
	}
	return start - target
}

// packedSize returns the bytes that an integer takes, at least one.
func packedSize(v uint64) int { return (bits.Len64(v|1) + 7) / 8 }

// appendLittleEndian appends the lowest bytes of an integer.
func appendLittleEndian(dst []byte, v uint64, size int) []byte {
	return binary.LittleEndian.AppendUint64(dst, v)[:len(dst)+size]
}
