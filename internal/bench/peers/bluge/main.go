// Command bluge is Bluge in the form of a peer; see package harness.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/blugelabs/bluge"
	"github.com/blugelabs/bluge/analysis/lang/en"
	"github.com/blugelabs/bluge/index"
	"github.com/blugelabs/bluge/search"
	"github.com/blugelabs/bluge/search/aggregations"
	"github.com/blugelabs/bluge/search/highlight"

	"github.com/newsq/newsq/internal/bench/peers/harness"
)

func main() {
	if err := harness.Run(peer{}, os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "bluge:", err)
		os.Exit(1)
	}
}

type peer struct{}

// batchSize is the number of articles made durable at once.
const batchSize = 1000

// Index implements harness.Peer. Threads is the number of batches in the
// making.
func (peer) Index(corpus, dir string, threads int) (docs int, size int64, err error) {
	w, err := bluge.OpenWriter(bluge.DefaultConfig(dir))
	if err != nil {
		return 0, 0, err
	}
	batches := make(chan *index.Batch)
	errs := make([]error, threads)
	var wait sync.WaitGroup
	for i := range threads {
		wait.Go(func() {
			for b := range batches {
				errs[i] = errors.Join(errs[i], w.Batch(b))
			}
		})
	}
	b, in := bluge.NewBatch(), 0
	analyzer := en.NewAnalyzer()
	for a, e := range harness.Articles(corpus) {
		if err = e; err != nil {
			break
		}
		// Matches are marked in the searched field, so that it is stored.
		doc := bluge.NewDocument(a.ID).
			AddField(bluge.NewTextField("all", a.All()).WithAnalyzer(analyzer).StoreValue().HighlightMatches()).
			AddField(bluge.NewStoredOnlyField("title", []byte(a.Title)))
		for _, t := range a.Topics {
			doc.AddField(bluge.NewKeywordField("topic", t).Aggregatable())
		}
		if at, ok := a.Unix(); ok {
			doc.AddField(bluge.NewDateTimeField("date", time.Unix(at, 0)).Sortable())
		}
		b.Update(doc.ID(), doc)
		docs++
		size += a.Bytes()
		if in++; in == batchSize {
			batches <- b
			b, in = bluge.NewBatch(), 0
		}
	}
	batches <- b
	close(batches)
	wait.Wait()
	return docs, size, errors.Join(err, errors.Join(errs...), w.Close())
}

// Merge implements harness.Peer.
func (peer) Merge(string) error { return harness.ErrNoMerge }

// Open implements harness.Peer.
func (peer) Open(dir string) (harness.Searcher, error) {
	r, err := bluge.OpenReader(bluge.DefaultConfig(dir))
	return searcher{r}, err
}

type searcher struct{ r *bluge.Reader }

// request asks Bluge for what a line of the file asks.
func request(q *harness.Query) *bluge.TopNSearch {
	words := strings.Join(q.Words, " ")
	var bq bluge.Query
	switch q.Mode {
	case harness.Phrase:
		bq = bluge.NewMatchPhraseQuery(words).SetField("all").SetAnalyzer(en.NewAnalyzer())
	case harness.Prefix:
		bq = bluge.NewPrefixQuery(words).SetField("all")
	default:
		m := bluge.NewMatchQuery(words).SetField("all").SetAnalyzer(en.NewAnalyzer())
		if q.Mode == harness.All {
			m.SetOperator(bluge.MatchQueryOperatorAnd)
		}
		bq = m
	}
	if q.Topic != "" {
		bq = bluge.NewBooleanQuery().AddMust(bq, bluge.NewTermQuery(q.Topic).SetField("topic").SetBoost(0))
	}
	r := bluge.NewTopNSearch(10, bq)
	if q.Exact() {
		r.WithStandardAggregations()
	}
	if q.Facet {
		r.AddAggregation("topic", aggregations.NewTermsAggregation(search.Field("topic"), 10))
	}
	if q.Newest {
		r.SortBy([]string{"-date"})
	}
	return r
}

// each calls f for the ten best.
func (s searcher) each(r *bluge.TopNSearch, f func(*search.DocumentMatch) error) (search.DocumentMatchIterator, error) {
	matches, err := s.r.Search(context.Background(), r)
	if err != nil {
		return nil, err
	}
	for {
		m, err := matches.Next()
		if err != nil || m == nil {
			return matches, err
		}
		if err := f(m); err != nil {
			return nil, err
		}
	}
}

// Search implements harness.Searcher.
func (s searcher) Search(q *harness.Query) (harness.Result, error) {
	res := harness.Result{Known: harness.Nothing}
	matches, err := s.each(request(q), func(m *search.DocumentMatch) error {
		return m.VisitStoredFields(func(field string, value []byte) bool {
			if field != "_id" {
				return true
			}
			res.IDs = append(res.IDs, string(value))
			return false
		})
	})
	if err == nil && q.Exact() {
		res.Known, res.Hits = harness.Exactly, int(matches.Aggregations().Count())
	}
	return res, err
}

// Show implements harness.Searcher.
func (s searcher) Show(w io.Writer, q *harness.Query) error {
	marker := highlight.NewHTMLHighlighter()
	_, err := s.each(request(q).IncludeLocations(), func(m *search.DocumentMatch) error {
		return m.VisitStoredFields(func(field string, value []byte) bool {
			switch field {
			case "title":
				fmt.Fprintln(w, string(value))
			case "all":
				fmt.Fprintln(w, marker.BestFragment(m.Locations["all"], value))
			}
			return true
		})
	})
	return err
}

// Close implements harness.Searcher.
func (s searcher) Close() error { return s.r.Close() }
