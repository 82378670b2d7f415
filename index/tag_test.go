package index

import "testing"

func TestMayBeSlip(t *testing.T) {
	for _, c := range []struct {
		tag, meant string
		want       bool
	}{
		{"drafts", "draft", true},
		{"trip/limma", "trip/lima", true},
		{"tripp/lima", "trip/lima", true},
		{"trips", "trip", true},
		{"to_read", "toread", true},
		{"north_korea", "north/korea", true},
		{"trip/cusco", "trip/lima", false}, // another place of the trip
		{"trip", "trip/lima", false},       // above it
		{"lima", "trip/lima", false},
		{"report_2024", "report_2023", false},
		{"q1", "q2", false},
		{"oil", "oils", false}, // a word of three letters has no slip
	} {
		if got := mayBeSlip(c.tag, c.meant); got != c.want {
			t.Errorf("%s and %s: %v, want %v", c.tag, c.meant, got, c.want)
		}
	}
}
