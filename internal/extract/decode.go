package extract

import (
	"bytes"
	"errors"

	"github.com/gogs/chardet"
	"golang.org/x/net/html/charset"
)

// ErrBinary tells that bytes are not text in any character set.
var ErrBinary = errors.New("not text")

// Decode turns bytes into clean text.
func Decode(b []byte, contentType string) (s string, cs string, err error) {
	if IsBinary(b) {
		return "", "", ErrBinary
	}
	e, name, certain := charset.DetermineEncoding(b, contentType)
	if !certain {
		if r, err := chardet.NewTextDetector().DetectBest(b); err == nil {
			if e2, n2 := charset.Lookup(r.Charset); e2 != nil {
				e, name = e2, n2
			}
		}
	}
	out, err := e.NewDecoder().Bytes(b)
	if err != nil {
		return "", name, err
	}
	return Clean(string(out)), name, nil
}

// IsBinary reports whether b is something else than text.
func IsBinary(b []byte) bool {
	return bytes.IndexByte(b[:min(len(b), 8192)], 0) >= 0
}
