// Package judge collects judgments: it goes through the articles that rankings have
// found for queries, and keeps what a person says of each in a file of TREC.
//
// A [Session] is the order of what is to be judged, and where in it one is. It knows
// no terminal. Each grade is on the disk before the next article is shown, so that a
// session may end anywhere; the next one leaves out what is judged already.
package judge

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"unicode"

	"github.com/newsq/newsq/index/eval"
)

// Pool returns the articles that stand among the first depth of any of some rankings
// of one query, each once: the best placed first, equally placed ones by id. So the
// order does not tell which ranking found what.
func Pool(depth int, rankings ...[]eval.Scored) []string {
	place := make(map[string]int)
	for _, ranking := range rankings {
		for i, e := range eval.Ordered(ranking) {
			if i == depth {
				break
			}
			if best, ok := place[e.ID]; !ok || i < best {
				place[e.ID] = i
			}
		}
	}
	ids := make([]string, 0, len(place))
	for id := range place {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(a, b string) int { return cmp.Or(cmp.Compare(place[a], place[b]), cmp.Compare(a, b)) })
	return ids
}

// Item is an article to be judged for a query.
type Item struct {
	Query   eval.Query
	Article string // its id
}

// Session goes through items and writes grades to a file.
type Session struct {
	items []Item // that have no grade at the start
	at    int
	given []int // places of the items that got a grade, for Undo

	path  string
	qrels eval.Qrels
	file  []byte // what path held when it was read or written last
}

// Start begins a session over items, of which those that the file at path judges
// already are left out. A file that isn't there judges nothing.
func Start(path string, items []Item) (*Session, error) {
	s := &Session{path: path, qrels: eval.Qrels{}}
	var err error
	if s.file, err = os.ReadFile(path); errors.Is(err, fs.ErrNotExist) {
		err = nil
	} else if err == nil {
		s.qrels, err = eval.LoadQrels(path)
	}
	if err != nil {
		return nil, err
	}
	for _, it := range items {
		if _, ok := s.qrels[it.Query.ID][it.Article]; ok {
			continue
		}
		if strings.ContainsFunc(it.Article, unicode.IsSpace) {
			return nil, fmt.Errorf("article %q: an id with a blank in it can't stand in a file of judgments", it.Article)
		}
		s.items = append(s.items, it)
	}
	return s, nil
}

// Current returns what is to be judged now; ok is false at the end.
func (s *Session) Current() (it Item, ok bool) {
	if s.at >= len(s.items) {
		return Item{}, false
	}
	return s.items[s.at], true
}

// Left returns how many items come, the present one included.
func (s *Session) Left() int { return len(s.items) - s.at }

// Judged returns how many items have got a grade.
func (s *Session) Judged() int { return len(s.given) }

// Grade gives the present item a grade, writes the file, and goes on.
func (s *Session) Grade(grade int) error {
	it := s.items[s.at]
	if s.qrels[it.Query.ID] == nil {
		s.qrels[it.Query.ID] = make(map[string]int)
	}
	s.qrels[it.Query.ID][it.Article] = grade
	if err := s.save(); err != nil {
		delete(s.qrels[it.Query.ID], it.Article)
		return err
	}
	s.given = append(s.given, s.at)
	s.at++
	return nil
}

// Skip goes on without a grade. The next session has the item again.
func (s *Session) Skip() { s.at++ }

// Undo takes the last grade back, writes the file, and returns to its item. ok is
// false when no grade was given.
func (s *Session) Undo() (ok bool, err error) {
	if len(s.given) == 0 {
		return false, nil
	}
	last := s.given[len(s.given)-1]
	it := s.items[last]
	grade := s.qrels[it.Query.ID][it.Article]
	delete(s.qrels[it.Query.ID], it.Article)
	if err := s.save(); err != nil {
		s.qrels[it.Query.ID][it.Article] = grade
		return false, err
	}
	s.given, s.at = s.given[:len(s.given)-1], last
	return true, nil
}

// ErrChanged says that something else wrote the file of judgments meanwhile.
var ErrChanged = errors.New("the file of judgments was changed by another program")

// save writes the file, unless another program has changed it.
func (s *Session) save() error {
	now, err := os.ReadFile(s.path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if string(now) != string(s.file) {
		return fmt.Errorf("%s: %w", s.path, ErrChanged)
	}
	if err := eval.SaveQrels(s.path, s.qrels); err != nil {
		return err
	}
	s.file, err = os.ReadFile(s.path)
	return err
}
