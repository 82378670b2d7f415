package query

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTypingOf(t *testing.T) {
	for _, tt := range []struct {
		text, value string
		want        Typing // but for Value
	}{
		{"", "", Typing{}},
		{"rat", "rat", Typing{}},
		{"interest rat", "rat", Typing{Start: 9}},
		{"interest ", "", Typing{Start: 9}},
		{"(rat", "rat", Typing{Start: 1}},
		{"oil -ga", "ga", Typing{Start: 5}},
		{"oil|ga", "ga", Typing{Start: 4}},
		{"+=ga", "ga", Typing{Start: 2}},
		{"F-3", "F-3", Typing{}},
		{"topic:sec", "sec", Typing{Field: "topic"}},
		{"oil (tag:sec", "sec", Typing{Start: 5, Field: "topic"}},
		{"Language:p", "p", Typing{Field: "lang"}},
		{"since:2", "2", Typing{Field: "date"}},
		{"outlook:st", "outlook:st", Typing{}},
		{"source:a:b", "a:b", Typing{Field: "source"}},
		{`"interest ra`, "interest ra", Typing{Close: `"`}},
		{`oil "interest ra`, "interest ra", Typing{Start: 4, Close: `"`}},
		{`"interest rates"`, "", Typing{Start: 16}},
		{`"interest rates" ec`, "ec", Typing{Start: 17}},
		{`author:"ada ok`, "ada ok", Typing{Field: "author", Close: `"`}},
		{`(-author:"ada ok`, "ada ok", Typing{Start: 2, Field: "author", Close: `"`}},
		{`author:"`, "", Typing{Field: "author", Close: `"`}},
		{`author:"ada okoye" ra`, "ra", Typing{Start: 19}},
		{"“interest ra", "interest ra", Typing{Close: "”"}},
		{"„Zinsen stei", "Zinsen stei", Typing{Close: "“"}},
		{"«taux d", "taux d", Typing{Close: "»"}},
		{`“taux" d`, "d", Typing{Start: len(`“taux" `)}},
		{`a 5" pi`, "pi", Typing{Start: 5}},
		{`"he said \"no`, `he said \"no`, Typing{Close: `"`}},
	} {
		got := TypingOf(tt.text)
		if value := tt.text[got.Value:]; value != tt.value {
			t.Errorf("%s: value %q, want %q", tt.text, value, tt.value)
		}
		got.Value = 0
		if d := cmp.Diff(tt.want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", tt.text, d)
		}
	}
}

// Whatever is typed, the part lies within it and the time is bounded.
func FuzzTypingOf(f *testing.F) {
	f.Add(`oil (author:"ada`)
	f.Add("“a „b «c")
	f.Fuzz(func(t *testing.T, s string) {
		got := TypingOf(s)
		if got.Start < 0 || got.Start > got.Value || got.Value > len(s) {
			t.Errorf("%q: %+v", s, got)
		}
	})
}
