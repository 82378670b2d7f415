// Package reader reads one generation of an index: a point in time, and what it
// shows of articles, entries and notes.
package reader

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"sync/atomic"
	"time"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/opensearch/schema"
	"github.com/newsq/newsq/internal/engine/opensearch/transport"
)

// KeepAlive is how long a point in time lives after it was last asked.
const KeepAlive = "5m"

// View is a generation, or what of it is released at a moment. It is safe for
// concurrent use.
type View struct {
	Client     *transport.Client
	PIT        string // the id of the point in time
	Generation uint64
	Articles   int // without those under embargo, if Hidden is set
	Shards     int // of the index
	// Length is that of all articles, see TotalLength; 0 where it was not asked for.
	Length uint64
	// Hidden is the moment at which articles are under embargo that the view is
	// without; zero where it has all, or where none are under embargo.
	Hidden time.Time

	cache    cache
	counts   counts
	hits     hits
	released releases
	whole    *View // of which it is a part; nil for itself
	used     atomic.Int64
	gone     atomic.Bool
}

// NewView returns a view of all of a generation.
func NewView(c *transport.Client, pit string, generation uint64, articles, shards int) *View {
	v := &View{Client: c, PIT: pit, Generation: generation, Articles: articles, Shards: shards}
	v.used.Store(time.Now().UnixNano())
	return v
}

// root returns the view that v is a part of.
func (v *View) root() *View {
	if v.whole != nil {
		return v.whole
	}
	return v
}

// Used returns when the point in time was last asked, and was there.
func (v *View) Used() time.Time { return time.Unix(0, v.root().used.Load()) }

// Fresh reports whether the point in time may be relied on: it was asked a short while
// ago, and was there.
func (v *View) Fresh() bool {
	const idle = 4 * time.Minute // less than KeepAlive
	r := v.root()
	return !r.gone.Load() && time.Since(r.Used()) < idle
}

// Search sends a search to the point in time. body must have neither index nor pit.
// Articles that the view is without must be left out by the query, see ArticlesFilter.
// A failed shard, a part of an answer, or a search that timed out is an error;
// engine.ErrSnapshotGone: the point in time is no more. engine.ErrTooBroad: a limit on
// clauses or states was met. The answer is decoded into a pointer.
func (v *View) Search(ctx context.Context, body transport.Object, into any) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	whole := maps.Clone(body)
	whole["pit"] = transport.Object{"id": v.PIT, "keep_alive": KeepAlive}
	b, err := json.Marshal(whole)
	if err != nil {
		return err
	}
	root := v.root()
	began := time.Now()
	var part error // the answer is not of all that was asked
	err = v.Client.DoRead(ctx, &transport.Request{
		Method: http.MethodPost, Path: "/_search",
		Query: url.Values{"allow_partial_search_results": {"false"}}, Body: b,
	}, func(answer []byte) error {
		h, err := readHead(answer)
		if err != nil {
			return err
		}
		if part = v.checkWhole(&h); part != nil {
			return nil
		}
		return json.Unmarshal(answer, into)
	})
	if err == nil {
		err = part
	}
	if errors.Is(err, engine.ErrNoIndex) { // its index was removed
		err = fmt.Errorf("%w: %w", engine.ErrSnapshotGone, err)
	}
	if err != nil {
		if errors.Is(err, engine.ErrSnapshotGone) {
			root.gone.Store(true)
		}
		return err
	}
	root.used.Store(began.UnixNano())
	return nil
}

// head is what an answer says of itself.
type head struct {
	TimedOut bool
	Shards   *struct{ Total, Successful, Failed int }
}

var (
	errNoHead   = fmt.Errorf("%w: answer to a search does not say which shards it is of", engine.ErrServer)
	errTimedOut = fmt.Errorf("%w: search took longer on the cluster than it may", engine.ErrServer)
)

// checkWhole returns an error when an answer is of a part of the shards.
func (v *View) checkWhole(h *head) error {
	switch {
	case h.Shards == nil:
		return errNoHead
	case h.TimedOut:
		return errTimedOut
	case h.Shards.Failed > 0 || h.Shards.Successful < h.Shards.Total:
		return fmt.Errorf("%w: search failed on %d of %d shards of the index", engine.ErrServer, h.Shards.Total-h.Shards.Successful, h.Shards.Total)
	case v.Shards > 0 && h.Shards.Total < v.Shards:
		return fmt.Errorf("%w: the point in time has %d of %d shards left", engine.ErrSnapshotGone, h.Shards.Total, v.Shards)
	}
	return nil
}

// readHead reads what stands before the hits, which are not read.
func readHead(answer []byte) (h head, err error) {
	d := json.NewDecoder(bytes.NewReader(answer))
	if _, err = d.Token(); err != nil { // the bracket
		return h, err
	}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return h, err
		}
		switch name {
		case "timed_out":
			err = d.Decode(&h.TimedOut)
		case "_shards":
			err = d.Decode(&h.Shards)
		case "hits", "aggregations":
			return h, nil
		default:
			var other json.RawMessage
			err = d.Decode(&other)
		}
		if err != nil {
			return h, err
		}
	}
	_, err = d.Token() // the bracket, unless the answer was cut short
	return h, err
}

// ArticlesFilter returns the queries, to stand in a bool.filter, that keep the articles
// that the view has.
func (v *View) ArticlesFilter() []any {
	filter := []any{term(schema.FieldKind, schema.KindArticle)}
	if !v.Hidden.IsZero() {
		filter = append(filter, transport.Object{"bool": transport.Object{"must_not": []any{
			transport.Object{"range": transport.Object{schema.FieldEmbargo: transport.Object{"gt": schema.Micros(v.Hidden)}}},
		}}})
	}
	return filter
}

func term(field, value string) transport.Object {
	return transport.Object{"term": transport.Object{field: value}}
}
