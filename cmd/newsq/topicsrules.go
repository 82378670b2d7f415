package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"github.com/newsq/newsq/index"
)

func (a *app) topicsRulesCommand() *cobra.Command {
	var inUse bool
	cmd := &cobra.Command{
		Use:   "rules [flags]",
		Short: "Print rules for topics, to start your own from",
		Long: `Print the rules for topics that are built in, or those that the index uses, as
YAML: a start for a file of your own, which "newsq topics test" tries out and
"newsq topics apply" uses.`,
		Example: `  newsq topics rules > my-topics.yaml
  newsq topics rules --in-use`,
		Args: exactArgs(0, "topics rules takes no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			rules := index.StarterTopics()
			if inUse {
				var err error
				if rules, err = a.rulesInUse(cmd.Context()); err != nil {
					return err
				}
			}
			_, err := a.stdout.Write(rules.YAML())
			return err
		},
	}
	cmd.Flags().BoolVar(&inUse, "in-use", a.cfg.InUse, "print the rules that the index uses")
	return cmd
}

// rulesInUse returns the rules that the index gives topics by.
func (a *app) rulesInUse(ctx context.Context) (*index.TopicRules, error) {
	ix, err := a.openIndex(ctx)
	if err != nil {
		return nil, err
	}
	rules, err := ix.Topics()
	return rules, errors.Join(err, ix.Close())
}
