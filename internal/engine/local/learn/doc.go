// Package learn brings segments and package embed together. The postings of a segment
// are the columns of a matrix of term weights: so a model is trained on the postings of a
// view (Matrix), and the vectors of a segment are folded in from its own postings
// (Fold). Nothing need be known of a model when an article is indexed, and a new model
// rewrites no segment.
package learn
