package mail

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"hash/maphash"
	"io"
	"strconv"
	"strings"

	"github.com/newsq/newsq/corpus/internal/mime"
	"github.com/newsq/newsq/corpus/internal/reader"
)

// A mailbox, mbox, is messages one after the other. Each begins with a line "From ",
// an address and a date, which follows a blank line. Lines of a text that begin so
// are quoted with ">", each by a ">" more in mboxrd; in mboxcl and mboxcl2 the
// header says in Content-Length how long the text is, and in the latter none is
// quoted. Which of them a file is nothing says, so a line is a beginning only with
// a date, and not where a length that fits says otherwise.

// Some programs write no date, or no blank line before: there what follows must be
// a header.

// RecognizeMailbox reports whether a file is a mailbox.
func RecognizeMailbox(h *reader.Head) bool {
	b := bytes.TrimLeft(bytes.TrimPrefix(h.Bytes, []byte(byteOrderMark)), "\r\n")
	line, rest, ok := bytes.Cut(b[:min(len(b), maxFromLine*4)], []byte("\n"))
	if !ok {
		return false
	}
	if !isFromLine(line) {
		return isBareFromLine(line) && isHeader(rest)
	}
	rest = bytes.TrimLeft(rest, "\r")
	return len(rest) == 0 || rest[0] == '\n' || startsAsHeader(rest) || bytes.HasPrefix(rest, []byte(">From "))
}

// ReadMailbox reads the messages of a mailbox.
func ReadMailbox(in *reader.Input, out reader.Output) error {
	if b, _ := in.Stream.Peek(len(byteOrderMark)); string(b) == byteOrderMark {
		_, _ = in.Stream.Discard(len(b)) // which were just seen
	}
	s := &splitter{ctx: in.Context, r: in.Stream, seed: maphash.MakeSeed(), seen: map[uint64]bool{}}
	out.Batches(s)
	if s.err == nil && s.found == 0 {
		return errNoMessage
	}
	return s.err
}

// errNoMessage tells of a mailbox without messages.
var errNoMessage = errors.New("it holds no message")

// Bounds of a mailbox: how much of a message is kept, in bytes, where larger ones
// have attachments at their end; how large a batch is; and how many ids are known,
// after which a message may come twice.
const (
	maxMessage = 16 << 20
	batchBytes = 512 << 10
	maxIDs     = 4 << 20
)

// splitter cuts a mailbox into messages.
type splitter struct {
	ctx    context.Context
	r      *bufio.Reader
	number int
	found  int
	open   bool // the line that begins a message was read
	// The mailbox is one of patches, which Git writes with one date for all.
	patches bool
	seed    maphash.Seed
	seen    map[uint64]bool // of Message-IDs
	err     error
}

// Fill implements [reader.Splitter].
func (s *splitter) Fill(b *reader.Batch) (more bool) {
	for len(b.Text) < batchBytes {
		if s.err = s.ctx.Err(); s.err != nil {
			return false
		}
		start := len(b.Text)
		text, more, err := s.message(b.Text)
		b.Text = text
		if err != nil {
			s.err = err
		}
		if len(bytes.TrimSpace(b.Text[start:])) > 0 {
			s.number++
			if s.isNew(b.Text[start:]) {
				s.found++
				b.Pieces = append(b.Pieces, reader.Piece{Number: s.number, Start: start, End: len(b.Text)})
			} else {
				b.Text = b.Text[:start]
			}
		}
		if !more {
			return false
		}
	}
	return true
}

// message appends the next message to b, without the line that begins it. A
// message of more than maxMessage is kept to one byte more than that.
func (s *splitter) message(b []byte) (_ []byte, more bool, err error) {
	start := len(b)
	var header bool // is passed
	body, length := 0, -1
	blank := true // the line before was empty
	lineStart := true
	for {
		line, err := s.r.ReadSlice('\n')
		long := errors.Is(err, bufio.ErrBufferFull)
		if lineStart && bytes.HasPrefix(line, []byte("From")) {
			line = bytes.Clone(line) // looking ahead moves what the reader holds
		}
		if lineStart && s.begins(line, blank) && !s.isInside(b[start:], body, length, len(line)) {
			if s.open {
				return b, true, nil
			}
			s.open = true // the first one of the file
			continue
		}
		if room := start + maxMessage + 1 - len(b); room > 0 {
			b = append(b, line[:min(len(line), room)]...)
		}
		if err != nil && !long {
			if errors.Is(err, io.EOF) {
				err = nil
			}
			return b, false, err
		}
		empty := lineStart && len(bytes.TrimRight(line, "\r\n")) == 0
		if empty && !header {
			header, body = true, len(b)-start
			length = contentLength(b[start:])
		}
		blank, lineStart = empty, !long
	}
}

