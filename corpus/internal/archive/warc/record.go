package warc

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/newsq/newsq/corpus/internal/mime"
	"github.com/newsq/newsq/internal/extract"
)

// entry is a record of a web archive, without its content.
type entry struct {
	number    int // from 1
	kind      string
	url       string
	date      string // digits: year, month, day, hour, minute, second
	mediaType string // of the block, as stated
	truncated bool
}

// maxHeader bounds the header of a record, in bytes.
const maxHeader = 256 << 10

// scanner goes from record to record of a WARC or ARC file.
type scanner struct {
	r       *bufio.Reader
	block   io.LimitedReader // of the record at hand
	number  int
	columns int    // of the line that begins each record of an ARC file; 0 for WARC
	skipped error  // what was passed over since the last record
	refound int    // records that were found within the length of others
	line    []byte // scratch
}

func newScanner(r *bufio.Reader) *scanner {
	return &scanner{r: r, block: io.LimitedReader{R: r}}
}

// errLength tells of a record whose length cannot be right.
var errLength = errors.New("a record states a length that is not its own")

// next goes to the next record. The error is io.EOF after the last. What was
// passed over before the record is in skipped.
func (s *scanner) next() (entry, error) {
	s.skipped = nil
	if err := s.pass(); err != nil {
		return entry{}, err
	}
	for {
		line, whole, err := s.readLine()
		if err != nil {
			return entry{}, err
		}
		switch text := strings.TrimRight(string(line), "\r\n"); {
		case strings.TrimSpace(text) == "":
		case isVersion(text):
			return s.warcHeader()
		case whole && s.isARCLine(text):
			return s.arcHeader(text)
		default:
			s.skipped = errLength
		}
	}
}

// pass passes over the rest of the block at hand.
func (s *scanner) pass() error {
	for s.block.N > 0 {
		n, err := s.r.Discard(int(min(s.block.N, 1<<30)))
		if s.block.N -= int64(n); err != nil {
			s.block.N = 0
			if errors.Is(err, io.EOF) {
				return errCut
			}
			return err
		}
	}
	return nil
}

// errCut tells of a file that ends within a record.
var errCut = fmt.Errorf("the archive is cut short: %w", io.ErrUnexpectedEOF)

// readLine reads a line. Of one that is too long for any header the rest is
// passed over, and whole is false.
func (s *scanner) readLine() (line []byte, whole bool, err error) {
	line, err = s.r.ReadSlice('\n')
	if !errors.Is(err, bufio.ErrBufferFull) {
		if len(line) > 0 && errors.Is(err, io.EOF) {
			err = nil
		}
		return line, true, err
	}
	s.line = append(s.line[:0], line...)
	for errors.Is(err, bufio.ErrBufferFull) {
		_, err = s.r.ReadSlice('\n')
	}
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return s.line, false, err
}

// isVersion reports whether a line begins a record of a WARC file.
func isVersion(line string) bool {
	version, ok := strings.CutPrefix(line, "WARC/")
	return ok && len(version) >= 3 && len(version) < 8 && (version[0] == '0' || version[0] == '1') && version[1] == '.'
}

// warcHeader reads the header of a record after its first line.
func (s *scanner) warcHeader() (entry, error) {
	b := s.line[:0]
	for {
		line, err := s.r.ReadSlice('\n')
		b = append(b, line...)
		if err != nil || len(bytes.TrimSpace(line)) == 0 || len(b) > maxHeader {
			break // what is missing is told with the content
		}
	}
	s.line = b
	h, _ := mime.ParseHeader(b)
	s.number++
	e := entry{
		number: s.number, kind: strings.ToLower(h.Raw("warc-type")), url: address(h.Raw("warc-target-uri")),
		date: digits(h.Raw("warc-date")), mediaType: h.Raw("content-type"), truncated: h.Raw("warc-truncated") != "",
	}
	s.setLength(h.Raw("content-length"))
	return e, nil
}

// setLength takes the stated length of a block. Without one that can be, the next
// record is looked for.
func (s *scanner) setLength(stated string) {
	n, err := strconv.ParseInt(strings.TrimSpace(stated), 10, 62)
	if err != nil || n < 0 {
		n, s.skipped = 0, errLength
	}
	s.block.N = n
}

// maxAddress is how much of an address is kept, in bytes.
const maxAddress = 4 << 10

