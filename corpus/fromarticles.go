package corpus

import (
	"context"
	"iter"
	"strconv"
)

// FromArticles returns a source of one entry, called name, that yields the
// articles given: for a program that makes its own, and for tests. An article
// without a key gets name and its place in the list, counted from 1; one without an
// id gets [DeriveID] of its key. The entry has no stamp, so that every sync
// reads it.
func FromArticles(name string, articles ...Article) Source {
	return articleList{name, articles}
}

type articleList struct {
	name     string
	articles []Article
}

// Entries implements Source.
func (l articleList) Entries(ctx context.Context) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		if err := ctx.Err(); err != nil {
			yield(Entry{}, err)
			return
		}
		yield(Entry{Key: l.name, Size: -1, Articles: l.read}, nil)
	}
}

// Covers implements Source.
func (l articleList) Covers(key string) bool { return key == l.name }

func (l articleList) read(ctx context.Context) iter.Seq2[Article, error] {
	return func(yield func(Article, error) bool) {
		for i, a := range l.articles {
			if err := ctx.Err(); err != nil {
				yield(Article{}, err)
				return
			}
			if a.Key == "" {
				a.Key = l.name + "#" + strconv.Itoa(i+1)
			}
			if a.ID == "" {
				a.ID = DeriveID(a.Key)
			}
			if !yield(a, nil) {
				return
			}
		}
	}
}
