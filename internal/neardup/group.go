package neardup

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// Member is a text to be grouped.
type Member struct {
	ID        string
	Published time.Time // zero where that is not known
	Keys      Keys
	Text      *Text
}

// MinShared is how many keys two texts must share to be compared. Of the pairs that share
// one key alone hardly any are copies, and most pairs of unrelated texts do.
const MinShared = 2

// maxCompared bounds with how many leaders a text is compared: those that have the most
// keys in common with it. A copy has more of them than what merely begins alike.
const maxCompared = 32

// Group returns for each member the index of the leader of its story, which may be
// itself. It does not depend on the order of members.
//
// The longest text is a leader, of texts of the same length the one published first. So
// is every text that is no copy of a leader before it in that order. The others belong
// to the leader that contains most of them. So all that is in a story is contained in
// one text; chains, in which each is a copy of the next and the last has nothing of the
// first, are none.
func Group(members []Member) []int {
	order := make([]int, len(members))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int { return before(&members[i], &members[j]) })
	g := grouping{members: members, leaders: map[uint32][]int{}, shared: map[int]int{}}
	leaderOf := make([]int, len(members))
	for _, i := range order {
		leaderOf[i] = g.leader(i)
	}
	return leaderOf
}

// before orders members: the longest first, then by date, those without one last, then
// by id.
func before(a, b *Member) int {
	return cmp.Or(
		cmp.Compare(len(b.Text.Shingles), len(a.Text.Shingles)),
		compareDates(a.Published, b.Published),
		strings.Compare(a.ID, b.ID),
	)
}

// compareDates orders dates, the zero time last.
func compareDates(a, b time.Time) int {
	switch {
	case a.IsZero() == b.IsZero():
		return a.Compare(b)
	case a.IsZero():
		return 1
	}
	return -1
}

// grouping is the leaders so far.
type grouping struct {
	members []Member
	leaders map[uint32][]int // by key, in their order
	shared  map[int]int      // scratch: how many keys leaders have in common with a text
}

// leader returns the leader of a text, which comes behind all leaders so far.
func (g *grouping) leader(i int) int {
	m := &g.members[i]
	best, most := i, -1.
	for _, l := range g.candidates(m.Keys) {
		leader := &g.members[l]
		if c := Compare(m.Text, leader.Text, Apart(m.Published, leader.Published)); c.Copy && c.Containment > most {
			best, most = l, c.Containment
		}
	}
	if best == i {
		for _, k := range m.Keys {
			g.leaders[k] = append(g.leaders[k], i)
		}
	}
	return best
}

// candidates returns the leaders that share keys with a text, those with the most first.
func (g *grouping) candidates(keys Keys) []int {
	clear(g.shared)
	var list []int
	for _, k := range keys {
		for _, l := range g.leaders[k] {
			if g.shared[l]++; g.shared[l] == 1 {
				list = append(list, l)
			}
		}
	}
	list = slices.DeleteFunc(list, func(l int) bool { return g.shared[l] < MinShared })
	slices.SortFunc(list, func(i, j int) int {
		return cmp.Or(cmp.Compare(g.shared[j], g.shared[i]), before(&g.members[i], &g.members[j]))
	})
	return list[:min(len(list), maxCompared)]
}

// Apart is the time between two dates; 0 where one of them is not known.
func Apart(a, b time.Time) time.Duration {
	if a.IsZero() || b.IsZero() {
		return 0
	}
	return a.Sub(b).Abs()
}
