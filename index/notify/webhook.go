package notify

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/newsq/newsq/index"
)

// webhook is an address that messages are posted to.
type webhook struct {
	url    *url.URL
	secret string
	client *http.Client
	now    func() time.Time
}

// The bounds of a request.
const (
	requestTimeout = 10 * time.Second
	maxAnswer      = 64 << 10 // bytes that are read of an answer
)

func newWebhook(u *url.URL, secret string) *webhook {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.DisableKeepAlives = true // messages are rare
	return &webhook{url: u, secret: secret, now: time.Now, client: &http.Client{
		Transport: transport, Timeout: requestTimeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// Sign returns the signature of a message that is sent at a time, in seconds since 1970.
func Sign(secret string, timestamp int64, body []byte) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write(strconv.AppendInt(nil, timestamp, 10))
	mac.Write([]byte("."))
	mac.Write(body)
	return "sha256=" + hex.EncodeToString(mac.Sum(nil))
}

// send posts a message.
func (w *webhook) send(ctx context.Context, id string, body []byte) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, w.url.String(), bytes.NewReader(body))
	if err != nil {
		return w.errorf(errors.New("the request cannot be made"))
	}
	at := w.now().Unix()
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("User-Agent", "newsq")
	req.Header.Set("Newsq-Id", id)
	req.Header.Set("Newsq-Timestamp", strconv.FormatInt(at, 10))
	if w.secret != "" {
		req.Header.Set("Newsq-Signature", Sign(w.secret, at, body))
	}
	res, err := w.client.Do(req)
	if err != nil {
		if e, ok := errors.AsType[*url.Error](err); ok {
			if err = e.Err; e.Timeout() { // e.Err alone would name the address
				err = fmt.Errorf("no answer within %v", requestTimeout)
			}
		}
		return w.errorf(err)
	}
	defer res.Body.Close()
	said := &head{most: maxSaid}
	_, _ = io.Copy(said, io.LimitReader(res.Body, maxAnswer)) // the status is what counts
	return w.answered(res, said)
}

// answered returns the error of an answer; nil where it takes the message.
func (w *webhook) answered(res *http.Response, said *head) error {
	code := res.StatusCode
	switch {
	case code >= 200 && code <= 299:
		return nil
	case code >= 300 && code <= 399:
		e := w.errorf(fmt.Errorf("the server leads to another address (%d), which is not followed: set that one", code))
		e.Refused = true
		return e
	}
	e := w.errorf(fmt.Errorf("the server answered %d %s%s", code, http.StatusText(code), said))
	switch code {
	case http.StatusRequestTimeout, http.StatusTooEarly, http.StatusTooManyRequests:
	default:
		e.Refused = code < 500
	}
	e.After = retryAfter(res.Header.Get("Retry-After"), w.now())
	return e
}

// retryAfter reads how long a server lets one wait: seconds, or a date of HTTP. 0 is for
// what is neither.
func retryAfter(value string, now time.Time) time.Duration {
	if n, err := strconv.Atoi(strings.TrimSpace(value)); err == nil {
		return time.Duration(max(0, min(n, 1<<20))) * time.Second // index bounds it further
	}
	if at, err := http.ParseTime(value); err == nil {
		return max(0, at.Sub(now))
	}
	return 0
}

// errorf names the server of an address, and nothing else of it.
func (w *webhook) errorf(err error) *index.DeliveryError {
	return &index.DeliveryError{Err: fmt.Errorf("%s://%s: %w", w.url.Scheme, w.url.Host, err)}
}
