package corpus

import (
	"context"
	"io"

	"github.com/newsq/newsq/corpus/internal/reader"
)

// patientReader reads from a stream that may keep its reader waiting, such as
// a terminal or a pipe, and ends with its context all the same. Then one
// goroutine stays behind, waiting for the read to return.
type patientReader struct {
	ctx   context.Context
	wants chan struct{}
	gets  chan chunk
	rest  chunk
}

type chunk struct {
	data []byte
	err  error
}

func newPatientReader(ctx context.Context, r io.Reader) *patientReader {
	p := &patientReader{ctx: ctx, wants: make(chan struct{}), gets: make(chan chunk, 1)}
	go p.serve(r)
	return p
}

// serve reads ahead by one buffer at most, and only when asked, so that the
// buffer that was handed over is not written while it is read.
func (p *patientReader) serve(r io.Reader) {
	buf := make([]byte, reader.BufferSize)
	for {
		select {
		case <-p.wants:
		case <-p.ctx.Done():
			return
		}
		n, err := r.Read(buf)
		p.gets <- chunk{buf[:n], err}
		if err != nil {
			return
		}
	}
}

// Read implements io.Reader.
func (p *patientReader) Read(b []byte) (int, error) {
	if len(p.rest.data) == 0 {
		if p.rest.err != nil {
			return 0, p.rest.err
		}
		select {
		case p.wants <- struct{}{}:
		case <-p.ctx.Done():
			return 0, p.ctx.Err()
		}
		select {
		case p.rest = <-p.gets:
		case <-p.ctx.Done():
			return 0, p.ctx.Err()
		}
	}
	n := copy(b, p.rest.data)
	p.rest.data = p.rest.data[n:]
	if n > 0 {
		return n, nil
	}
	return 0, p.rest.err
}
