package termsort

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// texts draws terms that have much in common, some with zeroes at their ends.
func texts(t *rapid.T) []string {
	part := rapid.SampledFrom([]string{"a", "b", "\x00", "\xff", "abcdefgh", "abcdefghabcdefgh", "é"})
	one := rapid.Map(rapid.SliceOfN(part, 0, 4), func(parts []string) string { return strings.Join(parts, "") })
	return rapid.SliceOfNDistinct(one, 0, 30, rapid.ID[string]).Draw(t, "texts")
}

// Terms compare as their texts do, and are written as these.
func TestCompare(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := texts(t), texts(t)
		for i, x := range a {
			term := Of(x, i)
			if got := string(term.AppendTo([]byte("."), a)); got != "."+x {
				t.Fatalf("%q is written as %q", x, got)
			}
			for k, y := range b {
				other := Of(y, k)
				if got, want := term.Compare(a, &other, b), strings.Compare(x, y); got != want {
					t.Fatalf("%q and %q compare as %d, want %d", x, y, got, want)
				}
			}
		}
	})
}

// The order of a list that grows is that of its terms, whoever asks.
func TestOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := texts(t)
		var o Order
		known := 0
		for range 4 {
			n := rapid.IntRange(0, len(all)).Draw(t, "n")
			known = max(known, n)
			var got []string
			for _, term := range o.Of(all[:n]) {
				got = append(got, string(term.AppendTo(nil, all)))
			}
			if want := slices.Sorted(slices.Values(all[:known])); !slices.Equal(got, want) {
				t.Fatalf("%q, want %q", got, want)
			}
		}
	})
}
