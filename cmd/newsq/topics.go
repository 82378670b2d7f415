package main

import (
	"context"
	"io"

	"github.com/spf13/cobra"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/render"
)

// topicsOptions are the flags of topics.
type topicsOptions struct {
	query string
	json  bool
}

func (a *app) topicsCommand() *cobra.Command {
	var o topicsOptions
	cmd := &cobra.Command{
		Use:   "topics [flags]",
		Short: "List topics, and how many articles each has",
		Long: `List the topics of the articles, with how many articles each has. Topics come
from the articles themselves and from rules, which are queries; write your own
with "topics rules" and "topics test", and put them to use with "topics apply".`,
		Example: `  newsq topics
  newsq topics --query sanctions
  newsq topics rules > my-topics.yaml
  newsq topics test my-topics.yaml
  newsq topics apply my-topics.yaml`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return a.unknownCommand(cmd, args)
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return a.topics(cmd.Context(), &o) },
	}
	cmd.Flags().StringVar(&o.query, "query", a.cfg.Query, "count only articles that match `query`")
	cmd.Flags().BoolVar(&o.json, "json", a.cfg.JSON, "print one JSON object")
	a.addEmbargoFlag(cmd.Flags())
	cmd.AddCommand(a.topicsTestCommand(), a.topicsApplyCommand(), a.topicsRulesCommand(), a.topicsTrainCommand())
	return cmd
}

// topics lists topics.
func (a *app) topics(ctx context.Context, o *topicsOptions) error {
	ix, err := a.openIndex(ctx)
	if err != nil {
		return err
	}
	defer ix.Close()
	res, err := ix.Search(ctx, index.Query{
		Text: o.query, Location: a.zone, Match: index.MatchStrict, Facets: []string{"topic"}, FacetLimit: -1, Limit: -1, Passages: -1,
	})
	if err != nil {
		return a.searchError(err)
	}
	var values []index.FacetValue
	for _, f := range res.Facets {
		values = append(values, f.Values...)
	}
	if o.json {
		rules, _ := ix.Topics() // labels and codes are an addition
		if err := render.TopicsJSON(a.stdout, o.query, res.Total, values, rules); err != nil {
			return err
		}
	} else if err := a.printPaged(func(w io.Writer, opt render.Options) error {
		opt.TopicLabel = topicLabel(ix)
		return render.Topics(w, values, opt.Timing, opt)
	}); err != nil {
		return err
	}
	if len(values) == 0 {
		if !o.json {
			a.logger(a.stderr).Info(render.NoTopics(o.query, res.Total))
		}
		return exitStatus(exitNoMatch)
	}
	return nil
}

// topicLabel returns what names a topic for people, by the rules of an index; nil
// where they can't be read, as what they are for is done.
func topicLabel(ix *index.Index) func(path string) string {
	rules, err := ix.Topics()
	if err != nil {
		return nil
	}
	return rules.Label
}
