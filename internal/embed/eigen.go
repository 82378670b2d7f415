package embed

import (
	"math"
	"slices"
)

// eigen returns the eigenvalues of a symmetric matrix, the largest first, and the
// eigenvectors as columns in the same order. It is the cyclic method of Jacobi (Golub and
// Van Loan, Matrix Computations, 4th edition, 8.5), which is exact to the last digits and
// fast enough for 144 dimensions. It overwrites a.
func eigen(a *square) (values [width]float64, vectors *square) {
	// Rows of v are eigenvectors until the end, so that what is changed lies together.
	v := new(square)
	for i := range v {
		v[i][i] = 1
	}
	// Convergence is quadratic: ten sweeps are more than any matrix needs.
	for range 30 {
		if !sweep(a, v) {
			break
		}
	}
	var order [width]int
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order[:], func(i, j int) int {
		switch {
		case a[i][i] > a[j][j]:
			return -1
		case a[i][i] < a[j][j]:
			return 1
		}
		return 0
	})
	vectors = new(square)
	for to, from := range order {
		values[to] = a[from][from]
		for i := range vectors {
			vectors[i][to] = v[from][i]
		}
	}
	return values, vectors
}

// sweep rotates each pair of dimensions once so that what stands beside the diagonal becomes
// 0. It reports whether any was more than rounding.
func sweep(a, v *square) (rotated bool) {
	for p := range width {
		for q := p + 1; q < width; q++ {
			off := a[p][q]
			if math.Abs(off) <= 1e-15*math.Sqrt(math.Abs(a[p][p]*a[q][q])) || math.Abs(off) < 1e-300 {
				continue
			}
			rotated = true
			cos, sin := rotation(a[p][p], a[q][q], off)
			rotate(&a[p], &a[q], cos, sin)
			for i := range a {
				x, y := a[i][p], a[i][q]
				a[i][p], a[i][q] = cos*x-sin*y, sin*x+cos*y
			}
			rotate(&v[p], &v[q], cos, sin)
		}
	}
	return rotated
}

// rotation returns the cosine and sine that make off 0 between two diagonal values.
func rotation(p, q, off float64) (cos, sin float64) {
	theta := (q - p) / (2 * off)
	tan := 1 / (math.Abs(theta) + math.Hypot(1, theta))
	if theta < 0 {
		tan = -tan
	}
	cos = 1 / math.Hypot(1, tan)
	return cos, tan * cos
}

func rotate(x, y *[width]float64, cos, sin float64) {
	for i := range x {
		x[i], y[i] = cos*x[i]-sin*y[i], sin*x[i]+cos*y[i]
	}
}
