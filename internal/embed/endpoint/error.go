package endpoint

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"
	"unicode"
)

// Error is why there are no vectors. It names the endpoint and says what to do.
type Error struct {
	Where  string // the endpoint
	What   string
	Status int // of HTTP; 0 without an answer
	// Refused: the server doesn't take the texts, while others may do. One that is too
	// long is such a one.
	Refused bool
	passing bool          // it may help to try again
	after   time.Duration // when, as the server says; 0 where it doesn't
	err     error
}

// Error says what happened where.
func (e *Error) Error() string { return fmt.Sprintf("embeddings of %s: %s", e.Where, e.What) }

// Unwrap returns the cause, if there is one.
func (e *Error) Unwrap() error { return e.err }

// IsRefused reports whether an error is about the texts and not about the server.
func IsRefused(err error) bool {
	e, ok := errors.AsType[*Error](err)
	return ok && e.Refused
}

// maxQuoted bounds what is quoted of the answer of a server, in bytes.
const maxQuoted = 300

// statusError returns the error of an answer with a status that is no success.
func (c *Client) statusError(res *http.Response, body []byte) *Error {
	e := &Error{Where: c.where, Status: res.StatusCode}
	said := ""
	if s := c.quoted(body); s != "" {
		said = ": " + s
	}
	switch status := res.StatusCode; {
	case status >= 300 && status < 400:
		e.What = "the server sends on to another address, which is not followed: set the URL to the one that answers"
	case status == http.StatusUnauthorized || status == http.StatusForbidden:
		e.What = fmt.Sprintf("the server refused %s (%d): set NEWSQ_EMBEDDINGS_KEY or NEWSQ_EMBEDDINGS_KEY_FILE%s", c.config.Key, status, said)
	case status == http.StatusNotFound:
		e.What = fmt.Sprintf("there is no such address, or no model %q (404): look at the URL and the name of the model%s", c.config.Model, said)
	case status == http.StatusTooManyRequests:
		e.passing, e.after = true, retryAfter(res.Header.Get("Retry-After"), time.Now())
		e.What = fmt.Sprintf("the server wants fewer requests (429): set embeddings-rate, or wait%s", said)
	case status == http.StatusBadRequest || status == http.StatusRequestEntityTooLarge || status == http.StatusUnprocessableEntity:
		e.Refused = true
		e.What = fmt.Sprintf("the server refused the texts (%d): if they are too long, set embeddings-chars%s", status, said)
	case status >= 500:
		e.passing, e.after = true, retryAfter(res.Header.Get("Retry-After"), time.Now())
		e.What = fmt.Sprintf("the server failed (%d)%s", status, said)
	default:
		e.What = fmt.Sprintf("the server answered %d%s", status, said)
	}
	return e
}

// quoted returns the beginning of what a server said, on one line and without the key.
func (c *Client) quoted(body []byte) string {
	s := strings.ToValidUTF8(string(body[:min(len(body), 4*maxQuoted)]), "")
	if c.config.Key != "" {
		s = strings.ReplaceAll(s, string(c.config.Key), "(the key)")
	}
	s = strings.Join(strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsPrint(r) }), " ")
	if len(s) > maxQuoted {
		s = strings.ToValidUTF8(s[:maxQuoted], "") + "..."
	}
	return s
}

// retryAfter reads the header of this name; 0 for none.
func retryAfter(s string, now time.Time) time.Duration {
	if d, err := time.ParseDuration(strings.TrimSpace(s) + "s"); err == nil && d > 0 {
		return d
	}
	if t, err := http.ParseTime(s); err == nil && t.After(now) {
		return t.Sub(now)
	}
	return 0
}
