package index

import (
	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/match"
	"github.com/newsq/newsq/internal/text"
)

// markedTexts returns the parts of an article's texts whose tokens have marks: where it
// names somebody, and what it quotes. an is its analyzer.
func markedTexts(a *corpus.Article, an analysis.Analyzer) []match.MarkedText {
	if len(a.Entities)+len(a.Quotations) == 0 {
		return nil
	}
	var parts []match.MarkedText
	for i := range a.Entities {
		e := &a.Entities[i]
		marks := match.NameMarks(an, string(e.Kind), e.Name)
		for _, m := range e.Mentions {
			parts = append(parts, match.MarkedText{Field: mentionField(m.Field), Span: text.Span{Start: m.Start, End: m.End}, Marks: marks})
		}
	}
	for i := range a.Quotations {
		q := &a.Quotations[i]
		marks := []string{match.MarkSaid}
		if q.Speaker != "" {
			marks = append(match.NameMarks(an, match.MarkBy, q.Speaker), match.MarkSaid)
		}
		parts = append(parts, match.MarkedText{Field: match.Body, Span: text.Span{Start: q.Start, End: q.End}, Marks: marks})
	}
	return parts
}

// mentionField returns the field of text that a field of corpus.Mention is.
func mentionField(field string) match.Field {
	switch field {
	case corpus.MentionTitle:
		return match.Title
	case corpus.MentionSummary:
		return match.Summary
	}
	return match.Body
}
