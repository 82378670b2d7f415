package text

import (
	"slices"
	"strconv"
	"strings"
	"testing"
)

// lexiconTokens is what a lexicon says of s, without places.
func lexiconTokens(l *Lexicon, s string) []Token {
	numbers, _ := l.Append(nil, nil, s)
	v := l.Vocabulary()
	tokens := make([]Token, len(numbers))
	for i, n := range numbers {
		tokens[i].Word = v.Words[n]
		if stem := v.StemOf[n]; stem > 0 {
			tokens[i].Stem = v.Stems[stem-1]
		}
	}
	return tokens
}

// sameTokens reports whether tokens are alike but for their places.
func sameTokens(a, b []Token) bool {
	return slices.EqualFunc(a, b, func(x, y Token) bool { return x.Word == y.Word && x.Stem == y.Stem })
}

// TestLexicon: a lexicon that has seen words before says the same of them,
// wherever the text ends, however long they are.
func TestLexicon(t *testing.T) {
	l := NewLexicon(plain{})
	for n := range 20 {
		for _, end := range []string{"", " ", ".", ".x", "'s", "’s", "’", "—", "é", "++", "l·l", "L‧La", "l·", "\xff", "\x00", "{", "@", "[", "`", "/", ":"} {
			for _, before := range []string{"", "The ", "a "} {
				for _, s := range []string{
					before + strings.Repeat("Zz9", n)[:n] + end,
					before + strings.Repeat("x", n) + "Elections" + end + " and war",
				} {
					if got, want := lexiconTokens(l, s), tokensOf(s); !sameTokens(got, want) {
						t.Errorf("tokens of %q are %v, want %v", s, got, want)
					}
				}
			}
		}
	}
}

// TestLexiconFills: words stay right while the table grows, and what was
// taken of the vocabulary before stays as it was.
func TestLexiconFills(t *testing.T) {
	l := NewLexicon(plain{})
	var before Vocabulary
	for i := 0; !l.Full(); i++ {
		w := "w" + strconv.Itoa(i)
		if got := lexiconTokens(l, strings.ToUpper(w)+" elections of "+w); !sameTokens(got, []Token{
			{Word: w, Stem: w}, {Word: "elections", Stem: "elect"}, {Word: "of"}, {Word: w, Stem: w},
		}) {
			t.Fatalf("tokens of %q are %+v", w, got)
		}
		if i == 1000 {
			before = l.Vocabulary()
		}
	}
	if len(before.Words) != 1003 || before.Words[1002] != "w1000" {
		t.Errorf("the vocabulary of before has %d words, the last %q", len(before.Words), before.Words[len(before.Words)-1])
	}
	if w := &l.words; 2*w.taken > len(w.plain) {
		t.Errorf("%d of %d slots are taken", w.taken, len(w.plain))
	}
}

// TestLexiconCrowded: a word that finds no slot near where it belongs is
// found all the same.
func TestLexiconCrowded(t *testing.T) {
	l := NewLexicon(plain{})
	l.Append(nil, nil, "a")
	for i := range l.words.plain {
		l.words.plain[i] = plainSlot{low: ^uint64(0)}
	}
	first, _ := l.Append(nil, nil, "harbour Harbour")
	if again, _ := l.Append(nil, nil, "harbour HARBOUR"); !slices.Equal(first, again) || first[0] != first[1] {
		t.Errorf("numbers are %v, then %v", first, again)
	}
}
