// Command bleve is bleve, as it comes, in the form of a peer; see package
// harness.
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

	"github.com/blevesearch/bleve/v2"
	_ "github.com/blevesearch/bleve/v2/analysis/analyzer/keyword"
	_ "github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/index/scorch/mergeplan"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search/query"

	"github.com/newsq/newsq/internal/bench/peers/harness"
)

func main() {
	if err := harness.Run(peer{}, os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "bleve:", err)
		os.Exit(1)
	}
}

type peer struct{}

// indexMapping has one searched field with positions, so that a word has one
// list. bleve marks matches in stored fields that are searched, so that it is
// the searched field that is stored.
func indexMapping() mapping.IndexMapping {
	all := bleve.NewTextFieldMapping()
	all.Analyzer = "en"
	all.DocValues = false
	title := bleve.NewTextFieldMapping()
	title.Index = false
	title.DocValues = false
	topic := bleve.NewKeywordFieldMapping()
	topic.Store = false
	topic.IncludeTermVectors = false
	date := bleve.NewNumericFieldMapping()
	date.Store = false
	doc := bleve.NewDocumentStaticMapping()
	for name, f := range map[string]*mapping.FieldMapping{"all": all, "title": title, "topic": topic, "date": date} {
		f.IncludeInAll = false
		doc.AddFieldMappingsAt(name, f)
	}
	m := bleve.NewIndexMapping()
	m.DefaultMapping = doc
	return m
}

// batchSize is the number of articles made durable at once.
const batchSize = 1000

// Index implements harness.Peer. Threads is the number of batches in the
// making; bleve analyses each on four threads of its own.
func (peer) Index(corpus, dir string, threads int) (docs int, size int64, err error) {
	ix, err := bleve.New(dir, indexMapping())
	if err != nil {
		return 0, 0, err
	}
	batches := make(chan *bleve.Batch)
	errs := make([]error, threads)
	var wait sync.WaitGroup
	for i := range threads {
		wait.Go(func() {
			for b := range batches {
				errs[i] = errors.Join(errs[i], ix.Batch(b))
			}
		})
	}
	b := ix.NewBatch()
	for a, e := range harness.Articles(corpus) {
		if err = e; err != nil {
			break
		}
		doc := map[string]any{"all": a.All(), "title": a.Title, "topic": a.Topics}
		if at, ok := a.Unix(); ok {
			doc["date"] = float64(at)
		}
		if err = b.Index(a.ID, doc); err != nil {
			break
		}
		docs++
		size += a.Bytes()
		if b.Size() == batchSize {
			batches <- b
			b = ix.NewBatch()
		}
	}
	batches <- b
	close(batches)
	wait.Wait()
	return docs, size, errors.Join(err, errors.Join(errs...), ix.Close())
}

// Merge implements harness.Peer.
func (peer) Merge(dir string) error {
	ix, err := bleve.Open(dir)
	if err != nil {
		return err
	}
	internal, err := ix.Advanced()
	if err != nil {
		return err
	}
	s, ok := internal.(*scorch.Scorch)
	if !ok {
		return fmt.Errorf("%T is no scorch", internal)
	}
	if err := s.ForceMerge(context.Background(), &mergeplan.SingleSegmentMergePlanOptions); err != nil {
		return err
	}
	if err := ix.Close(); err != nil {
		return err
	}
	// Segments that are no longer needed are removed some time after an index
	// was opened.
	if ix, err = bleve.Open(dir); err != nil {
		return err
	}
	for range 50 {
		segments, err := os.ReadDir(dir + "/store")
		if err != nil {
			return err
		}
		if len(segments) <= 2 { // root.bolt and one segment
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	return ix.Close()
}

// Open implements harness.Peer.
func (peer) Open(dir string) (harness.Searcher, error) {
	ix, err := bleve.OpenUsing(dir, map[string]any{"read_only": true})
	return searcher{ix}, err
}

type searcher struct{ ix bleve.Index }

// request asks bleve for what a line of the file asks.
func request(q *harness.Query) *bleve.SearchRequest {
	words := strings.Join(q.Words, " ")
	var bq query.Query
	switch q.Mode {
	case harness.Phrase:
		m := bleve.NewMatchPhraseQuery(words)
		m.SetField("all")
		bq = m
	case harness.Prefix:
		m := bleve.NewPrefixQuery(words)
		m.SetField("all")
		bq = m
	default:
		m := bleve.NewMatchQuery(words)
		m.SetField("all")
		if q.Mode == harness.All {
			m.SetOperator(query.MatchQueryOperatorAnd)
		}
		bq = m
	}
	if q.Topic != "" {
		t := bleve.NewTermQuery(q.Topic)
		t.SetField("topic")
		b := bleve.NewBooleanQuery()
		b.AddMust(bq)
		b.AddFilter(t)
		bq = b
	}
	r := bleve.NewSearchRequest(bq)
	if q.Facet {
		r.AddFacet("topic", bleve.NewFacetRequest("topic", 10))
	}
	if q.Newest {
		r.SortBy([]string{"-date"})
	}
	return r
}

// Search implements harness.Searcher. bleve counts all hits always.
func (s searcher) Search(q *harness.Query) (harness.Result, error) {
	res, err := s.ix.Search(request(q))
	if err != nil {
		return harness.Result{}, err
	}
	r := harness.Result{Hits: int(res.Total), IDs: make([]string, len(res.Hits))}
	for i, h := range res.Hits {
		r.IDs[i] = h.ID
	}
	return r, nil
}

// Show implements harness.Searcher.
func (s searcher) Show(w io.Writer, q *harness.Query) error {
	r := request(q)
	r.Fields = []string{"title", "all"}
	r.Highlight = bleve.NewHighlightWithStyle("html")
	r.Highlight.AddField("all")
	res, err := s.ix.Search(r)
	if err != nil {
		return err
	}
	for _, h := range res.Hits {
		fmt.Fprintln(w, h.Fields["title"])
		for _, f := range h.Fragments["all"] {
			fmt.Fprintln(w, f)
		}
	}
	return nil
}

// Close implements harness.Searcher.
func (s searcher) Close() error { return s.ix.Close() }
