package store

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/opensearch/reader"
	"github.com/newsq/newsq/internal/engine/opensearch/schema"
	"github.com/newsq/newsq/internal/engine/opensearch/transport"
)

// Generation is a generation that is held: a point in time, which all who hold the same
// generation share.
type Generation struct {
	View   *reader.View
	index  string
	client *transport.Client

	mu   sync.Mutex
	refs int // the store's own among them
	own  int // the store's own: 1, or 0 where it has none
	stop context.CancelFunc
	kept <-chan struct{} // closed when nobody keeps it any more
}

// keepEvery is how often a generation is asked that somebody holds: it must not end
// while its holder does something else, such as writing what takes an hour.
const keepEvery = 100 * time.Second // less than half of reader.KeepAlive

// keep asks the generation for as long as somebody holds it. What the store alone holds
// may end.
func (g *Generation) keep(every time.Duration) {
	g.stop, g.kept = repeat(every, func(ctx context.Context) bool {
		if g.isHeld() && time.Since(g.View.Used()) >= every {
			// Who asks next is told of an error.
			_ = g.View.Search(ctx, transport.Object{"size": 0, "track_total_hits": false, "query": askGeneration()["query"]}, &shown{})
		}
		return true
	})
}

// isHeld reports whether somebody beside the store holds the generation.
func (g *Generation) isHeld() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.refs > g.own
}

// Release lets the generation go. The last one to do so ends its point in time.
func (g *Generation) Release(ctx context.Context) error {
	g.mu.Lock()
	g.refs--
	last := g.refs == 0
	g.mu.Unlock()
	if !last {
		return nil
	}
	g.stop()
	<-g.kept
	bounded, cancel := context.WithTimeout(context.WithoutCancel(ctx), releaseTimeout)
	defer cancel()
	body, err := marshal(transport.Object{"pit_id": []string{g.View.PIT}})
	if err != nil {
		return err
	}
	err = g.client.Do(bounded, &transport.Request{Method: http.MethodDelete, Path: "/_search/point_in_time", Body: body}, nil)
	if errors.Is(err, engine.ErrNotFound) || errors.Is(err, engine.ErrSnapshotGone) || errors.Is(err, transport.ErrUnavailable) ||
		errors.Is(err, context.DeadlineExceeded) {
		return nil // it ends by itself
	}
	return err
}

// unshare lets the reference of the store go.
func (g *Generation) unshare(ctx context.Context) error {
	g.mu.Lock()
	g.own = 0
	g.mu.Unlock()
	return g.Release(ctx)
}

// hold adds a reference; false when the generation was let go.
func (g *Generation) hold() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.refs == 0 {
		return false
	}
	g.refs++
	return true
}

// share adds the reference of the store.
func (g *Generation) share() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.own = 1
	g.refs++
}

// Take opens a point in time on an index and reads which generation it shows. The caller
// releases it.
func Take(ctx context.Context, c *transport.Client, index string) (*Generation, error) {
	var opened struct {
		ID     string                                  `json:"pit_id"`
		Shards struct{ Total, Successful, Failed int } `json:"_shards"`
	}
	r := &transport.Request{
		Method: http.MethodPost, Path: transport.Path(index, "_search", "point_in_time"),
		Query: url.Values{"keep_alive": {reader.KeepAlive}, "preference": {"_primary"}, "allow_partial_pit_creation": {"false"}},
	}
	if err := c.Do(ctx, r, &opened); err != nil {
		return nil, err
	}
	s := opened.Shards
	if opened.ID == "" || s.Failed > 0 || s.Successful < s.Total || s.Total == 0 {
		return nil, fmt.Errorf("%w: of %s a point in time shows %d of %d shards", engine.ErrServer, index, s.Successful, s.Total)
	}
	g := &Generation{View: reader.NewView(c, opened.ID, 0, 0, s.Total), index: index, client: c, refs: 1}
	g.keep(keepEvery)
	if err := g.read(ctx); err != nil {
		return nil, errors.Join(err, g.Release(ctx))
	}
	return g, nil
}

