package tagger

import (
	"cmp"
	"math"
	"slices"
)

// write returns the weights of both passes.
func (c *corpus) write(first, second *perceptron) ([]byte, error) {
	a, b := first.unit(), second.unit()
	m := model{steps: [2][styles]transitions{first.steps, second.steps}}
	for i := range styles {
		m.steps[firstPass][i].divide(a)
		m.steps[secondPass][i].divide(b)
	}
	order := make([]int32, len(c.keys))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(i, j int32) int { return cmp.Compare(c.keys[i], c.keys[j]) })
	var keys []uint32
	for _, f := range order {
		var w [2 * labels]int8
		var p packed
		strong := false
		for l := range labels {
			if int(f) < len(first.weights) {
				w[l] = quantize(first.weights[f][l], a)
			}
			w[labels+l] = quantize(second.weights[f][l], b)
			strong = strong || abs(w[l]) >= weakest || abs(w[labels+l]) >= weakest
			p.set(l, w[l])
			p.set(labels+l, w[labels+l])
		}
		if strong {
			keys = append(keys, c.keys[f])
			m.weights = append(m.weights, p)
		}
	}
	return writeModel(&m, keys)
}

// weakest is the least weight for which a feature is kept, of 127.
const weakest = 2

func abs(v int8) int8 { return max(v, -v) }

// clipped is which share of weights, one in so many, is cut down to 127.
const clipped = 2000

// unit returns what one unit of the weights of a byte stands for.
func (p *perceptron) unit() int32 {
	var all []int32
	for i := range p.weights {
		for _, w := range p.weights[i] {
			if w != 0 {
				all = append(all, max(w, -w))
			}
		}
	}
	if len(all) == 0 {
		return 1
	}
	slices.Sort(all)
	return max(1, all[len(all)-1-len(all)/clipped]/127)
}

func quantize(w, unit int32) int8 { return int8(min(max(divide(w, unit), -127), 127)) }

// divide divides, rounded to the nearest, a half away from 0.
func divide(w, unit int32) int32 {
	if w < 0 {
		return -divide(-w, unit)
	}
	return (w + unit/2) / unit
}

func (t *transitions) divide(unit int32) {
	for i := range t {
		for j := range t[i] {
			t[i][j] = min(max(divide(t[i][j], unit), math.MinInt16), math.MaxInt16)
		}
	}
}
