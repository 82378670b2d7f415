package segment

import (
	"fmt"
	"sync"
)

// once is a value that is read when it is asked for first. A segment has some hundred, of
// which a search needs a few: sync.OnceValues would allocate for each when the segment is
// opened.
type once[T any] struct {
	once  sync.Once
	value T
	err   error
}

// get returns what read returned the first time. If that panicked, as where a mapped file
// was cut short, all later calls return an error.
func (o *once[T]) get(read func() (T, error)) (T, error) {
	o.once.Do(func() {
		o.err = fmt.Errorf("%w: a part of it could not be read before", ErrDamaged)
		o.value, o.err = read()
	})
	return o.value, o.err
}
