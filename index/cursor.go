package index

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
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
	Query   uint64  `json:"q"` // digest of what was asked
	Score   float64 `json:"s"`
	Time    int64   `json:"t,omitempty"` // ns since 1970
	Dated   bool    `json:"d,omitempty"`
	ID      string  `json:"i"`
	Seen    int     `json:"n"`
	Relaxed bool    `json:"r,omitempty"`
}

// maxCursor bounds a cursor, in bytes: an id and some numbers.
const maxCursor = 4 * maxID

var errCursor = errors.New("cursor is not one that a search gave; leave it out to start at the first page")

func (q *Query) newCursor(p engine.Position, seen int, relaxed bool) string {
	c := cursorForm{Query: q.digest(), Score: p.Score, ID: p.ID, Seen: seen, Relaxed: relaxed}
	if !p.Published.IsZero() {
		c.Time, c.Dated = p.Published.UnixNano(), true
	}
	b, err := json.Marshal(c)
	if err != nil {
		return "" // numbers and a string always encode
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

func (q *Query) readCursor() (*cursor, error) {
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
	if f.Query != q.digest() {
		return nil, errors.New("cursor belongs to another query; leave it out to start at the first page")
	}
	c := &cursor{position: engine.Position{Score: f.Score, ID: f.ID}, seen: f.Seen, relaxed: f.Relaxed}
	if f.Dated {
		c.position.Published = time.Unix(0, f.Time).UTC()
	}
	return c, nil
}

// digest is the same for queries with the same hits in the same order.
func (q *Query) digest() uint64 {
	h := fnv.New64a()
	_, _ = fmt.Fprintf(h, "%q %d %d %d %d %q", q.Text, q.Match, q.Sort, q.Since.UnixNano(), q.Until.UnixNano(), fmt.Sprint(q.Filters))
	return h.Sum64()
}
