package segment_test

import (
	"bytes"
	"encoding/binary"
	"math"
	"testing"

	"github.com/newsq/newsq/internal/engine/local/segment"
)

// everyTerm is a rule by which the terms of a field with a whole block have champions.
func everyTerm() *segment.ChampionRule {
	rule := everyPrefix()
	rule.MinDocs, rule.TermField, rule.MinTermPostings = 1<<20, "text", 1
	return rule
}

// eachChampionList calls f for the terms of a segment that have champions by a rule.
func eachChampionList(t *testing.T, s *segment.Segment, rule *segment.ChampionRule, f func(term string, c *segment.Champions)) (failed int) {
	t.Helper()
	terms, err := s.Terms("text")
	if err != nil {
		return 1
	}
	for _, term := range terms {
		place, ok, err := s.FindTerm("text", string(term))
		if err != nil || !ok {
			failed++
			continue
		}
		var c segment.Champions
		switch ok, err := s.TermChampions(rule, place, 100, &c); {
		case err != nil:
			failed++
		case ok:
			f(string(term), &c)
		}
	}
	return failed
}

// Only a segment that was written by the very rule has champions of terms.
func TestTermChampionsKeepToTheirRule(t *testing.T) {
	s, err := segment.Parse(championsOf(t, everyTerm()))
	if err != nil {
		t.Fatal(err)
	}
	count := func(rule *segment.ChampionRule) (n int) {
		if failed := eachChampionList(t, s, rule, func(string, *segment.Champions) { n++ }); failed > 0 {
			t.Fatalf("%d terms failed", failed)
		}
		return n
	}
	if count(everyTerm()) == 0 {
		t.Fatal("no term has champions")
	}
	for name, change := range map[string]func(r *segment.ChampionRule){
		"field": func(r *segment.ChampionRule) { r.TermField = "words" },
		"base":  func(r *segment.ChampionRule) { r.Base = 0.5 },
	} {
		r := everyTerm()
		change(r)
		if n := count(r); n > 0 {
			t.Errorf("%s: %d terms have champions", name, n)
		}
	}
	r := everyTerm()
	r.MinTermPostings = 1 << 20
	if s, err = segment.Parse(championsOf(t, r)); err != nil {
		t.Fatal(err)
	}
	if n := count(everyTerm()); n > 0 {
		t.Errorf("%d terms have champions, and too few postings", n)
	}
}

// What is read of damaged champions lies within its limits.
func TestDamagedTermChampions(t *testing.T) {
	random := newRandom(9)
	whole := championsOf(t, everyTerm())
	start := bytes.Index(whole, binary.LittleEndian.AppendUint64(nil, math.Float64bits(everyTerm().Base)))
	if start < 0 {
		t.Fatal("no champions")
	}
	for range 500 {
		b := bytes.Clone(whole)
		for range 1 + random.IntN(4) {
			b[start+random.IntN(min(len(b)-start-200, 1+random.IntN(4000)))] = byte(random.IntN(256))
		}
		segment.Reseal(b)
		s, err := segment.Parse(b)
		if err != nil {
			continue
		}
		eachChampionList(t, s, everyTerm(), func(term string, c *segment.Champions) {
			if len(c.Docs) != len(c.Freqs) || len(c.Docs) > 64 {
				t.Fatalf("%s: %+v", term, c)
			}
			for _, doc := range c.Docs {
				if uint64(doc) >= s.Count() {
					t.Fatalf("%s: document %d of %d", term, doc, s.Count())
				}
			}
		})
	}
}
