package segment

import (
	"encoding/binary"
	"fmt"
)

// fstWalk goes over all terms of a field in order, as vellum's iterator does, in less
// time: it asks no automaton, and remembers only the states where the way parts. The FST
// must be verified. A damaged one ends the walk, as do more steps than a whole one has
// bytes, see walkLimits.
type fstWalk struct {
	field *field
	fst   []byte
	end   uint64 // of the states
	forks []fork // on the way to the term
	begun bool
	steps int // how many more are allowed

	term  []byte // valid until next
	value uint64
}

// fork is a state that was come to by the first depth bytes of a term.
type fork struct {
	value                  uint64 // the outputs on the way to it
	depth                  int
	left                   int    // how many of its transitions were not taken yet
	low                    uint64 // its lowest address, from which its targets are told
	outputs                uint64 // where they start
	targetSize, outputSize uint64
	count                  uint64 // of all its transitions
}

func (f *field) walk() *fstWalk {
	w := &fstWalk{field: f, fst: f.fst, steps: len(f.fst)}
	if len(f.fst) >= 2*fstFrameSize {
		w.end = uint64(len(f.fst) - fstFrameSize)
	}
	return w
}

// next goes to the next term. ok is false at the end.
func (w *fstWalk) next() (ok bool, err error) {
	if !w.begun {
		w.begun = true
		if w.end == 0 {
			return false, w.damaged()
		}
		if ok, err = w.follow(binary.LittleEndian.Uint64(w.fst[w.end+8:]), 0); ok || err != nil {
			return ok, err
		}
	}
	for len(w.forks) > 0 {
		f := &w.forks[len(w.forks)-1]
		if f.left == 0 {
			w.forks = w.forks[:len(w.forks)-1]
			continue
		}
		// Transitions lie in reverse order.
		f.left--
		i := uint64(f.left)
		targets := f.outputs + f.count*f.outputSize
		w.term = append(w.term[:f.depth], w.fst[targets+f.count*f.targetSize+i])
		value := f.value + w.packed(f.outputs+i*f.outputSize, f.outputSize)
		target, ok := fstTarget(f.low, w.packed(targets+i*f.targetSize, f.targetSize))
		if !ok {
			return false, w.damaged()
		}
		if ok, err = w.follow(target, value); ok || err != nil {
			return ok, err
		}
	}
	return false, nil
}

// packed returns an integer of at most eight bytes.
func (w *fstWalk) packed(at, size uint64) uint64 {
	// The footer is behind it.
	return binary.LittleEndian.Uint64(w.fst[at:]) & (1<<(8*size) - 1)
}

// follow goes from a state on, as far as there is one way. It returns true where that
// comes to a term.
func (w *fstWalk) follow(state, value uint64) (ok bool, err error) {
	fst := w.fst
	for {
		if w.steps--; w.steps < 0 || len(w.term) > w.field.longestTerm {
			return false, w.damaged()
		}
		if state <= fstDeadEnd {
			w.value = value
			return state == fstFinalLeaf, nil
		}
		if state < fstFrameSize || state >= w.end {
			return false, w.damaged()
		}
		head := fst[state]
		if head&fstOneTransition == 0 {
			return w.fork(state, value)
		}
		low, label := state, byte(0)
		if index := head & fstLowBits; index > 0 {
			label = fstCommonLabels[index-1]
		} else {
			low--
			label = fst[low]
		}
		w.term = append(w.term, label)
		low--
		if head&fstTargetBefore != 0 {
			state = low
			continue
		}
		targetSize, outputSize := uint64(fst[low]>>4), uint64(fst[low]&15)
		if targetSize > 8 || outputSize > 8 || low < fstFrameSize+targetSize+outputSize {
			return false, w.damaged()
		}
		low -= targetSize + outputSize
		value += w.packed(low, outputSize)
		if state, ok = fstTarget(low, w.packed(low+outputSize, targetSize)); !ok {
			return false, w.damaged()
		}
	}
}

// fork comes to a state of any number of transitions. It returns true where a term ends
// there.
func (w *fstWalk) fork(state, value uint64) (ok bool, err error) {
	fst, low := w.fst, state
	head := fst[state]
	f := fork{value: value, depth: len(w.term), count: uint64(head & fstLowBits)}
	if f.count == 0 {
		low--
		if f.count = uint64(fst[low]); f.count == 1 {
			f.count = 256
		}
	}
	low--
	f.targetSize, f.outputSize = uint64(fst[low]>>4), uint64(fst[low]&15)
	final := uint64(0) // bytes of the output of a term that ends here
	if head&fstFinal != 0 {
		final = f.outputSize
	}
	size := f.count*(1+f.targetSize+f.outputSize) + final
	if f.targetSize > 8 || f.outputSize > 8 || low < fstFrameSize+size {
		return false, w.damaged()
	}
	f.low = low - size
	f.outputs, f.left = f.low+final, int(f.count)
	w.forks = append(w.forks, f)
	w.value = value + w.packed(f.low, final)
	return head&fstFinal != 0, nil
}

func (w *fstWalk) damaged() error {
	w.forks = w.forks[:0]
	return fmt.Errorf("%w: dictionary of %s", ErrDamaged, w.field.name)
}
