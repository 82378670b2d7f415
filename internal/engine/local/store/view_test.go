package store

import (
	"errors"
	"math"
	"testing"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/bm25f"
	"github.com/newsq/newsq/internal/match"
)

// An article without a word counts for the mean length as any other, in the
// segment of a batch and once it is merged.
func TestMeanLengthOfWordlessArticles(t *testing.T) {
	s, err := Open(t.Context(), t.TempDir(), engine.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	doc := func(id, body string) engine.Doc {
		return engine.Doc{
			Article: corpus.Article{ID: id, Body: body},
			Text:    match.NewEncoder(analysis.Of).Encode(match.Input{ID: id, Body: []string{body}}),
		}
	}
	check := func(when string, want float64) {
		t.Helper()
		if err := s.Publish(t.Context()); err != nil {
			t.Fatal(err)
		}
		mean, err := s.current.View.MeanLength()
		if err != nil || math.Abs(mean-want) > 1e-9 {
			t.Errorf("%s: mean length %g, %v; want %g", when, mean, err, want)
		}
	}
	first := &engine.Batch{Put: []engine.Doc{doc("a", ""), doc("b", "korea talks")}}
	if err := s.Write(t.Context(), first); err != nil {
		t.Fatal(err)
	}
	check("a batch", 2*bm25f.WeightBody/2.0)
	second := &engine.Batch{Put: []engine.Doc{doc("c", ""), doc("d", "")}}
	if err := errors.Join(s.Write(t.Context(), second), s.Compact(t.Context())); err != nil {
		t.Fatal(err)
	}
	check("merged", 2*bm25f.WeightBody/4.0)
}
