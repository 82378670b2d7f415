package proquest

import (
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"strings"

	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/internal/extract"
)

// ReadMail reads the articles in a mail.
func ReadMail(in *reader.Input, out reader.Output) error {
	b, err := in.Bytes()
	if err != nil {
		return err
	}
	m, err := mail.ReadMessage(bytes.NewReader(bytes.TrimLeft(b, "\r\n ")))
	if err != nil {
		return err
	}
	page, err := pageOf(m.Header.Get("Content-Type"), m.Header.Get("Content-Transfer-Encoding"), m.Body, 0)
	if err != nil {
		return err
	}
	if page == "" {
		return record.ErrNoText
	}
	return readPage(page, out)
}

// maxParts bounds how deep the parts of a mail are looked at.
const maxParts = 5

// pageOf returns the first page in a part of a mail; empty when there is none.
func pageOf(contentType, encoding string, body io.Reader, depth int) (string, error) {
	kind, params, err := mime.ParseMediaType(contentType)
	if err != nil || depth > maxParts {
		return "", nil // a part that nobody can name is no page
	}
	switch {
	case strings.HasPrefix(kind, "multipart/"):
		parts := multipart.NewReader(body, params["boundary"])
		for {
			p, err := parts.NextRawPart()
			if errors.Is(err, io.EOF) {
				return "", nil
			}
			if err != nil {
				return "", err
			}
			page, err := pageOf(p.Header.Get("Content-Type"), p.Header.Get("Content-Transfer-Encoding"), p, depth+1)
			if err != nil || page != "" {
				return page, err
			}
		}
	case kind == "text/html":
		b, err := io.ReadAll(decoded(encoding, body))
		if err != nil && len(b) == 0 {
			return "", err
		}
		s, _, err := extract.Decode(b, contentType)
		return s, err
	}
	return "", nil
}

// decoded undoes the encoding of a part.
func decoded(encoding string, r io.Reader) io.Reader {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "quoted-printable":
		return quotedprintable.NewReader(r)
	case "base64":
		return base64.NewDecoder(base64.StdEncoding, r)
	}
	return r
}
