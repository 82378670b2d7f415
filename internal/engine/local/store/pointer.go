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
)

// pointer is the content of CURRENT: which generation is current, and the
// id of the last batch in it.
type pointer struct {
	number  uint64
	batchID string
}

// encode returns the pointer as CURRENT has it.
func (p pointer) encode() string { return p.name() + " " + p.batchID + "\n" }

func (p pointer) name() string { return fmt.Sprintf("%012d", p.number) }

// readPointer reads CURRENT. The error wraps fs.ErrNotExist where nothing was published
// yet.
func readPointer(dir string) (pointer, error) {
	path := filepath.Join(dir, pointerName)
	b, err := os.ReadFile(path)
	if err != nil {
		return pointer{}, err
	}
	return parsePointer(path, b)
}

// parsePointer reads a pointer from b, the content of the file at path.
func parsePointer(path string, b []byte) (pointer, error) {
	name, batchID, ok := strings.Cut(strings.TrimSuffix(string(b), "\n"), " ")
	n, err := strconv.ParseUint(name, 10, 64)
	if !ok || err != nil || n == 0 || batchID == "" {
		return pointer{}, fmt.Errorf("%w: %s does not name a generation", engine.ErrDamaged, path)
	}
	return pointer{n, batchID}, nil
}

// generationNumbers returns the numbers of the generations in an index.
func generationNumbers(dir string) (numbers []uint64, err error) {
	names, err := os.ReadDir(filepath.Join(dir, generationsFolder))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	for _, n := range names {
		if number, err := strconv.ParseUint(n.Name(), 10, 64); err == nil {
			numbers = append(numbers, number)
		}
	}
	return numbers, nil
}
