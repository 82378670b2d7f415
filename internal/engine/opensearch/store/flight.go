package store

import (
	"context"
	"sync"

	"github.com/newsq/newsq/internal/engine/opensearch/transport"
)

// flight are chunks of documents on their way to the cluster.
type flight struct {
	writer *Writer
	ctx    context.Context // of the call that they belong to
	cancel context.CancelCauseFunc
	free   chan *chunk   // those not on their way
	slots  chan struct{} // one for each that is
	group  sync.WaitGroup
}

// chunk are documents that are sent together.
type chunk struct {
	buffer []byte // their sources, one after the other
	spans  []span
	ops    []transport.Operation
}

// span is where the source of a document lies in the buffer of its chunk.
type span struct {
	id         string
	version    int64
	start, end int
}

func newFlight(ctx context.Context, w *Writer) *flight {
	f := &flight{writer: w, free: make(chan *chunk, inFlight+1), slots: make(chan struct{}, inFlight)}
	f.ctx, f.cancel = context.WithCancelCause(ctx)
	for range inFlight + 1 {
		f.free <- &chunk{}
	}
	return f
}

// chunk returns an empty chunk, waiting for one.
func (f *flight) chunk() *chunk {
	c := <-f.free
	c.buffer, c.spans, c.ops = c.buffer[:0], c.spans[:0], c.ops[:0]
	return c
}

// add adds the document that ends the buffer.
func (c *chunk) add(id string, version int64, start int) {
	c.spans = append(c.spans, span{id, version, start, len(c.buffer)})
}

// operations returns the documents, when no more come: the buffer may have moved before.
func (c *chunk) operations() []transport.Operation {
	for _, s := range c.spans {
		c.ops = append(c.ops, transport.Operation{ID: s.id, Version: s.version, Source: c.buffer[s.start:s.end:s.end]})
	}
	return c.ops
}

// send sends a chunk, when there are not too many on their way.
func (f *flight) send(c *chunk) {
	f.slots <- struct{}{}
	f.group.Go(func() {
		defer func() { <-f.slots }()
		if f.err() == nil {
			f.fail(f.writer.bulk(f.ctx, c.operations()))
		}
		f.free <- c
	})
}

// fail ends the flight, unless err is nil.
func (f *flight) fail(err error) {
	if err != nil {
		f.cancel(err)
	}
}

// err returns the first error.
func (f *flight) err() error { return context.Cause(f.ctx) }

// wait waits for all chunks.
func (f *flight) wait() error {
	f.group.Wait()
	err := f.err()
	f.cancel(nil)
	return err
}
