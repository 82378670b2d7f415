// Package reader is one state of the index, open for reading: a View of its
// segments, with the documents that were deleted left out.
//
// A View does not know where its segments come from: package store makes it of a
// published generation, or of the writer's own state.
//
// # Who may change what
//
// A View and its Segments never change, except for their caches. What they hold is
// read from mapped files, or made when it is first asked for and then kept for all
// searches: the norms, the set of all articles, sets of documents that filters ask
// for, document frequencies where there are deletions, counts of facets over all
// articles. All of it is safe for concurrent use.
//
// Nobody may change what is shared: what Norms and Articles return, Times, Deleted,
// and what CachedSet and CachedCounts return. TermSet, Dated and
// PublishedDuring return sets of the caller's own. Accumulators are lent: who takes
// some gives them back with every number 0, or not at all.
//
// A View is valid while its segments are open, and who holds it keeps them open.
//
// # Damage
//
// Segments verify what is read of them. Most methods return what they find as an
// error. Norms, Time, VerifyTimes and the counts of facets cannot: there damage is
// remembered in the segment, and whoever uses a View asks Damaged before the answer
// goes out. A file that is cut short while it is mapped is a fault of memory: Guard
// makes it an error.
package reader

import (
	"bytes"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/RoaringBitmap/roaring/v2"
	api "github.com/blevesearch/scorch_segment_api/v2"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/bm25f"
	"github.com/newsq/newsq/internal/engine/local/schema"
	"github.com/newsq/newsq/internal/engine/local/segment"
)

// SegmentState is a segment of a state of the index, and which of its documents are
// deleted in that state.
type SegmentState struct {
	Segment *segment.Segment
	Deleted *roaring.Bitmap // nil for none
}

// NoTime stands for no date.
const NoTime = segment.MissingValue

// View is a state of the index as searches need it. See the package comment for
// who may change what.
type View struct {
	Segments []*Segment
	Articles int // live articles of all segments
	// TotalLength returns the sum of the lengths of all live articles, doubled
	// like the lengths themselves. It adds them up when it is first called. Who
	// knows the sum may replace it before the View is used.
	TotalLength func() (uint64, error)
	// Vectors opens the vectors of the articles when it is called first; it returns nil
	// where there are none. Who has some may replace it before the View is used.
	Vectors   func() (*Vectors, error)
	embargoes func() (*embargoes, error) // see Released
	counts    sync.Map                   // of facets over all articles: engine.Facet to *cachedCounts
	// mark tells places of this view from those of others; see Place.
	mark uint64
}

// Segment is one segment of a view.
type Segment struct {
	Raw         *segment.Segment
	mark        uint64   // of the view
	Ordinal     int      // its index in View.Segments
	Docs        int      // documents, deleted ones included
	Deleted     Bitset   // nil for none
	deletedDocs []uint32 // the same, in order
	// Times are those of publication, see schema.Micros; NoTime for a document
	// without a date, and nil when none has one.
	Times         []int64
	timesVerified atomic.Bool // set once all of Times was verified
	// Added are the times at which articles came into the index, likewise.
	Added []int64
	// Articles returns the live articles. Records of entries are no articles.
	Articles func() (Bitset, error)
	cache    cache
	places   termPlaces
	// Norms returns the weighted lengths of all documents, doubled, deleted
	// documents included.
	Norms   func() []uint32
	stories func() (*segment.Ordinals, error) // see openStories
	// accumulators are *[]int64; see Accumulators.
	accumulators sync.Pool
}

// NewView makes a view of segments, which stay open as long as it is used.
func NewView(states []SegmentState) (*View, error) {
	v := &View{mark: newMark()}
	for _, state := range states {
		raw := state.Segment
		seg := &Segment{mark: v.mark, Raw: raw, Ordinal: len(v.Segments), Docs: int(raw.Count()), Times: raw.NumericValues(schema.FieldTime), Added: raw.NumericValues(schema.FieldAdded)}
		if state.Deleted != nil && !state.Deleted.IsEmpty() {
			seg.Deleted = seg.FromBitmap(state.Deleted)
			seg.deletedDocs = seg.Deleted.AppendTo(nil)
		}
		seg.Articles = sync.OnceValues(func() (Bitset, error) { return seg.TermSet(schema.FieldKind, schema.KindArticle) })
		seg.Norms = sync.OnceValue(seg.readNorms)
		seg.stories = sync.OnceValues(seg.openStories)
		n, err := seg.liveArticles()
		if err != nil {
			return nil, err
		}
		v.Articles += n
		v.Segments = append(v.Segments, seg)
	}
	v.TotalLength = sync.OnceValues(v.addLengths)
	v.embargoes = sync.OnceValues(v.findEmbargoes)
	v.Vectors = func() (*Vectors, error) { return nil, nil }
	return v, nil
}

