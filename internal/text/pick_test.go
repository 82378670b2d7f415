package text

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// Pick gives, of the words that Words gives, at least those looked for.
func TestPick(t *testing.T) {
	words := strings.Fields("The the U.S. us dying Die lying tie a A I x 1,000.5 Kraków É été 北京 🙂 AT&T C++ don't Korea's Talks talking l'État ﬁne 'n skies sky tying")
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Join(rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom(words), rapid.String()), 0, 30).Draw(t, "words"), " ")
		all := tokensOf(s)
		var p Picker
		wanted := func(Token) bool { return false }
		if len(all) > 0 {
			of := rapid.SampledFrom(all).Draw(t, "of")
			switch rapid.IntRange(0, 3).Draw(t, "kind") {
			case 0:
				p.AddWord(of.Word)
				wanted = func(t Token) bool { return t.Word == of.Word }
			case 1:
				if of.Stem != "" {
					p.AddPrefix(of.Stem)
					wanted = func(t Token) bool { return t.Stem == of.Stem }
				}
			case 2:
				prefix := of.Word[:rapid.IntRange(0, len(of.Word)).Draw(t, "prefix")]
				p.AddPrefix(prefix)
				wanted = func(t Token) bool { return strings.HasPrefix(t.Word, prefix) }
			}
		}
		picked := new(Tokenizer).Pick(nil, s, &p)
		for i, tok := range all {
			at := slices.IndexFunc(picked, func(p Picked) bool { return p.Number == i })
			if at < 0 && wanted(tok) {
				t.Fatalf("%q: token %d, %q, is left out", s, i, tok.Word)
			}
			if tok.Stem = ""; at >= 0 {
				if diff := cmp.Diff(tok, picked[at].Token); diff != "" {
					t.Fatalf("%q: token %d\n%s", s, i, diff)
				}
			}
		}
		for i := range picked {
			if n := picked[i].Number; n >= len(all) || i > 0 && n <= picked[i-1].Number {
				t.Fatalf("%q: %d is number %d", s, i, n)
			}
		}
	})
}

func TestPickEnd(t *testing.T) {
	for b := range 256 {
		if asciiWord[b] != isASCIIWord(byte(b)) {
			t.Errorf("%q", byte(b))
		}
	}
	piece := rapid.SampledFrom(append(strings.Split("aZ7 .,:'&+#-\n", ""), "é", "\xff", strings.Repeat("x", 250)))
	rapid.Check(t, func(t *rapid.T) {
		s := "a" + strings.Join(rapid.SliceOf(piece).Draw(t, "s"), "")
		want, _ := plainEnd(s, 0)
		if got := pickEnd(s, 0); got != want {
			t.Fatalf("%q ends at %d, not %d", s, got, want)
		}
	})
}

func BenchmarkPick(b *testing.B) {
	s := strings.Repeat("Grain prices rose by a tenth in the week before. Merchants in the U.S. and in Brazil blamed the closed strait. ", 60)
	var p Picker
	p.AddWord("deterr")
	var dst []Picked
	a := new(Tokenizer)
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		dst = a.Pick(dst[:0], s, &p)
	}
}