// address returns an address without the angle brackets that wget puts around
// it, as clean text.
func address(s string) string {
	s = strings.TrimSpace(s)
	if strings.HasPrefix(s, "<") && strings.HasSuffix(s, ">") {
		s = s[1 : len(s)-1]
	}
	s = extract.Clean(strings.ToValidUTF8(s[:min(len(s), maxAddress)], ""))
	return strings.Join(strings.Fields(s), "%20")
}

// digits returns the digits of a date down to the second.
func digits(s string) string {
	s = strings.Map(func(r rune) rune {
		if '0' <= r && r <= '9' {
			return r
		}
		return -1
	}, s[:min(len(s), 64)])
	return s[:min(len(s), len("20060102150405"))]
}

// Columns of the line that begins a record of an ARC file: address, IP address,
// date, type and length, and in version 2 between the last two a status, a
// checksum, a place, an offset and a file name. A blank in the address makes
// more words of it.
const (
	columns1 = 5
	columns2 = 10
)

// isARCLine reports whether a line begins a record of an ARC file.
func (s *scanner) isARCLine(line string) bool {
	if s.number == 0 && strings.HasPrefix(line, "filedesc:") {
		return true
	}
	words := strings.Fields(line)
	if s.columns == 0 || len(words) < s.columns || !strings.Contains(words[0], ":") {
		return false
	}
	date := words[len(words)-s.columns+2]
	return len(date) >= 8 && digits(date) == date[:min(len(date), 14)]
}

// arcHeader reads the line that begins a record of an ARC file. That of the
// first tells, with what follows it, how many columns there are.
func (s *scanner) arcHeader(line string) (entry, error) {
	words := strings.Fields(line)
	s.number++
	if s.number == 1 {
		s.columns = columns1
		head, _ := s.r.Peek(maxVersion)
		if version, _, _ := bytes.Cut(head, []byte("\n")); bytes.HasPrefix(version, []byte("2 ")) {
			s.columns = columns2
		}
		s.setLength(words[len(words)-1])
		if s.skipped != nil { // the lines that say what the columns are
			s.skipped = nil
		}
		return entry{number: 1, kind: "warcinfo"}, nil
	}
	n := len(words) - s.columns
	e := entry{
		number: s.number, kind: "response", url: address(strings.Join(words[:n+1], " ")),
		date: digits(words[n+2]), mediaType: "application/http",
	}
	if !strings.HasPrefix(e.url, "http") {
		e.kind = "resource"
		e.mediaType = words[n+3]
	}
	s.setLength(words[len(words)-1])
	return e, nil
}

// maxVersion is how far the version of an ARC file is looked for, in bytes.
const maxVersion = 80

// maxRefound bounds the records of a file that are found within others.
const maxRefound = 16

// within returns where in the content of a record another one begins, because the
// length of the first is too large; -1 when none does. An archive within an
// archive is another thing: there a record follows where the length says. Wrong
// says that the length is known to be wrong.
func (s *scanner) within(block []byte, wrong bool) int {
	for from := 0; s.columns == 0; {
		at := bytes.Index(block[from:], []byte("\nWARC/"))
		if at < 0 {
			break
		}
		at += from + 1
		line, rest, _ := bytes.Cut(block[at:], []byte("\n"))
		if isVersion(string(bytes.TrimSpace(line))) && (len(rest) == 0 || bytes.HasPrefix(bytes.ToUpper(rest[:min(len(rest), 8)]), []byte("WARC-")) || bytes.HasPrefix(rest, []byte("Content-"))) {
			if !wrong && s.follows() {
				break
			}
			return at
		}
		from = at
	}
	return -1
}

// clip shortens the block at hand to a limit, and returns by how much.
func (s *scanner) clip(limit int64) (rest int64) {
	if rest = s.block.N - limit; rest <= 0 {
		return 0
	}
	s.block.N = limit
	return rest
}

// follows reports whether a record begins here, or the file ends.
func (s *scanner) follows() bool {
	b, _ := s.r.Peek(64)
	b = bytes.TrimLeft(b, "\r\n")
	return len(b) == 0 || bytes.HasPrefix(b, []byte("WARC/"))
}

// back puts the start of a record back that was read as the end of another. It
// has the number of that one, as those who look through the file count it.
func (s *scanner) back(b []byte) {
	s.refound++
	s.number--
	s.r = bufio.NewReader(io.MultiReader(bytes.NewReader(bytes.Clone(b)), s.r))
	s.block.R, s.block.N = s.r, 0
}
