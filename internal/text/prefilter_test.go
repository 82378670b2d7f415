package text

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// Filter gives, of the words that Words gives, at least those looked for.
func TestFilter(t *testing.T) {
	words := strings.Fields("The the U.S. us dying Die lying tie a A I x 1,000.5 Kraków É été 北京 🙂 AT&T C++ don't Korea's Talks talking l'État col·legi l·x ﬁne 'n skies sky tying")
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Join(rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom(words), rapid.String()), 0, 30).Draw(t, "words"), " ")
		all := tokensOf(s)
		var p Prefilter
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
		accepted, _ := NewTokenizer(plain{}).Filter(nil, nil, s, &p)
		for i, tok := range all {
			at := slices.IndexFunc(accepted, func(p PositionedToken) bool { return p.Position == i })
			if at < 0 && wanted(tok) {
				t.Fatalf("%q: token %d, %q, is left out", s, i, tok.Word)
			}
			if tok.Stem = ""; at >= 0 {
				if diff := cmp.Diff(tok, accepted[at].Token); diff != "" {
					t.Fatalf("%q: token %d\n%s", s, i, diff)
				}
			}
		}
		for i := range accepted {
			if n := accepted[i].Position; n >= len(all) || i > 0 && n <= accepted[i-1].Position {
				t.Fatalf("%q: %d is number %d", s, i, n)
			}
		}
	})
}

func TestFastPlainEnd(t *testing.T) {
	for b := range 256 {
		if asciiWord[b] != isASCIIWord(byte(b)) {
			t.Errorf("%q", byte(b))
		}
	}
	piece := rapid.SampledFrom(append(strings.Split("aZ7 .,:'&+#-\n", ""), "é", "\xff", strings.Repeat("x", 250)))
	rapid.Check(t, func(t *rapid.T) {
		s := "a" + strings.Join(rapid.SliceOf(piece).Draw(t, "s"), "")
		want, _ := plainEnd(s, 0)
		if got := fastPlainEnd(s, 0); got != want {
			t.Fatalf("%q ends at %d, not %d", s, got, want)
		}
	})
}

func BenchmarkFilter(b *testing.B) {
	s := strings.Repeat("Grain prices rose by a tenth in the week before. Merchants in the U.S. and in Brazil blamed the closed strait. ", 60)
	var p Prefilter
	p.AddWord("deterr")
	var dst []PositionedToken
	a := NewTokenizer(plain{})
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		dst, _ = a.Filter(dst[:0], nil, s, &p)
	}
}
