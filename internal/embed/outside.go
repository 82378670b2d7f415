package embed

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"strings"
	"unicode/utf8"
)

// Outside is a model that somebody else runs: what turns a text to a vector is asked for at
// an endpoint, and only its description is kept. It is immutable.
type Outside struct {
	// URL is that of the endpoint, without credentials, and Name that of the model there.
	URL  string `json:"url"`
	Name string `json:"name"`
	// Dims are the dimensions of its vectors, and Asked those that are asked for; 0 for
	// as many as the model gives.
	Dims  int `json:"dims"`
	Asked int `json:"asked,omitempty"`
	// Prefix is put before the text of an article, of which at most Chars characters are
	// sent.
	Prefix string `json:"prefix,omitempty"`
	Chars  int    `json:"chars"`
	// Since is when an index began to have vectors by it, in microseconds since 1970, UTC.
	// It is no part of the model.
	Since int64 `json:"since,omitempty"`
}

// MinDims is the least number of dimensions that vectors of a model from outside have.
const MinDims = 16

// maxOutside bounds the encoded form, in bytes.
const maxOutside = 64 << 10

// outsideMagic begins the encoded form: it is followed by one object of JSON, and the
// CRC-32C of all before it in four bytes, little-endian.
const outsideMagic = "newsqout1\n"

// ID is a digest of the description. Vectors of models with other IDs must not be compared.
func (o *Outside) ID() string {
	described := *o
	described.Since = 0
	sum := sha256.Sum256(described.encodeJSON())
	return hex.EncodeToString(sum[:16])
}

// Same reports whether vectors by o and by other are of one model. Dimensions that aren't
// known yet, 0, are taken for the other's.
func (o *Outside) Same(other *Outside) bool {
	a, b := *o, *other
	a.Since, b.Since = 0, 0
	if a.Dims == 0 || b.Dims == 0 {
		a.Dims, b.Dims = 0, 0
	}
	return a == b
}

// String names the model and the endpoint.
func (o *Outside) String() string { return fmt.Sprintf("%s at %s", o.Name, o.URL) }

func (o *Outside) encodeJSON() []byte {
	b, _ := json.Marshal(o) // it has strings and numbers alone
	return b
}

// Encode returns the form that DecodeOutside reads.
func (o *Outside) Encode() []byte {
	b := append([]byte(outsideMagic), o.encodeJSON()...)
	return binary.LittleEndian.AppendUint32(b, crc32.Checksum(b, castagnoli))
}

// IsOutside reports whether b begins as Encode does, and not as a Model.
func IsOutside(b []byte) bool { return bytes.HasPrefix(b, []byte(outsideMagic)) }

// DecodeOutside returns what Encode wrote. The error wraps ErrDamaged.
func DecodeOutside(b []byte) (*Outside, error) {
	if len(b) < len(outsideMagic)+4 || len(b) > maxOutside || !IsOutside(b) {
		return nil, fmt.Errorf("%w: %d bytes are no description of a model", ErrDamaged, len(b))
	}
	body := b[:len(b)-4]
	if crc32.Checksum(body, castagnoli) != binary.LittleEndian.Uint32(b[len(body):]) {
		return nil, fmt.Errorf("%w: its checksum is wrong", ErrDamaged)
	}
	o := &Outside{}
	if err := json.Unmarshal(body[len(outsideMagic):], o); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	if o.Dims < MinDims || o.Dims > MaxDims || o.Chars <= 0 {
		return nil, fmt.Errorf("%w: vectors of %d dimensions", ErrDamaged, o.Dims)
	}
	return o, nil
}

// Passage returns the text of an article as it is sent: title and body with the prefix
// before them, cut at a word; empty if there is neither.
func (o *Outside) Passage(title, body string) string {
	text := strings.TrimSpace(title)
	if body = strings.TrimSpace(body); text != "" && body != "" {
		text += "\n\n"
	}
	if text += body; text == "" {
		return ""
	}
	return o.Prefix + Clip(text, o.Chars)
}

// Clip returns the beginning of a text, of at most so many characters, without a part of a
// word where that has a space before it.
func Clip(text string, chars int) string {
	if len(text) <= chars || utf8.RuneCountInString(text) <= chars {
		return text
	}
	end := 0
	for range chars {
		_, size := utf8.DecodeRuneInString(text[end:])
		end += size
	}
	if space := strings.LastIndexAny(text[:end], " \n\t"); space > end/2 && !strings.ContainsRune(" \n\t", rune(text[end])) {
		end = space
	}
	return strings.TrimSpace(text[:end])
}

// PassageKey tells texts apart that were sent.
type PassageKey [16]byte

// NewPassageKey returns the key of a text: the start of its SHA-256. That of no text is
// zero.
func NewPassageKey(text string) (k PassageKey) {
	if text == "" {
		return k
	}
	sum := sha256.Sum256([]byte(text))
	copy(k[:], sum[:])
	return k
}

// ErrNoDirection: numbers that make no vector, as they are all zero, or not all finite.
var ErrNoDirection = errors.New("the numbers have no direction")

// NewVector returns numbers as a Vector. The error is ErrNoDirection.
func NewVector(x []float32) (Vector, error) {
	v := quantize(x)
	if v.IsZero() {
		return nil, ErrNoDirection
	}
	return v, nil
}
