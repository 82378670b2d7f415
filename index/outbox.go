package index

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/engine"
)

// Messages are composed from the index: a range of times at which articles were added is
// all that is kept of one. The end of the range is durable before the message is first
// sent, and what comes in later waits for the next one. So a message that is sent again has
// the same id and the same articles, but for those that were removed or changed meanwhile.

// NotifyMark is how far a saved search was told of.
type NotifyMark struct {
	// To is when the last article was added that was in the index.
	To time.Time `json:"to,omitzero"`
	// At is the moment of that: what was under embargo then is new when it ends.
	At time.Time `json:"at,omitzero"`
}

func (m NotifyMark) isZero() bool { return m.To.IsZero() && m.At.IsZero() }

func (m NotifyMark) equal(o NotifyMark) bool { return m.To.Equal(o.To) && m.At.Equal(o.At) }

// A Message tells what came in for one saved search.
type Message struct {
	// ID is the same whenever the message is sent again: 32 hexadecimal digits.
	ID     string
	Search SavedSearch
	// From and To are when articles were added, later than From and not later than To.
	// Those whose embargo has ended since may have been added earlier.
	From, To time.Time
	// Count is the number of new articles, and Hits are up to 100 of them, in the order of
	// Added, the last first, with a passage and without the whole text.
	Count int
	Hits  []Hit

	mark NotifyMark // when it is delivered
}

// maxMessageHits bounds a message to some 100 KB.
const maxMessageHits = 100

// notifyLease says which process delivers messages, and how long no other one may.
type notifyLease struct {
	Owner string    `json:"owner,omitempty"`
	Until time.Time `json:"until,omitzero"`
}

// ErrNotifying says that another process is delivering messages.
var ErrNotifying = errors.New("another process is delivering messages")

// claim is what is asked of the outbox.
type claim struct {
	owner string
	now   time.Time
	lease time.Duration
	most  int             // messages
	skip  map[string]bool // searches, by name
}

// claimed is what the outbox has.
type claimed struct {
	messages []*Message
	warnings []string // of searches that can't be asked
}

// notified returns to where a search was told of. A search that an older version saved was
// told of as far as it was seen.
func (s *SavedSearch) notified() NotifyMark {
	if s.Notified.isZero() {
		return NotifyMark{To: s.Seen, At: s.SeenAt}
	}
	return s.Notified
}

// claimMessages composes the messages that are to be sent, makes their ranges durable, and
// keeps other processes from sending for a while. settleMessages ends that.
func (ix *Index) claimMessages(ctx context.Context, c claim) (_ claimed, err error) {
	if err := ix.checkWritable("notify"); err != nil {
		return claimed{}, err
	}
	ix.saving.Lock()
	defer ix.saving.Unlock()
	f, err := readSaved(ctx, ix.engine)
	if err != nil || len(f.Searches) == 0 {
		return claimed{}, err
	}
	if l := f.Lease; l.Owner != "" && l.Owner != c.owner && l.Until.After(c.now) {
		return claimed{}, fmt.Errorf("%w, until %s at most", ErrNotifying, l.Until.Local().Format(time.TimeOnly))
	}
	raw, err := ix.engine.Snapshot(ctx)
	if err != nil {
		return claimed{}, err
	}
	defer func() { err = errors.Join(err, raw.Close(ctx)) }()
	o := outbox{ix: ix, raw: raw, at: c.now.UTC()}
	if o.upTo, err = lastAddedIn(ctx, raw); err != nil {
		return claimed{}, err
	}
	found, changed, err := o.compose(ctx, f, c)
	if err != nil {
		return claimed{}, err
	}
	if len(found.messages) > 0 {
		f.Lease, changed = notifyLease{Owner: c.owner, Until: c.now.Add(c.lease).UTC()}, true
	}
	if changed {
		err = f.write(ctx, ix.engine)
	}
	return found, err
}

