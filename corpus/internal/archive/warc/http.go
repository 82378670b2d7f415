package warc

import (
	"bytes"
	"compress/flate"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"github.com/newsq/newsq/corpus/internal/mime"
)

// answer is what a server said, and sent.
type answer struct {
	status    int
	mediaType string
	charset   string
	encodings []string // of the content, in the order that they were applied
	chunked   bool
	body      []byte // as it was sent
}

// parseAnswer parts the block of a response.
func parseAnswer(b []byte) answer {
	var a answer
	line, rest, _ := bytes.Cut(b, []byte("\n"))
	words := strings.Fields(string(line[:min(len(line), maxLine)]))
	if len(words) > 1 {
		a.status, _ = strconv.Atoi(words[1]) // 0 is none that is read
	}
	h, body := mime.ParseHeader(rest)
	a.body = body
	a.mediaType, a.charset = mime.MediaType(h.Raw("content-type"))
	for e := range strings.SplitSeq(strings.ToLower(h.Raw("content-encoding")), ",") {
		if e = strings.TrimSpace(e); e != "" && e != "identity" && len(a.encodings) < maxEncodings {
			a.encodings = append(a.encodings, e)
		}
	}
	a.chunked = strings.Contains(strings.ToLower(h.Raw("transfer-encoding")), "chunked")
	return a
}

// Bounds of HTTP: of its first line in bytes, and of encodings, one in another.
const (
	maxLine      = 1 << 10
	maxEncodings = 3
)

// content returns what the server sent, without its encodings. Limit bounds it,
// in bytes.
func (a *answer) content(limit int64, cut bool) ([]byte, error) {
	b := a.body
	if a.chunked {
		b = joinChunks(b, cut)
	}
	for i := len(a.encodings) - 1; i >= 0; i-- {
		var err error
		if b, err = decode(b, a.encodings[i], limit); err != nil {
			return nil, err
		}
	}
	return b, nil
}

// joinChunks undoes chunked transfer. Many archives hold the body without its
// chunks, though the header is still there: so only what parses to the closing
// chunk is taken for chunks, or to the end where the record was cut.
func joinChunks(b []byte, cut bool) []byte {
	out := make([]byte, 0, len(b))
	for rest, n := b, 0; ; n++ {
		line, after, ok := bytes.Cut(rest, []byte("\n"))
		if !ok {
			if cut && n > 0 {
				return out
			}
			return b
		}
		size, _, _ := strings.Cut(strings.TrimSpace(string(line[:min(len(line), maxLine)])), ";")
		k, err := strconv.ParseInt(strings.TrimSpace(size), 16, 32)
		switch {
		case err != nil || k < 0:
			return b
		case k == 0:
			return out
		case int(k) > len(after):
			if cut {
				return append(out, after...)
			}
			return b
		}
		out = append(out, after[:k]...)
		rest = after[k:]
		switch {
		case bytes.HasPrefix(rest, []byte("\r\n")):
			rest = rest[2:]
		case bytes.HasPrefix(rest, []byte("\n")):
			rest = rest[1:]
		case len(rest) == 0 && cut:
			return out
		default:
			return b
		}
	}
}

// errEncoding tells of a content encoding that is not read.
var errEncoding = errors.New("encoded in a way that is not read")

// decode undoes one encoding. A body that is not in it was stored without. Of one
// that is damaged, what is before the damage counts.
func decode(b []byte, encoding string, limit int64) ([]byte, error) {
	var r io.Reader
	var err error
	switch encoding {
	case "gzip", "x-gzip":
		if !bytes.HasPrefix(b, []byte{0x1f, 0x8b}) {
			return b, nil
		}
		r, err = gzip.NewReader(bytes.NewReader(b)) // of several members all
	case "deflate":
		if r, err = zlib.NewReader(bytes.NewReader(b)); err != nil {
			r, err = flate.NewReader(bytes.NewReader(b)), nil
		}
	case "zstd":
		if !bytes.HasPrefix(b, []byte{0x28, 0xb5, 0x2f, 0xfd}) {
			return b, nil
		}
		var d *zstd.Decoder
		if d, err = zstd.NewReader(bytes.NewReader(b), zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(8<<20)); err == nil {
			defer d.Close()
			r = d
		}
	case "br":
		if looksPlain(b) {
			return b, nil
		}
		return nil, fmt.Errorf("%w: Brotli", errEncoding)
	default:
		return b, nil
	}
	if err != nil {
		return nil, err
	}
	out, err := io.ReadAll(io.LimitReader(r, limit))
	if len(out) > 0 {
		return out, nil
	}
	if encoding == "deflate" && err != nil {
		return b, nil
	}
	return nil, err
}

// looksPlain reports whether a body that is said to be encoded begins as a page
// does.
func looksPlain(b []byte) bool {
	b = bytes.TrimLeft(bytes.TrimPrefix(b, []byte("\xef\xbb\xbf")), " \t\r\n")
	return len(b) > 1 && b[0] == '<' && (b[1] == '!' || b[1] == '?' || b[1]|0x20 >= 'a' && b[1]|0x20 <= 'z')
}
