package reader

import (
	"crypto/sha256"
	"strings"
	"sync"

	"github.com/newsq/newsq/internal/engine"
)

// Place returns the place of an article that the view found. Views of one point in time
// have the same places, and no others have them.
func (v *View) Place(id string) engine.Place { return engine.Place(v.mark() + id) }

// IDOf returns the id of the article of a place; false for that of another view, or of
// none.
func (v *View) IDOf(p engine.Place) (id string, ok bool) {
	return strings.CutPrefix(string(p), v.mark())
}

// mark begins the places of the view.
func (v *View) mark() string {
	v.hits.marked.Do(func() {
		sum := sha256.Sum256([]byte(v.PIT))
		v.hits.mark = string(sum[:markSize])
	})
	return v.hits.mark
}

const markSize = 16

// Keep keeps the article of a hit, as it is in a document, for Kept.
func (v *View) Keep(id string, article []byte) {
	h := &v.hits
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.kept == nil || h.bytes > maxKept {
		h.kept, h.bytes = map[string][]byte{}, 0
	}
	h.kept[id] = article
	h.bytes += len(article)
}

// Kept returns the article of an id that Keep was given of late; nil without.
func (v *View) Kept(id string) []byte {
	v.hits.mu.Lock()
	defer v.hits.mu.Unlock()
	return v.hits.kept[id]
}

// maxKept is how many bytes of articles a view keeps, but for the last one.
const maxKept = 16 << 20

// hits are what a view knows of the articles that it found.
type hits struct {
	marked sync.Once
	mark   string

	mu    sync.Mutex
	kept  map[string][]byte // by id
	bytes int
}
