package match

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/newsq/newsq/internal/analysis"
	"pgregory.net/rapid"
)

// TestEncode: as token ids an article is what it is in strings.
func TestEncode(t *testing.T) {
	some := rapid.SliceOfN(rapid.SampledFrom([]string{"", " ", "The harbour", "harbour's walls, again", "北京 l'État", "U.S. and AT&T", "One. Two! An iPhone.\n\nThree McCain (Ärger). “AIDS?” he said", ". A\n\nb", ". A dam leaks. Water runs"}), 0, 3)
	rapid.Check(t, func(t *rapid.T) {
		n := NewEncoder(analysis.Of)
		for range 3 {
			texts := func(label string) []string { return some.Draw(t, label) }
			one := func(label string) string {
				if s := texts(label); len(s) > 0 {
					return s[0]
				}
				return ""
			}
			in := Input{
				Title: one("title"), Summary: one("summary"), Headings: texts("headings"), Body: texts("body"),
				Authors: texts("authors"), Places: texts("places"), People: texts("people"), Orgs: texts("orgs"),
				Source: one("source"), Path: one("path"), URL: one("url"),
				Topics: []string{"asia/korea", ""}, Lang: "en", ID: one("id"),
			}
			encoded := n.Encode(in)
			if diff := cmp.Diff(Analyze(english, in), encoded.Doc()); diff != "" {
				t.Fatalf("the article (-in strings +in numbers):\n%s", diff)
			}
			for _, f := range []Field{Title, Body, URL, Org} {
				runs, start := encoded.Field(f)
				for i, run := range encoded.Doc().Texts[f] {
					if runs[i].End-start != len(run) {
						t.Fatalf("run %d of %s has %d words, want %d", i, f, runs[i].End-start, len(run))
					}
					start = runs[i].End
				}
			}
		}
	})
}
