package topic

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/match"
	"github.com/newsq/newsq/internal/query"
)

// readCounted returns the plan of words that count beside those of a rule's query; nil
// where it has none.
func readCounted(a analysis.Analyzer, text string, minimum int) (match.Plan, error) {
	if text == "" {
		return nil, nil
	}
	return readQuery(a, Rule{Query: text, Min: minimum})
}

// readQuery returns the plan of a rule's query.
func readQuery(a analysis.Analyzer, r Rule) (match.Plan, error) {
	node, err := query.Parse(r.Query)
	if err != nil {
		return nil, err
	}
	plan, err := match.Lower(node, match.Context{Analyzer: a, Now: time.Unix(0, 0), Location: time.UTC})
	if err != nil {
		var syntax *query.SyntaxError
		if errors.As(err, &syntax) {
			syntax.Text = r.Query
		}
		return nil, err
	}
	if dependsOnToday(a, node, plan) {
		return nil, errors.New("a date counts from today; write one such as 2024-03")
	}
	switch p := plan.(type) {
	case match.All:
		return nil, errors.New("the query matches every article")
	case match.None:
		return nil, errors.New(p.Reason)
	}
	if slices.ContainsFunc(match.Leaves(plan), asksForFound) {
		return nil, errors.New("rules are applied before names, quotations and kinds of sentences are found in an article: write no said: and is:, and no person:, org: or place: beside NEAR or ADJ")
	}
	counts := func(l match.Leaf) bool { return ranked(l.Field) }
	if r.Min > 1 && !slices.ContainsFunc(match.Leaves(plan), counts) {
		return nil, errors.New("min counts words of title, headings and body, and the query asks for none")
	}
	return plan, nil
}

// dependsOnToday reports whether plan, which node meant on one day, is another
// on another day.
func dependsOnToday(a analysis.Analyzer, node query.Node, plan match.Plan) bool {
	dated := false
	query.Walk(node, func(n query.Node) bool {
		_, isRange := n.(query.Range)
		dated = dated || isRange
		return true
	})
	if !dated {
		return false
	}
	other, err := match.Lower(node, match.Context{Analyzer: a, Now: time.Unix(1e9, 0), Location: time.UTC})
	return err != nil || !reflect.DeepEqual(plan, other)
}

// asksForFound reports whether a leaf asks for a quotation, for a kind of sentence, or for a
// name that was found in the text near something. A speaker alone is asked for beside
// authors, and may be.
func asksForFound(l match.Leaf) bool {
	isMarked := func(s match.TermPattern) bool { return s.Marks != "" }
	holdsMarked := func(p match.Phrase) bool { return slices.ContainsFunc(p.Terms, isMarked) }
	switch p := l.Plan.(type) {
	case match.Phrase:
		return slices.ContainsFunc(p.Terms, func(s match.TermPattern) bool { return strings.HasPrefix(s.Marks, match.MarkIs+"=") })
	case match.Near:
		return p.Marks != "" || slices.ContainsFunc(p.Operands, func(phrases []match.Phrase) bool { return slices.ContainsFunc(phrases, holdsMarked) })
	case match.Spans:
		return p.Marks != "" || !walkPhrases(p.Of, func(ph match.Phrase) bool { return !holdsMarked(ph) })
	}
	return false
}
