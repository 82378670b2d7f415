package tagger

import (
	"slices"
)

// perceptron learns weights. All of it is in integers: weights change by 1, and averages
// are sums over all steps.
type perceptron struct {
	weights []row
	sums    [][labels]int64 // of each weight, its changes times the step in which they came
	steps   [styles]transitions
	stepSum [styles][labels][labels]int64
	now     int64
	decoder decoder
	scores  []row
	// skip says of which tokens the word itself is not looked at while learning.
	skip   []bool
	rare   []bool
	random uint64
	labels []label
}

func newPerceptron(features int) *perceptron {
	return &perceptron{weights: make([]row, features), sums: make([][labels]int64, features)}
}

// score fills p.scores with the sums of weights of a run.
func (p *perceptron) score(features [][]int32) {
	p.scores = p.scores[:0]
	for i, fs := range features {
		var sum row
		for _, f := range fs[p.skipped(i):] {
			if int(f) >= len(p.weights) {
				continue // a feature that was not there when it learned
			}
			for l, w := range &p.weights[f] {
				sum[l] += w
			}
		}
		p.scores = append(p.scores, sum)
	}
}

// predict returns the best labels of a run. They are valid until the next call.
func (p *perceptron) predict(r *lessonRun, pass int) []label {
	p.score(r.features[pass])
	p.labels = append(p.labels[:0], make([]label, len(r.gold))...)
	p.decoder.decode(p.labels, p.scores, &p.steps[r.style])
	return p.labels
}

// learn looks at a run and changes the weights if a wrong labelling is better than the right
// one, or not worse by the cost of what is wrong in it.
func (p *perceptron) learn(r *lessonRun, pass int) {
	p.now++
	p.skipSome(len(r.gold))
	p.score(r.features[pass])
	for i, g := range r.gold {
		for l := range p.scores[i] {
			if label(l) != g {
				p.scores[i][l] += cost
			}
		}
	}
	p.labels = append(p.labels[:0], make([]label, len(r.gold))...)
	p.decoder.decode(p.labels, p.scores, &p.steps[r.style])
	if slices.Equal(p.labels, r.gold) {
		return
	}
	before, goldBefore := outside, outside
	for i := 0; i <= len(r.gold); i++ {
		l, g := outside, outside
		if i < len(r.gold) {
			l, g = p.labels[i], r.gold[i]
			if l != g {
				fs := r.features[pass][i]
				for _, f := range fs[max(r.firstLearned(fs), p.skipped(i)):] {
					if int(f) >= len(p.rare) || !p.rare[f] {
						p.change(f, g, 1)
						p.change(f, l, -1)
					}
				}
			}
		}
		p.steps[r.style][goldBefore][g]++
		p.stepSum[r.style][goldBefore][g] += p.now
		p.steps[r.style][before][l]--
		p.stepSum[r.style][before][l] -= p.now
		before, goldBefore = l, g
	}
}

// cost is what a wrong label costs while learning, in units of weights: the right labels
// must be better by that.
const cost = 6

func (p *perceptron) change(f int32, l label, by int32) {
	p.weights[f][l] += by
	p.sums[f][l] += int64(by) * p.now
}

// average puts the means over all steps, times 2^averageBits, in the place of weights.
func (p *perceptron) average() {
	for i := range p.weights {
		for l, w := range p.weights[i] {
			p.weights[i][l] = mean(w, p.sums[i][l], p.now)
		}
	}
	for i := range p.steps {
		for l := range p.steps[i] {
			for next, w := range p.steps[i][l] {
				p.steps[i][l][next] = mean(w, p.stepSum[i][l][next], p.now)
			}
		}
	}
	p.sums, p.skip = nil, nil
}

const averageBits = 10

// mean returns the mean of a weight over all steps, times 2^averageBits.
func mean(w int32, sum, steps int64) int32 {
	return int32((int64(w)*(steps+1) - sum) << averageBits / (steps + 1))
}

// skipped returns how many features of token i are not looked at.
func (p *perceptron) skipped(i int) int {
	if i < len(p.skip) && p.skip[i] {
		return identity
	}
	return 0
}

// skippedPercent is for how many tokens of a hundred the word itself is not looked at while
// learning. So what stands around a name and how it is written have to tell it too, as for
// names that nobody wrote of in 1996.
const skippedPercent = 20

// skipSome chooses at random the tokens of a run of n of which the word is not looked at.
func (p *perceptron) skipSome(n int) {
	p.skip = p.skip[:0]
	for range n {
		p.random = nextRandom(p.random)
		p.skip = append(p.skip, p.random>>40%100 < skippedPercent)
	}
}

// nextRandom is a linear congruential generator, with the multiplier of Knuth's MMIX. Its
// high bits are random enough for an order.
func nextRandom(r uint64) uint64 { return r*6364136223846793005 + 1442695040888963407 }
