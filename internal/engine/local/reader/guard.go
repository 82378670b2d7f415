package reader

import (
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/newsq/newsq/internal/embed"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local/segment"
	"github.com/newsq/newsq/internal/engine/local/vectors"
)

// Damage makes an error about a damaged segment, the vectors of one, or a model, one about
// a damaged index. Other errors stay as they are.
func Damage(err error) error {
	damaged := errors.Is(err, segment.ErrDamaged) || errors.Is(err, vectors.ErrDamaged) || errors.Is(err, embed.ErrDamaged)
	if damaged && !errors.Is(err, engine.ErrDamaged) {
		return fmt.Errorf("%w: %w", engine.ErrDamaged, err)
	}
	return err
}

// Guard is deferred around what reads mapped files, as defer Guard(&err)(). A read
// beyond the end of a file would end the process: Guard has it come as a panic, and
// makes an error of that. Other panics are mistakes of ours, and go on.
func Guard(err *error) func() {
	before := debug.SetPanicOnFault(true)
	return func() {
		debug.SetPanicOnFault(before)
		if r := recover(); r != nil {
			if !isFault(r) {
				panic(r) //house:allow it is someone else's
			}
			*err = fmt.Errorf("%w: a file of it can't be read any more: %v", engine.ErrDamaged, r)
			return
		}
		*err = Damage(*err)
	}
}

// isFault reports whether a panic comes of reading memory that isn't there. The
// first page doesn't count: a nil pointer leads to it, which is a mistake of ours.
func isFault(r any) bool {
	const firstPage = 4 << 10
	err, ok := r.(runtime.Error)
	at, known := r.(interface{ Addr() uintptr })
	return ok && err != nil && known && at.Addr() >= firstPage
}
