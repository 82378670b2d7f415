package embed

import "math"

// width is the number of columns of a dense matrix.
const width = Dims + oversampling

// dense is a matrix of width columns, row by row.
type dense struct {
	values []float32
}

func newDense(rows int) *dense { return &dense{make([]float32, rows*width)} }

func (d *dense) rows() int { return len(d.values) / width }

func (d *dense) row(r int) []float32 { return d.values[r*width:][:width] }

// square is a small matrix. What decides about precision is computed in it.
type square [width][width]float64

// product returns at*b.
func product(a, b *dense) *square {
	// In single precision only so many rows are summed that rounding stays near that of a
	// single number.
	const block = 256
	sum := new(square)
	part := make([]float32, width*width)
	for from := 0; from < a.rows(); from += block {
		clear(part)
		for r := from; r < min(from+block, a.rows()); r++ {
			right := b.row(r)
			for i, w := range a.row(r) {
				addScaled(part[i*width:][:width], right, w)
			}
		}
		for i := range sum {
			for j := range sum[i] {
				sum[i][j] += float64(part[i*width+j])
			}
		}
	}
	return sum
}

// transform makes d d*by.
func (d *dense) transform(by *square) {
	var single [width][width]float32
	for i := range by {
		for j, v := range by[i] {
			single[i][j] = float32(v)
		}
	}
	var row [width]float32
	for r := range d.rows() {
		copy(row[:], d.row(r))
		clear(d.row(r))
		for i, w := range row {
			addScaled(d.row(r), single[i][:], w)
		}
	}
}

// orthonormalize replaces the columns of d by orthonormal ones that span the same. If they
// span fewer dimensions than there are columns, the last ones become 0. With D*W*L*Wt*D =
// dt*d, where D has the lengths of the columns, these are d*inv(D)*W/sqrt(L).
func (d *dense) orthonormalize() {
	gram := product(d, d)
	var inverse [width]float64
	for i := range inverse {
		if v := gram[i][i]; v > 0 {
			inverse[i] = 1 / math.Sqrt(v)
		}
	}
	for i := range gram {
		for j := range gram[i] {
			gram[i][j] *= inverse[i] * inverse[j]
		}
	}
	values, vectors := eigen(gram)
	for j, v := range values {
		scale := 0.0
		if v > values[0]*negligible {
			scale = 1 / math.Sqrt(v)
		}
		for i := range vectors {
			vectors[i][j] *= inverse[i] * scale
		}
	}
	d.transform(vectors)
}
