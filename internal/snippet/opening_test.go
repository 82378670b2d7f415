package snippet

import (
	"testing"

	"github.com/newsq/newsq/internal/analysis"
)

// The opening of an article may begin within its first paragraph, behind what says
// nothing about it, and have nothing behind it.
func TestOpeningBehindFurniture(t *testing.T) {
	for _, s := range []string{
		"Media playback is unsupported on your device. It holds.",
		"Media playback is unsupported on your device. Media playback is unsupported on your device. Yes.",
		"Read more: The tariff. No.",
		"Sign up for our newsletter. Rates hold.\n\nMore.",
	} {
		c := NewCutter(analysis.Of("en"), nil)
		got := c.Cut([]Section{{Text: s}}, 2)
		if len(got) != 1 || got[0].Span.End > len(s) || got[0].Span.Start >= got[0].Span.End {
			t.Errorf("%q: %v", s, got)
		}
	}
}
