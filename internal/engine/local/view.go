package local

import (
	"bytes"
	"fmt"
	"sync"
	"sync/atomic"

	api "github.com/blevesearch/scorch_segment_api/v2"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local/segment"
)

// view is a state of the index as searches need it: its segments, and what is
// the same for every search over it.
type view struct {
	segs  []*segView
	count int // articles
	// length is the weighted length of all live articles together, doubled
	// like the lengths themselves. Unless it is known, it is added up for the
	// first search that ranks.
	length func() (uint64, error)
	counts sync.Map // of facets over all articles: engine.Facet to []engine.Count
}

// segView is one segment of a view.
type segView struct {
	own     *segment.Segment
	number  int    // its place in the view
	docs    int    // documents, deleted ones included
	deleted bitset // nil for none
	removed []uint32
	times   []int64     // of publication, see nanos; segment.NoNumber for none; nil when none has one
	checked atomic.Bool // whether all of times were held to their sums
	// articles are the live articles; entry records are no articles.
	articles func() (bitset, error)
	// topics and the like turned into sets, as filters ask for the same ones
	// again and again; and document frequencies where there are deletions.
	kept kept
	// lengths are the weighted lengths of all documents, doubled.
	lengths func() []uint32
	sums    sync.Pool // of *[]int64, see newSums
}

// newView makes a view of segments, which stay open as long as it is used.
func newView(parts []part) (*view, error) {
	v := &view{}
	for _, p := range parts {
		own := p.own
		sv := &segView{own: own, number: len(v.segs), docs: int(own.Count()), times: own.Numbers(fieldTime)}
		if p.deleted != nil && !p.deleted.IsEmpty() {
			sv.deleted = sv.bitsOf(p.deleted)
			sv.removed = sv.deleted.appendTo(nil)
		}
		sv.articles = sync.OnceValues(func() (bitset, error) { return sv.set(fieldKind, kindArticle) })
		sv.lengths = sync.OnceValue(sv.readLengths)
		n, err := sv.liveArticles()
		if err != nil {
			return nil, err
		}
		v.count += n
		v.segs = append(v.segs, sv)
	}
	v.length = sync.OnceValues(v.addLengths)
	return v, nil
}

// allCounts returns what count made of a facet the first time. Nobody changes
// it.
func (v *view) allCounts(f engine.Facet, count func() ([]engine.Count, error)) ([]engine.Count, error) {
	if kept, ok := v.counts.Load(f); ok {
		return kept.([]engine.Count), nil
	}
	counts, err := count()
	if err == nil {
		v.counts.Store(f, counts)
	}
	return counts, err
}

// liveArticles counts the articles.
func (s *segView) liveArticles() (int, error) {
	if s.deleted == nil {
		return s.own.Frequency(fieldKind, kindArticle)
	}
	list, ok, err := s.postings(fieldKind, kindArticle)
	if !ok || err != nil {
		return 0, err
	}
	return s.liveCount(list)
}

// addLengths adds up the lengths of articles.
func (v *view) addLengths() (uint64, error) {
	sum := uint64(0)
	for _, s := range v.segs {
		n, err := s.own.TotalLength(fieldStem, fieldKind, kindArticle)
		if err != nil {
			return 0, err
		}
		gone, err := s.removedLength()
		if err != nil {
			return 0, err
		}
		sum += n - gone
	}
	return sum, nil
}

// removedLength adds up the lengths of deleted articles.
func (s *segView) removedLength() (sum uint64, err error) {
	if s.deleted == nil {
		return 0, nil
	}
	list, ok, err := s.postings(fieldKind, kindArticle)
	if !ok || err != nil {
		return 0, err
	}
	lengths := s.lengths()
	err = s.eachRemoved(list, func(doc uint32) { sum += uint64(lengths[doc]) })
	return sum, err
}

// meanLength is the mean length of live articles, doubled.
func (v *view) meanLength() (float64, error) {
	sum, err := v.length()
	if err != nil || sum == 0 {
		return 1, err // only stop words anywhere: all lengths are 0
	}
	return float64(sum) / float64(v.count), nil
}

// readLengths returns zeroes where no article has a word that ranks.
func (s *segView) readLengths() []uint32 {
	if lengths, _ := s.own.Lengths(fieldStem); len(lengths) >= s.docs { // see view.damaged
		return lengths
	}
	return make([]uint32, s.docs)
}

// time is when a document was published.
func (s *segView) time(doc uint32) int64 {
	if s.times == nil {
		return segment.NoNumber
	}
	if !s.checked.Load() {
		_ = s.own.CheckNumbers(s.times[doc : doc+1]) // see view.damaged
	}
	return s.times[doc]
}

// checkTimes holds all times to their sums, for those who read many.
func (s *segView) checkTimes() {
	if s.own.CheckNumbers(s.times) == nil { // see view.damaged
		s.checked.Store(true)
	}
}

