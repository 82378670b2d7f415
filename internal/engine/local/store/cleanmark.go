package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/fsutil"
)

// The clean-shutdown mark is the file SEAL beside the writer store. A writer that
// closes the index writes into it what the root is, since bbolt has checksums
// over its two head pages only. The next writer holds the root to it before scorch
// opens it, and then marks the index as open, before anything changes.
//
// After a crash the mark is that of an open index. What it says of the root still
// holds as long as the root is of the same transaction; of a root of a later one
// it says nothing.

// uncleanBatchID stands in the place of the batch id while a writer is at work,
// and after a writer that did not close the index.
const uncleanBatchID = "open"

// noFileChecksum stands in the place of the checksum of the whole file where that isn't
// known: while a writer is at work, and in marks of earlier versions.
const noFileChecksum = "-"

// cleanMark is the content of the mark: one line, which ends with a checksum of
// itself. Earlier versions wrote lines without fileSum; these are still read.
type cleanMark struct {
	txid         uint64 // of bbolt
	checksum     string // of the pages in use
	batchID      string // of the last batch, or uncleanBatchID
	fileChecksum string // of all bytes of the file, unused pages too, or noFileChecksum
}

func (m cleanMark) String() string {
	return fmt.Sprintf("%d %s %s %s", m.txid, m.checksum, m.batchID, m.fileChecksum)
}

// cleanMarkLine adds the checksum of the content.
func cleanMarkLine(content string) string { return content + " " + checksumHex([]byte(content)) + "\n" }

// readCleanMark returns the mark in the folder of the writer. The error wraps
// fs.ErrNotExist where there is none, and engine.ErrDamaged where it isn't byte
// for byte as a writer wrote it.
func readCleanMark(writerDir string) (m cleanMark, err error) {
	path := filepath.Join(writerDir, cleanMarkName)
	b, err := os.ReadFile(path)
	if err != nil {
		return m, err
	}
	damaged := fmt.Errorf("%w: wrong checksum of %s", engine.ErrDamaged, path)
	fields := strings.Fields(string(b))
	if len(fields) != 4 && len(fields) != 5 || cleanMarkLine(strings.Join(fields[:len(fields)-1], " ")) != string(b) {
		return m, damaged
	}
	m = cleanMark{checksum: fields[1], batchID: fields[2], fileChecksum: noFileChecksum}
	if len(fields) == 5 {
		m.fileChecksum = fields[3]
	}
	if m.txid, err = strconv.ParseUint(fields[0], 10, 64); err != nil {
		return m, damaged
	}
	return m, nil
}

func (m cleanMark) write(writerDir string) error {
	return fsutil.ReplaceFile(filepath.Join(writerDir, cleanMarkName), []byte(cleanMarkLine(m.String())))
}

// writeCleanMark marks the root of a writer store that was closed. Nothing writes
// to the file until a writer opens it again, so that the checksum of all of it
// holds until then.
func writeCleanMark(writerDir string) error {
	path := filepath.Join(writerDir, scorchFolder, boltName)
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	r, err := parseRoot(path, data)
	if err != nil || r == nil {
		return err
	}
	return cleanMark{r.txid, fmt.Sprintf("%08x", r.checksum), r.batchID(), checksumHex(data)}.write(writerDir)
}

// markUnclean says that a writer is at work, before it changes anything. It keeps
// what the mark says of the root so far. A mark that can't be read is removed.
func markUnclean(writerDir string) error {
	m, err := readCleanMark(writerDir)
	if err != nil {
		if err := os.Remove(filepath.Join(writerDir, cleanMarkName)); !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return nil
	}
	m.batchID, m.fileChecksum = uncleanBatchID, noFileChecksum
	return m.write(writerDir)
}

// checkCleanMark holds a root to the mark, if there is one that can be read. It
// looks at the pages in use only: a change elsewhere in the file does no harm, and
// is left to Check.
func checkCleanMark(writerDir string, r *rootState) error {
	m, err := readCleanMark(writerDir)
	root := filepath.Join(writerDir, scorchFolder, boltName)
	switch {
	case err != nil || m.txid < r.txid:
		return nil
	case m.txid > r.txid:
		return fmt.Errorf("%w: %s is older than it was when it was closed", engine.ErrDamaged, root)
	case m.checksum != fmt.Sprintf("%08x", r.checksum):
		return fmt.Errorf("%w: wrong checksum of %s", engine.ErrDamaged, root)
	}
	return nil
}
