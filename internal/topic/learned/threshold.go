package learned

import (
	"cmp"
	"slices"
)

// heldOut is the score of an article by a machine that didn't see it.
type heldOut struct {
	score    float32
	weight   float32
	positive bool
}

// sortHeldOut orders scores, the highest first.
func sortHeldOut(list []heldOut) {
	slices.SortFunc(list, func(a, b heldOut) int { return cmp.Compare(b.score, a.score) })
}

// agreement is how decisions agree with what is stated, in articles.
type agreement struct{ both, only, missed float64 }

func (a *agreement) f1() float64 {
	if a.both == 0 {
		return 0
	}
	return 2 * a.both / (2*a.both + a.only + a.missed)
}

func (a *agreement) precision() float64 {
	if a.both == 0 {
		return 0
	}
	return a.both / (a.both + a.only)
}

func (a *agreement) recall() float64 {
	if a.both == 0 {
		return 0
	}
	return a.both / (a.both + a.missed)
}

// agreementAt returns the agreement of the decisions at a threshold.
func agreementAt(list []heldOut, threshold float32) agreement {
	var a agreement
	for _, h := range list {
		switch {
		case h.score >= threshold && h.positive:
			a.both += float64(h.weight)
		case h.score >= threshold:
			a.only += float64(h.weight)
		case h.positive:
			a.missed += float64(h.weight)
		}
	}
	return a
}

// eachThreshold calls f with each threshold that parts sorted scores otherwise, the highest
// first, and what it comes to. It ends when f returns false.
func eachThreshold(sorted []heldOut, f func(threshold float32, a *agreement) bool) {
	var a agreement
	for _, h := range sorted {
		if h.positive {
			a.missed += float64(h.weight)
		}
	}
	for i, h := range sorted {
		if h.positive {
			a.both += float64(h.weight)
			a.missed -= float64(h.weight)
		} else {
			a.only += float64(h.weight)
		}
		threshold := h.score
		if i+1 < len(sorted) {
			next := sorted[i+1].score
			if next == h.score {
				continue
			}
			threshold = (h.score + next) / 2
		}
		if !f(threshold, &a) {
			return
		}
	}
}

// bestThreshold returns the threshold of the best F1.
func bestThreshold(sorted []heldOut) float32 {
	best, at := -1.0, float32(0)
	eachThreshold(sorted, func(threshold float32, a *agreement) bool {
		if f := a.f1(); f > best {
			best, at = f, threshold
		}
		return true
	})
	return at
}

// preciseThreshold returns the lowest threshold, from a given one on, at which decisions have
// a precision; false if none has.
func preciseThreshold(sorted []heldOut, from float32, precision float64) (at float32, ok bool) {
	eachThreshold(sorted, func(threshold float32, a *agreement) bool {
		if threshold < from {
			return false
		}
		if a.precision() >= precision {
			at, ok = threshold, true
		}
		return true
	})
	if a := agreementAt(sorted, from); a.precision() >= precision {
		return from, true
	}
	return at, ok
}