// shown is the answer to the search for the document of the generation.
type shown struct {
	Hits struct {
		Hits []struct {
			Index  string `json:"_index"`
			Fields struct{ Generation []uint64 }
		}
	}
	Aggregations struct {
		All struct {
			Articles struct {
				Count  int `json:"doc_count"`
				Length struct{ Value float64 }
				// Embargoed are those that have an embargo, past or not.
				Embargoed struct {
					Count int `json:"doc_count"`
				}
			}
		}
	}
}

// generation returns the number that was found; 0 where nothing was published.
func (s *shown) generation() (index string, n uint64) {
	if len(s.Hits.Hits) == 0 || len(s.Hits.Hits[0].Fields.Generation) == 0 {
		return "", 0
	}
	return s.Hits.Hits[0].Index, s.Hits.Hits[0].Fields.Generation[0]
}

// askGeneration is a search for the document of the generation.
func askGeneration() transport.Object {
	return transport.Object{
		"size": 1, "track_total_hits": false, "stored_fields": "_none_", "docvalue_fields": []string{schema.FieldGeneration},
		"query": transport.Object{"bool": transport.Object{"filter": []any{
			transport.Object{"term": transport.Object{schema.FieldKind: schema.KindGeneration}},
		}}},
	}
}

// read reads the index, the number of the generation, and the figures of its articles.
func (g *Generation) read(ctx context.Context) error {
	body := askGeneration()
	body["aggs"] = transport.Object{"all": transport.Object{
		"global": transport.Object{},
		"aggs": transport.Object{"articles": transport.Object{
			"filter": transport.Object{"term": transport.Object{schema.FieldKind: schema.KindArticle}},
			"aggs": transport.Object{
				"length":    transport.Object{"sum": transport.Object{"field": schema.FieldLength}},
				"embargoed": transport.Object{"filter": transport.Object{"exists": transport.Object{"field": schema.FieldEmbargo}}},
			},
		}},
	}}
	var found shown
	if err := g.View.Search(ctx, body, &found); err != nil {
		return err
	}
	var index string
	if index, g.View.Generation = found.generation(); index != "" {
		g.index = index
	}
	articles := &found.Aggregations.All.Articles
	g.View.Articles, g.View.Length = articles.Count, uint64(max(articles.Length.Value, 0))
	if articles.Embargoed.Count == 0 {
		g.View.HasNoEmbargoes()
	}
	return nil
}

// look returns the index that an alias stands for and the generation that it shows, 0
// before the first. It asks for the document by its id, which costs half of a search for
// it, as the last refresh has it.
func look(ctx context.Context, c *transport.Client, alias string) (index string, generation uint64, err error) {
	var found struct {
		Index  string                       `json:"_index"`
		Source struct{ State schema.State } `json:"_source"`
	}
	r := &transport.Request{
		Method: http.MethodGet, Path: transport.Path(alias, "_doc", schema.GenerationID),
		Query: url.Values{"preference": {"_primary"}, "realtime": {"false"}},
	}
	err = c.Do(ctx, r, &found)
	if errors.Is(err, engine.ErrNotFound) { // nothing was published
		return "", 0, nil
	}
	if err != nil {
		return "", 0, err
	}
	return found.Index, found.Source.State.Generation, nil
}

// Hold returns the last generation. The caller releases it.
func (s *Store) Hold(ctx context.Context) (*Generation, error) {
	s.holding.Lock()
	defer s.holding.Unlock()
	return s.hold(ctx)
}

// Recent returns the generation that was the last one when it was looked at, and looks
// meanwhile whether it still is: confirm tells. The caller releases it.
func (s *Store) Recent(ctx context.Context) (g *Generation, confirm func(context.Context) (bool, error), err error) {
	s.holding.Lock()
	defer s.holding.Unlock()
	if g := s.shared; g == nil || s.writer != nil || s.isClosed() || !g.View.Fresh() || !g.hold() {
		g, err := s.hold(ctx)
		return g, func(context.Context) (bool, error) { return true, nil }, err
	}
	g = s.shared
	looked := s.lookAt(ctx, g)
	return g, func(ctx context.Context) (bool, error) {
		select {
		case l := <-looked:
			return l.last, l.err
		case <-ctx.Done():
			return false, ctx.Err()
		}
	}, nil
}

