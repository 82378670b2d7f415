package index_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

// standing is what must be of an id, by a slow reading of all files.
type standing struct {
	title    string        // of the version that stands; empty for none
	status   corpus.Status // of what its sender took back
	embargo  bool          // it stands and must not be seen
	replaced bool
}

// numbered returns the number of a version of an article that a sender names, 0 for all
// of them; ok is false when it names another article.
func numbered(name, id string) (n int, ok bool) {
	if name == id {
		return 0, true
	}
	rest, found := strings.CutPrefix(name, id+":")
	n, err := strconv.Atoi(rest)
	return n, found && err == nil
}

// mustBe reads what must be of an id from all articles that there are.
func mustBe(all []corpus.Article, id string) (s standing) {
	var left []corpus.Article
	revoked := false
	for _, a := range all {
		if a.ID != id {
			continue
		}
		if a.Handling.Status == corpus.Canceled {
			return standing{status: corpus.Canceled}
		}
		takenBack := false
		for _, b := range all {
			for _, name := range b.Handling.Withdraws {
				n, ok := numbered(name, id)
				takenBack = takenBack || ok && b.ID != id && n == a.Handling.Version
			}
		}
		if revoked = revoked || takenBack; !takenBack {
			left = append(left, a)
		}
	}
	for _, b := range all {
		if b.ID != id && slices.Contains(b.Handling.Withdraws, id) {
			return standing{status: corpus.Canceled}
		}
	}
	if len(left) == 0 {
		if revoked {
			s.status = corpus.Withdrawn
		}
		return s
	}
	best := left[0]
	for _, a := range left {
		n, m := a.Handling.Version, best.Handling.Version
		back, bestBack := a.Handling.Status == corpus.Withdrawn, best.Handling.Status == corpus.Withdrawn
		if n > m || n == m && (back && !bestBack || back == bestBack && a.Published.After(best.Published)) {
			best = a
		}
	}
	for _, b := range all {
		for _, name := range b.Handling.Replaces {
			n, ok := numbered(name, id)
			if !ok || b.ID == id || n > 0 && n < best.Handling.Version {
				continue
			}
			if !slices.Contains(best.Handling.Replaces, b.ID) || b.Published.After(best.Published) {
				return standing{replaced: true}
			}
		}
	}
	if best.Handling.Status == corpus.Withdrawn {
		return standing{status: corpus.Withdrawn}
	}
	return standing{title: best.Title, embargo: index.IsEmbargoed(&best, time.Now())}
}

// agency makes up what an agency sends.
type agency struct {
	*rand.Rand
	sent []corpus.Article
	ids  []string
}

// next makes an article: a new one, or one that was sent before.
func (g *agency) next() corpus.Article {
	if len(g.sent) > 0 && g.IntN(6) == 0 {
		return g.sent[g.IntN(len(g.sent))]
	}
	id, other := g.ids[g.IntN(len(g.ids))], g.ids[g.IntN(len(g.ids))]
	h := corpus.Handling{Version: 1 + g.IntN(4)}
	some := func(id string) []string {
		if g.IntN(2) == 0 {
			return []string{id}
		}
		return []string{fmt.Sprintf("%s:%d", id, 1+g.IntN(4))}
	}
	switch g.IntN(16) {
	case 0:
		h.Status = corpus.Canceled
	case 1, 2:
		h.Status = corpus.Withdrawn
	case 3:
		h.Status = corpus.Withheld
	case 4, 5:
		h.Replaces = some(other)
	case 6, 7:
		h.Withdraws = some(other)
	case 8:
		h.Embargoed = true
	case 9:
		h.Embargoed, h.EmbargoedUntil = true, time.Now().Add(time.Hour)
	case 10:
		h.Embargoed, h.EmbargoedUntil = true, time.Now().Add(-time.Hour)
	}
	at := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC).Add(time.Duration(g.IntN(40))*time.Hour + time.Duration(len(g.sent))*time.Minute)
	a := corpus.Article{
		ID: id, Title: fmt.Sprintf("%s/%d sent %d", id, h.Version, len(g.sent)), Body: fmt.Sprintf("The harbour stays closed for %d days.", len(g.sent)),
		Published: at, Handling: &h, Source: "Desk",
	}
	g.sent = append(g.sent, a)
	return a
}

