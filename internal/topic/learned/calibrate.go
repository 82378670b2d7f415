package learned

import "math"

// logistic makes a score a probability: 1/(1 + exp(slope·score + offset)).
type logistic struct{ slope, offset float64 }

func (l logistic) probability(score float32) float64 {
	z := l.slope*float64(score) + l.offset
	if z >= 0 {
		return math.Exp(-z) / (1 + math.Exp(-z))
	}
	return 1 / (1 + math.Exp(z))
}

// fitLogistic returns the logistic function under which held out scores are likeliest:
// Platt's, by Newton's method with backtracking as Lin, Lin and Weng have it in "A note on
// Platt's probabilistic outputs for support vector machines", Machine Learning 68, 2007,
// appendix 3. Its constants are theirs.
func fitLogistic(list []heldOut) logistic {
	f := newFit(list)
	const (
		steps   = 100
		minStep = 1e-10
		sigma   = 1e-12
		epsilon = 1e-5
	)
	value := f.loss(f.at)
	for range steps {
		g, h := f.derivatives(sigma)
		if math.Abs(g[0]) < epsilon && math.Abs(g[1]) < epsilon {
			break
		}
		det := h[0]*h[1] - h[2]*h[2]
		d := [2]float64{-(h[1]*g[0] - h[2]*g[1]) / det, -(h[0]*g[1] - h[2]*g[0]) / det}
		along := g[0]*d[0] + g[1]*d[1]
		step := 1.0
		for ; step >= minStep; step /= 2 {
			next := logistic{f.at.slope + step*d[0], f.at.offset + step*d[1]}
			if v := f.loss(next); v < value+1e-4*step*along {
				f.at, value = next, v
				break
			}
		}
		if step < minStep {
			break
		}
	}
	return f.at
}

// fit is a fit under way. Targets are a little less than 1 and more than 0, as by Bayes's
// rule with a uniform prior, so that few articles make no certainty.
type fit struct {
	list []heldOut
	goal [2]float64 // of negative and positive ones
	at   logistic
}

func newFit(list []heldOut) *fit {
	var n [2]float64
	for _, h := range list {
		n[classOf(h)] += float64(h.weight)
	}
	return &fit{
		list: list,
		goal: [2]float64{1 / (n[0] + 2), (n[1] + 1) / (n[1] + 2)},
		at:   logistic{0, math.Log((n[0] + 1) / (n[1] + 1))},
	}
}

func classOf(h heldOut) int {
	if h.positive {
		return 1
	}
	return 0
}

// loss is the negative log likelihood.
func (f *fit) loss(l logistic) (sum float64) {
	for _, h := range f.list {
		z := l.slope*float64(h.score) + l.offset
		goal := f.goal[classOf(h)]
		if z >= 0 {
			sum += float64(h.weight) * (goal*z + math.Log1p(math.Exp(-z)))
		} else {
			sum += float64(h.weight) * ((goal-1)*z + math.Log1p(math.Exp(z)))
		}
	}
	return sum
}

// derivatives returns the gradient, and of the Hessian the diagonal and the other element.
func (f *fit) derivatives(sigma float64) (g [2]float64, hessian [3]float64) {
	hessian[0], hessian[1] = sigma, sigma
	for _, h := range f.list {
		s := float64(h.score)
		p := f.at.probability(h.score)
		second := float64(h.weight) * p * (1 - p)
		hessian[0] += s * s * second
		hessian[1] += second
		hessian[2] += s * second
		first := float64(h.weight) * (f.goal[classOf(h)] - p)
		g[0] += s * first
		g[1] += first
	}
	return g, hessian
}
