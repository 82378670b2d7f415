package index

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"strconv"
	"time"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/engine"
)

// A cursor is the place behind a page, and all that the pages of one listing have
// in common. The next page neither repeats nor skips an article, also when the
// index was written in between:
//
//   - It goes on behind the last hit, not behind a count of hits.
//   - Scores are computed from the statistics that the first page had, so that an
//     article which is still there has the score that it had then.
//   - Words are looked for in the languages that the index held, and weighed by how many
//     articles there were in each.
//   - A word that came before the other forms of its stem, or weighed more than they,
//     does so on every page.
//   - Compounds are read as they were read on the first page.
//   - Dates such as 2h and monday are counted from the moment at which the first
//     page was asked for, and days are those of its location.
//
// An article that was written anew meanwhile may have another place, and so be
// missing or come again. Where the index was written, a warning says so.
type cursor struct {
	position   engine.Position
	statistics string
	generation uint64
	seen       int // hits on this page and those before
	relaxed    bool
}

// cursorForm is a cursor as it is written: JSON in base64.
type cursorForm struct {
	Query      uint64  `json:"q"` // digest of what was asked and how it was read
	Score      float64 `json:"s"`
	Time       int64   `json:"t,omitempty"` // µs since 1970
	Dated      bool    `json:"d,omitempty"`
	Added      int64   `json:"e,omitempty"` // as Time; 0 where it is not known, or in other orders
	ID         string  `json:"i"`
	Seen       int     `json:"n"`
	Relaxed    bool    `json:"r,omitempty"`
	Statistics []byte  `json:"w,omitempty"`
	Generation uint64  `json:"g"`
	Asked      int64   `json:"a"`           // when the first page was asked for, in µs since 1970
	Zone       string  `json:"z,omitempty"` // where, as far as it has a name
	Offset     int     `json:"o"`           // what it was ahead of UTC then, in seconds
	// VeryWords is what veryWords gave; null where it was not asked.
	VeryWords []uint32 `json:"v,omitempty"`
	// Compounds has the keys of the compounds that the query was read with.
	Compounds []uint32 `json:"c,omitempty"`
	// Languages is that of languages.articles.
	Languages map[string]int `json:"l,omitempty"`
	// StopWords is the language of the query where any word will do, see match.Context.
	StopWords string `json:"p,omitempty"`
}

// maxCursor bounds a cursor, in bytes: an id, some numbers, and the statistics of a
// query of as many words as it may have.
const maxCursor = 16 << 10

// The errors of a cursor.
var (
	errCursor      = errors.New("cursor is not one that a search gave; leave it out to start at the first page")
	errOtherCursor = errors.New("cursor belongs to another query, or to one that was read with other aliases " +
		"or other leniency; leave it out to start at the first page")
)

// The warnings about a listing that goes on in another generation.
const (
	warnWritten   = "the index was written since the first page; an article that was changed meanwhile may be missing or be listed again"
	warnRelearned = "the index has learned the meaning of words anew since the first page, and the order has changed with it; articles may be missing or be listed again"
	warnScores    = "the index was written since the first page, and scores have changed with it; articles may be missing or be listed again"
)

// newCursor makes the cursor behind a page of snap that ends with last.
func (q *Query) newCursor(r *parsedQuery, snap engine.Snapshot, found *engine.Response, seen int, relaxed bool) string {
	last := found.Hits[len(found.Hits)-1].Position
	c := cursorForm{
		Query: q.digest(r), Score: last.Score, ID: last.ID, Seen: seen, Relaxed: relaxed,
		Statistics: []byte(found.Statistics), Generation: snap.Generation(), Asked: q.asked.UnixMicro(),
	}
	if q.Cursor != "" { // the pages go on as they began
		c.Generation = q.place.Generation
		if len(q.place.Statistics) > 0 && !isListing(found.Statistics) {
			c.Statistics = q.place.Statistics
		}
	}
	if !last.Published.IsZero() {
		c.Time, c.Dated = last.Published.UnixMicro(), true
	}
	if !last.Added.IsZero() {
		c.Added = last.Added.UnixMicro()
	}
	if c.Zone = q.location().String(); c.Zone == "Local" {
		c.Zone = ""
	}
	_, c.Offset = q.asked.In(q.location()).Zone()
	if r.veryWords != nil {
		c.VeryWords = r.veryWords.given()
	}
	c.Compounds = r.compoundKeys()
	c.Languages = q.languages.articles
	if a := r.context.StopWords; a != nil {
		c.StopWords = a.Tag()
	}
	b, err := c.append(make([]byte, 0, usualCursor))
	if err != nil {
		return "" // numbers and strings always encode
	}
	return string(base64.RawURLEncoding.AppendEncode(make([]byte, 0, 2*usualCursor), b))
}

