package maintain

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"
)

// The pauses between two looks at what a cluster is doing grow from one to the other.
const (
	firstPause = 50 * time.Millisecond
	lastPause  = 2 * time.Second
)

// poll looks until something is done, or an error says that it won't be.
func poll(ctx context.Context, look func() (done bool, err error)) error {
	for pause := firstPause; ; pause = min(2*pause, lastPause) {
		if done, err := look(); done || err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
	}
}

// joined lists the keys of a map, for a person.
func joined[V any](m map[string]V) string {
	return strings.Join(slices.Sorted(maps.Keys(m)), ", ")
}
