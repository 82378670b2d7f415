// Package search answers queries over a view: a plan becomes a query of OpenSearch,
// hits come back scored by BM25F, and what the server cannot tell exactly is settled
// from the words of the articles.
//
// A search is two requests as a rule:
//
//   - One counts in how many articles each leaf of the plan occurs (statistics.go,
//     count.go). Counts are kept for a view, and later pages have them in
//     Request.Statistics.
//   - The other finds hits and counts facets. Each leaf that scores is a script about a
//     query whose own score is the weighted frequency (frequency.go, score.go). Queries
//     around them add up scores as the plan says, so that the server's order is the one
//     that is meant, up to single precision, and pages go on by it.
//
// Where no query tells a frequency, as for patterns within phrases, a third one gets the
// words of the articles that come first by an estimate, and the client counts
// (window.go). The parts of scores are computed from words as well (explain.go). Words
// that are too common for scripts have their hits preselected (preselect.go).
package search
