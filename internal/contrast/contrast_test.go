package contrast

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/analysis"
)

// sideOf counts texts, each a body.
func sideOf(v *Vocabulary, bodies ...string) *Side {
	r := NewReader(v, analysis.Of)
	var texts []Text
	for _, b := range bodies {
		texts = append(texts, r.Read(&corpus.Article{Body: b, Language: "en"}))
	}
	return NewSide(v, texts)
}

// TestLogOdds holds the formula to a case that was computed by hand: one set of 1,000 words
// has a word 30 times, one of 3,000 has it 10 times; the prior is 4 of 400.
//
//	d = ln(34/1366) - ln(14/3386) = -3.6933 + 5.4884 = 1.7951
//	var = 1/34 + 1/14 = .029412 + .071429 = .100840
func TestLogOdds(t *testing.T) {
	d, variance := odds{count: 30, words: 1000, others: 10, otherN: 3000, prior: 4, priors: 400}.logOdds()
	if math.Abs(d-1.7951) > .0002 || math.Abs(variance-.100840) > .00001 {
		t.Errorf("d = %v, var = %v", d, variance)
	}
	back, _ := odds{count: 10, words: 3000, others: 30, otherN: 1000, prior: 4, priors: 400}.logOdds()
	if math.Abs(back+d) > 1e-12 {
		t.Errorf("the other way round %v, not %v", back, -d)
	}
}

func TestSide(t *testing.T) {
	v := NewVocabulary()
	s := sideOf(v,
		"Sanctions on oil.\n\nBy our reporter",
		"Sanction, sanctioned, sanctions, sanction, sanctions, sanctions\n\nBy our reporter",
		"Gas in 2024 and 15 percent")
	for _, tt := range []struct {
		word            string
		count, articles int
	}{
		{"sanctions", 1 + maxPerArticle, 2}, // all forms, no more than so often an article
		{"reporter", 1, 1},                  // the same paragraph counts once
		{"gas", 1, 1},
		{"2024", 0, 0}, // no letter
		{"and", 0, 0},  // a stop word
	} {
		stem := v.byStem[analysis.Of("en").Stem(tt.word)]
		if n, articles := s.count(stem); n != tt.count || articles != tt.articles {
			t.Errorf("%s: %d times in %d articles, want %d in %d", tt.word, n, articles, tt.count, tt.articles)
		}
	}
	if s.Len() != 3 || s.Repeated() != 1 {
		t.Errorf("%d texts, %d words repeated", s.Len(), s.Repeated())
	}
}

// What eight words in a row are the same in two texts counts in the first.
func TestRuns(t *testing.T) {
	v := NewVocabulary()
	s := sideOf(v,
		"Oil fell. Five takeaways from the long interview with Kim about war today",
		"Gas rose Five takeaways from the long interview with Kim about war again",
		"It was Kim about war. The end of the day and the night is here",
		"Wheat: the end of the day and the night is here")
	for _, tt := range []struct {
		word     string
		articles int
	}{{"takeaways", 1}, {"interview", 1}, {"oil", 1}, {"gas", 1}, {"kim", 2}, {"night", 2}, {"wheat", 1}} {
		if _, articles := s.count(v.byStem[analysis.Of("en").Stem(tt.word)]); articles != tt.articles {
			t.Errorf("%s counts in %d articles, want %d", tt.word, articles, tt.articles)
		}
	}
	if s.Repeated() != 7 {
		t.Errorf("%d words repeated", s.Repeated())
	}
}

// bodies returns n texts with some words, and a word of its own at the end of each sentence,
// so that no long run of words is the same in two.
func bodies(n int, text string) []string {
	var all []string
	for i := range n {
		all = append(all, strings.ReplaceAll(text, ". ", fmt.Sprintf(" x%dx. ", i)))
	}
	return all
}

