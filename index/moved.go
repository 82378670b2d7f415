package index

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash"
	"io"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/newsq/newsq/corpus"
)

// An article whose source states no id has one that is derived from where it stands.
// When its file is moved or its folder renamed, the id would be another, and whoever
// noted the old one would find nothing. So an article that stands in a new place takes
// over the id of one with the same content whose file is gone: not of one whose file
// is still there, of which it is a copy. What is compared is what is read anyway, with
// what the index has stored of the entries that are gone; nothing else is read.

// content is a digest of what an article says, wherever it stands.
type content [16]byte

func (c content) String() string { return hex.EncodeToString(c[:]) }

// contentOf returns the digest of an article. Its id, key and path are no part of it,
// nor what follows from the text, nor title and date as far as the name of its file
// may have given them.
func contentOf(a *corpus.Article) content {
	h := sha256.New()
	title := a.Title
	if isOfName(title, a.Path) {
		title = ""
	}
	addText(h, title, a.Summary, a.Body, a.Source, a.URL)
	addText(h, a.Authors...)
	for _, s := range a.Sections {
		addText(h, s.Heading)
		addNumber(h, s.Start)
	}
	var c content
	copy(c[:], h.Sum(nil))
	return c
}

// addText adds texts, each with its length, and how many they are.
func addText(h hash.Hash, texts ...string) {
	addNumber(h, len(texts))
	for _, t := range texts {
		addNumber(h, len(t))
		_, _ = io.WriteString(h, t) // a hash never fails
	}
}

func addNumber(h hash.Hash, n int) {
	var b [8]byte
	binary.LittleEndian.PutUint64(b[:], uint64(n))
	_, _ = h.Write(b[:])
}

// isOfName reports whether a title may come from the name of a file: all of its
// letters stand there, in this order.
func isOfName(title, file string) bool {
	letters := func(s string) string {
		return strings.Map(func(r rune) rune {
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				return unicode.ToLower(r)
			}
			return -1
		}, s)
	}
	t := letters(title)
	return t != "" && strings.Contains(letters(baseName(file)), t)
}

