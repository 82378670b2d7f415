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
	"strings"
	"time"

	"github.com/klauspost/compress/zstd"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local/store"
	"github.com/newsq/newsq/internal/fsutil"
)

// Backup copies the last generation of the index in dir to a place that is not
// there yet: one file if its name ends in .tar or .tar.zst, else a folder. Every
// byte is held to its sum as it is copied, so that no backup is made of damage.
func Backup(ctx context.Context, dir, to string) (out engine.BackupReport, err error) {
	if _, err := os.Lstat(to); err == nil {
		return out, fmt.Errorf("back up: %w: %s", fs.ErrExist, to)
	}
	b, err := store.NewBackup(ctx, dir)
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
	return out, nil
}

func isArchive(name string) bool { return strings.HasSuffix(name, ".tar") || isCompressed(name) }

func isCompressed(name string) bool {
	return strings.HasSuffix(name, ".tar.zst") || strings.HasSuffix(name, ".tzst")
}

// writeFolder writes a backup as a folder.
func writeFolder(ctx context.Context, b *store.Backup, dir string) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	for i := range b.Files {
		if err := ctx.Err(); err != nil {
			return err
		}
		f := &b.Files[i]
		path := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := fsutil.MakeDir(filepath.Dir(path)); err != nil {
			return err
		}
		if err := fsutil.WriteFile(path, 0o666, func(w io.Writer) error { return copyOf(w, f) }); err != nil {
			return err
		}
	}
	for i := range b.Files {
		folder := filepath.Dir(filepath.FromSlash(b.Files[i].Name))
		if i > 0 && folder == filepath.Dir(filepath.FromSlash(b.Files[i-1].Name)) {
			continue
		}
		if err := fsutil.SyncDir(filepath.Join(dir, folder)); err != nil {
			return err
		}
	}
	return fsutil.SyncDir(dir)
}

// writeArchive writes a backup as one file.
func writeArchive(ctx context.Context, b *store.Backup, path string, compressed bool) error {
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
func copyOf(w io.Writer, f *store.BackupFile) error {
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	_, err = io.Copy(w, r)
	return err
}
