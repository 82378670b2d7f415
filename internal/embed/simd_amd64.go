package embed

import "golang.org/x/sys/cpu"

// wide is whether the processor has AVX2, and so computes several numbers at a time.
var wide = cpu.X86.HasAVX2

func addScaled(dst, src []float32, w float32) {
	if !wide || len(dst)%8 != 0 || len(dst) == 0 {
		addScaledSlow(dst, src, w)
		return
	}
	addScaledWide(dst, src[:len(dst)], w)
}

func addCodes(dst *[Dims]float32, codes *[Dims]int8, w float32) {
	if !wide {
		addCodesSlow(dst, codes, w)
		return
	}
	addCodesWide(dst, codes, w)
}

func dotMany(q Vector, column []int8, out []int32) {
	switch {
	case !wide || len(q) == 0 || len(q)%padding != 0 || len(out) == 0:
		dotManySlow(q, column, out)
	case len(q) == Dims:
		done := len(out) &^ 3
		if done > 0 {
			dotManyWide((*[Dims]int8)(q), column[:done*Dims], out[:done])
		}
		if done < len(out) {
			dotPaddedWide(q, column[done*Dims:], out[done:])
		}
	default:
		dotPaddedWide(q, column, out)
	}
}

// addScaledWide is addScaledSlow for lengths that are multiples of 8.
//
//go:noescape
func addScaledWide(dst, src []float32, w float32)

// addCodesWide is addCodesSlow.
//
//go:noescape
func addCodesWide(dst *[Dims]float32, codes *[Dims]int8, w float32)

// dotManyWide is dotManySlow for Dims dimensions and a number of vectors that is a multiple of 4.
//
//go:noescape
func dotManyWide(q *[Dims]int8, column []int8, out []int32)

// dotPaddedWide is dotManySlow for vectors of a multiple of padding bytes, at least one of
// them.
//
//go:noescape
func dotPaddedWide(q, column []int8, out []int32)
