package main

import (
	"context"
	"strings"
	"unicode"

	"github.com/spf13/cobra"

	"github.com/newsq/newsq/index"
)

// noFiles tells the shell that names of files are no answer.
const noFiles = cobra.ShellCompDirectiveNoFileComp

// completeFacet completes a flag from the values that the index has. The flag
// not-topic is that of the facet topic.
func (a *app) completeFacet(cmd *cobra.Command, flag string) {
	facet := strings.TrimPrefix(flag, "not-")
	values := func(cmd *cobra.Command, _ []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
		return a.facetValues(cmd.Context(), facet, typed, func(v string) string { return v }), noFiles
	}
	// The error is that of a flag that doesn't exist, which a test rules out.
	_ = cmd.RegisterFlagCompletionFunc(flag, values)
}

// facetValues returns the values of a facet that, as written, begin as typed.
// A shell has no place for messages: what fails completes nothing.
func (a *app) facetValues(ctx context.Context, facet, typed string, written func(string) string) []cobra.Completion {
	ix, err := a.open()
	if err != nil {
		return nil
	}
	defer ix.Close()
	res, err := ix.Search(ctx, index.Query{Facets: []string{facet}, FacetLimit: -1, Limit: -1})
	if err != nil {
		return nil
	}
	var found []cobra.Completion
	for _, f := range res.Facets {
		for _, v := range f.Values {
			if s := written(v.Value); s != "" && len(s) >= len(typed) && strings.EqualFold(s[:len(typed)], typed) {
				found = append(found, s)
			}
		}
	}
	return found
}

// queryFields are the words that may stand before a colon in a query.
func queryFields() []string {
	return []string{
		"title", "heading", "body", "summary", "author", "source", "topic", "lang", "date", "place", "person", "org",
		"id", "path", "url", "since", "after", "before", "until",
	}
}

// completeQuery completes the last word of a query: the values of a field
// behind its colon, else names of fields and the words of articles.
func (a *app) completeQuery(cmd *cobra.Command, before []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
	if field, value, ok := strings.Cut(typed, ":"); ok {
		return a.completeValue(cmd.Context(), field, value), noFiles
	}
	directive := noFiles
	var found []cobra.Completion
	for _, f := range queryFields() {
		if typed != "" && strings.HasPrefix(f, strings.ToLower(typed)) {
			found = append(found, f+":")
			directive |= cobra.ShellCompDirectiveNoSpace // the value follows
		}
	}
	return append(found, a.completeWord(cmd.Context(), before, typed)...), directive
}

// completeWord completes the last word of a query from the words of articles.
func (a *app) completeWord(ctx context.Context, before []string, typed string) []cobra.Completion {
	ix, err := a.open()
	if err != nil {
		return nil
	}
	defer ix.Close()
	query := append(append([]string(nil), before...), typed)
	lead := len(strings.Join(query, " ")) - len(typed)
	suggested, err := ix.Suggest(ctx, strings.Join(query, " "), 0)
	if err != nil {
		return nil
	}
	var found []cobra.Completion
	for _, s := range suggested {
		found = append(found, s.Text[lead:])
	}
	return found
}

// completeValue completes the value of a field whose values can be listed.
func (a *app) completeValue(ctx context.Context, field, value string) []cobra.Completion {
	facet := strings.ToLower(field)
	written := oneWord
	switch facet {
	case "source", "author":
	case "topic":
		written = func(v string) string { return v }
	default:
		return nil
	}
	found := a.facetValues(ctx, facet, value, written)
	for i, v := range found {
		found[i] = field + ":" + v
	}
	return found
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
