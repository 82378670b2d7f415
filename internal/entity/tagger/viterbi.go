package tagger

// row are the weights of a feature, or the sum of several, by label.
type row [labels]int32

// transitions are the weights of a label behind another.
type transitions [labels][labels]int32

// decoder finds the best labels of runs of tokens. Before and behind a run stands a token
// outside of names.
type decoder struct {
	best []row // of the best labels up to a token that has the label
	from [][labels]label
	rest []row // of the best labels behind a token that has the label
}

const impossible = -1 << 28

// decode puts into dst, which is as long as scores, the labels with the largest sum of
// scores and transitions. It returns that sum.
func (d *decoder) decode(dst []label, scores []row, t *transitions) int32 {
	d.forward(scores, t)
	n := len(scores)
	last, best := outside, int32(impossible)
	for l := range label(labels) {
		if !l.open() {
			if s := d.best[n-1][l] + t[l][outside]; s > best {
				last, best = l, s
			}
		}
	}
	for i := n - 1; i >= 0; i-- {
		dst[i] = last
		last = d.from[i][last]
	}
	return best
}

func (d *decoder) forward(scores []row, t *transitions) {
	if len(scores) > len(d.best) {
		d.best = make([]row, 2*len(scores))
		d.from = make([][labels]label, 2*len(scores))
		d.rest = make([]row, 2*len(scores))
	}
	first := row{}
	for l := range first {
		first[l] = impossible
	}
	first[outside] = 0
	before := &first
	for i := range scores {
		best, from := &d.best[i], &d.from[i]
		for l := range best {
			best[l] = impossible
		}
		for b := range label(labels) {
			if before[b] <= impossible {
				continue
			}
			for _, l := range successors[b] {
				if s := before[b] + t[b][l]; s > best[l] {
					best[l], from[l] = s, b
				}
			}
		}
		for l := range best {
			if best[l] > impossible {
				best[l] += scores[i][l]
			}
		}
		before = best
	}
}

// backward fills d.rest, for margins.
func (d *decoder) backward(scores []row, t *transitions) {
	n := len(scores)
	for l := range label(labels) {
		d.rest[n-1][l] = impossible
		if !l.open() {
			d.rest[n-1][l] = t[l][outside]
		}
	}
	for i := n - 2; i >= 0; i-- {
		for b := range label(labels) {
			best := int32(impossible)
			for _, l := range successors[b] {
				if s := d.rest[i+1][l]; s > impossible {
					best = max(best, s+t[b][l]+scores[i+1][l])
				}
			}
			d.rest[i][b] = best
		}
	}
}

// margin returns by how much the best labels are better than the best ones in which token
// i is no token of a name of kind k.
func (d *decoder) margin(i int, k Kind, best int32) int32 {
	other := int32(impossible)
	for l := range label(labels) {
		if l == outside || l.kind() != k {
			if a, b := d.best[i][l], d.rest[i][l]; a > impossible && b > impossible {
				other = max(other, a+b)
			}
		}
	}
	return best - other
}
