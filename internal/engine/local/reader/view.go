// Package reader is one state of the index, open for reading: a View of its
// segments, with the documents that were deleted taken out, and what every
// search over it needs again (norms, dates, sets of documents, document
// frequencies), made once and kept.
//
// A View doesn't know where its segments come from: package store makes it of a
// published generation or of the writer's own state. It is safe for concurrent
// use, and nothing in it changes but caches.
package reader

import (
	"bytes"
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/RoaringBitmap/roaring/v2"
	api "github.com/blevesearch/scorch_segment_api/v2"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local/schema"
	"github.com/newsq/newsq/internal/engine/local/segment"
)

// SegmentState is a segment of a state of the index, and which of its documents are
// gone.
type SegmentState struct {
	Segment *segment.Segment
	Deleted *roaring.Bitmap // may be nil
}

// noTime stands for no date.
const NoTime = segment.MissingValue

// View is a state of the index as searches need it: its segments, and what is
// the same for every search over it.
type View struct {
	Segments []*Segment
	Articles int // articles
	// mark tells places of this view from those of others; see Place.
	mark uint64
	// TotalLength is the weighted length of all live articles together, doubled
	// like the lengths themselves. Unless it is known, it is added up for the
	// first search that ranks.
	TotalLength func() (uint64, error)
	counts      sync.Map // of facets over all articles: engine.Facet to []engine.Count
}

// Segment is one segment of a view.
type Segment struct {
	mark          uint64 // of the view
	Raw           *segment.Segment
	Ordinal       int    // its place in the view
	Docs          int    // documents, deleted ones included
	Deleted       Bitset // nil for none
	deletedDocs   []uint32
	Times         []int64     // of publication, see nanos; segment.MissingValue for none; nil when none has one
	timesVerified atomic.Bool // whether all of times were held to their sums
	// Articles are the live articles; entry records are no articles.
	Articles func() (Bitset, error)
	// topics and the like turned into sets, as filters ask for the same ones
	// again and again; and document frequencies where there are deletions.
	cache cache
	// Norms are the weighted lengths of all documents, doubled.
	Norms func() []uint32
	// accumulators are *[]int64, see newAccumulators.
	accumulators sync.Pool
}

// NewView makes a view of segments, which stay open as long as it is used.
func NewView(parts []SegmentState) (*View, error) {
	v := &View{mark: newMark()}
	for _, p := range parts {
		own := p.Segment
		sv := &Segment{mark: v.mark, Raw: own, Ordinal: len(v.Segments), Docs: int(own.Count()), Times: own.NumericValues(schema.FieldTime)}
		if p.Deleted != nil && !p.Deleted.IsEmpty() {
			sv.Deleted = sv.FromBitmap(p.Deleted)
			sv.deletedDocs = sv.Deleted.AppendTo(nil)
		}
		sv.Articles = sync.OnceValues(func() (Bitset, error) { return sv.TermSet(schema.FieldKind, schema.KindArticle) })
		sv.Norms = sync.OnceValue(sv.readNorms)
		n, err := sv.liveArticles()
		if err != nil {
			return nil, err
		}
		v.Articles += n
		v.Segments = append(v.Segments, sv)
	}
	v.TotalLength = sync.OnceValues(v.addLengths)
	return v, nil
}