// seen says whether a generation is the last one.
type seen struct {
	last bool
	err  error
}

// lookAt looks whether a generation is the last one.
func (s *Store) lookAt(ctx context.Context, g *Generation) <-chan seen {
	looked := make(chan seen, 1)
	go func(alias string) {
		index, generation, err := look(ctx, s.Client, alias)
		looked <- seen{(index == "" || index == g.index) && generation == g.View.Generation, err}
	}(s.index.Alias)
	return looked
}

// hold is Hold by one at a time.
func (s *Store) hold(ctx context.Context) (*Generation, error) {
	if s.isClosed() {
		return nil, engine.ErrClosed
	}
	for tries := 0; ; tries++ {
		g, err := s.holdOnce(ctx)
		if !errors.Is(err, errOver) || tries >= overTries {
			return g, err
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(overPause):
		}
	}
}

// errOver: a node that was cut off from the others answers with what it knew. It learns of
// them within seconds.
var errOver = fmt.Errorf("%w: a node answers with a generation that is over; ask again", engine.ErrServer)

const (
	overTries = 50
	overPause = 200 * time.Millisecond
)

// isOver reports whether a generation is one before that which was held last.
func (s *Store) isOver(index string, generation uint64) bool {
	g := s.shared
	return g != nil && g.index == index && generation < g.View.Generation
}

// holdOnce is hold; errOver where it meets a generation that is over.
func (s *Store) holdOnce(ctx context.Context) (*Generation, error) {
	if s.shared != nil {
		index, last, err := s.last(ctx)
		if err != nil {
			return nil, err
		}
		if s.isOver(index, last) {
			return nil, errOver
		}
		if g := s.shared; g.index == index && g.View.Generation == last && g.View.Fresh() && g.hold() {
			return g, nil
		}
	}
	g, err := s.open(ctx)
	if err != nil {
		return nil, err
	}
	if s.isOver(g.index, g.View.Generation) {
		return nil, errors.Join(errOver, g.Release(ctx))
	}
	before := s.shared
	s.shared = g
	g.share()
	if before != nil {
		if err := before.unshare(ctx); err != nil {
			return nil, errors.Join(err, g.Release(ctx))
		}
	}
	return g, nil
}

// open opens a point in time on the last generation. A reader opens it on whatever index
// the alias stands for.
func (s *Store) open(ctx context.Context) (*Generation, error) {
	if s.writer != nil {
		return Take(ctx, s.Client, s.index.Name)
	}
	g, err := Take(ctx, s.Client, s.index.Alias)
	if err != nil {
		return nil, err
	}
	if g.index == s.index.Alias { // nothing was published, so there is nothing that says where
		g.index = s.index.Name
	}
	if err := s.follow(ctx, g.index); err != nil {
		return nil, errors.Join(err, g.Release(ctx))
	}
	return g, nil
}

// follow reads what the alias stands for if that is another index, which may be of
// another schema.
func (s *Store) follow(ctx context.Context, index string) error {
	if index == s.index.Name {
		return nil
	}
	x, err := findForReading(ctx, s.Client, s.index.Alias)
	if err != nil {
		return err
	}
	s.index = x
	return nil
}

// last returns the index and the last generation. A writer knows them.
func (s *Store) last(ctx context.Context) (index string, generation uint64, err error) {
	if s.writer != nil {
		return s.index.Name, s.writer.Published(), nil
	}
	index, generation, err = look(ctx, s.Client, s.index.Alias)
	if err != nil {
		return "", 0, err
	}
	if index == "" {
		return s.index.Name, generation, nil
	}
	return index, generation, s.follow(ctx, index)
}

// letGo releases the generation that the store itself holds.
func (s *Store) letGo(ctx context.Context) error {
	s.holding.Lock()
	defer s.holding.Unlock()
	g := s.shared
	s.shared = nil
	if g == nil {
		return nil
	}
	return g.unshare(ctx)
}
