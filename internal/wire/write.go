package wire

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"time"
	"unicode/utf8"
)

// Format is the field "format" of every JSON object.
const Format = 1

// Write writes a form on one line. Characters that would steer a terminal are
// escaped, so that a program reads the text as it is and a person can look at
// the line.
func Write(w io.Writer, form any) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(form); err != nil {
		return err
	}
	_, err := w.Write(escape(b.Bytes()))
	return err
}

// escape writes the characters that steer a terminal as \uXXXX. All of them
// stand within strings, since JSON is ASCII elsewhere. Those below a blank have
// been escaped by the encoder, and the newline at the end stays.
func escape(b []byte) []byte {
	if !bytes.ContainsFunc(b, steersTerminal) {
		return b
	}
	out := make([]byte, 0, len(b)+64)
	for _, r := range string(b) {
		if steersTerminal(r) {
			out = fmt.Appendf(out, `\u%04x`, r)
		} else {
			out = utf8.AppendRune(out, r)
		}
	}
	return out
}

// steersTerminal reports whether a terminal may obey r instead of showing it,
// or a reader may be misled by it: controls from DEL on, separators of lines,
// marks of the writing direction, and characters without a width that all
// terminals agree on.
func steersTerminal(r rune) bool {
	switch {
	case r < 0x7f:
		return false
	case r < 0xa0, r == 0xad, r == 0x2028, r == 0x2029, r == 0xfeff:
		return true
	}
	return r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069
}

// milliseconds rounds to microseconds.
func milliseconds(d time.Duration) float64 {
	return math.Round(float64(d)/float64(time.Microsecond)) / 1000
}

// list makes an empty list [] instead of null.
func list[T any](values []T) []T {
	if values == nil {
		return []T{}
	}
	return values
}

// each makes a list of forms; never null.
func each[V, F any](values []V, form func(V) F) []F {
	forms := make([]F, len(values))
	for i, v := range values {
		forms[i] = form(v)
	}
	return forms
}
