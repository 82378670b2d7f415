package index

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/engine"
)

// Withdrawal is an article that its sender took back.
type Withdrawal struct {
	ID string
	// Title is that of the last version that could be read before; of the notice
	// itself where there is none.
	Title string
	// Status is corpus.Canceled for one that never comes back, and corpus.Withdrawn
	// for one that a higher version may bring back.
	Status corpus.Status
	At     time.Time // the date of the notice; zero when it has none
	By     string    // the id of the article that says so, which may be its own
	Reason string    // what the notice says to editors, else its title
	Path   string    // of the notice's file
}

// WithdrawnError says that an article was there, or would be, and that its sender took
// it back.
type WithdrawnError struct{ Withdrawal }

// Error says when and why.
func (e *WithdrawnError) Error() string {
	s := fmt.Sprintf("article %q was %s by its sender", e.ID, e.Status)
	if !e.At.IsZero() {
		s += " on " + e.At.Format(time.DateOnly)
	}
	if e.Reason != "" {
		s += ": " + e.Reason
	}
	return s
}

// ReplacedError says that another article stands in the place of one.
type ReplacedError struct{ ID, By string }

// Error names both.
func (e *ReplacedError) Error() string {
	return fmt.Sprintf("article %q was replaced by %q", e.ID, e.By)
}

// Withdrawn returns the articles that their senders took back, the latest first. They
// are so as long as the notices that say so are in the index.
func (ix *Index) Withdrawn(ctx context.Context) (list []Withdrawal, err error) {
	snap, err := ix.engine.Snapshot(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, snap.Close(ctx)) }()
	for n, err := range snap.Notes(ctx, notedTombstone, false) {
		if err != nil {
			return nil, err
		}
		w, err := readTombstone(&n)
		if err != nil {
			return nil, err
		}
		list = append(list, w)
	}
	slices.SortFunc(list, func(a, b Withdrawal) int {
		return cmp.Or(b.At.Compare(a.At), strings.Compare(a.ID, b.ID))
	})
	return list, nil
}

func readTombstone(n *engine.Note) (Withdrawal, error) {
	var t tombstone
	_, id := splitNoteKey(n.Key)
	if err := json.Unmarshal(n.Value, &t); err != nil {
		return Withdrawal{}, fmt.Errorf("%w: the tombstone of article %q: %v", ErrDamaged, id, err)
	}
	return Withdrawal{ID: id, Title: t.Title, Status: t.Status, At: t.At, By: t.By, Reason: t.Reason, Path: t.Path}, nil
}

// absentError says why there is no article of an id, if that is known, and else err.
func absentError(ctx context.Context, snap engine.Snapshot, id string, err error) error {
	key := noteKey(notedTombstone, id)
	for n, noteErr := range snap.Notes(ctx, key, false) {
		if noteErr != nil || n.Key != key {
			break
		}
		if w, readErr := readTombstone(&n); readErr == nil {
			return &WithdrawnError{w}
		}
	}
	versions, directives, noteErr := versionsOf(ctx, snap, id)
	if noteErr == nil && len(versions) > 0 {
		if d := decide(versions, directives); d.replaced != nil {
			return &ReplacedError{ID: id, By: d.replaced.By}
		}
	}
	return err
}

// Version is a version of an article that the sources of an index have.
type Version struct {
	ID     string // another one than that asked for where an article replaces others
	Number int    // 0 where none is stated
	// Published and Updated are those of the version.
	Published, Updated time.Time
	Title              string
	Path               string
	Stands             bool // it is the one that is found and shown
	// Why says why a version that doesn't stand doesn't, such as "replaced by version 3".
	Why string
	// Notice is what its sender said to editors.
	Notice string
}

// Versions returns the versions of an article, the best first, and those of the
// articles that it replaces. id is a whole one, or the beginning of that of an article
// that stands. ErrNotFound: there is none.
func (ix *Index) Versions(ctx context.Context, id string) (list []Version, err error) {
	snap, err := ix.snapshot(ctx, time.Now(), false)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, snap.Close(ctx)) }()
	full, findErr := resolve(ctx, snap, id)
	if findErr != nil {
		full = id
	}
	seen := map[string]bool{}
	for ids := []string{full}; len(ids) > 0 && len(list) < maxListedVersions; ids = ids[1:] {
		if seen[ids[0]] {
			continue
		}
		seen[ids[0]] = true
		versions, directives, err := versionsOf(ctx, snap, ids[0])
		if err != nil {
			return nil, err
		}
		list = append(list, listVersions(versions, directives)...)
		for _, v := range versions {
			if v.article.Handling != nil {
				ids = append(ids, v.article.Handling.Replaces...)
			}
		}
	}
	if len(list) == 0 {
		return nil, cmp.Or(ix.embargoedError(ctx, id, nil), findErr)
	}
	return list, nil
}

// maxListedVersions bounds what Versions follows.
const maxListedVersions = 1000

// listVersions returns the versions of an id, with the reason why each doesn't stand. A
// version that several files have is listed once, and one under embargo not at all.
func listVersions(versions []*version, directives []directive) (list []Version) {
	d := decide(versions, directives)
	now := time.Now()
	for i, v := range versions {
		a := &v.article
		if !v.stands && IsEmbargoed(a, now) || slices.ContainsFunc(versions[:i], func(o *version) bool {
			return o.isCopyOf(v)
		}) {
			continue
		}
		out := Version{
			ID: a.ID, Number: numberOf(a), Published: a.Published, Updated: a.Updated, Title: a.Title, Path: a.Path,
			Stands: v.stands,
		}
		if a.Handling != nil {
			out.Notice = a.Handling.Notice
		}
		if !v.stands {
			out.Why = d.why(v)
		}
		list = append(list, out)
	}
	return list
}

// why says why a version doesn't stand.
func (d *decision) why(v *version) string {
	switch s := statusOf(&v.article); {
	case s == corpus.Canceled || s == corpus.Withdrawn:
		return "takes the article back"
	case d.grave != nil:
		return string(d.grave.Status) + " by " + d.grave.By
	case d.replaced != nil:
		return "replaced by " + d.replaced.By
	case d.stands == nil || d.stands == v:
		return "to be settled by the next sync"
	case numberOf(&d.stands.article) > numberOf(&v.article):
		return fmt.Sprintf("replaced by version %d", numberOf(&d.stands.article))
	}
	return "replaced by a later text"
}