func TestTerms(t *testing.T) {
	v := NewVocabulary()
	filler := strings.Repeat("the house was red. a dog ran by the old river. ", 5)
	guns := sideOf(v, bodies(40, "Gun safety now. Sen. Smith said. The White House said so. "+filler)...)
	rights := sideOf(v, bodies(40, "Gun rights now. Mr. Smith said. The White walls of a House said so. "+filler)...)
	got := func(c *Contrast, drop func([]string) bool) []string {
		var out []string
		for _, term := range c.Terms(10, drop) {
			out = append(out, strings.Join(term.Words, " "))
		}
		slices.Sort(out)
		return out
	}
	c := &Contrast{Side: guns, Others: []*Side{rights}}
	if diff := cmp.Diff([]string{"gun safety", "sen", "white house"}, got(c, nil)); diff != "" {
		t.Errorf("plain: %s", diff)
	}
	if diff := cmp.Diff([]string{"gun safety", "white house"}, got(c, func(stems []string) bool { return stems[0] == "sen" })); diff != "" {
		t.Errorf("dropped: %s", diff)
	}
	c.Habit = sideOf(v, bodies(40, "Sen. Jones met. "+filler)...)
	c.OtherHabits = []*Side{sideOf(v, bodies(40, "Mr. Jones met. "+filler)...)}
	if diff := cmp.Diff([]string{"gun safety", "white house"}, got(c, nil)); diff != "" {
		t.Errorf("with habits: %s", diff)
	}
}

// plainTerms is words of a Contrast without habits, counted from the letters of texts that
// have none but words of a small alphabet.
func plainTerms(own, others []string) map[string]float64 {
	count := func(texts []string) (counts, articles map[string]float64, all float64) {
		counts, articles = map[string]float64{}, map[string]float64{}
		var before []string // paragraphs of texts before
		for _, text := range texts {
			here, own := map[string]float64{}, []string{}
			for _, p := range strings.Split(text, "\n\n") {
				if slices.Contains(before, p) || slices.Contains(own, p) {
					continue
				}
				own = append(own, p)
				words := strings.Fields(p)
				for i, w := range words {
					if !repeatedAt(words, i, before) {
						here[w] = min(here[w]+1, maxPerArticle)
					}
				}
			}
			before = append(before, own...)
			for w, n := range here {
				counts[w] += n
				articles[w]++
				all += n
			}
		}
		return counts, articles, all
	}
	a, articles, na := count(own)
	b, _, nb := count(others)
	out := map[string]float64{}
	for w := range a {
		prior, priors := .1*(a[w]+b[w]), .1*(na+nb)
		d := math.Log((a[w]+prior)/(na+priors-a[w]-prior)) - math.Log((b[w]+prior)/(nb+priors-b[w]-prior))
		if z := d / math.Sqrt(1/(a[w]+prior)+1/(b[w]+prior)); z >= MinZ && articles[w] >= minArticles {
			out[w] = z
		}
	}
	return out
}

// repeatedAt reports whether word i is among eight in a row that any of the paragraphs has.
func repeatedAt(words []string, i int, paragraphs []string) bool {
	for from := max(0, i-runLength+1); from <= i && from+runLength <= len(words); from++ {
		run := " " + strings.Join(words[from:from+runLength], " ") + " "
		if slices.ContainsFunc(paragraphs, func(p string) bool { return strings.Contains(" "+p+" ", run) }) {
			return true
		}
	}
	return false
}

func TestTermsAsPlainOnes(t *testing.T) {
	some := 0
	rapid.Check(t, func(t *rapid.T) {
		words := func(favoured string) *rapid.Generator[string] {
			paragraph := rapid.Map(rapid.SliceOfN(rapid.SampledFrom([]string{"korea", "oil", "gas", "river", favoured, favoured}), 1, 12),
				func(w []string) string { return strings.Join(w, " ") })
			return rapid.Map(rapid.SliceOfN(paragraph, 1, 4), func(p []string) string { return strings.Join(p, "\n\n") })
		}
		own := rapid.SliceOfN(words("zebra"), 3, 30).Draw(t, "own")
		others := rapid.SliceOfN(words("moon"), 3, 30).Draw(t, "others")
		v := NewVocabulary()
		c := &Contrast{Side: sideOf(v, own...), Others: []*Side{sideOf(v, others...)}}
		want := plainTerms(own, others)
		got := map[string]float64{}
		for _, x := range c.words() {
			got[v.stems[x.stems[0]]] = x.Z
		}
		for w := range want {
			if math.Abs(got[w]-want[w]) > 1e-9 {
				t.Fatalf("%s: z = %v, want %v", w, got[w], want[w])
			}
		}
		if len(got) != len(want) {
			t.Fatalf("got %v, want %v", got, want)
		}
		some += len(want)
	})
	if some == 0 {
		t.Error("no case had a term")
	}
}
