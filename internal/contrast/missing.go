package contrast

import (
	"cmp"
	"math"
	"slices"
)

// LowerTail returns the probability that of n articles drawn from all, of which some are
// about a thing, at most found are about it: the one-sided exact test of Fisher, by the
// hypergeometric distribution
//
//	P(X = i) = C(about, i) C(all-about, n-i) / C(all, n)
func LowerTail(found, n, about, all int) float64 {
	least := max(0, n-(all-about))
	if found < least {
		return 0
	}
	if found >= min(n, about) {
		return 1
	}
	sum := 0.
	for i := least; i <= found; i++ {
		sum += math.Exp(logChoose(about, i) + logChoose(all-about, n-i) - logChoose(all, n))
	}
	return min(1, sum)
}

// logChoose returns ln C(n, k).
func logChoose(n, k int) float64 {
	a, _ := math.Lgamma(float64(n + 1))
	b, _ := math.Lgamma(float64(k + 1))
	c, _ := math.Lgamma(float64(n - k + 1))
	return a - b - c
}

// FalseDiscovery returns for each of some tests, by its p, the least share of false
// discoveries at which it is one: the q of Yoav Benjamini and Yosef Hochberg, Controlling
// the False Discovery Rate (Journal of the Royal Statistical Society B 57, 1995). Of m
// tests, that with the k-th least p has the least p*m/j of those with the j-th, j >= k.
func FalseDiscovery(p []float64) []float64 {
	order := make([]int, len(p))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(p[a], p[b]) })
	q, least := make([]float64, len(p)), 1.
	for k := len(order) - 1; k >= 0; k-- {
		least = min(least, p[order[k]]*float64(len(p))/float64(k+1))
		q[order[k]] = least
	}
	return q
}