// begins reports whether a line, which was just read, begins a message. Blank
// says that the line before it is.
func (s *splitter) begins(line []byte, blank bool) bool {
	if !bytes.HasPrefix(line, []byte("From")) {
		return false
	}
	dated := isFromLine(line)
	if isPatch := dated && bytes.Contains(line, []byte(gitDate)); isPatch && !s.open {
		s.patches = true
	} else if isPatch && !s.patches {
		return false // a patch that a mail quotes
	}
	if dated && blank {
		return true
	}
	if !dated && !isBareFromLine(line) {
		return false
	}
	ahead, _ := s.r.Peek(maxFromLine)
	return isHeader(ahead)
}

// contentLength returns the length that the header of a message states; -1
// without.
func contentLength(b []byte) int {
	if !bytes.Contains(bytes.ToLower(b), []byte("\ncontent-length:")) {
		return -1
	}
	h, _ := mime.ParseHeader(b)
	n, err := strconv.Atoi(strings.TrimSpace(h.Raw("content-length")))
	if err != nil || n < 0 {
		return -1
	}
	return n
}

// peekBytes is how far ahead the end of a message is looked for.
const peekBytes = 64 << 10

// isInside reports whether a line that looks like the beginning of a message, and
// was just read, lies within the message b: its stated length goes on, and where
// it ends another message begins, or the file ends.
func (s *splitter) isInside(b []byte, body, length, line int) bool {
	left := length - (len(b) - body) - line
	if length < 0 || body == 0 || left <= 0 || left > peekBytes {
		return false
	}
	ahead, err := s.r.Peek(left + maxFromLine)
	if len(ahead) < left {
		return false
	}
	rest := bytes.TrimLeft(ahead[left:], "\r\n")
	if len(rest) == 0 {
		return errors.Is(err, io.EOF)
	}
	next, _, _ := bytes.Cut(rest, []byte("\n"))
	return isFromLine(next)
}

// isNew reports whether no message with the same id came before.
func (s *splitter) isNew(b []byte) bool {
	h, _ := mime.ParseHeader(b)
	id := messageID(&h)
	if id == "" {
		return true
	}
	key := maphash.String(s.seed, id)
	if s.seen[key] {
		return false
	}
	if len(s.seen) < maxIDs {
		s.seen[key] = true
	}
	return true
}

// NewParser implements [reader.Splitter].
func (s *splitter) NewParser() reader.Parser { return parser{} }

type parser struct{}

// deleted is the flag of Thunderbird for a message that was deleted and lies in
// the file until it is compacted.
const deleted = 0x0008

// Parse implements [reader.Parser].
func (parser) Parse(b []byte, number int, out reader.Sink) error {
	m := message{part: mime.Parse(unquote(b)), out: out, number: number, cut: len(b) > maxMessage}
	if flags, err := strconv.ParseUint(m.part.Header.Raw("x-mozilla-status"), 16, 16); err == nil && flags&deleted != 0 {
		return nil
	}
	if m.part.Header.Has("x-imap") && strings.HasPrefix(m.part.Header.Get("subject"), "DON'T DELETE THIS MESSAGE") {
		return nil
	}
	return m.read()
}

// unquote takes one ">" off the lines of a text that would have begun a message.
func unquote(b []byte) []byte {
	if !bytes.Contains(b, []byte(">From ")) {
		return b
	}
	out := make([]byte, 0, len(b))
	for line := range bytes.Lines(b) {
		if rest := bytes.TrimLeft(line, ">"); len(rest) < len(line) && bytes.HasPrefix(rest, []byte("From ")) {
			line = line[1:]
		}
		out = append(out, line...)
	}
	return out
}
