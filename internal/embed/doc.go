// Package embed learns vectors of words and articles from a corpus itself: latent semantic
// analysis (Deerwester et al., Indexing by Latent Semantic Analysis, 1990) over the term
// weights of BM25. It knows no engine and no index.
//
// # Training
//
// A [Matrix] has a row for each article and a column for each term. What stands in it is
// the weight of BM25, idf*tf/(tf + k1*(1 - b + b*length/mean)), and rows are scaled to
// length 1. [Train] finds the first [Dims] right singular vectors V of the matrix by
// subspace iteration from a random start (Halko, Martinsson, Tropp, Finding Structure with
// Randomness, 2011, algorithms 4.4 and 5.1). The same matrix gives the same [Model].
//
// # Folding in
//
// The vector of an article is its row times V, of length 1 ([Sums]). It depends on the
// article and the model only, so articles that come later have comparable vectors. The
// vector of a query is the sum of its words' rows of V, each times the word's idf
// ([Words.Query]). How near two are in meaning is the cosine of their vectors.
//
// A [Vector] has a byte for each dimension. Every vector but zero has nearly the same
// length, so that [Dot] orders nearly as [Cosine] does.
//
// # What it is worth
//
// Mean average precision of rankings by BM25F, and blended: the vectors of the first five
// articles of BM25F, each of length 1, are averaged, and half of that is added to the
// query's; the scores and the cosines of the first 1,000 are each brought to 0 to 1 and
// averaged.
//
//	Cranfield  .319  .363
//	CISI       .229  .253
//	FNC        .662  .682
package embed
