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
// Words, phrases, with gaps too, and NEARs of any number of them are counted by queries of
// spans. A phrase with gaps has one span for each place. In a NEAR in any order, the
// places of an operand that lie within reach of the next are spans again, so that a chain
// is counted from its end. Where operands side by side may share a token, this may be
// more than there is: a bound.
//
// Of match.Spans, places are joined by span queries, and told apart by borders that are
// marked in the text: the first and the last token of sentences and paragraphs, and what
// follows a stretch of a mark (unit.go, schema.UnitMarks). What must occur several times has
// a least score. Exact in this way are words, phrases and alternatives of them: two near each
// other, or any number in order or of which neighbours share no token, and what has none of
// some others near it. For spans within spans, and where the lead goes on behind
// the first run of the body, a query finds what may match, and the words of that are read
// (spans.go, materialize.go). Counted are single phrases, and the first of two operands
// (spancount.go, heads.go).
//
// Where no query tells a frequency, as for patterns within phrases, further requests get
// the words of the articles that come first by an estimate, and the client counts
// (window.go). By a bound it reads on until no other article can come before the last hit
// of the page, as the threshold algorithm does (Fagin, Lotem and Naor, Optimal
// Aggregation Algorithms for Middleware, 2003); by another estimate it reads once, and the
// answer says how far the order is exact. The parts of scores are computed from words as
// well (explain.go). Words that are too common for scripts have their hits preselected
// (preselect.go).
package search
