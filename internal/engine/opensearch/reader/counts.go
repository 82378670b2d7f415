package reader

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"sync"

	"github.com/newsq/newsq/internal/engine/opensearch/schema"
	"github.com/newsq/newsq/internal/engine/opensearch/transport"
)

// maxCounts is how many counts a view keeps.
const maxCounts = 1 << 15

// CountKey stands for the query of which articles were counted.
type CountKey [sha256.Size]byte

// KeyOfCount returns the key of a query.
func KeyOfCount(query transport.Object) (CountKey, error) {
	b, err := json.Marshal(query)
	return sha256.Sum256(b), err
}

// counts keeps how many articles queries match.
type counts struct {
	mu     sync.Mutex
	values map[CountKey]int
}

// Count returns what KeepCount was given; false without.
func (v *View) Count(of CountKey) (n int, ok bool) {
	v.counts.mu.Lock()
	defer v.counts.mu.Unlock()
	n, ok = v.counts.values[of]
	return n, ok
}

// KeepCount keeps how many articles of the view a query matches.
func (v *View) KeepCount(of CountKey, n int) {
	v.counts.mu.Lock()
	defer v.counts.mu.Unlock()
	if v.counts.values == nil || len(v.counts.values) >= maxCounts {
		v.counts.values = map[CountKey]int{}
	}
	v.counts.values[of] = n
}

// TotalLength returns the sum of the lengths of the view's articles, each doubled.
func (v *View) TotalLength(ctx context.Context) (uint64, error) {
	if v.Length > 0 {
		return v.Length, nil
	}
	return Cached(v, "total length", func() (uint64, error) {
		var found struct {
			Aggregations struct{ Length struct{ Value float64 } }
		}
		err := v.Search(ctx, transport.Object{
			"size": 0, "track_total_hits": false, "query": all(v.ArticlesFilter()...),
			"aggs": transport.Object{"length": transport.Object{"sum": transport.Object{"field": schema.FieldLength}}},
		}, &found)
		return uint64(max(found.Aggregations.Length.Value, 0)), err
	})
}
