package search

import (
	"context"
	"encoding/binary"
	"slices"

	"github.com/newsq/newsq/internal/engine"
)

// statistics are all that scores depend on beside the articles themselves and the
// plan. With those of an earlier generation, an article that is still there has the
// very score that it had then. So a list can be read on, from page to page, while the
// index is written.
type statistics struct {
	articles int
	length   uint64 // of all articles, doubled
	docFreqs []int  // by leaf
}

// encode returns the statistics as engine.Response has them: uvarints.
func (s *statistics) encode() string {
	b := make([]byte, 0, 64)
	b = binary.AppendUvarint(b, uint64(s.articles))
	b = binary.AppendUvarint(b, s.length)
	for _, n := range s.docFreqs {
		b = binary.AppendUvarint(b, uint64(n))
	}
	return string(b)
}

// maxArticles bounds the numbers of statistics, which anybody may have written.
const maxArticles = 1 << 31

// decode reads what encode wrote, for the leaves that s has docFreqs for.
func (s *statistics) decode(from string) error {
	b := []byte(from)
	next := func(most uint64) (n uint64, ok bool) {
		n, size := binary.Uvarint(b)
		if size <= 0 || n > most {
			return 0, false
		}
		b = b[size:]
		return n, true
	}
	articles, ok := next(maxArticles)
	length, lengthOK := next(articles << 32)
	if !ok || !lengthOK || articles == 0 {
		return engine.ErrStatistics
	}
	s.articles, s.length = int(articles), length
	for i := range s.docFreqs {
		n, ok := next(articles)
		if !ok {
			return engine.ErrStatistics
		}
		s.docFreqs[i] = int(n)
	}
	if len(b) > 0 {
		return engine.ErrStatistics
	}
	return nil
}

// readStatistics returns those of a request: its own, or those of the view, for which
// the server is asked once.
func (q *search) readStatistics(ctx context.Context) (*statistics, error) {
	s := &statistics{docFreqs: make([]int, len(q.tree.leaves))}
	if q.request.Statistics != "" {
		return s, s.decode(q.request.Statistics)
	}
	if len(s.docFreqs) == 0 || q.request.Limit <= 0 {
		return s, nil
	}
	doubtful := q.estimated()
	sets, err := q.compiler.sets(ctx, append(slices.Clone(q.tree.distinct), q.tree.floors...))
	if err != nil {
		return nil, err
	}
	counts, err := q.compiler.count(ctx, slices.Concat(sets, q.doubts(doubtful)))
	if err != nil {
		return nil, err
	}
	for i, n := range counts[len(sets):] {
		if n == 0 {
			q.counted[doubtful[i]] = &countedFrequencies{all: true}
		}
	}
	s.articles = q.view.Articles
	if s.length, err = q.view.TotalLength(ctx); err != nil {
		return nil, err
	}
	floors := counts[len(q.tree.distinct):len(sets)]
	for i, l := range q.tree.leaves {
		s.docFreqs[i] = counts[l.id]
		for _, f := range l.floors {
			s.docFreqs[i] = max(s.docFreqs[i], floors[f])
		}
	}
	return s, nil
}
