package index_test

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

// While one index writes, others read: each search sees the last whole call,
// never half of one, and no search sees less than one before it.
func TestReadersWhileWriting(t *testing.T) {
	const calls, perCall, readers = 15, 20, 3
	dir := t.TempDir()
	w := open(t, dir, &index.Options{Topics: noRules(t)})
	var done atomic.Bool
	var wg sync.WaitGroup
	for range readers {
		r := open(t, dir, &index.Options{ReadOnly: true})
		for _, ix := range []*index.Index{r, w} { // beside the writer, and through it
			wg.Go(func() {
				last := 0
				for !done.Load() {
					n, err := total(ix)
					if err != nil || n%perCall != 0 || n < last {
						t.Errorf("%d articles after %d, %d a call: %v", n, last, perCall, err)
						return
					}
					last = n
				}
			})
		}
	}
	for c := range calls {
		var articles []corpus.Article
		for i := range perCall {
			articles = append(articles, corpus.Article{ID: fmt.Sprintf("%d-%d", c, i), Title: "Rates", Body: "Interest rates rose."})
		}
		add(t, w, articles...)
	}
	done.Store(true)
	wg.Wait()
	if n, err := total(w); n != calls*perCall || err != nil {
		t.Errorf("%d articles in the end, want %d: %v", n, calls*perCall, err)
	}
}

func total(ix *index.Index) (int, error) {
	res, err := ix.Search(context.Background(), index.Query{Text: "rates", Facets: []string{"topic"}})
	if err != nil {
		return 0, err
	}
	return res.Total, nil
}
