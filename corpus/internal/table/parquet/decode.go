package parquet

import (
	"encoding/binary"
	"math/bits"
)

// width returns how many bits numbers to most take.
func width(most int) int { return bits.Len(uint(most)) }

// levels reads n levels in front of values, and returns what follows them.
func levels(b []byte, most, n int, packed bool) ([]int32, []byte, error) {
	if packed { // the first way of writing them, with the highest bits first
		size := (n*width(most) + 7) / 8
		if size > len(b) {
			return nil, nil, errDamaged
		}
		out := make([]int32, n)
		w := width(most)
		for i := range out {
			for bit := i * w; bit < (i+1)*w; bit++ {
				out[i] = out[i]<<1 | int32(b[bit/8]>>(7-bit%8)&1)
			}
		}
		return out, b[size:], nil
	}
	if len(b) < 4 {
		return nil, nil, errDamaged
	}
	size := int64(binary.LittleEndian.Uint32(b))
	if b = b[4:]; size > int64(len(b)) {
		return nil, nil, errDamaged
	}
	out, err := hybrid(b[:size], width(most), n)
	return out, b[size:], err
}

// maxRun bounds the numbers of a page, as a few bytes may stand for any number of
// equal ones. Programs put at most a million rows into a group.
const maxRun = 4_000_000

// hybrid reads n numbers of w bits: runs of equal ones, and runs of packed ones.
func hybrid(b []byte, w, n int) ([]int32, error) {
	if n > maxRun {
		return nil, errDamaged
	}
	out := make([]int32, 0, min(n, 1<<16))
	for len(out) < n {
		head, size := binary.Uvarint(b)
		if size <= 0 {
			return nil, errDamaged
		}
		b = b[size:]
		if head&1 == 0 {
			bytes := (w + 7) / 8
			if bytes > len(b) || head == 0 {
				return nil, errDamaged
			}
			v := int32(0)
			for i := range bytes {
				v |= int32(b[i]) << (8 * i)
			}
			b = b[bytes:]
			for range min(head>>1, uint64(n-len(out))) {
				out = append(out, v)
			}
			continue
		}
		groups := head >> 1
		if groups == 0 || w > 0 && groups > uint64(len(b)) { // w bytes each
			return nil, errDamaged
		}
		size = int(min(groups*uint64(w), uint64(len(b)))) // the last group may be cut
		run := b[:size]
		b = b[size:]
		for i := 0; uint64(i) < groups*8 && len(out) < n; i++ {
			if (i+1)*w > 8*len(run) {
				return nil, errDamaged
			}
			out = append(out, int32(unpacked(run, i*w, w)))
		}
	}
	return out, nil
}

// unpacked returns the number of w bits that begins at a bit, the lowest bits
// first.
func unpacked(b []byte, at, w int) uint64 {
	v := uint64(0)
	for i := 0; i < w; {
		in := (at + i) % 8
		n := min(8-in, w-i)
		v |= uint64(b[(at+i)/8]>>in&(1<<n-1)) << i
		i += n
	}
	return v
}

// delta reads numbers that stand as differences, and returns what follows them.
func delta(b []byte, n int) ([]int64, []byte, error) {
	read := func() uint64 {
		v, size := binary.Uvarint(b)
		if size <= 0 {
			b = nil
			return 0
		}
		b = b[size:]
		return v
	}
	zigzag := func() int64 {
		v := read()
		return int64(v>>1) ^ -int64(v&1)
	}
	block, parts, total := read(), read(), read()
	last := zigzag()
	if b == nil || block == 0 || block > 1<<20 || parts == 0 || parts > block || block%(8*parts) != 0 || total < uint64(n) || total > maxRun {
		if n == 0 && total == 0 {
			return nil, b, nil
		}
		return nil, nil, errDamaged
	}
	out := make([]int64, 0, min(total, 1<<16))
	if total > 0 {
		out = append(out, last)
	}
	each := int(block / parts)
	for uint64(len(out)) < total {
		least := zigzag()
		if uint64(len(b)) < parts {
			return nil, nil, errDamaged
		}
		widths := b[:parts]
		b = b[parts:]
		for _, w := range widths {
			if uint64(len(out)) >= total {
				break
			}
			size := each * int(w) / 8
			if w > 64 || size > len(b) {
				return nil, nil, errDamaged
			}
			for i := 0; i < each && uint64(len(out)) < total; i++ {
				last += least + int64(unpacked(b[:size], i*int(w), int(w)))
				out = append(out, last)
			}
			b = b[size:]
		}
	}
	return out[:n], b, nil
}

// deltaLength reads texts behind their lengths.
func deltaLength(b []byte, n int) ([]string, error) {
	lengths, rest, err := delta(b, n)
	if err != nil {
		return nil, err
	}
	out := make([]string, len(lengths))
	for i, size := range lengths {
		if size < 0 || size > int64(len(rest)) {
			return nil, errDamaged
		}
		out[i], rest = string(rest[:size]), rest[size:]
	}
	return out, nil
}

// deltaBytes reads texts of which each begins as the one before.
func deltaBytes(b []byte, n int) ([]string, error) {
	prefixes, rest, err := delta(b, n)
	if err != nil {
		return nil, err
	}
	out, err := deltaLength(rest, n)
	if err != nil {
		return nil, err
	}
	last, size := "", 0
	for i := range out {
		if prefixes[i] < 0 || prefixes[i] > int64(len(last)) {
			return nil, errDamaged
		}
		out[i] = last[:prefixes[i]] + out[i]
		last = out[i]
		if size += len(last); size > maxText {
			return nil, errDamaged
		}
	}
	return out, nil
}