// cachedCounts are the counts of a facet over all articles, as they are in a
// location.
type cachedCounts struct {
	location *time.Location
	counts   []engine.Count
}

// CachedCounts returns the counts of a facet over all articles, in a location where
// it matters, which count makes the first time. Those of the last location are
// kept. The caller must not change them.
func (v *View) CachedCounts(f engine.Facet, loc *time.Location, count func() ([]engine.Count, error)) ([]engine.Count, error) {
	if cached, ok := v.counts.Load(f); ok && cached.(*cachedCounts).location == loc {
		return cached.(*cachedCounts).counts, nil
	}
	counts, err := count()
	if err == nil {
		v.counts.Store(f, &cachedCounts{loc, counts})
	}
	return counts, err
}

// liveArticles counts the live articles.
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

// addLengths adds up the lengths of live articles.
func (v *View) addLengths() (uint64, error) {
	sum := uint64(0)
	for _, s := range v.Segments {
		n, err := s.Raw.SumNorms(schema.FieldStem, schema.FieldKind, schema.KindArticle)
		if err != nil {
			return 0, err
		}
		deleted, err := s.deletedLength()
		if err != nil {
			return 0, err
		}
		sum += n - deleted
	}
	return sum, nil
}

// deletedLength adds up the lengths of deleted articles.
func (s *Segment) deletedLength() (sum uint64, err error) {
	if s.Deleted == nil {
		return 0, nil
	}
	list, ok, err := s.Postings(schema.FieldKind, schema.KindArticle)
	if !ok || err != nil {
		return 0, err
	}
	norms := s.Norms()
	err = s.eachDeletedIn(list, func(doc uint32) { sum += uint64(norms[doc]) })
	return sum, err
}

// MeanLength is the mean length of live articles, doubled.
func (v *View) MeanLength() (float64, error) {
	sum, err := v.TotalLength()
	return bm25f.MeanLength(sum, v.Articles), err
}

// readNorms returns zeroes where no article has a word that ranks.
func (s *Segment) readNorms() []uint32 {
	if norms, _ := s.Raw.Norms(schema.FieldStem); len(norms) >= s.Docs { // see View.Damaged
		return norms
	}
	return make([]uint32, s.Docs)
}

// Time returns when a document was published, or NoTime.
func (s *Segment) Time(doc uint32) int64 {
	if s.Times == nil {
		return segment.MissingValue
	}
	if !s.timesVerified.Load() {
		_ = s.Raw.VerifyNumericValues(s.Times[doc : doc+1]) // see View.Damaged
	}
	return s.Times[doc]
}

// AddedAt returns when a document came into the index, or NoTime.
func (s *Segment) AddedAt(doc uint32) int64 {
	if s.Added == nil {
		return segment.MissingValue
	}
	_ = s.Raw.VerifyNumericValues(s.Added[doc : doc+1]) // see View.Damaged
	return s.Added[doc]
}

// Touch reads what Time, and DocID of Raw, read of a document, without looking at it:
// see segment.Segment.TouchID.
func (s *Segment) Touch(doc uint32) uint64 {
	sum := s.Raw.TouchID(doc)
	if s.Times != nil {
		sum += uint64(s.Times[doc])
	}
	return sum
}

// VerifyTimes verifies all of Times at once, for those who read many of them.
// Otherwise Time verifies each that it returns.
func (s *Segment) VerifyTimes() {
	if s.Raw.VerifyNumericValues(s.Times) == nil { // see View.Damaged
		s.timesVerified.Store(true)
	}
}

// Damaged returns the damage that was met in any segment so far, also where it
// could not be returned as an error.
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

