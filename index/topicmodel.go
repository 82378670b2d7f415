package index

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"sync"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/topic/learned"
)

// topicModel keeps the model by which an index gives learned topics: read once, and replaced
// by who trains another one, which is whoever writes the index.
type topicModel struct {
	mu    sync.Mutex
	read  bool
	model *learned.Model // nil for none
	// damage says why the one that is there can't be used; nil for nothing.
	damage error
}

// load returns the model; nil for none, and for one that can't be used.
func (t *topicModel) load(ctx context.Context, from settingsReader) (*learned.Model, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.read {
		return t.model, nil
	}
	model, damage, err := loadModel(ctx, from)
	if err != nil {
		return nil, err // and not kept: it may be of a server that is back the next time
	}
	t.model, t.damage, t.read = model, damage, true
	return model, nil
}

func (t *topicModel) set(m *learned.Model) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.model, t.damage, t.read = m, nil, true
}

// damaged returns why the model that is there can't be used, where it was loaded.
func (t *topicModel) damaged() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.damage
}

// loadModel reads the model of an index; nil for none. One that can't be used is no error
// but a damage: it is made anew from the articles.
func loadModel(ctx context.Context, from settingsReader) (model *learned.Model, damage, _ error) {
	b, where, err := from.ReadSetting(ctx, engine.TopicModelSetting)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, fmt.Errorf("read the model of topics: %w", err)
	}
	if model, err = learned.Parse(b); err != nil {
		return nil, fmt.Errorf("%s: %w", where, err), nil
	}
	return model, nil, nil
}
