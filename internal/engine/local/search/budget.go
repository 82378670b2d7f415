package search

import (
	"context"

	"github.com/newsq/newsq/internal/engine"
)

// budget is what a query has cost so far and what it may cost, in steps of some
// 25 nanoseconds. It bounds what one query can do to everyone else: patterns
// multiply, and the longest query allowed could run for hours. Steps are counted
// and no time is measured, so that an index gives the same answer to a query
// each time.
type budget struct {
	spent     int
	nextCheck int // what must be spent before the limit and the context are looked at again
	limit     int
}

// What a query may cost: at least as much as takes about a second, and on a
// large index as much for each article as to take in every word of it twice.
const (
	minBudget        = 24 << 20
	budgetPerArticle = 1024
)

// The cost of what is done often, measured in articles of some 900 words. To
// read a posting, or to score it, is one step.
const (
	stepsPerWord      = 10      // to come to the next word in a dictionary and to try it
	stepsPerStem      = 30      // to stem it
	stepsPerRegex     = 10      // to start a regular expression on it
	stepsPerTerm      = 60      // to open a word's posting list
	stepsPerPositions = 3       // to come to a posting with positions
	stepsPerPosition  = 2       // to read one position
	stepsPerAutomaton = 1 << 15 // to build one
	stepsPerWindow    = 16      // to come to a window of documents to be scored, for each scorer
)

// newBudget returns the budget of a query over so many articles.
func newBudget(articles int) budget {
	return budget{limit: minBudget + budgetPerArticle*articles}
}

// checkEvery is how many steps pass between looks at the context.
const checkEvery = 1 << 12

// spend counts steps that are about to be done, or were just done. It returns
// the context's error once that has ended, and engine.ErrTooBroad once the
// query has cost as much as it may.
func (b *budget) spend(ctx context.Context, steps int) error {
	b.spent += steps
	if b.spent < b.nextCheck {
		return nil
	}
	b.nextCheck = b.spent + checkEvery
	if b.spent > b.limit {
		return engine.ErrTooManyWords
	}
	return ctx.Err()
}
