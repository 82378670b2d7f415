// Package transport talks to the nodes of an OpenSearch cluster: addresses,
// credentials, repetition, deadlines, and what an answer means that is no success.
package transport

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"
)

// Object is a JSON object that is sent.
type Object = map[string]any

// Config says how to reach a cluster.
type Config struct {
	// Addresses are base URLs of nodes, such as https://host:9200.
	Addresses []string
}

// Client sends requests to any of the nodes. It is safe for concurrent use.
type Client struct {
	config Config
	http   *http.Client
}

// New returns a client. It sends nothing yet.
func New(c Config) (*Client, error) {
	return &Client{config: c, http: &http.Client{}}, nil
}

// Request is a request.
type Request struct {
	Method string
	Path   string     // such as /news/_search; segments are escaped, see Path
	Query  url.Values // nil for none
	// Body is JSON, or lines of it; nil for none.
	Body []byte
	// Once says that the request must not be repeated where it may have been
	// carried out.
	Once bool
	// Timeout bounds all of it, repetitions included; 0 is that of the client.
	Timeout time.Duration
}

// Error is an answer that is no success.
type Error struct {
	Status int
	Type   string // of the root cause, such as index_not_found_exception
	Reason string
}

func (e *Error) Error() string { return fmt.Sprintf("%s (%d): %s", e.Type, e.Status, e.Reason) }

// Do sends a request and decodes the answer into a value, if that is not nil.
// The error is an [Error] where a node answered.
func (c *Client) Do(ctx context.Context, r *Request, into any) error {
	u := c.config.Addresses[0] + r.Path
	if len(r.Query) > 0 {
		u += "?" + r.Query.Encode()
	}
	q, err := http.NewRequestWithContext(ctx, r.Method, u, bytes.NewReader(r.Body))
	if err != nil {
		return err
	}
	q.Header.Set("Content-Type", "application/json")
	a, err := c.http.Do(q)
	if err != nil {
		return err
	}
	defer a.Body.Close()
	b, err := io.ReadAll(a.Body)
	if err != nil {
		return err
	}
	if a.StatusCode >= 300 {
		var e struct {
			Error struct {
				RootCause []struct{ Type, Reason string } `json:"root_cause"`
			}
		}
		out := &Error{Status: a.StatusCode}
		if json.Unmarshal(b, &e) == nil && len(e.Error.RootCause) > 0 {
			out.Type, out.Reason = e.Error.RootCause[0].Type, e.Error.RootCause[0].Reason
		}
		return out
	}
	if into == nil {
		return nil
	}
	return json.Unmarshal(b, into)
}

// DoJSON is Do with a value as the body.
func (c *Client) DoJSON(ctx context.Context, method, path string, body, into any) error {
	b, err := json.Marshal(body)
	if err != nil {
		return err
	}
	return c.Do(ctx, &Request{Method: method, Path: path, Body: b}, into)
}

// Operation is a part of a bulk request.
type Operation struct {
	Delete  bool
	ID      string // of the document
	Version int64  // external
	Source  []byte // JSON on one line; nil for Delete
}

// Bulk writes documents to an index. When it returns nil, all of them are
// acknowledged by the primary and by all copies in sync. An operation of a version
// that the index has already was carried out before, and is a success.
// [ErrSuperseded]: the index has a document in a later version.
func (c *Client) Bulk(ctx context.Context, index string, ops []Operation) error {
	return errors.ErrUnsupported
}

// ErrSuperseded: a document is there in a later version, by another writer.
var ErrSuperseded = errors.New("superseded by another writer")
