package store

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local/reader"
	"github.com/newsq/newsq/internal/engine/local/schema"
	"github.com/newsq/newsq/internal/engine/local/segment"
)

// checkedFile is a segment file that was read. Generations share files by hard links;
// each file is read once.
type checkedFile struct {
	info     os.FileInfo
	err      error
	articles *roaring.Bitmap // the documents that store an article
}

// segments checks the segments that a root names, and returns the number of articles
// that they store, without the deleted ones.
func (c *checker) segments(ctx context.Context, scorchDir string, r *rootState) int {
	articles := 0
	for _, s := range r.segments {
		f := c.segment(ctx, filepath.Join(scorchDir, s.file))
		if f.articles != nil {
			articles += int(f.articles.GetCardinality())
			if s.deleted != nil {
				articles -= int(f.articles.AndCardinality(s.deleted))
			}
		}
	}
	return articles
}

// segment checks a segment file, or returns what was found when it was checked before.
func (c *checker) segment(ctx context.Context, path string) checkedFile {
	info, err := os.Stat(path)
	if err != nil {
		c.damage(path, err)
		return checkedFile{}
	}
	for _, f := range c.files {
		if os.SameFile(f.info, info) {
			return f
		}
	}
	c.report.Files++
	c.report.Bytes += info.Size()
	f := checkedFile{info: info}
	f.articles, f.err = readSegment(ctx, path)
	c.files = append(c.files, f)
	if f.err != nil {
		c.damage(path, f.err)
	}
	return f
}

// readSegment reads all of a segment, and returns the documents that store an article.
func readSegment(ctx context.Context, path string) (_ *roaring.Bitmap, err error) {
	defer reader.Guard(&err)()
	f, err := segment.OpenSalvage(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if err := f.Verify(); err != nil {
		return nil, err
	}
	articles := roaring.New()
	docs, _ := f.NumDocs()
	for doc := range docs {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		id, err := f.ID(doc)
		if err != nil {
			return nil, err
		}
		if strings.HasPrefix(id, "\x00") {
			continue
		}
		value, err := f.LastValue(doc)
		if err != nil {
			return nil, err
		}
		a, err := decodeArticle(value)
		if err != nil || a.Article.ID != id {
			return nil, fmt.Errorf("%w: what is stored of article %q is another, or none", engine.ErrDamaged, id)
		}
		articles.Add(uint32(doc))
	}
	return articles, checkArticleTerms(f.Version(), path, articles)
}

// checkArticleTerms checks that a segment finds the articles that it stores, and no
// others.
func checkArticleTerms(version uint32, path string, stored *roaring.Bitmap) error {
	if version != segment.Version {
		return nil // nothing is searched in it any more
	}
	opened, err := segment.Plugin{}.Open(path)
	if err != nil {
		return err
	}
	defer opened.Close()
	raw, _ := segment.Unwrap(opened)
	seg := &reader.Segment{Raw: raw, Docs: int(raw.Count())}
	found, err := seg.TermSet(schema.FieldKind, schema.KindArticle)
	if err != nil {
		return err
	}
	if !slices.Equal(found, seg.FromBitmap(stored)) {
		return fmt.Errorf("%w: it stores %d articles and finds %d", engine.ErrDamaged, stored.GetCardinality(), found.Count())
	}
	return nil
}

// segmentsWhole reports whether all segments that a root names were found to be whole,
// in this store or, as the same file, in another one.
func (c *checker) segmentsWhole(scorchDir string, r *rootState) bool {
	for _, s := range r.segments {
		info, err := os.Stat(filepath.Join(scorchDir, s.file))
		if err != nil || slices.ContainsFunc(c.files, func(f checkedFile) bool { return f.err != nil && os.SameFile(f.info, info) }) {
			return false
		}
	}
	return true
}

// unreferencedSegments notes the segments of a store that are not whole and that its
// root does not name. Merges and writers that were killed leave such files behind.
// They belong to no state of the index, and the next writer removes them.
func (c *checker) unreferencedSegments(ctx context.Context, scorchDir string, r *rootState) {
	names, err := os.ReadDir(scorchDir)
	if err != nil {
		c.damage(scorchDir, err)
		return
	}
	for _, n := range names {
		if !isSegmentName(n.Name()) || slices.ContainsFunc(r.segments, func(s rootSegment) bool { return s.file == n.Name() }) {
			continue
		}
		path := filepath.Join(scorchDir, n.Name())
		if err := verifySegment(ctx, path); err != nil {
			c.note("%s belongs to no state of the index, and is not whole: %v", path, err)
		}
	}
}

// verifySegment checks all checksums of a segment file.
func verifySegment(_ context.Context, path string) (err error) {
	defer reader.Guard(&err)()
	f, err := segment.OpenSalvage(path)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := f.Verify(); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}
