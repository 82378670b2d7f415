package query

import (
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

// checkBareWord holds what is read of a text to what the parser reads.
func checkBareWord(t rapid.TB, s string) {
	t.Helper()
	for _, plain := range []bool{false, true} {
		got, gotErr := parse(s, plain)
		want, wantErr := parseAll(s, plain)
		if !reflect.DeepEqual(got, want) || !reflect.DeepEqual(gotErr, wantErr) {
			t.Fatalf("%q: %#v %v, want %#v %v", s, got, gotErr, want, wantErr)
		}
	}
}

// A word without anything else is read as the parser reads it.
func TestBareWord(t *testing.T) {
	for a := range byte(26) {
		checkBareWord(t, string([]byte{'a' + a}))
		for b := range byte(26) {
			checkBareWord(t, string([]byte{'a' + a, 'a' + b}))
			for c := range byte(26) {
				checkBareWord(t, string([]byte{'a' + a, 'a' + b, 'a' + c}))
			}
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		checkBareWord(t, rapid.StringMatching(`[a-z]{0,40}|near|adj|and|or|not|w/[0-9]|[a-z]{1,5}[ .:*~A]?[a-z]?`).Draw(t, "text"))
	})
}
