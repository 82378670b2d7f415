module github.com/newsq/newsq/internal/bench/peers/sqlite

go 1.26.0

require github.com/newsq/newsq/internal/bench/peers/harness v0.0.0

require github.com/mattn/go-sqlite3 v1.14.53

replace github.com/newsq/newsq/internal/bench/peers/harness => ../harness
