package local

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
	"sync"
	"sync/atomic"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	segment "github.com/blevesearch/scorch_segment_api/v2"

	"github.com/newsq/newsq/internal/engine"
	ours "github.com/newsq/newsq/internal/segment"
)

// view is a scorch snapshot as searches need it: its segments, and what is
// the same for every search over it.
type view struct {
	segs  []*segView
	count int // articles
	// meanLength is the mean weighted length of live articles, doubled like
	// the lengths themselves. It walks a dictionary, so it waits for the
	// first search that ranks.
	meanLength func() (float64, error)
	// searches is how many there were; see search.top.
	searches atomic.Int32
}

// segView is one segment of a view.
type segView struct {
	seg     segment.Segment
	own     *ours.Segment   // the same, in our own format
	deleted *roaring.Bitmap // nil for none
	// articles are the live articles; entry records are no articles.
	articles *roaring.Bitmap
	// times is the time of publication of every document in nanoseconds
	// since 1970, noTime where there is none. Only ties and sorting by date
	// need it.
	times func() ([]int64, error)
	// columns are the values of facets by document, by field.
	columns map[string]func() (*column, error)
}

const noTime = math.MinInt64

func newView(r *scorch.IndexSnapshot) (*view, error) {
	v := &view{}
	for _, s := range r.Segments() {
		sv := &segView{seg: s.Segment(), deleted: s.Deleted()}
		var ok bool
		if sv.own, ok = ours.Of(sv.seg); !ok {
			return nil, fmt.Errorf("%w: a segment is not in newsq's format", engine.ErrDamaged)
		}
		all, err := sv.set(fieldKind, kindArticle)
		if err != nil {
			return nil, err
		}
		sv.articles = all
		sv.times = sync.OnceValues(sv.readTimes)
		sv.columns = map[string]func() (*column, error){}
		for _, field := range [...]string{fieldTopic, fieldSource, fieldAuthor, fieldDay} {
			sv.columns[field] = sync.OnceValues(func() (*column, error) { return sv.readColumn(field) })
		}
		v.count += int(all.GetCardinality())
		v.segs = append(v.segs, sv)
	}
	v.meanLength = sync.OnceValues(v.computeMeanLength)
	return v, nil
}

// computeMeanLength adds up lengths by the dictionary of lengths.
func (v *view) computeMeanLength() (float64, error) {
	if v.count == 0 {
		return 0, nil
	}
	sum := 0.0
	for _, s := range v.segs {
		var lists reader
		err := s.eachTerm(fieldLength, nil, nil, func(d segment.TermDictionary, term string) error {
			n, err := strconv.Atoi(term)
			if err != nil {
				return fmt.Errorf("%w: length %q", engine.ErrDamaged, term)
			}
			if err := lists.open(s, d, term); err != nil {
				return err
			}
			sum += float64(n) * float64(lists.list.Count())
			return nil
		})
		if err != nil {
			return 0, err
		}
	}
	if sum == 0 {
		return 1, nil // only stop words anywhere: all lengths are 0
	}
	return sum / float64(v.count), nil
}

func (s *segView) readTimes() ([]int64, error) {
	times := make([]int64, s.seg.Count())
	for i := range times {
		times[i] = noTime
	}
	var lists reader
	err := s.eachTerm(fieldTime, nil, nil, func(d segment.TermDictionary, term string) error {
		if err := lists.open(s, d, term); err != nil {
			return err
		}
		at := parseTimeTerm([]byte(term))
		return lists.each(func(p segment.Posting) error {
			times[p.Number()] = at
			return nil
		})
	})
	return times, err
}

// set returns the live documents with a term; the caller may change it.
func (s *segView) set(field, term string) (*roaring.Bitmap, error) {
	list, ok, err := s.own.Postings(field, term)
	if err != nil {
		return nil, fmt.Errorf("postings of %s:%q: %w", field, term, err)
	}
	if !ok {
		return roaring.New(), nil
	}
	return s.listSet(list)
}

