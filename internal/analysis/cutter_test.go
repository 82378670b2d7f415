package analysis

import (
	"fmt"
	"slices"
	"testing"
)

// TestCutter holds that a Cutter cuts as analyzers do, whatever it has cut before.
func TestCutter(t *testing.T) {
	var c Cutter
	for round := range 3 {
		for i := range 2 * rememberedCuts {
			s := fmt.Sprintf("Art. %d of the law. It is Sec. %d. Sen. Kim said so.", i%(rememberedCuts+round), round)
			for _, language := range []string{"en", "de"} {
				a := Of(language)
				want := a.Sentences(s)
				for range 2 {
					if got := c.Sentences(a, s); !slices.Equal(got, want) {
						t.Fatalf("%s in %s: %v, want %v", s, language, got, want)
					}
				}
			}
		}
	}
	c.Forget()
	var none *Cutter
	if got, want := none.Sentences(Of("en"), "One. Two."), c.Sentences(Of("en"), "One. Two."); !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}
