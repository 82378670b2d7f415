package vectors

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"iter"
	"os"
	"path/filepath"

	"github.com/blevesearch/mmap-go"

	"github.com/newsq/newsq/internal/embed"
	"github.com/newsq/newsq/internal/fsutil"
)

const (
	logMagic = "newsqvlg"
	// maxDescription bounds the description of a model in a log, in bytes.
	maxDescription = 128 << 10
)

// Log is vectors that came from outside and are in no file of vectors yet, by the key of
// their text. Nobody else has it open. It is not safe for concurrent use.
type Log struct {
	Model   *embed.Outside
	Damaged int // records that were left out as they are damaged
	file    *os.File
	path    string
	start   int64 // of the records
	records int64

	mappings []mmap.MMap // for All
}

// CreateLog makes an empty log, durable with its name.
func CreateLog(path string, model *embed.Outside) (*Log, error) {
	description := model.Encode()
	b := append([]byte(logMagic), 0, 0, 0, 0)
	binary.LittleEndian.PutUint32(b[len(logMagic):], uint32(len(description)))
	b = append(b, description...)
	b = binary.LittleEndian.AppendUint32(b, crc32.Checksum(b, crcTable))
	if err := fsutil.ReplaceFile(path, b); err != nil {
		return nil, err
	}
	return OpenLog(path)
}

// OpenLog opens a log to read it and to append to it. What lies behind the last whole
// record was being written when the system stopped, and is cut off. An error that wraps
// ErrDamaged names the file.
func OpenLog(path string) (*Log, error) { return openLog(path, os.O_RDWR) }

// ReadLog opens a log to read it alone, and changes nothing.
func ReadLog(path string) (*Log, error) { return openLog(path, os.O_RDONLY) }

func openLog(path string, flag int) (*Log, error) {
	file, err := os.OpenFile(path, flag, 0)
	if err != nil {
		return nil, err
	}
	l := &Log{file: file, path: path}
	if err := l.open(flag == os.O_RDWR); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return l, nil
}

func (l *Log) open(mend bool) error {
	head := make([]byte, len(logMagic)+4)
	if _, err := io.ReadFull(l.file, head); err != nil || string(head[:len(logMagic)]) != logMagic {
		return fmt.Errorf("%w: %s: it is no log of vectors", ErrDamaged, l.path)
	}
	length := binary.LittleEndian.Uint32(head[len(logMagic):])
	if length > maxDescription {
		return fmt.Errorf("%w: %s: a description of %d bytes", ErrDamaged, l.path, length)
	}
	rest := make([]byte, length+4)
	if _, err := io.ReadFull(l.file, rest); err != nil {
		return fmt.Errorf("%w: %s: it is cut", ErrDamaged, l.path)
	}
	sum := crc32.Update(crc32.Checksum(head, crcTable), crcTable, rest[:length])
	if sum != binary.LittleEndian.Uint32(rest[length:]) {
		return fmt.Errorf("%w: %s: wrong checksum of its description", ErrDamaged, l.path)
	}
	var err error
	if l.Model, err = embed.DecodeOutside(rest[:length]); err != nil {
		return fmt.Errorf("%w: %s: %w", ErrDamaged, l.path, err)
	}
	l.start = int64(len(head) + len(rest))
	size, err := l.file.Seek(0, io.SeekEnd)
	if err != nil {
		return err
	}
	l.records = (size - l.start) / l.recordSize()
	if end := l.start + l.records*l.recordSize(); end != size && mend {
		return l.file.Truncate(end)
	}
	return nil
}

func (l *Log) recordSize() int64 { return keySize + int64(embed.Padded(l.Model.Dims)) + 4 }

// Append adds vectors with their keys, durable when it returns.
func (l *Log) Append(keys []embed.PassageKey, list []embed.Vector) error {
	var b []byte
	for i, v := range list {
		if len(v) != embed.Padded(l.Model.Dims) {
			return fmt.Errorf("a vector of %d bytes for the log of %s", len(v), l.Model)
		}
		from := len(b)
		b = append(b, keys[i][:]...)
		b = append(b, bytesOf(v)...)
		b = binary.LittleEndian.AppendUint32(b, crc32.Checksum(b[from:], crcTable))
	}
	if _, err := l.file.WriteAt(b, l.start+l.records*l.recordSize()); err != nil {
		return err
	}
	if err := l.file.Sync(); err != nil {
		return err
	}
	l.records += int64(len(list))
	return nil
}

// All yields the records that are whole, in their order. Vectors lie in the mapped file, are
// good until Close, and must not be changed.
func (l *Log) All() iter.Seq2[embed.PassageKey, embed.Vector] {
	return func(yield func(embed.PassageKey, embed.Vector) bool) {
		size := int(l.recordSize())
		l.Damaged = 0
		if l.records == 0 {
			return
		}
		mapping, err := mmap.Map(l.file, mmap.RDONLY, 0)
		if err != nil {
			l.Damaged = int(l.records)
			return
		}
		l.mappings = append(l.mappings, mapping)
		for i := range int(l.records) {
			record := mapping[int(l.start)+i*size:][:size]
			body := record[:size-4]
			if crc32.Checksum(body, crcTable) != binary.LittleEndian.Uint32(record[size-4:]) {
				l.Damaged++
				continue
			}
			if !yield(embed.PassageKey(body[:keySize]), codesOf(body[keySize:])) {
				return
			}
		}
	}
}

// Verify reads all of the log. The error wraps ErrDamaged.
func (l *Log) Verify() error {
	for range l.All() {
	}
	if l.Damaged > 0 {
		return fmt.Errorf("%w: %s: %d of %d vectors have a wrong checksum", ErrDamaged, l.path, l.Damaged, l.records)
	}
	return nil
}

// Len returns the number of records.
func (l *Log) Len() int { return int(l.records) }

// Close closes the file.
func (l *Log) Close() error {
	var errs []error
	for _, m := range l.mappings {
		errs = append(errs, m.Unmap())
	}
	l.mappings = nil
	return errors.Join(errors.Join(errs...), l.file.Close())
}

// Remove closes the log and removes it.
func (l *Log) Remove() error {
	return errors.Join(l.Close(), os.Remove(l.path), fsutil.SyncDir(filepath.Dir(l.path)))
}
