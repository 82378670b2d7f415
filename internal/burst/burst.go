// Package burst finds the times at which something is written about much more than
// usual.
//
// The model is that of Jon Kleinberg, Bursty and Hierarchical Structure in Streams (KDD
// 2002), section 4, with two states. Time is cut into batches; of batch t, Relevant[t] of
// Total[t] articles are about the thing. In the usual state an article is about it with
// the probability p0, that of all batches together, and in the state of a burst with
// s p0. A sequence of states costs, for each batch,
//
//	-ln( C(r, d) p^d (1-p)^(r-d) )
//
// with the p of its state, and gamma ln n, of n batches, for each change from the usual
// state to that of a burst. It begins in the usual state. The cheapest sequence says where
// bursts are.
package burst

import "math"

// What the paper takes, and what most that stands on it takes too.
const (
	DefaultScale = 2
	DefaultGamma = 1
)

// Model has the two parameters.
type Model struct {
	Scale float64 // s: how many times the usual share that of a burst is; above 1
	Gamma float64 // how much evidence the start of a burst takes; not negative
}

// Burst is a run of batches in the state of a burst.
type Burst struct {
	From, To int // [From, To)
	// Weight is how much dearer the run were in the usual state: above 0.
	Weight float64
}

// Find returns the bursts, in order of time. relevant and total are of the same length, and
// none of relevant is above its total. It is false where no share can be Scale times the
// usual one, as that would be above 1: nothing is told then.
func (m Model) Find(relevant, total []int) ([]Burst, bool) {
	costs, ok := m.costs(relevant, total)
	if !ok {
		return nil, false
	}
	var found []Burst
	within := false
	for t, burst := range m.cheapest(costs) {
		switch {
		case burst && within:
			b := &found[len(found)-1]
			b.To, b.Weight = t+1, b.Weight+costs[t].usual-costs[t].burst
		case burst:
			found = append(found, Burst{From: t, To: t + 1, Weight: costs[t].usual - costs[t].burst})
		}
		within = burst
	}
	return found, true
}

// cost is that of a batch in each state, without what both have in common: ln C(r, d).
type cost struct{ usual, burst float64 }

// costs returns those of all batches.
func (m Model) costs(relevant, total []int) ([]cost, bool) {
	var d, r float64
	for t := range total {
		d, r = d+float64(relevant[t]), r+float64(total[t])
	}
	costs := make([]cost, len(total))
	if d == 0 {
		return costs, true // all are the same, and nothing bursts
	}
	p0 := d / r
	p1 := m.Scale * p0
	if p1 >= 1 {
		return nil, false
	}
	for t := range total {
		with, without := float64(relevant[t]), float64(total[t]-relevant[t])
		costs[t].usual = -with*math.Log(p0) - without*math.Log1p(-p0)
		costs[t].burst = -with*math.Log(p1) - without*math.Log1p(-p1)
	}
	return costs, true
}

// start is what the start of a burst costs among n batches.
func (m Model) start(n int) float64 { return m.Gamma * math.Log(float64(n)) }

// cheapest returns whether each batch is in the state of a burst, by the Viterbi algorithm.
// Of sequences that cost the same it takes one that is in the usual state at the last batch
// in which they differ.
func (m Model) cheapest(costs []cost) []bool {
	start := m.start(len(costs))
	usual, burst := 0., math.Inf(1) // of the cheapest sequences that end in each state
	fromBurst := make([][2]bool, len(costs))
	for t, c := range costs {
		toUsual, toBurst := min(usual, burst), min(usual+start, burst)
		fromBurst[t] = [2]bool{burst < usual, burst < usual+start}
		usual, burst = toUsual+c.usual, toBurst+c.burst
	}
	states := make([]bool, len(costs))
	in := burst < usual
	for t := len(costs) - 1; t >= 0; t-- {
		states[t] = in
		if in {
			in = fromBurst[t][1]
		} else {
			in = fromBurst[t][0]
		}
	}
	return states
}
