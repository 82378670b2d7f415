package transport

import (
	"errors"

	"github.com/newsq/newsq/internal/engine"
)

// Is reports whether a server is at fault: all that isn't a query which is too broad.
func (e *Error) Is(target error) bool {
	if target != engine.ErrServer {
		return false
	}
	_, kind := e.meaning()
	return !errors.Is(kind, engine.ErrTooBroad)
}

// Is reports that a server is at fault.
func (u *unanswered) Is(target error) bool { return target == engine.ErrServer }
