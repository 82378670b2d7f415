package corpus

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strconv"
	"sync"
	"unicode/utf8"

	"github.com/newsq/newsq/internal/extract"
)

// JSON Lines are read in batches of lines. One goroutine cuts the stream
// into batches, some make articles of them side by side, and the caller's own
// hands them on in the order of the file. The number of batches under way is
// bounded, and so is the memory they take.

const (
	batchBytes = 256 << 10 // a batch is full when it holds so many bytes
	batchLines = 512       // or so many lines
	// maxWorkers is enough to keep up with decompression.
	maxWorkers = 4
)

// batch is a run of lines and what became of them.
type batch struct {
	text  []byte
	lines []textLine
	out   []outcome
	done  chan struct{} // closed when out is complete
}

// textLine is a line of a batch: text[start:end], or the reason why it
// couldn't be read.
type textLine struct {
	number     int
	start, end int
	err        error
	hint       string
}

// outcome is an article or an error, to be handed on.
type outcome struct {
	article Article
	err     error
}

// readLines reads JSON Lines.
func readLines(in *input) {
	r := lineReader{in: in, r: in.r}
	first := r.fill(new(batch))
	if r.ended {
		first.parse(in, newBuilder(in.set))
		if in.handOn(first) {
			in.tellRepaired()
		}
		return
	}
	workers := min(runtime.GOMAXPROCS(0), maxWorkers)
	ctx, cancel := context.WithCancel(in.ctx)
	var (
		wg    sync.WaitGroup
		work  = make(chan *batch)
		order = make(chan *batch, workers)
		spare = make(chan *batch, 2*workers)
	)
	wg.Go(func() {
		defer close(order)
		defer close(work)
		r.produce(ctx, first, order, work, spare)
	})
	for range workers {
		wg.Go(func() {
			b := newBuilder(in.set)
			for t := range work {
				t.parse(in, b)
				close(t.done)
			}
		})
	}
	for t := range order {
		select {
		case <-t.done:
		case <-ctx.Done():
		}
		if ctx.Err() != nil || !in.handOn(t) {
			break
		}
		select {
		case spare <- t:
		default:
		}
	}
	cancel()
	in.stop()
	wg.Wait()
	if in.ctx.Err() != nil {
		in.emit(Article{}, in.ctx.Err())
		return
	}
	in.tellRepaired()
}

// tellRepaired says once for the file that lines were not in UTF-8.
func (in *input) tellRepaired() {
	if n := in.repaired.Load(); n > 0 {
		in.fail(fmt.Errorf("%w: %d lines are not UTF-8, and were read by guess", ErrPartial, n), "write the file as UTF-8")
	}
}

// produce cuts the stream into batches and gives each first to order, then to
// work, until the stream or ctx ends.
func (r *lineReader) produce(ctx context.Context, t *batch, order, work chan<- *batch, spare <-chan *batch) {
	for {
		t.done = make(chan struct{})
		select {
		case order <- t:
		case <-ctx.Done():
			return
		}
		select {
		case work <- t:
		case <-ctx.Done():
			return
		}
		if r.ended {
			return
		}
		select {
		case t = <-spare:
		default:
			t = new(batch)
		}
		r.fill(t)
	}
}

// handOn hands on what became of a batch.
func (in *input) handOn(t *batch) bool {
	for i := range t.out {
		if !in.emit(t.out[i].article, t.out[i].err) {
			return false
		}
	}
	return true
}

// parse makes articles of the lines of a batch.
func (t *batch) parse(in *input, b *builder) {
	t.out = t.out[:0]
	for _, l := range t.lines {
		if l.err != nil {
			t.out = append(t.out, outcome{err: &ReadError{Path: in.shown, Line: l.number, Err: l.err, Hint: l.hint}})
			continue
		}
		t.line(in, b, l.number, t.text[l.start:l.end])
	}
}

// line makes articles of one line: of the one record in it, or of several.
func (t *batch) line(in *input, b *builder, number int, text []byte) {
	n, start := 0, len(t.out)
	if !utf8.Valid(text) {
		in.repaired.Add(1)
		if s, _, err := extract.Decode(text, ""); err == nil {
			text = []byte(s)
		}
	}
	fault := func(e *ReadError) {
		e.Path, e.Line = in.shown, number
		t.out = append(t.out, outcome{err: e})
	}
	err := b.json.records(text, func(rec *record) bool {
		n++
		a, err, note := b.fromRecord(rec)
		if err != nil {
			fault(err)
			return true
		}
		place := strconv.Itoa(number)
		if n > 1 {
			place += "." + strconv.Itoa(n)
		}
		in.identify(&a, place)
		t.out = append(t.out, outcome{article: a})
		if note != nil {
			fault(note)
		}
		return true
	})
	if err != nil {
		// A line is read whole or not at all: half of one is not to be
		// trusted.
		clear(t.out[start:])
		t.out = t.out[:start]
		fault(&ReadError{Err: err, Hint: "each line must hold one JSON object"})
		return
	}
}

// lineReader cuts a stream into batches of lines.
type lineReader struct {
	in     *input
	r      *bufio.Reader
	number int // of the last line read
	ended  bool
}

// fill reads the next batch into t, whose memory it uses again.
func (r *lineReader) fill(t *batch) *batch {
	t.text, t.lines = t.text[:0], t.lines[:0]
	clear(t.out) // let go of the articles that were handed on
	if cap(t.text) > 4*batchBytes {
		t.text = nil // a giant line came by
	}
	for !r.ended && len(t.text) < batchBytes && len(t.lines) < batchLines {
		r.line(t)
	}
	return t
}

// line reads one line into t, unless it is blank.
func (r *lineReader) line(t *batch) {
	start := len(t.text)
	maxLine := r.in.set.maxLine
	var skipped int64
	for {
		part, err := r.r.ReadSlice('\n')
		if skipped > 0 || int64(len(t.text)-start+len(part)) > maxLine {
			skipped += int64(len(part))
		} else {
			t.text = append(t.text, part...)
		}
		if errors.Is(err, bufio.ErrBufferFull) && skipped <= r.in.set.maxFile && r.in.ctx.Err() == nil {
			continue
		}
		r.finish(t, start, skipped > 0, err)
		return
	}
}

// finish ends a line, which ended with err.
func (r *lineReader) finish(t *batch, start int, tooLong bool, err error) {
	l := textLine{start: start, end: len(t.text)}
	for l.end > l.start && t.text[l.end-1] <= ' ' {
		l.end--
	}
	if l.end > l.start || tooLong || err == nil {
		r.number++
	}
	l.number = r.number
	if tooLong {
		l.err = fmt.Errorf("%w: a line of more than %s", ErrTooLarge, sizeText(r.in.set.maxLine))
		l.hint = "it was left out"
		t.text = t.text[:start]
	}
	if l.err != nil || l.end > l.start && (err == nil || errors.Is(err, io.EOF)) {
		t.lines = append(t.lines, l)
	}
	switch {
	case err == nil:
	case errors.Is(err, io.EOF):
		r.ended = true
	case errors.Is(err, bufio.ErrBufferFull):
		r.ended = true
		err = fmt.Errorf("%w: a line of more than %s", ErrTooLarge, sizeText(r.in.set.maxFile))
		t.lines = append(t.lines, textLine{number: r.number, err: err, hint: "this is not JSON Lines; the rest was not read"})
	default:
		r.ended = true
		t.lines = append(t.lines, textLine{number: r.number, err: err, hint: hintFor(err)})
	}
}
