module github.com/newsq/newsq/internal/bench/peers/harness

go 1.26.0
