package index

import (
	"context"
	"errors"
	"strings"
	"unicode"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/query"
)

// Complete returns what a query may become whose last word is being typed. A
// word with the name of a field before a colon becomes one of the field's
// values; topics, sources and authors have values that can be listed. Any other
// word becomes a field's name with its colon, or a word of the articles, as
// with Suggest. Articles is 0 for a field's name, and else the number of
// articles with the value or for the query.
func (ix *Index) Complete(ctx context.Context, typed string) ([]Suggestion, error) {
	start := strings.LastIndexFunc(typed, unicode.IsSpace) + 1
	word := typed[start:]
	if field, value, ok := strings.Cut(word, ":"); ok {
		return ix.completeValue(ctx, typed[:start], field, value)
	}
	var found []Suggestion
	for _, name := range fieldNames() {
		if word != "" && strings.HasPrefix(name, strings.ToLower(word)) {
			found = append(found, Suggestion{Text: typed[:start] + name + ":"})
		}
	}
	words, err := ix.Suggest(ctx, typed, 0)
	return append(found, words...), err
}

// fieldNames returns the names that may stand before a colon in a query.
func fieldNames() []string {
	var names []string
	for _, f := range query.Fields() {
		names = append(names, f.Name)
	}
	return append(names, "since", "after", "before", "until")
}

// completeValue returns the values of a field that begin with value, as a
// query writes them, each after before and the field's name.
func (ix *Index) completeValue(ctx context.Context, before, field, value string) (_ []Suggestion, err error) {
	facet := engine.Facet(strings.ToLower(field))
	written := oneWord
	switch facet {
	case engine.FacetSource, engine.FacetAuthor:
	case engine.FacetTopic:
		written = func(path string) string { return path }
	default:
		return nil, nil
	}
	snap, err := ix.engine.Snapshot(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, snap.Close(ctx)) }()
	values, err := valuesOf(ctx, snap, facet)
	if err != nil {
		return nil, err
	}
	var found []Suggestion
	for _, v := range values {
		if w := written(v.Value); w != "" && hasPrefixFold(w, value) {
			found = append(found, Suggestion{Text: before + field + ":" + w, Articles: v.Count})
		}
	}
	return found, nil
}

// hasPrefixFold is strings.HasPrefix without regard to case.
func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

// oneWord writes a name as one word of a query, which means the same words
// side by side: Harbour-Review. So it needs no quotation marks, which a shell
// would take for its own.
func oneWord(name string) string {
	words := strings.FieldsFunc(name, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) && !strings.ContainsRune(".'’", r)
	})
	return strings.Join(words, "-")
}