// CachedCounts returns what count made of a facet the first time. Nobody changes
// it.
func (v *View) CachedCounts(f engine.Facet, count func() ([]engine.Count, error)) ([]engine.Count, error) {
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
func (s *Segment) liveArticles() (int, error) {
	if s.Deleted == nil {
		return s.Raw.DocFreq(schema.FieldKind, schema.KindArticle)
	}
	list, ok, err := s.Postings(schema.FieldKind, schema.KindArticle)
	if !ok || err != nil {
		return 0, err
	}
	return s.LiveCount(list)
}

// addLengths adds up the lengths of articles.
func (v *View) addLengths() (uint64, error) {
	sum := uint64(0)
	for _, s := range v.Segments {
		n, err := s.Raw.SumNorms(schema.FieldStem, schema.FieldKind, schema.KindArticle)
		if err != nil {
			return 0, err
		}
		gone, err := s.deletedLength()
		if err != nil {
			return 0, err
		}
		sum += n - gone
	}
	return sum, nil
}

// removedLength adds up the lengths of deleted articles.
func (s *Segment) deletedLength() (sum uint64, err error) {
	if s.Deleted == nil {
		return 0, nil
	}
	list, ok, err := s.Postings(schema.FieldKind, schema.KindArticle)
	if !ok || err != nil {
		return 0, err
	}
	lengths := s.Norms()
	err = s.eachDeletedIn(list, func(doc uint32) { sum += uint64(lengths[doc]) })
	return sum, err
}

// MeanLength is the mean length of live articles, doubled.
func (v *View) MeanLength() (float64, error) {
	sum, err := v.TotalLength()
	if err != nil || sum == 0 {
		return 1, err // only stop words anywhere: all lengths are 0
	}
	return float64(sum) / float64(v.Articles), nil
}

// readLengths returns zeroes where no article has a word that ranks.
func (s *Segment) readNorms() []uint32 {
	if lengths, _ := s.Raw.Norms(schema.FieldStem); len(lengths) >= s.Docs { // see view.damaged
		return lengths
	}
	return make([]uint32, s.Docs)
}

// Time is when a document was published.
func (s *Segment) Time(doc uint32) int64 {
	if s.Times == nil {
		return segment.MissingValue
	}
	if !s.timesVerified.Load() {
		_ = s.Raw.VerifyNumericValues(s.Times[doc : doc+1]) // see view.damaged
	}
	return s.Times[doc]
}

// VerifyTimes holds all times to their sums, for those who read many.
func (s *Segment) VerifyTimes() {
	if s.Raw.VerifyNumericValues(s.Times) == nil { // see view.damaged
		s.timesVerified.Store(true)
	}
}

// Damaged returns the damage that was met in any segment so far: what reads
// columns can't always tell of it.
func (v *View) Damaged() error {
	for _, s := range v.Segments {
		if err := s.Raw.Damaged(); err != nil {
			return err
		}
	}
	return nil
}

// TermSet returns the live documents with a term; the caller may change it.
func (s *Segment) TermSet(field, term string) (Bitset, error) {
	b := s.NewBitset()
	list, ok, err := s.Postings(field, term)
	if err != nil || !ok {
		return b, err
	}
	return b, s.AddLive(b, list)
}

// Postings opens a list.
func (s *Segment) Postings(field, term string) (segment.PostingList, bool, error) {
	list, ok, err := s.Raw.Postings(field, term)
	if err != nil {
		return list, false, fmt.Errorf("postings of %s:%q: %w", field, term, err)
	}
	return list, ok, nil
}

// AddLive adds the live documents of a list to b.
func (s *Segment) AddLive(b Bitset, list segment.PostingList) error {
	list.SetBits(b)
	if s.Deleted != nil {
		b.AndNot(s.Deleted)
	}
	return list.Err()
}

// LiveCount returns the number of live documents in a list.
func (s *Segment) LiveCount(list segment.PostingList) (int, error) {
	n := list.Count()
	if s.Deleted == nil {
		return n, nil
	}
	if len(s.deletedDocs) < n/segment.BlockSize {
		// Few deletions are sooner looked for than a long list is read.
		err := s.eachDeletedIn(list, func(uint32) { n-- })
		return n, err
	}
	var docs [segment.BlockSize]uint32
	for filled := list.NextBlock(&docs, nil); filled > 0; filled = list.NextBlock(&docs, nil) {
		for _, doc := range docs[:filled] {
			if s.Deleted.Has(doc) {
				n--
			}
		}
	}
	return n, list.Err()
}

// eachRemoved calls f for each deleted document in a list.
func (s *Segment) eachDeletedIn(list segment.PostingList, f func(doc uint32)) error {
	var docs [segment.BlockSize]uint32
	filled := 0
	for _, doc := range s.deletedDocs {
		if filled == 0 || docs[filled-1] < doc {
			list.Seek(doc)
			if filled = list.NextBlock(&docs, nil); filled == 0 {
				break
			}
		}
		if i := SearchBlock(&docs, filled, doc); i < filled && docs[i] == doc {
			f(doc)
		}
	}
	return list.Err()
}

// EachTerm walks the terms of a field within [from, to), nil being open, in
// order, as far as a accepts them; nil accepts all.
func (s *Segment) EachTerm(field string, a api.Automaton, from, to []byte, f func(t *segment.Term) error) error {
	if to != nil && bytes.Compare(from, to) >= 0 {
		return nil
	}
	failed := false
	err := s.Raw.Walk(field, a, from, to, func(t *segment.Term) error {
		err := f(t)
		failed = err != nil
		return err
	})
	if err != nil && !failed {
		return fmt.Errorf("dictionary of %s: %w", field, err)
	}
	return err
}

// PrefixEnd is the first term after all that start with p; nil when there is
// none.
func PrefixEnd(p []byte) []byte {
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
type cache struct {
	mu    sync.Mutex
	sets  map[string]Bitset
	freqs map[string]int
}

const (
	// maxKeptBytes bounds the sets of a segment: a hundred topics of a
	// million articles.
	maxCachedSetBytes = 16 << 20
	maxCachedFreqs    = 1 << 12
)

// CachedSet returns the set of a name, which make makes. Nobody changes it.
func (s *Segment) CachedSet(name string, make func() (Bitset, error)) (Bitset, error) {
	s.cache.mu.Lock()
	set := s.cache.sets[name]
	s.cache.mu.Unlock()
	if set != nil {
		return set, nil
	}
	set, err := make()
	if err != nil {
		return nil, err
	}
	s.cache.mu.Lock()
	defer s.cache.mu.Unlock()
	if s.cache.sets == nil || (len(s.cache.sets)+1)*len(set)*8 > maxCachedSetBytes {
		s.cache.sets = map[string]Bitset{}
	}
	s.cache.sets[name] = set
	return set, nil
}

// CachedDocFreq returns the live documents of a list, counted once where that takes
// more than a look.
func (s *Segment) CachedDocFreq(field, term string, list segment.PostingList) (int, error) {
	if s.Deleted == nil {
		return list.Count(), nil
	}
	name := field + "\x00" + term
	s.cache.mu.Lock()
	n, ok := s.cache.freqs[name]
	s.cache.mu.Unlock()
	if ok {
		return n, nil
	}
	n, err := s.LiveCount(list)
	if err != nil {
		return 0, err
	}
	s.cache.mu.Lock()
	defer s.cache.mu.Unlock()
	if s.cache.freqs == nil || len(s.cache.freqs) >= maxCachedFreqs {
		s.cache.freqs = map[string]int{}
	}
	s.cache.freqs[name] = n
	return n, nil
}

// Accumulators returns a zero for each document. They are given back by
// releaseAccumulators, zeroes again.
func (s *Segment) Accumulators() []int64 {
	if sums, ok := s.accumulators.Get().(*[]int64); ok {
		return *sums
	}
	return make([]int64, s.Docs)
}

func (s *Segment) ReleaseAccumulators(sums []int64) { s.accumulators.Put(&sums) }

// Document returns the live document of an id.
func (s *Segment) Document(id string) (uint32, bool, error) {
	list, ok, err := s.Postings(schema.FieldID, id)
	if err != nil || !ok {
		return 0, false, err
	}
	var docs [segment.BlockSize]uint32
	for n := list.NextBlock(&docs, nil); n > 0; n = list.NextBlock(&docs, nil) {
		for _, doc := range docs[:n] {
			if s.Deleted == nil || !s.Deleted.Has(doc) {
				return doc, true, nil
			}
		}
	}
	return 0, false, list.Err()
}

// Load reads what is stored of an article.
func (s *Segment) Load(doc uint32) (*schema.Stored, error) {
	var out *schema.Stored
	var err error
	verr := s.Raw.VisitStoredFields(uint64(doc), func(field string, _ byte, value []byte, _ []uint64) bool {
		if field != schema.FieldStored {
			return true
		}
		out = &schema.Stored{}
		err = schema.DecodeStored(value, out)
		return false
	})
	switch {
	case verr != nil:
		return nil, fmt.Errorf("read stored article: %w", verr)
	case err != nil:
		return nil, fmt.Errorf("%w: stored article: %v", engine.ErrDamaged, err)
	case out == nil:
		return nil, fmt.Errorf("%w: an article is not stored", engine.ErrDamaged)
	}
	return out, nil
}
