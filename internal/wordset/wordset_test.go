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

func TestTable(t *testing.T) {
	table := Table(map[int]string{1: "one first", 2: "two"})
	if got := table(); !maps.Equal(got, map[string]int{"one": 1, "first": 1, "two": 2}) {
		t.Errorf("got %v", got)
	}
}
