package index

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/match"
	"github.com/newsq/newsq/internal/snippet"
	"github.com/newsq/newsq/internal/text"
)

// FoundQuotation is a quotation that has the words that were asked for.
type FoundQuotation struct {
	Rank      int // from 1
	Article   corpus.Article
	Quotation corpus.Quotation
	Matches   []Span // in Quotation.Text
	// Passage is the paragraph of the article that the quotation stands in, or as much of
	// it as lies around the quotation.
	Passage Snippet
	Score   float64 // with Sort Relevance; see Index.Quotations
	// AlsoIn are the ids of other articles that were read and have the same quotation.
	AlsoIn []string
}

// QuotationResults are quotations, the best first. They stay valid after Close.
type QuotationResults struct {
	Quotations []FoundQuotation
	// More is how many more the articles that were read have.
	More int
	// Articles is the number of articles with such a quotation, a lower bound unless Exact,
	// and Read how many of these were read, the best ones.
	Articles, Read int
	Exact          bool
	DidYouMean     string     // as in Results
	Aliases        []AliasUse // as in Results
	Warnings       []string
	Took           time.Duration
}

// Of how many articles quotations are taken: of some for each that is wanted, as the best
// quotation need not be in the best article.
const (
	quotationArticles    = 4 // for each quotation
	minQuotationArticles = 40
	maxQuotationArticles = 1000
)

// MaxQuotations is how many quotations one call returns at most.
const MaxQuotations = 200

// Quotations returns quotations that have the words of q.Text, all of them within one,
// as said: of the query language has them; of an empty Text, all quotations. Where by
// isn't empty, their speaker has all words of one of these names. Limit of q is the number
// of quotations, 0 means 10 and MaxQuotations is the most, and Passages how many may be of one
// article, 0 means 3, and negative all. Filters, dates, Sort, Copies and Lenient apply to
// the articles. Match, Cursor, Facets, Recency and Rank are not used. Its errors are those
// of Search.
//
// By relevance, a quotation has the score of its article times a number from .5 to 1, which
// is greater the more often it has the words, and the shorter it is: .5 + .5 f/(f+k), with
// k = .25 + .75 l/m, where f is how often, l its length, and m the mean of those found. One
// that has hardly more than the words has half of that, since it says little of them.
func (ix *Index) Quotations(ctx context.Context, q Query, by []string) (*QuotationResults, error) {
	start := time.Now()
	limit := orDefault(q.Limit, defaultLimit)
	if limit > MaxQuotations {
		return nil, fmt.Errorf("limit %d is more than %d quotations", limit, MaxQuotations)
	}
	each := cmp.Or(q.Passages, defaultOfOneArticle)
	q, err := q.translated()
	if err != nil {
		return nil, err
	}
	q.Match, q.Cursor, q.Facets, q.Rank, q.Recency = MatchStrict, "", nil, RankWords, 0
	q.NoNear, q.NearMeaning, q.IDsOnly, q.Explain = true, false, false, false
	q.Limit, q.Passages = min(max(quotationArticles*limit, minQuotationArticles), maxQuotationArticles), -1
	finder, err := ix.quotationFinder(ctx, &q, by)
	if err != nil {
		return nil, err
	}
	typed := q.Text
	q.Text, q.Lenient = finder.text, false
	res, err := ix.Search(ctx, q)
	if err != nil {
		return nil, finder.syntaxError(err, typed)
	}
	all, err := finder.all(res.Hits)
	if err != nil {
		return nil, err
	}
	if q.Sort == Relevance {
		slices.SortStableFunc(all, func(a, b FoundQuotation) int { return cmp.Compare(b.Score, a.Score) })
	}
	all = fewOfEach(quotedOnce(all), each)
	for i := range all {
		all[i].Rank = i + 1
	}
	shown := all[:min(max(limit, 0), len(all))]
	return &QuotationResults{
		Quotations: shown, More: len(all) - len(shown), Articles: res.Total, Read: len(res.Hits), Exact: res.Exact,
		DidYouMean: finder.proposed(res.DidYouMean), Aliases: res.Aliases, Warnings: append(finder.warnings, res.Warnings...), Took: time.Since(start),
	}, nil
}

// quotationFinder finds which quotations of an article were asked for.
type quotationFinder struct {
	text     string // the query for articles
	plan     match.Plan
	marker   *highlighter
	warnings []string
}

// The query for articles is what was typed between these.
const (
	saidBegin = "said:("
	saidEnd   = ")"
)

// quotationFinder reads a query.
func (ix *Index) quotationFinder(ctx context.Context, q *Query, by []string) (*quotationFinder, error) {
	asked, err := q.resolved()
	if err != nil {
		return nil, err
	}
	aliases, err := ix.aliasesFor(&asked)
	if err != nil {
		return nil, err
	}
	_, err = ix.read(ctx, asked.asked, q.IncludeEmbargoed, func(snap engine.Snapshot) error { return asked.setLanguages(ctx, snap) })
	if err != nil {
		return nil, err
	}
	typed := asked
	words, err := typed.parse(aliases)
	if err != nil {
		return nil, err
	}
	f := &quotationFinder{warnings: words.warnings}
	if f.marker, err = newHighlighter(ctx, words.context.Analyzer, nil, words.plan); err != nil {
		return nil, err
	}
	said := q.Text
	if q.Lenient {
		said = words.written.String() // which is well formed
	}
	f.text = saidBegin + said + saidEnd + spokenBy(by)
	if strings.TrimSpace(said) == "" {
		f.text = "said:*" + spokenBy(by)
	}
	asked.Text, asked.Lenient = f.text, false
	whole, err := asked.parse(aliases)
	if err != nil {
		return nil, f.syntaxError(err, q.Text)
	}
	f.plan = whole.plan
	return f, nil
}

