package main

import (
	"context"
	"io"

	"github.com/spf13/cobra"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/render"
)

// topicsOptions are the flags of topics.
type topicsOptions struct {
	query      string
	from       []string
	tree, json bool
}

func (a *app) topicsCommand() *cobra.Command {
	var o topicsOptions
	cmd := &cobra.Command{
		Use:   "topics [flags]",
		Short: "List topics, and how many articles each has",
		Long: `List the topics of the articles, with how many articles each has. Topics come
from the articles themselves (stated), from rules, which are queries, and from
what newsq learned of articles that state theirs (learned). Write rules of your
own with "topics rules" and "topics test", and put them to use with "topics
apply"; "topics train" tells how well topics are learned.`,
		Example: `  newsq topics
  newsq topics --query sanctions
  newsq topics --tree --topics-from stated
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
	a.addTopicsFromFlag(cmd, &o.from)
	cmd.Flags().BoolVar(&o.tree, "tree", a.cfg.Tree, "as a tree, each with what lies below it and by what articles have it, as on a terminal")
	cmd.Flags().BoolVar(&o.json, "json", a.cfg.JSON, "print one JSON object")
	a.addEmbargoFlag(cmd.Flags())
	cmd.AddCommand(a.topicsTestCommand(), a.topicsApplyCommand(), a.topicsRulesCommand(), a.topicsTrainCommand(), a.topicsExplainCommand())
	return cmd
}

// topics lists topics.
func (a *app) topics(ctx context.Context, o *topicsOptions) error {
	q := index.Query{Text: o.query, Location: a.zone, Match: index.MatchStrict, Facets: []string{"topic"}, FacetLimit: -1, Limit: -1, Passages: -1}
	var err error
	if q.TopicsFrom, err = topicsFrom(o.from); err != nil {
		return err
	}
	ix, err := a.openIndex(ctx)
	if err != nil {
		return err
	}
	defer ix.Close()
	res, err := ix.Search(ctx, q)
	if err != nil {
		return a.searchError(err)
	}
	tree, err := ix.TopicTree(ctx, q)
	if err != nil {
		return a.searchError(err)
	}
	values := res.Facets[0].Values
	if o.json {
		rules, _ := ix.Topics() // labels and codes are an addition
		if err := render.TopicsJSON(a.stdout, o.query, values, &tree, rules); err != nil {
			return err
		}
	} else if err := a.printPaged(func(w io.Writer, opt render.Options) error {
		if opt.TopicLabel = topicLabel(ix); o.tree || opt.Timing {
			return render.TopicTree(w, tree.Topics, opt)
		}
		return render.Topics(w, values, opt)
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

// topicsFrom reads the origins of topics that a flag names.
func topicsFrom(names []string) ([]corpus.Origin, error) {
	origins, err := index.ParseOrigins(names)
	if err != nil {
		return nil, usageError("", "--topics-from: %v", err)
	}
	return origins, nil
}

// addTopicsFromFlag adds the flag that says which topics count by where they came from.
func (a *app) addTopicsFromFlag(cmd *cobra.Command, names *[]string) {
	cmd.Flags().StringSliceVar(names, "topics-from", a.cfg.TopicsFrom, "count only topics of this `origin`: stated, rule, learned; repeat for several")
	completeFlagList(cmd, "topics-from", "stated", "rule", "learned")
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
