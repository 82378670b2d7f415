package index

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/engine"
)

// What a sender meant: agencies send an article in versions, replace it by another,
// and take it back. Of all versions that the sources of an index have, one stands as an
// article, or none. The others are notes, which no search finds:
//
//	v ID DIGEST      a version that doesn't stand, whole
//	d TARGET DIGEST  what an article says of another one: a directive
//	t ID             a tombstone: that and why no version stands
//	p ID             versions or directives of this id have changed: it is to be settled
//	g ID             the version that stands is no longer in the entry that is the value
//
// with a NUL where a blank is here. What stands is a function of all versions and
// directives that there are, whatever order they came in, see decide. A sync writes what
// it reads as notes, with a p for each id, and settles these when all is read. So a sync
// that is cut short is finished by the next one. Where versions are removed with their
// files, the next best one stands again.
//
// An article that states no version and that nobody names has no notes and costs
// nothing: that is nearly all of them.

const (
	notedVersion   = "v\x00"
	notedDirective = "d\x00"
	notedTombstone = "t\x00"
	notedPending   = "p\x00"
	notedGone      = "g\x00"
)

// noteKey returns the key of a note about an id.
func noteKey(kind, id string, more ...string) string {
	return kind + strings.Join(append([]string{id}, more...), "\x00")
}

// splitNoteKey returns the kind and the id that a key is of.
func splitNoteKey(key string) (kind, id string) {
	if len(key) < len(notedVersion) {
		return "", ""
	}
	kind = key[:len(notedVersion)]
	id, _, _ = strings.Cut(key[len(kind):], "\x00")
	return kind, id
}

// digestOf returns some hex digits that tell texts apart.
func digestOf(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:10])
}

// version is a version of an article: the one that stands, or one of a note.
type version struct {
	article corpus.Article
	entry   string
	key     string // of its note; that which it would have, if it stands
	stands  bool   // as an article of the index
	content content
}

func newVersion(a corpus.Article, entry string, stands bool) *version {
	return &version{article: a, entry: entry, key: versionKey(&a), stands: stands, content: contentOf(&a)}
}

// isCopyOf reports whether two versions are one, from two files.
func (v *version) isCopyOf(w *version) bool {
	a, b := &v.article, &w.article
	same := v.content == w.content || a.Title == b.Title && a.Summary == b.Summary && a.Body == b.Body
	return same && numberOf(&v.article) == numberOf(&w.article) && statusOf(&v.article) == statusOf(&w.article)
}

// versionKey returns the key of the note of a version. A text that was changed where it
// stood, without another number or date, takes the place of what was there.
func versionKey(a *corpus.Article) string {
	return noteKey(notedVersion, a.ID, digestOf(a.Key, strconv.Itoa(numberOf(a)), dateOf(a).Format(time.RFC3339Nano)))
}

// numberOf returns the number of an article's version; 0 when none is stated.
func numberOf(a *corpus.Article) int {
	if a.Handling == nil {
		return 0
	}
	return a.Handling.Version
}

func statusOf(a *corpus.Article) corpus.Status {
	if a.Handling == nil {
		return ""
	}
	return a.Handling.Status
}

// dateOf returns when an article was changed last, as far as it tells.
func dateOf(a *corpus.Article) time.Time {
	if a.Updated.After(a.Published) {
		return a.Updated
	}
	return a.Published
}

// isVersioned reports whether an article of the same id from elsewhere is a version of
// this one, and not another article that happens to have its id.
func isVersioned(a *corpus.Article) bool {
	s := statusOf(a)
	return a.GlobalID || s == corpus.Canceled || s == corpus.Withdrawn || numberOf(a) > 0 && !hasDerivedID(a)
}

// directive is what an article says of the versions of another one.
type directive struct {
	Replaces bool      `json:"replaces,omitempty"` // else it takes them back
	Number   int       `json:"version,omitempty"`  // of the only version that is meant; 0 for all
	By       string    `json:"by"`                 // the article's id
	Title    string    `json:"title,omitempty"`    // and so on
	At       time.Time `json:"at,omitzero"`
	Notice   string    `json:"notice,omitempty"`
	Path     string    `json:"path,omitempty"`
}

