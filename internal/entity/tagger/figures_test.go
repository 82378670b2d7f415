package tagger

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/newsq/newsq/internal/marked"
)

// realTexts returns the marked texts of NEWSQ_DATA, or skips the test.
func realTexts(t *testing.T) []marked.Article {
	t.Helper()
	root := os.Getenv("NEWSQ_DATA")
	if root == "" {
		t.Skip("NEWSQ_DATA names no folder with real articles")
	}
	texts, err := marked.Read(filepath.Join(root, "ner"), Marked)
	if err != nil {
		t.Fatal(err)
	}
	return texts
}

// score counts names by kind; the last place is of all kinds that are found.
type score struct{ right, found, marked [4]int }

func (s *score) add(m *marked.Article, spans []Span) {
	type name struct {
		start, end int
		kind       Kind
	}
	wanted := map[name]bool{}
	for _, n := range m.Marks {
		if k := markedKinds[n.Label]; k != misc {
			wanted[name{n.Start, n.End, k}] = true
			s.marked[k]++
			s.marked[3]++
		}
	}
	for _, f := range spans {
		s.found[f.Kind]++
		s.found[3]++
		if wanted[name{f.Start, f.End, f.Kind}] {
			s.right[f.Kind]++
			s.right[3]++
		}
	}
}

func (s *score) f1(k int) float64 { return 2 * float64(s.right[k]) / float64(s.found[k]+s.marked[k]) }

func (s *score) String() string {
	out := ""
	for k, name := range []string{"person", "organization", "place", "all"} {
		out += fmt.Sprintf("%s P %.4f R %.4f F1 %.4f (%d); ", name, float64(s.right[k])/float64(s.found[k]),
			float64(s.right[k])/float64(s.marked[k]), s.f1(k), s.marked[k])
	}
	return out
}

// TestRealDataFigures learns from all texts but those that are kept aside, and measures by
// these.
func TestRealDataFigures(t *testing.T) {
	if testing.Short() {
		t.Skip("learning takes half a minute")
	}
	var learn, aside []marked.Article
	for _, m := range realTexts(t) {
		if KeptAside(m.ID) {
			aside = append(aside, m)
		} else {
			learn = append(learn, m)
		}
	}
	weights, err := Learn(learn)
	if err != nil {
		t.Fatal(err)
	}
	m, err := readModel(weights)
	if err != nil {
		t.Fatal(err)
	}
	tagger := newTagger(m)
	var s score
	for i := range aside {
		s.add(&aside[i], tagger.Tag(nil, Field{Text: aside[i].Text}))
	}
	t.Log(s.String())
	if s.f1(3) < leastF1 {
		t.Errorf("F1 is %.4f, want at least %v", s.f1(3), leastF1)
	}
}

// leastF1 is what must be reached on the texts kept aside.
const leastF1 = 0.90

// TestRealDataWeights holds that the weights of the program are those that its code learns
// from the texts, byte by byte.
func TestRealDataWeights(t *testing.T) {
	if testing.Short() {
		t.Skip("learning takes half a minute")
	}
	weights, err := Learn(realTexts(t))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(weights, weightsData) {
		t.Errorf("%d bytes are learned, and the program has %d others; make them anew with the command train",
			len(weights), len(weightsData))
	}
}
