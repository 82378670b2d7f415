package local

import (
	"context"
	"errors"
	"fmt"

	"github.com/RoaringBitmap/roaring/v2"
	segment "github.com/blevesearch/scorch_segment_api/v2"

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
	accepts, err := slot.Matcher()
	if err != nil {
		return nil, err
	}
	var from, to []byte
	if p := literalPrefix(slot); p != "" {
		from, to = []byte(p), prefixEnd([]byte(p))
	}
	var lists []segment.PostingsList
	steps := 0
	err = s.eachTerm(field, from, to, func(d segment.TermDictionary, term string) error {
		if steps++; steps%checkEvery == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if !accepts(term) {
			return nil
		}
		if len(lists) == maxExpansion {
			return fmt.Errorf("%q: %w", slot.Text, errTooBroad)
		}
		p, err := d.PostingsList([]byte(term), s.deleted, nil)
		if err != nil {
			return err
		}
		lists = append(lists, p)
		return nil
	})
	return lists, err
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
