package publishing

import (
	"encoding/json"
	"errors"
	"strings"

	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/internal/extract"
)

// Values of JSON are what they should be, or not: a number for an id, one object
// for a list of them. Each is read as far as it can be, and nothing of it keeps
// the rest from being read.

// Word is a text or a number; it is empty for anything else. A text is clean.
type Word string

// UnmarshalJSON implements [json.Unmarshaler].
func (w *Word) UnmarshalJSON(b []byte) error {
	var s string
	switch {
	case json.Unmarshal(b, &s) == nil:
		*w = Word(extract.Clean(s))
	case len(b) > 0 && (b[0] == '-' || b[0] >= '0' && b[0] <= '9'):
		*w = Word(b)
	}
	return nil
}

// List is a list, or its only element. What is no T is left out.
type List[T any] []T

// UnmarshalJSON implements [json.Unmarshaler].
func (l *List[T]) UnmarshalJSON(b []byte) error {
	var all []json.RawMessage
	if json.Unmarshal(b, &all) != nil {
		all = []json.RawMessage{b}
	}
	for _, raw := range all {
		var one T
		if string(raw) != "null" && json.Unmarshal(raw, &one) == nil {
			*l = append(*l, one)
		}
	}
	return nil
}

// Loose is a T, or the zero one where something else stands in its place.
type Loose[T any] struct{ V T }

// UnmarshalJSON implements [json.Unmarshaler].
func (o *Loose[T]) UnmarshalJSON(b []byte) error {
	var v T
	if json.Unmarshal(b, &v) == nil {
		o.V = v
	}
	return nil
}

// JSONFault tells where JSON could not be read.
func JSONFault(s string, err error) error {
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		return &reader.Fault{Line: 1 + strings.Count(s[:min(int(syntax.Offset), len(s))], "\n"), Err: err}
	}
	return &reader.Fault{Err: err}
}
