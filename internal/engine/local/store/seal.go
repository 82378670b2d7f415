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

// seal is the content of that file, a line with a sum of itself. bbolt has no
// sums but of its heads. Of a root of a later transaction the seal says nothing.
type seal struct {
	txid     uint64 // of bbolt
	sum      string // of what bbolt would read
	sequence string // of the last batch of all, or sealOpen
}

func (s seal) String() string { return fmt.Sprintf("%d %s %s", s.txid, s.sum, s.sequence) }

// readSeal returns the seal in the folder of a writer's store. ok is false for
// one that is missing or was cut short as it was written.
func readSeal(work string) (s seal, ok bool) {
	b, err := os.ReadFile(filepath.Join(work, sealName))
	parts := strings.Fields(string(b))
	if err != nil || len(parts) != 4 || hexSum([]byte(strings.Join(parts[:3], " "))) != parts[3] {
		return s, false
	}
	s.sum, s.sequence = parts[1], parts[2]
	s.txid, err = strconv.ParseUint(parts[0], 10, 64)
	return s, err == nil
}

func (s seal) write(work string) error {
	return fsutil.ReplaceFile(filepath.Join(work, sealName), fmt.Appendf(nil, "%s %s\n", s, hexSum([]byte(s.String()))))
}

// writeSeal seals the root of a store that is closed.
func writeSeal(work string) error {
	r, err := readRoot(filepath.Join(work, storeFolder))
	if err != nil || r == nil {
		return err
	}
	return seal{r.txid, fmt.Sprintf("%08x", r.sum), r.sequence()}.write(work)
}

// breakSeal says that a writer is at work, before it changes anything. It
// leaves what the seal says of the root so far.
func breakSeal(work string) error {
	s, ok := readSeal(work)
	if !ok {
		if err := os.Remove(filepath.Join(work, sealName)); !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return nil
	}
	s.sequence = sealOpen
	return s.write(work)
}

// checkSeal holds a root to the seal.
func checkSeal(work string, r *rootState) error {
	s, ok := readSeal(work)
	root := filepath.Join(work, storeFolder, boltName)
	switch {
	case !ok || s.txid < r.txid:
		return nil
	case s.txid > r.txid:
		return fmt.Errorf("%w: %s is older than it was when it was closed", engine.ErrDamaged, root)
	case s.sum != fmt.Sprintf("%08x", r.sum):
		return fmt.Errorf("%w: wrong sum of %s", engine.ErrDamaged, root)
	}
	return nil
}
