// Package search answers queries over a view: a plan becomes a query of OpenSearch,
// hits come back scored by BM25F, and what the server cannot tell exactly is settled
// from the words of the articles.
package search