// damaged returns the damage that was met in any segment so far: what reads
// columns can't always tell of it.
func (v *view) damaged() error {
	for _, s := range v.segs {
		if err := s.own.Damaged(); err != nil {
			return err
		}
	}
	return nil
}

// set returns the live documents with a term; the caller may change it.
func (s *segView) set(field, term string) (bitset, error) {
	b := s.newBits()
	list, ok, err := s.postings(field, term)
	if err != nil || !ok {
		return b, err
	}
	return b, s.addList(b, list)
}

// postings opens a list.
func (s *segView) postings(field, term string) (segment.List, bool, error) {
	list, ok, err := s.own.Postings(field, term)
	if err != nil {
		return list, false, fmt.Errorf("postings of %s:%q: %w", field, term, err)
	}
	return list, ok, nil
}

// addList adds the live documents of a list to b.
func (s *segView) addList(b bitset, list segment.List) error {
	list.Bits(b)
	if s.deleted != nil {
		b.andNot(s.deleted)
	}
	return list.Err()
}

// liveCount returns the number of live documents in a list.
func (s *segView) liveCount(list segment.List) (int, error) {
	n := list.Count()
	if s.deleted == nil {
		return n, nil
	}
	if len(s.removed) < n/segment.BlockSize {
		// Few deletions are sooner looked for than a long list is read.
		err := s.eachRemoved(list, func(uint32) { n-- })
		return n, err
	}
	var docs [segment.BlockSize]uint32
	for filled := list.NextBlock(&docs, nil); filled > 0; filled = list.NextBlock(&docs, nil) {
		for _, doc := range docs[:filled] {
			if s.deleted.has(doc) {
				n--
			}
		}
	}
	return n, list.Err()
}

// eachRemoved calls f for each deleted document in a list.
func (s *segView) eachRemoved(list segment.List, f func(doc uint32)) error {
	var docs [segment.BlockSize]uint32
	filled := 0
	for _, doc := range s.removed {
		if filled == 0 || docs[filled-1] < doc {
			list.Seek(doc)
			if filled = list.NextBlock(&docs, nil); filled == 0 {
				break
			}
		}
		if i := firstFrom(&docs, filled, doc); i < filled && docs[i] == doc {
			f(doc)
		}
	}
	return list.Err()
}

// eachTerm walks the terms of a field within [from, to), nil being open, in
// order, as far as a accepts them; nil accepts all.
func (s *segView) eachTerm(field string, a api.Automaton, from, to []byte, f func(t *segment.Term) error) error {
	if to != nil && bytes.Compare(from, to) >= 0 {
		return nil
	}
	failed := false
	err := s.own.Walk(field, a, from, to, func(t *segment.Term) error {
		err := f(t)
		failed = err != nil
		return err
	})
	if err != nil && !failed {
		return fmt.Errorf("dictionary of %s: %w", field, err)
	}
	return err
}

// prefixEnd is the first term after all that start with p; nil when there is
// none.
func prefixEnd(p []byte) []byte {
	end := bytes.TrimRight(p, "\xff")
	if len(end) == 0 {
		return nil
	}
	end = bytes.Clone(end)
	end[len(end)-1]++
	return end
}

// kept holds what searches over a view would otherwise work out each time. It
// is bounded: when it is full, it starts anew.
type kept struct {
	mu    sync.Mutex
	sets  map[string]bitset
	freqs map[string]int
}

const (
	// maxKeptBytes bounds the sets of a segment: a hundred topics of a
	// million articles.
	maxKeptBytes = 16 << 20
	maxKeptFreqs = 1 << 12
)

// keptSet returns the set of a name, which make makes. Nobody changes it.
func (s *segView) keptSet(name string, make func() (bitset, error)) (bitset, error) {
	s.kept.mu.Lock()
	set := s.kept.sets[name]
	s.kept.mu.Unlock()
	if set != nil {
		return set, nil
	}
	set, err := make()
	if err != nil {
		return nil, err
	}
	s.kept.mu.Lock()
	defer s.kept.mu.Unlock()
	if s.kept.sets == nil || (len(s.kept.sets)+1)*len(set)*8 > maxKeptBytes {
		s.kept.sets = map[string]bitset{}
	}
	s.kept.sets[name] = set
	return set, nil
}

// keptFreq returns the live documents of a list, counted once where that takes
// more than a look.
func (s *segView) keptFreq(field, term string, list segment.List) (int, error) {
	if s.deleted == nil {
		return list.Count(), nil
	}
	name := field + "\x00" + term
	s.kept.mu.Lock()
	n, ok := s.kept.freqs[name]
	s.kept.mu.Unlock()
	if ok {
		return n, nil
	}
	n, err := s.liveCount(list)
	if err != nil {
		return 0, err
	}
	s.kept.mu.Lock()
	defer s.kept.mu.Unlock()
	if s.kept.freqs == nil || len(s.kept.freqs) >= maxKeptFreqs {
		s.kept.freqs = map[string]int{}
	}
	s.kept.freqs[name] = n
	return n, nil
}