// usualCursor is room for most cursors, in bytes, before they are in base64.
const usualCursor = 256

// appendJSONString appends a string as JSON. Most ids stand there as they are.
func appendJSONString(b []byte, s string) ([]byte, error) {
	for i := range len(s) {
		if c := s[i]; !(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c == '-' || c == '_' || c == '.' || c == '/') {
			quoted, err := json.Marshal(s)
			return append(b, quoted...), err
		}
	}
	return append(append(append(b, '"'), s...), '"'), nil
}

// append appends c as JSON. Every page has a cursor, which few ask with;
// json.Marshal takes as long as a tenth of a short search.
func (c *cursorForm) append(b []byte) ([]byte, error) {
	var err error
	b = strconv.AppendUint(append(b, `{"q":`...), c.Query, 10)
	b = strconv.AppendFloat(append(b, `,"s":`...), c.Score, 'g', -1, 64)
	if c.Dated {
		b = strconv.AppendInt(append(b, `,"d":true,"t":`...), c.Time, 10)
	}
	if c.Added != 0 {
		b = strconv.AppendInt(append(b, `,"e":`...), c.Added, 10)
	}
	if b, err = appendJSONString(append(b, `,"i":`...), c.ID); err != nil {
		return nil, err
	}
	b = strconv.AppendInt(append(b, `,"n":`...), int64(c.Seen), 10)
	if c.Relaxed {
		b = append(b, `,"r":true`...)
	}
	if len(c.Statistics) > 0 {
		b = base64.StdEncoding.AppendEncode(append(b, `,"w":"`...), c.Statistics)
		b = append(b, '"')
	}
	b = strconv.AppendUint(append(b, `,"g":`...), c.Generation, 10)
	b = strconv.AppendInt(append(b, `,"a":`...), c.Asked, 10)
	if c.Zone != "" {
		if b, err = appendJSONString(append(b, `,"z":`...), c.Zone); err != nil {
			return nil, err
		}
	}
	b = strconv.AppendInt(append(b, `,"o":`...), int64(c.Offset), 10)
	if c.VeryWords != nil {
		b = appendKeys(append(b, `,"v":`...), c.VeryWords)
	}
	if len(c.Compounds) > 0 {
		b = appendKeys(append(b, `,"c":`...), c.Compounds)
	}
	if len(c.Languages) > 0 {
		languages, err := json.Marshal(c.Languages)
		if err != nil {
			return nil, err
		}
		b = append(append(b, `,"l":`...), languages...)
	}
	if c.StopWords != "" {
		b = append(append(append(b, `,"p":"`...), c.StopWords...), '"')
	}
	return append(b, '}'), nil
}

// appendKeys appends numbers as JSON.
func appendKeys(b []byte, keys []uint32) []byte {
	b = append(b, '[')
	for i, key := range keys {
		if i > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendUint(b, uint64(key), 10)
	}
	return append(b, ']')
}

// decodeCursor reads a cursor as it is written.
func decodeCursor(s string) (*cursorForm, error) {
	if len(s) > maxCursor {
		return nil, errCursor
	}
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil {
		return nil, errCursor
	}
	f := &cursorForm{}
	if err := json.Unmarshal(b, f); err != nil || f.Seen < 0 {
		return nil, errCursor
	}
	const maxOffset = 24 * 60 * 60
	if y := time.UnixMicro(f.Asked).UTC().Year(); y < 1970 || y > 9999 || f.Offset < -maxOffset || f.Offset > maxOffset {
		return nil, errCursor
	}
	for tag, n := range f.Languages {
		// One of an unknown tag would have every word be looked for once more.
		if n < 0 || analysis.OfStem(tag).StemTag() != tag {
			return nil, errCursor
		}
	}
	return f, nil
}

