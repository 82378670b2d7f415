package main

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/newsq/newsq/internal/render"
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
		done := ""
		if cmd.Flag(flag).Value.Type() == "stringSlice" { // several, with commas between them
			comma := strings.LastIndexByte(typed, ',') + 1
			done, typed = typed[:comma], typed[comma:]
		}
		found := a.facetValues(cmd.Context(), facet, typed)
		for i := range found {
			found[i] = done + found[i]
		}
		return found, noFiles
	}
	// The error is that of a flag that doesn't exist, which a test rules out.
	_ = cmd.RegisterFlagCompletionFunc(flag, values)
}

// facetValues returns the values of a facet that go on from what was typed.
func (a *app) facetValues(ctx context.Context, facet, typed string) []cobra.Completion {
	ix, err := a.openIndex(ctx)
	if err != nil {
		return nil
	}
	defer ix.Close()
	found, err := ix.CompleteValue(ctx, facet, typed)
	if err != nil {
		return nil
	}
	return completions(found)
}

// completions returns what a shell can take: one a line, without a description, which
// a tab would begin.
func completions(found []string) []cobra.Completion {
	return slices.DeleteFunc(found, func(s string) bool { return s != render.Clean(s) || strings.ContainsAny(s, "\t\n\r") })
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
	var found []string
	for _, s := range suggested {
		word := s.Text[len(lead):]
		if strings.HasSuffix(word, ":") {
			directive |= cobra.ShellCompDirectiveNoSpace
		}
		found = append(found, word)
	}
	return completions(found), directive
}
