package transport

import (
	"net/url"
	"sync"
	"time"
)

// A node that failed rests, twice as long each time.
const (
	minRest = time.Second
	maxRest = time.Minute
)

// node is an address of the cluster.
type node struct {
	url   *url.URL
	fails int       // in a row
	rests time.Time // until when others are asked first
}

// nodes hands out addresses by turns. It is safe for concurrent use.
type nodes struct {
	mu   sync.Mutex
	all  []*node
	next int
}

func newNodes(addresses []*url.URL) *nodes {
	n := &nodes{}
	for _, u := range addresses {
		n.all = append(n.all, &node{url: u})
	}
	return n
}

// pick returns the next node that doesn't rest; where all do, the one that has rested
// longest of its time.
func (n *nodes) pick(now time.Time) *node {
	n.mu.Lock()
	defer n.mu.Unlock()
	var best *node
	for i := range n.all {
		one := n.all[(n.next+i)%len(n.all)]
		if !one.rests.After(now) {
			n.next += i + 1
			return one
		}
		if best == nil || one.rests.Before(best.rests) {
			best = one
		}
	}
	n.next++
	return best
}

// others reports whether there is a node beside this one that doesn't rest.
func (n *nodes) others(but *node, now time.Time) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, one := range n.all {
		if one != but && !one.rests.After(now) {
			return true
		}
	}
	return false
}

// onProbation reports whether the last that was heard of a node was a failure.
func (n *nodes) onProbation(one *node) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	return one.fails > 0
}

// failed lets a node rest.
func (n *nodes) failed(one *node, now time.Time) {
	n.mu.Lock()
	defer n.mu.Unlock()
	rest := maxRest
	if one.fails < 6 { // 1, 2, 4 ... 32 s
		rest = minRest << one.fails
	}
	one.fails++
	one.rests = now.Add(rest)
}

// answered ends the rest of a node.
func (n *nodes) answered(one *node) {
	n.mu.Lock()
	defer n.mu.Unlock()
	one.fails, one.rests = 0, time.Time{}
}
