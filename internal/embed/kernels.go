package embed

// The loops that take most of the time. On amd64 with AVX2 they do eight or more at a time,
// with the very same results: each number is rounded in the same order.

// addScaledSlow adds w*src to dst, which is as long.
func addScaledSlow(dst, src []float32, w float32) {
	src = src[:len(dst)]
	for i := range dst {
		dst[i] += float32(w * src[i])
	}
}

// addCodesSlow adds w*codes to dst.
func addCodesSlow(dst *[Dims]float32, codes *[Dims]int8, w float32) {
	for i, c := range codes {
		dst[i] += float32(w * float32(c))
	}
}

// dotManySlow writes the inner products of q with the vectors of column.
func dotManySlow(q Vector, column []int8, out []int32) {
	for i := range out {
		v := column[i*len(q):][:len(q)]
		var sum int32
		for j, x := range v {
			sum += int32(x) * int32(q[j])
		}
		out[i] = sum
	}
}

// gather adds to sum the rows of a dense matrix, each times its weight.
func gather(sum, matrix []float32, rows []uint32, weights []float32) {
	for i, r := range rows {
		addScaled(sum, matrix[int(r)*width:][:width], weights[i])
	}
}

// scatter adds v to rows of a dense matrix, each times its weight.
func scatter(matrix, v []float32, rows []uint32, weights []float32) {
	for i, r := range rows {
		addScaled(matrix[int(r)*width:][:width], v, weights[i])
	}
}