// location returns where the first page was asked for. A location without a name is
// taken for the present one, if that had its time then.
func (c *cursorForm) location(present *time.Location) *time.Location {
	at := time.UnixMicro(c.Asked)
	hasOffset := func(loc *time.Location) bool {
		_, offset := at.In(loc).Zone()
		return offset == c.Offset
	}
	if c.Zone != "" {
		if loc, err := time.LoadLocation(c.Zone); err == nil && hasOffset(loc) {
			return loc
		}
	}
	if hasOffset(present) {
		return present
	}
	return time.FixedZone(c.Zone, c.Offset)
}

// readCursor reads the cursor of q, of which r was read. It returns nil for the
// first page.
func (q *Query) readCursor(r *parsedQuery) (*cursor, error) {
	f := q.place
	if q.Cursor == "" || f == nil {
		return nil, nil
	}
	if f.Query != q.digest(r) {
		return nil, errOtherCursor
	}
	c := &cursor{
		position: engine.Position{Score: f.Score, ID: f.ID}, statistics: string(f.Statistics), generation: f.Generation,
		seen: f.Seen, relaxed: f.Relaxed,
	}
	if f.Dated {
		c.position.Published = time.UnixMicro(f.Time).UTC()
	}
	if f.Added != 0 {
		c.position.Added = time.UnixMicro(f.Added).UTC()
	}
	return c, nil
}

// warning returns what a reader must know of a page that is of another generation
// than the first one; empty if there is nothing.
func (c *cursor) warning(o *order, q *Query, found *engine.Response) string {
	switch {
	case o.relearned:
		return warnRelearned
	case c.generation == o.snap.Generation():
		return ""
	case c.statistics == "" && q.Sort == Relevance && found.Statistics != "":
		return warnScores
	}
	return warnWritten
}

// digest is the same for queries with the same hits in the same order. Beside what
// was asked it covers how that was read: whether mistakes are mended, and the
// aliases of the query's words. Other aliases change nothing. A date that is given
// in words is the same query at any time and in any place: the cursor says at which.
func (q *Query) digest(r *parsedQuery) uint64 {
	b := strconv.AppendQuote(make([]byte, 0, 256), q.Text)
	b = strconv.AppendInt(append(b, ' '), int64(q.Match), 10)
	b = strconv.AppendInt(append(b, ' '), int64(q.Sort), 10)
	for _, bound := range [...]struct {
		words string
		at    time.Time
	}{{q.SinceDate, q.Since}, {q.UntilDate, q.Until}} {
		if b = strconv.AppendQuote(append(b, ' '), bound.words); bound.words == "" {
			b = strconv.AppendInt(append(b, ' '), bound.at.Unix(), 10)
			b = strconv.AppendInt(append(b, ' '), int64(bound.at.Nanosecond()), 10)
		}
	}
	b = strconv.AppendBool(append(b, ' '), q.Lenient)
	if q.Rank != RankDefault {
		b = append(append(b, " rank "...), q.Rank.String()...)
	}
	if q.Recency != 0 {
		b = strconv.AppendInt(append(b, " recency "...), int64(q.Recency), 10)
	}
	if len(r.expansions) > 0 {
		b = strconv.AppendQuote(append(b, ' '), r.aliased.String())
	}
	if q.Copies == AllCopies {
		b = append(b, " copies"...)
	}
	if q.IncludeEmbargoed {
		b = append(b, " embargoed"...)
	}
	if q.AsOf != "" {
		b = strconv.AppendQuote(append(b, " as of "...), q.AsOf)
	}
	if len(q.Filters) > 0 {
		b = fmt.Appendf(b, " %q", fmt.Sprint(q.Filters))
	}
	if len(q.TopicsFrom) > 0 {
		b = fmt.Appendf(b, " topics %q", q.TopicsFrom)
	}
	h := fnv.New64a()
	_, _ = h.Write(b)
	return h.Sum64()
}
