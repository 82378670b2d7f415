package index

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/engine"
)

// What somebody removed by hand stays out of the index, though its file still has it
// and may be read anew: when it is touched, when it is moved, or when newsq reads its
// form better than before. So an index keeps a list of such articles, a line each, in
// a file that goes into backups and that a person can read.
//
// The list is written before the articles are removed. After a crash it may name some
// that are still there; these are not withheld.

// removedArticle is a line of the list.
type removedArticle struct {
	ID      string    `json:"id"`
	Entry   string    `json:"entry"`   // the key of the entry that it came from
	Content string    `json:"content"` // see contentOf
	Removed time.Time `json:"removed"`
	// Also are keys of other entries that have versions of it.
	Also []string `json:"also,omitempty"`
}

// The bounds of the list.
const (
	maxRemoved     = 1_000_000 // articles
	maxRemovedFile = 1 << 30   // bytes
)

// removedArticles is the list of an index. It is safe for concurrent use once it was
// loaded.
type removedArticles struct {
	mu        sync.Mutex
	loaded    bool
	changed   bool // since it was written
	byID      map[string]*removedArticle
	byContent map[string][]*removedArticle
	byEntry   map[string]int
	byAlso    map[string]int // by other entries
}

// load reads the list, once.
func (r *removedArticles) load(ctx context.Context, from settingsReader) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.loaded {
		return nil
	}
	r.byID, r.byContent, r.byEntry = map[string]*removedArticle{}, map[string][]*removedArticle{}, map[string]int{}
	r.byAlso = map[string]int{}
	b, where, err := from.ReadSetting(ctx, engine.RemovedSetting)
	if errors.Is(err, fs.ErrNotExist) {
		r.loaded = true
		return nil
	}
	if err != nil {
		return fmt.Errorf("read the list of removed articles: %w", err)
	}
	if len(b) > maxRemovedFile {
		return fmt.Errorf("read the list of removed articles: %s has more than %d bytes", where, maxRemovedFile)
	}
	lines := bufio.NewScanner(bytes.NewReader(b))
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		if len(bytes.TrimSpace(lines.Bytes())) == 0 {
			continue
		}
		var a removedArticle
		if err := json.Unmarshal(lines.Bytes(), &a); err != nil || a.ID == "" {
			return fmt.Errorf("%s, line %d, names no removed article; mend or delete the line", where, n)
		}
		r.put(&a)
	}
	r.loaded = lines.Err() == nil
	return lines.Err()
}

// save writes the list if it changed.
func (r *removedArticles) save(ctx context.Context, to engine.Settings) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.changed {
		return nil
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	for _, id := range slices.Sorted(maps.Keys(r.byID)) {
		if err := e.Encode(r.byID[id]); err != nil {
			return fmt.Errorf("keep the list of removed articles: %w", err)
		}
	}
	if err := to.WriteSetting(ctx, engine.RemovedSetting, b.Bytes()); err != nil {
		return fmt.Errorf("keep the list of removed articles: %w", err)
	}
	r.changed = false
	return nil
}

// put adds an article; r.mu is held.
func (r *removedArticles) put(a *removedArticle) {
	r.take(a.ID)
	r.byID[a.ID] = a
	r.byContent[a.Content] = append(r.byContent[a.Content], a)
	r.byEntry[a.Entry]++
	for _, e := range a.Also {
		r.byAlso[e]++
	}
}

// take takes an article from the list, if it is there; r.mu is held.
func (r *removedArticles) take(id string) bool {
	a, ok := r.byID[id]
	if !ok {
		return false
	}
	delete(r.byID, id)
	r.byContent[a.Content] = slices.DeleteFunc(r.byContent[a.Content], func(b *removedArticle) bool { return b == a })
	if len(r.byContent[a.Content]) == 0 {
		delete(r.byContent, a.Content)
	}
	if r.byEntry[a.Entry]--; r.byEntry[a.Entry] == 0 {
		delete(r.byEntry, a.Entry)
	}
	for _, e := range a.Also {
		if r.byAlso[e]--; r.byAlso[e] == 0 {
			delete(r.byAlso, e)
		}
	}
	return true
}

// addEntry notes that another entry has a version of an article on the list.
func (r *removedArticles) addEntry(id, entry string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	a := r.byID[id]
	if a == nil || a.Entry == entry || slices.Contains(a.Also, entry) || len(a.Also) >= maxVersions {
		return
	}
	a.Also = append(a.Also, entry)
	r.byAlso[entry]++
	r.changed = true
}