// settleMessages marks messages as delivered, and lets other processes send.
func (ix *Index) settleMessages(ctx context.Context, owner string, delivered []*Message) (left int, err error) {
	err = ix.changeSaved(ctx, func(f *savedFile) error {
		for _, m := range delivered {
			// A search that was saved anew meanwhile has begun anew.
			if i := f.named(m.Search.Name); i >= 0 && f.Searches[i].Notifying.equal(m.mark) {
				f.Searches[i].Notified, f.Searches[i].Notifying = m.mark, NotifyMark{}
			}
		}
		for i := range f.Searches {
			if !f.Searches[i].Notifying.isZero() {
				left++
			}
		}
		if f.Lease.Owner == owner {
			f.Lease = notifyLease{}
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	return left, nil
}

// outbox composes messages from one state of the index.
type outbox struct {
	ix   *Index
	raw  engine.Snapshot // with what is under embargo
	at   time.Time
	upTo time.Time // of the last article

	// visible is what may be seen at, and earlier what could be seen at earlierAt, which is
	// the same for most searches; nil before they are asked for.
	visible, earlier engine.Snapshot
	earlierAt        time.Time
}

// compose returns messages, and whether it changed marks of f. Ranges of all searches that
// something came in for are fixed at once, and the first messages are composed.
func (o *outbox) compose(ctx context.Context, f *savedFile, c claim) (found claimed, changed bool, err error) {
	changed, found.warnings, err = o.fixRanges(ctx, f, c)
	if err != nil {
		return found, changed, err
	}
	for i := range f.Searches {
		s := &f.Searches[i]
		if c.skip[s.Name] || s.Notifying.isZero() {
			continue
		}
		if len(found.messages) == c.most {
			break
		}
		m, err := o.message(ctx, s)
		if err != nil {
			if err = noteSearch(s, err); err != nil {
				return found, changed, err
			}
			found.warnings = append(found.warnings, unasked(s))
			continue
		}
		if m.Count == 0 { // what it told of was removed
			s.Notified, s.Notifying, changed = s.Notifying, NotifyMark{}, true
			continue
		}
		found.messages = append(found.messages, m)
	}
	return found, changed, nil
}

func noteSearch(s *SavedSearch, err error) error {
	count := SavedCount{Search: *s}
	err = count.note(err)
	s.Err = count.Err
	return err
}

func unasked(s *SavedSearch) string {
	return fmt.Sprintf("saved search %s can't be asked: %v", s.Name, s.Err)
}

// fixRanges gives each search that something came in for, and no message is under way of,
// the range of the next one.
func (o *outbox) fixRanges(ctx context.Context, f *savedFile, c claim) (changed bool, warnings []string, err error) {
	now, err := o.releasedTo(ctx, o.at)
	if err != nil {
		return false, nil, err
	}
	var counts []SavedCount
	var places []int // of counts in f
	for i := range f.Searches {
		s := f.Searches[i]
		from := s.notified()
		if c.skip[s.Name] || !s.Notifying.isZero() {
			continue
		}
		before, err := o.releasedTo(ctx, from.At)
		if err != nil {
			return false, nil, err
		}
		if o.upTo.After(from.To) || before.Len() != now.Len() {
			s.Seen, s.SeenAt = from.To, from.At
			counts, places = append(counts, SavedCount{Search: s}), append(places, i)
		}
	}
	if len(counts) == 0 {
		return false, nil, nil
	}
	counter := newCounter{ix: o.ix, raw: o.raw, arrivals: arrivals{last: now, at: o.at, upTo: o.upTo}}
	if err := counter.count(ctx, counts, counter.since); err != nil {
		return false, nil, err
	}
	if err := counter.countReleased(ctx, counts); err != nil {
		return false, nil, err
	}
	for i := range counts {
		of := &counts[i]
		if of.Err != nil {
			warnings = append(warnings, unasked(&of.Search))
			continue
		}
		to := NotifyMark{To: o.upTo, At: o.at}
		if of.Search.Seen.After(to.To) { // what came last was removed
			to.To = of.Search.Seen
		}
		s := &f.Searches[places[i]]
		if changed = true; of.New == 0 {
			s.Notified = to
		} else {
			s.Notified, s.Notifying = s.notified(), to
		}
	}
	return changed, warnings, nil
}

// releasedTo returns the articles that may be seen at a moment.
func (o *outbox) releasedTo(ctx context.Context, at time.Time) (engine.Snapshot, error) {
	if o.ix.embargoed {
		return o.raw, nil
	}
	keep := &o.visible
	if !at.Equal(o.at) {
		if keep = &o.earlier; !at.Equal(o.earlierAt) {
			*keep = nil
		}
		o.earlierAt = at
	}
	if *keep != nil {
		return *keep, nil
	}
	snap, err := o.raw.Released(ctx, at)
	if err == nil {
		*keep = snap
	}
	return snap, err
}

// message composes the message of a search that is under way.
func (o *outbox) message(ctx context.Context, s *SavedSearch) (*Message, error) {
	from, to := s.notified(), s.Notifying
	n := NewHits{Search: *s, ix: o.ix, raw: o.raw, arrivals: arrivals{at: to.At, upTo: to.To}}
	n.Search.Seen, n.Search.SeenAt = from.To, from.At
	var err error
	if n.last, err = o.releasedTo(ctx, to.At); err != nil {
		return nil, err
	}
	m := &Message{ID: messageID(s, from, to), Search: *s, From: from.To, To: to.To, mark: to}
	if err := n.first(ctx, m); err != nil {
		return nil, err
	}
	q := s.Query()
	q.Passages = 1
	n.released(ctx, q, func(h Hit, e error) bool {
		if err = e; err != nil {
			return false
		}
		m.add(h)
		m.Count++
		return true
	})
	return m, err
}

// first takes into a message what was added: how many articles, and the first of them.
func (n *NewHits) first(ctx context.Context, m *Message) error {
	if !n.upTo.After(n.Search.Seen) {
		return nil
	}
	q := n.Search.Query()
	aliases, err := n.ix.aliasesFor(&q)
	if err != nil {
		return err
	}
	q.provider, q.Limit, q.Passages = n.ix.provider, maxMessageHits, 1
	q.NoNear, q.ExactTotal, q.Copies = true, true, AllCopies
	q.within = addedIn(n.Search.Seen, n.upTo)
	if q, err = q.resolved(); err != nil {
		return err
	}
	res, err := search(ctx, n.last, &q, aliases)
	if err != nil {
		return err
	}
	m.Count = res.Total
	for _, h := range res.Hits {
		m.add(h)
	}
	return nil
}

func (m *Message) add(h Hit) {
	if len(m.Hits) < maxMessageHits {
		m.Hits = append(m.Hits, withoutText(h))
	}
}

// withoutText returns a hit without the whole text of its article: many are held at once.
func withoutText(h Hit) Hit {
	a := h.Article
	h.Article = &corpus.Article{
		ID: a.ID, Title: a.Title, Source: a.Source, Authors: a.Authors, Language: a.Language,
		Published: a.Published, PublishedAs: a.PublishedAs, Added: a.Added, URL: a.URL, Path: a.Path,
	}
	h.Snippets = slices.Clone(h.Snippets)
	return h
}

// messageID returns the id of the message about a range of a saved search.
func messageID(s *SavedSearch, from, to NotifyMark) string {
	h := sha256.New()
	fmt.Fprintln(h, s.Name)
	for _, at := range []time.Time{s.Saved, from.To, from.At, to.To, to.At} {
		fmt.Fprintln(h, at.UTC().Format(time.RFC3339Nano))
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}
