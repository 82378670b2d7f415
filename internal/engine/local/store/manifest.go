package store

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local/store/boltcheck"
)

// manifest is the content of MANIFEST: the files that belong to a generation, or to a
// backup of one. The file is one line of JSON, and one line with its checksum. A
// generation without a manifest, or with files that are not as it says, is damaged
// and never opened.
type manifest struct {
	Format   int    `json:"format"`
	Schema   int    `json:"schema"`
	BatchID  string `json:"sequence"`
	Articles int    `json:"articles"`
	// Length is the total length of all articles, see reader.View.TotalLength; 0
	// when it isn't known. It stands here as a reader of a million articles takes
	// 4 ms to add it up.
	Length uint64         `json:"length,omitempty"`
	Files  []manifestFile `json:"files"`
	// Model is the id of the model that the vectors are by, Vectors are its file and
	// those of the segments, and Learned is what the index was when it was trained. They
	// stand apart from Files since a generation opens without them.
	Model   string         `json:"model,omitempty"`
	Learned learnedState   `json:"learned,omitzero"`
	Vectors []manifestFile `json:"vectors,omitempty"`
}

// manifestFile is a file of a generation. A segment holds checksums of its own, and
// its trailer has the checksum of these. So do models and vectors. Other files have one
// as a whole.
type manifestFile struct {
	Name     string `json:"name"` // in the generation, with slashes
	Bytes    int64  `json:"bytes"`
	Checksum string `json:"sum"` // CRC-32C, of the last trailerSize bytes for a segment and the like
}

const (
	manifestFormat = 1
	// trailerSize is the length of a segment's trailer. It holds the checksum of
	// the table of sections, which holds those of the sections. Those of vectors
	// and models are as long.
	trailerSize = 32
)

func checksumHex(b []byte) string { return fmt.Sprintf("%08x", crc32.Checksum(b, boltcheck.CRCTable)) }

// hasOwnChecksums reports whether a file of this name holds checksums of all its bytes.
func hasOwnChecksums(name string) bool {
	ext := filepath.Ext(name)
	return isSegmentName(name) || ext == vectorsExt || ext == modelExt
}

// checksumFile returns the size and the checksum of a file, as manifests have them,
// and the bytes that the checksum is of.
func checksumFile(path string) (size int64, checksum string, b []byte, err error) {
	if hasOwnChecksums(filepath.Base(path)) {
		size, b, err = readTrailer(path)
		return size, checksumHex(b), b, err
	}
	b, err = os.ReadFile(path)
	return int64(len(b)), checksumHex(b), b, err
}

// readTrailer returns the size of a file, and its last trailerSize bytes.
func readTrailer(path string) (size int64, trailer []byte, err error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return 0, nil, err
	}
	trailer = make([]byte, min(trailerSize, info.Size()))
	_, err = f.ReadAt(trailer, info.Size()-int64(len(trailer)))
	return info.Size(), trailer, err
}

// newManifestFile describes a file in dir.
func newManifestFile(dir, name string) (manifestFile, error) {
	size, checksum, _, err := checksumFile(filepath.Join(dir, filepath.FromSlash(name)))
	return manifestFile{name, size, checksum}, err
}

// add adds the files of these names in dir.
func (m *manifest) add(dir string, names []string) error {
	for _, name := range names {
		f, err := newManifestFile(dir, name)
		if err != nil {
			return err
		}
		m.Files = append(m.Files, f)
	}
	return nil
}

func (m *manifest) encode() ([]byte, error) {
	b, err := json.Marshal(m)
	if err != nil {
		return nil, err
	}
	return fmt.Appendf(b, "\n%s\n", checksumHex(b)), nil
}

// readManifest reads the manifest in dir.
func readManifest(dir string) (*manifest, error) {
	path := filepath.Join(dir, manifestName)
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		if _, err := os.Stat(dir); err != nil {
			return nil, err // the whole generation is gone
		}
		return nil, fmt.Errorf("%w: %s is missing", engine.ErrDamaged, path)
	}
	if err != nil {
		return nil, err
	}
	return parseManifest(b, path)
}

func parseManifest(b []byte, path string) (*manifest, error) {
	body, rest, _ := bytes.Cut(b, []byte("\n"))
	checksum, rest, complete := bytes.Cut(rest, []byte("\n"))
	if !complete || len(rest) > 0 || string(checksum) != checksumHex(body) {
		return nil, fmt.Errorf("%w: wrong checksum of %s", engine.ErrDamaged, path)
	}
	m := &manifest{}
	if err := json.Unmarshal(body, m); err != nil {
		return nil, fmt.Errorf("%w: %s: %w", engine.ErrDamaged, path, err)
	}
	if m.Format != manifestFormat {
		return nil, fmt.Errorf("%s is of format %d; this newsq reads format %d", path, m.Format, manifestFormat)
	}
	for _, f := range slices.Concat(m.Files, m.Vectors) {
		if !filepath.IsLocal(filepath.FromSlash(f.Name)) {
			return nil, fmt.Errorf("%w: %s names the file %q", engine.ErrDamaged, path, f.Name)
		}
	}
	return m, nil
}

// verify checks that the files in dir are there, with the sizes and the checksums of the
// manifest. What lies within segments is checked when it is read. It returns the bytes
// of the root.
func (m *manifest) verify(dir string) (root []byte, err error) {
	for _, f := range m.Files {
		content, err := f.verify(dir)
		if err != nil {
			return nil, err
		}
		if f.Name == boltPath {
			root = content
		}
	}
	return root, checkForeignFiles(filepath.Join(dir, scorchFolder))
}

// path returns the path of the file in the generation in dir.
func (f *manifestFile) path(dir string) string { return filepath.Join(dir, filepath.FromSlash(f.Name)) }

// verify checks one file in dir, and returns the bytes that its checksum is of.
func (f *manifestFile) verify(dir string) ([]byte, error) {
	path := f.path(dir)
	size, checksum, content, err := checksumFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if _, err := os.Stat(dir); err != nil {
			return nil, err // the whole generation is gone
		}
		return nil, fmt.Errorf("%w: %s is missing", engine.ErrDamaged, path)
	case err != nil:
		return nil, err
	case size != f.Bytes:
		return nil, fmt.Errorf("%w: %s has %d bytes of %d", engine.ErrDamaged, path, size, f.Bytes)
	case checksum != f.Checksum:
		return nil, fmt.Errorf("%w: wrong checksum of %s", engine.ErrDamaged, path)
	}
	return content, nil
}

// checkForeignFiles returns an error that names a file which scorch would take for a
// segment by the end of its name, and which is none. Some systems put such a file
// beside each one that they copy.
func checkForeignFiles(scorchDir string) error {
	names, err := os.ReadDir(scorchDir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for _, n := range names {
		if strings.HasSuffix(n.Name(), segmentExt) && !isSegmentName(n.Name()) {
			return fmt.Errorf("%s is no file of newsq; remove it", filepath.Join(scorchDir, n.Name()))
		}
	}
	return nil
}
