package index

import (
	"cmp"
	"slices"
	"strings"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/match"
	"github.com/newsq/newsq/internal/snippet"
	"github.com/newsq/newsq/internal/text"
)

// markedTexts returns the parts of an article's texts whose tokens have marks: where it
// names somebody, what it quotes, and what sentences claim. an is its analyzer.
func markedTexts(a *corpus.Article, an analysis.Analyzer) []match.MarkedText {
	if len(a.Entities)+len(a.Quotations)+len(a.Claims) == 0 {
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
	unnamed, marks := []string{match.MarkSaid}, []string(nil)
	for i := range a.Quotations {
		q := &a.Quotations[i]
		switch {
		case q.Speaker == "":
			marks = unnamed
		case i == 0 || q.Speaker != a.Quotations[i-1].Speaker: // else they are the same
			marks = append(match.NameMarks(an, match.MarkBy, q.Speaker), match.MarkSaid)
		}
		parts = append(parts, match.MarkedText{Field: match.Body, Span: text.Span{Start: q.Start, End: q.End}, Marks: marks})
	}
	for _, c := range a.Claims {
		parts = append(parts, match.MarkedText{Field: match.Body, Span: text.Span{Start: c.Start, End: c.End}, Marks: claimMarks[c.Kind]})
	}
	return parts
}

// claimMarks are the marks of sentences by what they claim.
var claimMarks = map[corpus.ClaimKind][]string{
	corpus.Forecast:       {match.KindMark(string(corpus.Forecast))},
	corpus.Recommendation: {match.KindMark(string(corpus.Recommendation))},
	corpus.Caveat:         {match.KindMark(string(corpus.Caveat))},
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

// noteMarks notes marks that a pattern asks for.
func (h *highlighter) noteMarks(marks string) {
	if marks != "" && !slices.Contains(h.marks, marks) {
		h.marks = append(h.marks, marks)
	}
}

// markedIn returns the parts of an article that have the marks which patterns ask for.
func (h *highlighter) markedIn(a *corpus.Article) (parts []snippet.MarkedPart) {
	if len(h.marks) == 0 {
		return nil
	}
	secs := sections(a)
	all := markedTexts(a, analyzerOf(a.Language))
	for _, asked := range h.marks {
		for _, p := range all {
			if p.Field == match.Title && hasAll(p.Marks, asked) {
				parts = append(parts, snippet.MarkedPart{Section: snippet.InTitle, Span: p.Span, Marks: asked})
			}
		}
		for _, span := range partsOf(a, all, asked) {
			parts = appendBySection(parts, secs, span, asked)
		}
	}
	return joinedParts(parts, a, secs)
}

// joinedParts returns parts with those as one that have the same marks and no word between
// them, as a quotation that goes over several paragraphs: the index has them as one, too.
func joinedParts(parts []snippet.MarkedPart, a *corpus.Article, secs []corpus.Section) []snippet.MarkedPart {
	slices.SortFunc(parts, func(p, q snippet.MarkedPart) int {
		return cmp.Or(strings.Compare(p.Marks, q.Marks), cmp.Compare(p.Section, q.Section), cmp.Compare(p.Start, q.Start), cmp.Compare(p.End, q.End))
	})
	joined := parts[:0]
	for _, p := range parts {
		if n := len(joined); n > 0 && joined[n-1].Marks == p.Marks && joined[n-1].Section == p.Section {
			of := a.Title
			if p.Section != snippet.InTitle {
				of = a.Body[secs[p.Section].Start:secs[p.Section].End]
			}
			last := &joined[n-1]
			if p.Start <= last.End || len(text.Words(of[last.End:p.Start])) == 0 {
				last.End = max(last.End, p.End)
				continue
			}
		}
		joined = append(joined, p)
	}
	return joined
}

// hasAll reports whether marks has all of others, in the form of match.TermPattern.Marks.
func hasAll(marks []string, others string) bool {
	t := match.Token{Marks: marks}
	return t.HasMarks(others)
}

// appendBySection appends a part of the body, cut where sections end.
func appendBySection(parts []snippet.MarkedPart, secs []corpus.Section, span text.Span, marks string) []snippet.MarkedPart {
	for i, s := range secs {
		if start, end := max(span.Start, s.Start), min(span.End, s.End); start < end {
			parts = append(parts, snippet.MarkedPart{Section: i, Span: text.Span{Start: start - s.Start, End: end - s.Start}, Marks: marks})
		}
	}
	return parts
}

// appendFoundWarnings appends warnings where a plan asks for names near words, for quotations
// or for claims, and the index doesn't find them.
func (q *Query) appendFoundWarnings(warnings []string, p match.Plan) ([]string, error) {
	if q.sought == nil {
		return warnings, nil
	}
	leaves := match.Leaves(p)
	names, quotations := slices.ContainsFunc(leaves, asksForName), slices.ContainsFunc(leaves, asksForQuotation)
	if !names && !quotations {
		return warnings, nil
	}
	on, err := q.sought()
	if err != nil {
		return warnings, err
	}
	if names && !on.entities {
		warnings = append(warnings, "the index does not find names in texts, so that none stands near a word; have it find them:  newsq index --entities PATH")
	}
	if quotations && !on.quotations {
		warnings = append(warnings, "the index finds neither quotations nor forecasts and the like, so that said: and is: find nothing, and by: authors alone; have it find them:  newsq index --quotations PATH")
	}
	return warnings, nil
}

// asksForQuotation reports whether a leaf asks for what is quoted, or for sentences of a kind.
func asksForQuotation(l match.Leaf) bool {
	isMark := func(marks string) bool {
		return slices.ContainsFunc(match.SplitMarks(marks), func(mark string) bool {
			kind, _, _ := strings.Cut(mark, "=")
			return kind == match.MarkSaid || kind == match.MarkBy || kind == match.MarkIs
		})
	}
	asks := func(p match.Phrase) bool {
		return slices.ContainsFunc(p.Terms, func(t match.TermPattern) bool { return isMark(t.Marks) })
	}
	switch p := l.Plan.(type) {
	case match.Phrase:
		return asks(p)
	case match.Near:
		return isMark(p.Marks) || slices.ContainsFunc(p.Operands, func(phrases []match.Phrase) bool { return slices.ContainsFunc(phrases, asks) })
	case match.Spans:
		return isMark(p.Marks) || slices.ContainsFunc(match.SpanPhrases(p.Of), asks)
	}
	return false
}

// asksForName reports whether a leaf asks for a name in the text.
func asksForName(l match.Leaf) bool {
	isName := func(p match.Phrase) bool {
		return len(p.Terms) == 1 && p.Terms[0].Kind == match.AnyWord && p.Terms[0].Marks != "" && !strings.HasPrefix(p.Terms[0].Marks, match.MarkIs+"=")
	}
	switch p := l.Plan.(type) {
	case match.Near:
		return slices.ContainsFunc(p.Operands, func(phrases []match.Phrase) bool { return slices.ContainsFunc(phrases, isName) })
	case match.Spans:
		return slices.ContainsFunc(match.SpanPhrases(p.Of), isName)
	}
	return false
}
