// Package bench has what newsq and its peers are measured with: corpora of any
// size, generated from real articles, and queries chosen from them. The
// command in run measures, and prints the table:
//
//	NEWSQ_DATA=... go run ./internal/bench/run all
//
// Package harness says what articles and queries look like, and what each of
// the programs under peers does with them; peers/README.md, how far they are
// alike. Nothing here asserts a time; the figures are for reading, as ratios.
package bench
