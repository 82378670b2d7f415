package local_test

import (
	"context"
	"fmt"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local"
	"github.com/newsq/newsq/internal/match"
)

func TestZZLatency(t *testing.T) {
	dir := os.Getenv("ZZ")
	if dir == "" {
		t.Skip()
	}
	e, err := local.Open(t.Context(), dir, engine.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close(context.Background())
	snap, err := e.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer snap.Close(context.Background())
	st := func(w string) match.TermPattern {
		return match.TermPattern{Kind: match.SameStem, Text: analysis.Of("en").Stem(w)}
	}
	sw := func(ws ...string) match.SpanWords {
		var p match.Phrase
		for _, w := range ws {
			p.Terms = append(p.Terms, st(w))
		}
		return match.SpanWords{p}
	}
	cs := func(c match.Case, ws ...string) match.SpanWords {
		var p match.Phrase
		for _, w := range ws {
			p.Terms = append(p.Terms, match.TermPattern{Text: w, Case: c})
		}
		return match.SpanWords{p}
	}
	ph := func(ws ...string) match.Phrase { return sw(ws...)[0] }
	pairs := [][2]string{{"trump", "impeachment"}, {"korea", "missile"}, {"senate", "vote"}, {"tax", "cut"}, {"police", "protest"}, {"war", "iraq"}, {"court", "abortion"}, {"health", "insurance"}, {"border", "wall"}, {"china", "trade"}, {"president", "said"}}
	type kind struct {
		name string
		f    func(a, b string) match.Plan
	}
	near := func(u match.Unit, d int) func(a, b string) match.Plan {
		return func(a, b string) match.Plan {
			return match.Spans{Of: match.SpanNear{Of: []match.Span{sw(a), sw(b)}, Unit: u, Distance: d}}
		}
	}
	kinds := []kind{
		{"and", func(a, b string) match.Plan {
			return match.And{Operands: []match.Plan{match.Stem{Stem: st(a).Text}, match.Stem{Stem: st(b).Text}}}
		}},
		{"exact phrase", func(a, b string) match.Plan {
			return match.Phrase{Terms: []match.TermPattern{{Text: a}, {Text: b}}}
		}},
		{"phrase of stems", func(a, b string) match.Plan { return ph(a, b) }},
		{"near/10", func(a, b string) match.Plan {
			return match.Near{Operands: [][]match.Phrase{{ph(a)}, {ph(b)}}, Distance: 10}
		}},
		{"spans near/10", near(match.InWords, 10)},
		{"near/s", near(match.InSentence, 0)},
		{"near/p", near(match.InParagraph, 0)},
		{"not near/5", func(a, b string) match.Plan {
			return match.Spans{Of: match.SpanNotNear{Of: sw(a), Avoid: sw(b), Distance: 5}}
		}},
		{"not near/s", func(a, b string) match.Plan {
			return match.Spans{Of: match.SpanNotNear{Of: sw(a), Avoid: sw(b), Unit: match.InSentence}}
		}},
		{"nested", func(a, b string) match.Plan {
			return match.Spans{Of: match.SpanNear{Of: []match.Span{match.SpanNear{Of: []match.Span{sw(a), sw(b)}, Distance: 5}, match.SpanOr{sw("law"), sw("house")}}, Distance: 10}}
		}},
		{"nested /p", func(a, b string) match.Plan {
			return match.Spans{Of: match.SpanNear{Of: []match.Span{match.SpanNear{Of: []match.Span{sw(a), sw(b)}, Unit: match.InParagraph}, sw("the")}, Distance: 10}}
		}},
		{"atleast/5 a", func(a, b string) match.Plan { return match.Spans{Of: sw(a), AtLeast: 5} }},
		{"atleast/3 near", func(a, b string) match.Plan {
			return match.Spans{Of: match.SpanNear{Of: []match.Span{sw(a), sw(b)}, Distance: 10}, AtLeast: 3}
		}},
		{"lead", func(a, b string) match.Plan { return match.Spans{Field: match.Body, Of: sw(a), Lead: 50} }},
		{"lead near", func(a, b string) match.Plan {
			return match.Spans{Field: match.Body, Of: match.SpanNear{Of: []match.Span{sw(a), sw(b)}, Distance: 10}, Lead: 50}
		}},
		{"caps title", func(a, b string) match.Plan { return match.Spans{Of: cs(match.TitleCase, a)} }},
		{"caps phrase term", func(a, b string) match.Plan {
			return match.Phrase{Terms: cs(match.TitleCase, a)[0].Terms}
		}},
		{"lower", func(a, b string) match.Plan { return match.Spans{Of: cs(match.LowerCase, a)} }},
		{"caps near", func(a, b string) match.Plan {
			return match.Spans{Of: match.SpanNear{Of: []match.Span{cs(match.TitleCase, a), sw(b)}, Distance: 10}}
		}},
		{"words", func(a, b string) match.Plan {
			return match.And{Operands: []match.Plan{match.Stem{Stem: st(a).Text}, match.Length{Min: 500, Max: 800}}}
		}},
		{"words alone", func(a, b string) match.Plan { return match.Length{Min: 1000, Max: -1} }},
		{"marks person", func(a, b string) match.Plan {
			return match.Spans{Of: sw(a), Marks: "said"}
		}},
	}
	for _, k := range kinds {
		var all []time.Duration
		total, worst := 0, ""
		var most time.Duration
		for _, p := range pairs {
			var best time.Duration
			for range 7 {
				begin := time.Now()
				out, err := snap.Search(context.Background(), &engine.Request{Plan: k.f(p[0], p[1]), Limit: 10})
				took := time.Since(begin)
				if err != nil {
					fmt.Println(k.name, p, err)
					break
				}
				total = total + out.Total
				if best == 0 || took < best {
					best = took
				}
			}
			all = append(all, best)
			if best > most {
				most, worst = best, p[0]+" "+p[1]
			}
		}
		slices.Sort(all)
		fmt.Printf("%-20s p50 %8.2f ms  max %8.2f ms (%s)  total %d\n", k.name, all[len(all)/2].Seconds()*1e3, most.Seconds()*1e3, worst, total/7)
	}
}
