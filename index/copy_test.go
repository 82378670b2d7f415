package index_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

// copiedSource is a source of all that an index keeps: versions that stand and that
// don't, articles taken back, and some under embargo.
func copiedSource() wire {
	none := corpus.Handling{}
	w := wire{
		"a": {sent("x", 1, 1, none), sent("y", 1, 1, none), sent("z", 1, 1, none)},
		"b": {sent("x", 2, 2, none), sent("z", 2, 2, corpus.Handling{Status: corpus.Canceled, Notice: "wrong"})},
		"c": {sent("e", 1, 3, corpus.Handling{Embargoed: true, EmbargoedUntil: time.Date(2999, 1, 1, 0, 0, 0, 0, time.UTC)})},
	}
	for i := range 40 {
		name := fmt.Sprint("d", i)
		w[name] = variedArticles(i + 1)[i:]
		w[name][0].ID = fmt.Sprint("varied-", i)
	}
	return w
}

// makeCopied makes an index of it, of which an article was removed by hand.
func makeCopied(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "from")
	ix := open(t, dir, nil)
	syncWire(t, ix, copiedSource())
	if err := errors.Join(ix.Delete(t.Context(), "y"), ix.Close()); err != nil {
		t.Fatal(err)
	}
	return dir
}

// isCopied holds a copy to what it was made from: it answers alike, and a sync finds
// all unchanged.
func isCopied(t *testing.T, from, to string) {
	t.Helper()
	want, err := ask(t, from)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := ask(t, to); err != nil || got != want {
		t.Errorf("the copy answers otherwise: %v\n%s\nwant\n%s", err, got, want)
	}
	ix := open(t, to, nil)
	if list, err := ix.Withdrawn(t.Context()); err != nil || len(list) != 1 || list[0].ID != "z" {
		t.Errorf("withdrawn: %+v, %v", list, err)
	}
	var embargoed *index.EmbargoedError
	if _, err := ix.Get(t.Context(), "e"); !errors.As(err, &embargoed) {
		t.Errorf("under embargo: %v", err)
	}
	r := syncWire(t, ix, copiedSource())
	if did := r.Added + r.Updated + r.Removed + r.Superseded + r.Withdrawn + r.Retagged; did > 0 || r.Withheld != 1 {
		t.Errorf("a sync of the copy: %+v", r)
	}
	if err := ix.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestCopy(t *testing.T) {
	from, to := makeCopied(t), filepath.Join(t.TempDir(), "to")
	last := 0
	r, err := index.Copy(t.Context(), from, to, &index.CopyOptions{Progress: func(done, total int) {
		if done < last || done > total {
			t.Errorf("progress %d of %d after %d", done, total, last)
		}
		last = done
	}})
	if err != nil {
		t.Fatal(err)
	}
	if r.Articles != r.Copied || r.Articles != 42 || r.Removed != 0 || r.Sources != 43 || r.Notes == 0 || last != 2*r.Articles {
		t.Errorf("report %+v, progress up to %d", r, last)
	}
	isCopied(t, from, to)
}

// A target that has something is left alone, or made equal if that is asked for.
func TestCopyToWhatIsThere(t *testing.T) {
	from, to := makeCopied(t), filepath.Join(t.TempDir(), "to")
	ix := open(t, to, nil)
	syncWire(t, ix, wire{"a": {sent("x", 9, 9, corpus.Handling{})}, "old": {sent("old", 1, 1, corpus.Handling{}), sent("old", 2, 2, corpus.Handling{})}})
	if err := ix.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := index.Copy(t.Context(), from, to, nil); !errors.Is(err, fs.ErrExist) || !strings.Contains(err.Error(), "2 articles") {
		t.Fatalf("without force: %v", err)
	}
	r, err := index.Copy(t.Context(), from, to, &index.CopyOptions{Force: true})
	if err != nil || r.Removed != 1 || r.Copied != r.Articles {
		t.Fatalf("with force: %+v, %v", r, err)
	}
	if r, err := index.Copy(t.Context(), from, to, &index.CopyOptions{Force: true}); err != nil || r.Copied != 0 || r.Removed != 0 {
		t.Fatalf("again: %+v, %v", r, err)
	}
	isCopied(t, from, to)
	for _, same := range []string{to, to + "/", filepath.Join(to, "..", "to"), "file://" + filepath.ToSlash(to)} {
		if _, err := index.Copy(t.Context(), to, same, nil); err == nil {
			t.Errorf("copied to itself, as %s", same)
		}
	}
}

// A copy that was cut short is gone on with.
func TestCopyGoesOn(t *testing.T) {
	from, to := filepath.Join(t.TempDir(), "from"), filepath.Join(t.TempDir(), "to")
	ix := open(t, from, &index.Options{Topics: noRules(t)})
	const n = 1500
	articles := make([]corpus.Article, n)
	for i := range articles {
		articles[i] = corpus.Article{ID: fmt.Sprint("a", i), Title: "Ferries", Body: strings.Repeat(fmt.Sprintf("Boat %d left. ", i), 100)}
	}
	add(t, ix, articles...)
	if err := ix.Close(); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	_, err := index.Copy(ctx, from, to, &index.CopyOptions{Memory: 1, Progress: func(int, int) { cancel() }})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("cut short: %v", err)
	}
	if _, err := index.Copy(t.Context(), makeCopied(t), to, nil); !errors.Is(err, fs.ErrExist) || !strings.Contains(err.Error(), "unfinished copy of "+from) {
		t.Errorf("copy of another index: %v", err)
	}
	r, err := index.Copy(t.Context(), from, to, nil)
	if err != nil || r.Articles != n || r.Copied == 0 || r.Copied == n {
		t.Fatalf("gone on with: %+v, %v", r, err)
	}
	want, err := ask(t, from)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := ask(t, to); err != nil || got != want {
		t.Errorf("the copy answers otherwise: %v", err)
	}
}

// A copy that was cut short is no source, whether it has articles to show or none yet.
func TestCopyOfUnfinished(t *testing.T) {
	from := makeCopied(t)
	for name, cut := range map[string]func(cancel func()) func(done, total int){
		"at the first article": func(cancel func()) func(int, int) { return func(int, int) { cancel() } },
		"while it is compared": func(cancel func()) func(int, int) {
			return func(done, total int) {
				if done == total {
					cancel()
				}
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			half, to := filepath.Join(t.TempDir(), "half"), filepath.Join(t.TempDir(), "to")
			ctx, cancel := context.WithCancel(t.Context())
			if _, err := index.Copy(ctx, from, half, &index.CopyOptions{Memory: 1, Progress: cut(cancel)}); !errors.Is(err, context.Canceled) {
				t.Fatalf("cut short: %v", err)
			}
			_, err := index.Copy(t.Context(), half, to, nil)
			if u, ok := errors.AsType[*index.UnfinishedError](err); !ok || u.Location != half || u.Source != from {
				t.Errorf("copied: %v", err)
			}
			if _, err := index.Open(t.Context(), to, &index.Options{ReadOnly: true}); !errors.Is(err, index.ErrNoIndex) {
				t.Errorf("the target was made: %v", err)
			}
		})
	}
}
