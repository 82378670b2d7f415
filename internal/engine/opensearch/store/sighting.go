package store

import "time"

// sighting is what one who waits has seen of a lease. The clocks of other machines are not
// trusted: a lease that goes on being renewed is held, whatever time it ends at.
type sighting struct {
	seqNo, term int64
	since       time.Time // when it was seen first as it is
	renewed     bool      // it was seen to change
}

// look notes what a lease is like now.
func (s *sighting) look(d *leaseDocument, now time.Time) {
	if s.since.IsZero() || s.seqNo != d.SeqNo || s.term != d.Term {
		*s = sighting{d.SeqNo, d.Term, now, !s.since.IsZero()}
	}
}

// abandoned reports whether the holder has not renewed the lease for as long as one may:
// by the clock here alone, or by both and for longer than it renews it.
func (s *sighting) abandoned(state *LeaseState, now time.Time) bool {
	unchanged := now.Sub(s.since)
	return unchanged >= leaseLife+leaseGrace || s.ended(state, now) && unchanged >= leaseRenew+leaseGrace
}

// ended reports whether a lease is over by its own time.
func (s *sighting) ended(state *LeaseState, now time.Time) bool {
	return !state.Held(now.Add(-leaseGrace))
}

// suspect reports whether a lease seems to be over, so that it is worth while to see
// whether it is renewed.
func (s *sighting) suspect(state *LeaseState, now time.Time) bool {
	return !s.renewed && s.ended(state, now)
}