// directivesOf returns the notes of what an article says of others.
func directivesOf(a *corpus.Article, entry string) ([]engine.Note, error) {
	if a.Handling == nil || len(a.Handling.Replaces)+len(a.Handling.Withdraws) == 0 {
		return nil, nil
	}
	var notes []engine.Note
	add := func(target string, d directive) error {
		if target == a.ID || target == "" || strings.Contains(target, "\x00") {
			return nil
		}
		d.By, d.Title, d.At, d.Notice, d.Path = a.ID, a.Title, dateOf(a), a.Handling.Notice, a.Path
		b, err := json.Marshal(d)
		digest := digestOf(versionKey(a), strconv.FormatBool(d.Replaces), strconv.Itoa(d.Number))
		notes = append(notes, engine.Note{Key: noteKey(notedDirective, target, digest), Entry: entry, Value: b})
		return err
	}
	for _, list := range [...]struct {
		ids      []string
		replaces bool
	}{{a.Handling.Replaces, true}, {a.Handling.Withdraws, false}} {
		for _, id := range list.ids {
			if err := add(id, directive{Replaces: list.replaces}); err != nil {
				return nil, err
			}
			// "id:3" may be an id, or the third version of one.
			if i := strings.LastIndexByte(id, ':'); i > 0 {
				if n, err := strconv.Atoi(id[i+1:]); err == nil && n > 0 {
					if err := add(id[:i], directive{Replaces: list.replaces, Number: n}); err != nil {
						return nil, err
					}
				}
			}
		}
	}
	return notes, nil
}

// tombstone says that and why nothing stands under an id.
type tombstone struct {
	Title  string        `json:"title,omitempty"` // of the last version that is there
	Status corpus.Status `json:"status"`
	By     string        `json:"by"` // the id of the article that says so
	At     time.Time     `json:"at,omitzero"`
	Reason string        `json:"reason,omitempty"`
	Path   string        `json:"path,omitempty"`
	// Article is false where it is taken back before it ever came.
	Article bool `json:"article,omitempty"`
}

// decision is what becomes of the versions of an id.
type decision struct {
	stands   *version // nil for none
	grave    *tombstone
	replaced *directive // by which another article stands in its place
}

// decide says which version of an id stands:
//
//   - When any version is canceled, or an article takes all of them back, none does.
//   - Else the best does, see better, among those that no article takes back. If that is
//     one that withdraws what there was, none stands until a higher one comes.
//   - When another article replaces it, it doesn't stand either. Of two articles that
//     replace each other the later one does.
func decide(versions []*version, directives []directive) (d decision) {
	slices.SortFunc(versions, better)
	if grave := canceled(versions, directives); grave != nil {
		return decision{grave: grave}
	}
	var left []*version
	var revoked *directive
	for _, v := range versions {
		i := slices.IndexFunc(directives, func(d directive) bool {
			return !d.Replaces && d.Number > 0 && d.Number == max(numberOf(&v.article), 1)
		})
		if i < 0 {
			left = append(left, v)
		} else if revoked == nil {
			revoked = &directives[i]
		}
	}
	switch {
	case len(left) == 0 && revoked != nil:
		return decision{grave: revoked.grave(corpus.Withdrawn, versions)}
	case len(left) == 0:
		return decision{}
	}
	best := left[0]
	for i := range directives {
		by := &directives[i]
		if by.Replaces && (by.Number == 0 || by.Number >= numberOf(&best.article)) && !outlives(best, by) {
			return decision{replaced: by}
		}
	}
	if statusOf(&best.article) == corpus.Withdrawn {
		return decision{grave: graveOf(best, corpus.Withdrawn, versions)}
	}
	return decision{stands: best}
}

// outlives reports whether an article that is said to be replaced replaces the other
// one itself, and is the later of the two.
func outlives(v *version, by *directive) bool {
	h := v.article.Handling
	if h == nil || !slices.Contains(h.Replaces, by.By) {
		return false
	}
	return cmp.Or(dateOf(&v.article).Compare(by.At), strings.Compare(v.article.ID, by.By)) > 0
}

// canceled returns the tombstone of an id that was taken back for good; nil for another.
func canceled(versions []*version, directives []directive) *tombstone {
	for _, v := range versions {
		if statusOf(&v.article) == corpus.Canceled {
			return graveOf(v, corpus.Canceled, versions)
		}
	}
	for i := range directives {
		if d := &directives[i]; !d.Replaces && d.Number == 0 {
			return d.grave(corpus.Canceled, versions)
		}
	}
	return nil
}

