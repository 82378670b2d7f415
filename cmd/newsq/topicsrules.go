package main

import (
	"github.com/spf13/cobra"

	"github.com/newsq/newsq/index"
)

func (a *app) topicsRulesCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "rules",
		Short: "Print the built-in rules, to start your own from",
		Long: `Print the rules for topics that are built in, as YAML: a start for a file of
your own, which "newsq topics test" tries out and "newsq topics apply" uses.`,
		Example: "  newsq topics rules > my-topics.yaml",
		Args:    exactArgs(0, "topics rules takes no arguments"),
		RunE: func(*cobra.Command, []string) error {
			_, err := a.stdout.Write(index.StarterTopics().YAML())
			return err
		},
	}
}
