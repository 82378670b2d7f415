package match

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/text"
)

// markedRun makes a run of letters, of which those in upper case have the mark said, and
// those behind a quote by, too.
func markedRun(letters string) Run {
	var run Run
	for i := 0; i < len(letters); i++ {
		letter := strings.ToLower(letters[i : i+1])
		t := Token{Word: letter, Stem: letter}
		if letter != letters[i:i+1] {
			t.Marks = []string{"said"}
		}
		run = append(run, t)
	}
	return run
}

// TestNearInMarks: with marks, a Near matches where a choice of occurrences lies in one
// stretch of tokens with these marks.
func TestNearInMarks(t *testing.T) {
	operands := [][]string{{"a"}, {"b"}, {"ab"}, {"a", "b."}}
	for _, marked := range words("abAB", 5) {
		run := markedRun(marked)
		for _, of := range product(operands, 2) {
			for distance := 1; distance <= 3; distance++ {
				for _, ordered := range []bool{false, true} {
					var want []occurrence
					base := 0
					for _, part := range strings.FieldsFunc(marked, func(r rune) bool { return r == 'a' || r == 'b' }) {
						base += strings.Index(marked[base:], part)
						for _, o := range nearInPart(of, strings.ToLower(part), distance, ordered) {
							want = append(want, occurrence{base + o.first, base + o.last})
						}
						base += len(part)
					}
					near := Near{Field: Body, Operands: phrasesFrom(of), Distance: distance, Ordered: ordered, Marks: "said"}
					d := &Doc{Texts: map[Field][]Run{Body: {run}}}
					if got := occurrences(near, d, Body); len(got) != len(want) {
						t.Fatalf("%v distance %d ordered %v in %q: %v, want %v", of, distance, ordered, marked, got, want)
					}
				}
			}
		}
	}
}

// nearInPart is nearSlow in which occurrences may overlap unless they are ordered.
func nearInPart(of [][]string, text string, distance int, ordered bool) []occurrence {
	var choices [][]occurrence
	for _, alternatives := range of {
		var found []occurrence
		for i := range text {
			for _, letters := range alternatives {
				if i+len(letters) <= len(text) && len(readings(letters, text[i:i+len(letters)])) > 0 {
					found = append(found, occurrence{i, i + len(letters) - 1})
				}
			}
		}
		choices = append(choices, found)
	}
	fits := func(a, b occurrence) bool {
		gap := max(b.first-a.last, a.first-b.last)
		return gap <= distance && !(ordered && (gap <= 0 || b.first < a.first))
	}
	good := choices[len(choices)-1]
	for i := len(choices) - 2; i >= 0; i-- {
		var next []occurrence
		for _, a := range choices[i] {
			if slices.ContainsFunc(good, func(b occurrence) bool { return fits(a, b) }) {
				next = append(next, a)
			}
		}
		good = next
	}
	return good
}

// TestEncodeMarks: the tokens of marked parts have their marks.
func TestEncodeMarks(t *testing.T) {
	some := rapid.SliceOfN(rapid.SampledFrom([]string{"", " ", "The harbour", "harbour's walls, again", "北京 l'État", "U.S. and AT&T. "}), 0, 3)
	rapid.Check(t, func(t *rapid.T) {
		in := Input{Headings: some.Draw(t, "headings"), Body: some.Draw(t, "body"), Lang: "en"}
		in.Title, in.Summary = strings.Join(some.Draw(t, "title"), " "), strings.Join(some.Draw(t, "summary"), " ")
		if len(in.Body) > 0 {
			const own = "The walls. "
			in.Body[0] = own + in.Body[0]
			in.Foreign = []ForeignPart{{Section: 0, Span: text.Span{Start: len(own), End: len(in.Body[0])}, Analyzer: analysis.Of("de")}}
		}
		texts := map[Field]string{Title: in.Title, Summary: in.Summary, Body: strings.Join(in.Body, "")}
		for range rapid.IntRange(0, 4).Draw(t, "parts") {
			f := rapid.SampledFrom([]Field{Title, Summary, Body}).Draw(t, "field")
			start := rapid.IntRange(0, len(texts[f])).Draw(t, "start")
			end := rapid.IntRange(start, len(texts[f])).Draw(t, "end")
			marks := rapid.SliceOfN(rapid.SampledFrom([]string{"person", "person=kim", "said", "by=kim"}), 0, 3).Draw(t, "marks")
			in.Marked = append(in.Marked, MarkedText{f, text.Span{Start: start, End: end}, marks})
		}
		want := Analyze(english, in)
		encoded := NewEncoder(analysis.Of).Encode(in)
		if diff := cmp.Diff(want, encoded.Doc()); diff != "" {
			t.Fatalf("the article (-in strings +in numbers):\n%s", diff)
		}
		for i, m := range encoded.Marks[min(1, len(encoded.Marks)):] {
			last := encoded.Marks[i]
			touches := m.First <= last.End && !slices.ContainsFunc(encoded.Runs, func(r EncodedRun) bool { return r.End == int(m.First) })
			if m.Mark < last.Mark || m.Mark == last.Mark && touches {
				t.Fatalf("mark %v behind %v", m, last)
			}
		}
	})
}

func BenchmarkEncodeMarks(b *testing.B) {
	body := strings.Repeat("Kim Jong Un watches what befell Maduro, and the envoys of the union say nothing of it. ", 60)
	in := Input{Title: "Kim and Maduro", Body: []string{body}, Lang: "en"}
	for at := 0; at < len(body); at += 87 {
		in.Marked = append(in.Marked,
			MarkedText{Body, text.Span{Start: at, End: at + 11}, []string{"person", "person=jong", "person=kim", "person=un"}},
			MarkedText{Body, text.Span{Start: at + 32, End: at + 38}, []string{"person", "person=maduro", "person=nicolas"}})
	}
	for _, marked := range []bool{false, true} {
		b.Run(fmt.Sprint(marked), func(b *testing.B) {
			in := in
			if !marked {
				in.Marked = nil
			}
			n := NewEncoder(analysis.Of)
			for b.Loop() {
				n.Encode(in)
			}
		})
	}
}

func TestNameMarks(t *testing.T) {
	long := strings.Repeat("x", maxNameWord+1)
	if got := JoinMarks(NameMarks(english, MarkBy, "Kim Jong-un, Kim "+long)); got != "by by=jong by=kim by=un" {
		t.Errorf("marks %s", got)
	}
	if got := NameMarks(english, MarkOrg, strings.Repeat("a b c ", 20)); len(got) != 1+maxNameWords {
		t.Errorf("%d marks", len(got))
	}
}
