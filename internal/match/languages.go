package match

import (
	"slices"
	"strings"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/query"
)

// What a query means where articles are in several languages, each with an analyzer of
// its own.

// in returns l for articles that a analyses.
func (l lowerer) in(a analysis.Analyzer) lowerer {
	l.context.Analyzer, l.context.Others = a, nil
	return l
}

// Languages returns the analyzers of the articles.
func (c *Context) Languages() []analysis.Analyzer {
	return append([]analysis.Analyzer{c.Analyzer}, c.Others...)
}

// languagesOf returns the analyzers of the articles that a word is looked for in.
func (l lowerer) languagesOf(w query.Word) []analysis.Analyzer {
	if w.Languages == "" {
		return l.context.Languages()
	}
	asked := strings.Split(w.Languages, ",")
	isOther := func(a analysis.Analyzer) bool {
		return !slices.ContainsFunc(a.Tags(), func(tag string) bool { return slices.Contains(asked, tag) })
	}
	if of := slices.DeleteFunc(l.context.Languages(), isOther); len(of) > 0 {
		return of
	}
	return l.context.Languages()
}

// wordInLanguages lowers a word to its forms in all languages.
func (l lowerer) wordInLanguages(n query.Word, f Field) Plan {
	var of []Plan
	leftOut := l.partly[n]
	for _, a := range l.languagesOf(n) {
		switch {
		case !slices.Contains(leftOut, a):
			of = append(of, l.in(a).word(n.Text, f))
		case !l.context.Any: // else it would ask for all articles in the language
			of = append(of, l.articlesBy(a))
		}
	}
	return oneForm(of)
}

// oneForm brings the plans of a word in several languages together. What puts articles
// first does so whatever their language.
func oneForm(of []Plan) Plan {
	var first []Phrase
	for i, p := range of {
		if s, ok := p.(Should); ok && len(s.Optional) == 0 {
			of[i] = s.Operand
			for _, ph := range s.First {
				if !slices.ContainsFunc(first, func(q Phrase) bool { return q.Field == ph.Field && slices.Equal(q.Terms, ph.Terms) }) {
					first = append(first, ph)
				}
			}
		}
	}
	return should(forms(of), nil, first)
}

// articlesBy matches the articles that a analyses.
func (l lowerer) articlesBy(a analysis.Analyzer) Plan {
	if a != l.context.Analyzer {
		return inLanguages(a.Tags())
	}
	var others []string
	for _, b := range l.context.Others {
		others = append(others, b.Tags()...)
	}
	return not(inLanguages(others))
}

func inLanguages(tags []string) Plan {
	of := make([]Plan, len(tags))
	for i, tag := range tags {
		of[i] = Value{Field: Lang, Value: tag}
	}
	return or(of, false)
}

// leaveOut returns those of nodes, which stand side by side, that are no stop words in
// all languages, if that leaves some word to look for in each. Of those that are in some
// it notes in which.
func (l lowerer) leaveOut(nodes []query.Node, f Field) []query.Node {
	if a := l.context.StopWords; a != nil && l.context.Any {
		nodes = l.in(a).withoutStopWordsAmong(nodes, f)
	}
	stops := make([]int, len(nodes)) // in how many languages a node is left out
	languages := l.context.Languages()
	for _, a := range languages {
		in := l.in(a)
		kept := in.withoutStopWordsAmong(nodes, f)
		if len(kept) == len(nodes) {
			continue
		}
		for i, n := range nodes {
			if !IsStopWord(a, n) {
				continue
			}
			stops[i]++
			w := n.(query.Word)
			l.partly[w] = append(l.partly[w], a)
		}
	}
	var left []query.Node
	for i, n := range nodes {
		if stops[i] < len(languages) {
			left = append(left, n)
		}
	}
	return left
}

// Tag returns the tag of the language of the stem; nothing for English.
func (p Stem) Tag() string { return analysis.StemTag(p.Stem) }

// FormFor returns which operand of an Or with Forms is of the language of a leaf; -1 if
// none is, and for a leaf that is of no language.
func (p Or) FormFor(leaf Plan) int {
	s, ok := leaf.(Stem)
	if !ok {
		return -1
	}
	tag := s.Tag()
	return slices.IndexFunc(p.Operands, func(q Plan) bool {
		for _, l := range Leaves(q) {
			if s, ok := l.Plan.(Stem); ok {
				return s.Tag() == tag
			}
		}
		return false
	})
}

// Floor returns the plan that a leaf must not be rarer than: first is the first name of
// a thing, see Or.Best. Of its forms in several languages it is the one of the leaf. ok
// is false where there is none in its language.
func Floor(first, leaf Plan) (p Plan, ok bool) {
	if s, isShould := first.(Should); isShould {
		first = s.Operand
	}
	or, isOr := first.(Or)
	if _, isStem := leaf.(Stem); !isOr || !or.Forms || !isStem {
		return first, true
	}
	if i := or.FormFor(leaf); i >= 0 {
		return or.Operands[i], true
	}
	return nil, false
}
