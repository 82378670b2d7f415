package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/opensearch/schema"
	"github.com/newsq/newsq/internal/engine/opensearch/transport"
)

// Writer writes to one index, under a lease. It is safe for concurrent use: batches and
// publications follow each other.
//
// Documents have external versions: the session of the lease, and the number of the
// part of a batch in it. So what is sent again after a lost answer meets its own
// version, and a writer that has lost the lease a later one.
type Writer struct {
	client *transport.Client
	index  string
	name   string // by which the index is written, see fence
	lease  *Lease

	part atomic.Uint32 // the number of the last part

	// ahead is held while the words of a batch are written, which happens while the
	// batch before is. Who takes mu as well takes it afterwards.
	ahead sync.Mutex
	words schema.Words

	mu      sync.Mutex
	state   schema.State // as last written
	hidden  bool         // the generation of state is not shown, so far as is known
	encoder schema.Writer

	published atomic.Uint64
}

var _ engine.Writer = (*Writer)(nil)

// NewWriter returns a writer of an index, whose generations come after one. No writer
// before it can write to the index any more, nor publish.
func NewWriter(ctx context.Context, c *transport.Client, index string, l *Lease, after uint64) (*Writer, error) {
	w := &Writer{client: c, index: index, lease: l}
	state, version, err := readState(ctx, c, index)
	if err == nil {
		err = l.advance(ctx, uint64(version)>>32)
	}
	if err == nil {
		w.name, err = fence(ctx, c, index, l.Session())
	}
	if err != nil {
		return nil, err
	}
	w.state = state
	w.state.Generation = max(w.state.Generation, after)
	if err := w.putState(ctx, w.state); err != nil {
		return nil, err
	}
	w.published.Store(w.state.Generation)
	if !w.state.Written { // a publication may have been cut short
		return w, w.refresh(ctx)
	}
	return w, nil
}

// ReadState returns what the document of the generation says, published or not.
func ReadState(ctx context.Context, c *transport.Client, index string) (schema.State, error) {
	state, _, err := readState(ctx, c, index)
	return state, err
}

func readState(ctx context.Context, c *transport.Client, index string) (s schema.State, version int64, err error) {
	var d struct {
		Version int64                        `json:"_version"`
		Source  struct{ State schema.State } `json:"_source"`
	}
	err = c.Do(ctx, &transport.Request{Method: http.MethodGet, Path: transport.Path(index, "_doc", schema.GenerationID)}, &d)
	if errors.Is(err, engine.ErrNotFound) && !errors.Is(err, engine.ErrNoIndex) {
		err = nil
	}
	return d.Source.State, max(d.Version, 0), err
}

// Published returns the generation that was published last.
func (w *Writer) Published() uint64 { return w.published.Load() }

// version returns a version for the next part of a batch.
func (w *Writer) version() (int64, error) {
	part := w.part.Add(1)
	if part == 0 {
		return 0, errors.New("as many batches were written as one opening of the index has numbers for: close it and open it again")
	}
	return int64(w.lease.Session()<<32 | uint64(part)), nil
}

// send writes operations as one part: all have one version.
func (w *Writer) send(ctx context.Context, ops []transport.Operation) error {
	if len(ops) == 0 {
		return nil
	}
	v, err := w.version()
	if err != nil {
		return err
	}
	for i := range ops {
		ops[i].Version = v
	}
	return w.bulk(ctx, ops)
}

// bulkTries bounds how often it is written again to an index that is there after all.
const bulkTries = 5

func (w *Writer) bulk(ctx context.Context, ops []transport.Operation) error {
	if err := w.lease.Check(ctx); err != nil {
		return err
	}
	err := w.client.Bulk(ctx, w.name, ops)
	for n := 0; errors.Is(err, engine.ErrNoIndex) && n < bulkTries; n++ {
		if why := w.cutOff(ctx, err); why != nil {
			return why
		}
		err = w.client.Bulk(ctx, w.name, ops)
	}
	if errors.Is(err, transport.ErrSuperseded) {
		return fmt.Errorf("%w: %w", engine.ErrLocked, err)
	}
	return err
}

func (w *Writer) putState(ctx context.Context, s schema.State) error {
	return w.send(ctx, []transport.Operation{{ID: schema.GenerationID, Source: schema.Generation(s)}})
}

// Write implements the method of engine.Writer.
func (w *Writer) Write(ctx context.Context, b *engine.Batch) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	for i := range b.Put {
		if err := schema.CheckDoc(&b.Put[i]); err != nil {
			return err
		}
	}
	if isEmpty(b) {
		return nil
	}
	w.ahead.Lock()
	err := w.writeWords(ctx, b)
	w.mu.Lock()
	defer w.mu.Unlock()
	w.ahead.Unlock()
	if err != nil {
		return err
	}
	for _, part := range [...]func(context.Context, *engine.Batch) error{
		w.first, w.deleteNotes, w.putArticles, w.putNotes, w.deleteEntries, w.putEntries,
	} {
		if err := part(ctx, b); err != nil {
			return err
		}
	}
	return nil
}

func isEmpty(b *engine.Batch) bool {
	return len(b.Delete)+len(b.DeleteNotes)+len(b.Put)+len(b.PutNotes)+len(b.DeleteEntries)+len(b.PutEntries) == 0
}

// writeWords writes the words of a batch that are new. They must be there before its
// articles: should these be cut short, they are found with all their words, and not read
// again.
func (w *Writer) writeWords(ctx context.Context, b *engine.Batch) error {
	for i := range b.Put {
		w.words.Add(b.Put[i].Text)
	}
	err := w.sendWords(ctx)
	if err != nil {
		w.words.Forget()
	}
	return err
}

