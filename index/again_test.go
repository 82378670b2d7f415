package index

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/engine"
)

// losing is an engine whose snapshots are lost, one after the other, after so many
// searches as losses say.
type losing struct {
	engine.Engine
	losses *[]int
}

func (l losing) Snapshot(ctx context.Context) (engine.Snapshot, error) {
	snap, err := l.Engine.Snapshot(ctx)
	if err != nil || len(*l.losses) == 0 {
		return snap, err
	}
	left := (*l.losses)[0]
	*l.losses = (*l.losses)[1:]
	return &lost{snap, &left}, nil
}

// lost is a snapshot that answers some searches yet.
type lost struct {
	engine.Snapshot
	left *int
}

func (l *lost) Search(ctx context.Context, r *engine.Request) (*engine.Response, error) {
	if len(r.Facets) == 1 && r.Limit == 0 { // of which languages there are, which servers keep
		return l.Snapshot.Search(ctx, r)
	}
	if *l.left--; *l.left < 0 {
		return nil, engine.ErrSnapshotGone
	}
	return l.Snapshot.Search(ctx, r)
}

func losingIndex(t *testing.T, n int) (*Index, *[]int) {
	t.Helper()
	ix, err := Open(t.Context(), t.TempDir(), &Options{IncludeEmbargoed: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ix.Close() })
	articles := make([]corpus.Article, n)
	for i := range articles {
		articles[i] = corpus.Article{ID: "a" + strconv.Itoa(i), Title: "Ferry", Body: strings.Repeat("ferry ", i%7+1)}
	}
	if err := ix.Add(t.Context(), articles...); err != nil {
		t.Fatal(err)
	}
	losses := &[]int{}
	ix.engine = losing{ix.engine, losses}
	return ix, losses
}

// A search whose snapshot is lost is made again from its cursor, and says so; one whose
// next snapshot is lost too ends.
func TestSearchAgain(t *testing.T) {
	ix, losses := losingIndex(t, 9)
	q := Query{Text: "ferry", Limit: 4}
	var got []string
	for {
		*losses = []int{0}
		res, err := ix.Search(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Contains(res.Warnings, warnAgain) {
			t.Errorf("warnings %q", res.Warnings)
		}
		for _, h := range res.Hits {
			got = append(got, h.ID)
		}
		if q.Cursor = res.Cursor; q.Cursor == "" {
			break
		}
	}
	slices.Sort(got)
	if len(slices.Compact(got)) != 9 {
		t.Errorf("pages have %q", got)
	}
	*losses = []int{0, 0}
	if _, err := ix.Search(t.Context(), Query{Text: "ferry"}); !errors.Is(err, ErrSnapshotGone) {
		t.Errorf("lost twice: %v", err)
	}
	*losses = []int{0}
	if a, err := ix.Analyze(t.Context(), Query{Text: "ferry"}); err != nil || a.Articles != 9 {
		t.Errorf("analysis: %+v, %v", a, err)
	}
}

// All goes on where its snapshot was lost, but not in another state of the index.
func TestAllGoesOn(t *testing.T) {
	ix, losses := losingIndex(t, 3*firstAllPage+1)
	*losses = []int{1, 0, 2} // the second one is lost at once, and so is that search
	count := func() (n int, err error) {
		seen := map[string]bool{}
		for h, err := range ix.All(t.Context(), Query{Text: "ferry", IDsOnly: true}) {
			if err != nil {
				return len(seen), err
			}
			if seen[h.ID] {
				t.Errorf("%s came twice", h.ID)
			}
			seen[h.ID] = true
			n++
		}
		return n, nil
	}
	if n, err := count(); !errors.Is(err, ErrSnapshotGone) || n != firstAllPage {
		t.Errorf("lost twice: %d, %v", n, err)
	}
	*losses = []int{1, 1}
	if n, err := count(); err != nil || n != 3*firstAllPage+1 {
		t.Errorf("lost twice, apart: %d, %v", n, err)
	}
	*losses = []int{1}
	n := 0
	for _, err := range ix.All(t.Context(), Query{Text: "ferry", IDsOnly: true}) {
		if n++; n == 1 {
			if err := ix.Add(t.Context(), corpus.Article{ID: "later", Title: "Ferry"}); err != nil {
				t.Fatal(err)
			}
			*losses = nil
		}
		if err != nil && (!errors.Is(err, ErrSnapshotGone) || !strings.Contains(err.Error(), "written meanwhile")) {
			t.Errorf("after %d: %v", n, err)
		}
	}
	if n != firstAllPage+1 {
		t.Errorf("%d hits and errors of an index that was written meanwhile", n)
	}
}

// What could not be read of an index is read again the next time.
func TestOnceRead(t *testing.T) {
	calls := 0
	read := onceRead(func() (*int, error) {
		if calls++; calls == 1 {
			return nil, engine.ErrServer
		}
		return &calls, nil
	})
	if _, err := read(); !errors.Is(err, engine.ErrServer) {
		t.Errorf("the first time: %v", err)
	}
	for range 2 {
		if n, err := read(); err != nil || *n != 2 {
			t.Errorf("later: %v, %v", n, err)
		}
	}
}

// overtaken is an engine whose generation, as it was when it was opened, is no longer the last
// one, after so many that were.
type overtaken struct {
	engine.Engine
	before  engine.Snapshot
	current int
	lookErr error
}

func (s *overtaken) Recent(ctx context.Context) (engine.Snapshot, func(context.Context) (bool, error), error) {
	s.current--
	last := s.current >= 0
	return kept{s.before}, func(context.Context) (bool, error) { return last, s.lookErr }, ctx.Err()
}

// kept is a snapshot that others go on with.
type kept struct{ engine.Snapshot }

func (k kept) Close(context.Context) error { return nil }
func (k kept) Released(context.Context, time.Time) (engine.Snapshot, error) {
	return k, nil
}

// What was read of a generation that turns out not to be the last one is dropped, an error
// as well, without a word.
func TestReadOfARecentGeneration(t *testing.T) {
	ix, losses := losingIndex(t, 2)
	before, err := ix.engine.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = before.Close(t.Context()) }()
	if err := ix.Add(t.Context(), corpus.Article{ID: "new", Title: "Ferry", Body: "ferry"}); err != nil {
		t.Fatal(err)
	}
	s := &overtaken{Engine: ix.engine, before: before, current: 1}
	ix.engine = s
	total := func() int {
		t.Helper()
		res, err := ix.Search(t.Context(), Query{Text: "ferry"})
		if err != nil {
			t.Fatal(err)
		}
		if len(res.Warnings) > 0 {
			t.Errorf("warnings %q", res.Warnings)
		}
		return res.Total
	}
	if n := total(); n != 2 {
		t.Errorf("%d articles of the generation that was the last one, want 2", n)
	}
	if n := total(); n != 3 {
		t.Errorf("%d articles, want those of the last generation, 3", n)
	}
	none := 0
	s.before = &lost{before, &none}
	if n := total(); n != 3 {
		t.Errorf("%d articles after an error of a generation that was over, want 3", n)
	}
	s.current, *losses = 1, nil
	res, err := ix.Search(t.Context(), Query{Text: "ferry"})
	if err != nil || res.Total != 3 || !slices.Contains(res.Warnings, warnAgain) {
		t.Errorf("the last generation was lost: %v, %v", res, err)
	}
	s.lookErr = engine.ErrServer
	if _, err := ix.Search(t.Context(), Query{Text: "ferry"}); !errors.Is(err, ErrServer) {
		t.Errorf("nobody knows which is the last one: %v", err)
	}
}
