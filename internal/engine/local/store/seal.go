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

// sealOpen stands in the place of the sequence while a writer is at work, and
// after one that came to no good end.
const sealOpen = "open"

// noFileSum stands in the place of the sum of the whole file where it isn't
// known: while a writer is at work, and in seals of earlier versions.
const noFileSum = "-"

// seal is the content of that file, a line that ends with a sum of itself.
// bbolt has no sums but of its heads. Of a root of a later transaction the seal
// says nothing. Earlier versions wrote lines without fileSum, which are read.
type seal struct {
	txid     uint64 // of bbolt
	sum      string // of what bbolt would read
	sequence string // of the last batch of all, or sealOpen
	fileSum  string // of all bytes of the file, unused pages too, or noFileSum
}

func (s seal) String() string {
	return fmt.Sprintf("%d %s %s %s", s.txid, s.sum, s.sequence, s.fileSum)
}

// sealLine adds the sum to what a seal says.
func sealLine(said string) string { return said + " " + hexSum([]byte(said)) + "\n" }

// readSeal returns the seal in the folder of a writer's store. The error wraps
// fs.ErrNotExist where there is none, and engine.ErrDamaged where it isn't byte
// for byte as a writer wrote it.
func readSeal(writerDir string) (s seal, err error) {
	path := filepath.Join(writerDir, sealName)
	b, err := os.ReadFile(path)
	if err != nil {
		return s, err
	}
	damaged := fmt.Errorf("%w: wrong sum of %s", engine.ErrDamaged, path)
	fields := strings.Fields(string(b))
	if len(fields) != 4 && len(fields) != 5 || sealLine(strings.Join(fields[:len(fields)-1], " ")) != string(b) {
		return s, damaged
	}
	s = seal{sum: fields[1], sequence: fields[2], fileSum: noFileSum}
	if len(fields) == 5 {
		s.fileSum = fields[3]
	}
	if s.txid, err = strconv.ParseUint(fields[0], 10, 64); err != nil {
		return s, damaged
	}
	return s, nil
}

func (s seal) write(writerDir string) error {
	return fsutil.ReplaceFile(filepath.Join(writerDir, sealName), []byte(sealLine(s.String())))
}

// writeSeal seals the root of a store that is closed. Nothing writes to the
// file until a writer opens it again, so that the sum of all of it holds.
func writeSeal(writerDir string) error {
	path := filepath.Join(writerDir, scorchFolder, boltName)
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	r, err := parseRoot(path, data)
	if err != nil || r == nil {
		return err
	}
	return seal{r.txid, fmt.Sprintf("%08x", r.sum), r.sequence(), hexSum(data)}.write(writerDir)
}

// breakSeal says that a writer is at work, before it changes anything. It
// leaves what the seal says of the root so far.
func breakSeal(writerDir string) error {
	s, err := readSeal(writerDir)
	if err != nil {
		if err := os.Remove(filepath.Join(writerDir, sealName)); !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return nil
	}
	s.sequence, s.fileSum = sealOpen, noFileSum
	return s.write(writerDir)
}

// checkSeal holds a root to the seal, if there is one that can be read.
func checkSeal(writerDir string, r *rootState) error {
	s, err := readSeal(writerDir)
	root := filepath.Join(writerDir, scorchFolder, boltName)
	switch {
	case err != nil || s.txid < r.txid:
		return nil
	case s.txid > r.txid:
		return fmt.Errorf("%w: %s is older than it was when it was closed", engine.ErrDamaged, root)
	case s.sum != fmt.Sprintf("%08x", r.sum):
		return fmt.Errorf("%w: wrong sum of %s", engine.ErrDamaged, root)
	}
	return nil
}
