package snippet

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// madeArticle returns an article of about n bytes in five sections.
func madeArticle(n int) []Section {
	rnd := rand.New(rand.NewPCG(3, 4))
	vocabulary := strings.Fields("the of and to a in that is for on was with it as be by at he from his")
	for _, a := range strings.Fields("con de gover inter pre re sanc trans un nego mini elec") {
		for _, b := range strings.Fields("tion ment ster tial ling ted nal ty ture less") {
			for _, c := range []string{"", "s", "ed", "al"} {
				vocabulary = append(vocabulary, a+b+c)
			}
		}
	}
	zipf := rand.NewZipf(rnd, 1.1, 3, uint64(len(vocabulary)-1))
	sections := make([]Section, 5)
	for i := range sections {
		var b strings.Builder
		for b.Len() < n/len(sections) {
			for j := range 10 + rnd.IntN(20) {
				w := vocabulary[zipf.Uint64()]
				if j == 0 {
					w = strings.ToUpper(w[:1]) + w[1:]
				} else {
					b.WriteByte(' ')
				}
				b.WriteString(w)
			}
			b.WriteString(". ")
			if rnd.IntN(4) == 0 {
				b.WriteString("\n\n")
			}
		}
		sections[i] = Section{Heading: fmt.Sprintf("Section %d", i), Text: b.String()}
	}
	return sections
}

func BenchmarkCut(b *testing.B) {
	sections := madeArticle(6000)
	for _, query := range []struct {
		name     string
		patterns []Pattern
	}{
		{"word", patterns("sanctions")},
		{"common words", patterns("of", "government", "elections", "treaty")},
		{"words and phrase", patterns("sanctions", "elections", `"of the"`, `"in the governments"~3`)},
		{"prefix", patterns("gov*")},
		{"nothing", patterns("zeppelin")},
	} {
		b.Run(query.name, func(b *testing.B) {
			b.SetBytes(6000)
			b.ReportAllocs()
			c := NewCutter(english, query.patterns)
			for b.Loop() {
				c.Cut(sections, 2)
			}
		})
	}
}

func BenchmarkMarks(b *testing.B) {
	title := "Sanctions on the Government Follow Elections in the U.S. Territory"
	ps := patterns("sanctions", "elections", "us")
	b.ReportAllocs()
	for b.Loop() {
		Marks(english, title, ps)
	}
}
