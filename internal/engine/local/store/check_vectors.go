package store

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/newsq/newsq/internal/engine/local/reader"
	"github.com/newsq/newsq/internal/engine/local/vectors"
	"github.com/newsq/newsq/internal/fsutil"
)

// generationVectors checks the vectors that the manifest of the generation in dir names,
// against it and by themselves. Their damage does no harm to anything else, so that the
// generation is whole without them.
func (c *checker) generationVectors(ctx context.Context, dir string, m *manifest) {
	for _, f := range m.Vectors {
		if _, err := f.verify(dir); err != nil {
			c.damage(f.path(dir), err)
			continue
		}
		c.vectorFile(ctx, f.path(dir))
	}
}

// writerVectors checks the vectors in the folder of the writer.
func (c *checker) writerVectors(ctx context.Context, writerDir string) {
	dir := filepath.Join(writerDir, vectorsFolder)
	names, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		c.damage(dir, err)
	}
	for _, n := range names {
		if hasOwnChecksums(n.Name()) || filepath.Ext(n.Name()) == pendingExt {
			c.vectorFile(ctx, filepath.Join(dir, n.Name()))
		}
	}
}

// vectorFile checks a model or a file of vectors, unless it was checked under another
// name.
func (c *checker) vectorFile(ctx context.Context, path string) {
	info, err := os.Stat(path)
	if err != nil {
		c.damage(path, err)
		return
	}
	for _, f := range c.files {
		if os.SameFile(f.info, info) {
			return
		}
	}
	c.report.Files++
	c.report.Bytes += info.Size()
	err = verifyVectorFile(path)
	c.files = append(c.files, checkedFile{info: info})
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		c.damage(path, err)
	}
}

// verifyVectorFile checks all bytes of a model or of a file of vectors.
func verifyVectorFile(path string) (err error) {
	defer reader.Guard(&err)()
	if filepath.Ext(path) == modelExt {
		_, err := readModel(path)
		return err
	}
	if filepath.Ext(path) == pendingExt {
		l, err := vectors.ReadLog(path)
		if err != nil {
			return err
		}
		return errors.Join(l.Verify(), l.Close())
	}
	f, err := vectors.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Verify(), f.Close())
}

// restoreVectors puts the models and vectors of a state of an index, in the folder from,
// into the folder of the writer of a new one. What is damaged is left out, and is made
// anew when the index is published, or learned again.
func restoreVectors(from, writerDir string, links bool) error {
	names, err := os.ReadDir(filepath.Join(from, vectorsFolder))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	to := filepath.Join(writerDir, vectorsFolder)
	if err := errors.Join(err, fsutil.MakeDir(to)); err != nil {
		return err
	}
	for _, n := range names {
		source := filepath.Join(from, vectorsFolder, n.Name())
		if !hasOwnChecksums(n.Name()) || verifyVectorFile(source) != nil {
			continue
		}
		target := filepath.Join(to, n.Name())
		if links && os.Link(source, target) == nil {
			continue
		}
		if err := fsutil.CopyFile(source, target); err != nil {
			return err
		}
	}
	return fsutil.SyncDir(to)
}

// KeepModel gives the model of an index, or of a backup, to one that is made again from its
// articles in the folder next, before that is opened. Vectors are made by it then; those of a
// model from outside are kept.
// Without a model that can be read it does nothing.
func KeepModel(from, next string) error {
	folders := []string{filepath.Join(from, vectorsFolder), filepath.Join(from, writerFolder, vectorsFolder)}
	if p, err := readPointer(from); err == nil {
		folders = append(folders, filepath.Join(from, generationsFolder, p.name(), vectorsFolder))
	}
	for _, folder := range folders {
		path, m, err := latestModel(folder)
		if err != nil {
			return err
		}
		if path == "" {
			continue
		}
		to := filepath.Join(next, writerFolder, vectorsFolder)
		if err := fsutil.MakeDir(to); err != nil {
			return err
		}
		if err := fsutil.CopyFile(path, filepath.Join(to, filepath.Base(path))); err != nil {
			return err
		}
		if m.outside != nil {
			if err := keepVectors(m.outside, folders, to); err != nil {
				return err
			}
		}
		return errors.Join(fsutil.SyncDir(to), ensureHeader(next))
	}
	return nil
}
