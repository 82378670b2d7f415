package index

import (
	"cmp"
	"context"
	"slices"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/neardup"
)

// sharers are the articles that share keys with some, the seeds.
type sharers struct {
	ids    []string       // of the seeds, and then of all others
	number map[string]int // the index of an id in ids
	lists  [][]sharer     // by seed, at most maxSharers each: those that share the most
	parent []int          // of the trees that sets of articles are which share keys
}

// sharer is an article that shares keys with a seed.
type sharer struct{ number, keys int }

// findSharers finds the articles that share keys with those of some ids, each once, by
// their keys. Neither is an article one of its own, nor one that shares too few keys to be
// compared.
func findSharers(ctx context.Context, snap engine.Snapshot, ids []string, keys [][]uint32) (*sharers, error) {
	s := &sharers{ids: slices.Clone(ids), number: make(map[string]int, len(ids)), lists: make([][]sharer, len(ids))}
	for i, id := range ids {
		s.number[id] = i
		s.parent = append(s.parent, i)
	}
	for found, err := range snap.Sharing(ctx, keys, neardup.MinShared) {
		if err != nil {
			return nil, err
		}
		n, known := s.number[found.ID]
		if !known {
			n = len(s.ids)
			s.number[found.ID] = n
			s.ids, s.parent = append(s.ids, found.ID), append(s.parent, n)
		}
		if n == found.List {
			continue
		}
		s.add(found.List, n, found.Keys)
		if n < len(s.lists) {
			s.add(n, found.List, found.Keys)
		}
		s.parent[s.root(n)] = s.root(found.List)
	}
	return s, nil
}

// add adds an article to those of a seed, in the place of one that shares fewer keys where
// there are enough.
func (s *sharers) add(seed, number, keys int) {
	list := s.lists[seed]
	if slices.ContainsFunc(list, func(x sharer) bool { return x.number == number }) {
		return
	}
	if len(list) < maxSharers {
		s.lists[seed] = append(list, sharer{number, keys})
		return
	}
	least := 0
	for i := range list {
		if c := cmp.Compare(list[i].keys, list[least].keys); c < 0 || c == 0 && s.ids[list[i].number] > s.ids[list[least].number] {
			least = i
		}
	}
	if c := cmp.Compare(keys, list[least].keys); c > 0 || c == 0 && s.ids[number] < s.ids[list[least].number] {
		list[least] = sharer{number, keys}
	}
}

// root returns the root of the tree that an article is in.
func (s *sharers) root(n int) int {
	for s.parent[n] != n {
		s.parent[n] = s.parent[s.parent[n]]
		n = s.parent[n]
	}
	return n
}

// together returns the seeds that share keys with any article, and those of some ids too,
// such that those of one set follow each other.
func (s *sharers) together(too []string) []int {
	var seeds []int
	for i, list := range s.lists {
		if _, ask := slices.BinarySearch(too, s.ids[i]); ask || len(list) > 0 {
			seeds = append(seeds, i)
		}
	}
	slices.SortFunc(seeds, func(a, b int) int { return cmp.Or(cmp.Compare(s.root(a), s.root(b)), cmp.Compare(a, b)) })
	return seeds
}

// of returns the ids of the articles that share keys with some seeds, in ascending order.
func (s *sharers) of(seeds []int) []string {
	var ids []string
	for _, seed := range seeds {
		for _, x := range s.lists[seed] {
			ids = append(ids, s.ids[x.number])
		}
	}
	return unique(ids)
}
