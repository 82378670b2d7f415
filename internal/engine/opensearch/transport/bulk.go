package transport

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
	"unicode/utf8"
)

// Operation is a part of a bulk request.
type Operation struct {
	Delete  bool
	ID      string // of the document
	Version int64  // external
	Source  []byte // JSON on one line; nil for Delete
}

// BulkStats counts what became of bulk requests.
type BulkStats struct {
	Requests int64 // sent, repetitions among them
	Halved   int64 // refused as too large, and sent in parts
	Repeated int64 // operations that were sent again
	Applied  int64 // operations of which the index had the version already
	// FewerCopies are operations that some copy could not carry out. The cluster
	// counts such a copy out, and makes it anew, before it acknowledges.
	FewerCopies int64
}

// bulkCounters are a BulkStats that is counted.
type bulkCounters struct {
	requests, halved, repeated, applied, fewerCopies atomic.Int64
}

// BulkStats returns the counts since New.
func (c *Client) BulkStats() BulkStats {
	s := &c.stats
	return BulkStats{s.requests.Load(), s.halved.Load(), s.repeated.Load(), s.applied.Load(), s.fewerCopies.Load()}
}

// Bounds of bulk requests, in bytes.
const (
	maxBulkBytes = 10 << 20
	minBulkBytes = 64 << 10
	// maxBulkOperations bounds the answer, too.
	maxBulkOperations = 10_000
	maxID             = 512
)

// Bulk writes documents to an index. When it returns nil, all of them are
// acknowledged by the primary and by all copies in sync. A document stands in ops
// once; the order in which they are carried out is not told.
//
// Each may be sent more than once. So an operation of a version that the index has
// already was carried out before, and is a success: a document that is deleted and
// then put needs two versions. [ErrSuperseded]: the index has a document in a later
// version.
//
// The index must be there: OpenSearch makes one that is not, with a mapping that it
// guesses.
func (c *Client) Bulk(ctx context.Context, index string, ops []Operation) error {
	if err := checkOperations(ops); err != nil {
		return err
	}
	for len(ops) > 0 {
		n := chunk(ops, int(c.bulkBytes.Load()))
		if err := c.writeChunk(ctx, index, ops[:n]); err != nil {
			return fmt.Errorf("bulk to %s: %w", index, err)
		}
		ops = ops[n:]
	}
	return nil
}

// checkOperations finds what would spoil a whole request.
func checkOperations(ops []Operation) error {
	for i := range ops {
		o := &ops[i]
		switch {
		case o.ID == "" || len(o.ID) > maxID || !utf8.ValidString(o.ID):
			return fmt.Errorf("document %q: an id has 1 to %d bytes of UTF-8", bound(o.ID, maxPath), maxID)
		case o.Version < 0:
			return fmt.Errorf("document %q: version %d is negative", o.ID, o.Version)
		case o.Delete != (len(o.Source) == 0) || bytes.IndexByte(o.Source, '\n') >= 0:
			return fmt.Errorf("document %q: its source must be one line, and that of a deletion nothing", o.ID)
		}
	}
	return nil
}

// size is what an operation takes in a request, roughly.
func (o *Operation) size() int { return len(o.ID) + len(o.Source) + 80 }

// chunk returns how many operations from the first on make a request of so many bytes.
func chunk(ops []Operation, most int) int {
	total := 0
	for i := range ops {
		if total += ops[i].size(); i > 0 && total > most || i == maxBulkOperations {
			return i
		}
	}
	return len(ops)
}

// writeChunk carries out operations, repeating those that were not.
func (c *Client) writeChunk(ctx context.Context, index string, ops []Operation) error {
	deadline := time.Now().Add(c.config.BulkTimeout)
	for n := 0; ; n++ {
		left, err := c.sendChunk(ctx, index, ops)
		if err != nil && !tooMuch(err) {
			return err
		}
		if len(left) == 0 && err == nil {
			return nil
		}
		if tooMuch(err) && len(ops) > 1 {
			return c.writeHalves(ctx, index, ops)
		}
		if err == nil {
			err = fmt.Errorf("%d documents were refused, the first of them %q: %w", len(left), left[0].ID, ErrUnavailable)
			ops = left
		}
		bounded, cancel := context.WithDeadline(ctx, deadline)
		again := pause(bounded, n)
		cancel()
		if !again {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			return fmt.Errorf("no success within %v: %w", c.config.BulkTimeout, err)
		}
		c.stats.repeated.Add(int64(len(ops)))
	}
}

// tooMuch reports whether a request was refused as a whole for what it takes.
func tooMuch(err error) bool {
	var e *Error
	return errors.As(err, &e) && (e.Status == http.StatusTooManyRequests || e.Status == http.StatusRequestEntityTooLarge) && !errors.Is(e, ErrDiskFull)
}

// writeHalves carries out operations that were too many for one request.
func (c *Client) writeHalves(ctx context.Context, index string, ops []Operation) error {
	c.stats.halved.Add(1)
	c.stats.repeated.Add(int64(len(ops)))
	total := 0
	for i := range ops {
		total += ops[i].size()
	}
	c.bulkBytes.Store(int64(max(minBulkBytes, min(int(c.bulkBytes.Load()), total/2))))
	n := len(ops) / 2
	if err := c.writeChunk(ctx, index, ops[:n]); err != nil {
		return err
	}
	return c.writeChunk(ctx, index, ops[n:])
}