// baseName returns the last part of a path or a key, of whatever system.
func baseName(p string) string { return path.Base(strings.ReplaceAll(p, `\`, "/")) }

// goneArticle is an article whose file is no longer there.
type goneArticle struct {
	id, entry string
	place     string // behind the entry in the article's key; empty for the only one
	next      int    // the next of the same content, in list; -1 for none
	taken     bool   // an article that was moved has its id now
}

// isBefore puts articles in the order of their source: "#9" before "#10".
func (g *goneArticle) isBefore(h *goneArticle) bool {
	return cmp.Or(strings.Compare(g.entry, h.entry), cmp.Compare(len(g.place), len(h.place)), strings.Compare(g.place, h.place), strings.Compare(g.id, h.id)) < 0
}

// goneArticles are the articles whose files are no longer there, by content.
type goneArticles struct {
	list  []goneArticle
	first map[content]int // in list
}

func (g *goneArticles) add(a *corpus.Article, entry string) {
	c := contentOf(a)
	next, ok := g.first[c]
	if !ok {
		next = -1
	}
	g.first[c] = len(g.list)
	place := strings.Clone(strings.TrimPrefix(a.Key, entry))
	g.list = append(g.list, goneArticle{id: strings.Clone(a.ID), entry: entry, place: place, next: next})
}

// maxSameContent bounds how many articles of the same content are compared for one that was
// moved: of more, such as pages that say nothing, any will do.
const maxSameContent = 64

// find returns the article that was most likely moved to where a stands now: of
// those with its content, the one whose path ends most like its own, and whose id
// may be taken.
func (g *goneArticles) find(a *corpus.Article, entry string, mayTake func(id string) bool) *goneArticle {
	at, ok := g.first[contentOf(a)]
	if !ok {
		return nil
	}
	place := strings.TrimPrefix(a.Key, entry)
	var best *goneArticle
	bestScore := -1
	for n := 0; at >= 0 && n < maxSameContent; n++ {
		c := &g.list[at]
		at = c.next
		if c.taken || !mayTake(c.id) {
			continue
		}
		score := 2 * commonEnd(c.entry, entry)
		if c.place == place {
			score++
		}
		if score > bestScore || score == bestScore && c.isBefore(best) {
			best, bestScore = c, score
		}
	}
	return best
}

// commonEnd returns how many parts two keys have in common at their ends.
func commonEnd(a, b string) (n int) {
	for a != "" && b != "" && path.Base(a) == path.Base(b) {
		n++
		a, b = strings.TrimSuffix(a[:strings.LastIndexByte(a, '/')+1], "/"), strings.TrimSuffix(b[:strings.LastIndexByte(b, '/')+1], "/")
	}
	return n
}

// isGone reports whether an entry that the index knows is no longer there. What src
// covers is gone when src doesn't list it; what lies elsewhere, when there is no such
// file. What could not be looked at is not gone.
func (s *syncer) isGone(key string) bool {
	switch {
	case s.present[key]:
		return false
	case !s.src.Covers(key):
		return s.finder.IsGone(key)
	}
	return !s.isUnlisted(key)
}

// isUnlisted reports whether a key lies where src could not look.
func (s *syncer) isUnlisted(key string) bool {
	return slices.ContainsFunc(s.unlisted, func(dir string) bool {
		return key == dir || strings.HasPrefix(key, strings.TrimSuffix(dir, "/")+"/")
	})
}

// maxLooks is how many files elsewhere a sync looks for one by one. Beyond, it looks
// for their folders, and for files of the names that it has to do with: to look for a
// million files in the network would take minutes.
const maxLooks = 10_000

// loadGone reads what the index has stored of entries that are gone. It is called
// when the first article stands in a new place.
func (s *syncer) loadGone(ctx context.Context) error {
	s.gone = &goneArticles{first: map[content]int{}}
	names := map[string]bool{}
	for i := range s.entries {
		if _, known := s.known[s.entries[i].Key]; !known {
			names[path.Base(s.entries[i].Key)] = true
		}
	}
	looks := 0
	for _, key := range slices.Sorted(maps.Keys(s.known)) {
		if s.known[key].Articles == 0 || s.present[key] {
			continue
		}
		if !s.src.Covers(key) && !names[path.Base(key)] {
			if looks++; looks > maxLooks && !s.finder.IsGone(path.Dir(key)) {
				continue
			}
		}
		if !s.isGone(key) {
			continue
		}
		if err := s.loadGoneEntry(ctx, key); err != nil {
			return err
		}
	}
	return nil
}

// loadGoneEntry reads the articles of an entry that is gone.
func (s *syncer) loadGoneEntry(ctx context.Context, key string) error {
	var ids []string
	for id, err := range s.snap.EntryIDs(ctx, key) {
		if err != nil {
			return err
		}
		ids = append(ids, id)
	}
	for group := range slices.Chunk(ids, maxGroup) {
		found, err := s.snap.Get(ctx, group...)
		if err != nil {
			return err
		}
		for i := range found {
			s.gone.add(&found[i], key)
		}
	}
	return nil
}

// hasDerivedID reports whether the source of an article states no id.
func hasDerivedID(a *corpus.Article) bool { return a.ID == corpus.DeriveID(a.Key) }

// keepID gives an article the id that it has had where it stood before, and reports
// whether that is another one than the id of its place. For one whose id is stated
// there is nothing to do.
func (s *syncer) keepID(ctx context.Context, it *item, entry string) (bool, error) {
	if len(s.known) == 0 || it.known.Exists || !hasDerivedID(&it.article) {
		return false, nil
	}
	if s.known[entry].Articles > 0 {
		kept, err := s.keptIDs(ctx, entry)
		if err != nil {
			return false, err
		}
		if id := kept[it.article.Key]; id != "" && !s.isClaimed(id) {
			it.article.ID = id
			return true, s.setVersion(it, entry)
		}
	}
	return s.takeGoneID(ctx, it, entry, func(string) bool { return true })
}

func (s *syncer) isClaimed(id string) bool {
	_, claimed := s.claims[id]
	return claimed
}

// keptIDs returns, by key, the ids that articles of an entry have from another place.
func (s *syncer) keptIDs(ctx context.Context, entry string) (map[string]string, error) {
	if s.keptOf == entry && s.kept != nil {
		return s.kept, nil
	}
	var ids []string
	for id, err := range s.snap.EntryIDs(ctx, entry) {
		if err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	// Ids of places in this entry, as most are, need not be looked at. A place is
	// mostly a line's number, and some lines may be blank.
	ofPlaces := map[string]bool{corpus.DeriveID(entry): true}
	if len(ids) > 1 {
		for i := range 2*len(ids) + 1 {
			ofPlaces[corpus.DeriveID(entry+"#"+strconv.Itoa(i))] = true
		}
	}
	ids = slices.DeleteFunc(ids, func(id string) bool { return ofPlaces[id] })
	kept := map[string]string{}
	for group := range slices.Chunk(ids, maxGroup) {
		found, err := s.snap.Get(ctx, group...)
		if err != nil {
			return nil, err
		}
		for i := range found {
			kept[found[i].Key] = found[i].ID
		}
	}
	s.keptOf, s.kept = entry, kept
	return kept, nil
}

// ownIDAt returns the id of its own that an article was given before, whose stated id
// is taken; empty if there is none.
func (s *syncer) ownIDAt(ctx context.Context, a *corpus.Article) (string, error) {
	n := 0
	for id, err := range s.snap.IDs(ctx, a.ID+"~") {
		if n++; err != nil || n > maxSameContent {
			return "", err
		}
		found, err := s.snap.Get(ctx, id)
		if err != nil {
			return "", err
		}
		if found[0].Key == a.Key && !s.isClaimed(id) {
			return id, nil
		}
	}
	return "", nil
}

// takeGoneID gives an article the id of one of the same content that is gone, if there
// is one whose id is good.
func (s *syncer) takeGoneID(ctx context.Context, it *item, entry string, good func(id string) bool) (bool, error) {
	if s.gone == nil {
		if err := s.loadGone(ctx); err != nil {
			return false, err
		}
	}
	if len(s.gone.list) == 0 {
		return false, nil
	}
	g := s.gone.find(&it.article, entry, func(id string) bool {
		return !s.isClaimed(id) && good(id)
	})
	if g == nil {
		return false, nil
	}
	g.taken, it.article.ID = true, g.id
	s.moveFrom(it, g.entry)
	return true, s.setVersion(it, entry)
}

// moveFrom notes that an article came from another entry, which is gone. That entry
// is forgotten, so that it is read if it is there again one day.
func (s *syncer) moveFrom(it *item, entry string) {
	it.moved = true
	if _, known := s.known[entry]; known && !s.forgotten[entry] {
		s.forgotten[entry] = true
		s.forget(entry)
	}
}

// hasMoved reports whether an article that states its id is the one that the index has
// from another entry: that is gone, and if src doesn't cover it, had the same content.
// What lies elsewhere and is gone may be another file with the same numbers.
func (s *syncer) hasMoved(ctx context.Context, it *item) (bool, error) {
	from := it.known.Entry
	if !s.isGone(from) {
		return false, nil
	}
	if !s.src.Covers(from) {
		before, err := s.snap.Get(ctx, it.article.ID)
		if err != nil || contentOf(&before[0]) != contentOf(&it.article) {
			return false, err
		}
	}
	return true, nil
}