// better puts the version first that is to stand: by number, then those that take the
// article back, then by date. The rest makes the order of arrival not matter.
func better(a, b *version) int {
	restricts := func(v *version) int {
		switch statusOf(&v.article) {
		case corpus.Canceled, corpus.Withdrawn:
			return 1
		}
		return 0
	}
	return cmp.Or(
		cmp.Compare(effectiveNumber(b), effectiveNumber(a)),
		restricts(b)-restricts(a),
		dateOf(&b.article).Compare(dateOf(&a.article)),
		cmp.Compare(len(b.article.Body), len(a.article.Body)),
		strings.Compare(a.entry, b.entry),
		strings.Compare(a.key, b.key),
	)
}

// effectiveNumber is the number of a version, but the highest of all for one that takes
// the article back and says no number.
func effectiveNumber(v *version) int {
	n := numberOf(&v.article)
	if n == 0 && statusOf(&v.article) == corpus.Withdrawn {
		const highest = int(^uint(0) >> 1)
		return highest
	}
	return n
}

// graveOf makes the tombstone of what a version says of its own article.
func graveOf(v *version, s corpus.Status, versions []*version) *tombstone {
	a := &v.article
	t := &tombstone{Status: s, By: a.ID, At: dateOf(a), Reason: cmp.Or(a.Handling.Notice, a.Title), Path: a.Path}
	t.name(versions)
	t.Title = cmp.Or(t.Title, a.Title)
	return t
}

// grave makes the tombstone of what another article says.
func (d *directive) grave(s corpus.Status, versions []*version) *tombstone {
	t := &tombstone{Status: s, By: d.By, At: d.At, Reason: cmp.Or(d.Notice, d.Title), Path: d.Path}
	t.name(versions)
	return t
}

// name takes the title of the last version that may have been read.
func (t *tombstone) name(versions []*version) {
	for _, v := range versions {
		if statusOf(&v.article) == "" {
			t.Title, t.Article = v.article.Title, true
			return
		}
	}
}

// versionsOf reads the versions of an id, the standing one among them, and the
// directives about it.
func versionsOf(ctx context.Context, snap engine.Snapshot, id string) (versions []*version, directives []directive, err error) {
	known, err := snap.Lookup(ctx, []engine.Ref{{ID: id, Version: noVersion}})
	if err != nil {
		return nil, nil, err
	}
	if known[0].Exists {
		found, err := snap.Get(ctx, id)
		if err != nil {
			return nil, nil, err
		}
		versions = append(versions, newVersion(found[0], known[0].Entry, true))
	}
	for n, err := range snap.Notes(ctx, noteKey(notedVersion, id, ""), false) {
		if err != nil {
			return nil, nil, err
		}
		var a corpus.Article
		if err := json.Unmarshal(n.Value, &a); err != nil {
			return nil, nil, fmt.Errorf("%w: a version of article %q: %v", ErrDamaged, id, err)
		}
		v := newVersion(a, n.Entry, false)
		v.key = n.Key
		versions = append(versions, v)
	}
	for n, err := range snap.Notes(ctx, noteKey(notedDirective, id, ""), false) {
		if err != nil {
			return nil, nil, err
		}
		var d directive
		if err := json.Unmarshal(n.Value, &d); err != nil {
			return nil, nil, fmt.Errorf("%w: what is said of article %q: %v", ErrDamaged, id, err)
		}
		directives = append(directives, d)
	}
	slices.SortFunc(directives, func(a, b directive) int {
		return cmp.Or(b.At.Compare(a.At), strings.Compare(a.By, b.By), cmp.Compare(a.Number, b.Number))
	})
	return versions, directives, nil
}

// versionKeys returns the keys of the notes of all versions of ids, and by id the keys
// of the entries that they came from.
func versionKeys(ctx context.Context, snap engine.Snapshot, ids []string) (keys []string, entries map[string][]string, err error) {
	if any, err := anyNotes(ctx, snap); !any {
		return nil, nil, err
	}
	entries = map[string][]string{}
	for _, id := range ids {
		for n, err := range snap.Notes(ctx, noteKey(notedVersion, id, ""), false) {
			if err != nil {
				return nil, nil, err
			}
			keys = append(keys, n.Key)
			if n.Entry != "" && !slices.Contains(entries[id], n.Entry) {
				entries[id] = append(entries[id], n.Entry)
			}
		}
	}
	return keys, entries, nil
}
