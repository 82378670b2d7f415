//go:build !amd64

package embed

func addScaled(dst, src []float32, w float32) { addScaledSlow(dst, src, w) }

func addCodes(dst *[Dims]float32, codes *[Dims]int8, w float32) { addCodesSlow(dst, codes, w) }

func dotMany(q Vector, column []int8, out []int32) { dotManySlow(q, column, out) }
