package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local/reader"
	"github.com/newsq/newsq/internal/engine/local/schema"
)

// Backup is the current generation, locked so that nobody removes it, with the files
// that a copy of the index consists of.
type Backup struct {
	Articles int
	// Files are the files of a backup, with slashes in their names. The manifest,
	// which names all others, comes first.
	Files []BackupFile

	release func() error
}

// BackupFile is a file of a backup: a file of the index, or content made for it.
type BackupFile struct {
	Name    string
	Path    string // empty for content
	Content []byte
	Bytes   int64
}

// NewBackup locks the current generation of the index in dir, and checks each byte of
// the files that belong to it. The caller closes the backup.
func NewBackup(ctx context.Context, dir string) (*Backup, error) {
	if err := readHeader(dir); err != nil {
		return nil, err
	}
	p, folder, release, err := lockCurrent(dir)
	if err != nil {
		return nil, fmt.Errorf("back up: %w", err)
	}
	b := &Backup{release: release}
	if err := b.addFiles(ctx, dir, folder, p); err != nil {
		return nil, errors.Join(fmt.Errorf("back up: %w", err), release())
	}
	return b, nil
}

// addFiles checks and adds the files of the generation p in folder, and those of the
// index in dir that go into a backup.
func (b *Backup) addFiles(ctx context.Context, dir, folder string, p pointer) error {
	m, _, err := verifyGeneration(folder)
	if err != nil {
		return err
	}
	b.Articles = m.Articles
	all := *m
	for _, name := range append([]string{headerName}, settingFiles()...) {
		path := filepath.Join(dir, name)
		size, checksum, _, err := checksumFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		all.Files = append(all.Files, manifestFile{name, size, checksum})
		b.Files = append(b.Files, BackupFile{Name: name, Path: path, Bytes: size})
	}
	for _, f := range m.Files {
		path := filepath.Join(folder, filepath.FromSlash(f.Name))
		if isSegmentName(filepath.Base(path)) {
			if err := verifySegment(ctx, path); err != nil {
				return err
			}
		}
		b.Files = append(b.Files, BackupFile{Name: f.Name, Path: path, Bytes: f.Bytes})
	}
	for _, f := range m.Vectors {
		path := f.path(folder)
		if _, err := f.verify(folder); err != nil {
			return fmt.Errorf("%w; newsq learn makes it anew", err)
		}
		if err := verifyVectorFile(path); err != nil {
			return fmt.Errorf("%w; newsq learn makes it anew", err)
		}
		b.Files = append(b.Files, BackupFile{Name: f.Name, Path: path, Bytes: f.Bytes})
	}
	encoded, err := all.encode()
	if err != nil {
		return err
	}
	manifestEntry := BackupFile{Name: manifestName, Content: encoded, Bytes: int64(len(encoded))}
	b.Files = slices.Insert(b.Files, 0, manifestEntry)
	if m.BatchID != p.batchID {
		return fmt.Errorf("%w: %s is not the state that CURRENT names", engine.ErrDamaged, folder)
	}
	return nil
}

// lockCurrent locks the generation that CURRENT names, and returns its folder.
func lockCurrent(dir string) (p pointer, folder string, release func() error, err error) {
	for range maxRefreshTries {
		if p, err = readPointer(dir); errors.Is(err, fs.ErrNotExist) {
			return p, "", nil, (&Store{dir: dir}).errNoPointer()
		} else if err != nil {
			return p, "", nil, err
		}
		folder = filepath.Join(dir, generationsFolder, p.name())
		lock, lockErr := lockGeneration(folder)
		if lockErr == nil {
			return p, folder, lock.Close, nil
		}
		err = fmt.Errorf("%w: %w", engine.ErrDamaged, lockErr)
	}
	return p, "", nil, err
}

// Close lets go of the generation.
func (b *Backup) Close() error { return b.release() }

// Open opens a file of the backup for reading.
func (f *BackupFile) Open() (io.ReadCloser, error) {
	if f.Path == "" {
		return io.NopCloser(strings.NewReader(string(f.Content))), nil
	}
	return os.Open(f.Path)
}

// CheckBackup holds the backup in dir to its manifest, byte for byte, and
// returns the number of articles that it holds, and whether it is of an older
// schema.
func CheckBackup(ctx context.Context, dir string) (articles int, outdated bool, err error) {
	m, err := readManifest(dir)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, engine.ErrDamaged) && !exists(filepath.Join(dir, manifestName)) {
		return 0, false, fmt.Errorf("%s is no backup of newsq: it has no %s", dir, manifestName)
	}
	if err != nil {
		return 0, false, err
	}
	if m.Schema > schema.Version {
		return 0, false, fmt.Errorf("%s has schema %d, and this newsq reads schemas up to %d", dir, m.Schema, schema.Version)
	}
	root, err := m.verify(dir)
	if err != nil {
		return 0, false, err
	}
	r, err := parseRoot(filepath.Join(dir, filepath.FromSlash(boltPath)), root)
	if err != nil || r == nil {
		return 0, false, errors.Join(err, fmt.Errorf("%w: %s holds no state of an index", engine.ErrDamaged, dir))
	}
	c := &checker{dir: dir}
	articles = c.segments(ctx, filepath.Join(dir, scorchFolder), r)
	c.generationVectors(ctx, dir, m)
	switch {
	case c.err != nil:
		return 0, false, c.err
	case len(c.report.Damage) > 0:
		return 0, false, fmt.Errorf("%s: %w", c.report.Damage[0].Path, reader.Damage(c.report.Damage[0].Err))
	case articles != m.Articles:
		return 0, false, fmt.Errorf("%w: %s stores %d articles of %d", engine.ErrDamaged, dir, articles, m.Articles)
	}
	return articles, m.Schema < schema.Version, nil
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
