package local

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
	segment "github.com/blevesearch/scorch_segment_api/v2"
	"github.com/blevesearch/vellum/levenshtein"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/match"
	"github.com/newsq/newsq/internal/text"
)

// maxExpansion bounds the words that one prefix, wildcard, fuzzy word or
// regular expression stands for in one segment. Each costs a postings list.
const maxExpansion = 1 << 16

// checkEvery is how many steps of a long walk pass between looks at the
// context.
const checkEvery = 1 << 12

var errTooBroad = errors.New("the pattern stands for too many words; write more letters of it")

// postings returns the postings lists of the words that slot stands for.
func (s *segView) postings(ctx context.Context, field string, slot match.Slot) ([]segment.PostingsList, error) {
	if slot.Kind == match.Exact {
		return s.exact(field, slot.Text)
	}
	var lists []segment.PostingsList
	err := s.expand(ctx, field, slot, func(_ string, p segment.PostingsList) error {
		if len(lists) == maxExpansion {
			return fmt.Errorf("%q: %w", slot.Text, errTooBroad)
		}
		lists = append(lists, p)
		return nil
	})
	return lists, err
}

// expand calls f for each word that slot stands for.
func (s *segView) expand(ctx context.Context, field string, slot match.Slot, f func(word string, p segment.PostingsList) error) error {
	accepts, err := slot.Matcher()
	if err != nil {
		return err
	}
	var from, to []byte
	if p := literalPrefix(slot); p != "" {
		from, to = []byte(p), prefixEnd([]byte(p))
	}
	steps := 0
	return s.eachTermOf(field, fuzzyAutomaton(slot), from, to, func(d segment.TermDictionary, term string) error {
		if steps++; steps%checkEvery == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if !accepts(term) {
			return nil
		}
		p, err := d.PostingsList([]byte(term), s.deleted, nil)
		if err != nil {
			return err
		}
		return f(term, p)
	})
}

// maxAutomaton bounds the word that an automaton is built for, in bytes: its
// states grow with it, and longer words are rare enough to be walked to.
const maxAutomaton = 64

// builders hold the tables that automata are made of; they depend on the
// distance alone and take some milliseconds to compute.
var builders = [...]func() (*levenshtein.LevenshteinAutomatonBuilder, error){
	1: sync.OnceValues(func() (*levenshtein.LevenshteinAutomatonBuilder, error) {
		return levenshtein.NewLevenshteinAutomatonBuilder(1, true)
	}),
	2: sync.OnceValues(func() (*levenshtein.LevenshteinAutomatonBuilder, error) {
		return levenshtein.NewLevenshteinAutomatonBuilder(2, true)
	}),
}

// fuzzyAutomaton leads through the dictionary to the words near slot's; nil
// leads to all. The slot's own predicate decides in either case.
func fuzzyAutomaton(slot match.Slot) segment.Automaton {
	if slot.Kind != match.Fuzzy || slot.Distance < 1 || slot.Distance >= len(builders) || len(slot.Text) > maxAutomaton {
		return nil
	}
	b, err := builders[slot.Distance]()
	if err != nil {
		return nil
	}
	dfa, err := b.BuildDfa(slot.Text, uint8(slot.Distance))
	if err != nil {
		return nil
	}
	return dfa
}

// Terms implements engine.Snapshot.
func (s *snapshot) Terms(ctx context.Context, f match.Field, slot match.Slot, limit int) (list []engine.Count, more int, err error) {
	counts := map[string]int{}
	for _, seg := range s.generation.view.segs {
		for _, f := range parts(f) {
			err := seg.expand(ctx, wordField(f), slot, func(word string, p segment.PostingsList) error {
				if n := int(p.Count()); n > 0 {
					counts[word] += n
				}
				return nil
			})
			if err != nil {
				return nil, 0, err
			}
		}
	}
	list = make([]engine.Count, 0, len(counts))
	for w, n := range counts {
		list = append(list, engine.Count{Value: w, Count: n})
	}
	slices.SortFunc(list, byCount)
	if len(list) > limit {
		list, more = list[:limit:limit], len(list)-limit
	}
	return list, more, nil
}

// byCount orders the most frequent first, then by value.
func byCount(a, b engine.Count) int {
	return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value))
}

func (s *segView) exact(field, term string) ([]segment.PostingsList, error) {
	d, err := s.seg.Dictionary(field)
	if err != nil {
		return nil, fmt.Errorf("dictionary of %s: %w", field, err)
	}
	p, err := d.PostingsList([]byte(term), s.deleted, nil)
	if err != nil {
		return nil, err
	}
	if p.Count() == 0 {
		return nil, nil
	}
	return []segment.PostingsList{p}, nil
}

// literalPrefix is what every word that slot stands for starts with.
func literalPrefix(slot match.Slot) string {
	switch slot.Kind {
	case match.Prefix:
		return slot.Text
	case match.Wildcard:
		for i, r := range slot.Text {
			if r == '*' || r == '?' {
				return slot.Text[:i]
			}
		}
	case match.Forms:
		return stemPrefix(slot.Text)
	}
	return ""
}

// stemPrefix is what every word of a stem starts with. Snowball's English
// stemmer keeps the beginning of a word but for its last letters: the forms
// of "studi" are studies and study. Three letters are kept by all.
func stemPrefix(stem string) string {
	const kept = 3
	if len(stem) <= kept || text.Stem(stem[:kept]) != stem[:kept] {
		return ""
	}
	return stem[:kept]
}

// union is the documents of any of lists; the caller may change it.
func union(lists []segment.PostingsList) *roaring.Bitmap {
	if len(lists) == 1 {
		return bitmapOf(lists[0]).Clone()
	}
	sets := make([]*roaring.Bitmap, len(lists))
	for i, p := range lists {
		sets[i] = bitmapOf(p)
	}
	return roaring.FastOr(sets...)
}
