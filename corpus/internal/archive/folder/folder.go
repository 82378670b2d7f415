// Package folder says which members of an archive are read: those that would be
// if it were a folder on disk. Hidden names, what macOS puts beside files, and
// the modules of Node are left out without a word, as in a walk of a folder.
package folder

import (
	"errors"
	"path"
	"strings"

	"github.com/newsq/newsq/internal/extract"
)

// MaxMembers bounds the members of an archive. The largest collections of
// articles are kept in many archives, or as lines.
const MaxMembers = 1_000_000

// maxName is the longest path of a member, in bytes. File systems end at 4096.
const maxName = 4 << 10

var (
	// ErrOutside tells of a member whose name leads out of its archive.
	ErrOutside = errors.New("its name leads out of the archive, and it is left out")
	// ErrSpecial tells of a member that is a link, a device or a pipe.
	ErrSpecial = errors.New("it is no file but a link or a device, and it is left out")
	// ErrEncrypted tells of a member that only a password opens.
	ErrEncrypted = errors.New("it is encrypted")
	// ErrNothing tells of an archive without any file to read.
	ErrNothing = errors.New("it holds no files to read")
)

// Name brings the name of a member into the form of a path: clean UTF-8 with
// slashes, without a dot at its start. The error is [ErrOutside].
func Name(raw string) (string, error) {
	s := raw[:min(len(raw), maxName)]
	if d, _, err := extract.Decode([]byte(s), ""); err == nil {
		s = strings.Join(strings.Fields(d), " ")
	} else {
		s = extract.Clean(s)
	}
	s = strings.ReplaceAll(s, `\`, "/")
	if strings.HasPrefix(s, "/") || len(s) > 1 && s[1] == ':' {
		return s, ErrOutside
	}
	for part := range strings.SplitSeq(s, "/") {
		if part == ".." {
			return s, ErrOutside
		}
	}
	return path.Clean(s), nil
}

// IsHidden reports whether a member is left out, by its name.
func IsHidden(name string) bool {
	for part := range strings.SplitSeq(name, "/") {
		if strings.HasPrefix(part, ".") && part != "." || part == "node_modules" || part == "__MACOSX" {
			return true
		}
	}
	return false
}

// Beside returns the path of a file beside a member, or in the folder above it.
// It is empty for one that lies elsewhere.
func Beside(member, name string) string {
	rest, _ := strings.CutPrefix(name, "../")
	if rest == "" || path.IsAbs(rest) {
		return ""
	}
	for part := range strings.SplitSeq(rest, "/") {
		if part == ".." {
			return ""
		}
	}
	p := path.Join(path.Dir(member), name)
	if p == ".." || strings.HasPrefix(p, "../") {
		return ""
	}
	return p
}
