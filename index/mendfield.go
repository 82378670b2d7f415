package index

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/newsq/newsq/internal/editdist"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/query"
	"github.com/newsq/newsq/internal/text"
)

// maxAlike is how many values are proposed, or tried, for one that no article has.
const maxAlike = 8

// addFields adds a flaw for each value of a field that no article has: author:Wescott,
// topic:econmy.
func (m *mender) addFields() error {
	var err error
	query.Walk(m.r.written, func(n query.Node) bool {
		if err != nil {
			return false
		}
		switch n := n.(type) {
		case query.Not:
			return false
		case query.Field:
			facet, known := facetNamed(facetOfField(n.Name))
			if known == nil && !facet.IsPeriod() {
				err = m.addField(facet, n.Operand)
			}
			return false
		}
		return true
	})
	return err
}

func (m *mender) addField(facet engine.FacetType, operand query.Node) error {
	known, err := valuesOf(m.ctx, m.snap, facet.Name, m.req.Location)
	if err != nil {
		return err
	}
	query.Walk(operand, func(n query.Node) bool {
		start, end := n.Pos()
		switch n.(type) {
		case query.Not:
			return false
		case query.Word, query.Phrase:
			if options := valueOptions(facet, strings.Trim(m.q.Text[start:end], `"=`), known); len(options) > 0 {
				m.flaws = append(m.flaws, flaw{Span: text.Span{Start: start, End: end}, options: options})
			}
		}
		return true
	})
	return nil
}

// valueOptions returns what may have been meant by a value that no article has.
func valueOptions(facet engine.FacetType, v string, known []engine.Count) []option {
	if len(resolveValue(facet, v, known)) > 0 || len(valuesWith(facet, v, known, false)) > 0 {
		return nil
	}
	var options []option
	for _, near := range alikeValues(facet, v, known) {
		value := near.Value
		if facet.Separator == "" && facet.Name != engine.FacetLang {
			value = oneWord(value)
		} else if strings.ContainsFunc(value, func(r rune) bool { return r == ' ' || r == '"' || r == '(' || r == ')' }) {
			continue
		}
		if value != "" {
			options = append(options, option{value: value})
		}
	}
	for i := range options {
		options[i].penalty = float64(i) * secondEdit // they come in the order of likeness
	}
	return options
}

// alikeValues returns the known values that a value may be a slip of, the most alike
// first, of those that are as much so the most frequent. Topics stand for those above
// them as well.
func alikeValues(facet engine.FacetType, v string, known []engine.Count) []engine.Count {
	asked := strings.Fields(foldValue(v))
	if len(asked) == 0 {
		return nil
	}
	type alike struct {
		engine.Count
		unlike int
	}
	var found []alike
	for _, k := range withLevels(facet, known) {
		if d, ok := unlikeness(asked, strings.Fields(foldValue(k.Value))); ok {
			found = append(found, alike{k, d})
		}
	}
	slices.SortStableFunc(found, func(a, b alike) int {
		return cmp.Or(cmp.Compare(a.unlike, b.unlike), cmp.Compare(b.Count.Count, a.Count.Count))
	})
	var values []engine.Count
	for _, f := range found[:min(len(found), maxAlike)] {
		values = append(values, f.Count)
	}
	return values
}

// withLevels returns known values with those above them, each once.
func withLevels(facet engine.FacetType, known []engine.Count) []engine.Count {
	if facet.Separator == "" {
		return known
	}
	seen := make(map[string]bool, len(known))
	for _, k := range known {
		seen[k.Value] = true
	}
	all := slices.Clone(known)
	for _, k := range known {
		for above := k.Value; ; {
			i := strings.LastIndex(above, facet.Separator)
			if i < 0 {
				break
			}
			if above = above[:i]; !seen[above] {
				seen[above] = true
				all = append(all, engine.Count{Value: above, Count: k.Count})
			}
		}
	}
	return all
}

// unlikeness says how far the words of a value are from those asked for, 0 where it
// only has more of them; and whether it is alike at all: a word that is long enough
// to tell is among them, or nearly is, or all together are nearly the same.
func unlikeness(asked, words []string) (d int, alike bool) {
	const otherWord = 8
	if whole, meant := strings.Join(asked, ""), strings.Join(words, ""); slipOf(whole, meant) >= 0 {
		return slipOf(whole, meant), true
	}
	for _, a := range asked {
		least := otherWord
		for _, w := range words {
			if n := slipOf(a, w); n >= 0 {
				least = min(least, n)
			}
		}
		if least < otherWord && (utf8.RuneCountInString(a) >= minTelling || len(asked) == 1) {
			alike = true
		}
		d += least
	}
	// Of two that have the word, the one with fewer others is meant.
	return 4*d + min(max(0, len(words)-len(asked)), 3), alike
}

// minTelling is how long a word of a value is at least that tells something.
const minTelling = 4

// slipOf returns how many edits a word is from the one meant, -1 where too many. Two
// leave the first letter as it is, as in slip.
func slipOf(word, meant string) int {
	n := utf8.RuneCountInString(word)
	edits := 0
	switch {
	case n >= 6:
		edits = 2
	case n >= minTelling:
		edits = 1
	}
	d := editdist.Distance([]rune(word), []rune(meant), edits)
	if d > edits || d == 2 && !sameFirst(word, meant) {
		return -1
	}
	return d
}
