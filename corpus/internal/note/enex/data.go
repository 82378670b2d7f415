package enex

import (
	"bufio"
	"bytes"
	"errors"
)

// withoutData reads an export without what attachments hold: all that stands
// between the tag dataTag and the next tag.
type withoutData struct {
	r       *bufio.Reader
	pending []byte
	skip    bool
	err     error
}

const dataTag = `<data encoding="base64">`

// Read implements io.Reader.
func (w *withoutData) Read(p []byte) (int, error) {
	for len(w.pending) == 0 {
		if w.err != nil {
			return 0, w.err
		}
		w.fill()
	}
	n := copy(p, w.pending)
	w.pending = w.pending[n:]
	return n, nil
}

// fill reads up to the end of a tag, or past what an attachment holds.
func (w *withoutData) fill() {
	var b []byte
	if w.skip {
		b, w.err = w.r.ReadSlice('<')
		if w.err == nil {
			w.skip = false
			w.pending = b[len(b)-1:]
		}
	} else {
		w.pending, w.err = w.r.ReadSlice('>')
		w.skip = bytes.HasSuffix(w.pending, []byte(dataTag))
	}
	if errors.Is(w.err, bufio.ErrBufferFull) {
		w.err = nil
	}
}
