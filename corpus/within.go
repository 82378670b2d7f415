package corpus

import (
	"path/filepath"
	"strings"
)

// Within returns the part of f that lies at these paths, or below them: for what is
// known to have changed. Nothing need be there; what came from a path that is gone
// has vanished. Paths outside of f hold nothing. Files and folders are read as they
// are as parts of f: what is left out there is left out here.
func (f *Files) Within(paths ...string) *Files {
	part := &Files{set: f.set, roots: f.roots, given: f.given, only: []string{}}
	for _, p := range paths {
		key := p
		if !isAddress(p) {
			abs, err := filepath.Abs(p)
			if err != nil {
				continue // the folder that we are in is gone, and so is what lies there
			}
			key = keyOf(abs)
		}
		part.only = append(part.only, key)
	}
	return part
}

// Folders returns the absolute paths of the files and folders that f was made of, and
// Addresses those on web servers.
func (f *Files) Folders() (paths []string) {
	for i := range f.roots {
		if r := &f.roots[i]; r.path != "" {
			paths = append(paths, r.path)
		}
	}
	return paths
}

// Addresses returns the addresses that f was made of.
func (f *Files) Addresses() (list []string) {
	for i := range f.roots {
		if f.roots[i].url != "" {
			list = append(list, f.roots[i].url)
		}
	}
	return list
}

// wants reports whether an entry of this key, or one below it, may be in the part
// that f is.
func (f *Files) wants(key string) bool {
	if f.only == nil {
		return true
	}
	for _, only := range f.only {
		if isBelow(key, only) || isBelow(only, key) {
			return true
		}
	}
	return false
}

// isPart reports whether a key lies in the part that f is.
func (f *Files) isPart(key string) bool {
	if f.only == nil {
		return true
	}
	for _, only := range f.only {
		if isBelow(key, only) {
			return true
		}
	}
	return false
}

// isBelow reports whether key is that of a folder or file, or lies below it.
func isBelow(key, folder string) bool {
	return key == folder || strings.HasPrefix(key, strings.TrimSuffix(folder, "/")+"/")
}

// IsHidden reports whether a folder walk leaves out what has this name, unless a
// .newsqignore says otherwise.
func IsHidden(name string) bool { return isHiddenName(name) }
