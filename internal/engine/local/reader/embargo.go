package reader

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/RoaringBitmap/roaring/v2"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local/schema"
	"github.com/newsq/newsq/internal/engine/local/segment"
)

// Articles under embargo are indexed like others, so that they are found from the
// moment on at which they may be. Before, a view is used in which they are deleted:
// so there is nothing that could tell of them, be it a count, a word or a frequency.
// Such a view is made when the first one asks, and serves until an embargo ends.

// embargoes are the articles of a view that are under embargo, at whatever time.
type embargoes struct {
	list []embargo // by end, those without a known one last

	mu       sync.Mutex
	released int   // of list, those that the view below has
	view     *View // made last; nil before
}

// embargo is an article under embargo.
type embargo struct {
	end     int64 // see schema.EmbargoEnd
	segment int   // its ordinal
	doc     uint32
}

// findEmbargoes reads which live articles of a view are under embargo.
func (v *View) findEmbargoes() (*embargoes, error) {
	all := &embargoes{}
	for _, seg := range v.Segments {
		err := seg.EachTerm(schema.FieldEmbargo, nil, nil, nil, func(t *segment.Term) error {
			end, err := schema.EmbargoEnd(string(t.Bytes))
			if err != nil {
				return fmt.Errorf("%w: embargo %q", engine.ErrDamaged, t.Bytes)
			}
			list, err := t.Postings()
			if err != nil {
				return err
			}
			set := seg.NewBitset()
			if err := seg.AddLive(set, list); err != nil {
				return err
			}
			for _, doc := range set.AppendTo(nil) {
				all.list = append(all.list, embargo{end, seg.Ordinal, doc})
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	slices.SortFunc(all.list, func(a, b embargo) int { return cmp.Compare(a.end, b.end) })
	return all, nil
}

// Released is the method of engine.Snapshot: v, or a view without the articles that
// are under embargo at a time.
func (v *View) Released(ctx context.Context, at time.Time) (*View, error) {
	all, err := v.embargoes()
	if err != nil {
		return nil, err
	}
	now := schema.Micros(at)
	released, _ := slices.BinarySearchFunc(all.list, now, func(e embargo, now int64) int {
		if e.end <= now {
			return -1
		}
		return 1
	})
	if released == len(all.list) {
		return v, ctx.Err()
	}
	all.mu.Lock()
	defer all.mu.Unlock()
	if all.view == nil || all.released != released {
		view, err := v.without(all.list[released:])
		if err != nil {
			return nil, err
		}
		all.view, all.released = view, released
	}
	return all.view, ctx.Err()
}

// without returns a view of the same segments in which some articles are deleted.
func (v *View) without(hidden []embargo) (*View, error) {
	states := make([]SegmentState, len(v.Segments))
	for i, seg := range v.Segments {
		states[i] = SegmentState{Segment: seg.Raw, Deleted: roaring.BitmapOf(seg.deletedDocs...)}
	}
	for _, e := range hidden {
		states[e.segment].Deleted.Add(e.doc)
	}
	released, err := NewView(states)
	if err == nil {
		released.Vectors = v.Vectors
	}
	return released, err
}
