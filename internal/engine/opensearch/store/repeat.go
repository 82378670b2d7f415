package store

import (
	"context"
	"time"
)

// repeat does something each time that so long has passed, until it returns false or is
// stopped. stop also ends the context of what is under way; done is closed at the end.
func repeat(every time.Duration, do func(ctx context.Context) bool) (stop context.CancelFunc, done <-chan struct{}) {
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		tick := time.NewTicker(every)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
			}
			if !do(ctx) {
				return
			}
		}
	}()
	return stop, ended
}