// spokenBy returns the by: of some names, with a blank before it.
func spokenBy(names []string) string {
	if len(names) == 0 {
		return ""
	}
	quoted := make([]string, len(names))
	for i, n := range names {
		quoted[i] = `"` + strings.ReplaceAll(n, `"`, " ") + `"`
	}
	return " by:(" + strings.Join(quoted, " OR ") + ")"
}

// syntaxError returns an error about the query for articles as one about what was typed.
func (f *quotationFinder) syntaxError(err error, typed string) error {
	var e *SyntaxError
	if !errors.As(err, &e) || e.Text != f.text || strings.TrimSpace(typed) == "" {
		return err
	}
	return &SyntaxError{Text: typed, Offset: min(max(e.Offset-len(saidBegin), 0), len(typed)), Msg: e.Msg, Hint: e.Hint}
}

// proposed returns what was typed as a proposal for the query for articles has it.
func (f *quotationFinder) proposed(text string) string {
	rest, ok := strings.CutPrefix(text, saidBegin)
	if !ok {
		return ""
	}
	end := strings.LastIndex(rest, saidEnd+" by:(")
	if end < 0 {
		end = strings.LastIndex(rest, saidEnd)
	}
	return rest[:max(end, 0)]
}

// all returns the quotations of hits that were asked for, with their scores.
func (f *quotationFinder) all(hits []Hit) ([]FoundQuotation, error) {
	var all []FoundQuotation
	length := 0
	for i := range hits {
		a := hits[i].Article
		for n := range a.Quotations {
			if !f.matches(a, n) {
				continue
			}
			q := &a.Quotations[n]
			length += len(q.Text)
			found := FoundQuotation{Article: *a, Quotation: *q, Score: hits[i].Score}
			found.Matches = spans(snippet.Marks(analyzerOf(a.Language), q.Text, f.marker.patterns))
			found.Passage = passageAround(a, q, found.Matches)
			all = append(all, found)
		}
	}
	for i := range all {
		q := &all[i]
		k := .25 + .75*float64(len(q.Quotation.Text)*len(all))/float64(max(length, 1))
		often := float64(len(q.Matches))
		q.Score *= .5 + .5*often/(often+k)
		if saysLittle(q) {
			q.Score /= 2
		}
	}
	return all, nil
}

// saysLittle reports whether a quotation has fewer than four words, or three times as many
// bytes, beside those that were looked for.
func saysLittle(q *FoundQuotation) bool {
	text, at := "", 0
	for _, m := range q.Matches {
		text, at = text+q.Quotation.Text[at:m.Start], m.End
	}
	text += q.Quotation.Text[at:]
	return len(strings.Fields(text)) < 4 && len(text) < 3*(len(q.Quotation.Text)-len(text))
}

// matches reports whether quotation n of an article was asked for: an article of it alone
// would be found.
func (f *quotationFinder) matches(a *corpus.Article, n int) bool {
	q := a.Quotations[n]
	alone := corpus.Article{Language: a.Language, Body: q.Text, Quotations: []corpus.Quotation{{End: len(q.Text), Speaker: q.Speaker}}}
	an := analyzerOf(a.Language)
	return match.Match(f.plan, match.Analyze(an, match.Input{
		Body: []string{q.Text}, Lang: a.Language, Marked: markedTexts(&alone, an),
	}))
}

// maxAround is how many bytes of a paragraph a passage has on each side of a quotation.
const maxAround = 400

// passageAround returns the paragraph around a quotation.
func passageAround(a *corpus.Article, q *corpus.Quotation, matches []Span) Snippet {
	start, end := q.Start, q.End
	if i := strings.LastIndex(a.Body[:start], "\n\n"); i >= 0 {
		start = i + 2
	} else {
		start = 0
	}
	if i := strings.Index(a.Body[end:], "\n\n"); i >= 0 {
		end += i
	} else {
		end = len(a.Body)
	}
	if first := q.Start - maxAround; first > start {
		start = wordStart(a.Body, first, q.Start)
	}
	end = q.End + text.ClauseEnd(a.Body[q.End:end], maxAround)
	s := Snippet{Field: FieldBody, Start: start, Text: a.Body[start:end]}
	for _, sec := range a.Sections {
		if sec.Start <= q.Start && q.Start < sec.End {
			s.Section = sec.Heading
		}
	}
	for _, m := range matches {
		s.Matches = append(s.Matches, Span{Start: m.Start + q.Start - start, End: m.End + q.Start - start})
	}
	return s
}

// wordStart returns where the first word behind i begins, at most limit.
func wordStart(s string, i, limit int) int {
	if n := strings.IndexAny(s[i:limit], " \n"); n >= 0 {
		return i + n + 1
	}
	return limit
}

// quotedOnce returns quotations without those that have the same words as one before.
func quotedOnce(all []FoundQuotation) []FoundQuotation {
	return eachOnce(all, func(q *FoundQuotation) string { return foldValue(strings.TrimRight(q.Quotation.Text, ".,;:!?")) },
		func(q *FoundQuotation) (string, *[]string) { return q.Article.ID, &q.AlsoIn })
}

// fewOfEach returns quotations with at most n of each article; all for a negative n.
func fewOfEach(all []FoundQuotation, n int) []FoundQuotation {
	if n < 0 {
		return all
	}
	kept, count := all[:0], make(map[string]int)
	for _, q := range all {
		if count[q.Article.ID]++; count[q.Article.ID] <= n {
			kept = append(kept, q)
		}
	}
	return kept
}
