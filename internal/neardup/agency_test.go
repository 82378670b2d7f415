package neardup

import "testing"

func TestWithoutAgency(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"WASHINGTON (AP) — The Senate voted.", " The Senate voted."},
		{"WASHINGTON, March 3 (Reuters) - The Senate voted.", "The Senate voted."},
		{"(CNN)The Senate voted.", "The Senate voted."},
		{"(CNN) -- The Senate voted.", "The Senate voted."},
		{"Reuters - The Senate voted.", "The Senate voted."},
		{"AP/Reuters - The Senate voted.", "The Senate voted."},
		{"WEST PALM BEACH, Fla. (AP) – The Senate voted.", " The Senate voted."},
		{"CLEVELAND, Feb 26 - The Senate voted.", "The Senate voted."},
		{"São Paulo (dpa) - The Senate voted.", "The Senate voted."},
		{"PARIS, 7 février (AFP) - Le Sénat a voté.", "Le Sénat a voté."},
		{"UNITED NATIONS (Thomson Reuters Foundation) - The council met.", "The council met."},
		{"The Senate - all of it - voted.", "The Senate - all of it - voted."},
		{"The Senate (all of it) voted - at last.", "The Senate (all of it) voted - at last."},
		{"(Some of this is new) The Senate voted.", "(Some of this is new) The Senate voted."},
		{"US-China talks — and what follows", "US-China talks — and what follows"},
		{"", ""},
	} {
		if got := WithoutAgency(c.text); got != c.want {
			t.Errorf("WithoutAgency(%q) = %q, want %q", c.text, got, c.want)
		}
	}
}