// change changes the files: one comes, changes, goes or is moved.
func (g *agency) change(w wire) {
	name := fmt.Sprint("f", g.IntN(5))
	switch g.IntN(7) {
	case 0:
		delete(w, name)
	case 1:
		if articles, ok := w[name]; ok {
			delete(w, name)
			w[fmt.Sprint("g", g.IntN(3))] = articles
		}
	case 2:
		w[name] = append(slices.Clone(w[name]), g.next())
	default:
		var articles []corpus.Article
		for range 1 + g.IntN(3) {
			articles = append(articles, g.next())
		}
		w[name] = articles
	}
}

// checkStanding fails unless an index shows just what must be of its files.
func checkStanding(t *testing.T, ix *index.Index, w wire, ids []string, log []string) {
	t.Helper()
	var all []corpus.Article
	for _, articles := range w {
		all = append(all, articles...)
	}
	var seen, stands, back [2]map[string]string
	for _, m := range []*[2]map[string]string{&seen, &stands, &back} {
		m[0], m[1] = map[string]string{}, map[string]string{}
	}
	hidden := 0
	for _, id := range ids {
		s := mustBe(all, id)
		if s.title != "" {
			stands[0][id] = s.title
			if !s.embargo {
				seen[0][id] = s.title
			} else {
				hidden++
			}
		}
		if s.status != "" {
			back[0][id] = string(s.status)
		}
	}
	seen[1] = titles(t, ix)
	for h, err := range ix.All(t.Context(), index.Query{Passages: -1, IncludeEmbargoed: true}) {
		if err != nil {
			t.Fatal(err)
		}
		stands[1][h.ID] = h.Article.Title
	}
	list, err := ix.Withdrawn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, gone := range list {
		if slices.Contains(ids, gone.ID) {
			back[1][gone.ID] = string(gone.Status)
		}
	}
	n, err := ix.Len(t.Context())
	stats, statsErr := ix.Stats(t.Context())
	if err := errors.Join(err, statsErr); err != nil {
		t.Fatal(err)
	}
	if n != len(seen[0]) || stats.Articles != n || stats.Embargoed != hidden {
		t.Errorf("%d articles, %d and %d hidden in stats, want %d and %d", n, stats.Articles, stats.Embargoed, len(seen[0]), hidden)
	}
	for i, m := range [][2]map[string]string{seen, stands, back} {
		if diff := cmp.Diff(m[0], m[1]); diff != "" {
			t.Errorf("%s, -want +got:\n%s", []string{"found", "found with embargoes", "taken back"}[i], diff)
		}
	}
	if t.Failed() {
		t.Fatal(strings.Join(log, "\n"), "\n", describe(w))
	}
}

// describe writes what files hold.
func describe(w wire) string {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(w)) {
		fmt.Fprintln(&b, name)
		for _, a := range w[name] {
			fmt.Fprintf(&b, "\t%s %s %s replaces %v withdraws %v embargo %v\n", a.Title, a.Published.Format("02 15:04"), a.Handling.Status, a.Handling.Replaces, a.Handling.Withdraws, index.IsEmbargoed(&a, time.Now()))
		}
	}
	return b.String()
}

// What stands is what the files that are there say, whatever came, changed, went and was
// moved before, and whatever was done to the index meanwhile.
func TestRandomVersions(t *testing.T) { randomVersionsAt(t, 12, folders{}) }

// places are where a test puts what it makes, in an engine.
type places interface {
	location(t *testing.T) string // of an index that is not there yet
	backup(t *testing.T) string   // of a backup that is not there yet
}

// folders are the places of the local engine.
type folders struct{}

func (folders) location(t *testing.T) string { return t.TempDir() + "/ix" }
func (folders) backup(t *testing.T) string   { return t.TempDir() + "/backup.tar.zst" }

// randomVersionsAt makes up rounds of what agencies send.
func randomVersionsAt(t *testing.T, rounds int, at places) {
	if testing.Short() {
		rounds = (rounds + 3) / 4
	}
	if s := os.Getenv("NEWSQ_ROUNDS"); s != "" {
		rounds, _ = strconv.Atoi(s)
	}
	for seed := range rounds {
		t.Run(fmt.Sprint(seed), func(t *testing.T) { randomVersions(t, uint64(seed), at) })
	}
}

