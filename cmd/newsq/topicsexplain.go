package main

import (
	"context"
	"io"

	"github.com/spf13/cobra"

	"github.com/newsq/newsq/internal/render"
)

// topicsExplainOptions are the flags of topics explain.
type topicsExplainOptions struct{ json bool }

func (a *app) topicsExplainCommand() *cobra.Command {
	var o topicsExplainOptions
	cmd := &cobra.Command{
		Use:   "explain [flags] ID",
		Short: "Tell why an article has its topics, and which came near",
		Long: `Tell why an article has each of its topics: since its source states it, by the
words that met a rule, or by those that told most for a learned one, with the
probability that it is right. Learned topics that the article nearly has follow,
with their scores and the score that would do.`,
		Example: `  newsq topics explain meridian-2024-02`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usageError("usage:  newsq topics explain ID\nids:    "+a.programName()+" search QUERY  names the id of each article", "name one article by its id")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return a.explainTopics(cmd.Context(), args[0], &o) },
	}
	cmd.Flags().BoolVar(&o.json, "json", a.cfg.JSON, "print one JSON object")
	return cmd
}

// explainTopics tells why an article has its topics.
func (a *app) explainTopics(ctx context.Context, id string, o *topicsExplainOptions) error {
	ix, err := a.openIndex(ctx)
	if err != nil {
		return err
	}
	defer ix.Close()
	e, err := ix.ExplainTopics(ctx, id)
	if err != nil {
		return a.explainGetError(ctx, ix, id, err)
	}
	if o.json {
		rules, _ := ix.Topics() // labels are an addition
		return render.TopicExplanationJSON(a.stdout, &e, rules)
	}
	return a.printPaged(func(w io.Writer, opt render.Options) error {
		opt.TopicLabel = topicLabel(ix)
		return render.TopicExplanation(w, &e, opt)
	})
}