// smallList is the length from which a set is made of bits rather than of
// numbers: below it, clearing the bits would take longer.
const smallList = 1024

// listSet returns the live documents of a list; the caller may change it.
func (s *segView) listSet(list ours.List) (*roaring.Bitmap, error) {
	if list.Count() >= smallList {
		bits := make([]uint64, s.seg.Count()/64+1)
		list.Bits(bits)
		return s.live(bits), list.Err()
	}
	set := roaring.New()
	var docs [ours.BlockSize]uint32
	for n := list.NextBlock(&docs, nil); n > 0; n = list.NextBlock(&docs, nil) {
		set.AddMany(docs[:n])
	}
	if s.deleted != nil {
		set.AndNot(s.deleted)
	}
	return set, list.Err()
}

// live makes a set of bits, one for each document, without those deleted.
func (s *segView) live(bits []uint64) *roaring.Bitmap {
	set := roaring.FromDense(bits, false)
	if s.deleted != nil {
		set.AndNot(s.deleted)
	}
	return set
}

// liveCount returns the number of live documents in a list.
func (s *segView) liveCount(list ours.List) (int, error) {
	if s.deleted == nil {
		return list.Count(), nil
	}
	var docs [ours.BlockSize]uint32
	count := 0
	for n := list.NextBlock(&docs, nil); n > 0; n = list.NextBlock(&docs, nil) {
		for _, doc := range docs[:n] {
			if !s.deleted.Contains(doc) {
				count++
			}
		}
	}
	return count, list.Err()
}

// reader reads one postings list after the other, reusing what each takes.
type reader struct {
	list segment.PostingsList
	it   segment.PostingsIterator
}

func (r *reader) open(s *segView, d segment.TermDictionary, term string) (err error) {
	r.list, err = d.PostingsList([]byte(term), s.deleted, r.list)
	return err
}

// each calls f for the postings of the open list.
func (r *reader) each(f func(p segment.Posting) error) error {
	r.it = r.list.Iterator(true, true, false, r.it)
	for {
		next, err := r.it.Next()
		if err != nil || next == nil {
			return err
		}
		if err := f(next); err != nil {
			return err
		}
	}
}

// eachDoc calls f for each document of a postings list.
func eachDoc(p segment.PostingsList, f func(doc uint32)) error {
	it := p.Iterator(false, false, false, nil)
	for {
		next, err := it.Next()
		if err != nil || next == nil {
			return err
		}
		f(uint32(next.Number()))
	}
}

// omitCounter is what dictionaries may have beside the interface: walking
// without reading the postings of each term for its count.
type omitCounter interface {
	AutomatonIteratorOmitCount(a segment.Automaton, from, to []byte) segment.DictionaryIterator
}

// eachTerm walks the terms of a field within [from, to), nil being open, in
// order.
func (s *segView) eachTerm(field string, from, to []byte, f func(d segment.TermDictionary, term string) error) error {
	return s.eachTermOf(field, nil, from, to, f)
}

// eachTermOf walks those of the terms that a accepts; nil accepts all.
func (s *segView) eachTermOf(field string, a segment.Automaton, from, to []byte, f func(d segment.TermDictionary, term string) error) error {
	if to != nil && bytes.Compare(from, to) >= 0 {
		return nil // zap would give the first term of an empty range
	}
	d, err := s.seg.Dictionary(field)
	if err != nil {
		return fmt.Errorf("dictionary of %s: %w", field, err)
	}
	var it segment.DictionaryIterator
	if o, ok := d.(omitCounter); ok {
		it = o.AutomatonIteratorOmitCount(a, from, to)
	} else {
		it = d.AutomatonIterator(a, from, to)
	}
	for {
		e, err := it.Next()
		if err != nil {
			return fmt.Errorf("dictionary of %s: %w", field, err)
		}
		if e == nil {
			return nil
		}
		if err := f(d, e.Term); err != nil {
			return err
		}
	}
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