func randomVersions(t *testing.T, seed uint64, at places) {
	g := &agency{Rand: rand.New(rand.NewPCG(seed, 0)), ids: []string{"x", "y", "z", "urn:w"}}
	dir, w := at.location(t), wire{}
	ix := open(t, dir, &index.Options{Topics: noRules(t)})
	var log []string
	for step := range 14 {
		for range 1 + g.IntN(3) {
			g.change(w)
		}
		what := g.IntN(8)
		log = append(log, fmt.Sprintf("step %d, %d:\n%s", step, what, describe(w)))
		switch what {
		case 0:
			ctx, cancel := context.WithCancel(t.Context())
			w2 := maps.Clone(w)
			w2["fx"] = []corpus.Article{sent("stop", 1, 1, corpus.Handling{})}
			_, _ = ix.Sync(ctx, stopping{w2, cancel}, &index.SyncOptions{Prune: true})
			cancel()
		case 1:
			// What a sync without pruning reads may only take away what was taken back.
			if _, err := ix.Sync(t.Context(), w, nil); err != nil {
				t.Fatal(err)
			}
			checkKilled(t, ix, w, g.ids, log)
		}
		syncWire(t, ix, w)
		checkStanding(t, ix, w, g.ids, log)
		if g.IntN(4) == 0 {
			checkRemoved(t, ix, w, g, log)
			checkStanding(t, ix, w, g.ids, append(log, "brought back"))
		}
		ix, dir = maintain(t, ix, dir, what, at)
		checkStanding(t, ix, w, g.ids, append(log, "maintained"))
		if r := syncWire(t, ix, w); r.Added+r.Updated+r.Removed+r.Superseded+r.Withdrawn > 0 {
			t.Errorf("again: %+v\n%s", r, strings.Join(log, "\n"))
		}
	}
	if err := ix.Close(); err != nil {
		t.Fatal(err)
	}
	if r, err := index.Check(t.Context(), dir); err != nil || len(r.Damage) > 0 {
		t.Errorf("%+v, %v", r, err)
	}
}

// checkRemoved removes an article by hand, which stays out in all its versions until it
// is brought back.
func checkRemoved(t *testing.T, ix *index.Index, w wire, g *agency, log []string) {
	t.Helper()
	found := titles(t, ix)
	if len(found) == 0 {
		return
	}
	id := slices.Sorted(maps.Keys(found))[g.IntN(len(found))]
	if err := ix.Delete(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		syncWire(t, ix, w)
		if left := titles(t, ix); left[id] != "" || len(left) != len(found)-1 {
			t.Fatalf("%s was removed, and there is %v\n%s", id, left, strings.Join(log, "\n"))
		}
		for name := range w {
			w[name] = append([]corpus.Article{}, w[name]...)
		}
	}
	if _, err := ix.Sync(t.Context(), w, &index.SyncOptions{Prune: true, BringBack: true}); err != nil {
		t.Fatal(err)
	}
}

// checkKilled fails if an article is found that a file takes back for good.
func checkKilled(t *testing.T, ix *index.Index, w wire, ids, log []string) {
	t.Helper()
	var all []corpus.Article
	for _, articles := range w {
		all = append(all, articles...)
	}
	found := titles(t, ix)
	for _, id := range ids {
		if mustBe(all, id).status == corpus.Canceled && found[id] != "" {
			t.Fatalf("%s was taken back, and is found\n%s\n%s", id, strings.Join(log, "\n"), describe(w))
		}
	}
}

// maintain does one of the things to an index that may be done to it.
func maintain(t *testing.T, ix *index.Index, dir string, what int, at places) (*index.Index, string) {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	reopen := func() *index.Index { return open(t, dir, &index.Options{Topics: noRules(t)}) }
	switch what {
	case 2:
		_, err := ix.Compact(t.Context())
		must(err)
	case 3:
		must(ix.Close())
		ix = reopen()
	case 4:
		must(ix.Close())
		_, err := index.Rebuild(t.Context(), dir, nil)
		must(err)
		ix = reopen()
	case 5:
		must(ix.Close())
		to := at.backup(t)
		_, err := index.WriteBackup(t.Context(), dir, to)
		must(err)
		dir = at.location(t)
		_, err = index.RestoreBackup(t.Context(), to, dir, nil)
		must(err)
		ix = reopen()
	}
	return ix, dir
}
