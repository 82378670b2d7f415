// Package tar reads tar archives as folders: each file in one is read by the
// reader that its content asks for, as it comes by. Links and devices, and
// members whose name leads out of the archive, are told and left out. Where
// several members have one name all are read, as an archive on a tape has old
// and new versions; those after the first are known by their number.
package tar

import (
	"archive/tar"
	"bytes"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"strconv"

	"github.com/newsq/newsq/corpus/internal/archive/folder"
	"github.com/newsq/newsq/corpus/internal/reader"
)

// Version is raised whenever the same file would be read differently.
const Version = 1

// block is the size of a header, in bytes, and mark where it says what it is.
const (
	block = 512
	mark  = 257
)

// Recognize reports whether a file is a tar archive: by its mark, or for those
// from before there was one, by the checksum of its first header.
func Recognize(h *reader.Head) bool {
	b := h.Bytes
	if len(b) < block {
		return false
	}
	if bytes.HasPrefix(b[mark:], []byte("ustar")) {
		return true
	}
	return isOldHeader(b[:block])
}

// Where the checksum stands in a header.
const (
	sumStart = 148
	sumEnd   = 156
)

// isOldHeader reports whether a header has a right checksum, in which its own
// bytes count as blanks.
func isOldHeader(b []byte) bool {
	if b[0] == 0 || b[block-1] != 0 { // the name is never empty, and the end always is
		return false
	}
	stated, err := strconv.ParseInt(string(bytes.Trim(b[sumStart:sumEnd], " \x00")), 8, 32)
	if err != nil {
		return false
	}
	sum := int64(' ' * (sumEnd - sumStart))
	for i, c := range b {
		if i < sumStart || i >= sumEnd {
			sum += int64(c)
		}
	}
	return sum == stated
}

// Read reads the members of an archive, in their order.
func Read(in *reader.Input, out reader.Output) error {
	t := tar.NewReader(in.Stream)
	seed, seen := maphash.MakeSeed(), map[uint64]bool{}
	read, last := 0, ""
	for n := 1; ; n++ {
		if err := in.Context.Err(); err != nil {
			return err
		}
		if n > folder.MaxMembers {
			return &reader.Fault{Err: fmt.Errorf("%w: more than %d files", reader.ErrTooLarge, folder.MaxMembers), Hint: "unpack it first"}
		}
		h, err := t.Next()
		if err == io.EOF {
			break
		}
		if err != nil && !errors.Is(err, tar.ErrInsecurePath) {
			return broken(err, read, last)
		}
		name, err := folder.Name(h.Name)
		if h.Typeflag == tar.TypeDir || h.Typeflag == tar.TypeXGlobalHeader || err == nil && folder.IsHidden(name) {
			continue
		}
		read, last = read+1, name
		if err == nil && !isFile(h.Typeflag) {
			err = folder.ErrSpecial
		}
		if err != nil {
			if !out.Fail(&reader.Fault{Err: fmt.Errorf("%s: %w", name, err)}) {
				return nil
			}
			continue
		}
		m := &reader.Member{Name: name, Content: t, Size: h.Size}
		hash := maphash.String(seed, name)
		if seen[hash] {
			m.Place = name + "#" + strconv.Itoa(n)
		}
		seen[hash] = true
		if !out.Enter(m) {
			return nil
		}
	}
	if read == 0 {
		return folder.ErrNothing
	}
	return nil
}

func isFile(flag byte) bool {
	switch flag {
	case tar.TypeReg, '\x00', tar.TypeCont, tar.TypeGNUSparse:
		return true
	}
	return false
}

// broken tells of an archive that cannot be read further.
func broken(err error, read int, last string) error {
	hint := "fetch or write it again"
	if read > 0 {
		hint = fmt.Sprintf("%d files were read, the last of them %s; %s", read, last, hint)
	}
	if errors.Is(err, io.ErrUnexpectedEOF) {
		err = fmt.Errorf("the archive is cut short: %w", err)
	}
	return &reader.Fault{Err: err, Hint: hint}
}
