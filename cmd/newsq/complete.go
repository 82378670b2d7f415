package main

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"github.com/newsq/newsq/index"
)

// A shell has no place for messages, so that a completion that fails completes
// nothing.

// noFiles tells the shell that names of files are no answer.
const noFiles = cobra.ShellCompDirectiveNoFileComp

// completeFacet completes a flag from the values that the index has. The flag
// not-topic is that of the facet topic.
func (a *app) completeFacet(cmd *cobra.Command, flag string) {
	facet := strings.TrimPrefix(flag, "not-")
	values := func(cmd *cobra.Command, _ []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
		return a.facetValues(cmd.Context(), facet, typed), noFiles
	}
	// The error is that of a flag that doesn't exist, which a test rules out.
	_ = cmd.RegisterFlagCompletionFunc(flag, values)
}

// facetValues returns the values of a facet that begin as typed.
func (a *app) facetValues(ctx context.Context, facet, typed string) []cobra.Completion {
	ix, err := a.openIndex(ctx)
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
			if len(v.Value) >= len(typed) && strings.EqualFold(v.Value[:len(typed)], typed) {
				found = append(found, v.Value)
			}
		}
	}
	return found
}

// completeQuery completes the last word of a query. No blank follows a field's
// name, since its value does.
func (a *app) completeQuery(cmd *cobra.Command, before []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
	ix, err := a.openIndex(cmd.Context())
	if err != nil {
		return nil, noFiles
	}
	defer ix.Close()
	lead := strings.Join(append(before[:len(before):len(before)], ""), " ")
	suggested, err := ix.Complete(cmd.Context(), lead+typed)
	if err != nil {
		return nil, noFiles
	}
	directive := noFiles
	var found []cobra.Completion
	for _, s := range suggested {
		word := s.Text[len(lead):]
		if strings.HasSuffix(word, ":") {
			directive |= cobra.ShellCompDirectiveNoSpace
		}
		found = append(found, word)
	}
	return found, directive
}
