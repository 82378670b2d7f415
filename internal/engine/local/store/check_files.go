package store

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local/schema"
)

// The small files of an index must have the very bytes that newsq writes, so that a
// check names each byte that was changed. What they say is compared with each other
// by those who read them.

// headerBytes checks the bytes of newsq.json. Headers of earlier versions have no
// checksum.
func (c *checker) headerBytes(path string) {
	b, err := os.ReadFile(path)
	if err != nil {
		c.damage(path, err)
		return
	}
	if jsonSize := len(b) - len(headerChecksum) - len("00000000") - len(headerEnd); jsonSize > 0 && bytes.Equal(b, appendHeaderChecksum(b[:jsonSize])) {
		return
	}
	var h header
	err = json.Unmarshal(b, &h)
	encoded, encodeErr := json.Marshal(h)
	if err != nil || encodeErr != nil || string(b) != string(encoded)+"\n" {
		c.damage(path, fmt.Errorf("%w: wrong checksum of %s", engine.ErrDamaged, path))
		return
	}
	c.note("%s has no checksum, as an earlier newsq wrote it: a change of its date or version goes unnoticed", path)
}

// pointer checks CURRENT by itself.
func (c *checker) pointer() pointer {
	path := filepath.Join(c.dir, pointerName)
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		if numbers, err := generationNumbers(c.dir); err == nil && len(numbers) == 0 {
			c.note("nothing was published yet")
			return pointer{}
		}
	}
	var p pointer
	if err == nil {
		p, err = parsePointer(path, b)
	}
	if err == nil && string(b) != p.encode() {
		err = fmt.Errorf("%w: %s is not as it was written", engine.ErrDamaged, path)
	}
	if err != nil {
		c.damage(path, err)
	}
	return p
}

// currentGeneration checks that the generation is there which CURRENT named when the
// check began, unless another one is current by now.
func (c *checker) currentGeneration(p pointer, numbers []uint64) {
	if p.number == 0 || slices.Contains(numbers, p.number) {
		return
	}
	if now, err := readPointer(c.dir); err == nil && now != p {
		return
	}
	current := filepath.Join(c.dir, pointerName)
	c.damage(filepath.Join(c.dir, generationsFolder, p.name()), fmt.Errorf("%w: it is missing, and %s names it", engine.ErrDamaged, current))
}

// manifest checks the manifest of the generation in dir, and the files that it names.
// It returns a manifest with Articles below zero where none can be read.
func (c *checker) manifest(dir string) *manifest {
	unknown := &manifest{Articles: -1}
	if c.report.Schema < schema.FirstWithManifests {
		return unknown // earlier ones have no manifest
	}
	m, err := readManifest(dir)
	if err != nil {
		c.damage(filepath.Join(dir, manifestName), err)
		return unknown
	}
	for _, f := range m.Files {
		if _, err := f.verify(dir); err != nil {
			c.damage(f.path(dir), err)
		}
	}
	if err := checkForeignFiles(filepath.Join(dir, scorchFolder)); err != nil {
		c.damage(dir, err)
	}
	return m
}

// root checks the root of the writer store, and the clean-shutdown mark. It returns nil
// where the root can't be read, or where nothing was written yet.
func (c *checker) root(writerDir string) *rootState {
	scorchDir := filepath.Join(writerDir, scorchFolder)
	path := filepath.Join(scorchDir, boltName)
	c.count(path)
	before := len(c.report.Damage)
	m := c.cleanMark(writerDir)
	r, err := checkWriterStore(c.dir)
	switch {
	case errors.Is(err, errRootCutShort) && m.batchID == uncleanBatchID:
		c.note("%s: %v; the next writer makes it anew", path, errRootCutShort)
		return nil
	case err != nil:
		c.damage(path, err)
		if r, err = readRoot(scorchDir); err != nil {
			return nil
		}
	}
	if r != nil && len(c.report.Damage) == before {
		c.rootBytes(path, m, r)
	}
	return r
}

// cleanMark checks the clean-shutdown mark by itself. Where there is none that can
// be read, it returns the mark of an index that is open for writing.
func (c *checker) cleanMark(writerDir string) cleanMark {
	unknown := cleanMark{batchID: uncleanBatchID, fileChecksum: noFileChecksum}
	path := filepath.Join(writerDir, cleanMarkName)
	c.count(path)
	m, err := readCleanMark(writerDir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return unknown
	case err != nil:
		c.damage(path, err)
		return unknown
	}
	return m
}

// rootBytes holds all bytes of the writer store's root to the clean-shutdown mark:
// also the pages that are not in use, which checkCleanMark leaves out. bbolt writes
// over these at any time, so that only a writer that closed the index can say
// what they are.
func (c *checker) rootBytes(path string, m cleanMark, r *rootState) {
	unknownBecause := ""
	switch {
	case m.batchID == uncleanBatchID || m.txid != r.txid:
		unknownBecause = "the last writer did not close the index"
	case m.fileChecksum == noFileChecksum:
		unknownBecause = "an earlier newsq closed the index"
	}
	if unknownBecause != "" {
		c.note("a change in pages of %s that are not in use goes unnoticed until newsq closes it next: %s", path, unknownBecause)
		return
	}
	b, err := os.ReadFile(path)
	if err == nil && checksumHex(b) != m.fileChecksum {
		err = fmt.Errorf("%w: wrong checksum of %s, in pages that are not in use", engine.ErrDamaged, path)
	}
	if err != nil {
		c.damage(path, err)
	}
}

// bleveMeta checks index_meta.json, which a writer makes before its root.
func (c *checker) bleveMeta(dir string) {
	path := filepath.Join(dir, metaName)
	c.count(path)
	b, err := os.ReadFile(path)
	if err == nil && string(b) != bleveMeta {
		err = fmt.Errorf("%w: %s is not as it was written", engine.ErrDamaged, path)
	}
	if err != nil {
		c.damage(path, err)
	}
}

// noteContent notes a lock file that is not empty. Its content means nothing.
func (c *checker) noteContent(path string) {
	if info, err := os.Stat(path); err == nil && info.Size() > 0 {
		c.note("%s should be empty; what it holds means nothing", path)
	}
}
