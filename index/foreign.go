package index

import (
	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/match"
	"github.com/newsq/newsq/internal/snippet"
	"github.com/newsq/newsq/internal/text"
)

// foreignParts returns the parts of an article's sections that are in another language
// than the article.
func foreignParts(a *corpus.Article, sections []corpus.Section) (parts []match.ForeignPart) {
	for _, found := range text.DetectSections(a.Language, a.Body) {
		for i, s := range sections {
			start, end := max(found.Start, s.Start), min(found.End, s.End)
			if start < end {
				parts = append(parts, match.ForeignPart{Section: i, Span: text.Span{Start: start - s.Start, End: end - s.Start}, Analyzer: analyzerOf(found.Tag)})
			}
		}
	}
	return parts
}

// foreignIn returns the parts of an article in which patterns are to be found by words of
// another language.
func (h *highlighter) foreignIn(a *corpus.Article, sections []corpus.Section) (parts []snippet.ForeignPart) {
	if !h.hasOtherTag(analyzerOf(a.Language).StemTag()) {
		return nil
	}
	for _, p := range foreignParts(a, sections) {
		parts = append(parts, snippet.ForeignPart{Section: p.Section, Span: p.Span, Analyzer: p.Analyzer})
	}
	return parts
}

// hasOtherTag reports whether any pattern has a stem of another tag.
func (h *highlighter) hasOtherTag(tag string) bool {
	for i := range h.patterns {
		for _, t := range h.patterns[i].Terms {
			if t.Stem != "" && analysis.StemTag(t.Stem) != tag {
				return true
			}
		}
	}
	return false
}
