package match

import (
	"testing"

	"github.com/newsq/newsq/internal/analysis"
	"pgregory.net/rapid"
)

func TestCaseOf(t *testing.T) {
	for s, want := range map[string]Case{
		"": LowerCase, "24": LowerCase, "turkey": LowerCase, "obama's": LowerCase, "ärger": LowerCase, "東京": LowerCase,
		"Turkey": TitleCase, "Obama's ": TitleCase, "Ärger, ": TitleCase, "O’s": UpperCase, "Rock's (": TitleCase,
		"A": UpperCase, "AIDS ": UpperCase, "U.S.": UpperCase, "AIDS’s": UpperCase, "OBAMA'S": UpperCase, "G20": UpperCase, "МИД": UpperCase,
		"war ": LowerCase, "War ": TitleCase, "warÉ": MixedCase, "war P": MixedCase, "war,": LowerCase, "W ": UpperCase,
		"iPhone": MixedCase, "McCain": MixedCase, "NGOs": MixedCase, "'s": LowerCase, "L'sO": MixedCase,
	} {
		if got := CaseOf(s); got != want {
			t.Errorf("CaseOf(%q) = %d, want %d", s, got, want)
		}
	}
}

// TestPlainCase: what is told by whole words is what CaseOf says.
func TestPlainCase(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringMatching(`([A-Z]?[a-z]{1,15}|[A-Z]{1,15}|[@\[`+"`"+`{zZaA é0']{1,9}|[ .(]{0,8}[aAzZ]{1,3})[ ,.'s)]{0,3}`).Draw(t, "word")
		for _, behind := range []string{"", "AfterItSomeMore "} {
			c, ok := plainCase(s+behind, 0, len(s))
			if want := CaseOf(s); ok && c != want {
				t.Fatalf("%q is taken for %d, want %d", s, c, want)
			}
		}
	})
	for _, s := range []string{"a", "Turkey ", "AIDS", "McDonald", "zebra ", "ZZ", "Negotiations, ", "24", "it's "} {
		if _, ok := plainCase(s+"AfterIt ", 0, len(s)); !ok {
			t.Errorf("%q is plain", s)
		}
	}
}

// word is a span of any word.
func word(w string) SpanWords { return SpanWords{{Terms: []TermPattern{{Text: w}}}} }

func TestSpans(t *testing.T) {
	d := Analyze(analysis.Of("en"), Input{
		Title: "AIDS in turkey",
		Body: []string{
			"Turkey bans aid. Aids to Turkey rise.\n\nThe red line holds. A line of red Turkey.",
			"Aid workers left Turkey",
		},
	})
	exact := func(w string, c Case) SpanWords { return SpanWords{{Terms: []TermPattern{{Text: w, Case: c}}}} }
	near := func(n int, u Unit, of ...Span) SpanNear { return SpanNear{Of: of, Distance: n, Unit: u} }
	for _, c := range []struct {
		name string
		p    Spans
		want [3]int
	}{
		{"case", Spans{Of: exact("turkey", TitleCase)}, [3]int{0, 0, 4}},
		{"no capitals", Spans{Of: exact("turkey", LowerCase)}, [3]int{1, 0, 0}},
		{"all capitals", Spans{Of: exact("aids", UpperCase)}, [3]int{1, 0, 0}},
		{"sentence", Spans{Of: near(0, InSentence, word("turkey"), word("aid"))}, [3]int{0, 0, 2}},
		{"paragraph", Spans{Of: near(0, InParagraph, word("bans"), word("rise"))}, [3]int{0, 0, 1}},
		{"other paragraph", Spans{Of: near(0, InParagraph, word("bans"), word("holds"))}, [3]int{}},
		{"another sentence", Spans{Of: near(0, InSentence, word("bans"), word("rise"))}, [3]int{}},
		{"ordered", Spans{Of: SpanNear{Of: []Span{word("aid"), word("turkey")}, Unit: InSentence, Ordered: true}}, [3]int{0, 0, 1}},
		{"not near", Spans{Of: SpanNotNear{Of: word("line"), Avoid: word("red"), Distance: 1}}, [3]int{0, 0, 1}},
		{"not in the sentence", Spans{Of: SpanNotNear{Of: word("turkey"), Avoid: SpanOr{word("bans"), word("left")}, Unit: InSentence}}, [3]int{1, 0, 2}},
		{"overlap is near", Spans{Of: SpanNotNear{Of: word("red"), Avoid: SpanWords{{Terms: []TermPattern{{Text: "red"}, {Text: "line"}}}}, Distance: 1}}, [3]int{0, 0, 1}},
		{"nested", Spans{Of: near(2, InWords, near(1, InWords, word("aids"), word("to")), word("rise"))}, [3]int{0, 0, 1}},
		{"nested too far", Spans{Of: near(1, InWords, near(1, InWords, word("aids"), word("to")), word("rise"))}, [3]int{}},
		{"enough", Spans{Of: word("turkey"), AtLeast: 5}, [3]int{1, 0, 4}},
		{"too few", Spans{Of: word("turkey"), AtLeast: 6}, [3]int{}},
		{"of all runs of the body", Spans{Field: Body, Of: word("turkey"), AtLeast: 4}, [3]int{0, 0, 4}},
		{"lead", Spans{Field: Body, Of: word("turkey"), Lead: 6}, [3]int{0, 0, 2}},
		{"lead over runs", Spans{Field: Body, Of: word("workers"), Lead: 18}, [3]int{0, 0, 1}},
		{"behind the lead", Spans{Field: Body, Of: word("workers"), Lead: 17}, [3]int{}},
	} {
		var got [3]int
		got[0], got[1], got[2] = Occurrences(c.p, d)
		if got != c.want {
			t.Errorf("%s: %v occurrences, want %v", c.name, got, c.want)
		}
		if Match(c.p, d) != (c.want != [3]int{}) {
			t.Errorf("%s: Match is wrong", c.name)
		}
	}
	for _, c := range []struct {
		p    Length
		want bool
	}{{Length{0, -1}, true}, {Length{23, 23}, true}, {Length{24, -1}, false}, {Length{0, 22}, false}} {
		if Match(c.p, d) != c.want {
			t.Errorf("%v: want %v", c.p, c.want)
		}
	}
}
