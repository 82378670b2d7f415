package index

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/newsq/newsq/internal/embed"
	"github.com/newsq/newsq/internal/engine"
)

// candidate is a hit by words that gets a new score.
type candidate struct {
	at     int     // its index among the candidates of the engine
	words  float64 // its score by words
	cosine float64 // to what the query means; noCosine where that isn't known
	score  float64 // the new one
}

// candidates are those of a search, in any order.
type candidates struct {
	engine engine.Candidates
	found  []candidate
}

func newCandidates(c engine.Candidates) *candidates {
	list := &candidates{c, make([]candidate, c.Len())}
	for i := range list.found {
		list.found[i] = candidate{at: i, words: c.Score(i), cosine: noCosine}
	}
	return list
}

// position is where a candidate stands in the list by words.
func (l *candidates) position(c *candidate) engine.Position {
	return engine.Position{Score: c.words, Published: l.engine.Published(c.at), ID: l.engine.ID(c.at)}
}

// isAfter reports whether a candidate with this score comes behind a position.
func (l *candidates) isAfter(c *candidate, score float64, p *engine.Position) bool {
	if score != p.Score {
		return score < p.Score
	}
	return after(engine.Position{Score: score, Published: l.engine.Published(c.at), ID: l.engine.ID(c.at)}, *p)
}

// byWords compares candidates by their scores by words, the better first.
func (l *candidates) byWords(a, b *candidate) int {
	if a.words != b.words {
		return cmp.Compare(b.words, a.words)
	}
	return l.tied(a, b)
}

// byScore compares candidates by their new scores, the better first.
func (l *candidates) byScore(a, b *candidate) int {
	if a.score != b.score {
		return cmp.Compare(b.score, a.score)
	}
	return l.tied(a, b)
}

// tied compares candidates with equal scores, as after does.
func (l *candidates) tied(a, b *candidate) int {
	if d := compareDates(l.engine.Published(a.at), l.engine.Published(b.at)); d != 0 || a.at == b.at {
		return d
	}
	return cmp.Compare(l.engine.ID(a.at), l.engine.ID(b.at))
}

// compareDates puts the newer first, and what has no date last.
func compareDates(a, b time.Time) int {
	switch {
	case a.Equal(b):
		return 0
	case b.IsZero() || !a.IsZero() && a.After(b):
		return -1
	}
	return 1
}

// keep drops the candidates that keep isn't true of.
func (l *candidates) keep(keep func(c *candidate) bool) {
	l.found = slices.DeleteFunc(l.found, func(c candidate) bool { return !keep(&c) })
}

// load reads the vectors of all candidates of the engine, by their indexes there, and
// calls f with them, which must not keep them.
func (l *candidates) load(ctx context.Context, m *meaning, f func([]embed.Vector)) error {
	buffer := vectorBuffers.Get().(*[]embed.Vector)
	defer vectorBuffers.Put(buffer)
	n := l.engine.Len()
	*buffer = slices.Grow((*buffer)[:0], n)[:n]
	if err := m.vectors.Vectors(ctx, l.engine.Places(), *buffer); err != nil {
		return err
	}
	f(*buffer)
	return nil
}

// insertUpTo is up to how many of a list are selected by insertion. Beyond that, sorting
// costs less.
const insertUpTo = 64

// firstOf returns the first n of a list in an order. It may change the order of list, of
// which the result may be a part.
func firstOf(list []candidate, n int, compare func(a, b *candidate) int) []candidate {
	n = min(n, len(list))
	if n > insertUpTo {
		slices.SortFunc(list, func(a, b candidate) int { return compare(&a, &b) })
		return list[:n]
	}
	top := make([]candidate, 0, n)
	for i := range list {
		c := &list[i]
		if len(top) == n && (n == 0 || compare(c, &top[n-1]) >= 0) {
			continue
		}
		at := len(top)
		for at > 0 && compare(c, &top[at-1]) < 0 {
			at--
		}
		top = slices.Insert(top[:min(len(top), n-1)], at, *c)
	}
	return top
}
