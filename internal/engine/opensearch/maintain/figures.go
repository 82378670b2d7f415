package maintain

import (
	"context"
	"errors"

	"github.com/newsq/newsq/internal/engine/opensearch/reader"
	"github.com/newsq/newsq/internal/engine/opensearch/schema"
	"github.com/newsq/newsq/internal/engine/opensearch/store"
	"github.com/newsq/newsq/internal/engine/opensearch/transport"
)

// figures are numbers of an index as it was published last.
type figures struct {
	articles   int
	total      int            // of documents
	kinds      map[string]int // documents of each kind
	generation uint64
}

// sum returns the number of documents of all kinds.
func (f *figures) sum() (n int) {
	for _, k := range f.kinds {
		n += k
	}
	return n
}

// figures counts what an index has.
func (a Archive) figures(ctx context.Context, i *indexInfo) (f figures, err error) {
	g, err := store.Take(ctx, a.Client, i.Name)
	if err != nil {
		return figures{}, err
	}
	defer func() { err = errors.Join(err, g.Release(ctx)) }()
	return figuresOf(ctx, g.View)
}

// figuresOf counts what a view shows.
func figuresOf(ctx context.Context, v *reader.View) (figures, error) {
	const kinds = 16 // more than there are
	body := transport.Object{
		"size":             0,
		"track_total_hits": true,
		"aggs": transport.Object{
			"kinds":      transport.Object{"terms": transport.Object{"field": schema.FieldKind, "size": kinds}},
			"generation": transport.Object{"max": transport.Object{"field": schema.FieldGeneration}},
		},
	}
	var answer struct {
		Hits         struct{ Total struct{ Value int } }
		Aggregations struct {
			Kinds      struct{ Buckets []bucket }
			Generation struct{ Value *float64 }
		}
	}
	if err := v.Search(ctx, body, &answer); err != nil {
		return figures{}, err
	}
	f := figures{kinds: map[string]int{}, total: answer.Hits.Total.Value}
	for _, b := range answer.Aggregations.Kinds.Buckets {
		f.kinds[b.Key] = b.Count
	}
	f.articles = f.kinds[schema.KindArticle]
	if g := answer.Aggregations.Generation.Value; g != nil {
		f.generation = uint64(*g)
	}
	return f, nil
}

// bucket is one of a terms aggregation.
type bucket struct {
	Key   string
	Count int `json:"doc_count"`
}
