package entity

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/newsq/newsq/corpus"
)

// Whatever a text is, mentions lie in it, apart from each other, each with its text.
func TestMentionsLieInTexts(t *testing.T) {
	f := newTestFinder()
	pieces := []string{
		"Kim", "Kim Jong Un", "Mr.", "Mrs. ", "Obama's", "Barack H. Obama Jr.", "U.S.", "(WHO)", "World Health Organization", "KIM", "Tanner", "Orla",
		"von der", "Ocho-Vega", "President", "Pope", "  ", "\n\n", ". ", ", ", "’s", "—", "'", "-", "1996", "the", "Moscou", "l'ONU", "Россия", "Путина", "美国", "特朗普",
		"트럼프는", "ترامب", "D-N.Y.", "v.", "İstanbul'da", "ß", "́", "\u200c",
	}
	rapid.Check(t, func(t *rapid.T) {
		join := rapid.SampledFrom([]string{"", " "})
		text := func(label string) string {
			var b strings.Builder
			for _, p := range rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 40).Draw(t, label) {
				b.WriteString(p + join.Draw(t, "join"))
			}
			return b.String()
		}
		a := corpus.Article{Title: text("title"), Summary: text("summary"), Body: text("body"), Language: rapid.SampledFrom([]string{"en", "de", "fr", "ru", "zh", "ko", "ar", "tr", "xx"}).Draw(t, "language")}
		f.DeriveText(&a)
		byField := map[string][]corpus.Mention{}
		for _, e := range a.Entities {
			if e.Name == "" || e.Name != strings.TrimSpace(e.Name) || strings.ContainsAny(e.Name, "\n\t") || len(e.Mentions) == 0 {
				t.Errorf("entity %+v", e)
			}
			for _, m := range e.Mentions {
				of := map[string]string{"": a.Body, "title": a.Title, "summary": a.Summary}[m.Field]
				if m.Start < 0 || m.End <= m.Start || m.End > len(of) || of[m.Start:m.End] != m.Text {
					t.Fatalf("mention %+v of %q", m, of)
				}
				byField[m.Field] = append(byField[m.Field], m)
			}
		}
		for _, list := range byField {
			slices.SortFunc(list, func(a, b corpus.Mention) int { return a.Start - b.Start })
			for i := 1; i < len(list); i++ {
				if list[i].Start < list[i-1].End {
					t.Errorf("%+v and %+v overlap", list[i-1], list[i])
				}
			}
		}
	})
}
