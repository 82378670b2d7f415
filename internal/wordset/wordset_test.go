package wordset

import (
	"maps"
	"slices"
	"testing"
)

func TestOf(t *testing.T) {
	set := Of("bank rate", "tariff", "", " rate\n")
	if got, want := slices.Sorted(maps.Keys(set())), []string{"bank", "rate", "tariff"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if set()["loan"] || !set()["rate"] {
		t.Error("other words are in the set")
	}
}
