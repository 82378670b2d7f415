package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"os"

	"github.com/newsq/newsq/internal/bench/harness"
)

// record is a line of results. Its kind says which fields it has:
//
//	run         Note: day and machine
//	peer        Version; Note where it could not be built or run
//	index       Build
//	merge       Build
//	class       Class, Queries, Mean: of the queries' medians, in microseconds
//	all         Queries, Mean and P99: over the mix
//	agree       Queries that were compared with newsq, Different
//	cold        Mean: the median in milliseconds
//	throughput  Rate
//	growth      Class, Mean: the time of a query divided by its time on Note
type record struct {
	Kind      string         `json:"kind"`
	Peer      string         `json:"peer,omitempty"`
	Corpus    string         `json:"corpus,omitempty"`
	Version   string         `json:"version,omitempty"`
	Class     string         `json:"class,omitempty"`
	Queries   int            `json:"queries,omitempty"`
	Different int            `json:"different,omitempty"`
	Mean      float64        `json:"mean,omitempty"`
	P99       float64        `json:"p99,omitempty"`
	Build     *harness.Build `json:"build,omitempty"`
	Rate      *harness.Rate  `json:"rate,omitempty"`
	Note      string         `json:"note,omitempty"`
}

// readRecords reads results. A record replaces an earlier one of the same
// place in the table.
func readRecords(r io.Reader) ([]record, error) {
	var all []record
	at := map[record]int{}
	for dec := json.NewDecoder(bufio.NewReader(r)); ; {
		var rec record
		if err := dec.Decode(&rec); errors.Is(err, io.EOF) {
			return all, nil
		} else if err != nil {
			return nil, err
		}
		key := record{Kind: rec.Kind, Peer: rec.Peer, Corpus: rec.Corpus, Class: rec.Class}
		if i, ok := at[key]; ok {
			all[i] = rec
			continue
		}
		at[key] = len(all)
		all = append(all, rec)
	}
}

func readResults(path string) ([]record, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return readRecords(f)
}
