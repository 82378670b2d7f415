package query

import "testing"

func TestNearName(t *testing.T) {
	for text, want := range map[string]string{
		"oil":                       "oil oil NEAR/5 person:*",
		"oil sanctions":             "oil sanctions (oil OR sanctions) NEAR/5 person:*",
		`"red line" OR war`:         `("red line" OR war) ("red line" OR war) NEAR/5 person:*`,
		"the oil -war topic:asia":   "the oil -war topic:asia oil NEAR/5 person:*",
		`presid* "a b"~3 title:oil`: `presid* "a b"~3 title:oil presid* NEAR/5 person:*`,
		"topic:asia":                "",
	} {
		n, err := Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		before := n.String()
		near, ok := NearName(n, "person", 5, func(n Node) bool { return n.String() != "the" })
		if got := near.String(); ok != (want != "") || ok && got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
		if after := n.String(); after != before {
			t.Errorf("%s became %s", before, after)
		}
		if again, err := Parse(near.String()); err != nil || again.String() != near.String() {
			t.Errorf("%s is not read back: %v", near, err)
		}
	}
}