// add adds articles.
func (r *removedArticles) add(articles []removedArticle) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.byID)+len(articles) > maxRemoved {
		return fmt.Errorf("more than %d articles would be kept out of the index; remove their files, and prune", maxRemoved)
	}
	for i := range articles {
		r.put(&articles[i])
		r.changed = true
	}
	return nil
}

// drop takes the articles of these ids from the list.
func (r *removedArticles) drop(ids ...string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, id := range ids {
		r.changed = r.take(id) || r.changed
	}
}

// move notes where an article on the list stands now.
func (r *removedArticles) move(id, newID, entry string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	a, ok := r.byID[id]
	if !ok || id == newID && a.Entry == entry {
		return
	}
	r.take(id)
	also := slices.DeleteFunc(slices.Clone(a.Also), func(e string) bool { return e == entry })
	r.put(&removedArticle{ID: newID, Entry: entry, Content: a.Content, Removed: a.Removed, Also: also})
	r.changed = true
}

// dropEntries takes the articles of entries from the list for which drop is true, unless
// another entry has a version of it.
func (r *removedArticles) dropEntries(drop map[string]bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	isDropped := func(e string) bool { return drop[e] }
	for id, a := range r.byID {
		if !drop[a.Entry] && !slices.ContainsFunc(a.Also, isDropped) {
			continue
		}
		r.changed = r.take(id) || r.changed
		left := slices.DeleteFunc(append([]string{a.Entry}, a.Also...), isDropped)
		if len(left) > 0 {
			a.Entry, a.Also = left[0], left[1:]
			r.put(a)
		}
	}
}

// has reports whether an entry has a version of an article on the list.
func (r *removedArticles) has(entry string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.byEntry[entry] > 0 || r.byAlso[entry] > 0
}

// countOf returns how many articles of an entry are on the list.
func (r *removedArticles) countOf(entry string) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.byEntry[entry]
}

// find returns the line of an id; ok is false when there is none.
func (r *removedArticles) find(id string) (a removedArticle, ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if found := r.byID[id]; found != nil {
		return *found, true
	}
	return a, false
}

// alike returns the articles of some content.
func (r *removedArticles) alike(c content) (list []removedArticle) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, a := range r.byContent[c.String()] {
		if list = append(list, *a); len(list) == maxSameContent {
			break
		}
	}
	return list
}

// len returns the number of articles on the list.
func (r *removedArticles) len() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.byID)
}

// standsByPlace reports whether the id of an article says no more than where it stands
// among the others of its file: another one may stand there the next time.
func standsByPlace(a *corpus.Article, entry string) bool {
	return hasDerivedID(a) && a.Key != entry && strings.HasPrefix(a.Key, entry)
}

// isOfRemoved reports whether an id that is free belonged to an article that was
// removed, and whose entry is another one and still there.
func (s *syncer) isOfRemoved(it *item, entry string) bool {
	r, ok := s.removed.find(it.article.ID)
	return ok && r.Entry != entry && !s.isGone(r.Entry)
}

// withholds reports whether an article was removed by hand and stays out. Its line
// follows it to where it stands now.
func (s *syncer) withholds(it *item, entry string) bool {
	if s.removed.len() == 0 {
		return false
	}
	c, found := contentOf(&it.article), ""
	byPlace := standsByPlace(&it.article, entry)
	r, ok := s.removed.find(it.article.ID)
	switch {
	case it.known.Exists && (it.known.Same || !byPlace):
		if ok { // it was to be removed, or was being brought back, when newsq was killed
			s.broughtBack = append(s.broughtBack, r.ID)
		}
		return false
	case ok && r.Entry == entry && (r.Content == c.String() || !byPlace):
		found = r.ID
	case ok && r.Content == c.String() && s.isGone(r.Entry):
		found = r.ID
	case hasDerivedID(&it.article):
		for _, r := range s.removed.alike(c) {
			if !s.withheld[r.ID] && (r.Entry == entry && byPlace || r.Entry != entry && s.isGone(r.Entry)) {
				found = r.ID
				break
			}
		}
	}
	if found == "" {
		return false
	}
	if s.o.BringBack {
		s.broughtBack = append(s.broughtBack, found)
		return false
	}
	s.removed.move(found, it.article.ID, entry)
	s.withheld[it.article.ID] = true
	return true
}

// settleRemoved counts what was withheld, and takes from the list what was brought
// back, when all articles that were read are durable.
func (s *syncer) settleRemoved() {
	s.removed.drop(s.broughtBack...)
	if s.removed.len() == 0 {
		return
	}
	for i := range s.entries {
		s.report.Withheld += s.removed.countOf(s.entries[i].Key)
	}
}
