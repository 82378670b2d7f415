package store

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local/schema"
	"github.com/newsq/newsq/internal/fsutil"
)

// formatName says in a header that the folder is an index of newsq.
const formatName = "newsq"

// header is the content of newsq.json.
type header struct {
	Format  string    `json:"format"`
	Schema  int       `json:"schema"`
	Created time.Time `json:"created"`
	// Program is the version of newsq that made it, for the message of one
	// that is too old to read it.
	Program string `json:"program,omitempty"`
}

func ensureHeader(dir string) error {
	err := readHeader(dir)
	if !errors.Is(err, engine.ErrNoIndex) {
		return err
	}
	h, err := json.Marshal(header{Format: formatName, Schema: schema.Version, Created: time.Now().UTC(), Program: program()})
	if err != nil {
		return err
	}
	return fsutil.ReplaceFile(filepath.Join(dir, headerName), appendHeaderChecksum(h))
}

func readHeader(dir string) error {
	path := filepath.Join(dir, headerName)
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		if _, err := os.Stat(filepath.Join(dir, pointerName)); err == nil {
			return fmt.Errorf("open index: %w: %s is missing", engine.ErrDamaged, path)
		}
		return fmt.Errorf("open index: %w in %s", engine.ErrNoIndex, dir)
	}
	if err != nil {
		return fmt.Errorf("open index: %w", err)
	}
	var h header
	if err := json.Unmarshal(b, &h); err != nil || h.Format != formatName {
		return fmt.Errorf("open index: %w: %s is not a newsq header", engine.ErrDamaged, path)
	}
	switch {
	case h.Schema < 1:
		return fmt.Errorf("open index: %w: %s has schema %d", engine.ErrDamaged, path, h.Schema)
	case h.Schema < schema.Version:
		return fmt.Errorf("open index: %w: %s has schema %d, and this newsq reads schema %d", engine.ErrOutdated, dir, h.Schema, schema.Version)
	case h.Schema > schema.Version && hasWrongChecksum(b):
		return fmt.Errorf("open index: %w: wrong checksum of %s", engine.ErrDamaged, path)
	case h.Schema > schema.Version:
		use := "a newer newsq"
		if h.Program != "" {
			use = "newsq " + h.Program + " or newer"
		}
		return fmt.Errorf("open index: %w: %s has schema %d, and this newsq reads schemas up to %d; use %s", engine.ErrNewer, dir, h.Schema, schema.Version, use)
	}
	return nil
}

// RefuseNewer returns engine.ErrNewer for an index that a newer version wrote: what
// that one stores, this version would lose.
func RefuseNewer(dir string) error {
	if err := readHeader(dir); errors.Is(err, engine.ErrNewer) {
		return err
	}
	return nil
}

// hasWrongChecksum reports whether a header ends in a checksum that is not its
// own. Earlier versions wrote none.
func hasWrongChecksum(b []byte) bool {
	at := len(b) - len(headerChecksum) - len("00000000") - len(headerEnd)
	return at > 0 && bytes.HasPrefix(b[at:], []byte(headerChecksum)) && !bytes.Equal(b, appendHeaderChecksum(b[:at]))
}

// program returns the version of newsq that this program is, as far as it is known.
func program() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	for _, m := range append(info.Deps, &info.Main) {
		if m.Path == "github.com/newsq/newsq" && m.Version != "(devel)" {
			return m.Version
		}
	}
	return ""
}

// checkNewFolder returns an error for a folder without an index in which there is
// something else.
func checkNewFolder(dir string) error {
	if err := readHeader(dir); !errors.Is(err, engine.ErrNoIndex) {
		return err
	}
	names, err := os.ReadDir(dir)
	if err != nil {
		return fmt.Errorf("open index: %w", err)
	}
	for _, n := range names {
		if !mayPrecedeIndex(n.Name()) {
			return fmt.Errorf("open index: %s holds %s and is no newsq index; choose an empty folder", dir, n.Name())
		}
	}
	return nil
}

// appendHeaderChecksum ends a header, which is one line of JSON, with the checksum of
// all that stands before it. Earlier versions ignore it.
func appendHeaderChecksum(h []byte) []byte {
	content := bytes.TrimSuffix(h, []byte("}"))
	return fmt.Appendf(nil, "%s%s%s%s", content, headerChecksum, checksumHex(content), headerEnd)
}

const (
	headerChecksum = `,"sum":"`
	headerEnd      = `"}` + "\n"
)
