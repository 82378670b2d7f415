// Package bench holds newsq against its peers, in one run on one machine:
//
//	NEWSQ_DATA=... go test -run '^$' -bench . -benchtime 1x -timeout 60m ./internal/bench
//
// Nothing here asserts a time; the figures are for reading, as ratios.
package bench