// first writes what must be there before the rest: that something was written, and the
// deletions of articles.
func (w *Writer) first(ctx context.Context, b *engine.Batch) error {
	var ops []transport.Operation
	written := w.state
	if written.Written = true; written != w.state {
		ops = append(ops, transport.Operation{ID: schema.GenerationID, Source: schema.Generation(written)})
	}
	ops = append(ops, deletions(schema.KindArticle, b.Delete)...)
	if err := w.send(ctx, ops); err != nil {
		return err
	}
	w.state = written
	return nil
}

// deletions returns operations that delete documents, each once.
func deletions(kind string, keys []string) []transport.Operation {
	ops := make([]transport.Operation, 0, len(keys))
	there := make(map[string]struct{}, len(keys))
	for _, key := range keys {
		if _, ok := there[key]; ok {
			continue
		}
		there[key] = struct{}{}
		ops = append(ops, transport.Operation{Delete: true, ID: schema.DocID(kind, key)})
	}
	return ops
}

func (w *Writer) deleteNotes(ctx context.Context, b *engine.Batch) error {
	return w.send(ctx, deletions(schema.KindNote, b.DeleteNotes))
}

func (w *Writer) deleteEntries(ctx context.Context, b *engine.Batch) error {
	return w.send(ctx, deletions(schema.KindRecord, b.DeleteEntries))
}

func (w *Writer) putEntries(ctx context.Context, b *engine.Batch) error {
	ops := make([]transport.Operation, 0, len(b.PutEntries))
	at := make(map[string]int, len(b.PutEntries))
	for _, e := range b.PutEntries {
		op := transport.Operation{ID: schema.DocID(schema.KindRecord, e.Key), Source: w.encoder.AppendRecord(nil, e)}
		if i, ok := at[e.Key]; ok { // the last one counts
			ops[i] = op
			continue
		}
		at[e.Key] = len(ops)
		ops = append(ops, op)
	}
	return w.send(ctx, ops)
}

func (w *Writer) putArticles(ctx context.Context, b *engine.Batch) error {
	err := w.stream(ctx, len(b.Put), func(dst []byte, i int) (string, []byte, error) {
		dst, err := w.encoder.AppendArticle(dst, &b.Put[i])
		return schema.DocID(schema.KindArticle, b.Put[i].Article.ID), dst, err
	})
	var large *transport.TooLargeError
	if errors.As(err, &large) {
		for i := range b.Put {
			if id := b.Put[i].Article.ID; schema.DocID(schema.KindArticle, id) == large.ID {
				return &engine.ArticleTooLargeError{ID: id, Err: err}
			}
		}
	}
	return err
}

func (w *Writer) putNotes(ctx context.Context, b *engine.Batch) error {
	return w.stream(ctx, len(b.PutNotes), func(dst []byte, i int) (string, []byte, error) {
		return schema.DocID(schema.KindNote, b.PutNotes[i].Key), w.encoder.AppendNote(dst, &b.PutNotes[i]), nil
	})
}

// Bounds of what is on its way.
const (
	chunkBytes = 2 << 20
	inFlight   = 2 // chunks
)

// stream writes n documents as one part, some of them while others are still encoded.
// Memory is bounded: that of the chunks on their way, and of one more.
func (w *Writer) stream(ctx context.Context, n int, encode func(dst []byte, i int) (id string, doc []byte, err error)) error {
	if n == 0 {
		return nil
	}
	version, err := w.version()
	if err != nil {
		return err
	}
	f := newFlight(ctx, w)
	for i := 0; i < n && f.err() == nil; {
		c := f.chunk()
		for ; i < n && len(c.buffer) < chunkBytes; i++ {
			start := len(c.buffer)
			var id string
			if id, c.buffer, err = encode(c.buffer, i); err != nil {
				f.fail(err)
				break
			}
			c.add(id, version, start)
		}
		f.send(c)
	}
	return f.wait()
}

// Publish implements the method of engine.Writer.
func (w *Writer) Publish(ctx context.Context) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.publish(ctx)
}

func (w *Writer) publish(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if w.state.Written {
		next := schema.State{Generation: w.state.Generation + 1, Time: schema.Micros(time.Now())}
		if err := w.putState(ctx, next); err != nil {
			return err
		}
		w.state, w.hidden = next, true
	}
	if !w.hidden {
		return nil
	}
	// Should it fail, this generation may be shown all the same: what is written next is
	// of another one.
	if err := w.refresh(ctx); err != nil {
		return err
	}
	w.hidden = false
	w.published.Store(w.state.Generation)
	return nil
}

// refreshTimeout bounds a refresh: there may be much to show.
const refreshTimeout = 5 * time.Minute

// Refresh has the index read from the segments that it has now, and publishes what was
// written.
func (w *Writer) Refresh(ctx context.Context) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.state.Written || w.hidden {
		return w.publish(ctx)
	}
	return w.refresh(ctx)
}

// refresh shows what was written.
func (w *Writer) refresh(ctx context.Context) error { return Refresh(ctx, w.client, w.index) }

// Refresh shows what was written to an index.
func Refresh(ctx context.Context, c *transport.Client, index string) error {
	var answer struct {
		Shards struct{ Total, Successful, Failed int } `json:"_shards"`
	}
	r := &transport.Request{Method: http.MethodPost, Path: transport.Path(index, "_refresh"), Timeout: refreshTimeout}
	if err := c.Do(ctx, r, &answer); err != nil {
		return fmt.Errorf("publish %s: %w", index, err)
	}
	if s := answer.Shards; s.Failed > 0 || s.Successful == 0 {
		return fmt.Errorf("%w: publish %s: %d of %d copies show what was written", engine.ErrServer, index, s.Successful, s.Total)
	}
	return nil
}

func marshal(v any) ([]byte, error) {
	b, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("encode a request: %w", err)
	}
	return b, nil
}
