package index

import (
	"encoding/binary"
	"math"
	"strings"
	"time"

	"github.com/newsq/newsq/internal/embed"
	"github.com/newsq/newsq/internal/engine"
)

// listing is what the order of a list depends on beside the articles themselves. The first
// page finds it, and the cursor carries it, so that each article has the same score on every
// page, whatever was written in between. With bm the score of an article by words, of which
// the candidates have from min to max, and x how near in meaning it is among the candidates,
// 0 to 1, its new score is
//
//	min + ((1-weight)*(bm-min) + weight*(max-min)*x) * decay
//
// That is the mean of both, each brought to the range of the scores by words. Behind the
// candidates, where no article has more than min, scores are those by words.
type listing struct {
	statistics string          // of the engine
	last       engine.Position // of the last candidate by words; its score is min
	max        float64
	candidates int

	model          string       // by which the order is; empty for words alone
	query          embed.Vector // what the query means
	length         float64      // of query before it was scaled, where its words alone have 1
	weight         float64      // of meaning
	cosMin, cosMax float64      // of the candidates
}

// scoreParts are the parts of a new score.
type scoreParts struct {
	words, meaning float64
	decay          float64 // factor of age, 0 to 1
	aged           float64 // what age takes away
}

// noCosine is the cosine of an article that has no vector. It counts as the least.
const noCosine = -2

// newListing returns the listing of a first page with these candidates, without the
// statistics.
func newListing(list *candidates) *listing {
	worst, best := &list.found[0], list.found[0].words
	for i := range list.found {
		c := &list.found[i]
		best = max(best, c.words)
		if list.byWords(worst, c) < 0 {
			worst = c
		}
	}
	return &listing{last: list.position(worst), max: best, candidates: len(list.found)}
}

// span is the range of the candidates' scores by words. Where all have the same one, the
// order is by meaning alone, and any range will do.
func (l *listing) span() float64 {
	if l.max > l.last.Score {
		return l.max - l.last.Score
	}
	return l.max
}

// nearness returns how near a cosine is among those of the candidates, 0 to 1.
func (l *listing) nearness(cosine float64) float64 {
	if l.cosMax <= l.cosMin {
		return 0
	}
	return max(0, min(1, (cosine-l.cosMin)/(l.cosMax-l.cosMin)))
}

// parts returns what the score of a candidate is made of; decay is the factor of its age.
func (l *listing) parts(c *candidate, decay float64) scoreParts {
	p := scoreParts{words: c.words, decay: decay}
	above := c.words - l.last.Score
	if l.model != "" {
		gain := l.weight * l.span() * l.nearness(c.cosine)
		p.words = (1 - l.weight) * c.words
		p.meaning = l.weight*l.last.Score + gain
		above = (1-l.weight)*above + gain
	}
	p.aged = above * (1 - p.decay)
	return p
}

// score returns the new score of a candidate with the score words. It is min only if words
// is, so that a position tells whether it is one of a candidate.
func (l *listing) score(words float64, p *scoreParts) float64 {
	s := max(l.last.Score, p.words+p.meaning-p.aged)
	if s == l.last.Score && words > s {
		return math.Nextafter(s, math.Inf(1))
	}
	return s
}

// listingMark begins an encoded listing. No engine's statistics begin so: these begin with
// a number of articles, which isn't 0.
const listingMark = "\x00order2"

// isListing reports whether statistics are those of an order.
func isListing(statistics string) bool { return strings.HasPrefix(statistics, listingMark) }

// encode returns the listing as engine.Response has statistics: numbers in little-endian
// order, strings behind their lengths.
func (l *listing) encode() string {
	b := make([]byte, 0, 256+len(l.statistics))
	b = append(b, listingMark...)
	b = appendString(b, l.statistics)
	b = appendFloats(b, l.last.Score, l.max)
	b = binary.LittleEndian.AppendUint64(b, uint64(microsOf(l.last.Published)))
	b = appendString(b, l.last.ID)
	b = binary.AppendUvarint(b, uint64(l.candidates))
	b = appendString(b, l.model)
	if l.model != "" {
		b = appendFloats(b, l.length, l.weight, l.cosMin, l.cosMax)
		b = binary.AppendUvarint(b, uint64(len(l.query)))
		for _, x := range l.query {
			b = append(b, byte(x))
		}
	}
	return string(b)
}

func appendString(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

func appendFloats(b []byte, list ...float64) []byte {
	for _, f := range list {
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(f))
	}
	return b
}

// noMicros stands for an article without a date.
const noMicros = math.MinInt64

func microsOf(t time.Time) int64 {
	if t.IsZero() {
		return noMicros
	}
	return t.UnixMicro()
}

// decodeListing reads what encode wrote. Anybody may have written it: the error is
// errCursor.
func decodeListing(s string) (*listing, error) {
	d := listingReader{rest: strings.TrimPrefix(s, listingMark)}
	l := &listing{statistics: d.string()}
	l.last.Score, l.max = d.float(), d.float()
	if at := int64(d.uint64()); at != noMicros {
		l.last.Published = time.UnixMicro(at).UTC()
	}
	l.last.ID = d.string()
	l.candidates = int(d.uvarint(orderedCandidates))
	if l.model = d.string(); l.model != "" {
		l.length, l.weight, l.cosMin, l.cosMax = d.float(), d.float(), d.float(), d.float()
		d.failed = d.failed || l.length <= 0
		codes := d.take(int(d.uvarint(embed.MaxDims)))
		d.failed = d.failed || len(codes) == 0 || len(codes) != embed.Padded(len(codes))
		l.query = make(embed.Vector, len(codes))
		for i, x := range []byte(codes) {
			l.query[i] = int8(x)
		}
	}
	ok := !d.failed && d.rest == "" && isListing(s) && l.candidates > 0 && l.statistics != "" &&
		l.last.Score >= 0 && l.max >= l.last.Score && l.weight >= 0 && l.weight <= 1 && l.cosMin <= l.cosMax
	if !ok {
		return nil, errCursor
	}
	return l, nil
}

// listingReader reads the parts of an encoded listing. After a failure all are zero.
type listingReader struct {
	rest   string
	failed bool
}

func (d *listingReader) take(n int) string {
	if d.failed = d.failed || n > len(d.rest); d.failed {
		return ""
	}
	s := d.rest[:n]
	d.rest = d.rest[n:]
	return s
}

func (d *listingReader) uvarint(most uint64) uint64 {
	n, size := binary.Uvarint([]byte(d.rest[:min(len(d.rest), binary.MaxVarintLen64)]))
	if size <= 0 || n > most {
		d.failed = true
		return 0
	}
	d.take(size)
	return n
}

func (d *listingReader) string() string { return d.take(int(d.uvarint(maxCursor))) }

func (d *listingReader) uint64() uint64 {
	b := d.take(8)
	if b == "" {
		return 0
	}
	return binary.LittleEndian.Uint64([]byte(b))
}

// float reads a number, which must be finite.
func (d *listingReader) float() float64 {
	f := math.Float64frombits(d.uint64())
	if math.IsNaN(f) || math.IsInf(f, 0) {
		d.failed = true
		return 0
	}
	return f
}
