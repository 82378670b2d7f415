package index_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

// TestSpansMarks: what stands in one sentence or paragraph, apart from something, or in
// capitals is marked, and no other occurrence.
func TestSpansMarks(t *testing.T) {
	ix := small(t)
	for _, tt := range []struct{ query, want string }{
		{"ferry NEAR/s strike", "The [ferries] stay as there is a [strike]. A ferry came. The strike goes on."},
		{"ferry ADJ/s strike", "The strike of the ferry crews. The [ferry] and the [strike]."},
		{"ferry NEAR/p strike", "The [ferry] is late. There is a [strike].\n\nA ferry came."},
		{`"night ferry" NEAR/s (strike OR walkout*)`, "[Walkouts] on the [night ferry]. A night at the ferry; no strike."},
		{"ferry NOT NEAR/2 night", "the night ferry, and then one more [ferry] by day"},
		{"ferry NOT NEAR/s strike", "The ferry is on strike. A [ferry] came."},
		{"ferry NOT ADJ/2 strike", "strike of the [ferry], which is late; ferry strike"},
		{"(ferry NEAR/1 crew) NEAR/4 strike", "The crew is out; the [ferry] [crew] is on [strike]"},
		{"(ferry NEAR/1 crew) NEAR/4 (strike OR \"walk out\")", "the [ferry] [crews] will [walk out]; walk, crew and all others, out"},
		{"caps:AIDS", "a deaf man with hearing aids against [AIDS], AIDs"},
		{`caps:"White House"`, "a white house; the [White House]; the White house"},
		{"caps:US NEAR/3 aid", "aid for us and then of all who ask; [aid] by the [US]"},
		{"=ferry NEAR/s strike", "ferries and one [ferry] on [strike]"},
		{"atleast/2 ferry", "[ferry], tram, [ferries]"},
		{"lead:ferry", "[ferry], tram"},
	} {
		s := strings.NewReplacer("[", "", "]", "").Replace(tt.want)
		if got := bracketed(t, ix, tt.query, s); got != tt.want {
			t.Errorf("%s marks %s, want %s", tt.query, got, tt.want)
		}
	}
}

// TestSpansMarksMatches: an article that a query of sentences and the like finds has marks,
// and one that it doesn't has none.
func TestSpansMarksMatches(t *testing.T) {
	ix := small(t)
	r := rand.New(rand.NewPCG(7, 9))
	words := []string{"ant", "bee", "cow", "Ant", "BEE"}
	texts := make(map[string]string)
	var articles []corpus.Article
	for range 60 {
		var b strings.Builder
		for i := range 2 + r.IntN(9) {
			if i > 0 {
				b.WriteString([]string{" ", " ", " ", ". ", ".\n\n"}[r.IntN(5)])
			}
			b.WriteString(words[r.IntN(len(words))])
		}
		id := "r" + string(rune('a'+len(articles)/26)) + string(rune('a'+len(articles)%26))
		texts[id] = b.String()
		articles = append(articles, corpus.Article{ID: id, Body: b.String()})
	}
	if err := ix.Add(t.Context(), articles...); err != nil {
		t.Fatal(err)
	}
	operators := []string{"NEAR/1", "NEAR/2", "ADJ/1", "NEAR/s", "ADJ/s", "NEAR/p", "NOT NEAR/1", "NOT ADJ/2", "NOT NEAR/s", "NOT NEAR/p"}
	operand := func() string {
		switch w := words[r.IntN(3)]; r.IntN(6) {
		case 0:
			return "caps:" + words[r.IntN(len(words))]
		case 1:
			return `"` + w + " " + words[r.IntN(3)] + `"`
		case 2:
			return "(" + w + " OR " + words[r.IntN(3)] + ")"
		case 3:
			return "(" + w + " " + operators[r.IntN(6)] + " " + words[r.IntN(3)] + ")"
		case 4:
			return "=" + w
		default:
			return w
		}
	}
	for range 120 {
		q := "body:(" + operand() + " " + operators[r.IntN(len(operators))] + " " + operand() + ")"
		res, err := ix.Search(t.Context(), index.Query{Text: q, Match: index.MatchStrict, Limit: 200, IDsOnly: true, NoNear: true, Copies: index.AllCopies})
		if err != nil {
			t.Fatalf("%s: %v", q, err)
		}
		for id, s := range texts {
			found := slices.ContainsFunc(res.Hits, func(h index.Hit) bool { return h.ID == id })
			marks, err := ix.Mark(t.Context(), index.Query{Text: q}, s)
			if err != nil {
				t.Fatal(err)
			}
			if found != (len(marks) > 0) {
				t.Fatalf("%s: of %q, found is %v and marked %v", q, s, found, marks)
			}
		}
	}
}

const ferryNews = "The ferry sails again. The council will sell the ferry in May. Nobody sold a thing.\n\n" +
	"It is unclear whether the old pier was sold. The town should sell the pier, Ada Okoye said."

// TestClaimPassages: passages are sentences of the kind that was asked for, with the words
// in it marked and those elsewhere not.
func TestClaimPassages(t *testing.T) {
	ix := small(t)
	if err := ix.Add(t.Context(), corpus.Article{ID: "ferry", Title: "News", Body: ferryNews}); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ query, is, want string }{
		{"is:forecast ferry", "forecast", "The ferry sails again. The council will sell the [ferry] in May."},
		{"is:forecast ferry sell", "forecast", "The council will [sell] the [ferry] in May."},
		{"ferry NEAR/s is:forecast", "forecast", "The council will sell the [ferry] in May."},
		{"is:forecast =ferry OR tram", "forecast", "The ferry sails again. The council will sell the [ferry] in May."},
		{"is:recommendation pier", "recommendation", "The town should sell the [pier], Ada Okoye said."},
		{"is:caveat", "caveat", "[It is unclear whether the old pier was sold.]"},
		{"is:forecast pier", "", ""},
		{"lead/6:ferry", "", "The [ferry] sails again. The council will sell the ferry in May."},
		{"lead/4:council", "", ""},
		{"ferry", "", "The [ferry] sails again. The council will sell the [ferry] in May."},
	} {
		res, err := ix.Search(t.Context(), index.Query{Text: tt.query, Match: index.MatchStrict, NoNear: true})
		if err != nil {
			t.Fatalf("%s: %v", tt.query, err)
		}
		i := slices.IndexFunc(res.Hits, func(h index.Hit) bool { return h.ID == "ferry" })
		if tt.want == "" {
			if i >= 0 {
				t.Errorf("%s finds it", tt.query)
			}
			continue
		}
		if i < 0 {
			t.Errorf("%s doesn't find it", tt.query)
			continue
		}
		s := res.Hits[i].Snippets[0]
		text, end := "", 0
		for _, m := range s.Matches {
			text, end = text+s.Text[end:m.Start]+"["+s.Text[m.Start:m.End]+"]", m.End
		}
		if text += s.Text[end:]; !strings.Contains(text, tt.want) || s.Is != tt.is {
			t.Errorf("%s shows %q: %s, want %q: %s", tt.query, s.Is, text, tt.is, tt.want)
		}
	}
}
