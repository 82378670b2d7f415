package topic

import (
	"strings"
	"testing"

	"github.com/newsq/newsq/internal/match"
	"github.com/newsq/newsq/internal/text"
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
	rules := Starter()
	b.SetBytes(int64(len(strings.Join(in.Body, ""))))
	b.ReportAllocs()
	for b.Loop() {
		rules.Apply(d)
	}
}

// BenchmarkApplySlow is what Apply means, for comparison.
func BenchmarkApplySlow(b *testing.B) {
	d := analyze(sixKB())
	rules := Starter()
	for b.Loop() {
		applySlow(rules, d)
	}
}

// BenchmarkAnalyze is the tokenisation that comes before.
func BenchmarkAnalyze(b *testing.B) {
	in := sixKB()
	b.SetBytes(int64(len(strings.Join(in.Body, ""))))
	b.ReportAllocs()
	var a text.Analyzer
	for b.Loop() {
		match.Analyze(&a, in)
	}
}

func BenchmarkParseStarter(b *testing.B) {
	for b.Loop() {
		if _, err := Parse(starterYAML, "starter.yaml"); err != nil {
			b.Fatal(err)
		}
	}
}
