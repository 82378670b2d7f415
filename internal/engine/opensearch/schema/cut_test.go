package schema

import (
	"strings"
	"testing"
)

func TestCut(t *testing.T) {
	for name, c := range map[string]struct{ value, want string }{
		"short":          {"Kim", "Kim"},
		"as long as any": {strings.Repeat("a", maxTerm), strings.Repeat("a", maxTerm)},
		"longer":         {strings.Repeat("a", maxTerm+1), strings.Repeat("a", maxTerm-3) + "…"},
		"of two bytes":   {strings.Repeat("ü", maxTerm/2), strings.Repeat("ü", maxTerm/2)},
		"longer of two":  {strings.Repeat("ü", maxTerm), strings.Repeat("ü", maxTerm/2-2) + "…"},
		"no UTF-8":       {strings.Repeat("\xff", maxTerm/3+1), strings.Repeat("\xff", maxTerm/3-1) + "…"},
	} {
		got := cut(c.value)
		if got != c.want {
			t.Errorf("%s: %d bytes, ending %q; want %d", name, len(got), got[len(got)-6:], len(c.want))
		}
		if n := len(strings.ToValidUTF8(got, "\uFFFD")); n > maxTerm {
			t.Errorf("%s: a term of %d bytes", name, n)
		}
	}
}