// bulkAnswer is the answer to a bulk request, so far as it is asked for.
type bulkAnswer struct {
	Items []struct {
		Index, Delete *bulkItem
	} `json:"items"`
}

type bulkItem struct {
	ID     string `json:"_id"`
	Status int    `json:"status"`
	Shards struct {
		Failed int `json:"failed"`
	} `json:"_shards"`
	Error *cause `json:"error"`
}

// askedOfBulk leaves out of the answer what nobody reads.
const askedOfBulk = "items.*._id,items.*.status,items.*._shards.failed,items.*.error"

// sendChunk sends operations in one request, until it is answered, and returns those
// to be sent again.
func (c *Client) sendChunk(ctx context.Context, index string, ops []Operation) (left []Operation, err error) {
	call := call{
		Request: &Request{
			Method: http.MethodPost, Path: Path(index, "_bulk"),
			Query: url.Values{"filter_path": {askedOfBulk}},
		},
		body: bulkBody(ops), timeout: c.config.BulkTimeout, attempt: c.config.BulkAttempt, halves: true,
	}
	var answer bulkAnswer
	err = c.repeat(ctx, &call, func(b []byte) error {
		c.stats.requests.Add(1)
		answer = bulkAnswer{}
		if err := json.Unmarshal(b, &answer); err != nil {
			return err
		}
		return answer.check(ops)
	})
	if err != nil {
		return nil, err
	}
	for i := range ops {
		again, err := c.settle(&ops[i], answer.item(i))
		if err != nil {
			return nil, err
		}
		if again {
			left = append(left, ops[i])
		}
	}
	return left, nil
}

// bulkBody returns the lines of operations. It copies no source.
func bulkBody(ops []Operation) net.Buffers {
	body := make(net.Buffers, 0, 3*len(ops))
	var line []byte
	newline := []byte{'\n'}
	for i := range ops {
		o := &ops[i]
		from := len(line)
		line = append(line, `{"index":{"_id":`...)
		if o.Delete {
			line = append(line[:from], `{"delete":{"_id":`...)
		}
		id, _ := json.Marshal(o.ID) // a string is always written
		line = append(append(line, id...), `,"version":`...)
		line = strconv.AppendInt(line, o.Version, 10)
		line = append(line, `,"version_type":"external"}}`+"\n"...)
		body = append(body, line[from:])
		if !o.Delete {
			body = append(body, o.Source, newline)
		}
	}
	return body
}

// item returns the answer to operation i.
func (a *bulkAnswer) item(i int) *bulkItem {
	if a.Items[i].Index != nil {
		return a.Items[i].Index
	}
	return a.Items[i].Delete
}

// check holds an answer to the operations: as many items, in their order.
func (a *bulkAnswer) check(ops []Operation) error {
	if len(a.Items) != len(ops) {
		return fmt.Errorf("%d of %d documents are told of", len(a.Items), len(ops))
	}
	for i := range ops {
		if item := a.item(i); item == nil || item.ID != ops[i].ID || item.Status == 0 {
			return fmt.Errorf("the answer tells of other documents from number %d on", i+1)
		}
	}
	return nil
}

// settle reads what became of an operation: done, to be done again, or an error.
func (c *Client) settle(o *Operation, item *bulkItem) (again bool, err error) {
	if item.Shards.Failed > 0 {
		c.stats.fewerCopies.Add(1)
	}
	if item.Error == nil {
		switch {
		case item.Status >= 200 && item.Status < 300, o.Delete && item.Status == http.StatusNotFound:
			return false, nil
		}
	}
	e := &Error{Status: item.Status}
	if item.Error != nil {
		e.fill(item.Error)
		e.Reason = c.secret.scrub(bound(printable(e.Reason), maxReason))
	}
	switch {
	case item.Status == http.StatusConflict:
		at, ok := currentVersion(item.Error)
		switch {
		case ok && at == o.Version:
			c.stats.applied.Add(1)
			return false, nil
		case ok && at > o.Version:
			return false, fmt.Errorf("document %q: %w: version %d is there, %d was to be written", o.ID, ErrSuperseded, at, o.Version)
		}
	case errors.Is(e, ErrUnavailable):
		return true, nil
	}
	return false, fmt.Errorf("document %q: %w", o.ID, e)
}

// currentVersion reads the version that the index has from a reason such as
// "[a]: version conflict, current version [5] is higher or equal to the one
// provided [4]". An id may hold anything, so the last mention counts.
func currentVersion(c *cause) (int64, bool) {
	const mark = "current version ["
	if c == nil {
		return 0, false
	}
	i := strings.LastIndex(c.Reason, mark)
	if i < 0 {
		return 0, false
	}
	digits, _, _ := strings.Cut(c.Reason[i+len(mark):], "]")
	n, err := strconv.ParseInt(digits, 10, 64)
	return n, err == nil
}
