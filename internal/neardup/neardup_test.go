package neardup

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
)

// story returns a text of n words that no other number has.
func story(number, n int) string {
	random := rand.New(rand.NewPCG(uint64(number), 0))
	words := make([]string, n)
	for i := range words {
		words[i] = fmt.Sprintf("w%c%c%c", 'a'+random.IntN(26), 'a'+random.IntN(26), 'a'+random.IntN(26))
	}
	return strings.Join(words, " ")
}

// first returns the first n words of a text.
func first(text string, n int) string { return strings.Join(strings.Fields(text)[:n], " ") }

// sharesKey reports whether two texts have a key in common.
func sharesKey(a, b string) bool {
	var s Shingler
	keys := s.AppendKeys(nil, "", a)
	return slices.ContainsFunc(s.AppendKeys(nil, "", b), func(k uint32) bool { return slices.Contains(keys, k) })
}

func TestCopiesAreCandidates(t *testing.T) {
	for _, c := range []struct {
		what string
		of   func(text string, number int) string
		most int // that may be missed, of 100
	}{
		{"cut to half", func(text string, _ int) string { return first(text, 200) }, 0},
		{"cut to a fifth", func(text string, _ int) string { return first(text, 80) }, 5},
		{"with a tenth of the words changed", func(text string, number int) string {
			words, random := strings.Fields(text), rand.New(rand.NewPCG(uint64(number), 1))
			for range len(words) / 10 {
				words[random.IntN(len(words))] = "another"
			}
			return strings.Join(words, " ")
		}, 2},
	} {
		missed := 0
		for number := range 100 {
			text := story(number, 400)
			if !sharesKey(text, c.of(text, number)) {
				missed++
			}
		}
		if missed > c.most {
			t.Errorf("%s: %d of 100 copies are no candidates, want at most %d", c.what, missed, c.most)
		}
	}
	for number := range 100 {
		if sharesKey(story(number, 400), story(number+1, 400)) {
			t.Errorf("stories %d and %d are candidates", number, number+1)
		}
	}
}

func TestWords(t *testing.T) {
	var s Shingler
	for _, c := range []struct{ a, b string }{
		{"The Senate’s vote, on Monday", "the senate's VOTE - on monday"},
		{"Über die Straße", "über die straße"},
		{"WASHINGTON (AP) — The Senate voted on it.", "Reuters - The Senate voted on it"},
	} {
		if a, b := s.Text("", c.a), s.Text("", c.b); !slices.Equal(a.Shingles, b.Shingles) {
			t.Errorf("%q and %q have other shingles", c.a, c.b)
		}
	}
	if n := len(s.Text("", "選挙は月曜日").Shingles); n != 4 {
		t.Errorf("six letters of Japanese make %d shingles, want 4", n)
	}
	if text := s.Text("Up 5 pct", "to 1,200é5 from é7"); len(text.Numbers) != 3 {
		t.Errorf("%d numbers, want those of 5, 1 and 200é5", len(text.Numbers))
	}
	if keys := s.AppendKeys(nil, "", " - "); keys != nil {
		t.Errorf("a text without words has the keys %v", keys)
	}
	if n := len(s.AppendKeys(nil, "Fire", "")); n != Bands+LeadBands {
		t.Errorf("a title of one word has %d keys", n)
	}
}

func TestCompare(t *testing.T) {
	const day = 24 * time.Hour
	long := story(1, 400)
	form := func(figures string) string {
		return "The Bank of England said it forecast a shortage of around " + figures + " in the money market today, and gave no further detail of what it means to do about it. " + first(story(2, 400), 20)
	}
	for _, c := range []struct {
		what  string
		a, b  string
		apart time.Duration
		copy  bool
	}{
		{"the same", long, long, 0, true},
		{"the same, a year later", long, long, 365 * day, true},
		{"cut", long, first(long, 150), day, true},
		{"half of it new", long, first(long, 200) + " " + story(3, 200), day, false},
		{"a quarter of it new", long, first(long, 300) + " " + story(3, 100), day, true},
		{"a quarter of it new, a month later", long, first(long, 300) + " " + story(3, 100), 30 * day, false},
		{"a form with other figures", form("450 mln stg"), form("600 mln stg"), day, false},
		{"a form with the same figures", form("450 mln stg"), form("450 mln stg"), day, true},
		{"few words", "Citibank raises its base rate to 8 pct", "Citibank raises its base rate to 8 pct", 0, true},
		{"very few words", "Citibank raises its base rate", "Citibank raises its base rate", 0, false},
		{"few words, one another", "Citibank raises its base rate today", "Comerica raises its base rate today", 0, false},
		{"nothing", "", "", 0, false},
	} {
		var s Shingler
		a, b := s.Text("", c.a), s.Text("", c.b)
		got := Compare(a, b, c.apart)
		if got.Copy != c.copy || got != Compare(b, a, -c.apart) {
			t.Errorf("%s: %+v, want copy %v", c.what, got, c.copy)
		}
	}
}

// member makes a member of a text.
func member(id string, day int, text string) Member {
	var s Shingler
	return Member{ID: id, Published: time.Date(2026, 1, day, 0, 0, 0, 0, time.UTC), Keys: s.AppendKeys(nil, "", text), Text: s.Text("", text)}
}

func TestGroupDoesNotDependOnTheOrder(t *testing.T) {
	members := []Member{
		member("long", 2, story(1, 400)),
		member("late", 4, story(1, 400)),
		member("early", 1, story(1, 400)),
		member("cut", 1, first(story(1, 400), 150)),
		// Each is a copy of the next, and the last has nothing of the first.
		member("next", 2, strings.Join(strings.Fields(story(1, 400))[150:], " ")+" "+story(2, 130)),
		member("other", 2, story(3, 300)),
	}
	want := map[string]string{"long": "early", "late": "early", "early": "early", "cut": "early", "next": "early", "other": "other"}
	for round := range 50 {
		random := rand.New(rand.NewPCG(uint64(round), 0))
		random.Shuffle(len(members), func(i, j int) { members[i], members[j] = members[j], members[i] })
		for i, l := range Group(members) {
			if got := members[l].ID; got != want[members[i].ID] {
				t.Fatalf("round %d: %s belongs to %s, want %s", round, members[i].ID, got, want[members[i].ID])
			}
		}
	}
}

func TestAChainIsNoStory(t *testing.T) {
	words := strings.Fields(story(1, 1000))
	part := func(from, to int) string { return strings.Join(words[from:to], " ") }
	members := []Member{member("a", 1, part(0, 400)), member("b", 1, part(130, 529)), member("c", 1, part(260, 658))}
	leaders := Group(members)
	if leaders[0] != 0 || leaders[1] != 0 || leaders[2] != 2 {
		t.Errorf("leaders %v, want [0 0 2]", leaders)
	}
}
