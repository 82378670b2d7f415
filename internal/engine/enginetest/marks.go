package enginetest

import (
	"pgregory.net/rapid"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/match"
	"github.com/newsq/newsq/internal/text"
)

// genMarked draws parts of an article that have marks, as names and quotations have.
func genMarked(t *rapid.T, a *corpus.Article) []match.MarkedText {
	var parts []match.MarkedText
	for range rapid.IntRange(0, 4).Draw(t, "marked parts") {
		p := match.MarkedText{Field: rapid.SampledFrom([]match.Field{match.Title, match.Summary, match.Body, match.Body}).Draw(t, "marked field")}
		of := map[match.Field]string{match.Title: a.Title, match.Summary: a.Summary, match.Body: a.Body}[p.Field]
		start := rapid.IntRange(0, len(of)).Draw(t, "marked from")
		p.Span = text.Span{Start: start, End: rapid.IntRange(start, len(of)).Draw(t, "marked to")}
		p.Marks = rapid.SampledFrom([][]string{
			{"person", "person=kim"}, {"person", "person=kim", "person=un"}, {"place", "place=korea"}, {"said"}, {"by", "by=kim", "said"},
		}).Draw(t, "marks")
		parts = append(parts, p)
	}
	return parts
}

// genMarks draws marks that a pattern asks for.
func genMarks(t *rapid.T) string {
	return rapid.SampledFrom([]string{"person", "person=kim person=un", "said", "said", "by=kim said", "person=kim said", "place", "by=nobody"}).Draw(t, "asked marks")
}
