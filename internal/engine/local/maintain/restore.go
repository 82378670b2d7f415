package maintain

import (
	"archive/tar"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/klauspost/compress/zstd"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local/store"
	"github.com/newsq/newsq/internal/fsutil"
)

// Restore makes the index in dir from a backup, a file or a folder, which is
// checked first, to the last byte. A folder that is not empty is an error that
// wraps fs.ErrExist, unless Force is set.
func Restore(ctx context.Context, from, dir string, o engine.RestoreOptions) (out engine.BackupReport, err error) {
	full, err := holdsAnything(dir)
	if err != nil {
		return out, fmt.Errorf("restore: %w", err)
	}
	if full && !o.Force {
		return out, fmt.Errorf("restore: %w: %s is not empty", fs.ErrExist, dir)
	}
	next, err := store.ReplacementDir(dir)
	if err != nil {
		return out, fmt.Errorf("restore: %w", err)
	}
	defer os.RemoveAll(next)
	if err := os.MkdirAll(filepath.Dir(next), 0o777); err != nil {
		return out, fmt.Errorf("restore: %w", err)
	}
	unpacked := false
	if info, err := os.Stat(from); err != nil {
		return out, fmt.Errorf("restore: %w", err)
	} else if !info.IsDir() {
		tmp := next + "-files"
		if err := os.RemoveAll(tmp); err != nil {
			return out, fmt.Errorf("restore: %w", err)
		}
		defer os.RemoveAll(tmp)
		if err := unpack(ctx, from, tmp); err != nil {
			return out, fmt.Errorf("restore %s: %w", from, err)
		}
		from, unpacked = tmp, true
	}
	if err := fill(ctx, from, next, unpacked, o.Reindex, &out); err != nil {
		return out, fmt.Errorf("restore: %w", err)
	}
	if full {
		release, lerr := store.Lock(ctx, dir, o.LockWait)
		if lerr != nil {
			return out, lerr
		}
		defer func() { err = errors.Join(err, release()) }()
		out.Kept = store.ArchivedName(dir, "before")
	} else {
		_ = os.Remove(dir) // empty, or not there
	}
	if err := store.Replace(dir, out.Kept); err != nil {
		return out, fmt.Errorf("restore: %w", err)
	}
	return out, nil
}

// fill makes the index next from the backup in a folder, sharing files with it if
// links is set.
func fill(ctx context.Context, from, next string, links bool, with engine.Reindex, out *engine.BackupReport) error {
	_, outdated, err := store.CheckBackup(ctx, from)
	if err != nil {
		return err
	}
	if out.Bytes, err = store.Size(from); err != nil {
		return err
	}
	if outdated {
		err = reindex(ctx, from, next, false, with, &engine.RebuildReport{})
	} else {
		err = store.Restore(ctx, from, next, links)
	}
	if err == nil {
		err = store.KeepSettings(from, next)
	}
	if err == nil {
		out.Articles, err = checkNew(ctx, next)
	}
	return err
}

// holdsAnything reports whether a folder is there and not empty.
func holdsAnything(dir string) (bool, error) {
	names, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return len(names) > 0, err
}

// unpack writes the files of an archive to a folder. Names that lead out of it
// are an error.
func unpack(ctx context.Context, path, dir string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	var r io.Reader = f
	if isCompressed(path) {
		z, err := zstd.NewReader(f)
		if err != nil {
			return err
		}
		defer z.Close()
		r = z
	}
	t := tar.NewReader(r)
	for n := 0; ; n++ {
		h, err := t.Next()
		if err == io.EOF && n > 0 {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%w: it is no whole archive: %w", engine.ErrDamaged, err)
		}
		name := filepath.FromSlash(h.Name)
		if h.Typeflag != tar.TypeReg || !filepath.IsLocal(name) {
			return fmt.Errorf("it holds %q, which is no file of a backup", h.Name)
		}
		to := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(to), 0o777); err != nil {
			return err
		}
		err = fsutil.WriteFile(to, 0o666, func(w io.Writer) error {
			_, err := io.Copy(w, t)
			return err
		})
		var writing *fs.PathError
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case errors.As(err, &writing):
			return err
		case err != nil:
			return fmt.Errorf("%w: it is no whole archive: %w", engine.ErrDamaged, err)
		}
	}
}
