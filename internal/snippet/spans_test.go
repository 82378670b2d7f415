package snippet

import (
	"strings"
	"testing"

	"github.com/newsq/newsq/internal/text"
)

func wordSpan(words ...string) Span {
	var s Span
	for _, w := range words {
		var p Phrase
		for part := range strings.FieldsSeq(w) {
			p = append(p, TermPattern{Word: part})
		}
		s.Words = append(s.Words, p)
	}
	return s
}

func near(distance int, of ...Span) Span { return Span{Near: of, Distance: distance} }

// TestSpans: what stands in a place is marked, and nothing else.
func TestSpans(t *testing.T) {
	inSentence := func(ordered bool, of ...Span) Span { return Span{Near: of, Unit: InSentence, Ordered: ordered} }
	inParagraph := func(of ...Span) Span { return Span{Near: of, Unit: InParagraph} }
	avoiding := func(of, avoid Span, distance int, unit Unit, ordered bool) Span {
		return Span{Of: &of, Avoid: &avoid, Distance: distance, Unit: unit, Ordered: ordered}
	}
	tests := []struct {
		of   Span
		want string
	}{
		{inSentence(false, wordSpan("ferry"), wordSpan("strike")), "The [ferry] is late as there is a [strike]. A ferry came. The strike goes on."},
		{inSentence(true, wordSpan("ferry"), wordSpan("strike")), "The strike of the ferry crews. The [ferry] and the [strike]."},
		{inSentence(false, wordSpan("night ferry"), wordSpan("strike", "walkout")), "A [walkout] on the [night ferry]. A night at the ferry; no strike."},
		{inParagraph(wordSpan("ferry"), wordSpan("strike")), "The [ferry] is late. There is a [strike].\n\nA ferry came."},
		{avoiding(wordSpan("ferry"), wordSpan("night"), 2, InWords, false), "the night ferry, and then one [ferry] by day"},
		{avoiding(wordSpan("ferry"), wordSpan("strike"), 0, InSentence, false), "The ferry has a strike. A [ferry] came."},
		{avoiding(wordSpan("ferry"), wordSpan("strike"), 0, InSentence, true), "The strike of the [ferry]. A ferry on strike."},
		{avoiding(wordSpan("ferry"), wordSpan("strike"), 0, InParagraph, false), "The ferry. The strike.\n\nA [ferry] came."},
		{avoiding(wordSpan("ferry"), wordSpan("night ferry"), 1, InWords, false), "night ferry; one [ferry]"},
		{near(10, near(2, wordSpan("ferry"), wordSpan("crew")), wordSpan("strike")), "The crew is out; the [ferry] [crew] is on [strike]"},
		{near(1, wordSpan("a"), wordSpan("b"), wordSpan("c")), "[a] [b] [c]; b c; [c] [b] [a] x"},
		{Span{Or: []Span{near(1, wordSpan("ferry"), wordSpan("strike")), wordSpan("tram")}}, "[ferry] [strike] or a ferry, [tram]"},
		{near(3, wordSpan("ferry"), avoiding(wordSpan("strike"), wordSpan("no"), 1, InWords, false)), "no strike of the ferry at this or any other time; a [strike] of a [ferry]"},
		{near(2, wordSpan("ferry"), wordSpan("night ferry")), "the night ferry"},
	}
	for i, tt := range tests {
		s := strings.NewReplacer("[", "", "]", "").Replace(tt.want)
		p := Pattern{Spans: &Spans{Of: tt.of}, Weight: 1, Body: true}
		if got := marked(s, Marks(english, s, []Pattern{p})); got != tt.want {
			t.Errorf("%d: %s, want %s", i, got, tt.want)
		}
	}
}

// TestSpansInParts: a place must lie within one part with the marks.
func TestSpansInParts(t *testing.T) {
	const body = "The ferry will sail. The crew is on strike, and the ferry may not sail. The ferry sails."
	of := Span{Near: []Span{wordSpan("ferry"), wordSpan("sail")}, Unit: InSentence}
	c := NewCutter(english, []Pattern{{Spans: &Spans{Of: of, Marks: "is=caveat"}, Weight: 1, Body: true}})
	start := strings.Index(body, "The crew")
	c.SetMarked([]MarkedPart{{Span: text.Span{Start: start, End: strings.Index(body, " The ferry sails")}, Marks: "is=caveat"}})
	got := c.Cut([]Section{{Text: body}}, 1)
	want := "and the [ferry] may not [sail]."
	if len(got) != 1 || !strings.Contains(marked(body[got[0].Span.Start:got[0].Span.End], got[0].Matches), want) || len(got[0].Matches) != 2 {
		t.Errorf("got %v, want %s", got, want)
	}
}

func TestSpansWritten(t *testing.T) {
	capitals := func(s string) bool { return strings.ToUpper(s) == s }
	p := Pattern{Spans: &Spans{Of: near(3, Span{Words: []Phrase{{{Word: "us", Written: capitals}}}}, wordSpan("aid"))}, Weight: 1}
	const want = "aid for us and all others who are there; [aid] from the [US]"
	s := strings.NewReplacer("[", "", "]", "").Replace(want)
	if got := marked(s, Marks(english, s, []Pattern{p})); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	p = Pattern{Terms: []TermPattern{{Word: "us", Written: capitals}}, Weight: 1}
	if got := marked(s, Marks(english, s, []Pattern{p})); !strings.HasSuffix(got, "for us and all others who are there; aid from the [US]") {
		t.Errorf("a word alone: %s", got)
	}
}

// TestManySpans: common words in a long text take little.
func TestManySpans(t *testing.T) {
	s := strings.Repeat("a b c ", 20_000)
	p := Pattern{Spans: &Spans{Of: Span{Near: []Span{wordSpan("a"), wordSpan("b"), wordSpan("c")}, Unit: InParagraph}}, Weight: 1}
	if got := Marks(english, s, []Pattern{p}); len(got) == 0 {
		t.Error("nothing is marked")
	}
}
