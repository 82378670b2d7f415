package download

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"io"
	"iter"

	"github.com/newsq/newsq/corpus/internal/ooxml"
	"github.com/newsq/newsq/corpus/internal/paragraph"
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/rtftext"
)

// RTF yields the paragraphs of a file in RTF, see [Document].
func RTF(in *reader.Input, each Each) error {
	b, err := in.Bytes()
	if err != nil {
		return err
	}
	d := rtftext.New(b)
	Document(d.Paragraphs(), each)
	if d.Cut {
		return io.ErrUnexpectedEOF
	}
	return nil
}

// Word yields the paragraphs of a document of Word, see [Document].
func Word(in *reader.Input, each Each) error {
	d, err := ooxml.Open(in)
	if err != nil {
		return err
	}
	Document(without(d.Paragraphs(), &err), each)
	return err
}

// without yields paragraphs to the first error, which it keeps.
func without(all iter.Seq2[paragraph.Paragraph, error], err *error) iter.Seq[paragraph.Paragraph] {
	return func(yield func(paragraph.Paragraph) bool) {
		for p, e := range all {
			if e != nil {
				*err = e
				return
			}
			if !yield(p) {
				return
			}
		}
	}
}

// Bounds of what is looked at to tell a document of Word: the files of an archive,
// and how much of its text, in bytes: a list of 200 titles in front has a megabyte.
const (
	maxHeadFiles = 64
	maxHeadText  = 1 << 20
)

// A header of a file in a zip archive: its size, and where in it numbers stand.
const (
	headerSize   = 30
	methodAt     = 8
	packedAt     = 18
	nameLengthAt = 26
	extraAt      = 28
	deflated     = 8
)

// HeadOfWord returns the beginning of the XML that is the text of a document of
// Word, as far as the beginning of the archive shows it; nil when it does not.
func HeadOfWord(h *reader.Head) []byte {
	b := h.Bytes
	if h.Kind != reader.Zip || !bytes.Contains(b, []byte("word/document.xml")) {
		return nil
	}
	for range maxHeadFiles {
		if len(b) < headerSize || !bytes.HasPrefix(b, []byte("PK\x03\x04")) {
			return nil
		}
		start := headerSize + int(binary.LittleEndian.Uint16(b[nameLengthAt:])) + int(binary.LittleEndian.Uint16(b[extraAt:]))
		if len(b) < start {
			return nil
		}
		method, packed := binary.LittleEndian.Uint16(b[methodAt:]), int64(binary.LittleEndian.Uint32(b[packedAt:]))
		isText := bytes.HasPrefix(b[headerSize:], []byte("word/document.xml"))
		b = b[start:]
		if isText {
			if method == deflated {
				return inflated(b)
			}
			return b
		}
		if packed > 0 && packed <= int64(len(b)) {
			b = b[packed:]
		}
		// The size may stand behind the file.
		next := bytes.Index(b, []byte("PK\x03\x04"))
		if next < 0 {
			return nil
		}
		b = b[next:]
	}
	return nil
}

// inflated returns what the beginning of a deflated file holds.
func inflated(b []byte) []byte {
	r := flate.NewReader(bytes.NewReader(b))
	text, _ := io.ReadAll(io.LimitReader(r, maxHeadText)) // it is cut short
	return text
}
