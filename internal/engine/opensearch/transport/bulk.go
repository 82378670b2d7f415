package transport

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
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

// bulkStats counts what became of bulk requests.
type bulkStats struct {
	Requests int64 // that were answered
	Halved   int64 // refused as too large, and sent in parts
	Repeated int64 // operations that were sent again
	Applied  int64 // operations of which the index had the version already
	// FewerCopies are operations that some copy could not carry out. The cluster
	// counts such a copy out, and makes it anew, before it acknowledges.
	FewerCopies int64
}

// bulkCounters are a bulkStats that is counted.
type bulkCounters struct {
	requests, halved, repeated, applied, fewerCopies atomic.Int64
}

// bulkStats returns the counts since New.
func (c *Client) bulkStats() bulkStats {
	s := &c.stats
	return bulkStats{s.requests.Load(), s.halved.Load(), s.repeated.Load(), s.applied.Load(), s.fewerCopies.Load()}
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
// version. When it returns an error, some of the documents may be written.
//
// The index must be there, or else its name be an alias with capitals, which is
// engine.ErrNoIndex when it is gone: of any other name OpenSearch makes an index, with a
// mapping that it guesses.
func (c *Client) Bulk(ctx context.Context, index string, ops []Operation) error {
	if err := checkOperations(ops); err != nil {
		return fmt.Errorf("bulk to %s: %w", index, err)
	}
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var mu sync.Mutex
	next := func() []Operation {
		mu.Lock()
		defer mu.Unlock()
		n := chunk(ops, int(c.bulkBytes.Load()))
		part := ops[:n]
		ops = ops[n:]
		return part
	}
	var failed error
	fail := func(err error) {
		mu.Lock()
		defer mu.Unlock()
		if failed == nil {
			failed = fmt.Errorf("bulk to %s: %w", index, err)
		}
		ops = nil
		stop(failed)
	}
	var writers sync.WaitGroup
	for range bulkWriters {
		writers.Go(func() {
			for part := next(); len(part) > 0; part = next() {
				if err := c.writeChunk(ctx, index, part); err != nil {
					fail(err)
				}
			}
		})
	}
	writers.Wait()
	return failed
}

// bulkWriters is how many requests of one Bulk are on their way at once.
const bulkWriters = 2

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

// TooLargeError is that of a document which no request can hold.
type TooLargeError struct {
	ID    string
	Bytes int // of its source
	Err   error
}

func (e *TooLargeError) Error() string {
	return fmt.Sprintf("document %q of %d bytes is more than the cluster takes in one request, "+
		"see http.max_content_length and indexing_pressure.memory.limit: %v", e.ID, e.Bytes, e.Err)
}

// Unwrap returns what the cluster answered.
func (e *TooLargeError) Unwrap() error { return e.Err }

// writeChunk carries out operations, repeating those that were not, and dividing them
// where they are too many for one request.
func (c *Client) writeChunk(ctx context.Context, index string, ops []Operation) error {
	deadline := time.Now().Add(c.config.BulkTimeout)
	for n := 0; ; n++ {
		left, err := c.sendChunk(ctx, index, ops, max(time.Until(deadline), minAttempt))
		if err == nil || len(left) == 0 {
			return err
		}
		whole := len(left) == len(ops)
		if ops = left; whole && len(ops) == 1 && tooLarge(err) {
			return &TooLargeError{ID: ops[0].ID, Bytes: len(ops[0].Source), Err: err}
		}
		if !tooLarge(err) && !pauseUntil(ctx, deadline, n) {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			return fmt.Errorf("no success within %v: %w", c.config.BulkTimeout, err)
		}
		c.stats.repeated.Add(int64(len(ops)))
		if whole && len(ops) > 1 && tooMuch(err) {
			return c.writeHalves(ctx, index, ops)
		}
	}
}

// minAttempt is the time for a repetition that begins at the end of the time for all.
const minAttempt = time.Second

// pauseUntil is pause with an end.
func pauseUntil(ctx context.Context, deadline time.Time, n int) bool {
	ctx, cancel := context.WithDeadline(ctx, deadline)
	defer cancel()
	return pause(ctx, n)
}

// tooMuch reports whether less at once may help: the cluster has no memory for a
// request now, or it is larger than any may be.
func tooMuch(err error) bool {
	var e *Error
	return tooLarge(err) || errors.As(err, &e) && e.Status == http.StatusTooManyRequests && errors.Is(e, ErrUnavailable)
}

// tooLarge reports whether a request is larger than any may be. OpenSearch says that
// with 413, or with 429 and a reason such as "... [..., coordinating_operation_bytes=45082864,
// max_coordinating_and_primary_bytes=41943040]".
func tooLarge(err error) bool {
	var e *Error
	if !errors.As(err, &e) {
		return false
	}
	if e.Status == http.StatusRequestEntityTooLarge {
		return true
	}
	asked, ok := numberAfter(e.Reason, "_operation_bytes=")
	most, limited := numberAfter(e.Reason, "max_coordinating_and_primary_bytes=")
	return ok && limited && asked > most
}

// numberAfter reads the number behind the last mark in a text.
func numberAfter(text, mark string) (int64, bool) {
	i := strings.LastIndex(text, mark)
	if i < 0 {
		return 0, false
	}
	digits := text[i+len(mark):]
	if end := strings.IndexFunc(digits, func(r rune) bool { return r < '0' || r > '9' }); end >= 0 {
		digits = digits[:end]
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	return n, err == nil
}

// writeHalves carries out operations that were too many for one request.
func (c *Client) writeHalves(ctx context.Context, index string, ops []Operation) error {
	c.stats.halved.Add(1)
	total := 0
	for i := range ops {
		total += ops[i].size()
	}
	c.bulkBytes.Store(max(minBulkBytes, min(c.bulkBytes.Load(), int64(total/2))))
	n := len(ops) / 2
	if err := c.writeChunk(ctx, index, ops[:n]); err != nil {
		return err
	}
	return c.writeChunk(ctx, index, ops[n:])
}

// grow lets requests become larger again after one was taken.
func (c *Client) grow() {
	now := c.bulkBytes.Load()
	c.bulkBytes.CompareAndSwap(now, min(int64(c.config.BulkBytes), now+now/bulkGrowth))
}

// bulkGrowth: after a halving, ten requests make up for it.
const bulkGrowth = 14

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

// sendChunk sends operations in one request, until it is answered. It returns those to
// be sent again, and why the first of them was refused. An error without operations is
// one that will not pass.
func (c *Client) sendChunk(ctx context.Context, index string, ops []Operation, most time.Duration) (left []Operation, refusal error) {
	call := call{
		Request: &Request{
			Method: http.MethodPost, Path: Path(index, "_bulk"),
			Query: url.Values{"filter_path": {askedOfBulk}, "timeout": {bulkShardTimeout}},
		},
		body: bulkBody(ops), timeout: most, attempt: c.config.BulkAttempt, halves: true,
	}
	var answer bulkAnswer
	err := c.repeat(ctx, &call, func(b []byte) error {
		answer = bulkAnswer{}
		if err := json.Unmarshal(b, &answer); err != nil {
			return err
		}
		return answer.check(ops)
	})
	switch {
	case err != nil && tooMuch(err):
		return ops, err
	case err != nil:
		return nil, err
	}
	c.stats.requests.Add(1)
	c.grow()
	for i := range ops {
		again, err := c.settle(&ops[i], answer.item(i))
		if err != nil && !again {
			return nil, err
		}
		if again {
			left, refusal = append(left, ops[i]), cmp.Or(refusal, err)
		}
	}
	return left, refusal
}

// bulkShardTimeout is how long a node waits for a shard to be there.
const bulkShardTimeout = "20s"

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

// settle reads what became of an operation: nil for done, or why not, and whether to do
// it again.
func (c *Client) settle(o *Operation, item *bulkItem) (again bool, err error) {
	if item.Shards.Failed > 0 {
		c.stats.fewerCopies.Add(1)
	}
	done := item.Status >= 200 && item.Status < 300 || o.Delete && item.Status == http.StatusNotFound
	if done && item.Error == nil {
		return false, nil
	}
	e := &Error{Status: item.Status}
	if item.Error != nil {
		e.fill(item.Error)
		e.Reason = c.secret.scrub(bound(printable(e.Reason), maxReason))
	}
	at, versioned := currentVersion(item.Error)
	switch {
	case !errors.Is(e, ErrConflict) || !versioned || at < o.Version:
		return errors.Is(e, ErrUnavailable), fmt.Errorf("document %q: %w", o.ID, e)
	case at > o.Version:
		return false, fmt.Errorf("document %q: %w: version %d is there, %d was to be written", o.ID, ErrSuperseded, at, o.Version)
	}
	c.stats.applied.Add(1)
	return false, nil
}

// currentVersion reads the version that the index has from a reason such as
// "[a]: version conflict, current version [5] is higher or equal to the one
// provided [4]". An id may hold anything, so the last mention counts.
func currentVersion(c *cause) (int64, bool) {
	if c == nil {
		return 0, false
	}
	return numberAfter(c.Reason, "current version [")
}
