package main

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/newsq/newsq/index"
)

// completeFacet completes a flag from the values that the index has. The flag
// not-topic is that of the facet topic.
func (a *app) completeFacet(cmd *cobra.Command, flag string) {
	facet := strings.TrimPrefix(flag, "not-")
	values := func(cmd *cobra.Command, _ []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
		const no = cobra.ShellCompDirectiveNoFileComp
		ix, err := a.open()
		if err != nil {
			return nil, no // a shell has no place for messages
		}
		defer ix.Close()
		res, err := ix.Search(cmd.Context(), index.Query{Facets: []string{facet}, FacetLimit: -1, Limit: -1})
		if err != nil {
			return nil, no
		}
		var found []cobra.Completion
		for _, f := range res.Facets {
			for _, v := range f.Values {
				if strings.HasPrefix(strings.ToLower(v.Value), strings.ToLower(typed)) {
					found = append(found, v.Value)
				}
			}
		}
		return found, no
	}
	// The error is that of a flag that doesn't exist, which a test rules out.
	_ = cmd.RegisterFlagCompletionFunc(flag, values)
}
