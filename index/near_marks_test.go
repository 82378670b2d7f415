package index_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

// bracketed returns s with what q looks for between brackets.
func bracketed(t *testing.T, ix *index.Index, q, s string) string {
	t.Helper()
	marks, err := ix.Mark(t.Context(), index.Query{Text: q}, s)
	if err != nil {
		t.Fatalf("%s: %v", q, err)
	}
	var b strings.Builder
	end := 0
	for _, m := range marks {
		b.WriteString(s[end:m.Start] + "[" + s[m.Start:m.End] + "]")
		end = m.End
	}
	return b.String() + s[end:]
}

// TestNearMarks: of NEAR and ADJ the places are marked where all stand near each
// other, in their order for ADJ, and no other occurrence.
func TestNearMarks(t *testing.T) {
	ix := small(t)
	for _, tt := range []struct{ query, want string }{
		{"ferry NEAR/2 strike", "A [ferry] in [strike] mood; it is a strike of all, and then one more ferry"},
		{"ferry NEAR/2 strike", "The [strike] on [ferries] and a ferry far away from it: strikes"},
		{"ferry NEAR strike", "[Ferry] crews on land and at sea voted for a [strike]"},
		{"ferry ADJ/1 strike", "strike ferry ferry, [ferry] [strike], strike"},
		{"ferry ADJ/3 strike", "a strike of ferry crews; a [ferry] crew's [strike] of ferry crews"},
		{`"night ferry" NEAR/3 strike`, "[night ferry] in a [strike]; ferry strike; night of strikes"},
		{`strike ADJ/2 "night ferry"`, "night ferry strike, [strike] on [night ferry], night strike ferry"},
		{`"night ferry" NEAR/2 "dock strike"`, "[night ferry] or [dock strike], dock and strike, night ferry"},
		{"(ferry OR tram) NEAR/1 strike", "[tram] [strike] of all; a ferry and a tram of old: [strike] [ferry]"},
		{"ferry NEAR/1 (strike OR walkout*)", "[ferry] [walkouts], a strike, walkout [strike] [ferry]"},
		{"ferry NEAR/1 dock NEAR/1 strike", "[ferry] [dock] [strike]; ferry dock; dock strike; [strike] [dock] [ferry]"},
		{"ferry ADJ/2 dock ADJ/2 strike", "dock strike, [ferry] [dock] [strike], dock ferry"},
		{"ferry NEAR/1 ferry", "a ferry, and [ferry] [ferry]"},
		{"ferr* NEAR/1 strike~1", "[ferries] [strikes] and one ferry"},
		{"=ferry NEAR/1 strike", "ferries [strike] [ferry]"},
		{"U.S.-led NEAR/2 talks", "The [U.S.-led] [talks] and all other talks, led by the U.S."},
		{"the NEAR/1 strike", "[the] [strike] of the men"},
		{"ferry NEAR/2 strike NOT tram", "[ferry] [strike], tram; no strike"},
		{"ferry NEAR/2 strike harbour", "[ferry] [strike] in the [harbour] and more; a strike; [harbours]"},
		{"(ferry NEAR/1 strike) OR (tram NEAR/1 strike)", "[tram] [strike] and strike, a boat, [strike] [ferry]"},
		{"(ferry NEAR/1 strike) strike", "[strike] of all: [ferry] [strike] of the ferry"},
		{"title:(ferry NEAR/1 strike)", "[ferry] [strike], and ferry and strike"},
		{"(ferry NEAR/1 strike)^3", "[ferry] [strike], and ferry and strike"},
		{"паром NEAR/1 порт", "[паром] [порт]: порт и ещё один паром"},
		{"Fähre NEAR/2 Häfen", "[Fähre] in [Häfen], und Häfen aller Art, Fähre"},
		{"北 NEAR/1 京", "[北][京] 京都 北"},
		{"ferry NEAR/3 strike", "ferry one two three strike"},
		{"reelection NEAR/2 bid", "her [re-election] [bid]; [reelection] his [bid], not a re-election and the like"},
		{"re-elections NEAR/2 bids", "his [reelection] [bid] failed as all other re-elections"},
		{"policy-makers ADJ/1 meet", "[policymakers] [meet], and there meet policy-makers"},
		{"F16 NEAR/4 base", "[F-16s] at a [base] and the one other F-16"},
		{"الانتخابات NEAR/1 القادمة", "[انتخابات] [القادمة] كل يوم وبعد انتخابات"},
	} {
		s := strings.NewReplacer("[", "", "]", "").Replace(tt.want)
		if got := bracketed(t, ix, tt.query, s); got != tt.want {
			t.Errorf("%s marks %s, want %s", tt.query, got, tt.want)
		}
	}
}

