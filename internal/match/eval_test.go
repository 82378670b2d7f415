package match

import (
	"fmt"
	"slices"
	"testing"
)

// runOf makes a run of one-letter words that are their own stems.
func runOf(letters string) Run {
	run := make(Run, 0, len(letters))
	for _, r := range letters {
		run = append(run, Token{Word: string(r), Stem: string(r)})
	}
	return run
}

// termsFrom makes a phrase's terms of letters, "." being any word.
func termsFrom(letters string) []TermPattern {
	var terms []TermPattern
	for _, r := range letters {
		if r == '.' {
			terms = append(terms, TermPattern{Kind: AnyWord})
		} else {
			terms = append(terms, TermPattern{Kind: Exact, Text: string(r)})
		}
	}
	return terms
}

// readings returns every way to read terms in a run: for each, the positions
// of their words, increasing.
func readings(terms, run string) [][]int {
	var all [][]int
	var extend func(at []int)
	extend = func(at []int) {
		if len(at) == len(terms) {
			all = append(all, slices.Clone(at))
			return
		}
		from := 0
		if len(at) > 0 {
			from = at[len(at)-1] + 1
		}
		for i := from; i < len(run); i++ {
			if want := terms[len(at)]; want == '.' || want == run[i] {
				extend(append(at, i))
			}
		}
	}
	extend(nil)
	return all
}

// A phrase's occurrences are the tokens from which some reading has at most
// Slop other tokens in it.
func TestPhraseIsItsDefinition(t *testing.T) {
	for _, text := range words("abc", 5) {
		run := runOf(text)
		for _, terms := range words("ab.", 3)[1:] {
			for slop := range 3 {
				starts := map[int]bool{}
				for _, at := range readings(terms, text) {
					if others := at[len(at)-1] - at[0] + 1 - len(at); others <= slop {
						starts[at[0]] = true
					}
				}
				got := finder(Phrase{Terms: termsFrom(terms), Slop: slop})(run)
				if len(got) != len(starts) || slices.ContainsFunc(got, func(e occurrence) bool { return !starts[e.first] }) {
					t.Fatalf("%q~%d in %q starts at %v, want %v", terms, slop, text, got, starts)
				}
			}
		}
	}
}

// A Near's occurrences are those of its first operand to which occurrences of
// all others can be chosen, each within the distance of the next.
func TestNearIsItsDefinition(t *testing.T) {
	operands := [][]string{{"a"}, {"b"}, {"ab"}, {"a", "b."}, {"c", "a"}}
	for _, text := range words("abc", 5) {
		run := runOf(text)
		for _, of := range product(operands, 3) {
			for distance := 1; distance <= 3; distance++ {
				for _, ordered := range []bool{false, true} {
					want := nearSlow(of, text, distance, ordered)
					near := finder(Near{Operands: phrasesFrom(of), Distance: distance, Ordered: ordered})
					if got := near(run); !slices.Equal(got, want) {
						t.Fatalf("%v distance %d ordered %v in %q at %v, want %v", of, distance, ordered, text, got, want)
					}
				}
			}
		}
	}
}

// product returns every list of one to n elements.
func product[T any](elements []T, n int) [][]T {
	var all [][]T
	last := [][]T{nil}
	for range n {
		var next [][]T
		for _, list := range last {
			for _, e := range elements {
				next = append(next, append(slices.Clone(list), e))
			}
		}
		all = append(all, next...)
		last = next
	}
	return all
}

func phrasesFrom(of [][]string) [][]Phrase {
	phrases := make([][]Phrase, len(of))
	for i, alternatives := range of {
		for _, letters := range alternatives {
			phrases[i] = append(phrases[i], Phrase{Terms: termsFrom(letters)})
		}
	}
	return phrases
}

