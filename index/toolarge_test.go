package index

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/engine"
)

// small is an engine that takes no article with a body of more than so many bytes.
type small struct {
	engine.Engine
	most int
}

func (s small) Write(ctx context.Context, b *engine.Batch) error {
	for i := range b.Put {
		if a := &b.Put[i].Article; len(a.Body) > s.most {
			return &engine.ArticleTooLargeError{ID: a.ID, Err: errors.New("larger than this engine takes")}
		}
	}
	return s.Engine.Write(ctx, b)
}

// An article that is too large for the engine is told, and keeps no other out. Its file
// is tried again by the next sync.
func TestArticleTooLarge(t *testing.T) {
	dir := t.TempDir()
	for name, body := range map[string]string{"a.txt": "Ferries\n\nThe ferry is late.\n", "b.txt": "Long\n\n" + strings.Repeat("Barges wait. ", 100), "c.txt": "Docks\n\nThe dock is shut.\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	ix, err := Open(t.Context(), t.TempDir(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer ix.Close()
	whole := ix.engine
	sync := func() SyncReport {
		src, err := corpus.Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		r, err := ix.Sync(t.Context(), src, nil)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	ix.engine = small{whole, 1000}
	for range 2 {
		r := sync()
		n, err := ix.Len(t.Context())
		if n != 2 || err != nil || len(r.Unreadable) != 1 || !strings.HasSuffix(r.Unreadable[0].Path, "b.txt") || r.Added+r.Unchanged != 2 {
			t.Errorf("%d articles, %v, report %+v", n, err, r)
		}
	}
	ix.engine = whole
	if r := sync(); r.Added != 1 || len(r.Unreadable) != 0 {
		t.Errorf("report %+v once there is room", r)
	}
}
