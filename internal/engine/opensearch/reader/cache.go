package reader

import "sync"

// maxCached is how many results a view keeps.
const maxCached = 1024

// cache keeps what was found out about a view, which never changes.
type cache struct {
	mu     sync.Mutex
	values map[string]any
}

// Cached returns what compute returned for a key before, or has it compute now. Errors
// are not kept. Of two that compute one thing at the same time, both do. Callers must
// not change the value, and have keys that begin with what it is of.
func Cached[T any](v *View, key string, compute func() (T, error)) (T, error) {
	v.cache.mu.Lock()
	kept, ok := v.cache.values[key].(T)
	v.cache.mu.Unlock()
	if ok {
		return kept, nil
	}
	value, err := compute()
	if err != nil {
		return value, err
	}
	v.cache.mu.Lock()
	defer v.cache.mu.Unlock()
	if v.cache.values == nil || len(v.cache.values) >= maxCached {
		v.cache.values = map[string]any{}
	}
	v.cache.values[key] = value
	return value, nil
}
