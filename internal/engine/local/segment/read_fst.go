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
	fstEdge    = 16 // of header and of footer
	fstVersion = 1
	fstEmpty   = 0 // the state that is final and leads nowhere
	fstNone    = 1 // the one that isn't final either
	fstSingle  = 1 << 7
	fstNext    = 1 << 6 // of a state of one transition: it leads to the one before
	fstFinal   = 1 << 6 // of others
	fstSix     = 1<<6 - 1
)

// fstCommon are the bytes that a state of one transition has in its head, as
// their place here and one.
const fstCommon = "te/oasripcnw.hlm-du012g=:bf3y5&_4v9678k%?xCDASFIBEjPTzRNM+LOqHG"

func packed(b []byte) (v uint64) {
	for i, c := range b {
		v |= uint64(c) << (8 * i)
	}
	return v
}

// find looks a term up as vellum's FST.Get does. It has what it reads checked
// state by state: to check a whole dictionary takes longer than to look up all
// words of a query.
func (f *field) find(term []byte) (value uint64, ok bool, err error) {
	d := f.dict
	damaged := func() (uint64, bool, error) {
		return 0, false, fmt.Errorf("%w: dictionary of %s", ErrDamaged, f.name)
	}
	if len(d) < 2*fstEdge {
		return damaged()
	}
	end := uint64(len(d) - fstEdge)
	if err := f.seg.verifyBytes(d[end:]); err != nil {
		return 0, false, err
	}
	for at := binary.LittleEndian.Uint64(d[end+8:]); ; {
		if at == fstEmpty || at == fstNone {
			return value, at == fstEmpty && len(term) == 0, nil
		}
		if at < fstEdge || at >= end {
			return damaged()
		}
		if err := f.seg.verifyBytes(d[max(fstEdge, at-3) : at+1]); err != nil { // what the sizes stand in
			return 0, false, err
		}
		head, low := d[at], at // low is the least byte read
		if head&fstSingle != 0 {
			if len(term) == 0 {
				return 0, false, nil
			}
			c := byte(0)
			if place := head & fstSix; place > 0 {
				c = fstCommon[place-1]
			} else {
				low--
				c = d[low]
			}
			if c != term[0] {
				return 0, false, nil
			}
			term = term[1:]
			low--
			if head&fstNext != 0 {
				at = low
				continue
			}
			to, out := uint64(d[low]>>4), uint64(d[low]&15)
			if to > 8 || out > 8 || low < fstEdge+to+out {
				return damaged()
			}
			b := d[low-to-out : low]
			if err := f.seg.verifyBytes(b); err != nil {
				return 0, false, err
			}
			value += packed(b[:out])
			low -= to + out
			if at, ok = jump(low, packed(b[out:])); !ok {
				return damaged()
			}
			continue
		}
		n := uint64(head & fstSix)
		if n == 0 {
			low--
			if n = uint64(d[low]); n == 1 {
				n = 256
			}
		}
		low--
		to, out := uint64(d[low]>>4), uint64(d[low]&15)
		final := uint64(0) // bytes of the value of a term that ends here
		if head&fstFinal != 0 {
			final = out
		}
		size := n*(1+to+out) + final
		if to > 8 || out > 8 || low < fstEdge+size {
			return damaged()
		}
		b := d[low-size : low] // value, outs, tos, bytes
		if err := f.seg.verifyBytes(b); err != nil {
			return 0, false, err
		}
		low -= size
		if len(term) == 0 {
			return value + packed(b[:final]), head&fstFinal != 0, nil
		}
		outs, tos := b[final:], b[final+n*out:]
		i := bytes.IndexByte(tos[n*to:], term[0])
		if i < 0 {
			return 0, false, nil
		}
		term = term[1:]
		value += packed(outs[uint64(i)*out:][:out])
		if at, ok = jump(low, packed(tos[uint64(i)*to:][:to])); !ok {
			return damaged()
		}
	}
}

// jump returns the state at a distance before another; no distance stands for
// the empty state.
func jump(from, distance uint64) (uint64, bool) {
	if distance == 0 {
		return fstEmpty, true
	}
	return from - distance, distance <= from
}
