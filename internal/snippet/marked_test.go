package snippet

import (
	"strings"
	"testing"

	"github.com/newsq/newsq/internal/text"
)

// TestMarkedParts: what is asked of parts of a text is marked in these alone.
func TestMarkedParts(t *testing.T) {
	const body = "The war goes on. “The war is over, and war is a choice,” Ada Okoye said. The war, Ben Lee said, is lost. Of peace nobody spoke then."
	part := func(s, marks string) MarkedPart {
		start := strings.Index(body, s)
		return MarkedPart{Span: text.Span{Start: start, End: start + len(s)}, Marks: marks}
	}
	parts := []MarkedPart{
		part("The war is over, and war is a choice,", "said"), part("Ada Okoye", "person"), part("Ben Lee", "person"),
	}
	word := func(s string) [][]Phrase { return [][]Phrase{{{{Word: s}}}} }
	near := func(of [][]Phrase, distance int, marks string) Pattern {
		return Pattern{Near: &Near{Operands: of, Distance: distance, Marks: marks}, Weight: 1, Body: true}
	}
	person := [][]Phrase{{{{Marks: "person"}}}}
	tests := []struct {
		pattern Pattern
		want    string
	}{
		{near(word("war"), 1000, "said"), "The [war] is over, and [war] is a choice,"},
		{near(append(word("war"), word("choice")...), 1000, "said"), "The [war] is over, and [war] is a [choice],"},
		{near(append(word("war"), word("lost")...), 1000, "said"), ""},
		{near(append(word("war"), person...), 1, ""), "The [war], [Ben Lee] said"},
		{near(append(word("choice"), person...), 2, ""), "[choice],” [Ada Okoye] said"},
		{Pattern{Terms: []TermPattern{{Marks: "said"}}, Weight: 1, Body: true}, "“[The war is over, and war is a choice,]” Ada"},
		{Pattern{Terms: []TermPattern{{Word: "war", Marks: "person"}}, Weight: 1, Body: true}, ""},
	}
	for i, tt := range tests {
		c := NewCutter(english, []Pattern{tt.pattern})
		c.SetMarked(parts)
		got := ""
		found := 0
		for _, p := range c.Cut([]Section{{Text: body}}, 3) {
			found += len(p.Matches)
			got += marked(body[p.Span.Start:p.Span.End], p.Matches) + "\n"
		}
		if tt.want == "" && found > 0 || !strings.Contains(got, tt.want) {
			t.Errorf("%d: %s, want %s", i, got, tt.want)
		}
	}
	if got := Marks(english, body, []Pattern{near(word("war"), 1000, "said")}); len(got) != 4 {
		t.Errorf("where nothing is known of marks, %v", got)
	}
}