// TestNearMarksAll: the words that are marked are those that take part in some way
// to read the whole, tried one after the other.
func TestNearMarksAll(t *testing.T) {
	ix := small(t)
	r := rand.New(rand.NewPCG(1, 2))
	words := []string{"kilo", "lima", "mike", "other"}
	for range 400 {
		s := make([]string, 3+r.IntN(14))
		for i := range s {
			s[i] = words[r.IntN(len(words))]
		}
		asked := make([]string, 2+r.IntN(2))
		for i := range asked {
			asked[i] = words[r.IntN(3)]
		}
		operator, distance := []string{"NEAR", "ADJ"}[r.IntN(2)], 1+r.IntN(4)
		q := strings.Join(asked, fmt.Sprintf(" %s/%d ", operator, distance))
		takesPart := make([]bool, len(s))
		var read func(chain []int)
		read = func(chain []int) {
			if len(chain) == len(asked) {
				for _, i := range chain {
					takesPart[i] = true
				}
				return
			}
			for i, w := range s {
				if w != asked[len(chain)] {
					continue
				}
				if n := len(chain); n > 0 {
					d := i - chain[n-1]
					if d == 0 || d > distance || d < -distance || d < 0 && operator == "ADJ" {
						continue
					}
				}
				read(append(slices.Clone(chain), i))
			}
		}
		read(nil)
		var want []string
		for i, w := range s {
			if takesPart[i] {
				w = "[" + w + "]"
			}
			want = append(want, w)
		}
		text := strings.Join(s, " ")
		if got := bracketed(t, ix, q, text); got != strings.Join(want, " ") {
			t.Fatalf("%s marks %s, want %s", q, got, strings.Join(want, " "))
		}
	}
}

// TestNearPassages: a passage with a place comes first, however often the words
// stand elsewhere, and in each only the place is marked.
func TestNearPassages(t *testing.T) {
	ix := small(t)
	filler := strings.Repeat("Nothing of note was said by the men of the port that day. ", 8)
	add(t, ix, corpus.Article{
		ID: "a", Title: "Strike of the men of the ferries", Published: day("2025-01-02"),
		Body: "The strike of the year: a strike of cranes, a strike of trucks, and one strike more in the year. Of all the boats the ferry, the old ferry and the new ferry stayed.\n\n" +
			filler + "\n\n" + filler + "\n\nAt last the ferry men went on strike. Harbour fees rose.",
	})
	for _, q := range []string{"ferry NEAR/4 strike", "ferry ADJ/4 strike", "ferry NEAR/4 strike fees", "ferry NEAR/4 (strike OR lockout) NOT tram"} {
		res := search(t, ix, index.Query{Text: q})
		if len(res.Hits) != 1 || len(res.Hits[0].Snippets) == 0 {
			t.Fatalf("%s: no passage", q)
		}
		first := res.Hits[0].Snippets[0]
		if !strings.Contains(first.Text, "the ferry men went on strike") {
			t.Errorf("%s: the first passage is %q", q, first.Text)
		}
		for _, s := range res.Hits[0].Snippets {
			for _, m := range s.Matches {
				if w := s.Text[m.Start:m.End]; !strings.Contains(s.Text, "went on strike") || w != "ferry" && w != "strike" && w != "fees" {
					t.Errorf("%s marks %q in %q", q, w, s.Text)
				}
			}
		}
		if len(res.Hits[0].TitleMatches) > 0 {
			t.Errorf("%s marks the title", q)
		}
	}
}