// AppendWith appends the live documents with a term to dst, in order. It takes as long
// as there are such documents, and TermSet as long as there are documents.
func (s *Segment) AppendWith(dst []uint32, field, term string) ([]uint32, error) {
	list, ok, err := s.Postings(field, term)
	if err != nil || !ok {
		return dst, err
	}
	var docs [segment.BlockSize]uint32
	for n := list.NextBlock(&docs, nil); n > 0; n = list.NextBlock(&docs, nil) {
		for _, doc := range docs[:n] {
			if s.Deleted == nil || !s.Deleted.Has(doc) {
				dst = append(dst, doc)
			}
		}
	}
	return dst, list.Err()
}

// Postings opens the posting list of a term, if there is one. Deleted documents
// are in it.
func (s *Segment) Postings(field, term string) (segment.PostingList, bool, error) {
	place, ok, err := s.places.find(s.Raw, field, term)
	if err == nil && ok {
		var list segment.PostingList
		if list, err = s.Raw.PostingsAt(place); err == nil {
			return list, true, nil
		}
	}
	if err != nil {
		err = fmt.Errorf("postings of %s:%q: %w", field, term, err)
	}
	return segment.PostingList{}, false, err
}

// AddLive adds the live documents of a posting list to b. b holds no deleted
// documents afterwards.
func (s *Segment) AddLive(b Bitset, list segment.PostingList) error {
	list.SetBits(b)
	if s.Deleted != nil {
		b.AndNot(s.Deleted)
	}
	return list.Err()
}

// LiveCount returns the number of live documents in a posting list.
func (s *Segment) LiveCount(list segment.PostingList) (int, error) {
	n := list.Count()
	if s.Deleted == nil {
		return n, nil
	}
	if len(s.deletedDocs) < n/segment.BlockSize {
		// To look up few deleted documents costs less than to read a long list.
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

// eachDeletedIn calls f for each deleted document in a posting list.
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

// EachTerm calls f for the terms of a field within [from, to) that a accepts, in
// order. A nil bound is open, and a nil automaton accepts all.
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

// cache holds what searches over a segment would otherwise make each time. It is
// bounded: when a part of it is full, that part starts anew.
type cache struct {
	mu    sync.Mutex
	sets  map[string]Bitset // of topics and the like, which filters ask for again and again
	freqs map[string]int    // document frequencies, where there are deletions
}

const (
	// maxCachedSetBytes bounds the sets of a segment: a hundred topics of a
	// million articles.
	maxCachedSetBytes = 16 << 20
	maxCachedFreqs    = 1 << 12
)

// CachedSet returns the set of a name, which make makes the first time. An error is
// not cached. The caller must not change the set.
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

// CachedDocFreq returns the number of live documents in the posting list of a term.
// It is cached where there are deletions, as it must be counted there.
func (s *Segment) CachedDocFreq(field, term string, list segment.PostingList) (int, error) {
	if s.Deleted == nil {
		return list.Count(), nil
	}
	name := field + "\x00" + term
	if n, ok := s.KeptCount(name); ok {
		return n, nil
	}
	n, err := s.LiveCount(list)
	if err == nil {
		s.KeepCount(name, n)
	}
	return n, err
}

// KeptCount returns the number of live documents that KeepCount was told, of a name.
// ok is false if it is not known, or no longer.
func (s *Segment) KeptCount(name string) (n int, ok bool) {
	s.cache.mu.Lock()
	defer s.cache.mu.Unlock()
	n, ok = s.cache.freqs[name]
	return n, ok
}

// KeepCount caches a number of live documents, for KeptCount.
func (s *Segment) KeepCount(name string, n int) {
	s.cache.mu.Lock()
	defer s.cache.mu.Unlock()
	if s.cache.freqs == nil || len(s.cache.freqs) >= maxCachedFreqs {
		s.cache.freqs = map[string]int{}
	}
	s.cache.freqs[name] = n
}

// Accumulators lends a number for each document, all of them 0. ReleaseAccumulators
// takes them back, when they are 0 again.
func (s *Segment) Accumulators() []int64 {
	if sums, ok := s.accumulators.Get().(*[]int64); ok {
		return *sums
	}
	return make([]int64, s.Docs)
}

// ReleaseAccumulators takes back what Accumulators lent.
func (s *Segment) ReleaseAccumulators(sums []int64) { s.accumulators.Put(&sums) }

// Document returns the live document of an id, if there is one.
func (s *Segment) Document(id string) (uint32, bool, error) {
	list, ok, err := s.Raw.Postings(schema.FieldID, id) // ids are asked for once
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
