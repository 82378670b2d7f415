package corpus

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"syscall"
)

// KeyOfPath returns the key that the entry of a file has, or of a folder those that
// lie in it have as their beginning: the absolute, cleaned path with forward slashes.
// That of an address is the address.
func KeyOfPath(p string) (string, error) {
	if isAddress(p) {
		key, err := addressKey(p)
		if err != nil {
			return "", &ReadError{Path: p, Err: err}
		}
		return key, nil
	}
	abs, err := filepath.Abs(p)
	if err != nil {
		return "", &ReadError{Path: p, Err: err}
	}
	return keyOf(abs), nil
}

// GoneFinder tells which entries are those of files that are no longer there. It
// remembers the folders that it looked for, so that of a folder that is gone with all
// its files only the folder is looked for. The zero GoneFinder is ready; it serves one
// goroutine at a time.
type GoneFinder struct {
	folders map[string]bool // whether a folder is there
}

// IsGone reports whether key is that of a file and there is nothing at its path. A key
// that is no absolute path, such as that of standard input, names nothing that could
// be gone, and what may not be looked at may still be there.
func (g *GoneFinder) IsGone(key string) bool {
	p := filepath.FromSlash(key)
	if !filepath.IsAbs(p) {
		return false
	}
	if !g.hasFolder(path.Dir(key)) {
		return true
	}
	_, err := os.Lstat(p)
	return isGone(err)
}

// TopOf returns the topmost folder that is gone with the file of a key for which
// IsGone is true; the key itself where only the file is.
func (g *GoneFinder) TopOf(key string) string {
	for dir := path.Dir(key); !g.hasFolder(dir); dir = path.Dir(dir) {
		key = dir
	}
	return key
}

// hasFolder reports whether there is something at the path of a folder, or may be.
func (g *GoneFinder) hasFolder(key string) bool {
	there, known := g.folders[key]
	if known {
		return there
	}
	parent := path.Dir(key)
	if there = parent == key || g.hasFolder(parent); there && parent != key {
		_, err := os.Lstat(filepath.FromSlash(key))
		there = !isGone(err)
	}
	if g.folders == nil {
		g.folders = map[string]bool{}
	}
	g.folders[key] = there
	return there
}

// isGone reports whether an error of package os says that there is nothing at a path.
func isGone(err error) bool {
	// ENOTDIR: where a folder on the way was, there is a file now.
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR)
}
