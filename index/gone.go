package index

import (
	"context"
	"errors"
	"strings"

	"github.com/newsq/newsq/corpus"
)

// SourcePath is a folder or a file that articles came from.
type SourcePath struct {
	Path     string // with forward slashes
	Files    int    // in it that articles came from
	Articles int    // that came from there
}

// Gone returns what articles came from and is no longer there, sorted: folders that are
// gone as a whole, and files of others. A corpus.Source of these paths, opened with
// corpus.Options.Absent, lets a Sync prune what came from them. On a disk that is not
// mounted, everything is gone.
func (ix *Index) Gone(ctx context.Context) ([]SourcePath, error) {
	var gone []SourcePath
	var finder corpus.GoneFinder
	err := ix.eachEntry(ctx, func(key string, articles int) {
		if n := len(gone); n > 0 && strings.HasPrefix(key, gone[n-1].Path+"/") {
			gone[n-1].Files++
			gone[n-1].Articles += articles
			return
		}
		if finder.IsGone(key) {
			gone = append(gone, SourcePath{Path: finder.TopOf(key), Files: 1, Articles: articles})
		}
	})
	if err != nil {
		return nil, err
	}
	return mergeGone(gone), nil
}

// mergeGone makes one of those of the same path, between which others may stand: "a/b"
// comes behind "a-c" and before "a/d".
func mergeGone(gone []SourcePath) []SourcePath {
	at := map[string]int{}
	merged := gone[:0]
	for _, g := range gone {
		i, ok := at[g.Path]
		if !ok {
			at[g.Path] = len(merged)
			merged = append(merged, g)
			continue
		}
		merged[i].Files += g.Files
		merged[i].Articles += g.Articles
	}
	return merged
}

// From returns what articles came from a path, whether that is still there or not; ok
// is false where nothing did.
func (ix *Index) From(ctx context.Context, path string) (g SourcePath, ok bool, err error) {
	if g.Path, err = corpus.KeyOfPath(path); err != nil {
		return g, false, err
	}
	err = ix.eachEntry(ctx, func(key string, articles int) {
		if key == g.Path || strings.HasPrefix(key, strings.TrimSuffix(g.Path, "/")+"/") {
			g.Files++
			g.Articles += articles
		}
	})
	return g, g.Files > 0, err
}

// eachEntry calls f with the entries that articles came from, in order.
func (ix *Index) eachEntry(ctx context.Context, f func(key string, articles int)) error {
	snap, err := ix.engine.Snapshot(ctx)
	if err != nil {
		return err
	}
	for e, err := range snap.Entries(ctx) {
		if err != nil {
			return errors.Join(err, snap.Close(ctx))
		}
		if e.Key != derivedKey {
			f(e.Key, e.Articles)
		}
	}
	return snap.Close(ctx)
}