func nearSlow(of [][]string, text string, distance int, ordered bool) []occurrence {
	var choices [][]occurrence
	for _, alternatives := range of {
		var found []occurrence
		for i := range text {
			for _, letters := range alternatives {
				if i+len(letters) <= len(text) && len(readings(letters, text[i:i+len(letters)])) > 0 {
					found = append(found, occurrence{i, i + len(letters) - 1})
				}
			}
		}
		choices = append(choices, found)
	}
	var first []occurrence
	var choose func(chosen []occurrence)
	choose = func(chosen []occurrence) {
		if n := len(chosen); n >= 2 {
			a, b := chosen[n-2], chosen[n-1]
			gap := max(b.first-a.last, a.first-b.last) // not positive where they overlap
			if gap <= 0 || gap > distance || ordered && b.first < a.first {
				return
			}
		}
		if len(chosen) == len(choices) {
			if !slices.Contains(first, chosen[0]) {
				first = append(first, chosen[0])
			}
			return
		}
		for _, e := range choices[len(chosen)] {
			choose(append(chosen, e))
		}
	}
	choose(nil)
	slices.SortFunc(first, func(a, b occurrence) int { return (a.first-b.first)*100 + a.last - b.last })
	return first
}

func TestOccurrences(t *testing.T) {
	d := &Doc{Texts: map[Field][]Run{
		Title:   {runOf("ab")},
		Heading: {runOf("a"), runOf("bab")},
		Body:    {runOf("aab"), runOf("ba")},
		Summary: {runOf("aaaa")},
		Author:  {runOf("ab")},
	}}
	ab := termsFrom("ab")
	tests := []struct {
		plan Plan
		want string
	}{
		{Stem{Text, "a"}, "1 2 3"},
		{Stem{Title, "a"}, "1 0 0"},
		{Stem{Heading, "a"}, "0 2 0"},
		{Stem{Body, "a"}, "0 0 3"},
		{Stem{Summary, "a"}, "0 0 0"}, // what isn't ranked isn't counted
		{Phrase{Text, ab, 0}, "1 1 1"},
		{Phrase{Text, ab, 1}, "1 1 2"},
		{Phrase{Author, ab, 0}, "0 0 0"},
		{Near{Text, phrasesFrom([][]string{{"a"}, {"b"}}), 1, false, ""}, "1 1 2"}, // never across runs
		{Near{Text, phrasesFrom([][]string{{"b"}, {"a"}}), 1, true, ""}, "0 1 1"},
		{And{[]Plan{Stem{Text, "a"}}}, "0 0 0"},
		{Phrase{Text, nil, 0}, "0 0 0"},
		{Near{}, "0 0 0"},
	}
	for _, tt := range tests {
		title, heading, body := Occurrences(tt.plan, d)
		if got := fmt.Sprint(title, heading, body); got != tt.want {
			t.Errorf("%+v occurs %s times, want %s", tt.plan, got, tt.want)
		}
	}
	d.Texts[Title] = append(d.Texts[Title], Run{{Word: "x", Stem: "x", Variants: []string{"a", "y"}}})
	for _, p := range []Plan{Stem{Text, "a"}, Stem{Title, "y"}, Phrase{Title, []TermPattern{{Kind: SameStem, Text: "y"}}, 0}} {
		title, _, _ := Occurrences(p, d)
		variants, headings, bodies := VariantOccurrences(p, d)
		_, isStem := p.(Stem)
		if want := map[bool]int{true: 1}[isStem]; variants != want || headings != 0 || bodies != 0 || title < 1 {
			t.Errorf("%+v occurs %d times in titles, %d of them variants", p, title, variants)
		}
	}
	d.Texts[Title] = d.Texts[Title][:1]
	sum := Or{Operands: []Plan{Stem{Text, "a"}, Boost{Phrase{Text, ab, 0}, 2}, Not{Stem{Text, "b"}}, Stem{Summary, "a"}}}
	if got := count(sum, d); got != 6+3 {
		t.Errorf("Count = %d, want 9", got)
	}
}

// count returns how often the words and phrases that p looks for occur in the
// title, the headings and the body of d: the sum of Occurrences over
// Leaves. What stands below a Not is not counted.
func count(p Plan, d *Doc) int {
	n := 0
	for _, leaf := range Leaves(p) {
		title, heading, body := Occurrences(leaf.Plan, d)
		n += title + heading + body
	}
	return n
}
