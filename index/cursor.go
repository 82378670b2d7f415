package index

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"strconv"
	"time"

	"github.com/newsq/newsq/internal/engine"
)

// cursor is the place after a page. It holds the last hit's position rather
// than a count, so that the next page neither repeats nor skips a hit when the
// index has changed.
type cursor struct {
	position engine.Position
	seen     int // hits on this page and those before
	relaxed  bool
}

// cursorForm is a cursor as it is written: JSON in base64.
type cursorForm struct {
	Query   uint64  `json:"q"` // digest of what was asked and how it was read
	Score   float64 `json:"s"`
	Time    int64   `json:"t,omitempty"` // µs since 1970
	Dated   bool    `json:"d,omitempty"`
	ID      string  `json:"i"`
	Seen    int     `json:"n"`
	Relaxed bool    `json:"r,omitempty"`
}

// maxCursor bounds a cursor, in bytes: an id and some numbers.
const maxCursor = 4 * maxID

// The errors of a cursor.
var (
	errCursor      = errors.New("cursor is not one that a search gave; leave it out to start at the first page")
	errOtherCursor = errors.New("cursor belongs to another query, or to one that was read with other aliases, " +
		"another time zone or other leniency; leave it out to start at the first page")
)

func (q *Query) newCursor(r *parsedQuery, p engine.Position, seen int, relaxed bool) string {
	c := cursorForm{Query: q.digest(r), Score: p.Score, ID: p.ID, Seen: seen, Relaxed: relaxed}
	if !p.Published.IsZero() {
		c.Time, c.Dated = p.Published.UnixMicro(), true
	}
	b, err := c.append(make([]byte, 0, 128))
	if err != nil {
		return "" // numbers and a string always encode
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

// append appends c as JSON. Every page has a cursor, which few ask with;
// json.Marshal takes as long as a tenth of a short search.
func (c *cursorForm) append(b []byte) ([]byte, error) {
	id, err := json.Marshal(c.ID)
	if err != nil {
		return nil, err
	}
	b = strconv.AppendUint(append(b, `{"q":`...), c.Query, 10)
	b = strconv.AppendFloat(append(b, `,"s":`...), c.Score, 'g', -1, 64)
	if c.Dated {
		b = strconv.AppendInt(append(b, `,"d":true,"t":`...), c.Time, 10)
	}
	b = append(append(b, `,"i":`...), id...)
	b = strconv.AppendInt(append(b, `,"n":`...), int64(c.Seen), 10)
	if c.Relaxed {
		b = append(b, `,"r":true`...)
	}
	return append(b, '}'), nil
}

// readCursor reads the cursor of q, of which r was read. It returns nil for the
// first page.
func (q *Query) readCursor(r *parsedQuery) (*cursor, error) {
	if q.Cursor == "" {
		return nil, nil
	}
	if len(q.Cursor) > maxCursor {
		return nil, errCursor
	}
	b, err := base64.RawURLEncoding.DecodeString(q.Cursor)
	if err != nil {
		return nil, errCursor
	}
	var f cursorForm
	if err := json.Unmarshal(b, &f); err != nil || f.Seen < 0 {
		return nil, errCursor
	}
	if f.Query != q.digest(r) {
		return nil, errOtherCursor
	}
	c := &cursor{position: engine.Position{Score: f.Score, ID: f.ID}, seen: f.Seen, relaxed: f.Relaxed}
	if f.Dated {
		c.position.Published = time.UnixMicro(f.Time).UTC()
	}
	return c, nil
}

// digest is the same for queries with the same hits in the same order. Beside what
// was asked it covers how that was read: where dates are meant, whether mistakes are
// mended, and the aliases of the query's words. Other aliases change nothing.
func (q *Query) digest(r *parsedQuery) uint64 {
	b := strconv.AppendQuote(make([]byte, 0, 256), q.Text)
	for _, n := range [...]int64{int64(q.Match), int64(q.Sort), q.Since.UnixNano(), q.Until.UnixNano()} {
		b = strconv.AppendInt(append(b, ' '), n, 10)
	}
	b = strconv.AppendBool(append(b, ' '), q.Lenient)
	b = strconv.AppendQuote(append(b, ' '), q.location().String())
	if len(r.expansions) > 0 {
		b = strconv.AppendQuote(append(b, ' '), r.tree.String())
	}
	if len(q.Filters) > 0 {
		b = fmt.Appendf(b, " %q", fmt.Sprint(q.Filters))
	}
	h := fnv.New64a()
	_, _ = h.Write(b)
	return h.Sum64()
}
