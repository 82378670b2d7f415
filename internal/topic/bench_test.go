package topic

import (
	"strings"
	"testing"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/match"
)

// sixKB is an article of some 6 KB, made of the starter articles.
func sixKB() match.Input {
	in := match.Input{Title: "The week, in analyses"}
	size := 0
	for _, a := range starterArticles {
		if size > 6000 {
			break
		}
		section := strings.Join(a.in.Body, "\n\n")
		size += len(section)
		in.Headings = append(in.Headings, a.in.Title)
		in.Body = append(in.Body, section)
	}
	return in
}

func BenchmarkApply(b *testing.B) {
	in := sixKB()
	d := analyze(in)
	tagger := starter().Tagger()
	b.SetBytes(int64(len(strings.Join(in.Body, ""))))
	b.ReportAllocs()
	for b.Loop() {
		tagger.Apply(d)
	}
}

// BenchmarkApplySlow is what Apply means, for comparison.
func BenchmarkApplySlow(b *testing.B) {
	d := analyze(sixKB())
	rules := starter()
	for b.Loop() {
		applySlow(rules, d)
	}
}

// BenchmarkNumber is the tokenisation that comes before.
func BenchmarkNumber(b *testing.B) {
	in := sixKB()
	b.SetBytes(int64(len(strings.Join(in.Body, ""))))
	b.ReportAllocs()
	n := match.NewEncoder(analysis.Of)
	for b.Loop() {
		n.Encode(in)
	}
}

func BenchmarkParseStarter(b *testing.B) {
	for b.Loop() {
		if _, err := Parse(analysis.Of, starterYAML, "starter.yaml"); err != nil {
			b.Fatal(err)
		}
	}
}
