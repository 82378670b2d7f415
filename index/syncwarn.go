package index

import (
	"fmt"
	"slices"
	"strings"

	"github.com/newsq/newsq/corpus"
)

// warn adds the warnings for what was counted, and sorts the places.
func (s *syncer) warn() {
	switch n := s.collisions; {
	case n == 1:
		s.report.Warnings = append(s.report.Warnings, "one article states an id that another one has; it was given one of its own, "+s.example)
	case n > 1:
		s.report.Warnings = append(s.report.Warnings, fmt.Sprintf(
			"%d articles state an id that another one has; each was given one of its own, such as %s", n, s.example))
	}
	switch n := s.duplicates; {
	case n == 1:
		s.report.Warnings = append(s.report.Warnings, "one article stands in the corpus more than once, with the same id and text; it is kept once")
	case n > 1:
		s.report.Warnings = append(s.report.Warnings, fmt.Sprintf(
			"%d articles stand in the corpus more than once, with the same id and text; each is kept once", n))
	}
	byPath := func(a, b *corpus.ReadError) int { return strings.Compare(a.Path, b.Path) }
	slices.SortStableFunc(s.report.Unreadable, byPath)
	slices.SortStableFunc(s.report.Partial, byPath)
}
