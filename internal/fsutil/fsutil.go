// Package fsutil writes files and folders so that they survive a crash and a
// loss of power, and tells files from one another.
//
// A file is durable once its bytes are synced and the folder that names it is
// synced, too. Each function says which of the two it does. The order of the
// system calls is part of the contract: tests of faults replay it.
package fsutil

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
)

// WriteFile makes the file at path, or empties it, and fills it with what
// write writes. The bytes are on the disk when it returns; the name is only
// after SyncDir of the folder. When it fails, no file is left.
func WriteFile(path string, perm fs.FileMode, write func(io.Writer) error) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_TRUNC, perm)
	if err != nil {
		return err
	}
	if err := syncAndClose(f, write(f)); err != nil {
		_ = os.Remove(path)
		return err
	}
	return nil
}

// syncAndClose syncs a file unless writing to it failed with err, and closes it.
func syncAndClose(f *os.File, err error) error {
	if err == nil {
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	return err
}

// ReplaceFile puts a file with these bytes at path. After a crash, path has
// either the old bytes or the new ones, never a part of them. The new ones and
// the name are on the disk when it returns.
//
// The bytes are first written to a file beside, at path + TempSuffix. That
// file may be left after a failure or a crash; the next call writes over it.
func ReplaceFile(path string, b []byte) error {
	if err := replaceFile(path, b); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return nil
}

// TempSuffix is the end of the name of a file that ReplaceFile writes first.
const TempSuffix = ".tmp"

func replaceFile(path string, b []byte) error {
	tmp := path + TempSuffix
	f, err := os.Create(tmp)
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	if err := syncAndClose(f, err); err != nil {
		return err
	}
	if err := os.Rename(tmp, path); err != nil {
		return err
	}
	return SyncDir(filepath.Dir(path))
}

// CopyFile copies a file to the path to. The bytes are on the disk when it
// returns; the name is only after SyncDir of the folder.
func CopyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return syncAndClose(out, err)
}

// Create makes the file at path, or empties it. Its bytes are on the disk when
// Close returns without an error; its name is only after SyncDir of the folder.
func Create(path string) (io.WriteCloser, error) {
	f, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	return syncedFile{f}, nil
}

// syncedFile is a file that is synced when it is closed.
type syncedFile struct{ *os.File }

func (f syncedFile) Close() error { return syncAndClose(f.File, nil) }

// MakeDir makes a folder, and those above it that are missing. Their names are
// on the disk when it returns.
func MakeDir(dir string) error {
	if info, err := os.Stat(dir); err == nil && info.IsDir() {
		return nil
	}
	parent := filepath.Dir(dir)
	if parent != dir {
		if err := MakeDir(parent); err != nil {
			return err
		}
	}
	if err := os.Mkdir(dir, 0o777); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return SyncDir(parent)
}

// SyncDir puts the names in a folder on the disk. Windows has no such call and
// needs none.
func SyncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
