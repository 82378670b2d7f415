package zip

import (
	"bufio"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/newsq/newsq/corpus/internal/archive/folder"
	"github.com/newsq/newsq/corpus/internal/reader"
)

// The header before each member: its mark, and its size but for the name and the
// extra fields (APPNOTE 4.3.7).
const (
	localMark   = "PK\x03\x04"
	localHeader = 30
)

// hasDescriptor is the flag of a member whose sizes follow its content.
const hasDescriptor = 1 << 3

// errCut tells of an archive whose end is missing.
var errCut = fmt.Errorf("the archive is cut short: %w", io.ErrUnexpectedEOF)

// local is a member as its own header tells.
type local struct {
	name   string
	flags  uint16
	method uint16
	size   int64 // compressed
}

// salvage reads the members of an archive without a directory, from its
// beginning on, as far as it goes.
func salvage(in *reader.Input, at io.ReaderAt, size int64, out reader.Output) error {
	r := bufio.NewReaderSize(io.NewSectionReader(at, 0, size), reader.BufferSize)
	read := 0
	for range folder.MaxMembers {
		m, err := nextLocal(r)
		if err != nil {
			break
		}
		name, err := folder.Name(m.name)
		content, opened := m.open(r)
		switch {
		case err != nil:
		case strings.HasSuffix(m.name, "/") || folder.IsHidden(name):
		case opened != nil:
			err = opened
		default:
			read++
			content = in.Budget.Unpacked(content, m.room())
			if !out.Enter(&reader.Member{Name: name, Content: content}) {
				return nil
			}
		}
		if err != nil && !out.Fail(fault(name, err)) {
			return nil
		}
		if opened != nil && m.flags&hasDescriptor != 0 {
			break // where it ends is not known
		}
		if _, err := io.Copy(io.Discard, content); err != nil {
			break // Enter has told if that matters
		}
		if m.flags&hasDescriptor != 0 && !skipDescriptor(r) {
			break
		}
	}
	err := errCut
	if read == 0 {
		err = fmt.Errorf("%w: %w", folder.ErrNothing, errCut)
	}
	return &reader.Fault{Err: err, Hint: fmt.Sprintf("%d files were read before the end; fetch or write it again", read)}
}

// nextLocal reads the header of the next member.
func nextLocal(r *bufio.Reader) (local, error) {
	var h [localHeader]byte
	if _, err := io.ReadFull(r, h[:]); err != nil {
		return local{}, err
	}
	if string(h[:4]) != localMark {
		return local{}, errors.New("no member")
	}
	m := local{
		flags: binary.LittleEndian.Uint16(h[6:]), method: binary.LittleEndian.Uint16(h[8:]),
		size: int64(binary.LittleEndian.Uint32(h[18:])),
	}
	rest := make([]byte, int(binary.LittleEndian.Uint16(h[26:]))+int(binary.LittleEndian.Uint16(h[28:])))
	if _, err := io.ReadFull(r, rest); err != nil {
		return local{}, err
	}
	n := int(binary.LittleEndian.Uint16(h[26:]))
	m.name = string(rest[:n])
	if m.size == 1<<32-1 {
		m.size = size64(rest[n:])
	}
	return m, nil
}

// size64 returns the compressed size that stands among the extra fields
// (APPNOTE 4.5.3).
func size64(extra []byte) int64 {
	for len(extra) >= 4 {
		id, n := binary.LittleEndian.Uint16(extra), int(binary.LittleEndian.Uint16(extra[2:]))
		if extra = extra[4:]; n > len(extra) {
			break
		}
		if id == 1 && n >= 16 {
			return int64(binary.LittleEndian.Uint64(extra[8:]) & (1<<62 - 1))
		}
		extra = extra[n:]
	}
	return 0
}

// room is how many bytes the member takes in the archive, at most; where that
// follows later, as much as is plain.
func (m *local) room() int64 {
	if m.flags&hasDescriptor != 0 {
		return 1 << 20
	}
	return m.size
}

// open returns the content of a member, which must be read to its end. With an
// error, it is what lies in the archive.
func (m *local) open(r *bufio.Reader) (io.Reader, error) {
	var packed io.Reader = io.LimitReader(r, m.size)
	if m.flags&hasDescriptor != 0 {
		packed = r
	}
	switch {
	case m.flags&encrypted != 0:
		return packed, folder.ErrEncrypted
	case m.method == 8:
		z := flate.NewReader(packed)
		if m.flags&hasDescriptor != 0 {
			return z, nil
		}
		return io.MultiReader(z, rest{packed}), nil
	case m.method == 0 && m.flags&hasDescriptor == 0:
		return packed, nil
	}
	return packed, fmt.Errorf("compressed by method %d: not read from an archive that is cut short", m.method)
}

// rest passes over what is left of a member after its content.
type rest struct{ r io.Reader }

func (s rest) Read([]byte) (int, error) {
	if _, err := io.Copy(io.Discard, s.r); err != nil {
		return 0, err
	}
	return 0, io.EOF
}

// skipDescriptor passes over what follows a content of unknown size: at most 24
// bytes.
func skipDescriptor(r *bufio.Reader) bool {
	head, _ := r.Peek(24 + len(localMark)) // less at the end
	at := bytes.Index(head, []byte(localMark))
	if at < 0 {
		return false
	}
	_, err := r.Discard(at)
	return err == nil
}
