package search

import (
	"encoding/binary"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local/reader"
)

// statistics are all that scores depend on beside the articles themselves and the
// plan. With those of an earlier generation, an article that is still there has the
// very score that it had then: frequencies and lengths are its own, and scores are
// fixed-point. So a list can be read on, from page to page, while the index is
// written.
type statistics struct {
	articles int
	length   uint64 // of all articles, see reader.View.TotalLength
	docFreqs []int  // by leaf
}

func (s *statistics) meanLength() float64 { return reader.MeanLength(s.length, s.articles) }

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

// maxArticles bounds the numbers of statistics, which anybody may have written: an
// index holds some millions of articles, and each less than 4 GB of words.
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
