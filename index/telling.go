package index

import (
	"context"
	"slices"
	"strings"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/contrast"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/match"
	"github.com/newsq/newsq/internal/snippet"
)

// articlesOfTerm is how many articles are looked at for how a term is written, and for a
// passage with it: the best ones for the query and the term.
const articlesOfTerm = 8

// telling returns terms as they are told, with passages of articles that filters keep.
func (m *matched) telling(ctx context.Context, terms []contrast.Term, filters []engine.Filter) ([]TellingTerm, error) {
	told := make([]TellingTerm, len(terms))
	return told, inParallel(len(terms), func() func(i int) error {
		return func(i int) (err error) {
			told[i], err = m.tell(ctx, &terms[i], filters)
			return err
		}
	})
}

func (m *matched) tell(ctx context.Context, t *contrast.Term, filters []engine.Filter) (TellingTerm, error) {
	told := TellingTerm{
		Stems: t.Stems, Z: t.Z, LogOdds: t.LogOdds, Habit: t.Habit,
		Count: t.Count, Articles: t.Articles, OtherCount: t.Others, OtherArticles: t.OtherArticles,
	}
	term := termPlan(t.Stems)
	both := match.And{Operands: []match.Plan{m.r.plan, term}}
	req := m.request(filters...)
	req.Plan, req.Order, req.Limit = both, engine.Order(Relevance), articlesOfTerm
	found, err := m.snap.Search(ctx, &req)
	if err != nil {
		return told, err
	}
	only, err := newHighlighter(ctx, m.r.context.Analyzer, m.snap, term)
	if err != nil {
		return told, err
	}
	whole, err := newHighlighter(ctx, m.r.context.Analyzer, m.snap, both)
	if err != nil {
		return told, err
	}
	forms := termForms{words: t.Words, times: make(map[string]int)}
	for i := range found.Hits {
		a, err := m.snap.Load(ctx, &found.Hits[i])
		if err != nil {
			return told, err
		}
		an := analyzerOf(a.Language)
		forms.add(an, a.Body)
		if told.Passage.Text == "" && told.setPassage(an, &a, whole, only) {
			keepTopicsFrom(&told.Article, m.q.TopicsFrom)
		}
	}
	told.Text = forms.best()
	return told, nil
}

// termPlan matches articles with a word or a phrase.
func termPlan(stems []string) match.Plan {
	if len(stems) == 1 {
		return match.Stem{Field: match.Text, Stem: stems[0]}
	}
	p := match.Phrase{Field: match.Text}
	for _, s := range stems {
		p.Terms = append(p.Terms, match.TermPattern{Kind: match.SameStem, Text: s})
	}
	return p
}

// asksFor returns what reports whether all stems of a term are of words that the query asks
// for, in whatever way: alone, in phrases, near each other, in the lead, by other names. The
// words that a pattern stands for are not among them.
func (r *parsedQuery) asksFor() func(stems []string) bool {
	asked := make(map[string]bool)
	for _, leaf := range match.Leaves(r.plan) {
		for _, t := range allTermsOf(leaf.Plan) {
			switch t.Kind {
			case match.SameStem:
				asked[t.Text] = true
			case match.Exact:
				for _, a := range r.context.Languages() {
					asked[a.Stem(t.Text)] = true
				}
			}
		}
	}
	return func(stems []string) bool {
		return !slices.ContainsFunc(stems, func(s string) bool { return !asked[s] })
	}
}

// setPassage cuts the best passage of an article for the query and the term, or for the term
// only where that one lacks it, and marks the term. It reports whether there is one.
func (t *TellingTerm) setPassage(an analysis.Analyzer, a *corpus.Article, whole, only *highlighter) bool {
	for _, h := range []*highlighter{whole, only} {
		cut := h.snippets(snippet.NewCutter(an, h.patterns), a, 1)
		if len(cut) == 0 || cut[0].Field != FieldBody {
			continue
		}
		if marks := snippet.Marks(an, cut[0].Text, only.patterns); len(marks) > 0 {
			t.Article, t.Passage = *a, cut[0]
			t.Passage.Matches = spans(marks)
			return true
		}
	}
	return false
}

// termForms counts how articles write a term.
type termForms struct {
	words []string // of the term, folded
	times map[string]int
}

// add counts the forms within a text.
func (f *termForms) add(an analysis.Analyzer, s string) {
	tokens := an.Words(s)
	for i := 0; i+len(f.words) <= len(tokens); i++ {
		here := tokens[i : i+len(f.words)]
		same := true
		for j, w := range f.words {
			same = same && here[j].Word == w
		}
		if same {
			form := strings.Join(strings.Fields(s[here[0].Start:here[len(here)-1].End]), " ")
			f.times[cleanForm(withoutGenitive(form))]++
		}
	}
}

// withoutGenitive returns a form without the ending that folding drops.
func withoutGenitive(form string) string {
	for _, ending := range []string{"'s", "’s"} {
		form = strings.TrimSuffix(form, ending)
	}
	return form
}

// best returns the most frequent form; of those that are as frequent, the one with small
// letters; the words as they are where there is none.
func (f *termForms) best() string {
	best, most := strings.Join(f.words, " "), 0
	for form, n := range f.times {
		if n > most || n == most && form > best {
			best, most = form, n
		}
	}
	return best
}
