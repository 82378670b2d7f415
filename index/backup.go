package index

import (
	"archive/tar"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/klauspost/compress/zstd"

	"github.com/newsq/newsq/internal/engine/local"
	"github.com/newsq/newsq/internal/fsutil"
)

// BackedUp is what a backup or its restoration came to.
type BackedUp struct {
	Articles int
	Bytes    int64  // of the files backed up, before compression
	Kept     string // by RestoreBackup: the folder where the index before is
	Took     time.Duration
}

// WriteBackup copies the last generation of the index in the folder location
// to a place that is not there yet: one file if its name ends in .tar or
// .tar.zst, else a folder. Others may read and write meanwhile. Every byte is
// held to its sum as it is copied, so that no backup is made of damage.
func WriteBackup(ctx context.Context, location, to string) (out BackedUp, err error) {
	start := time.Now()
	if _, err := os.Lstat(to); err == nil {
		return out, fmt.Errorf("back up: %w: %s", fs.ErrExist, to)
	}
	b, err := local.NewBackup(ctx, location)
	if err != nil {
		return out, err
	}
	defer func() { err = errors.Join(err, b.Close()) }()
	out.Articles = b.Articles
	for _, f := range b.Files {
		out.Bytes += f.Bytes
	}
	tmp := filepath.Clean(to) + ".unfinished"
	if err := os.RemoveAll(tmp); err != nil {
		return out, fmt.Errorf("back up: %w", err)
	}
	defer os.RemoveAll(tmp) // when it did not come to its name
	if isArchive(to) {
		err = writeArchive(ctx, b, tmp, isCompressed(to))
	} else {
		err = writeFolder(ctx, b, tmp)
	}
	if err == nil {
		err = os.Rename(tmp, to)
	}
	if err == nil {
		err = fsutil.SyncDir(filepath.Dir(filepath.Clean(to)))
	}
	if err != nil {
		return out, fmt.Errorf("back up to %s: %w", to, err)
	}
	out.Took = time.Since(start)
	return out, nil
}

func isArchive(name string) bool { return strings.HasSuffix(name, ".tar") || isCompressed(name) }

func isCompressed(name string) bool {
	return strings.HasSuffix(name, ".tar.zst") || strings.HasSuffix(name, ".tzst")
}

// writeFolder writes a backup as a folder.
func writeFolder(ctx context.Context, b *local.Backup, dir string) error {
	if err := os.MkdirAll(filepath.Join(dir, "store"), 0o755); err != nil {
		return err
	}
	for i := range b.Files {
		if err := ctx.Err(); err != nil {
			return err
		}
		f := &b.Files[i]
		if err := fsutil.WriteFile(filepath.Join(dir, filepath.FromSlash(f.Name)), 0o666, func(w io.Writer) error { return copyOf(w, f) }); err != nil {
			return err
		}
	}
	return errors.Join(fsutil.SyncDir(filepath.Join(dir, "store")), fsutil.SyncDir(dir))
}

// writeArchive writes a backup as one file.
func writeArchive(ctx context.Context, b *local.Backup, path string, compressed bool) error {
	return fsutil.WriteFile(path, 0o666, func(out io.Writer) error {
		w := out
		var z *zstd.Encoder
		if compressed {
			var err error
			if z, err = zstd.NewWriter(out); err != nil {
				return err
			}
			w = z
		}
		t := tar.NewWriter(w)
		for i := range b.Files {
			if err := ctx.Err(); err != nil {
				return err
			}
			f := &b.Files[i]
			h := &tar.Header{Name: f.Name, Mode: 0o644, Size: f.Bytes, ModTime: time.Now(), Typeflag: tar.TypeReg}
			if err := t.WriteHeader(h); err != nil {
				return err
			}
			if err := copyOf(t, f); err != nil {
				return err
			}
		}
		err := t.Close()
		if z != nil {
			err = errors.Join(err, z.Close())
		}
		return err
	})
}

// copyOf writes a file of a backup to w.
func copyOf(w io.Writer, f *local.BackupFile) error {
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	_, err = io.Copy(w, r)
	return err
}

// RestoreOptions says how to restore; nil means the zero RestoreOptions.
type RestoreOptions struct {
	// Force lets the backup take the place of what is in the folder, which is
	// kept beside under another name.
	Force bool
	// LockWait is how long to wait for another writer; 0 means 2 s.
	LockWait time.Duration
}

// RestoreBackup makes the index in the folder location from a backup, a file
// or a folder, which is checked first, to the last byte. A folder that is not
// empty is an error that wraps fs.ErrExist, unless Force is set.
func RestoreBackup(ctx context.Context, from, location string, o *RestoreOptions) (out BackedUp, err error) {
	start := time.Now()
	if o == nil {
		o = &RestoreOptions{}
	}
	full, err := holdsAnything(location)
	if err != nil {
		return out, fmt.Errorf("restore: %w", err)
	}
	if full && !o.Force {
		return out, fmt.Errorf("restore: %w: %s is not empty", fs.ErrExist, location)
	}
	next, err := local.NextDir(location)
	if err != nil {
		return out, fmt.Errorf("restore: %w", err)
	}
	defer os.RemoveAll(next)
	if err := os.MkdirAll(filepath.Dir(next), 0o755); err != nil {
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
	if err := out.restore(ctx, from, next, unpacked); err != nil {
		return out, fmt.Errorf("restore: %w", err)
	}
	if full {
		release, lerr := local.Lock(ctx, location, lockWait(o.LockWait))
		if lerr != nil {
			return out, lerr
		}
		defer func() { err = errors.Join(err, release()) }()
		out.Kept = local.Aside(location, "before")
	} else {
		_ = os.Remove(location) // empty, or not there
	}
	if err := local.Swap(location, out.Kept); err != nil {
		return out, fmt.Errorf("restore: %w", err)
	}
	out.Took = time.Since(start)
	return out, nil
}

// restore makes the index next from the backup in a folder, sharing files with
// it if links is set.
func (out *BackedUp) restore(ctx context.Context, from, next string, links bool) error {
	_, outdated, err := local.CheckBackup(ctx, from)
	if err != nil {
		return err
	}
	if out.Bytes, err = local.Size(from); err != nil {
		return err
	}
	if outdated {
		err = (&Rebuilt{}).refill(ctx, from, next, false, &RebuildOptions{})
	} else {
		err = local.Restore(ctx, from, next, links)
	}
	if err == nil {
		err = local.KeepSettings(from, next)
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
			return fmt.Errorf("%w: it is no whole archive: %w", ErrDamaged, err)
		}
		name := filepath.FromSlash(h.Name)
		if h.Typeflag != tar.TypeReg || !filepath.IsLocal(name) {
			return fmt.Errorf("it holds %q, which is no file of a backup", h.Name)
		}
		to := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
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
			return fmt.Errorf("%w: it is no whole archive: %w", ErrDamaged, err)
		}
	}
}
