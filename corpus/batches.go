package corpus

import (
	"context"
	"runtime"
	"sync"

	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
)

// A stream is read in batches of pieces, such as lines. One goroutine cuts it
// into batches, some make articles of them side by side, and the caller's own
// hands them on in the order of the file. The number of batches under way is
// bounded, and so is the memory they take.

// maxWorkers is enough to keep up with decompression.
const maxWorkers = 4

// batch is a run of pieces and what became of them.
type batch struct {
	reader.Batch
	out  []outcome
	done chan struct{} // closed when out is complete
}

// outcome is an article or an error, to be handed on, or a file to be read.
type outcome struct {
	article Article
	err     error
	member  *reader.Member
}

// fill makes b the next batch of a stream. It uses its memory again, and lets
// go of the articles that were handed on.
func (b *batch) fill(s reader.Splitter) (more bool) {
	b.Text, b.Pieces = b.Text[:0], b.Pieces[:0]
	clear(b.out)
	return s.Fill(&b.Batch)
}

// Batches implements [reader.Output].
func (r *reading) Batches(s reader.Splitter) bool {
	first := new(batch)
	if !first.fill(s) {
		newBatchParser(r, s).parse(first)
		return r.handOn(first)
	}
	ctx, cancel := context.WithCancel(r.ctx)
	var wg sync.WaitGroup
	order, spare := r.start(ctx, &wg, s, first)
	ended := true
	for b := range order {
		select {
		case <-b.done:
		case <-ctx.Done():
		}
		if ctx.Err() != nil || !r.handOn(b) {
			ended = false
			break
		}
		select {
		case spare <- b:
		default:
		}
	}
	cancel()
	if !ended { // else others may follow this one in the same stream
		r.stop()
	}
	wg.Wait()
	if r.ctx.Err() != nil {
		r.send(Article{}, r.ctx.Err())
	}
	return !r.stopped
}

// start starts the goroutines that cut a stream into batches and parse these.
// Order yields the batches in the order of the stream, from first on; the
// caller waits until one is done before it hands it on. Then it may put it into
// spare, to be filled again. The goroutines end with the stream or with ctx.
func (r *reading) start(ctx context.Context, wg *sync.WaitGroup, s reader.Splitter, first *batch) (order <-chan *batch, spare chan<- *batch) {
	workers := min(runtime.GOMAXPROCS(0), maxWorkers)
	work := make(chan *batch)
	parsed := make(chan *batch, workers)
	free := make(chan *batch, 2*workers)
	wg.Go(func() {
		defer close(parsed)
		defer close(work)
		produce(ctx, s, first, parsed, work, free)
	})
	for range workers {
		wg.Go(func() {
			p := newBatchParser(r, s)
			for b := range work {
				p.parse(b)
				close(b.done)
			}
		})
	}
	return parsed, free
}

// produce cuts a stream into batches and gives each first to order, then to
// work, until the stream or ctx ends. B is the first, and others follow.
func produce(ctx context.Context, s reader.Splitter, b *batch, order, work chan<- *batch, spare <-chan *batch) {
	for more := true; ; {
		b.done = make(chan struct{})
		select {
		case order <- b:
		case <-ctx.Done():
			return
		}
		select {
		case work <- b:
		case <-ctx.Done():
			return
		}
		if !more {
			return
		}
		select {
		case b = <-spare:
		default:
			b = new(batch)
		}
		more = b.fill(s)
	}
}

// handOn hands on what became of a batch.
func (r *reading) handOn(b *batch) bool {
	for i := range b.out {
		if m := b.out[i].member; m != nil {
			if !r.Enter(m) {
				return false
			}
			continue
		}
		if !r.send(b.out[i].article, b.out[i].err) {
			return false
		}
	}
	return true
}

// batchParser makes articles of the pieces of batches. It is the sink of
// their parser, and serves one goroutine.
type batchParser struct {
	reading *reading
	parser  reader.Parser
	builder builder
	batch   *batch
}

func newBatchParser(r *reading, s reader.Splitter) *batchParser {
	return &batchParser{reading: r, parser: s.NewParser()}
}

// parse makes articles of all pieces of a batch.
func (p *batchParser) parse(b *batch) {
	p.batch = b
	b.out = b.out[:0]
	for _, piece := range b.Pieces {
		if piece.Fault != nil {
			p.Fail(piece.Fault)
			continue
		}
		if piece.Member != nil {
			b.out = append(b.out, outcome{member: piece.Member})
			continue
		}
		start := len(b.out)
		if err := p.parser.Parse(b.Text[piece.Start:piece.End], piece.Number, p); err != nil {
			clear(b.out[start:])
			b.out = append(b.out[:start], outcome{err: p.reading.readError(err)})
		}
	}
}

// Emit implements [reader.Sink].
func (p *batchParser) Emit(rec *record.Record) bool {
	made := p.reading.article(&p.builder, rec)
	p.batch.out = append(p.batch.out, outcome{article: made.article, err: made.err})
	if made.partial != nil {
		p.batch.out = append(p.batch.out, outcome{err: made.partial})
	}
	return true
}

// Fail implements [reader.Sink].
func (p *batchParser) Fail(f *reader.Fault) bool {
	p.batch.out = append(p.batch.out, outcome{err: p.reading.readError(f)})
	return true
}
